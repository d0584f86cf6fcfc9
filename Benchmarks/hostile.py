#!/usr/bin/env python3
"""Hostile clients against `laurel serve`: crowds that say nothing, drips, and mutated requests.

    Benchmarks/hostile.py RECORD [REQUESTS]

Others must be served all the while, no answer may be a 5xx, the process must live, and its memory
must not grow by more than GROWTH_MIB between a warm-up and the end.
"""
import os
import random
import resource
import socket
import subprocess
import sys
import threading
import time

LAUREL = os.environ.get("LAUREL", ".build/release/laurel")
GROWTH_MIB = 64
IDLE = 5_000


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def connect(port, timeout=10):
    return socket.create_connection(("127.0.0.1", port), timeout=timeout)


def read_answer(s):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = s.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line[15:])
    while len(body) < length:
        piece = s.recv(65536)
        if not piece:
            return None
        body += piece
    return int(head.split()[1])


def served(port):
    began = time.perf_counter()
    with connect(port) as s:
        s.sendall(b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n")
        if read_answer(s) != 200:
            sys.exit("others are not served")
    return (time.perf_counter() - began) * 1000


def resident(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) // 1024


def mutate(data, rng):
    data = bytearray(data)
    words = [b"null", b"{}", b'"', b"\\u0000", b"\\ud800", b"1e999", b"\x00", b"\xff\xfe", b"[" * 3000]
    for _ in range(rng.randint(1, 4)):
        if not data:
            break
        at = rng.randrange(len(data))
        end = min(len(data), at + rng.randint(1, 40))
        kind = rng.randrange(5)
        if kind == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del data[at:end]
        elif kind == 2:
            data[at:at] = data[at:end]
        elif kind == 3:
            data[at:at] = rng.choice(words)
        else:
            data[at:end] = rng.choice(words)
    return bytes(data)


def fuzz(port, count, rng):
    """Mutated requests, most on connections that stay; returns how often each status came."""
    statement = (
        b'{"statements":[{"signature":"' + b"00" * 64 + b'","statement":"{\\"author\\":\\"'
        + b"ab" * 32 + b'\\",\\"body\\":{\\"item\\":\\"D01\\"},\\"event\\":\\"x\\",\\"kind\\":'
        + b'\\"lock\\",\\"nonce\\":\\"' + b"cd" * 16 + b'\\",\\"said_at\\":1,\\"v\\":1}"}]}'
    )
    paths = [
        b"/api/v1/event", b"/api/v1/results/D01", b"/api/v1/proofs/" + b"ab" * 32 + b"?size=3",
        b"/api/v1/record?after=1", b"/api/v1/items/D01/live", b"/", b"/zh/index.html",
        b"/api/v1/winners?city=210100", b"/api/v1/snapshots?after=0&limit=9",
    ]
    statuses = {}
    s = connect(port, 3)
    for _ in range(count):
        framed = rng.random() < 0.8
        if rng.random() < 0.5:
            body = mutate(statement, rng)
            head = b"POST /api/v1/statements HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n" % len(body)
        else:
            body = b""
            path = rng.choice(paths)
            head = b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer laurel_" + b"ef" * 32 + b"\r\n"
        if not framed:
            head = mutate(head, rng)
        status = None
        try:
            s.sendall(head + b"\r\n" + body)
            if not framed:
                s.shutdown(socket.SHUT_WR)
            status = read_answer(s)
        except (OSError, ValueError, IndexError):
            pass
        statuses[status] = statuses.get(status, 0) + 1
        if status and status >= 500:
            print(f"{status} for {head + body!r}"[:3000], file=sys.stderr)
        if not framed or status is None:
            s.close()
            s = connect(port, 3)
    s.close()
    return statuses


def main(record, requests=60_000):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    port = free_port()
    server = subprocess.Popen(
        [LAUREL, "serve", record, "--listen", f"127.0.0.1:{port}", "--rate", "1000000", "--quiet"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                connect(port).close()
                break
            except OSError:
                time.sleep(0.1)
        rng = random.Random(1789)
        fuzz(port, requests // 10, rng)
        warm = resident(server.pid)
        totals = {}
        lock = threading.Lock()

        def work(seed):
            found = fuzz(port, requests // 4, random.Random(seed))
            with lock:
                for status, number in found.items():
                    totals[status] = totals.get(status, 0) + number

        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            served(port)
            time.sleep(0.2)
        worst = max((status for status in totals if status), default=0)
        after = resident(server.pid)
        told = ", ".join(f"{k or 'closed'}: {v}" for k, v in sorted(totals.items(), key=lambda p: p[0] or 0))
        print(f"| mutated requests | {sum(totals.values())} | {told} |")
        print(f"| … memory of the server | {warm} MiB after the warm-up, {after} MiB at the end | bound: {GROWTH_MIB} MiB more |")
        crowd = [connect(port) for _ in range(IDLE)]
        for s in crowd[: IDLE // 5]:
            s.sendall(b"GET /ready HTTP/1.1\r\nHos")
        for s in crowd[IDLE // 5 : 2 * IDLE // 5]:
            s.sendall(b"POST /api/v1/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{")
        times = sorted(served(port) for _ in range(200))
        crowded = resident(server.pid)
        for s in crowd[:: IDLE // 500]:
            s.close()
        print(
            f"| {IDLE} connections: idle, in the middle of a header, in the middle of a body "
            f"| others are answered in p50 {times[100]:.1f} ms, p99 {times[197]:.1f} ms | {crowded} MiB |"
        )
        if server.poll() is not None:
            sys.exit("the server is gone")
        if worst >= 500:
            sys.exit("a mutated request was answered with a 5xx")
        if after - warm > GROWTH_MIB:
            sys.exit("memory grows")
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
