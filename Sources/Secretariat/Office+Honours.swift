internal import Scoring
public import Competition
internal import Credentials
internal import Exact
public import Findings
internal import Honours
public import Ledger
internal import Rules
public import Seal
public import Snapshots

/// What a bulk conferral came to.
public struct HonourConferral: Sendable {
    /// The receipts of those that were conferred.
    public let receipts: [Receipt]
    /// Those that were left, which are to be conferred one by one, or not at all.
    public let left: [HonourRow]
}

extension Office {
    /// Proposes all honours of the latest publication that are not in the register: titles and levels to
    /// be conferred, and nominations for the bodies that decide.
    ///
    /// A priority is no honour and is only listed; who is under a sanction is proposed for nothing.
    ///
    /// - Parameter key: the organiser's.
    /// - Returns: the receipts.
    /// - Throws: as ``honourProposals()``, or with what the door refuses.
    public func proposeHonours(by key: SigningKey) throws -> [Receipt] {
        let (hash, _) = try publishedForHonours()
        let statements = try reviewHonours().risen.filter { $0.candidate.sanction == nil }.map {
            try statement(.honour, .object(Self.members($0, $0.id, on: hash)), by: key)
        }
        return try record.admit(statements, at: now())
    }

    private static func members(
        _ proposal: HonourProposal,
        _ id: String,
        on snapshot: Digest
    ) -> [JSONValue.Member] {
        let candidate = proposal.candidate
        var members: [JSONValue.Member] = [
            .init("action", "propose"), .init("entrant", .string(candidate.entrant)),
            .init("honour", .string(id)), .init("item", .string(candidate.item)),
            .init("kind", .string(proposal.rule.kind.rawValue)),
            .init("missing", .array(proposal.missing.map(JSONValue.string))),
            .init("person", .string(candidate.person)),
            .init("rule", .string(proposal.rule.id)), .init("snapshot", .string(snapshot.hex)),
        ]
        if let level = proposal.level {
            members.append(.init("level", .string(level.rawValue)))
        }
        return members
    }

    /// 换发: proposes an honour anew that was revoked, declined, or conferred on a result that has changed
    /// since; the earlier one is superseded when the new one is conferred.
    ///
    /// - Parameters:
    ///   - honour: the earlier honour's number.
    ///   - reason: why.
    ///   - key: the organiser's.
    /// - Returns: the receipt, and the new honour's number.
    /// - Throws: a `Refusal` where the results do not carry it, or with what the door refuses.
    public func reissueHonour(
        _ honour: String,
        reason: String,
        by key: SigningKey
    ) throws -> (receipt: Receipt, honour: String) {
        let (hash, _) = try publishedForHonours()
        let row = try self.honour(honour)
        let proposal = try standing(row)
        let ids = Set(try record.honours().map(\.id))
        let numbers = (2...).lazy.map { "\(proposal.id)/\($0)" }
        guard let id = numbers.first(where: { !ids.contains($0) }) else {
            throw RecordError.damaged("honour")
        }
        let members = Self.members(proposal, id, on: hash)
        let replaces = JSONValue.Member("replaces", .string(row.id))
        return (try say(.honour, members + [replaces], "reason", reason, by: key), id)
    }

    /// An honour of the register.
    ///
    /// - Parameter id: its number.
    /// - Returns: its row.
    /// - Throws: a `Refusal` where there is none.
    public func honour(_ id: String) throws -> HonourRow {
        guard let row = try record.honours().first(where: { $0.id == id }) else {
            throw Refusal([Self.unknown(id)])
        }
        return row
    }

    /// The proposal by which the latest results carry an honour.
    private func standing(_ row: HonourRow) throws -> HonourProposal {
        guard
            let proposal = try honourProposals().first(where: { Self.key($0) == Self.key(row) })
        else {
            throw Refusal(
                "honour.fallen",
                Text(
                    "最新发布的成绩不再支持荣誉 \(row.id)",
                    "the results that were published last no longer carry honour \(row.id)"
                )
            )
        }
        return proposal
    }

    /// Confers one honour as a second person, with what shows each condition that was open and, where
    /// another body decides, its name.
    ///
    /// - Parameters:
    ///   - honour: the honour's number.
    ///   - evidence: what shows each open condition, by fact.
    ///   - decidedBy: the body that decided.
    ///   - level: of a promotion whose level was open when it was proposed, the level that is granted.
    ///   - reason: its reason, or the number of its decision.
    ///   - key: the organiser's.
    /// - Returns: the receipt.
    /// - Throws: a `Refusal` where the results no longer carry it or the rule can't bring the level, or
    ///   with what the door refuses.
    public func confer(
        _ honour: String,
        evidence: [String: String] = [:],
        decidedBy: String? = nil,
        level: SkillLevel? = nil,
        reason: String? = nil,
        by key: SigningKey
    ) throws -> Receipt {
        let row = try self.honour(honour)
        let promotion = try standing(row).rule.promotion
        if let level { try Self.check(level, promotion, isOpen: row.level == nil) }
        let (hash, _) = try publishedForHonours()
        var members = Self.members(conferring: row, on: hash)
        var notes: [NoteRecord] = []
        func commitment(_ text: String) -> JSONValue {
            notes.append(NoteRecord(text: text, by: key))
            return .string(notes[notes.count - 1].commitment.hex)
        }
        if !evidence.isEmpty {
            let shown = evidence.sorted { $0.key < $1.key }.map {
                JSONValue.Member($0.key, commitment($0.value))
            }
            members.append(.init("evidence", .object(shown)))
        }
        if let decidedBy { members.append(.init("decided_by", .string(decidedBy))) }
        if let level { members.append(.init("level", .string(level.rawValue))) }
        if let reason { members.append(.init("reason", commitment(reason))) }
        let receipts = try record.admit(
            [try statement(.honour, .object(members), by: key)],
            notes: notes,
            at: now()
        )
        guard let receipt = receipts.first else { throw RecordError.damaged("receipt") }
        return receipt
    }

    private static func check(
        _ level: SkillLevel,
        _ promotion: Promotion?,
        isOpen: Bool
    ) throws(Refusal) {
        guard let promotion, isOpen, (promotion.level...promotion.highest).contains(level) else {
            let range = promotion.map { "\($0.level.rawValue)–\($0.highest.rawValue)" } ?? "–"
            throw Refusal(
                "honour.level",
                Text(
                    "不能授予等级 \(level.rawValue):此规则可授予 \(range),且只在提出时等级未定的才另写",
                    "the level \(level.rawValue) can't be granted: the rule brings \(range), and a level is stated only where it was open"
                )
            )
        }
    }

    private static func members(conferring row: HonourRow, on hash: Digest) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("action", "confer"), .init("honour", .string(row.id)),
            .init("snapshot", .string(hash.hex)),
        ]
        if let replaced = row.replaces { members.append(.init("supersedes", .string(replaced))) }
        return members
    }

    /// Confers, as a second person, every proposed honour that the latest publication carries and that
    /// asks for nothing more: no open condition, no other body.
    ///
    /// - Parameter key: the organiser's.
    /// - Returns: what was conferred, and what was left.
    /// - Throws: as ``honourProposals()``, or with what the door refuses.
    public func conferHonours(by key: SigningKey) throws -> HonourConferral {
        let (hash, _) = try publishedForHonours()
        let review = try reviewHonours()
        let ready = review.proposals.filter { proposal, row in
            proposal.holds && row?.state == "proposed" && row?.missing?.isEmpty ?? true
                && [.conferred, .promotion, .conditional].contains(proposal.rule.kind)
        }.compactMap(\.row)
        let statements = try ready.map { row in
            try statement(.honour, .object(Self.members(conferring: row, on: hash)), by: key)
        }
        let names = Set(ready.map(\.id))
        return HonourConferral(
            receipts: try record.admit(statements, at: now()),
            left: try record.honours().filter { $0.isOpen && !names.contains($0.id) }
        )
    }

    /// Notes that the body that decides has said no; the honour stays in the register as declined.
    ///
    /// - Parameters:
    ///   - honour: the honour's number.
    ///   - decidedBy: the body that decided.
    ///   - reason: its reason.
    ///   - key: the organiser's.
    /// - Returns: the receipt.
    /// - Throws: what the door refuses.
    public func decline(
        _ honour: String,
        decidedBy: String,
        reason: String,
        by key: SigningKey
    ) throws -> Receipt {
        try say(
            .honour,
            [
                .init("action", "decline"), .init("decided_by", .string(decidedBy)),
                .init("honour", .string(honour)),
            ],
            "reason",
            reason,
            by: key
        )
    }

    /// Revokes an honour; it stays in the register as revoked.
    ///
    /// - Parameters:
    ///   - honour: the honour's number.
    ///   - reason: why.
    ///   - key: the organiser's.
    /// - Returns: the receipt.
    /// - Throws: what the door refuses.
    public func revokeHonour(
        _ honour: String,
        reason: String,
        by key: SigningKey
    ) throws -> Receipt {
        try say(
            .honour,
            [.init("action", "revoke"), .init("honour", .string(honour))],
            "reason",
            reason,
            by: key
        )
    }

    /// The register as it is published.
    ///
    /// - Returns: every honour with its state, and the points that the source leaves open.
    /// - Throws: a `Refusal` where nothing is published.
    public func honoursSnapshot() throws -> HonoursSnapshot {
        let (hash, snapshot) = try publishedForHonours()
        let rows = try record.honours()
        let people = try record.people(rows.map(\.person))
        let trails = try HonourTrail.all(in: record)
        let fallen = Set(try reviewHonours().fallen.map(\.id))
        return HonoursSnapshot(
            event: snapshot.event,
            position: try record.length(),
            results: hash,
            settings: honourRules.settings.map { setting in
                let (question, answer) = (setting.question, setting.answer)
                let zh = question.zh.hasSuffix("。") ? question.zh : question.zh + ":"
                let en = question.en.hasSuffix(".") ? question.en : question.en + ":"
                return Text(zh + answer.zh, en + " " + answer.en)
            },
            entries: rows.map { row in
                HonourEntry(
                    id: row.id,
                    title: title(of: row),
                    kind: row.kind,
                    state: row.state,
                    item: row.item,
                    entrant: row.entrant,
                    name: people[row.person]?.name ?? "",
                    credential: trails[row.id]?.conferral.map {
                        HonourClaim.id(conferral: $0.signed.id)
                    },
                    conferredOn: trails[row.id]?.conferral.flatMap {
                        Day(inChinaAt: $0.admittedAt)
                    }?.description,
                    stands: (row.isOpen || row.state == "conferred") && !fallen.contains(row.id)
                )
            }
        )
    }

    /// What an honour of the register is called.
    ///
    /// - Parameter row: the honour.
    /// - Returns: its title, with the level of a promotion; its code where the rules do not have it.
    public func title(of row: HonourRow) -> Text {
        honourRules.rule(row.rule)?.title(level: row.level.flatMap { SkillLevel(rawValue: $0) })
            ?? Text(same: row.rule)
    }
}
