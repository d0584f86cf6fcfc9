internal import Findings
internal import Snapshots

/// One delegation's page: its medals, and every entrant of it.
struct DelegationPage {
    private let delegation: NamedCode
    private let speech: Speech
    private let entries: [Entry]

    init(_ delegation: NamedCode, _ speech: Speech) {
        self.delegation = delegation
        self.speech = speech
        entries = speech.edition.entries(of: delegation.code)
    }

    var page: Page {
        Page(
            speech: speech,
            part: .medals,
            path: "delegations/\(speech.edition.page(ofDelegation: delegation.code)).html",
            title: speech.title(delegation),
            body: body
        )
    }

    private var body: Markup {
        """
        <nav class="crumbs" aria-label="\(speech("位置", "Breadcrumb"))">\
        <a href="../medals.html">\(speech("奖牌榜", "Medals"))</a> \
        <span aria-hidden="true">›</span> <span>\(speech("代表队", "Delegation"))</span></nav>
        <p class="eyebrow code">\(delegation.code)</p>
        <h1>\(speech.title(delegation))</h1>
        \(figures)
        \(medals)
        \(everyone)
        """
    }

    private var figures: Markup {
        let line = speech.edition.medals.first { $0.delegation.code == delegation.code }
        let figures: [(String, String)] = [
            (speech("奖牌榜名次", "Place by medals"), line?.rank.map(String.init) ?? "–"),
            (speech("金牌", "Gold"), String(line?.gold ?? 0)),
            (speech("银牌", "Silver"), String(line?.silver ?? 0)),
            (speech("铜牌", "Bronze"), String(line?.bronze ?? 0)),
            (speech("参赛名(队)", "Entrants"), String(entries.count)),
        ]
        let list = figures.map { label, value -> Markup in
            "<div><dt>\(label)</dt><dd>\(value)</dd></div>"
        }
        return "<dl class=\"figures\">\(list.joined())</dl>"
    }

    private var medals: Markup {
        let winners = ["gold", "silver", "bronze", "medallion"].flatMap { award in
            entries.filter { $0.row.isRanked && $0.row.award == award }
        }
        guard !winners.isEmpty else { return "" }
        let list = winners.map { entry -> Markup in
            """
            <li><p>\(speech.badge(entry.row.award))</p><p class="who">\(speech.names(entry.row))</p>
            <p class="from">\(link(entry.item))</p></li>

            """
        }
        return """
            <section><h2>\(speech("获奖", "Awards"))</h2><ul class="won">
            \(list.joined())</ul></section>
            """
    }

    private var everyone: Markup {
        guard !entries.isEmpty else {
            return "<p class=\"empty\">\(speech("没有参赛选手", "No entrants"))</p>"
        }
        var table = Table(
            id: "entrants",
            caption: Markup(speech("共 \(entries.count) 名(队)", "\(entries.count) in all")),
            columns: [
                .words(speech("选手", "Entrant")), .words(speech("项目", "Item")),
                .number(speech("名次", "Rank")), .number(speech("总分", "Total")),
                .words(speech("奖项或状态", "Award or state")),
            ]
        )
        for entry in entries {
            let row = entry.row
            let state: Markup =
                row.isRanked
                ? speech.badge(row.award)
                : "<span class=\"state\">\(speech.status(row.status))</span>"
            table.add(
                [
                    "\(speech.names(row))<span class=\"code\">\(row.entrant)</span>",
                    link(entry.item), Markup(row.isRanked ? row.rank.map(String.init) ?? "–" : "–"),
                    Markup(row.total ?? "–"), state,
                ],
                head: 0
            )
        }
        return """
            <section><h2>\(speech("参赛选手", "Entrants"))</h2>
            \(table.markup)</section>
            """
    }

    private func link(_ item: ItemResult) -> Markup {
        let page = speech.edition.page(ofItem: item.item.code)
        return """
            <a href="../items/\(page).html"><span class="code">\(item.item.code)</span> \
            \(speech.title(item.item))</a>
            """
    }
}
