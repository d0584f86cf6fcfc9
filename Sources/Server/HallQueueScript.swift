extension HallScript {
    /// What was signed and waits for the network: sent in order, each counted once.
    static let queue = #"""
          var line = id("line");
          var results = {};
          var timer = 0;
          var isSending = false;

          // Signs a statement and puts it where it waits to be sent.
          async function queue(own, kind, content, notes, label, place) {
            var text = canonical({
              author: own.hex, body: content, event: document.body.dataset.event, kind: kind,
              nonce: hex(random(16)), said_at: Date.now(), v: 1
            });
            var name = Date.now() + "-" + hex(random(4));
            await seal("queue", name, {
              label: label, place: place || "", page: location.pathname,
              text: JSON.stringify({
                documents: [], notes: notes, people: [],
                statements: [{ signature: hex(await signature(own, text)), statement: text }]
              })
            });
            return name;
          }

          // Free text goes beside the statement; the statement holds its salted hash.
          async function note(text) {
            var salt = random(16), bytes = utf8(text);
            var whole = new Uint8Array(16 + bytes.length);
            whole.set(salt);
            whole.set(bytes, 16);
            return { note: { salt: hex(salt), text: text }, hash: hex(await digest(whole)) };
          }

          async function waiting() {
            var all = [], keys = (await names("queue")).sort();
            for (var index = 0; index < keys.length; index++) {
              var entry = await unseal("queue", keys[index]);
              if (entry) { entry.name = keys[index]; all.push(entry); }
            }
            return all;
          }

          async function send() {
            if (isSending) return;
            isSending = true;
            clearTimeout(timer);
            var isLeft = true;
            try {
              if (navigator.locks) {
                await navigator.locks.request("laurel-send", sendAll);
              } else await sendAll();
              isLeft = (await waiting()).some(function (entry) { return !entry.refused; });
              await tell();
            } catch (error) {
              // A store that fails is tried again, as a network is.
            } finally {
              isSending = false;
              if (isLeft) timer = setTimeout(send, 5000 + 5000 * Math.random());
            }
          }

          async function sendAll() {
            var all = await waiting();
            for (var index = 0; index < all.length; index++) {
              var entry = all[index];
              if (entry.refused) continue;
              try {
                if (!await sendOne(entry)) return;
              } catch (error) { return; }
            }
          }

          // Whether the record answered. No network, an answer cut off, or one that is not the
          // record's is none: it is sent again, and counted once.
          async function sendOne(entry) {
            var response = await fetch("/api/v1/statements", {
              method: "POST", body: entry.text, signal: soon(),
              headers: { "Accept": "application/json", "Content-Type": "application/json" }
            });
            if (response.ok) {
              var receipt = (await response.json()).receipts[0];
              if (!receipt.statement) return false;
              if (!results[entry.name]) {
                sent.push({ label: entry.label, receipt: receipt, place: entry.place });
              }
              results[entry.name] = receipt;
              if (entry.place) await remove("drafts", entry.place);
              await remove("queue", entry.name);
              return true;
            }
            if (response.status !== 422 || !isOwn(response)) return false;
            var refusal = await response.clone().json();
            var isRecords = (refusal.findings || []).some(function (finding) {
              return finding.code.indexOf("request.") !== 0;
            });
            if (!isRecords) return false;
            entry.refused = await problem(response);
            await seal("queue", entry.name, entry);
            return true;
          }

          // Says in the line at the top how many wait, what was refused, and what has gone.
          var sent = [];
          async function tell() {
            var all = await waiting();
            var open = all.filter(function (entry) { return !entry.refused; });
            line.textContent = "";
            if (open.length) {
              line.appendChild(element("p", tr(
                "网络不通:" + open.length + " 份已签名,存在此平板上,恢复后自动发送。",
                "No network: " + open.length + (open.length === 1 ? " signed sheet waits" : " signed sheets wait")
                + " on this tablet, to be sent when it returns.")));
            }
            all.filter(function (entry) { return entry.refused; }).forEach(function (entry) {
              var said = element("p", tr("未受理:", "Not admitted: ") + entry.label + " – "
                + entry.refused.join(" ") + " ");
              var link = element("a", tr("打开", "open"));
              link.href = entry.page;
              said.appendChild(link);
              said.appendChild(document.createTextNode(" "));
              var button = element("button", tr("知道了", "dismiss"), "link");
              button.addEventListener("click", async function () {
                await remove("queue", entry.name);
                tell();
              });
              said.appendChild(button);
              line.appendChild(said);
            });
            sent.forEach(function (one) {
              line.appendChild(element("p", tr("已送达:", "Sent: ") + one.label + " – "
                + tr("回执 ", "receipt ") + one.receipt.statement.slice(0, 12)));
            });
            line.hidden = !line.childNodes.length;
            markPlaces();
          }

          // How far the drafts on this tablet are, on the page of sheets.
          async function markPlaces() {
            var cells = document.querySelectorAll("a[data-place]");
            if (!cells.length) return;
            var all = await waiting();
            for (var index = 0; index < cells.length; index++) {
              var cell = cells[index], place = cell.dataset.place;
              var count = cell.querySelector(".count");
              if (all.some(function (entry) { return entry.place === place && !entry.refused; })) {
                cell.classList.add("waits");
                if (count) count.textContent = tr("待发送", "waits to be sent");
                continue;
              }
              var gone = sent.some(function (one) { return one.place === place; });
              var draft = gone ? null : await unseal("drafts", place);
              cell.classList.remove("waits");
              if (gone && count) count.textContent = tr("已交", "in");
              if (!draft || !count) continue;
              var isFull = draft.entered === Number(cell.dataset.all);
              cell.classList.toggle("full", isFull);
              count.textContent = isFull ? tr("可交", "ready")
                : draft.entered + "/" + cell.dataset.all;
            }
          }

        """#
}
