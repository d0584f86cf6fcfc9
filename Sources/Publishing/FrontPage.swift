internal import Findings
internal import Snapshots

/// The front page: the event in figures, the search, the items by track, the head of the medals.
struct FrontPage {
    private let speech: Speech

    init(_ speech: Speech) { self.speech = speech }

    var page: Page {
        Page(
            speech: speech,
            part: .items,
            path: "index.html",
            title: speech("成绩", "Results"),
            body: body,
            scripts: ["search.js"]
        )
    }

    private var snapshot: ResultsSnapshot { speech.edition.snapshot }

    private var body: Markup {
        """
        <div class="hero">
        <p class="eyebrow">\(speech("竞赛成绩", "Results"))</p>
        <h1>\(speech(snapshot.event.title))</h1>
        \(figures)
        \(search)
        </div>
        <div class="front"><div class="tracks">
        \(tracks.joined())</div>
        \(medals)</div>
        """
    }

    private var figures: Markup {
        let rows = snapshot.items.flatMap(\.rows)
        let medals = speech.edition.medals.reduce(0) { $0 + $1.total }
        let figures: [(Int, String)] = [
            (snapshot.items.count, speech("个项目", "items")),
            (rows.count, speech("名(队)参赛", "entrants")),
            (speech.edition.delegations.count, speech("个代表队", "delegations")),
            (medals, speech("枚奖牌", "medals")),
        ]
        let list = figures.map { number, label -> Markup in
            "<div><dt>\(label)</dt><dd>\(number)</dd></div>"
        }
        return "<dl class=\"figures\">\(list.joined())</dl>"
    }

    private var search: Markup {
        let one = speech("条结果", "found")
        let none = speech("没有找到", "Nothing found")
        let more = speech("只显示前 40 条", "only the first 40 are shown")
        let hint = speech("项目、代表队、姓名或编号", "Item, delegation, name or code")
        return """
            <form class="search" role="search" id="search" hidden data-found="\(one)" \
            data-none="\(none)" data-more="\(more)">
            <label for="query">\(speech("搜索", "Search"))</label>
            <input id="query" type="search" autocomplete="off" spellcheck="false" \
            placeholder="\(hint)" aria-describedby="count">
            <p id="count" role="status"></p>
            <ul id="found"></ul>
            </form>
            """
    }

    private var tracks: [Markup] {
        let known = Set(snapshot.tracks.map(\.code))
        let rest = snapshot.items.filter { !known.contains($0.track) }
        var sections = snapshot.tracks.compactMap { track -> Markup? in
            let items = snapshot.items.filter { $0.track == track.code }
            return items.isEmpty ? nil : section(speech.title(track), items)
        }
        if !rest.isEmpty { sections.append(section(speech("其他", "Others"), rest)) }
        return sections
    }

    private func section(_ title: String, _ items: [ItemResult]) -> Markup {
        let count = speech("\(items.count) 项", "\(items.count) items")
        return """
            <section class="track"><h2>\(title) <small>\(count)</small></h2>
            <ul class="items">
            \(items.map(line).joined())</ul></section>

            """
    }

    private func line(_ item: ItemResult) -> Markup {
        let page = speech.edition.page(ofItem: item.item.code)
        let winners = item.rows.filter { $0.isRanked && $0.award == "gold" }
        let gold = winners.map { row -> Markup in
            let delegation = speech.title(speech.edition.delegation(row.delegation))
            return "\(speech.names(row)) <span>\(delegation)</span>"
        }
        let won: Markup =
            gold.isEmpty
            ? ""
            : "<small><span class=\"award gold\">\(speech("金牌", "Gold"))</span> "
                + gold.joined(by: " · ") + "</small>"
        return """
            <li><span class="code">\(item.item.code)</span><div>\
            <a href="items/\(page).html">\(speech.title(item.item))</a>\(won)</div></li>

            """
    }

    private var medals: Markup {
        let lines = speech.edition.medals.filter { ($0.rank ?? .max) <= 8 }
        var table = Table(
            id: "top",
            caption: Markup(speech("奖牌榜前八", "Medals: first eight")),
            columns: [
                .number(speech("名次", "Rank")), .words(speech("代表队", "Delegation")),
                .number(speech("金", "G")), .number(speech("银", "S")),
                .number(speech("铜", "B")),
            ]
        )
        for line in lines {
            table.add(
                [
                    "\(line.rank ?? 0)", speech.link(delegation: line.delegation.code, up: ""),
                    "\(line.gold)", "\(line.silver)", "\(line.bronze)",
                ],
                head: 1
            )
        }
        guard !lines.isEmpty else { return "" }
        return """
            <aside class="card" aria-labelledby="top">\(table.markup)
            <p><a href="medals.html">\(speech("完整奖牌榜", "All medals"))</a></p></aside>

            """
    }
}

extension Markup {
    static func + (a: Markup, b: Markup) -> Markup { "\(a)\(b)" }
}
