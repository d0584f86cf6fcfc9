internal import Snapshots

/// The medal table: every delegation with its gold, silver and bronze.
struct MedalPage {
    private let speech: Speech

    init(_ speech: Speech) { self.speech = speech }

    var page: Page {
        Page(
            speech: speech,
            part: .medals,
            path: "medals.html",
            title: speech("奖牌榜", "Medal table"),
            body: body
        )
    }

    private var body: Markup {
        """
        <h1>\(speech("奖牌榜", "Medal table"))</h1>
        <p class="lead">\(speech(
            "按金牌、银牌、铜牌数依次排列;相同者名次并列。团队项目每队计一枚。",
            "By gold, then silver, then bronze; level delegations share a place. A team's medal counts once."))</p>
        \(table)
        \(without)
        \(TileMap(speech).section)
        \(points)
        <p><a href="../csv/medals.csv" download>medals.csv</a></p>
        """
    }

    private var table: Markup {
        let lines = speech.edition.medals.filter { $0.rank != nil }
        guard let most = lines.map(\.total).max() else {
            return "<p class=\"empty\">\(speech("还没有奖牌", "No medals yet"))</p>"
        }
        var table = Table(
            id: "medals",
            caption: Markup(
                speech("\(lines.count) 个代表队获得奖牌", "\(lines.count) delegations with medals")
            ),
            columns: [
                .number(speech("名次", "Rank")), .words(speech("代表队", "Delegation")),
                .number(speech("金牌", "Gold")), .number(speech("银牌", "Silver")),
                .number(speech("铜牌", "Bronze")), .number(speech("合计", "Total")),
                .words(speech("构成", "Share"), "share"),
            ]
        )
        for line in lines {
            table.add(
                [
                    "\(line.rank ?? 0)", speech.link(delegation: line.delegation.code, up: ""),
                    "\(line.gold)", "\(line.silver)", "\(line.bronze)",
                    "<strong>\(line.total)</strong>", bar(line, most),
                ],
                head: 1
            )
        }
        return table.markup
    }

    /// The delegations by points, where that is another order or not.
    private var points: Markup {
        let lines = speech.edition.medals.enumerated().filter { $0.element.points > 0 }
            .sorted { ($1.element.points, $0.offset) < ($0.element.points, $1.offset) }
            .map(\.element)
        guard !lines.isEmpty else { return "" }
        var table = Table(
            id: "points",
            caption: Markup(
                speech("\(lines.count) 个代表队有奖牌分", "\(lines.count) delegations with points")
            ),
            columns: [
                .number(speech("名次", "Rank")), .words(speech("代表队", "Delegation")),
                .number(speech("奖牌分", "Points")), .number(speech("优胜奖", "Medallions")),
                .number(speech("参赛", "Entrants")),
            ]
        )
        var (rank, last) = (0, -1)
        for (index, line) in lines.enumerated() {
            if line.points != last { (rank, last) = (index + 1, line.points) }
            table.add(
                [
                    "\(rank)", speech.link(delegation: line.delegation.code, up: ""),
                    "<strong>\(line.points)</strong>", "\(line.medallions)", "\(line.entrants)",
                ],
                head: 1
            )
        }
        return """
            <section><h2>\(speech("奖牌分", "Medal points"))</h2>
            <p class="prose">\(speech(
                "金 4、银 3、铜 2、优胜奖 1;每队计一次。按世界技能大赛“奖牌总分”计,不是本赛事的官方排名。",
                "Gold 4, silver 3, bronze 2, medallion 1; a team counts once. As WorldSkills counts total medal points; no official ranking of this event."))</p>
            \(table.markup)</section>
            """
    }

    /// The three counts as one bar; the cells before it say the same in figures.
    private func bar(_ line: MedalLine, _ most: Int) -> Markup {
        var (x, shapes) = (0, Markup.empty)
        let parts: [(Markup, Int)] = [
            ("gold", line.gold), ("silver", line.silver), ("bronze", line.bronze),
        ]
        for (style, count) in parts where count > 0 {
            let end = x + count
            let (from, to) = (x * 200 / most, end * 200 / most)
            shapes +=
                "<rect class=\"\(style)\" x=\"\(from)\" width=\"\(to - from)\" height=\"10\"/>"
            x = end
        }
        return """
            <svg viewBox="0 0 200 10" width="200" height="10" preserveAspectRatio="none" \
            aria-hidden="true" \
            focusable="false">\(shapes)</svg>
            """
    }

    private var without: Markup {
        let rest = speech.edition.medals.filter { $0.rank == nil }
        guard !rest.isEmpty else { return "" }
        let links = rest.map { speech.link(delegation: $0.delegation.code, up: "") }
        return """
            <section><h2>\(speech("未获奖牌", "Without a medal"))</h2>
            <p class="run">\(links.joined(by: " · "))</p></section>
            """
    }
}
