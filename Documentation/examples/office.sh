#!/usr/bin/env bash
# The office at work on one blind item: three layers of numbers, a venue without a network, an appeal
# upheld, a correction by two people, a backup. Usage: office.sh FOLDER (new). Everybody in it is invented.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
laurel=${LAUREL:-$root/.build/release/laurel}
mkdir "$1" && cd "$1"
echo 246810 > pin && export LAUREL_PIN_FILE=$PWD/pin LAUREL_EVENT=$PWD/centre.laurel
say() { "$laurel" "$@" --keys keys; }
step() { printf '\n— %s\n' "$1"; }

step "a record, keys and appointments"
say init "$root/Events/liaoning-2022" --into centre.laurel --rehearsal
say key new J-S13-0{1..3} CJ-S13 SV-S13 R-S13 E-1 E-2 E-3 L-211400 arbitration organiser-2 auditor > /dev/null
appoint() { say appoint "$1" --role "$2" --person "P-$1" "${@:3}" --as organiser 2> /dev/null; }
for n in 1 2 3; do appoint "J-S13-0$n" judge --item S13 --delegation "210${n}00"; done
appoint CJ-S13 chief-judge --item S13
appoint SV-S13 supervisor --item S13
appoint R-S13 recorder --item S13
for n in 1 2 3; do appoint "E-$n" encryption-judge --item S13; done
appoint L-211400 delegation-leader --delegation 211400
appoint arbitration arbitration
appoint organiser-2 organiser
appoint auditor auditor
cat > entrants.csv <<'CSV'
entrant,item,delegation,group,name,id_number,employer,insured_city,skill_level
S13-001,S13,211400,worker,虚思远,219900199001010014,虚构单位甲,210100,technician
S13-001,S13,211400,worker,虚明安,21990019900202002X,虚构单位甲,210100,senior
S13-002,S13,211300,worker,拟文柏,219900199003030035,虚构单位乙,210100,senior
S13-002,S13,211300,worker,拟清和,219900199001010014,虚构单位乙,210100,senior
CSV
say entrants import entrants.csv --as organiser

step "three layers of blind numbers, each held by another person"
for n in 1 2 3; do
  say draw S13 --as "E-$n"
  say second S13 --as SV-S13
  say draw S13 --as "E-$n"
done
"$laurel" draw S13 --list

step "the venue marks without a network, against the innermost numbers"
"$laurel" bundle export --item S13 --out out.bundle
say bundle import out.bundle --venue 盘锦站 --into venue.laurel --as R-S13
"$laurel" sheet template S13 --event venue.laurel --out blank.csv
awk -F, 'BEGIN { OFS = "," } { sub(/\r$/, ""); n = substr($1, 7) }
  NR == 1 { print $1, $2, $3, $4, $5, $6; next }
  { print $1, $2, $3, $4, (n * int(NR / 2)) % 2, $6 }' blank.csv > marks.csv
say sheet submit marks.csv --item S13 --as R-S13 --event venue.laurel --format csv > receipts.csv
"$laurel" bundle export --item S13 --out back.bundle --event venue.laurel
say bundle import back.bundle --as R-S13
"$laurel" status | grep S13

step "the record as it stands is kept elsewhere, and backed up"
say audit checkpoint --as auditor --out kept.note
"$laurel" backup backup.laurel
"$laurel" audit verify --since kept.note

step "confirmed by a second person, locked, revealed from the inside out, co-signed, published"
say confirm S13 --as SV-S13
say lock S13 --as CJ-S13
for n in 3 2 1; do
  say reveal S13 --as CJ-S13
  say second S13 --as "E-$n"
done
say lock S13 --cosign --as SV-S13
"$laurel" standings S13
say publish --provisional --into site --as organiser

step "an appeal: what would follow is listed before the ruling is entered"
say appeal file S13 S13-001 --grounds "误记一分(虚构)" --as L-211400
appeal=$("$laurel" appeal list --format csv | tail -1 | cut -d, -f1)
printf 'entrant,part,aspect,judge,mark\nS13-001,A,A01,,2\nS13-001,A,A02,,2\n' > right.csv
say appeal rule "$appeal" --upheld --correct right.csv --reason "查录像属实(虚构)" --as arbitration --yes

step "opened again by two people, corrected with a reason, and closed again"
say reopen S13 --reason "申诉成立(虚构)" --as arbitration
say second S13 --as SV-S13
say sheet correct right.csv --item S13 --reason "申诉裁决(虚构)" --as R-S13
say confirm S13 --as SV-S13
say lock S13 --as CJ-S13
say lock S13 --cosign --as SV-S13
say publish --provisional --into site --as organiser

step "final, two hours later (a rehearsal may set the clock)"
later=$(date -u -d "+121 minutes" +%Y-%m-%dT%H:%M:%SZ)
say publish --final --into site --as organiser --now "$later"
"$laurel" audit verify --since kept.note
