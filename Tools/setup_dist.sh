#!/usr/bin/env bash
# Installs from Debian's packages what `make dist` and `make dist-check` need beyond Tools/setup.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
exec Tools/install.sh binutils chrpath dpkg-dev libicu72 lintian man-db xz-utils \
  debootstrap systemd-container
