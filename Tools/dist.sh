#!/usr/bin/env bash
# Builds the program for other machines (Swift linked in, paths of this one left out) and packs it.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=.build-dist
swift build -c release --product laurel --static-swift-stdlib --scratch-path "$scratch" \
  --explicit-target-dependency-import-check error \
  -Xswiftc -file-prefix-map -Xswiftc "$PWD=/usr/src/laurel" \
  -Xcc "-ffile-prefix-map=$PWD=/usr/src/laurel" \
  -Xlinker --build-id=sha1 -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now
Tools/package.sh "$scratch/release/laurel" "$scratch/checkouts" dist
