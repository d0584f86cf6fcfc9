"""Checks that the JSON Schema of scorecards takes every card of the project and refuses broken ones.

    python3 Tools/check_schema.py
"""
import copy
import json
import sys
from pathlib import Path

import jsonschema
import yaml

root = Path(__file__).resolve().parent.parent
schema = json.loads((root / "Documentation/scorecard.schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
cards = sorted((root / "Scorecards").glob("*.yaml")) + sorted(
    (root / "Documentation/examples").glob("*.yaml")
)
failed = False
for path in cards:
    for error in validator.iter_errors(yaml.safe_load(path.read_text())):
        failed = True
        print(f"{path.relative_to(root)}: {error.json_path}: {error.message[:200]}", file=sys.stderr)

good = yaml.safe_load((root / "Documentation/examples/diving.yaml").read_text())


def broken(change):
    card = copy.deepcopy(good)
    change(card)
    return card


aspect = lambda card: card["parts"][0]["aspects"][0]
changes = {
    "an unknown key": lambda card: card.update(colour="red"),
    "no total": lambda card: card.pop("total"),
    "two ways of marking": lambda card: aspect(card).update(count={"of": 2, "max": 1}),
    "no way of marking": lambda card: aspect(card).pop("score"),
    "an unknown rounding": lambda card: aspect(card).update(round={"places": 2, "mode": "near"}),
    "three benchmark texts": lambda card: aspect(card).update(
        judgement={"max": 1, "levels": [good["title"]] * 3}
    ),
    "a tie key of two kinds": lambda card: card["ties"].update(keys=[{"marks": "D", "lot": "x"}]),
    "no end of ties": lambda card: card["ties"].pop("end"),
    "an unknown policy": lambda card: card.update(awards="best-looking"),
}
for name, change in changes.items():
    if validator.is_valid(broken(change)):
        failed = True
        print(f"the schema takes a card with {name}", file=sys.stderr)
print(f"{len(cards)} cards fit the schema; {len(changes)} broken ones do not")
sys.exit(failed)
