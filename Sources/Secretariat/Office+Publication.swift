public import Competition
internal import Exact
public import Findings
internal import Interchange
internal import Dispatch
internal import Ledger
internal import Synchronization
public import Scoring
public import Seal
public import Snapshots

extension Office {
    /// What keeps the standings of an item from being published.
    public static func obstacles(
        _ standings: Standings,
        in tally: ItemTally,
        item: ItemID
    ) -> [Finding] {
        Tally.open(standings, in: tally).map { finding in
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
            let unready = try unready(item.id, kind)
            guard unready.isEmpty else {
                findings += unready
                continue
            }
            let tally = try tally(of: item.id)
            let standings = try Self.counted(item.id.text) { () throws(CountingFault) in
                try tally.standings()
            }
            let obstacles = Self.obstacles(standings, in: tally, item: item.id)
            findings += obstacles
            if obstacles.isEmpty {
                items.append(try result(item, standings, rows, plan: tally.plan))
            }
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

    /// Why an item can't be published now; the door says the same of whoever tries.
    private func unready(_ item: ItemID, _ kind: ResultsKind) throws -> [Finding] {
        var findings = try record.obstacles(
            toPublishing: item,
            isFinal: kind == .final,
            at: now()
        )
        let held = try record.held().filter { $0.item == item.text }.count
        if held > 0 {
            findings.append(
                Finding(
                    "publish.held",
                    Text(
                        "\(item.text) 有 \(held) 项转入的陈述待裁定(laurel bundle held)",
                        "\(item.text) has \(held) statements from bundles that are held (laurel bundle held)"
                    )
                )
            )
        }
        return findings.map { finding in
            var placed = finding
            placed.place = Place(file: item.text)
            return placed
        }
    }

    func result(
        _ item: ContestItem,
        _ standings: Standings,
        _ entrants: [EntrantRow],
        plan: ScoringPlan
    ) throws -> ItemResult {
        let people = try record.people(entrants.flatMap(\.members))
        let members = Dictionary(
            entrants.map { ($0.entrant.id, $0.members) },
            uniquingKeysWith: { first, _ in first }
        )
        let awards = try Self.awards(standings, card: plan.card)
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
                ties: row.decisions.map { Text($0.line(.zh), $0.line(.en)) },
                people: members[row.entrant.id] ?? []
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

    /// The scaled scores of those who are ranked, where the card's policy looks at them and the scale
    /// is defined; nil otherwise.
    ///
    /// Source: domain rules of WSC2017 to WSC2026: 700 + 30 × (x − median) / (1.4826 × MAD).
    public static func scaled(
        _ standings: Standings,
        card: Scorecard
    ) throws(Refusal) -> [EntrantID: Int]? {
        guard try AwardPolicy(card.awards).isScaled else { return nil }
        let ranked = standings.rows.filter { $0.rank != nil && $0.total.value != nil }
        let totals = ranked.map { $0.total.value ?? .zero }
        guard let scores = (try? WorldSkillsScale.median700.scaled(totals)) ?? nil else {
            return nil
        }
        return Dictionary(
            zip(ranked.map(\.entrant.id), scores),
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Awards by the card's policy; those without a result take none.
    ///
    /// Where a policy looks at scaled scores and the scale is not defined, places decide.
    public static func awards(
        _ standings: Standings,
        card: Scorecard
    ) throws(Refusal) -> [EntrantID: Award] {
        var policy = try AwardPolicy(card.awards)
        let rows = standings.rows.filter { $0.total.value != nil }
        var entries = rows.map { AwardEntry(score: $0.total.value ?? .zero, rank: $0.rank) }
        if policy.isScaled {
            let ranked = rows.indices.filter { rows[$0].rank != nil }
            if let scores = try scaled(standings, card: card) {
                entries = ranked.map {
                    let score = scores[rows[$0].entrant.id] ?? 0
                    return AwardEntry(score: Rational(score), rank: entries[$0].rank)
                }
                let given = try policy.awards(of: entries)
                return Dictionary(
                    zip(ranked, given).map { (rows[$0].entrant.id, $1.award) },
                    uniquingKeysWith: { first, _ in first }
                )
            }
            policy = try AwardPolicy("rank-1-2-3")
        }
        let given = try policy.awards(of: entries, lowerIsBetter: card.total.lowerIsBetter)
        return Dictionary(
            zip(rows, given).map { ($0.entrant.id, $1.award) },
            uniquingKeysWith: { first, _ in first }
        )
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
        let people = try record.people(snapshot.people)
        return (last.snapshot, snapshot.naming(people.mapValues(\.name)))
    }
}
