#!/usr/bin/env bash
# Tries what `make dist` made: packed again it is the same, lintian has nothing to say, and on a
# Debian 12 that is booted for this, every block of Documentation/deployment.md does what the page
# says. Needs root; sends nothing to any network but loopback in a network of its own, except what
# debootstrap and apt fetch beforehand.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo "Tools/dist_check.sh: boots a Debian, which needs root" >&2 && exit 64; }
page=${PAGE:-Documentation/deployment.md}
base=$PWD/.build-dist/bookworm
package=$PWD/dist/$(awk '$2 ~ /\.deb$/ { print $2 }' dist/SHA256SUMS)
work=$(mktemp -d)
say() { printf '\n== %s\n' "$*" >&2; }
nspawn() { env -i PATH="$PATH" TERM=dumb systemd-nspawn -q --register=no --keep-unit -D "$base" "$@"; }
leave() {
  [ -z "${container:-}" ] || { kill "$container" 2>/dev/null && wait "$container" || true; }
  rm -rf "$work"
}
trap leave EXIT

say "packed again: the same bytes"
Tools/package.sh .build-dist/release/laurel .build-dist/checkouts "$work/again" >/dev/null
diff dist/SHA256SUMS "$work/again/SHA256SUMS"
(cd dist && sha256sum --check SHA256SUMS)

say "lintian"
lintian --allow-root --fail-on error,warning "$package"

if [ ! -e "$base/.complete" ]; then
  say "a fresh Debian 12, with nothing of ours"
  rm -rf "$base"
  debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus bookworm "$base" >"$work/log" ||
    { tail -5 "$work/log" >&2 && exit 1; }
  touch "$base/.complete"
fi
say "what the package depends on, by apt"
mkdir "$work/share"
cp "$package" "$work/share/"
nspawn --bind="$work/share:/mnt" --pipe sh -euc '
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends /mnt/laurel_*.deb
  ldd /usr/bin/laurel | grep "not found" && exit 1
  apt-get purge -y -qq laurel
  rm -rf /var/lib/laurel /var/backups/laurel /etc/laurel
  apt-get install -y -qq --no-install-recommends \
    ca-certificates curl fonts-noto-cjk man-db netbase nftables \
    nginx-light openssl
' >"$work/log" 2>&1 || { tail -20 "$work/log" >&2 && exit 1; }

say "booted"
Tools/page_script.py "$page" >"$work/share/page.sh"
cp Tools/dist_check_inside.sh "$work/share/"
env -i PATH="$PATH" systemd-nspawn -q --register=no --keep-unit -D "$base" --volatile=overlay \
  --private-network --bind="$work/share:/mnt" --console=pipe --boot </dev/null >"$work/boot" 2>&1 &
container=$!
for _ in $(seq 60); do
  first=$(pgrep -P "$container" | head -1 || true)
  [ -n "$first" ] && inside=$(pgrep -P "$first" -f systemd-logind || true) && [ -n "$inside" ] && break
  sleep 0.5
done
[ -n "${inside:-}" ] || { cat "$work/boot" >&2 && exit 1; }
timeout 900 nsenter --target "$first" --all env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
  LANG=C.UTF-8 bash /mnt/dist_check_inside.sh
say "all is well"
