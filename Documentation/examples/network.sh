#!/usr/bin/env bash
# One small item over the network: a server with a certificate of its own, every command with
# LAUREL_SERVER instead of a file, an outage in the middle, a bureau's token. Usage: network.sh FOLDER
# (new). Everybody in it is invented.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
laurel=${LAUREL:-$root/.build/release/laurel}
mkdir "$1" && cd "$1"
echo 246810 > pin && export LAUREL_PIN_FILE=$PWD/pin
say() { "$laurel" "$@" --keys keys; }

say init "$root/Events/liaoning-2022" --into liaoning.laurel --rehearsal
"$laurel" serve --init-tls tls --name localhost
port=$((20000 + RANDOM % 20000))
serve() {
  "$laurel" serve liaoning.laurel --listen "127.0.0.1:$port" --policies "$root/Policies" \
    --tls tls/server.pem tls/server-key.pem 2>> server.log &
  server=$!
  for _ in $(seq 100); do
    curl -fs --cacert tls/ca.pem "https://localhost:$port/ready" > /dev/null && return
    sleep 0.1
  done
  cat server.log >&2
  return 1
}
serve
trap 'kill $server 2> /dev/null || true' EXIT
export LAUREL_SERVER=https://localhost:$port LAUREL_TRUST=$PWD/tls/ca.pem

say key new J-S03-0{1..5} CJ-S03 SV-S03 R-S03 organiser-2 B-210100 > /dev/null
for n in 1 2 3 4 5; do
  say appoint "J-S03-0$n" --role judge --person "P-judge-$n" --item S03 --delegation "210${n}00" --as organiser
done
say appoint CJ-S03 --role chief-judge --person P-chief --item S03 --as organiser
say appoint SV-S03 --role supervisor --person P-supervisor --item S03 --as organiser
say appoint R-S03 --role recorder --person P-recorder --item S03 --as organiser
say appoint organiser-2 --role organiser --person P-organiser-2 --as organiser
say appoint B-210100 --role bureau --person P-bureau --delegation 210100 --as organiser

cat > entrants.csv <<'CSV'
entrant,item,delegation,group,name,id_number,employer,insured_city,skill_level
S03-001,S03,211100,worker,虚思远,219900199001010014,虚构单位甲,210100,technician
S03-002,S03,211200,worker,拟明安,21990019900202002X,虚构单位乙,210100,senior
S03-003,S03,210100,student,例文柏,219900199003030035,虚构单位丙,,
CSV
say entrants import entrants.csv --as organiser
say sheet template S03 --out blank.csv --reader R-S03
awk -F, 'BEGIN { OFS = "," } { sub(/\r$/, ""); n = substr($1, 7) }
  NR == 1 { print $1, $2, $3, $4, $5, $6; next }
  { mark = $4 != "" ? 1 + n % 3 / 2 : ($2 == "T" ? 80 + n : 0); print $1, $2, $3, $4, mark, $6 }
' blank.csv > marks.csv

# The server goes down: what is handed in waits here, sealed; it is sent when the server is back.
kill -TERM $server && wait $server || true
say sheet submit marks.csv --item S03 --as R-S03 --format csv > receipts.csv
say queue --as R-S03 --format csv > waiting.csv
serve
say queue --as R-S03

say confirm S03 --as SV-S03
say lock S03 --as CJ-S03
say lock S03 --cosign --as SV-S03
say standings S03 --as organiser
say publish --provisional --into site --as organiser
say honours propose --as organiser
say winners --city 210100 --as B-210100 --format csv --out winners.csv
token=$(say token new T-210100 --role bureau --delegation 210100 --until 2099-12-31 --as organiser)
curl -fs --cacert tls/ca.pem -H "Authorization: Bearer $token" \
  "$LAUREL_SERVER/api/v1/winners?city=210100" > winners.json
say audit verify --reader organiser
kill -TERM $server && wait $server || true
unset LAUREL_SERVER
"$laurel" audit verify --event liaoning.laurel
