internal import Scoring
internal import Competition
internal import Exact
internal import Findings
public import Honours
public import Ledger
internal import Rules
internal import Seal
internal import Snapshots

/// How the register stands beside what was published last.
public struct HonourReview: Sendable {
    /// What the results bring, with the entry in the register where there is one.
    public let proposals: [(proposal: HonourProposal, row: HonourRow?)]
    /// Honours in the register that the results no longer carry.
    public let fallen: [HonourRow]
    /// Conferred honours that stand, but on a result that has changed since.
    public let changed: [HonourRow]

    /// What the results bring and the register does not have: honours that rise.
    public var risen: [HonourProposal] {
        proposals.filter { $0.row == nil && $0.proposal.rule.kind != .priority }.map(\.proposal)
    }
}

extension Office {
    /// What the latest publication brings, rule by rule; from the snapshot's places and the annex.
    ///
    /// - Returns: the proposals, sorted by item, entrant, person and rule.
    /// - Throws: a `Refusal` where nothing is published, or where two rules contradict each other.
    public func honourProposals() throws -> [HonourProposal] {
        let (_, snapshot) = try publishedForHonours()
        return try honourProposals(snapshot.items, publishedAt: snapshot.computedAt)
    }

    func publishedForHonours() throws -> (hash: Digest, snapshot: ResultsSnapshot) {
        guard let published = try published() else {
            throw Refusal(
                "honours.unpublished",
                Text(
                    "成绩尚未发布,荣誉只依据已发布的成绩",
                    "nothing is published yet; honours stand on published results"
                )
            )
        }
        return published
    }

    /// What results of items bring, rule by rule.
    func honourProposals(_ items: [ItemResult], publishedAt: Int) throws -> [HonourProposal] {
        var candidates: [HonourCandidate] = []
        let conferred = try record.honours().filter { $0.state == "conferred" }
        let holders = try record.people(conferred.map(\.person))
        // A title is the human's, under whichever commitment it was conferred.
        let register = Dictionary(grouping: conferred) { Self.human($0.person, holders) }
        let today = Day(inChinaAt: now())
        let sanctions = try record.sanctions().filter { row in
            today.map(row.isInForce(on:)) ?? false
        }
        let sanctioned = try record.people(sanctions.map(\.person))
        let barred = Dictionary(
            sanctions.map { (Self.human($0.person, sanctioned), $0.measure) },
            uniquingKeysWith: { first, _ in first }
        )
        for item in items {
            guard let id = ItemID(item.item.code) else { continue }
            let field = HonourField(
                item,
                parts: try plan(of: id).card.parts,
                of: catalogue.event,
                publishedAt: item.carried?.computedAt ?? publishedAt
            )
            let entrants = Dictionary(
                try record.entrants(of: id).map { ($0.entrant.id.text, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            for row in item.rows where row.rank != nil {
                guard let entrant = entrants[row.entrant] else { continue }
                let people = try record.people(entrant.members)
                let places = field.facts(row)
                for member in entrant.members {
                    let human = Self.human(member, people)
                    let held = (register[human] ?? []).filter {
                        $0.item != item.item.code
                    }
                    let own = people[member]?.honourFacts(held.map(\.rule)) ?? Facts()
                    var facts = places
                    for name in own.names { facts[name] = own[name] }
                    candidates.append(
                        HonourCandidate(
                            item: item.item.code,
                            entrant: row.entrant,
                            person: member.hex,
                            facts: facts,
                            sanction: barred[human]
                        )
                    )
                }
            }
        }
        return try honourRules.proposals(candidates)
    }

    /// What tells one human from another: the ID number, else the commitment.
    private static func human(_ person: Digest, _ people: [Digest: PersonRecord]) -> String {
        people[person]?.idNumber ?? person.hex
    }

    /// Holds the register to the latest publication.
    ///
    /// - Returns: what the results bring, which honours fall, and which stand on a result that changed.
    /// - Throws: as ``honourProposals()``.
    public func reviewHonours() throws -> HonourReview {
        let (_, snapshot) = try publishedForHonours()
        let proposals = try honourProposals(snapshot.items, publishedAt: snapshot.computedAt)
        let rows = try record.honours()
        let latest = Dictionary(grouping: rows, by: Self.key).compactMapValues { same in
            same.first { $0.isOpen } ?? same.first { $0.state == "conferred" }
                ?? same.max { $0.changedAt < $1.changedAt }
        }
        let carried = Set(proposals.map(Self.key))
        // What is opened again is not published: its honours neither stand nor fall until it is.
        let items = Set(snapshot.items.map(\.item.code))
        let standing = rows.filter {
            ($0.isOpen || $0.state == "conferred") && items.contains($0.item)
        }
        return HonourReview(
            proposals: proposals.map { ($0, latest[Self.key($0)]) },
            fallen: standing.filter { !carried.contains(Self.key($0)) },
            changed: try changed(
                standing.filter { $0.state == "conferred" && carried.contains(Self.key($0)) },
                in: snapshot
            )
        )
    }

    static func key(_ row: HonourRow) -> [String] {
        [row.rule, row.entrant, row.person.hex]
    }

    static func key(_ proposal: HonourProposal) -> [String] {
        [proposal.rule.id, proposal.candidate.entrant, proposal.candidate.person]
    }

    /// Those whose place, total, award or standing is another than in the results they were conferred on.
    private func changed(_ rows: [HonourRow], in latest: ResultsSnapshot) throws -> [HonourRow] {
        var older: [Digest: ResultsSnapshot] = [:]
        func result(_ row: HonourRow, _ snapshot: ResultsSnapshot?) -> [String?]? {
            let item = snapshot?.items.first { $0.item.code == row.item }
            return item?.rows.first { $0.entrant == row.entrant }.map {
                [$0.rank.map(String.init), $0.total, $0.award, $0.status]
            }
        }
        return try rows.filter { row in
            if older[row.snapshot] == nil { older[row.snapshot] = try publication(row.snapshot) }
            return result(row, older[row.snapshot]) != result(row, latest)
        }
    }
}
