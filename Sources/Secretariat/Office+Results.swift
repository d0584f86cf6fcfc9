public import Competition
internal import Exact
public import Findings
internal import Interchange
internal import Ledger
public import Scoring
public import Seal
public import Snapshots

extension Office {
    /// All that scoring needs of an item: who competes, and the sheets that stand.
    public func inputs(of item: ItemID) throws -> (inputs: [EntrantInput], table: MarkTable) {
        let plan = try plan(of: item)
        let entrants = try record.entrants(of: item)
        let sheets = try record.sheets(of: item)
        let penalties = try record.penalties(of: item)
        let units = plan.card.units
        let index = SlotIndex(plan: plan, units: units)
        let places = Dictionary(
            units.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let judges = try record.judges(of: item).map(\.id)
        var table = MarkTable(
            plan: plan,
            entrants: entrants.map(\.entrant.id),
            judges: judges + sheets.compactMap(\.judge)
        )
        for sheet in sheets {
            guard let unit = places[sheet.unit], let row = table.index(of: sheet.entrant) else {
                continue
            }
            let numbers = sheet.judge == nil ? index.agreed[unit] : index.judged[unit]
            let judge = sheet.judge.flatMap(table.index(of:)) ?? 0
            for (number, mark) in zip(numbers, sheet.marks) {
                table[row, number, judge, sheet.attempt - 1] = mark
            }
        }
        table.observePanels(plan)
        let inputs = try entrants.map { row in
            let own = penalties.filter { $0.entrant == row.entrant.id }
            return EntrantInput(
                entrant: row.entrant,
                deduction: try own.compactMap { try? DecimalText($0.deduction).value }.sum(),
                voidParts: Set(own.compactMap { $0.voidPart.flatMap { NodeID($0) } })
            )
        }
        return (inputs, table)
    }

    /// The standings of an item, as the record has it now.
    public func standings(of item: ItemID) throws -> Standings {
        let (inputs, table) = try inputs(of: item)
        return try plan(of: item).standings(
            inputs,
            in: table,
            rulings: try record.orderings(of: item)
        )
    }

    /// What keeps the standings of an item from being published.
    public static func obstacles(_ standings: Standings, item: ItemID) -> [Finding] {
        Tally.open(standings).map { finding in
            var finding = finding
            finding.severity = .error
            finding.place = Place(file: item.text)
            return finding
        }
    }

    /// Computes the snapshot of all items that have entrants; refuses with a list where anything is
    /// missing.
    public func snapshot(_ kind: ResultsKind) throws -> ResultsSnapshot {
        var items: [ItemResult] = []
        var findings: [Finding] = []
        for item in catalogue.event.items {
            let rows = try record.entrants(of: item.id)
            guard !rows.isEmpty else { continue }
            let state = try record.progress(of: item.id).state
            let allowed: [ItemState] =
                kind == .final ? [.cosigned, .provisional, .final] : [.cosigned, .provisional]
            guard allowed.contains(state) else {
                findings.append(
                    Finding(
                        "publish.state",
                        Text(
                            "\(item.id.text) 现为“\(state.text.zh)”,须先锁定并会签",
                            "\(item.id.text) is \(state.text.en); it must be locked and co-signed first"
                        ),
                        at: Place(file: item.id.text)
                    )
                )
                continue
            }
            let standings = try standings(of: item.id)
            let obstacles = Self.obstacles(standings, item: item.id)
            findings += obstacles
            if obstacles.isEmpty { items.append(try result(item, standings, rows)) }
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        guard !items.isEmpty else {
            throw Refusal("publish.empty", Text("没有可发布的项目", "there is nothing to publish"))
        }
        let tree = try record.leaves()
        let event = catalogue.event
        return ResultsSnapshot(
            kind: kind,
            event: NamedCode(code: event.id.text, title: event.title),
            notes: event.notes,
            isRehearsal: isRehearsal,
            position: tree.leaves.count,
            root: tree.root(),
            computedAt: now(),
            tracks: event.tracks.map { NamedCode(code: $0.id, title: $0.title) },
            delegations: event.delegations.map { NamedCode(code: $0.id.text, title: $0.title) },
            items: items
        )
    }

    private func result(
        _ item: ContestItem,
        _ standings: Standings,
        _ entrants: [EntrantRow]
    ) throws -> ItemResult {
        let plan = try plan(of: item.id)
        let people = try record.people(entrants.flatMap(\.members))
        let members = Dictionary(
            entrants.map { ($0.entrant.id, $0.members) },
            uniquingKeysWith: { first, _ in first }
        )
        let awards = try Self.awards(standings, policy: plan.card.awards)
        let table = StandingsTable(standings, plan: plan)
        let width = plan.card.parts.count
        let rows = standings.rows.enumerated().map { index, row in
            let status = StandingsTable.status(row).code
            return ResultRow(
                entrant: row.entrant.id.text,
                names: (members[row.entrant.id] ?? []).compactMap { people[$0]?.name },
                delegation: row.entrant.delegation.text,
                group: row.entrant.group,
                rank: row.rank,
                total: row.shownTotal,
                parts: row.shownTotal == nil
                    ? Array(repeating: "", count: width)
                    : Array(table.rows[index][3..<(3 + width)]),
                status: status,
                award: (awards[row.entrant.id] ?? .none).rawValue,
                ties: row.decisions.map { Text($0.line(.zh), $0.line(.en)) }
            )
        }
        return ItemResult(
            item: NamedCode(code: item.id.text, title: item.title),
            track: item.track,
            teamSize: item.teamSize,
            provenance: item.provenance.rawValue,
            card: catalogue.cardHashes[item.id] ?? Digest(of: []),
            cardNote: plan.card.note,
            maximum: plan.card.total.max?.shortest ?? "",
            parts: plan.card.parts.map { NamedCode(code: $0.id.text, title: $0.title) },
            policy: plan.card.awards,
            rows: rows
        )
    }

    /// Awards by the card's policy; guests and those without a result take none.
    public static func awards(
        _ standings: Standings,
        policy name: String
    ) throws -> [EntrantID: Award] {
        guard let policy = AwardPolicy(rawValue: name) else {
            throw Refusal(
                "awards.policy",
                Text("没有奖牌规则 \(name)", "there is no awards policy \(name)")
            )
        }
        let ranked = standings.rows.filter { $0.rank != nil }
        var awards: [EntrantID: Award] = [:]
        if policy.isScaled {
            let totals = ranked.compactMap(\.score.total.value)
            // Where the scale is not defined, places decide, as everywhere without it.
            if let scores = try WorldSkillsScale.median700.scaled(totals) {
                for (row, award) in zip(ranked, policy.awards(scores)) {
                    awards[row.entrant.id] = award.award
                }
                return awards
            }
        }
        let medals: [Int: Award] = [1: .gold, 2: .silver, 3: .bronze]
        for row in ranked { awards[row.entrant.id] = row.rank.flatMap { medals[$0] } }
        return awards
    }

    /// Publishes: computes the snapshot, states it in the ledger, and signs a checkpoint.
    public func publish(_ kind: ResultsKind, by key: SigningKey) throws -> ResultsSnapshot {
        let snapshot = try snapshot(kind)
        let document = Document(
            kind: "snapshot",
            name: kind.rawValue,
            content: snapshot.json.canonical
        )
        try say(
            .publish,
            [
                "items": .array(snapshot.items.map { .string($0.item.code) }),
                "kind": .string(kind.rawValue), "snapshot": .string(document.hash.hex),
            ],
            by: key,
            documents: [document]
        )
        _ = try record.checkpoint(origin: "laurel/" + catalogue.event.id.text, key: key)
        return snapshot
    }

    /// The latest publication; nil before the first.
    public func published() throws -> (hash: Digest, snapshot: ResultsSnapshot)? {
        guard let last = try record.publications().last,
            let document = try record.document(last.snapshot),
            let snapshot = ResultsSnapshot(json: try JSONValue(parsing: document.content))
        else { return nil }
        return (last.snapshot, snapshot)
    }
}

/// An entrant's total explained, and how it compares with another's.
public struct Explained: Sendable {
    /// Who stands before whom, and by what; nil where one entrant was asked for.
    public let comparison: Text?
    /// The totals, down to each mark.
    public let lines: [ExplanationLine]
}

extension Office {
    /// What is open in standings, as warnings.
    public static func open(_ standings: Standings) -> [Finding] { Tally.open(standings) }

    /// Explains a total, and why one entrant stands before another.
    public func explain(_ item: ItemID, _ entrant: String, _ other: String?) throws -> Explained {
        let plan = try plan(of: item)
        let (inputs, table) = try inputs(of: item)
        let standings = try plan.standings(
            inputs,
            in: table,
            rulings: try record.orderings(of: item)
        )
        func row(_ code: String) throws -> Standing {
            guard let row = EntrantID(code).flatMap(standings.row(of:)) else {
                throw Refusal(
                    "entrant.unknown",
                    Text("\(item.text) 没有选手 \(code)", "\(item.text) has no entrant \(code)")
                )
            }
            return row
        }
        let first = try row(entrant)
        var lines = try plan.explanation(of: first, in: table)
        guard let other else { return Explained(comparison: nil, lines: lines) }
        let second = try row(other)
        lines += try plan.explanation(of: second, in: table)
        return Explained(
            comparison: plan.comparison(of: first, with: second, in: standings),
            lines: lines
        )
    }

    /// What changed between two publications, named by their entries.
    public func changes(from earlier: Int, to later: Int) throws -> [ResultsChange] {
        func snapshot(_ position: Int) throws -> ResultsSnapshot {
            guard
                let publication = try record.publications().first(where: { $0.position == position }
                ),
                let document = try record.document(publication.snapshot),
                let snapshot = ResultsSnapshot(json: try JSONValue(parsing: document.content))
            else {
                throw Refusal(
                    "publish.unknown",
                    Text("第 \(position) 条不是发布", "entry \(position) is no publication")
                )
            }
            return snapshot
        }
        return try snapshot(later).changes(since: try snapshot(earlier))
    }
}
