#!/usr/bin/env bash
# Holds a running server against its own OpenAPI document: Schemathesis (from PyPI, in an environment
# of its own) without a token, with a bureau's and with an auditor's. QUICK=1 takes a few examples only.
set -euo pipefail
cd "$(dirname "$0")/.."
laurel=$(realpath "${LAUREL:-.build/release/laurel}")
tools=$PWD/.build/schemathesis
policies=$PWD/Policies
events=$PWD/Events/liaoning-2022
[ -x "$tools/bin/schemathesis" ] || {
  python3 -m venv "$tools"
  "$tools/bin/python" -m pip install --quiet --disable-pip-version-check schemathesis openapi-spec-validator
}
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$scratch"' EXIT
demo=$scratch/demo
"$laurel" demo --items 2 --into "$demo" --events "$events" --quiet >/dev/null 2>&1
record=$demo/liaoning.laurel
echo rehearsal >"$scratch/pin"
token() {
  "$laurel" token new "$@" --until "$(date -d '+2 days' +%F)" --as organiser --event "$record" \
    --keys "$demo/keys" --pin-file "$scratch/pin" --quiet 2>/dev/null
}
bureau=$(token T-bureau --role bureau --delegation 210100)
auditor=$(token T-auditor --role auditor)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$laurel" serve "$record" --listen "127.0.0.1:$port" --rate 100000 --policies "$policies" --lang en \
  >/dev/null 2>"$scratch/server.log" &
server=$!
base=http://127.0.0.1:$port
for _ in $(seq 200); do curl -sf "$base/ready" >/dev/null && break; sleep 0.1; done
curl -sf "$base/api/v1/openapi.json" >"$scratch/openapi.json"
"$tools/bin/openapi-spec-validator" "$scratch/openapi.json"
if [ -n "${QUICK:-}" ]; then
  options=(--phases examples,coverage,fuzzing --max-examples 5)
else
  options=(--phases examples,coverage,fuzzing,stateful --max-examples "${EXAMPLES:-100}")
fi
# Left out are two checks: whoever sends a refused statement or an unknown item is told so with 422 or
# 404, which these take for "valid data was rejected" and "a resource that was made is gone". Streams
# have no end; the load run follows them.
# Made-up items and cities end at 404 and 400; the second time each token asks for what there is.
cat >"$scratch/real.toml" <<'TOML'
[parameters]
item = "D01"
city = "210100"
on = "2023-05-01"
TOML
cd "$scratch"
run() {
  local name=$1 config=$2
  shift 2
  echo "== $name"
  [ -z "$config" ] || set -- --exclude-checks "$unsuited,ignored_auth" "$@"
  timeout "${LIMIT:-900}" "$tools/bin/schemathesis" ${config:+--config-file "$config"} run openapi.json --url "$base" \
    --checks all \
    --exclude-path '/api/v1/items/{item}/live/events' --seed 2022 --no-color \
    --warnings off "${options[@]}" "$@"
}
unsuited=positive_data_acceptance,ensure_resource_availability
code=0
run "without a token" "" --exclude-checks "$unsuited" || code=1
for token in "$bureau" "$auditor"; do
  run "with a token" "" --exclude-checks "$unsuited,ignored_auth" \
    -H "Authorization: Bearer $token" || code=1
  run "with a token, what there is" real.toml -H "Authorization: Bearer $token" || code=1
done
kill -0 "$server" || { echo "the server is gone"; code=1; }
"$laurel" audit verify --event "$record" --lang en >/dev/null || { echo "the audit fails"; code=1; }
exit "$code"
