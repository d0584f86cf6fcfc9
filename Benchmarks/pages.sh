#!/usr/bin/env bash
# Published pages by `laurel serve` beside Debian's nginx serving the same bytes, wrk on both in turn:
# Benchmarks/pages.sh RECORD SITE, where SITE is the folder that was published from the record.
set -euo pipefail
cd "$(dirname "$0")/.."
record=$1 site=$(realpath "$2")
laurel=${LAUREL:-.build/release/laurel}
Tools/bench.sh
scratch=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$scratch"' EXIT
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
ours=$(port)
theirs=$(port)
# As an operator would set it up for speed: packed beforehand as ours are, kept open, no access log.
cp -r "$site" "$scratch/site"
find "$scratch/site" -type f \( -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.json' \) \
  -exec gzip -9 --keep {} +
chmod -R a+rX "$scratch"
cat >"$scratch/nginx.conf" <<CONF
daemon off;
worker_processes 2;
pid $scratch/nginx.pid;
error_log stderr error;
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  sendfile on;
  tcp_nopush on;
  open_file_cache max=1000 inactive=60s;
  keepalive_requests 1000000000;
  client_body_temp_path $scratch/b; proxy_temp_path $scratch/p; fastcgi_temp_path $scratch/f;
  uwsgi_temp_path $scratch/u; scgi_temp_path $scratch/s;
  server {
    listen 127.0.0.1:$theirs;
    root $scratch/site;
    gzip_static on;
    add_header Cache-Control "public, max-age=60";
    add_header X-Content-Type-Options nosniff;
  }
}
CONF
/usr/sbin/nginx -c "$scratch/nginx.conf" 2>/dev/null &
"$laurel" serve "$record" --listen "127.0.0.1:$ours" --quiet 2>/dev/null &
for p in "$ours" "$theirs"; do
  for _ in $(seq 200); do curl -sf -o /dev/null "http://127.0.0.1:$p/" && break; sleep 0.1; done
done
speed() { wrk -t1 -c64 -d"${SECONDS_EACH:-5}s" "$@" | awk '/Requests\/sec/ { print $2 }'; }
item=$(cd "$site" && find . -name 'D*.html' -o -name 'A*.html' | sort | head -1 | cut -c2-)
for path in / "$item"; do
  for kind in plain gzip; do
    header=()
    [ "$kind" = gzip ] && header=(-H 'Accept-Encoding: gzip')
    fetch() { curl -sf "${header[@]}" "http://127.0.0.1:$1$path"; }
    same=no
    if [ "$kind" = gzip ]; then
      cmp -s <(fetch "$ours" | gunzip) <(fetch "$theirs" | gunzip) && same=yes
    else
      cmp -s <(fetch "$ours") <(fetch "$theirs") && same=yes
    fi
    bytes=$(fetch "$ours" | wc -c)
    # In turn, twice each: what else runs on the machine falls on both.
    a=$(speed "${header[@]}" "http://127.0.0.1:$ours$path")
    b=$(speed "${header[@]}" "http://127.0.0.1:$theirs$path")
    c=$(speed "${header[@]}" "http://127.0.0.1:$ours$path")
    d=$(speed "${header[@]}" "http://127.0.0.1:$theirs$path")
    awk -v path="$path" -v kind="$kind" -v bytes="$bytes" -v a="$a" -v b="$b" -v c="$c" -v d="$d" -v same="$same" \
      'BEGIN { printf "| published page `%s`, %s, %d bytes, keep-alive | %d requests/s | nginx: %d/s; share %.2f; same bytes: %s |\n",
        path, kind, bytes, (a + c) / 2, (b + d) / 2, (a + c) / (b + d), same }'
  done
done
