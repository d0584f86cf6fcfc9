#!/usr/bin/env bash
# Installs from Debian's packages what building and testing need and this machine lacks.
set -euo pipefail
packages=(
  libsqlite3-dev libzip-dev libexpat1-dev libncurses-dev libxlsxwriter-dev zlib1g-dev pkg-config
  libpango1.0-dev libcairo2-dev libqrencode-dev fonts-lxgw-wenkai fonts-wqy-microhei fonts-noto-cjk
  fontconfig poppler-utils zbar-tools
  chromium chromium-driver unzip
  sqlite3 tmux python3-jsonschema python3-yaml python3-venv
)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
    missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "installing: ${missing[*]}" >&2
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
as_root apt-get update -qq
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
