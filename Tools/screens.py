#!/usr/bin/env python3
"""Renders terminal screens to PNG: drives a program in tmux, reads its screen with colours, and lets
Chromium draw it. For looking at the desks, and for the images in Documentation.

    Tools/screens.py OUT.png COLUMNSxROWS 'COMMAND' [KEY ...]

A key is one that tmux names (Enter, Escape, Down) or text; "~2" waits two seconds. LIGHT=1 in the
environment draws dark text on a light ground.
"""
import html
import os
import re
import subprocess
import sys
import tempfile
import time

DARK = {"fg": "#d8dee9", "bg": "#16181d", 31: "#ff7b72", 32: "#7ee787", 35: "#d2a8ff"}
LIGHT = {"fg": "#1f2328", "bg": "#ffffff", 31: "#c4281c", 32: "#146c2e", 35: "#7a3fbf"}


def tmux(socket, *words):
    env = dict(os.environ, LC_ALL="C.UTF-8")
    env.pop("TMUX", None)
    return subprocess.run(
        ["tmux", "-S", socket, *words], env=env, check=True, capture_output=True, text=True
    ).stdout


def spans(line, colours):
    out, bold, dim, reverse, tone = [], False, False, False, None
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        match = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if match is None:
            part = re.sub(r"\x1b.", "", part)
            if part:
                fg, bg = colours.get(tone, colours["fg"]), "transparent"
                if reverse:
                    fg, bg = colours["bg"], colours.get(tone, colours["fg"])
                style = f"color:{fg};background:{bg}"
                style += ";font-weight:700" if bold else ""
                style += ";opacity:.6" if dim else ""
                out.append(f'<span style="{style}">{html.escape(part)}</span>')
            continue
        for code in [int(c or 0) for c in match[1].split(";")]:
            if code == 0:
                bold, dim, reverse, tone = False, False, False, None
            elif code in (1, 2, 7):
                bold, dim, reverse = bold or code == 1, dim or code == 2, reverse or code == 7
            elif code == 22:
                bold = dim = False
            elif code == 27:
                reverse = False
            elif code == 39:
                tone = None
            elif code in colours:
                tone = code
    return "".join(out)


def main():
    out, size, command, *keys = sys.argv[1:]
    columns, rows = size.split("x")
    socket = tempfile.mktemp(prefix="laurel-screen-")
    tmux(
        socket, "-f", "/dev/null", "-u", "new-session", "-d", "-x", columns, "-y", rows,
        f"TERM=screen-256color LC_ALL=C.UTF-8 {command}; sleep 60",
    )
    time.sleep(2)
    for key in keys:
        if key.startswith("~"):
            time.sleep(float(key[1:]))
        else:
            tmux(socket, "send-keys", key)
            time.sleep(0.15)
    time.sleep(0.5)
    lines = tmux(socket, "capture-pane", "-p", "-e").split("\n")[: int(rows)]
    tmux(socket, "kill-server")
    colours = LIGHT if os.environ.get("LIGHT") else DARK
    body = "\n".join(spans(line, colours) for line in lines)
    page = f"""<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: {colours['bg']} }}
pre {{ margin: 12px; font: 16px/22px "Noto Sans Mono CJK SC", monospace; }}
</style><pre>{body}</pre>"""
    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False) as file:
        file.write(page)
    width, height = int(columns) * 8 + 24, int(rows) * 22 + 24
    subprocess.run(
        [
            "timeout", "60", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
            "--hide-scrollbars", f"--window-size={width},{height}", f"--screenshot={out}",
            "file://" + file.name,
        ],
        check=True, capture_output=True,
    )
    os.unlink(file.name)


main()
