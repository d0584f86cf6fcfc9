/// The judge's script: it holds the key, keeps drafts, signs, and sends what waits.
///
/// Plain JavaScript in pieces that are served as one file; nothing of it comes from elsewhere.
enum HallScript {
    /// Bytes, canonical JSON, and the browser's own store, in which everything is sealed.
    static let store = #"""
        "use strict";
        (function () {
          var isChinese = document.documentElement.lang !== "en";
          var base = "/hall/" + (isChinese ? "zh" : "en") + "/";

          function tr(zh, en) { return isChinese ? zh : en; }
          function id(name) { return document.getElementById(name); }

          function element(tag, text, kind) {
            var made = document.createElement(tag);
            if (text !== undefined) made.textContent = text;
            if (kind) made.className = kind;
            return made;
          }

          function hex(bytes) {
            return Array.prototype.map.call(new Uint8Array(bytes), function (byte) {
              return (byte < 16 ? "0" : "") + byte.toString(16);
            }).join("");
          }

          function utf8(text) { return new TextEncoder().encode(text); }
          function random(count) { return crypto.getRandomValues(new Uint8Array(count)); }
          function base64(bytes) {
            return btoa(String.fromCharCode.apply(null, new Uint8Array(bytes)));
          }
          // A network that takes a request and never answers is none.
          function soon() { return AbortSignal.timeout(8000); }
          function digest(bytes) { return crypto.subtle.digest("SHA-256", bytes); }

          // RFC 8785 for what statements hold: whole numbers, texts, lists, members by code units.
          function canonical(value) {
            if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
            if (value !== null && typeof value === "object") {
              return "{" + Object.keys(value).sort().map(function (name) {
                return JSON.stringify(name) + ":" + canonical(value[name]);
              }).join(",") + "}";
            }
            return JSON.stringify(value);
          }

          // A text that every program reads alike: no half of a character.
          function sound(text) { return new TextDecoder().decode(utf8(text)).trim(); }

          var opened;
          function database() {
            if (!opened) opened = new Promise(function (resolve, reject) {
              var request = indexedDB.open("laurel-hall", 1);
              request.onupgradeneeded = function () {
                request.result.createObjectStore("keys");
                request.result.createObjectStore("drafts");
                request.result.createObjectStore("queue");
              };
              request.onsuccess = function () { resolve(request.result); };
              request.onerror = function () { reject(request.error); };
            });
            return opened;
          }

          async function stored(store, mode, work) {
            var db = await database();
            return new Promise(function (resolve, reject) {
              var transaction = db.transaction(store, mode, { durability: "strict" });
              var request = work(transaction.objectStore(store));
              transaction.oncomplete = function () { resolve(request && request.result); };
              transaction.onerror = transaction.onabort = function () {
                reject(transaction.error);
              };
            });
          }

          function get(store, name) {
            return stored(store, "readonly", function (all) { return all.get(name); });
          }
          function put(store, name, value) {
            return stored(store, "readwrite", function (all) { return all.put(value, name); });
          }
          function remove(store, name) {
            return stored(store, "readwrite", function (all) { return all.delete(name); });
          }
          function names(store) {
            return stored(store, "readonly", function (all) { return all.getAllKeys(); });
          }

          // What lies in the store is sealed under a key that can't be taken out of it.
          async function sealer() {
            var key = await get("keys", "sealer");
            if (!key) {
              key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false,
                ["encrypt", "decrypt"]);
              await put("keys", "sealer", key);
            }
            return key;
          }

          async function seal(store, name, value) {
            var iv = random(12);
            var sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: iv }, await sealer(),
              utf8(JSON.stringify(value)));
            await put(store, name, { iv: iv, sealed: sealed });
          }

          async function unseal(store, name) {
            var entry = await get(store, name);
            if (!entry) return null;
            try {
              var bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: entry.iv },
                await sealer(), entry.sealed);
              return JSON.parse(new TextDecoder().decode(bytes));
            } catch (error) { return null; }
          }

        """#

    /// The key of this tablet, and signing in with it.
    static let seat = #"""
          function seat() { return get("keys", "seat"); }

          // Why this browser can't hold a key; empty where it can.
          async function hindrance() {
            if (!window.isSecureContext || !window.crypto || !crypto.subtle) {
              return tr("本页不是经 HTTPS 打开的,浏览器不给签名功能。请组委会用 HTTPS 地址。",
                "This page did not come over HTTPS, so the browser offers no signatures. Ask the organiser for the https address.");
            }
            try {
              await database();
              await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
              return "";
            } catch (error) {
              return tr("此浏览器没有 Ed25519 签名或不让本页存储;请更新浏览器,或问组委会可否用 PIN 登录。",
                "This browser has no Ed25519 signatures, or lets this page store nothing: update it, or ask the organiser for a PIN.");
            }
          }

          async function makeSeat() {
            var pair = await crypto.subtle.generateKey({ name: "Ed25519" }, false,
              ["sign", "verify"]);
            var open = await crypto.subtle.exportKey("raw", pair.publicKey);
            await put("keys", "seat", { key: pair.privateKey, hex: hex(open) });
            if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
          }

          async function signature(own, text) {
            return crypto.subtle.sign({ name: "Ed25519" }, own.key, utf8(text));
          }

          // Signs the server's time and nonce as every request of Laurel's is signed (RFC 9421).
          async function signIn(own) {
            var asked = await fetch("/hall/challenge", { cache: "no-store", signal: soon() });
            var challenge = await asked.json();
            var content = "sha-256=:" + base64(await digest(utf8(""))) + ":";
            var parameters = '("@method" "@path" "@query" "content-digest");created='
              + challenge.time + ';nonce="' + challenge.nonce + '";keyid="' + own.hex
              + '";alg="ed25519";tag="laurel/' + challenge.event + '"';
            var text = '"@method": POST\n"@path": ' + base + 'session\n"@query": ?\n"content-digest": '
              + content + '\n"@signature-params": ' + parameters;
            return fetch(base + "session", {
              method: "POST", signal: soon(),
              headers: {
                "Accept": "application/json", "Content-Digest": content,
                "Signature-Input": "laurel=" + parameters,
                "Signature": "laurel=:" + base64(await signature(own, text)) + ":"
              }
            });
          }

          // Whether an answer is Laurel's own, not a proxy's or a gate's on the way.
          function isOwn(response) {
            return /^application\/problem\+json/.test(response.headers.get("Content-Type") || "");
          }

          async function problem(response) {
            try {
              var said = await response.json();
              var lines = (said.findings || []).map(function (finding) {
                return isChinese ? finding.zh : finding.en;
              });
              return lines.length ? lines : [said.title];
            } catch (error) { return [String(response.status)]; }
          }

          function grouped(text) { return text.replace(/(.{8})(?=.)/g, "$1 "); }

          function showSeat(own) {
            id("nokey").hidden = !!own;
            id("haskey").hidden = !own;
            if (!own) return;
            id("code").src = "/hall/key/" + own.hex + ".svg";
            id("short").textContent = own.hex.slice(0, 4) + " " + own.hex.slice(4, 8) + " "
              + own.hex.slice(8, 12);
            id("hex").textContent = grouped(own.hex);
            id("command").textContent = "laurel appoint " + tr("任职名", "NAME")
              + " --role judge --person " + tr("编号", "PERSON") + " --item " + tr("项目", "ITEM")
              + " --as organiser --key " + own.hex;
          }

          async function door() {
            var why = await hindrance();
            if (why) {
              id("why").textContent = why;
              id("unable").hidden = false;
              return;
            }
            showSeat(await seat());
            id("make").addEventListener("click", async function () {
              if (!await seat()) await makeSeat();
              showSeat(await seat());
              id("about").open = true;
            });
            id("enter").addEventListener("click", async function () {
              var said = id("said");
              said.hidden = true;
              id("enter").disabled = true;
              try {
                var response = await signIn(await seat());
                if (response.ok) { location.href = base + "work"; return; }
                said.textContent = (await problem(response)).join(" ");
                id("about").open = true;
              } catch (error) {
                said.textContent = tr("连不上服务器,请稍后再试。",
                  "The server can't be reached; try again.");
              }
              said.hidden = false;
              id("enter").disabled = false;
            });
            id("forget").addEventListener("click", async function () {
              if ((await names("queue")).length) {
                id("said").textContent = tr("还有未发送的评分表,先发送后再删除。",
                  "Signed sheets still wait to be sent; send them first.");
                id("said").hidden = false;
                return;
              }
              if (!confirm(tr("删除后,组委会须重新任命您。删除密钥和未提交的分数?",
                "The organiser will have to appoint you anew. Remove the key and all drafts?"))) return;
              var drafts = await names("drafts");
              for (var index = 0; index < drafts.length; index++) {
                await remove("drafts", drafts[index]);
              }
              await remove("keys", "seat");
              showSeat(null);
            });
          }

        """#
}
