#!/usr/bin/env python3
"""Times the judge's desk on a pseudo-terminal: from the PIN to the first field, and a key's echo.

    Benchmarks/desk.py PROVINCE.laurel KEYS PIN JUDGE

The echo is the time from writing a key to the last byte of what the desk draws for it.
"""
import fcntl
import os
import pty
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

LAUREL = os.path.abspath(".build/release/laurel")


class Desk:
    def __init__(self, record, keys, pin, judge):
        self.text = b""
        argv = [
            LAUREL, "enter", "--as", judge, "--event", record, "--keys", keys, "--lang", "en",
        ]
        pid, self.fd = pty.fork()
        if pid == 0:
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
            os.execv(LAUREL, argv)
        self.pid = pid
        started = time.perf_counter()
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.wait(b"PIN")
        began = time.perf_counter()
        self.asked = (began - started) * 1000
        os.write(self.fd, pin.encode() + b"\n")
        self.wait(b"entered")
        self.first = (time.perf_counter() - began) * 1000
        self.drain()

    def wait(self, text, limit=30):
        end = time.perf_counter() + limit
        while text not in self.text and time.perf_counter() < end:
            if select.select([self.fd], [], [], 0.5)[0]:
                self.text += os.read(self.fd, 65536)
        if text not in self.text:
            sys.exit(f"the desk never showed {text}: {self.text[-500:]}")

    def drain(self, quiet=0.03):
        last = None
        while select.select([self.fd], [], [], quiet)[0]:
            self.text += os.read(self.fd, 65536)
            last = time.perf_counter()
        return last

    def key(self, key):
        began = time.perf_counter()
        os.write(self.fd, key)
        last = None
        if select.select([self.fd], [], [], 2)[0]:
            self.text += os.read(self.fd, 65536)
            last = time.perf_counter()
        return ((self.drain(0.004) or last or began) - began) * 1000

    def close(self):
        os.write(self.fd, b"\x03")
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def fresh(keys):
    """A copy of the keys, so that the trial's draft is nobody's."""
    folder = tempfile.mkdtemp()
    target = os.path.join(folder, "keys")
    shutil.copytree(keys, target)
    shutil.rmtree(os.path.join(target, "drafts"), ignore_errors=True)
    return folder, target


def ring(keys, pin):
    """What the PIN costs: listing the keys, less the start of the program."""

    def median(argv):
        times = []
        for _ in range(7):
            began = time.perf_counter()
            subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)
            times.append((time.perf_counter() - began) * 1000)
        return statistics.median(times)

    with tempfile.NamedTemporaryFile("w") as file:
        file.write(pin)
        file.flush()
        listing = median([LAUREL, "key", "list", "--keys", keys, "--pin-file", file.name])
    return listing - median([LAUREL, "--version"])


def main(record, keys, pin, judge):
    asked, firsts, echoes, commits = [], [], [], []
    for _ in range(5):
        folder, copy = fresh(keys)
        desk = Desk(record, copy, pin, judge)
        asked.append(desk.asked)
        firsts.append(desk.first)
        for _ in range(20):
            echoes.append(desk.key(b"1"))
            commits.append(desk.key(b"\r"))
        desk.close()
        shutil.rmtree(folder)
    cost = ring(keys, pin)
    asked, first = statistics.median(asked), statistics.median(firsts)
    print(
        f"| the judge's desk on the province's file: start to the PIN's question, median of 5 "
        f"| {asked:.0f} ms | |"
    )
    print(
        f"| … from the PIN to the first field | {first:.0f} ms "
        f"| of which the PIN itself (scrypt, slow on purpose) about {cost:.0f} ms |"
    )
    for what, times in [("a key's echo", echoes), ("a value sealed, synced and drawn", commits)]:
        times.sort()
        print(
            f"| … {what}, median of {len(times)} | {statistics.median(times):.1f} ms "
            f"| 95 of 100 within {times[len(times) * 95 // 100]:.1f} ms, slowest {times[-1]:.1f} ms |"
        )


if __name__ == "__main__":
    main(*sys.argv[1:5])
