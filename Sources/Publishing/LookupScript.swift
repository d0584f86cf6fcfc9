/// The script of the look-up page: hashes what is typed and reads the one bucket that may hold it.
///
/// SHA-256 is written out: browsers offer theirs only to pages from `https:`, and this one must also
/// open from a USB stick.
enum LookupScript {
    static let text = #"""
        "use strict";
        (function () {
          var data = window.LAUREL_LOOKUP;
          var form = document.getElementById("lookup");
          var answer = document.getElementById("answer");
          if (!data || !form) return;
          var number = document.getElementById("number");
          var name = document.getElementById("name");
          var say = answer.dataset;
          var english = document.documentElement.lang === "en";
          var asked = 0;

          // FIPS 180-4, 6.2. The constants are the first 32 bits of the fractional parts of the cube
          // roots (and square roots) of the first primes.
          function sha256(bytes) {
            var k = [], h = [], composite = {};
            for (var n = 2; k.length < 64; n++) {
              if (composite[n]) continue;
              for (var m = n * n; m < 320; m += n) composite[m] = true;
              if (h.length < 8) h.push((Math.pow(n, 1 / 2) * 4294967296) | 0);
              k.push((Math.pow(n, 1 / 3) * 4294967296) | 0);
            }
            var length = bytes.length;
            var all = bytes.slice();
            all.push(128);
            while (all.length % 64 !== 56) all.push(0);
            for (var s = 7; s >= 0; s--) {
              all.push(s > 3 ? 0 : ((length * 8) >>> (8 * s)) & 255);
            }
            function turn(x, by) { return (x >>> by) | (x << (32 - by)); }
            for (var start = 0; start < all.length; start += 64) {
              var w = [], t;
              for (t = 0; t < 16; t++) {
                var i = start + 4 * t;
                w[t] = (all[i] << 24) | (all[i + 1] << 16) | (all[i + 2] << 8) | all[i + 3];
              }
              for (t = 16; t < 64; t++) {
                var a0 = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ (w[t - 15] >>> 3);
                var a1 = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ (w[t - 2] >>> 10);
                w[t] = (w[t - 16] + a0 + w[t - 7] + a1) | 0;
              }
              var v = h.slice();
              for (t = 0; t < 64; t++) {
                var b1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
                var choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
                var one = (v[7] + b1 + choice + k[t] + w[t]) | 0;
                var b0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
                var most = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
                v = [(one + b0 + most) | 0, v[0], v[1], v[2], (v[3] + one) | 0, v[4], v[5], v[6]];
              }
              h = h.map(function (x, j) { return (x + v[j]) | 0; });
            }
            return h.map(function (x) { return ("0000000" + (x >>> 0).toString(16)).slice(-8); }).join("");
          }

          function hash(text) {
            var bytes = unescape(encodeURIComponent(data.salt + text));
            var codes = [];
            for (var i = 0; i < bytes.length; i++) codes.push(bytes.charCodeAt(i));
            return sha256(codes).slice(0, 32);
          }

          function plain(text) {
            return text.normalize("NFKC").toLowerCase().replace(/[\s·•・‧.]/g, "");
          }

          function line(text, kind) {
            var p = document.createElement("p");
            if (kind) p.className = kind;
            p.textContent = text;
            answer.appendChild(p);
          }

          function show(row, digits) {
            answer.textContent = "";
            if (!row) { line(say.unknown, "state unknown"); return; }
            line(say[row[2]] || row[2], "state " + row[2]);
            var title = data.titles[row[3]] || ["", ""];
            var item = data.items[row[4]] || ["", ""];
            line(say.title + (english ? ": " : ":") + title[english ? 1 : 0]);
            line(say.item + (english ? ": " : ":") + row[4] + " " + item[english ? 1 : 0]);
            line(say.day + (english ? ": " : ":") + row[5]);
            if (!name.value.trim()) line(say.unnamed, "warn");
            else if (hash(digits + ":" + plain(name.value)) === row[1]) line(say.match, "good");
            else line(say.mismatch, "warn");
          }

          function find(digits, key) {
            return (window.LAUREL_BUCKETS[key[0]] || []).filter(function (row) {
              return row[0] === key;
            })[0];
          }

          function look() {
            var turn = ++asked;
            answer.textContent = "";
            var digits = plain(number.value).replace(/^urn:uuid:/, "").replace(/[-‐–—]/g, "");
            if (!/^[0-9a-f]{32}$/.test(digits)) { line(say.malformed, "state unknown"); return; }
            var key = hash(digits);
            if ((window.LAUREL_BUCKETS || {})[key[0]]) { show(find(digits, key), digits); return; }
            var script = document.createElement("script");
            script.src = "../lookup/" + key[0] + ".js";
            script.onload = function () { if (turn === asked) show(find(digits, key), digits); };
            script.onerror = function () { if (turn === asked) line(say.failed, "state unknown"); };
            document.head.appendChild(script);
          }

          form.hidden = false;
          form.addEventListener("submit", function (event) { event.preventDefault(); look(); });
          if (location.hash.length > 1) {
            number.value = decodeURIComponent(location.hash.slice(1));
            look();
          }
        })();

        """#
}
