#!/usr/bin/env python3
"""Turns a page into the script of its `sh` blocks, so that a page is tried as it is written.

    Tools/page_script.py PAGE >SCRIPT
"""
import re
import sys

page = open(sys.argv[1], encoding="utf-8").read()
found = False
print("set -x")
for line, block in ((m.start(), m[1]) for m in re.finditer(r"^```sh\n(.*?)^```$", page, re.M | re.S)):
    found = True
    place = page.count("\n", 0, line) + 1
    print(f": {sys.argv[1]}:{place}")
    print(block, end="")
if not found:
    sys.exit(f"{sys.argv[1]}: no block to try")
