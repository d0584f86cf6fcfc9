#!/usr/bin/env python3
"""Prints the licences of all that is linked into the program: the files that the Swift packages and the
Swift toolchain bring, and what the C sources in them say at their heads (BoringSSL has no other place).

    Tools/licences.py CHECKOUTS SWIFT-LICENCE ICU-COPYRIGHT
"""
import pathlib
import re
import sys

NAMES = ("LICENSE", "LICENCE", "NOTICE", "COPYING")
NOT_LINKED = {"Tests", "Examples", "Benchmarks", "Snippets", "IntegrationTests", "dev", "scripts"}


def show(title, text):
    print("=" * 100, title, "=" * 100, "", text.strip(), "", sep="\n")


def is_linked(path, package):
    return not NOT_LINKED.intersection(path.relative_to(package).parts)


def heads(package):
    """What stands at the head of C sources that name a holder of rights: the terms, and the holders."""
    for path in sorted(package.glob("Sources/**/*")):
        if path.suffix not in {".c", ".h", ".cc", ".S"} or not is_linked(path, package):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        head = re.match(r"(?:\s*#[^\n]*\n)*\s*((?:/\*.*?\*/\s*|//[^\n]*\n\s*)+)", text, re.S)
        if head and "Copyright" in head[1]:
            lines = [re.sub(r"^\s*(/\*+|\*+/|\*|//+!?)\s?", "", line) for line in head[1].splitlines()]
            lines = [line.strip().removesuffix("*/").rstrip() for line in lines]
            holders = [line for line in lines if "Copyright" in line]
            yield "\n".join(line for line in lines if "Copyright" not in line).strip(), holders


def main():
    checkouts, swift, icu = (pathlib.Path(argument) for argument in sys.argv[1:])
    packages = sorted((p for p in checkouts.iterdir() if p.is_dir()), key=lambda p: p.name.lower())
    terms = {}
    for package in packages:
        files = [
            path for path in sorted(package.rglob("*"))
            if path.is_file() and path.name.split(".")[0].upper() in NAMES and is_linked(path, package)
        ]
        if not files:
            sys.exit(f"Tools/licences.py: no licence in {package.name}")
        for path in files:
            show(f"{package.name}: {path.relative_to(package)}", path.read_text(encoding="utf-8"))
        for words, holders in heads(package):
            terms.setdefault(words, {})[package.name] = None
            terms[words].update(dict.fromkeys(holders))
    for words, named in terms.items():
        show("Heads of C sources", "\n".join(named) + "\n\n" + words)
    show("Swift standard library, Foundation, Dispatch", swift.read_text(encoding="utf-8"))
    show("ICU, inside Foundation (as Debian states it)", icu.read_text(encoding="utf-8"))


main()
