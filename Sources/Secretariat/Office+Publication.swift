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
    ///
    /// - Parameters:
    ///   - standings: the standings.
    ///   - tally: what they are counted from.
    ///   - item: the item.
    ///   - isMarked: whether every sheet should be in; where not, what only waits for one is left out.
    /// - Returns: errors; none where the standings may be published.
    public static func obstacles(
        _ standings: Standings,
        in tally: ItemTally,
        item: ItemID,
        isMarked: Bool = true
    ) -> [Finding] {
        Tally.open(standings, in: tally, isMarked: isMarked).map { finding in
            var finding = finding
            finding.severity = .error
            finding.place = Place(file: item.text)
            return finding
        }
    }

    /// Computes the snapshot of items; refuses with a list where anything is missing.
    ///
    /// - Parameters:
    ///   - kind: provisional or final.
    ///   - only: the items; nil for all that have entrants. Where items are named, those of the latest
    ///     publication that nobody has opened again are carried on, each with its own kind, position
    ///     and time, so that what is published is always the whole.
    ///   - key: who is to publish it; nil where nobody in particular.
    /// - Returns: the snapshot.
    /// - Throws: a ``Findings/Refusal`` with every reason why an item can't be published.
    public func snapshot(
        _ kind: ResultsKind,
        only: [ItemID]? = nil,
        by key: VerifyingKey? = nil
    ) throws -> ResultsSnapshot {
        var items: [ItemResult] = []
        var findings: [Finding] = []
        let carried = try only == nil ? [:] : carried()
        for item in catalogue.event.items {
            guard only?.contains(item.id) ?? true else {
                if let result = carried[item.id.text] { items.append(result) }
                continue
            }
            let rows = try record.entrants(of: item.id)
            guard !rows.isEmpty else {
                if only != nil { findings.append(Self.withoutEntrants(item.id)) }
                continue
            }
            let unready = try unready(item.id, kind, by: key)
            findings += unready
            // Blind entrants are not named, and what two places say differently is not counted.
            let codes = Set(unready.map(\.code))
            guard codes.isDisjoint(with: ["publish.blind", "publish.held"]) else { continue }
            let (tally, standings) = try counted(item.id)
            let obstacles = Self.obstacles(
                standings,
                in: tally,
                item: item.id,
                isMarked: !codes.contains("publish.state")
            )
            findings += obstacles
            if unready.isEmpty, obstacles.isEmpty {
                items.append(try result(item, standings, rows, tally))
            }
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        guard !items.isEmpty else {
            throw Refusal("publish.empty", Text("没有可发布的项目", "there is nothing to publish"))
        }
        return try snapshot(kind, of: items)
    }

    func counted(_ item: ItemID) throws -> (ItemTally, Standings) {
        let tally = try tally(of: item)
        return try Self.counted(item.text) { () throws(CountingFault) in
            (tally, try tally.standings())
        }
    }

    func snapshot(_ kind: ResultsKind, of items: [ItemResult]) throws -> ResultsSnapshot {
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

    /// The results of the latest publication that still stand: one that was opened again is not
    /// carried on, for its result may be another.
    private func carried() throws -> [String: ItemResult] {
        guard let (hash, snapshot) = try published() else { return [:] }
        var results: [String: ItemResult] = [:]
        for item in snapshot.items {
            guard let id = ItemID(item.item.code),
                [.provisional, .final].contains(try record.progress(of: id).state)
            else { continue }
            var result = item
            result.carried =
                item.carried
                ?? EarlierPublication(
                    kind: snapshot.kind,
                    snapshot: hash,
                    position: snapshot.position,
                    computedAt: snapshot.computedAt
                )
            results[item.item.code] = result
        }
        return results
    }

    private static func withoutEntrants(_ item: ItemID) -> Finding {
        Finding(
            "publish.entrants",
            Text("项目 \(item.text) 没有选手", "item \(item.text) has no entrants"),
            at: Place(file: item.text)
        )
    }

    /// Why an item can't be published now; the door says the same of whoever tries.
    private func unready(
        _ item: ItemID,
        _ kind: ResultsKind,
        by key: VerifyingKey?
    ) throws -> [Finding] {
        var findings = try record.obstacles(
            toPublishing: item,
            isFinal: kind == .final,
            by: key,
            at: now()
        )
        if let sheets = try openSheets(of: item) { findings.append(sheets) }
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

    /// The sheets that are missing or that nobody confirmed, the first of them by name.
    private func openSheets(of item: ItemID) throws -> Finding? {
        let progress = try record.progress(of: item)
        guard ItemState.beforeLock.contains(progress.state) else { return nil }
        let unconfirmed = try record.sheets(of: item).filter { !$0.isConfirmed || $0.isReturned }
        let sheets =
            progress.missing.map(\.text)
            + unconfirmed.map {
                "\($0.entrant.text)/\($0.unit.text)/\($0.judge?.text ?? "panel")"
            }
        guard !sheets.isEmpty else { return nil }
        let first = sheets.prefix(3).joined(separator: ", ") + (sheets.count > 3 ? " …" : "")
        let (missing, open) = (progress.missing.count, unconfirmed.count)
        return Finding(
            "publish.sheets",
            Text(
                "\(item.text):\(missing) 份评分表未交,\(open) 份未复核(\(first))",
                "\(item.text): \(missing) sheets missing, \(open) not confirmed (\(first))"
            )
        )
    }

    func result(
        _ item: ContestItem,
        _ standings: Standings,
        _ entrants: [EntrantRow],
        _ tally: ItemTally
    ) throws -> ItemResult {
        let plan = tally.plan
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
            rows: rows,
            agreement: try agreement(tally)
        )
    }

    /// How far the panel agrees, where the event lets it be stated.
    private func agreement(_ tally: ItemTally) throws -> PanelFigure? {
        guard catalogue.event.showsAgreement, let agreement = try tally.agreement() else {
            return nil
        }
        return PanelFigure(
            kendallsW: try agreement.kendallsW.text(Rounding(places: 2)),
            judges: agreement.judges,
            entrants: agreement.entrants
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
    ///
    /// - Parameters:
    ///   - kind: provisional or final.
    ///   - only: the items; nil for all. What was published of others is carried on unchanged.
    ///   - key: the organiser's.
    /// - Returns: the snapshot.
    /// - Throws: a ``Findings/Refusal`` with every reason why an item can't be published.
    public func publish(
        _ kind: ResultsKind,
        only: [ItemID]? = nil,
        by key: SigningKey
    ) throws -> ResultsSnapshot {
        let snapshot = try snapshot(kind, only: only, by: key.verifying)
        let document = Document(
            kind: "snapshot",
            name: kind.rawValue,
            content: snapshot.json.canonical
        )
        try say(
            .publish,
            [
                "items": .array(
                    snapshot.items.filter { $0.carried == nil }.map { .string($0.item.code) }
                ),
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
            let snapshot = try publication(last.snapshot)
        else { return nil }
        return (last.snapshot, snapshot)
    }
}
