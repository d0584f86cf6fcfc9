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
exec "$(dirname "$0")/install.sh" "${packages[@]}"
