public import Competition
public import Findings
public import Honours
internal import Interchange
internal import Ledger
internal import Scoring
public import Snapshots

/// What a change would do to an item, before it is made.
public struct WhatIf: Sendable {
    /// One entrant's result that would change.
    public struct Change: Sendable {
        /// The entrant.
        public let entrant: String
        /// The result now, and as it would be.
        public let before: ResultRow
        /// The result as it would be.
        public let after: ResultRow
    }

    /// Results that would change, in the order of the new standings.
    public let changes: [Change]
    /// Honours that would fall.
    public let lost: [HonourProposal]
    /// Honours that would rise.
    public let gained: [HonourProposal]
    /// What would be open, and what of the old marks the new card can't take.
    public let findings: [Finding]
}

extension Office {
    /// What another card would change.
    ///
    /// - Throws: a `Refusal` with the card's findings.
    public func whatIf(_ item: ItemID, scorecard file: String) throws -> WhatIf {
        let reading = ScorecardFile.read(try TextFile.read(file), file: file)
        guard let card = reading.card else { throw Refusal(reading.findings) }
        let now = try tally(of: item)
        let plan = ScoringPlan(card: card)
        var table = MarkTable(plan: plan, entrants: now.table.entrants, judges: now.table.judges)
        var findings = reading.findings
        for (number, planned) in plan.aspects.enumerated() {
            guard
                let old = now.plan.number(part: planned.part, aspect: planned.aspect.id),
                now.plan.aspects[old].aspect.isAgreed == planned.aspect.isAgreed
            else {
                findings.append(
                    Finding(
                        "what-if.aspect",
                        Text(
                            "现行评分表没有 \(planned.address)(或由谁评分不同),其分数为空",
                            "the present card has no \(planned.address), or others mark it: it stays unmarked"
                        ),
                        severity: .warning,
                        at: Place(file: file)
                    )
                )
                continue
            }
            let attempts = min(planned.attempts, now.plan.aspects[old].attempts)
            findings += Self.carry(now, old, &table, number, planned, attempts, file: file)
        }
        table.observePanels(plan)
        let then = try Self.counted(item.text) { () throws(CountingFault) in
            try ItemTally(plan: plan, inputs: now.inputs, table: table, rulings: now.rulings)
        }
        return try whatIf(item, now, then, findings)
    }

    /// Carries the marks of one aspect over to another card.
    private static func carry(
        _ now: ItemTally,
        _ old: Int,
        _ table: inout MarkTable,
        _ number: Int,
        _ planned: PlannedAspect,
        _ attempts: Int,
        file: String
    ) -> [Finding] {
        let judges = planned.aspect.isAgreed ? 1 : table.judges.count
        let was = now.plan.aspects[old].aspect
        for row in table.entrants.indices {
            for judge in 0..<judges {
                for attempt in 0..<attempts {
                    let mark = now.table[row, old, judge, attempt]
                    guard StoredMark.isMark(mark) else {
                        table[row, number, judge, attempt] = mark
                        continue
                    }
                    do throws(Refusal) {
                        table[row, number, judge, attempt] = try planned.aspect.read(
                            was.text(stored: mark)
                        )
                    } catch {
                        return error.findings.map { finding in
                            var finding = finding
                            finding.severity = .warning
                            finding.place = Place(file: file)
                            return finding
                        }
                    }
                }
            }
        }
        return []
    }

    /// What corrected marks would change: a marks table of just the marks that would be others.
    ///
    /// - Throws: a `Refusal` with what is wrong in the table.
    public func whatIf(_ item: ItemID, correct file: String) throws -> WhatIf {
        let now = try tally(of: item)
        let reading = try marks(in: file, of: item, plan: now.plan)
        var findings = reading.findings
        var table = now.table
        for mark in reading.marks {
            guard let row = table.index(of: mark.entrant) else {
                findings.append(
                    Finding(
                        "mark.unknown-entrant",
                        Text(
                            "\(item.text) 没有选手 \(mark.entrant.text)",
                            "\(item.text) has no entrant \(mark.entrant.text)"
                        ),
                        at: mark.place
                    )
                )
                continue
            }
            let isAgreed = now.plan.aspects[mark.aspect].aspect.isAgreed
            guard let judge = isAgreed ? 0 : mark.judge.flatMap(table.index(of:)) else {
                findings.append(
                    Finding(
                        "mark.judge",
                        Text("没有这名裁判", "there is no such judge"),
                        at: mark.place
                    )
                )
                continue
            }
            table[row, mark.aspect, judge, mark.attempt] = mark.stored
        }
        guard !findings.hasErrors else { throw Refusal(findings) }
        table.observePanels(now.plan)
        let then = try Self.counted(item.text) { () throws(CountingFault) in
            try ItemTally(plan: now.plan, inputs: now.inputs, table: table, rulings: now.rulings)
        }
        return try whatIf(item, now, then, findings)
    }

    func whatIf(
        _ item: ItemID,
        _ now: ItemTally,
        _ then: ItemTally,
        _ findings: [Finding]
    ) throws -> WhatIf {
        let contest = try self.item(item.text)
        let rows = try record.entrants(of: item)
        func result(_ tally: ItemTally) throws -> (Standings, ItemResult) {
            let standings = try Self.counted(item.text) { () throws(CountingFault) in
                try tally.standings()
            }
            return (standings, try self.result(contest, standings, rows, tally))
        }
        let (_, before) = try result(now)
        let (standings, after) = try result(then)
        let old = Dictionary(
            before.rows.map { ($0.entrant, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let changes = after.rows.compactMap { row -> WhatIf.Change? in
            guard let was = old[row.entrant],
                was.rank != row.rank || was.total != row.total || was.award != row.award
                    || was.status != row.status
            else { return nil }
            return WhatIf.Change(entrant: row.entrant, before: was, after: row)
        }
        let had = try honourProposals([before], publishedAt: self.now())
        let has = try honourProposals([after], publishedAt: self.now())
        let hadNames = Set(had.map(\.id))
        let hasNames = Set(has.map(\.id))
        return WhatIf(
            changes: changes,
            lost: had.filter { !hasNames.contains($0.id) },
            gained: has.filter { !hadNames.contains($0.id) },
            findings: (findings + Tally.open(standings, in: then)).sorted()
        )
    }
}
