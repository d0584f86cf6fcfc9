#!/usr/bin/env bash
# The fault tests, long: kills, power cuts, failing disks, crowds and tampered bytes, by the code that
# `make test` runs short. ROUNDS=2000 (or more) says how many kills; the rest grows in proportion.
# Then the server: killed KILLS times (50) during load, crowded with hostile connections, and held
# against its own API description.
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
swift build -c release --product laurel --explicit-target-dependency-import-check error >/dev/null
swift build -c release --product LaurelBench --explicit-target-dependency-import-check error >/dev/null
scratch=$(mktemp -d)
trap 'rm -rf "$log" "$scratch"' EXIT
.build/release/LaurelBench killed "$scratch" "${KILLS:-50}" || code=$?
.build/release/laurel demo --items 2 --into "$scratch/demo" --quiet >/dev/null 2>&1
python3 Benchmarks/hostile.py "$scratch/demo/liaoning.laurel" || code=$?
Benchmarks/schemathesis.sh || code=$?
exit "$code"
