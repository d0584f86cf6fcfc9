/// The site's one script: the search of the front page.
///
/// Without it everything else still works.
enum Script {
    static let text = #"""
        "use strict";
        (function () {
          var data = window.LAUREL;
          var form = document.getElementById("search");
          if (!data || !form) return;
          var query = document.getElementById("query");
          var found = document.getElementById("found");
          var count = document.getElementById("count");
          var limit = 40;

          function plain(text) {
            return text.normalize("NFKC").toLowerCase();
          }

          var entries = [];
          data.items.forEach(function (item) {
            entries.push({
              key: plain(item.slice(0, 3).join(" ")), code: item[0], title: title(item),
              more: "", href: "items/" + item[3] + ".html"
            });
          });
          data.delegations.forEach(function (delegation) {
            entries.push({
              key: plain(delegation.slice(0, 3).join(" ")), code: delegation[0],
              title: title(delegation), more: "", href: "delegations/" + delegation[3] + ".html"
            });
          });
          data.people.forEach(function (person) {
            var item = data.items[person[2]];
            var delegation = data.delegations[person[3]];
            var more = [title(item), title(delegation)];
            if (person[4]) more.push(person[4]);
            entries.push({
              key: plain(person[0] + " " + person[1]), code: person[1],
              title: person[0] || "–", more: more.join(" · "), href: "items/" + item[3] + ".html"
            });
          });

          function title(row) {
            return document.documentElement.lang === "en" ? row[2] : row[1];
          }

          function piece(name, text) {
            var span = document.createElement("span");
            span.className = name;
            span.textContent = text;
            return span;
          }

          function line(entry) {
            var li = document.createElement("li");
            var link = document.createElement("a");
            link.href = entry.href;
            link.appendChild(piece("code", entry.code));
            link.appendChild(piece("name", entry.title));
            if (entry.more) link.appendChild(piece("more", entry.more));
            li.appendChild(link);
            return li;
          }

          function show() {
            var words = plain(query.value).split(/\s+/).filter(Boolean);
            found.textContent = "";
            if (!words.length) { count.textContent = ""; return; }
            var hits = entries.filter(function (entry) {
              return words.every(function (word) { return entry.key.indexOf(word) >= 0; });
            });
            hits.slice(0, limit).forEach(function (entry) { found.appendChild(line(entry)); });
            var set = form.dataset;
            count.textContent = !hits.length ? set.none
              : hits.length + " " + set.found + (hits.length > limit ? " · " + set.more : "");
          }

          form.hidden = false;
          form.addEventListener("submit", function (event) { event.preventDefault(); });
          query.addEventListener("input", show);
          if (query.value) show();
        })();

        """#
}
