/// The board's script: follows an item, comes back by itself, turns its own pages.
enum HallBoardScript {
    static let text = #"""
        "use strict";
        (function () {
          var isChinese = document.documentElement.lang !== "en";
          function tr(zh, en) { return isChinese ? zh : en; }
          function id(name) { return document.getElementById(name); }

          var item = document.body.dataset.item;
          var rows = [], first = 0, seen = 0, since = "";

          function clock() {
            return new Date().toLocaleTimeString(isChinese ? "zh-CN" : "en-GB");
          }

          function say(text) { id("state").textContent = text; }

          function cell(text, kind, tag) {
            var made = document.createElement(tag || "td");
            if (kind) made.className = kind;
            made.textContent = text;
            return made;
          }

          function line(row) {
            var made = document.createElement("tr");
            made.appendChild(cell(String(row.rank), "n"));
            var head = cell("", "", "th");
            head.scope = "row";
            row.names.forEach(function (name, index) {
              if (index) head.appendChild(document.createTextNode(isChinese ? "、" : ", "));
              var own = document.createElement("bdi");
              own.textContent = name;
              head.appendChild(own);
            });
            head.appendChild(cell(row.entrant, "code", "span"));
            made.appendChild(head);
            made.appendChild(cell(isChinese ? row.delegation_zh : row.delegation_en, "d"));
            made.appendChild(cell(row.total, "n"));
            return made;
          }

          // Shows rows from one on, as many as the screen holds; gives the first that no longer fits.
          function show(from) {
            var list = id("live").tBodies[0];
            list.textContent = "";
            var edge = window.innerHeight - 56;
            for (var index = from; index < rows.length; index++) {
              var made = line(rows[index]);
              list.appendChild(made);
              if (index > from && made.getBoundingClientRect().bottom > edge) {
                list.removeChild(made);
                break;
              }
            }
            id("turn").textContent = from > 0 || index < rows.length
              ? (from + 1) + "–" + index + " / " + rows.length : "";
            return index < rows.length ? index : 0;
          }

          var after = 0;
          function draw(isTurn) {
            if (isTurn) first = after;
            if (first >= rows.length) first = 0;
            id("live").hidden = !rows.length;
            after = show(first);
            window.scrollTo(0, 0);
          }

          function take(board) {
            rows = board.rows;
            id("progress").textContent = tr(
              "已确认 " + rows.length + " / " + board.entrants + " 名(队),其余仍在评分。名次会变,以公示为准。",
              rows.length + " of " + board.entrants
                + " entrants confirmed, the others are being marked. Places will change; only published results count.");
            say(rows.length ? "" : tr("尚无已确认的选手", "Nobody is confirmed yet"));
            draw(false);
          }

          function end() {
            rows = [];
            draw(false);
            id("progress").textContent = "";
            say(tr("此项目不再实时显示(成绩已发布或评分已重开),请看公示。",
              "This item is no longer shown live; see the published results."));
          }

          function heard(text) {
            var kind = "", data = "";
            text.split("\n").forEach(function (part) {
              if (part.indexOf("event: ") === 0) kind = part.slice(7);
              if (part.indexOf("data: ") === 0) data += part.slice(6);
            });
            if (kind === "board") take(JSON.parse(data));
            if (kind === "end") end();
          }

          async function follow(token, stop) {
            var response = await fetch("/api/v1/items/" + encodeURIComponent(item) + "/live/events", {
              headers: { "Authorization": "Bearer " + token, "Accept": "text/event-stream" },
              cache: "no-store", signal: stop.signal
            });
            if (!response.ok) {
              // What the server refuses won't change by asking at once.
              var error = new Error(String(response.status));
              error.isRefused = response.status < 500 && response.status !== 429;
              try {
                var said = await response.json();
                error.lines = (said.findings || []).map(function (finding) {
                  return isChinese ? finding.zh : finding.en;
                }).join(" ") || said.title;
              } catch (ignored) { error.lines = String(response.status); }
              throw error;
            }
            since = "";
            var reader = response.body.getReader(), decoder = new TextDecoder(), text = "";
            for (;;) {
              seen = Date.now();
              var part = await reader.read();
              if (part.done) return;
              text += decoder.decode(part.value, { stream: true });
              var events = text.split("\n\n");
              text = events.pop();
              events.forEach(heard);
            }
          }

          async function run() {
            var pause = 1000;
            for (;;) {
              var token = location.hash.slice(1);
              if (!token) {
                say(tr("地址 # 之后缺少大屏令牌(laurel_…)。",
                  "The screen's token (laurel_…) is missing behind # in the address."));
                return;
              }
              var stop = new AbortController();
              seen = Date.now();
              // A sign of life comes every fifteen seconds; a dead line says nothing at all.
              var watch = setInterval(function () {
                if (Date.now() - seen > 40000) stop.abort();
              }, 5000);
              try {
                await follow(token, stop);
                pause = 1000;
              } catch (error) {
                if (error.isRefused) {
                  rows = [];
                  draw(false);
                  id("progress").textContent = "";
                  say(error.lines);
                  pause = 30000;
                }
              }
              clearInterval(watch);
              if (pause < 30000) {
                if (!since) since = clock();
                say(tr("连接中断(" + since + " 起),正在重连;显示的可能已过时。",
                  "Disconnected since " + since + ", reconnecting; what is shown may be out of date."));
              }
              await new Promise(function (resolve) { setTimeout(resolve, pause); });
              pause = Math.min(30000 - 1, pause * 2);
            }
          }

          setInterval(function () { draw(true); }, 10000);
          window.addEventListener("resize", function () { draw(false); });
          window.addEventListener("hashchange", function () { location.reload(); });
          run();
        })();

        """#
}
