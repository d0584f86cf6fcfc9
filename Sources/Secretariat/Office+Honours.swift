internal import Competition
internal import Credentials
internal import Exact
internal import Findings
public import Honours
public import Ledger
internal import Rules
public import Seal
public import Snapshots

extension Office {
    /// What the latest publication brings, rule by rule; from the snapshot's places and the annex.
    public func honourProposals() throws -> [HonourProposal] {
        guard let (_, snapshot) = try published() else {
            throw Refusal(
                "honours.unpublished",
                Text(
                    "成绩尚未发布,荣誉只依据已发布的成绩",
                    "nothing is published yet; honours stand on published results"
                )
            )
        }
        return try honourProposals(snapshot.items)
    }

    /// What results of items bring, rule by rule.
    func honourProposals(_ items: [ItemResult]) throws -> [HonourProposal] {
        var candidates: [HonourCandidate] = []
        for item in items {
            guard let id = ItemID(item.item.code) else { continue }
            let entrants = Dictionary(
                try record.entrants(of: id).map { ($0.entrant.id.text, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            for row in item.rows where row.rank != nil {
                guard let entrant = entrants[row.entrant] else { continue }
                let people = try record.people(entrant.members)
                for member in entrant.members {
                    candidates.append(
                        candidate(item, row, member: member, person: people[member])
                    )
                }
            }
        }
        return honourRules.proposals(candidates)
    }

    private func candidate(
        _ item: ItemResult,
        _ row: ResultRow,
        member: Digest,
        person: PersonRecord?
    ) -> HonourCandidate {
        var facts = Facts()
        facts["rank"] = row.rank.map { .number(Rational($0)) }
        facts["guest"] = .truth(row.status == "guest")
        facts["team_size"] = .number(Rational(item.teamSize))
        facts["entrants"] = .number(Rational(item.rows.filter { $0.status != "guest" }.count))
        // A group that nobody stated is not known to be the workers'.
        if !row.group.isEmpty { facts["group"] = .word(row.group) }
        facts["track"] = .word(item.track)
        if let id = person?.idNumber.flatMap({ try? NationalID($0) }) {
            facts["sex"] = .word(id.isFemale ? "female" : "male")
            facts["birth_date"] = .day(id.birthDate)
        }
        return HonourCandidate(
            item: item.item.code,
            entrant: row.entrant,
            person: member.hex,
            facts: facts
        )
    }

    /// Proposes all honours of the latest publication that are not in the register: titles to be
    /// conferred, and nominations for the bodies that decide.
    ///
    /// A priority is no honour and is only listed.
    public func proposeHonours(by key: SigningKey) throws -> [Receipt] {
        let proposals = try honourProposals()
        guard let (hash, _) = try published() else { return [] }
        let known = Set(try record.honours().map(\.id))
        let statements = try proposals.filter {
            $0.rule.kind != .priority && !known.contains($0.id)
        }.map { proposal in
            try statement(
                .honour,
                [
                    "action": "propose", "entrant": .string(proposal.candidate.entrant),
                    "honour": .string(proposal.id), "item": .string(proposal.candidate.item),
                    "kind": .string(proposal.rule.kind.rawValue),
                    "person": .string(proposal.candidate.person),
                    "rule": .string(proposal.rule.id), "snapshot": .string(hash.hex),
                ],
                by: key
            )
        }
        return try record.admit(statements, at: now())
    }

    /// Confers one honour as a second person, on evidence that the body that decides has given: for
    /// those that are conditional or nominated.
    public func confer(_ honour: String, evidence: String, by key: SigningKey) throws -> Receipt {
        try say(
            .honour,
            ["action": "confer", "honour": .string(honour), "reason": .string(evidence)],
            by: key
        )
    }

    /// Confers, as a second person, every proposed title that stands on the latest publication and
    /// is its kind's to confer without another body.
    public func conferHonours(by key: SigningKey) throws -> [Receipt] {
        let statements = try record.honours().filter {
            $0.state == "proposed" && $0.kind == HonourKind.conferred.rawValue
        }.map { row in
            try statement(.honour, ["action": "confer", "honour": .string(row.id)], by: key)
        }
        return try record.admit(statements, at: now())
    }

    /// Honours in the register that the latest publication no longer carries.
    public func fallenHonours() throws -> [HonourRow] {
        let standing = Set(try honourProposals().map(\.id))
        return try record.honours().filter { $0.state != "revoked" && !standing.contains($0.id) }
    }

    /// The register as it is published.
    public func honoursSnapshot() throws -> HonoursSnapshot {
        guard let (hash, snapshot) = try published() else {
            throw Refusal("honours.unpublished", Text("成绩尚未发布", "nothing is published yet"))
        }
        let rows = try record.honours()
        let people = try record.people(rows.map(\.person))
        let trails = try HonourTrail.all(in: record)
        let fallen = Set(try fallenHonours().map(\.id))
        return HonoursSnapshot(
            event: snapshot.event,
            position: try record.length(),
            results: hash,
            settings: honourRules.settings.map {
                Text("\($0.question.zh):\($0.answer.zh)", "\($0.question.en): \($0.answer.en)")
            },
            entries: rows.map { row in
                HonourEntry(
                    id: row.id,
                    title: honourRules.rule(row.rule)?.title ?? Text(same: row.rule),
                    kind: row.kind,
                    state: row.state,
                    item: row.item,
                    entrant: row.entrant,
                    name: people[row.person]?.name ?? "",
                    credential: trails[row.id]?.conferral.map {
                        HonourClaim.id(conferral: $0.signed.id)
                    },
                    conferredOn: trails[row.id]?.conferral.flatMap {
                        Day(daysSince1970: ($0.admittedAt / 1_000 + 8 * 3_600) / 86_400)
                    }?.description,
                    stands: row.state != "revoked" && !fallen.contains(row.id)
                )
            }
        )
    }
}
