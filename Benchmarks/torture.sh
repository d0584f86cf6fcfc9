#!/usr/bin/env bash
# Kills a writer at random instants and audits what is left: the chain must hold and every table must
# be what its statements give. ROUNDS=2000 for the long run.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${ROUNDS:-100}
laurel=.build/release/laurel
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for round in $(seq "$rounds"); do
  rm -rf "$scratch/demo"
  "$laurel" demo --into "$scratch/demo" --items 2 --seed "$round" --quiet >/dev/null 2>&1 &
  writer=$!
  sleep "0.$((RANDOM % 9))$((RANDOM % 10))"
  kill -KILL "$writer" 2>/dev/null || true
  wait "$writer" 2>/dev/null || true
  record="$scratch/demo/liaoning.laurel"
  [ -s "$record" ] || continue
  sqlite3 "$record" 'SELECT 1 FROM entry LIMIT 1' >/dev/null 2>&1 || continue
  "$laurel" audit verify --event "$record" >/dev/null || { echo "round $round: the audit failed"; exit 1; }
done
echo "$rounds passed, 0 failed"
