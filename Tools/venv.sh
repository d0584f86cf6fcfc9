#!/usr/bin/env bash
# Makes the Python environment of the programs in Tools that tests run under .build/venv, once for each requirements.txt.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
venv=$root/.build/venv
wanted=$root/Tools/requirements.txt
mkdir -p "$root/.build"
# Two test processes may come at once; the second waits and finds it made.
exec 9>"$root/.build/venv.lock"
flock 9
cmp -s "$wanted" "$venv/requirements.txt" && exit 0
echo "making the Python environment of the tests" >&2
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" 9>&-
cp "$wanted" "$venv/requirements.txt"
