internal import Snapshots

/// The standings of an item as tables: those with a place, and apart from them everyone else.
struct ItemTable {
    private let item: ItemResult
    private let speech: Speech
    private let hasTies: Bool
    private let hasGroups: Bool

    init(_ item: ItemResult, _ speech: Speech) {
        self.item = item
        self.speech = speech
        hasTies = item.rows.contains { $0.isRanked && !$0.ties.isEmpty }
        hasGroups = item.rows.contains { !$0.group.isEmpty }
    }

    /// Those with a place, in the order of the standings.
    var ranked: Markup {
        let rows = item.rows.filter(\.isRanked)
        guard !rows.isEmpty else {
            return "<p class=\"empty\">\(speech("没有排名成绩", "Nobody has a place"))</p>"
        }
        var columns: [Table.Column] = [
            .number(speech("名次", "Rank")), .words(speech("选手", "Entrant")),
            .words(speech("代表队", "Delegation"), "d"),
            .number(speech("总分", "Total")), .words(speech("奖项", "Award")),
        ]
        columns += item.parts.map { Table.Column(title: Markup(speech.title($0)), style: "n part") }
        if hasGroups { columns.append(.words(speech("组别", "Group"), "d group")) }
        if hasTies { columns.append(.words(speech("同分决定", "What decided ties"), "ties")) }
        var table = Table(
            id: "standings",
            caption: Markup(
                speech("\(rows.count) 名(队)有名次", "\(rows.count) entrants with a place")
            ),
            columns: columns
        )
        for row in rows {
            var cells: [Markup] = [
                "\(row.rank ?? 0)", who(row), speech.link(delegation: row.delegation, up: "../"),
                "<strong>\(row.total ?? "–")</strong>", speech.badge(row.award),
            ]
            cells += parts(row)
            if hasGroups { cells.append(Markup(speech.group(row.group))) }
            if hasTies {
                cells.append(row.ties.map { Markup(speech($0)) }.joined(by: "<br>"))
            }
            table.add(cells, head: 1)
        }
        return table.markup
    }

    /// Guests and those without a result; nothing where there is none.
    var apart: Markup {
        let rows = item.rows.filter { !$0.isRanked }
        guard !rows.isEmpty else { return "" }
        var columns: [Table.Column] = [
            .words(speech("状态", "State")), .words(speech("选手", "Entrant")),
            .words(speech("代表队", "Delegation"), "d"), .number(speech("总分", "Total")),
        ]
        columns += item.parts.map { Table.Column(title: Markup(speech.title($0)), style: "n part") }
        if hasGroups { columns.append(.words(speech("组别", "Group"), "d group")) }
        var table = Table(
            id: "apart",
            caption: Markup(speech("邀请选手与无成绩者", "Guests and those without a result")),
            columns: columns
        )
        for row in rows {
            var cells: [Markup] = [
                "<span class=\"state\">\(speech.status(row.status))</span>", who(row),
                speech.link(delegation: row.delegation, up: "../"), Markup(row.total ?? "–"),
            ]
            cells += parts(row)
            if hasGroups { cells.append(Markup(speech.group(row.group))) }
            table.add(cells, head: 1)
        }
        return "<section><h2>\(speech("不排名", "Without a place"))</h2>\n\(table.markup)</section>"
    }

    private func who(_ row: ResultRow) -> Markup {
        "\(speech.names(row))<span class=\"code\">\(row.entrant)</span>"
    }

    /// A cell a part, whatever the row brings; a part may hold a status instead of a number.
    private func parts(_ row: ResultRow) -> [Markup] {
        item.parts.indices.map { index in
            guard index < row.parts.count, !row.parts[index].isEmpty else { return "–" }
            let text = row.parts[index]
            return text.utf8.first.map { $0 >= UInt8(ascii: "a") } ?? false
                ? Markup(speech.status(text)) : Markup(text)
        }
    }
}
