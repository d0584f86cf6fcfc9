extension HallScript {
    /// Signing a sheet or a question, and what a sheet's page does when it is opened.
    static let signing = #"""
          async function owner() {
            var own = await seat();
            if (!own || own.hex !== document.body.dataset.key) {
              throw new Error(tr("此平板的密钥不是登录时的那一把,请重新登录",
                "the tablet's key is not the one you signed in with; sign in again"));
            }
            return own;
          }

          async function handIn(marks) {
            var own = await owner(), notes = [];
            var content = {
              attempt: data.attempt, card: data.card, entrant: data.entrant, item: data.item,
              judge: data.judge, marks: marks, unit: data.unit
            };
            if (data.reason) {
              var why = await note(sound(id("reason").value));
              notes.push(why.note);
              content.reason = why.hash;
              content.replaces = data.replaces;
            }
            await keeping;
            // A sheet that was refused before is signed anew, not sent again.
            var all = await waiting();
            for (var index = 0; index < all.length; index++) {
              if (all[index].place === data.place && all[index].refused) {
                await remove("queue", all[index].name);
              }
            }
            var name = await queue(own, data.again ? "reentry" : "sheet", content, notes,
              data.entrant + " " + data.unit, data.place);
            // It is signed: what goes wrong from here on is told as that.
            await send();
            if (results[name]) {
              location.href = base + "receipt/" + results[name].statement;
              return;
            }
            turn(false);
            try {
              var entry = await unseal("queue", name);
              if (entry && entry.refused) {
                notice(entry.refused.join(" "));
                await remove("queue", name);
                await tell();
                return;
              }
            } catch (error) { /* It waits, as far as can be told. */ }
            lock();
          }

          // Signed already: nothing more to do here until it is sent.
          function lock() {
            form.hidden = true;
            document.querySelector(".ask").hidden = true;
            var back = base + "work/" + encodeURIComponent(data.item);
            notice("");
            id("said").className = "receipt";
            id("said").textContent = tr("此表已签名,存在此平板上,网络恢复后自动发送。其他评分表有网络才能打开。",
              "This sheet is signed and waits to be sent when the network returns. Other sheets open only with a network.");
            id("said").hidden = false;
            var link = element("a", tr("回到我的评分表", "Back to my sheets"), "button");
            link.href = back;
            var place = element("p", undefined, "buttons");
            place.appendChild(link);
            id("said").after(place);
          }

          async function askChief(event) {
            event.preventDefault();
            try { await askNow(event.submitter.value === "ask"); } catch (error) {
              id("asked").textContent = tr("没有发出:", "Not sent: ") + error.message;
            }
          }

          async function askNow(isFlag) {
            var text = sound(id("words").value);
            if (!text) { id("words").focus(); return; }
            var own = await owner(), said = await note(text);
            var content = {
              aspect: data.columns[Number(id("column").value)].a, attempt: data.attempt,
              entrant: data.entrant, flag: isFlag, item: data.item,
              unit: data.unit, words: said.hash
            };
            if (data.judge !== null) content.judge = data.judge;
            var name = await queue(own, "remark", content, [said.note],
              tr("提请/备注 ", "question or comment ") + content.aspect);
            id("words").value = "";
            await send();
            id("asked").textContent = results[name]
              ? tr("已送达,回执 ", "sent, receipt ") + results[name].statement.slice(0, 12) : "";
          }

          async function openSheet() {
            var all = await waiting();
            if (all.some(function (one) { return one.place === data.place && !one.refused; })) {
              lock();
              return;
            }
            await recall();
            form.addEventListener("input", function (event) {
              var number = column(event.target);
              if (number < 0) {
                fault(-1, "");
                keep();
                return;
              }
              var left = form.elements["n" + number];
              if (left && event.target === left && left.checked) id("v" + number).value = "";
              if (left && event.target !== left) left.checked = false;
              changed(number);
            });
            form.addEventListener("change", function (event) {
              var number = column(event.target);
              if (number < 0) return;
              if (event.target.id === "v" + number) event.target.value = plain(event.target.value);
              fault(number, value(number).fault || "");
            });
            form.addEventListener("keydown", keys);
            form.addEventListener("submit", review);
            id("ask").addEventListener("submit", askChief);
            form.inert = id("ask").inert = false;
          }

        """#

    /// What a page does when it is opened.
    static let start = #"""
          async function start() {
            if (id("haskey")) await door();
            var why = await hindrance();
            if (why) { fail(why); return; }
            if (form) await openSheet();
            document.documentElement.dataset.ready = "yes";
            await send();
          }

          // A sheet that the script can't take over stays shut, and says why.
          function fail(text) {
            if (form) notice(text);
            else if (!id("haskey")) {
              line.textContent = text;
              line.hidden = false;
            }
          }

          window.addEventListener("online", send);
          start().catch(function (error) {
            fail(tr("此页没有准备好,请重新打开:", "This page did not get ready; open it again: ")
              + error.message);
          });
        })();

        """#
}
