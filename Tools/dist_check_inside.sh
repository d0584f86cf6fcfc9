#!/usr/bin/env bash
# Runs as root on the Debian that Tools/dist_check.sh has booted: what the page takes for granted
# (a PIN, a name with a certificate), then the page, then what it does not show.
set -euo pipefail
say() { printf '\n-- %s\n' "$*" >&2; }

systemctl is-system-running --wait
mkdir /root/office
cd /root/office
cp /mnt/laurel_*.deb .
printf 'check\n' >/root/pin
export LAUREL_PIN_FILE=/root/pin

# In the place of the name in DNS and of certbot.
echo "127.0.0.1 laurel.example.org laurel.lan" >>/etc/hosts
live=/etc/letsencrypt/live/laurel.example.org
mkdir -p "$live"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=laurel.example.org \
  -addext subjectAltName=DNS:laurel.example.org \
  -keyout "$live/privkey.pem" -out "$live/fullchain.pem" 2>/dev/null
cp "$live/fullchain.pem" /usr/local/share/ca-certificates/check.crt
update-ca-certificates >/dev/null 2>&1
systemctl start nginx

say "the units by themselves"
apt-get install -y -qq ./laurel_*.deb
[ -z "$(systemctl list-units --all --plain --no-legend 'laurel*')" ]
systemd-analyze verify laurel@none.service laurel-backup@none.service laurel-backup@none.timer
for service in laurel laurel-backup; do
  systemd-analyze security --no-pager --threshold=15 "$service@none.service" | tail -1
done
if systemctl start laurel@none; then echo "a server without a record was started" >&2 && exit 1; fi
apt-get purge -y -qq laurel

say "the page"
# shellcheck disable=SC1091
source /mnt/page.sh
set +x

say "what the journal says of it"
[ -e /var/lib/laurel/liaoning.laurel ]
journalctl --no-pager --quiet --unit 'laurel@liaoning' >/root/journal
# A machine that may not raise limits itself can't let a service go below its own niceness.
sed -i '/Failed to set thread priority.*errno=13/d' /root/journal
grep -q 'Deactivated successfully' /root/journal
if grep -E 'Failed to|Failed with result|Main process exited' /root/journal; then exit 1; fi
systemctl --failed --no-legend | grep -v laurel@none && exit 1
say "done"
