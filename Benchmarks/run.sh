#!/usr/bin/env bash
# Measures and prints a table; nothing here decides a test. Figures go to Documentation/performance.md
# with this command.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product LaurelBench >/dev/null
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
.build/release/LaurelBench Events/liaoning-2022 "$scratch"
# The peers come from PyPI into a folder of their own, which is kept beside the build.
peers=.build/peers
[ -x "$peers/bin/python" ] || python3 -m venv "$peers"
"$peers/bin/python" -m pip install --quiet duckdb polars pandas numpy pyarrow
"$peers/bin/python" Benchmarks/peers.py "$scratch"
# Start-up of the command line, beside the shell's own `true` in the same loop.
python3 - <<'PY'
import subprocess, time
def mean(command, runs=50):
    best = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        best.append(time.perf_counter() - start)
    best.sort()
    return best[len(best) // 2] * 1000
laurel = mean([".build/release/laurel", "--version"])
true = mean(["/bin/true"])
print(f"| start of the command line (`laurel --version`, median of 50) | {laurel:.1f} ms | `/bin/true`: {true:.1f} ms |")
PY
