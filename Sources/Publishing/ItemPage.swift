internal import Findings
internal import Seal
internal import Snapshots

/// One item's page: the medals, the distribution, the standings, who stands apart, the scorecard.
struct ItemPage {
    private let item: ItemResult
    private let speech: Speech
    private let name: String

    init(_ item: ItemResult, _ speech: Speech) {
        self.item = item
        self.speech = speech
        name = speech.edition.page(ofItem: item.item.code)
    }

    var page: Page {
        let title = item.item.code + " " + speech.title(item.item)
        return Page(
            speech: speech,
            part: .items,
            path: "items/\(name).html",
            title: title,
            body: body,
            kind: speech.edition.snapshot.kind(of: item)
        )
    }

    private var body: Markup {
        let standings = ItemTable(item, speech)
        return """
            <nav class="crumbs" aria-label="\(speech("位置", "Breadcrumb"))">\
            <a href="../index.html">\(speech("项目", "Items"))</a> <span aria-hidden="true">›</span> \
            <span>\(track)</span></nav>
            <p class="eyebrow code">\(item.item.code)</p>
            <h1>\(speech.title(item.item))</h1>
            \(facts)
            \(podium)
            <section><h2>\(speech("名次", "Standings"))</h2>
            \(standings.ranked)</section>
            \(standings.apart)
            \(Histogram(item, speech).figure)
            \(AgreementFigure(item, speech).section)
            \(source)
            """
    }

    private var track: String {
        speech.edition.snapshot.tracks.first { $0.code == item.track }.map(speech.title)
            ?? item.track
    }

    private var facts: Markup {
        let team =
            item.teamSize == 1
            ? speech("个人", "Individual")
            : speech("\(item.teamSize) 人组队", "Teams of \(item.teamSize)")
        var facts = [
            (speech("参赛", "Entrants"), speech("\(item.rows.count) 名(队)", "\(item.rows.count)")),
            (speech("形式", "Form"), team),
        ]
        if !item.maximum.isEmpty { facts.append((speech("满分", "Out of"), item.maximum)) }
        facts.append((speech("奖牌规则", "Medals"), speech.policy(item.policy)))
        if let carried = item.carried {
            facts.append(
                (
                    speech("计算于", "Computed"),
                    Moment(carried.computedAt).text
                        + speech(",快照 ", ", snapshot ") + carried.snapshot.short
                )
            )
        }
        let list = facts.map { label, value -> Markup in
            "<div><dt>\(label)</dt><dd>\(value)</dd></div>"
        }
        return "<dl class=\"facts\">\(list.joined())</dl>"
    }

    private var podium: Markup {
        let winners = ["gold", "silver", "bronze"].flatMap { award in
            item.rows.filter { $0.isRanked && $0.award == award }
        }
        guard !winners.isEmpty else { return "" }
        let list = winners.map { row -> Markup in
            """
            <li class="\(row.award)"><p>\(speech.badge(row.award))</p>
            <p class="who">\(speech.names(row))</p>
            <p class="from">\(speech.link(delegation: row.delegation, up: "../"))\
            <span class="score">\(row.total ?? "–")</span></p></li>

            """
        }
        return """
            <section aria-label="\(speech("奖牌", "Medals"))"><ul class="podium">
            \(list.joined())</ul></section>
            """
    }

    private var source: Markup {
        let note = item.cardNote.map { text -> Markup in
            "<div><dt>\(speech("评分表说明", "Scorecard note"))</dt><dd>\(speech(text))</dd></div>"
        }
        return """
            <section class="source"><h2>\(speech("来源与评分表", "Source and scorecard"))</h2><dl>
            <div><dt>\(speech("项目来源", "Provenance"))</dt><dd>\(speech.provenance(item))</dd></div>
            \(note ?? "")
            <div><dt>\(speech("评分表哈希", "Scorecard hash"))</dt>\
            <dd><code>\(item.card.hex)</code></dd></div>
            <div><dt>\(speech("成绩哈希", "Result hash"))</dt>\
            <dd><code>\(item.hash.hex)</code></dd></div>
            <div><dt>\(speech("表格", "Table"))</dt><dd>\
            <a href="../../csv/\(name).csv" download>\(name).csv</a></dd></div>
            </dl></section>
            """
    }
}
