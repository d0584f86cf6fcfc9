extension HallScript {
    /// A sheet: its draft, its checks, its review, its signature.
    static let sheet = #"""
          var form = id("sheet");
          var data = form ? JSON.parse(form.dataset.sheet) : null;
          var touched = {};
          var keeping = Promise.resolve();
          var checking = 0;

          // A key as it is meant: full-width forms, and 。 for the decimal point.
          function plain(text) {
            return text.replace(/[\uFF01-\uFF5E]/g, function (one) {
              return String.fromCharCode(one.charCodeAt(0) - 0xFEE0);
            }).replace(/。/g, ".").replace(/\u3000/g, " ").replace(/[−—]/g, "-").trim();
          }

          // The number in units of the aspect's decimals; NaN where it is none or has more.
          function scaled(text, places) {
            var match = /^(-?)(?:(\d{1,5}):)?(?:(\d{1,5}):)?(\d{1,12})(?:\.(\d*))?$/.exec(text);
            if (!match) return NaN;
            var whole = Number(match[4]);
            if (match[2] !== undefined || match[3] !== undefined) {
              if (match[1] || whole >= 60) return NaN;
              var hours = match[3] === undefined ? 0 : Number(match[2]);
              var minutes = Number(match[3] === undefined ? match[2] : match[3]);
              whole += 60 * (minutes + 60 * hours);
            }
            var decimals = (match[5] || "").replace(/0+$/, "");
            if (decimals.length > places) return NaN;
            var units = Number(String(whole) + (decimals + "000000").slice(0, places));
            if (!Number.isSafeInteger(units)) return NaN;
            return match[1] && units ? -units : units;
          }

          var truths = { "1": 1, "0": 0, "y": 1, "n": 0, "yes": 1, "no": 0, "是": 1, "否": 0,
            "√": 1, "×": 0 };

          // What stands in a column: the mark as the statement holds it, or what is wrong.
          function value(number) {
            var column = data.columns[number];
            if (!column.o) return { mark: column.v };
            var text = typed(number);
            var wrong = { mark: null, fault: tr("应为 ", "expected ") + column.e };
            if (text === "") return { mark: null };
            if (text === "not attempted" || text === "未做") {
              return column.n ? { mark: "N" } : wrong;
            }
            if (column.y) {
              var truth = truths[text.toLowerCase()];
              return truth === undefined ? wrong : { mark: truth };
            }
            var units = scaled(text, column.p);
            if (isNaN(units) || units < column.l || units > column.h
              || (units - column.l) % column.s !== 0
              || (column.i && column.i.indexOf(units) < 0)) return wrong;
            return { mark: units };
          }

          function typed(number) {
            var left = form.elements["n" + number];
            if (left && left.checked) return "not attempted";
            var field = form.elements["v" + number];
            return field ? plain(field.value) : "";
          }

          function fault(number, text) {
            var place = id("f" + number);
            if (place && place.textContent !== text) place.textContent = text;
            var field = id("v" + number);
            if (!field) return;
            if (text) field.setAttribute("aria-invalid", "true");
            else field.removeAttribute("aria-invalid");
          }

          function entered() {
            return data.columns.filter(function (column, number) {
              return value(number).mark !== null;
            }).length;
          }

          // Every change is in the store before the next.
          function keep() {
            var draft = { base: data.base, entered: entered(), typed: {}, reason: "" };
            data.columns.forEach(function (column, number) {
              if (column.o) draft.typed[number] = typed(number);
            });
            if (id("reason")) draft.reason = id("reason").value;
            id("entered").textContent = draft.entered;
            keeping = keeping.then(function () { return seal("drafts", data.place, draft); })
              .catch(function () {
                notice(tr("此平板存不下草稿,请不要关闭本页。",
                  "This tablet can't keep the draft: don't close this page."));
              });
          }

          function fill(number, text) {
            var left = form.elements["n" + number], field = form.elements["v" + number];
            if (!field) return;
            if (left) left.checked = text === "not attempted";
            field.value = left && left.checked ? "" : text;
          }

          async function recall() {
            var draft = await unseal("drafts", data.place);
            // Values for a sheet that came back are not those for the sheet before it.
            if (!draft || draft.base !== data.base) return;
            Object.keys(draft.typed).forEach(function (number) {
              if (draft.typed[number] !== "") {
                fill(number, draft.typed[number]);
                fault(number, value(number).fault || "");
              }
            });
            if (id("reason")) id("reason").value = draft.reason;
            id("entered").textContent = entered();
            if (id("sum")) check();
          }

          function notice(text) {
            var place = id("said");
            if (!place) {
              place = element("div", undefined, "warn");
              place.id = "said";
              place.setAttribute("role", "alert");
              form.parentNode.insertBefore(place, form);
            }
            place.textContent = text;
            place.hidden = !text;
          }

          // Asks the server what the desk would say; silent where there is no network.
          async function ask() {
            var fields = new URLSearchParams({ action: "check", csrf: document.body.dataset.csrf });
            data.columns.forEach(function (column, number) {
              if (column.o) fields.set("v" + number, typed(number));
            });
            var response;
            try {
              response = await fetch(location.pathname, {
                method: "POST", headers: { "Accept": "application/json" }, body: fields,
                signal: soon()
              });
              if (response.ok) return await response.json();
            } catch (error) { return null; }
            if (response.status >= 500 || response.status === 429 || !isOwn(response)) return null;
            if (response.status === 401 || response.status === 403) {
              notice(tr("登录已结束。分数都在此平板上;请重新登录。",
                "You are signed out. All values are kept on this tablet; sign in again."));
            } else notice((await problem(response)).join(" "));
            return { isOver: true };
          }

          async function check() {
            var answer = await ask();
            if (!answer && id("sum")) id("sum").textContent = "–";
            if (!answer || answer.isOver) return answer;
            var faults = {};
            answer.faults.forEach(function (one) { faults[one.column] = one.message; });
            data.columns.forEach(function (column, number) {
              if (touched[number]) fault(number, faults[number] || value(number).fault || "");
            });
            if (id("sum") && answer.subtotal !== null) id("sum").textContent = answer.subtotal;
            return answer;
          }

          function changed(number) {
            touched[number] = true;
            var found = value(number);
            if (!found.fault) fault(number, "");
            // What the server counted is not the sum of what stands there now.
            if (id("sum")) id("sum").textContent = "…";
            keep();
            clearTimeout(checking);
            checking = setTimeout(check, 500);
          }

          function column(target) {
            var match = /^[vn](\d+)$/.exec(target.name || "");
            return match ? Number(match[1]) : -1;
          }

          function next(number) {
            for (var after = number + 1; after < data.columns.length; after++) {
              var field = form.elements["v" + after];
              if (!data.columns[after].o || !field) continue;
              var target = field.length === undefined ? field
                : (Array.prototype.filter.call(field, function (one) { return one.checked; })[0]
                  || field[0]);
              target.focus();
              id("c" + after).scrollIntoView({ block: "nearest" });
              return;
            }
            form.querySelector(".bar .button").focus();
          }

          function keys(event) {
            var number = column(event.target);
            if (number < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.key === "Enter") {
              event.preventDefault();
              next(number);
              return;
            }
            if (event.target.type !== "radio") return;
            var wanted = { "y": "1", "n": "0", "x": "not attempted" }[event.key.toLowerCase()]
              || event.key;
            var one = Array.prototype.filter.call(form.elements["v" + number], function (radio) {
              return radio.value === wanted;
            })[0];
            if (!one) return;
            event.preventDefault();
            one.checked = true;
            changed(number);
            next(number);
          }

          async function review(event) {
            event.preventDefault();
            notice("");
            clearTimeout(checking);
            var first = null;
            var marks = data.columns.map(function (column, number) {
              var found = value(number);
              touched[number] = true;
              if (column.o) {
                fault(number, found.fault || (found.mark === null
                  ? tr("还没有录入", "nothing is entered yet") : ""));
                if (found.mark === null && first === null) first = number;
              }
              return found.mark;
            });
            if (data.reason && !sound(id("reason").value)) {
              fault(-1, tr("退回的表须写明更正或维持原分的理由",
                "say why the sheet is corrected, or upheld"));
              if (first === null) first = -1;
            } else fault(-1, "");
            if (first !== null) {
              var field = first < 0 ? id("reason") : form.elements["v" + first];
              (field.length === undefined || field.tagName ? field : field[0]).focus();
              return;
            }
            var answer = await check();
            if (answer && answer.isOver) return;
            if (answer && (answer.faults.length
              || JSON.stringify(answer.marks) !== JSON.stringify(marks))) {
              if (!answer.faults.length) {
                notice(tr("服务器读到的分数不同,请重新打开本页。",
                  "The server reads other values; open the page again."));
              }
              return;
            }
            show(marks);
          }

          function words(number) {
            var field = form.elements["v" + number], text = typed(number);
            if (!data.columns[number].o) return document.querySelector("#c" + number + " .fixed").firstChild.textContent;
            if (text === "not attempted") return tr("未做", "not attempted");
            if (data.columns[number].y) return value(number).mark ? tr("是", "yes") : tr("否", "no");
            return field ? text : "";
          }

          // All that will be signed, on one page.
          function show(marks) {
            var place = id("review");
            place.textContent = "";
            place.appendChild(element("h2", tr("请核对,然后签名提交", "Check, then sign and hand in")));
            var table = element("table", undefined, "review"), rows = element("tbody");
            var caption = element("caption", tr("将要签名的分数", "What will be signed"), "hidden");
            table.appendChild(caption);
            data.columns.forEach(function (column, number) {
              var row = element("tr"), head = element("th");
              head.scope = "row";
              head.appendChild(element("span", column.a, "code"));
              head.appendChild(document.createTextNode(" " + column.t));
              row.appendChild(head);
              var cell = element("td", undefined, "n");
              cell.appendChild(element("strong", words(number)));
              row.appendChild(cell);
              rows.appendChild(row);
            });
            table.appendChild(rows);
            place.appendChild(table);
            if (data.reason) place.appendChild(element("p", tr("理由:", "Reason: ")
              + sound(id("reason").value)));
            var said = element("p", "", "fault");
            said.setAttribute("role", "alert");
            var buttons = element("p", undefined, "buttons");
            var sign = element("button", tr("签名并提交", "Sign and hand in"), "button");
            var back = element("button", tr("返回修改", "Back to the sheet"), "button plain");
            sign.id = "sign";
            back.id = "back";
            buttons.appendChild(sign);
            buttons.appendChild(back);
            place.appendChild(said);
            place.appendChild(buttons);
            back.addEventListener("click", function () { turn(false); });
            sign.addEventListener("click", async function () {
              sign.disabled = back.disabled = true;
              try { await handIn(marks); } catch (error) {
                said.textContent = tr("没有签成:", "Not signed: ") + error.message;
                sign.disabled = back.disabled = false;
              }
            });
            turn(true);
          }

          function turn(isReview) {
            form.hidden = isReview;
            id("review").hidden = !isReview;
            document.querySelector(".ask").hidden = isReview;
            window.scrollTo(0, 0);
            if (isReview) id("review").focus();
          }

        """#
}
