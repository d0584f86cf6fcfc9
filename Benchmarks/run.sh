#!/usr/bin/env bash
# Measures and prints a table; nothing here decides a test. Figures go to Documentation/performance.md
# with this command.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product LaurelBench >/dev/null
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
.build/release/LaurelBench Events/liaoning-2022 "$scratch"
# The server under load (LOAD_SECONDS, 60 unless told), and its published pages beside nginx.
.build/release/LaurelBench server "$scratch" "${LOAD_SECONDS:-60}"
# The peers come from PyPI into a folder of their own, which is kept beside the build.
peers=.build/peers
[ -x "$peers/bin/python" ] || python3 -m venv "$peers"
"$peers/bin/python" -m pip install --quiet duckdb polars pandas numpy pyarrow
"$peers/bin/python" Benchmarks/peers.py "$scratch"
# OpenFisca pins its own NumPy, so it has an environment of its own.
fisca=.build/openfisca
[ -x "$fisca/bin/python" ] || python3 -m venv "$fisca"
"$fisca/bin/python" -m pip install --quiet openfisca-core
"$fisca/bin/python" Benchmarks/openfisca_peer.py "$scratch/people"
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
# The judge's desk on a whole province: one item is opened again and a sheet sent back, so that there is
# something to enter.
demo=$scratch/demo
laurel=.build/release/laurel
$laurel demo --into "$demo" --quiet >/dev/null 2>&1
echo rehearsal >"$demo/pin"
Benchmarks/pages.sh "$demo/liaoning.laurel" "$demo/site"
speak() { "$laurel" "$@" --event "$demo/liaoning.laurel" --keys "$demo/keys" --pin-file "$demo/pin" --quiet 2>/dev/null; }
speak reopen D17 --reason bench --as arbitration-1
speak second D17 --as organiser
row=$("$laurel" sheet list D17 --event "$demo/liaoning.laurel" --format csv | awk -F, '$4 ~ /^J-/' | head -1)
IFS=, read -r _ entrant unit judge _ <<<"$row"
speak sheet return D17 "$entrant" --unit "$unit" --judge "$judge" --reason bench --as CJ-D17
python3 Benchmarks/desk.py "$demo/liaoning.laurel" "$demo/keys" rehearsal "$judge"
