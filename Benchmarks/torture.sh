#!/usr/bin/env bash
# The fault tests, long: kills, power cuts, failing disks, crowds and tampered bytes, by the code that
# `make test` runs short. ROUNDS=2000 (or more) says how many kills; the rest grows in proportion.
set -euo pipefail
cd "$(dirname "$0")/.."
export LAUREL_ROUNDS=${ROUNDS:-2000}
swift build --explicit-target-dependency-import-check error --build-tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
swift test --skip-build --filter FaultTests 2>&1 | tee "$log" || code=$?
echo
echo "what was counted ($LAUREL_ROUNDS rounds):"
grep '^fault tests: ' "$log" | sed 's/^fault tests: //' || { echo "nothing"; exit 1; }
exit "$code"
