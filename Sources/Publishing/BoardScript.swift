/// The projector's mode: a page opened with `?board` shows its tables and lists in large letters, a
/// screen at a time, and turns by itself.
///
/// Space halts it, the arrows turn it, Escape leaves. The next screen is counted by what fits. A live
/// page does so without being asked on a wide screen, and loads itself again after its last screen.
enum BoardScript {
    static let text = #"""
        "use strict";
        (function () {
          var root = document.documentElement;
          var isLive = root.hasAttribute("data-live");
          var isAsked = /[?&]board\b/.test(location.search) || isLive && window.innerWidth >= 1000;
          if (!isAsked) {
            if (isLive) setTimeout(function () { location.reload(); }, 15000);
            return;
          }
          var main = document.getElementById("main");
          var seconds = Number((/[?&]seconds=(\d+)/.exec(location.search) || [])[1]) || 10;
          var parts = [];
          document.querySelectorAll("main table tbody, main .items, main .podium").forEach(function (list) {
            if (list.children.length) parts.push(list);
          });
          if (!parts.length) {
            if (isLive) setTimeout(function () { location.reload(); }, seconds * 1000);
            return;
          }
          root.classList.add("board");
          var sheet = document.createElement("p");
          sheet.className = "turn";
          sheet.setAttribute("role", "status");
          // It takes its room already when the rows that fit are counted.
          sheet.textContent = "1 / 1";
          main.appendChild(sheet);

          function section(list) { return list.closest("section, aside") || list; }

          // Whether a name or a delegation takes two lines for want of room.
          function isLoose(part) {
            var cells = part.querySelectorAll("td.d");
            return Array.prototype.some.call(cells, function (cell) {
              return cell.clientHeight > 0 && cell.parentNode.clientHeight > 110;
            });
          }

          // Shows one part from a row on; gives the first row that no longer fits.
          function show(part, first) {
            main.querySelectorAll("section, aside").forEach(function (other) {
              other.classList.toggle("off", !other.contains(part));
            });
            parts.forEach(function (list) { section(list).classList.add("off"); });
            section(part).classList.remove("off");
            var table = part.closest("table");
            if (table) {
              table.classList.remove("narrow");
              var isWide = table.scrollWidth > table.parentNode.clientWidth;
              table.classList.toggle("narrow", isWide || isLoose(part));
            }
            var rows = Array.prototype.slice.call(part.children);
            rows.forEach(function (row, index) { row.classList.toggle("off", index < first); });
            var last = rows.length;
            var edge = sheet.getBoundingClientRect().top - 8;
            for (var index = first; index < rows.length; index++) {
              if (index > first && rows[index].getBoundingClientRect().bottom > edge) {
                last = index;
                break;
              }
            }
            rows.forEach(function (row, index) {
              row.classList.toggle("off", index < first || index >= last);
            });
            return last < rows.length ? last : 0;
          }

          var screens = [];
          function count() {
            screens = [];
            parts.forEach(function (part, number) {
              var first = 0;
              do {
                screens.push([number, first]);
                first = show(part, first);
              } while (first > 0);
            });
          }

          var at = 0, halted = false;
          function turn(by) {
            at = (at + by + screens.length) % screens.length;
            show(parts[screens[at][0]], screens[at][1]);
            sheet.textContent = (at + 1) + " / " + screens.length + (halted ? " ⏸" : "");
            window.scrollTo(0, 0);
          }

          count();
          turn(0);
          setInterval(function () {
            if (halted) return;
            if (isLive && at === screens.length - 1) location.reload();
            else turn(1);
          }, seconds * 1000);
          window.addEventListener("resize", function () { count(); at = 0; turn(0); });
          document.addEventListener("keydown", function (event) {
            if (event.key === "ArrowRight" || event.key === "PageDown") turn(1);
            else if (event.key === "ArrowLeft" || event.key === "PageUp") turn(-1);
            else if (event.key === " ") { halted = !halted; event.preventDefault(); turn(0); }
            else if (event.key === "Escape") location.search = "";
          });
        })();

        """#
}
