internal import Competition
internal import Exact
public import Findings
internal import Interchange
public import Scoring

/// Scores a marks table with a card: no event, no record, nothing kept.
public enum Tally {
    /// What came of it.
    public struct Result: Sendable {
        /// What was counted.
        public let tally: ItemTally
        /// Everyone, in order.
        public let standings: Standings
        /// What a person should look at; no errors among them.
        public let findings: [Finding]

        /// Explains a total, and why one entrant stands before another.
        public func explain(_ entrant: String, _ other: String?) throws -> Explained {
            try Office.explain(tally, entrant, other, place: "--explain")
        }

        /// The teams' places; refused where the card has no rule for teams.
        public func teams() throws -> [TeamStanding] {
            guard tally.plan.card.teams != nil else {
                throw Refusal(
                    "tally.teams",
                    Text("评分表没有 teams 一节", "the card has no section \"teams\"")
                )
            }
            return try Office.counted("teams") { () throws(CountingFault) in try tally.teams() }
        }
    }

    /// Scores the files.
    ///
    /// - Throws: a ``Findings/Refusal`` with every error of the card and of the tables.
    public static func run(
        scorecard: String,
        marks: String,
        entrants: String? = nil
    ) throws(Refusal) -> Result {
        let reading = ScorecardFile.read(try TextFile.read(scorecard), file: scorecard)
        guard let card = reading.card else { throw Refusal(reading.findings) }
        let plan = ScoringPlan(card: card)
        let table = try CSVTable(try TextFile.read(marks), file: marks)
        let read = MarksFile.read(table, plan: plan)
        var findings = reading.findings + read.findings
        var rows: [EntrantsFile.Row] = []
        let external = Self.externalKeys(card)
        var columns: [String] = []
        if let entrants {
            let table = try CSVTable(try TextFile.read(entrants), file: entrants)
            columns = table.header
            let reading = EntrantsFile.read(table, external: external)
            rows = reading.rows
            findings += reading.findings
        }
        findings += Self.unanswered(card, external: external, columns: columns, rows: rows)
        let filled = MarksFile.table(read.marks, plan: plan, entrants: rows.map(\.id))
        findings += filled.findings
        // Where a row of the entrants could not be read, its marks are no second fault.
        if entrants != nil, !findings.hasErrors {
            let known = Set(rows.map(\.id))
            for mark in read.marks where !known.contains(mark.entrant) {
                findings.append(
                    Finding(
                        "mark.unknown-entrant",
                        Text(
                            "选手 \(mark.entrant.text) 不在选手表中",
                            "entrant \(mark.entrant.text) is not in the entrants table"
                        ),
                        at: mark.place
                    )
                )
            }
        }
        guard !findings.hasErrors else { throw Refusal(findings) }
        let inputs = try inputs(filled.table, rows, plan)
        let counted = try Office.counted(marks) { () throws(CountingFault) in
            let tally = try ItemTally(
                plan: plan,
                inputs: inputs,
                table: filled.table,
                rulings: Dictionary(
                    rows.compactMap { row in row.ruling.map { (row.id, $0) } },
                    uniquingKeysWith: { first, _ in first }
                )
            )
            return (tally, try tally.standings())
        }
        return Result(
            tally: counted.0,
            standings: counted.1,
            findings: (findings + open(counted.1, in: counted.0)).sorted()
        )
    }

    private static func inputs(
        _ table: MarkTable,
        _ rows: [EntrantsFile.Row],
        _ plan: ScoringPlan
    ) throws(Refusal) -> [EntrantInput] {
        guard let item = ItemID("tally"), let delegation = DelegationID("none") else { return [] }
        let byID = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return table.entrants.map { id in
            let row = byID[id]
            return EntrantInput(
                entrant: Entrant(
                    id: id,
                    item: item,
                    delegation: row.flatMap { DelegationID($0.delegation) } ?? delegation,
                    group: row?.group ?? "worker",
                    isGuest: row?.isGuest ?? false,
                    status: row?.status ?? .competing
                ),
                external: row?.external ?? [:],
                session: row?.session ?? "",
                team: row?.team ?? ""
            )
        }
    }

    /// The columns that the card's tie keys look at.
    private static func externalKeys(_ card: Scorecard) -> [String] {
        card.ties.keys.compactMap {
            guard case .external(let name) = $0.measure else { return nil }
            return name
        }
    }

    /// What the card asks for and the tables do not say: outside tie keys, and groups.
    private static func unanswered(
        _ card: Scorecard,
        external: [String],
        columns: [String],
        rows: [EntrantsFile.Row]
    ) -> [Finding] {
        var findings = external.filter { !columns.contains($0) }.map { name in
            Finding(
                "tie.external-missing",
                Text(
                    "并列判定键 \(name) 没有数据(选手表中没有这一列)",
                    "the tie key \(name) has no data (the entrants table has no such column)"
                ),
                severity: .warning
            )
        }
        let named = card.weighedGroups
        guard !named.isEmpty else { return findings }
        let unnamed = Set(rows.map(\.group)).subtracting(named).sorted()
        if rows.isEmpty || !unnamed.isEmpty {
            let list = rows.isEmpty ? "–" : unnamed.joined(separator: ", ")
            findings.append(
                Finding(
                    "group.standard",
                    Text(
                        "组别 \(list) 未在评分表中列出,按 standard 权重计",
                        "the card does not name the group \(list); its standard weights count"
                    ),
                    severity: .warning
                )
            )
        }
        return findings
    }

    /// What is open in standings, as warnings.
    ///
    /// Where not every sheet should be in (`isMarked`), what only waits for one is left out, and places
    /// that it may still change are no ties.
    static func open(
        _ standings: Standings,
        in tally: ItemTally,
        isMarked: Bool = true
    ) -> [Finding] {
        var findings: [Finding] = []
        var waits = false
        for row in standings.incomplete {
            guard case .gap(let gap) = row.total else { continue }
            guard isMarked || !gap.isMissing else {
                waits = true
                continue
            }
            let score = (try? tally.score(of: row.entrant.id)) ?? nil
            let reason = score.flatMap(gapText) ?? gap.text
            findings.append(
                Finding(
                    "standings.incomplete",
                    Text(
                        "\(row.entrant.id.text) 没有总分:\(reason.zh)",
                        "\(row.entrant.id.text) has no total: \(reason.en)"
                    ),
                    severity: .warning
                )
            )
        }
        for tie in standings.openTies where !waits {
            let ids = tie.entrants.map(\.text)
            findings.append(
                Finding(
                    "standings.open-tie",
                    Text(
                        "第 \(tie.rank) 名 \(ids.joined(separator: "、")) 未分出名次",
                        "place \(tie.rank) is not separated: \(ids.joined(separator: ", "))"
                    ),
                    severity: .warning
                )
            )
        }
        return findings
    }

    /// The gravest gap below an entrant's total, with its place in the card: not one that a missing sheet
    /// would fill where there is another.
    private static func gapText(_ score: EntrantScore) -> Text? {
        func gap(_ outcome: Outcome) -> Gap? {
            guard case .gap(let gap) = outcome else { return nil }
            return gap
        }
        let gaps = score.parts.flatMap { part in
            let aspects = part.allAspects.compactMap { gap($0.outcome) }.filter { $0 != .unmarked }
            return (aspects + [gap(part.outcome)].compactMap { $0 }).map { (part.id.text, $0) }
        }
        guard let (part, gap) = gaps.first(where: { !$0.1.isMissing }) ?? gaps.first else {
            return nil
        }
        return Text("模块 \(part):\(gap.text.zh)", "part \(part): \(gap.text.en)")
    }
}
