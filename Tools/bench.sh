#!/usr/bin/env bash
# Installs from Debian's packages the peers of `make bench` that this machine lacks.
set -euo pipefail
missing=()
for package in nginx-light wrk curl; do
  [ "$package" = nginx-light ] && [ -x /usr/sbin/nginx ] && continue
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
    missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "installing: ${missing[*]}" >&2
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
as_root apt-get update -qq
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
