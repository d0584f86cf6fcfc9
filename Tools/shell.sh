#!/usr/bin/env bash
# Writes completions for bash, zsh and fish, and man pages in Chinese and English, into a folder
# (default: shell). They are made from the program itself, so that they can't say anything else.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-shell}
program=${LAUREL:-.build/release/laurel}
mkdir -p "$out/bash" "$out/zsh" "$out/fish"
"$program" --generate-completion-script bash >"$out/bash/laurel"
"$program" --generate-completion-script zsh >"$out/zsh/_laurel"
"$program" --generate-completion-script fish >"$out/fish/laurel.fish"
for language in zh en; do
  locale=C.UTF-8
  [ "$language" = zh ] && folder=man/zh_CN/man1 || folder=man/man1
  mkdir -p "$out/$folder"
  LANG=$language LC_ALL=${language}_XX LC_CTYPE=$locale "$program" --experimental-dump-help |
    /usr/bin/python3 Tools/manual.py "$language" "$out/$folder"
done
