#!/usr/bin/env bash
# Packs a program that was built: a .deb, a tarball of the same tree, its debug information, hashes.
# The same program and commit give the same bytes.
#
#     Tools/package.sh PROGRAM CHECKOUTS FOLDER
set -euo pipefail
umask 022
program=$(realpath "$1")
checkouts=$(realpath "$2")
mkdir -p "$3"
dist=$(realpath "$3")
cd "$(dirname "$0")/.."

version=$("$program" --version)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
architecture=$(dpkg --print-architecture)
name=laurel_${version}_$architecture
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/laurel-$version
doc=$tree/usr/share/doc/laurel

# The program, and what a debugger needs, kept apart.
mkdir -p "$tree/usr/bin"
objcopy --only-keep-debug --compress-debug-sections "$program" "$work/$name.debug"
(cd "$work" && strip -o "$tree/usr/bin/laurel" "$program" &&
  objcopy --add-gnu-debuglink="$name.debug" "$tree/usr/bin/laurel")
# SwiftPM lets a program look for libraries beside itself; ours has none there.
chrpath --delete "$tree/usr/bin/laurel" >/dev/null

# What is read at run time: events and the cards they name, policies; templates are compiled in.
mkdir -p "$tree/usr/share/laurel"
git archive HEAD Events Scorecards Policies Templates | tar -x -C "$tree/usr/share/laurel"

# Completions and man pages, from the program itself.
LAUREL=$program Tools/shell.sh "$work/shell"
mkdir -p "$tree/usr/share/bash-completion/completions" "$tree/usr/share/zsh/vendor-completions" \
  "$tree/usr/share/fish/vendor_completions.d"
sed "1{/^#!/d}" "$work/shell/bash/laurel" >"$tree/usr/share/bash-completion/completions/laurel"
cp "$work/shell/zsh/_laurel" "$tree/usr/share/zsh/vendor-completions/_laurel"
cp "$work/shell/fish/laurel.fish" "$tree/usr/share/fish/vendor_completions.d/laurel.fish"
cp -r "$work/shell/man" "$tree/usr/share/man"
find "$tree/usr/share/man" -type f -exec gzip -9n {} +

# Units, settings, the system's user and folders.
units=$tree/lib/systemd/system
install -D -m 644 -t "$units" Packaging/systemd/*@.*
for service in laurel laurel-backup; do
  install -D -m 644 -t "$units/$service@.service.d" Packaging/systemd/hardening.conf
done
install -D -m 644 Packaging/sysusers.conf "$tree/usr/lib/sysusers.d/laurel.conf"
install -D -m 644 Packaging/tmpfiles.conf "$tree/usr/lib/tmpfiles.d/laurel.conf"
install -D -m 755 -t "$tree/usr/lib/laurel" Packaging/laurel-backup
install -D -m 644 -t "$tree/etc/laurel" Packaging/laurel.env

# What people read.
install -D -m 644 -t "$doc" README.md README.zh.md Documentation/deployment.md \
  Documentation/deployment.zh.md Documentation/office.md Packaging/debian/copyright
install -D -m 644 -t "$doc/examples" Packaging/nginx.conf Packaging/nftables.conf
swift=$(dirname "$(readlink -f "$(command -v swift)")")/../share/swift/LICENSE.txt
Tools/licences.py "$checkouts" "$swift" /usr/share/doc/libicu72/copyright >"$doc/licences.txt"
maintainer=${DEBFULLNAME:-Laurel maintainers} email=${DEBEMAIL:-maintainers@laurel.invalid}
cat >"$doc/changelog" <<CHANGES
laurel ($version) bookworm; urgency=medium

  * Made of commit $(git rev-parse --short=12 HEAD); its history says what changed.

 -- $maintainer <$email>  $(date -R -u -d "@$SOURCE_DATE_EPOCH")
CHANGES
gzip -9n "$doc/licences.txt" "$doc/changelog"
install -D -m 644 Packaging/debian/lintian-overrides "$tree/usr/share/lintian/overrides/laurel"

# What it needs of Debian: what the program is linked with, looked up on this machine.
mkdir -p "$work/debian"
printf 'Source: laurel\n\nPackage: laurel\nArchitecture: any\n' >"$work/debian/control"
libraries=$(cd "$work" && dpkg-shlibdeps -O "$tree/usr/bin/laurel" | sed -n 's/^shlibs:Depends=//p')
[ -n "$libraries" ] || { echo "dpkg-shlibdeps found no library" >&2 && exit 1; }

chmod -R u=rwX,go=rX "$tree"
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$work" -cf - "laurel-$version" |
  xz -6 -T1 >"$dist/$name.tar.xz"

mkdir -p "$tree/DEBIAN"
(cd "$tree" && find etc lib usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
size=$(du -sk --apparent-size "$tree/usr" "$tree/lib" "$tree/etc" | awk '{ sum += $1 } END { print sum }')
sed -e "s|@VERSION@|$version|; s|@ARCHITECTURE@|$architecture|; s|@INSTALLED_SIZE@|$size|" \
  -e "s|@MAINTAINER@|$maintainer <$email>|; s|@SHARED_LIBRARIES@|$libraries|" \
  Packaging/debian/control.in >"$tree/DEBIAN/control"
install -m 644 -t "$tree/DEBIAN" Packaging/debian/conffiles
install -m 755 -t "$tree/DEBIAN" Packaging/debian/postinst Packaging/debian/prerm Packaging/debian/postrm
find "$tree/DEBIAN" -exec touch --date="@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$tree" "$dist/$name.deb" >/dev/null
mv "$work/$name.debug" "$dist/$name.debug"
(cd "$dist" && sha256sum "$name.deb" "$name.tar.xz" "$name.debug" >SHA256SUMS)
ls -l "$dist"
