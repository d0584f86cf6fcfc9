#!/usr/bin/env python3
"""Writes Templates/*.yaml into Sources/Publishing/ShippedTemplates.swift, so that the program
carries them wherever it is moved. A test says whether they are the same."""
import pathlib

root = pathlib.Path(__file__).resolve().parent.parent
lines = [
    "// Made by Tools/embed_templates.py from Templates/; edit those.",
    "enum ShippedTemplates {",
    "    static let texts: [String: String] = [",
]
for path in sorted((root / "Templates").glob("*.yaml")):
    lines.append(f'        "{path.stem}": #"""')
    lines += ["            " + line if line else "" for line in path.read_text().splitlines()]
    lines += ["", '            """#,']
lines += ["    ]", "}", ""]
(root / "Sources/Publishing/ShippedTemplates.swift").write_text("\n".join(lines))
