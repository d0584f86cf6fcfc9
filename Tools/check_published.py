#!/usr/bin/env python3
"""Reads a published site's data as another program would, and says what is wrong with it.

check_published.py SITE

results.json, honours.json and changes.json against the JSON Schemas in Documentation/, in which every
member that is written must be described; the CSV files by Python's csv: their columns, their rows
beside results.json, and no cell that a spreadsheet would take for a formula. Prints a line for each
fault; exits 1 where there is one."""
import copy
import csv
import hashlib
import json
import pathlib
import re
import sys

import jsonschema

root = pathlib.Path(__file__).resolve().parent.parent
COLUMNS = ["rank", "entrant", "names", "delegation", "delegation_zh", "delegation_en", "group",
           "status", "award", "total"]
ORIGIN = ["snapshot", "kind", "rehearsal"]
faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")
    print(faults[-1])


def closed(schema):
    """The schema, taking no member that it does not describe."""
    if isinstance(schema, dict):
        schema = {key: closed(value) for key, value in schema.items()}
        if "properties" in schema and schema.get("type") == "object":
            schema["additionalProperties"] = False
    elif isinstance(schema, list):
        schema = [closed(value) for value in schema]
    return schema


def validator(name):
    schema = closed(json.loads((root / f"Documentation/{name}.schema.json").read_text()))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check(site, name):
    value = json.loads((site / f"{name}.json").read_bytes())
    check = validator(name)
    for error in check.iter_errors(value):
        fault(f"{name}.json", f"{error.json_path}: {error.message[:200]}")
    # The schema is no sieve: without any one member that it requires nothing passes.
    for member in check.schema["required"]:
        broken = copy.deepcopy(value)
        del broken[member]
        if check.is_valid(broken):
            fault(f"{name}.schema.json", f"takes what lacks {member}")
    return value


def rows(site, name):
    with open(site / "csv" / name, encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file, strict=True))
    for number, row in enumerate(table, 1):
        if len(row) != len(table[0]):
            fault(name, f"row {number} has {len(row)} cells of {len(table[0])}")
        for cell in row:
            if re.match(r"[=+\-@\t\r]", cell) and not re.fullmatch(r"-[0-9]+(\.[0-9]+)?", cell):
                fault(name, f"row {number}: a spreadsheet takes {cell[:30]!r} for a formula")
    return table


def main():
    site = pathlib.Path(sys.argv[1]).resolve()
    results = check(site, "results")
    check(site, "changes")
    honours = check(site, "honours")
    digest = hashlib.sha256((site / "results.json").read_bytes()).hexdigest()
    if honours["results"] != digest:
        fault("honours.json", "stands on other results")
    tables = {}
    for path in sorted((site / "csv").glob("*.csv")):
        table = rows(site, path.name)
        if table[0][-3:] != ORIGIN:
            fault(path.name, f"ends on {table[0][-3:]}, not on {ORIGIN}")
        if table[0][:len(COLUMNS)] == COLUMNS:
            tables[tuple(row[1].removeprefix("'") for row in table[1:])] = table
    for item in results["items"]:
        table = tables.get(tuple(row["entrant"] for row in item["rows"]))
        if table is None:
            fault(item["item"]["code"], "has no table of its entrants")
            continue
        carried = item.get("carried", {"snapshot": digest, "kind": results["kind"]})
        origin = [carried["snapshot"], carried["kind"], str(results["rehearsal"]).lower()]
        for line, row in zip(table[1:], item["rows"]):
            if line[-3:] != origin:
                fault(item["item"]["code"], f"{row['entrant']} says {line[-3:]}, not {origin}")
            if line[9] != (row["total"] or "") or line[10:10 + len(item["parts"])] != row["parts"]:
                fault(item["item"]["code"], f"{row['entrant']} has other figures in the table")
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
