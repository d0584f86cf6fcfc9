public import Competition
internal import Findings
public import Ledger
public import Seal

/// What is entered in the register of violations (违规行为处理登记表).
public struct Violation: Sendable {
    /// The item.
    public var item: ItemID
    /// Whose it was.
    public var offender: Offender
    /// The entrant's code (or blind number), or the judge's or staff member's name in the record.
    public var subject: String
    /// The delegation, where it is known.
    public var delegation: String?
    /// When it happened, in words.
    public var occurredAt: String?
    /// What is done about it.
    public var measure: Measure
    /// The marks taken off the total.
    public var deduction: String?
    /// The part that is void.
    public var voidPart: String?
    /// What happened.
    public var conduct: String

    /// Makes an entry.
    public init(
        item: ItemID,
        offender: Offender = .entrant,
        subject: String,
        measure: Measure,
        conduct: String
    ) {
        self.item = item
        self.offender = offender
        self.subject = subject
        self.measure = measure
        self.conduct = conduct
    }
}

extension Office {
    /// Says something with free text: the text goes to the annex, its commitment to the chain.
    public func say(
        _ kind: StatementKind,
        _ members: [JSONValue.Member],
        _ name: String,
        _ text: String,
        by key: SigningKey,
        documents: [Document] = []
    ) throws -> Receipt {
        let note = NoteRecord(text: text, by: key)
        let body =
            members + [JSONValue.Member(name, .string(text.isEmpty ? "" : note.commitment.hex))]
        let receipts = try record.admit(
            [try statement(kind, .object(body), by: key)],
            documents: documents,
            notes: [note],
            at: now()
        )
        guard let receipt = receipts.first else { throw RecordError.damaged("receipt") }
        return receipt
    }

    /// Enters a violation; what bears on an entrant's result takes effect at once.
    public func enter(_ violation: Violation, by key: SigningKey) throws -> Receipt {
        var members: [JSONValue.Member] = [
            .init("item", .string(violation.item.text)),
            .init("measure", .string(violation.measure.rawValue)),
            .init("offender", .string(violation.offender.rawValue)),
        ]
        let subject = violation.offender == .entrant ? "entrant" : "subject"
        members.append(.init(subject, .string(violation.subject)))
        for (name, value) in [
            ("deduction", violation.deduction), ("delegation", violation.delegation),
            ("occurred_at", violation.occurredAt), ("void_part", violation.voidPart),
        ] {
            if let value { members.append(.init(name, .string(value))) }
        }
        return try say(.penalty, members, "reason", violation.conduct, by: key)
    }

    /// 缺考、弃权、取消成绩: states how an entrant stands.
    public func state(
        _ status: EntrantStatus,
        of entrant: String,
        in item: ItemID,
        reason: String,
        by key: SigningKey
    ) throws -> Receipt {
        try say(
            .standing,
            try standing(status, of: entrant, in: item),
            "reason",
            reason,
            by: key
        )
    }

    /// The members of such a statement but for its reason; it names the one that it takes the place of.
    private func standing(
        _ status: EntrantStatus,
        of entrant: String,
        in item: ItemID
    ) throws -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("entrant", .string(entrant)), .init("item", .string(item.text)),
            .init("status", .string(status.rawValue)),
        ]
        if let last = try EntrantID(entrant).flatMap(record.statusStatement) {
            members.append(.init("replaces", .string(last.hex)))
        }
        return members
    }

    /// Locks an item: exactly the sheets that are here now.
    public func lock(_ item: ItemID, by key: SigningKey) throws -> Receipt {
        try say(
            .lock,
            [
                "item": .string(item.text),
                "sheets": .string(try record.lockDigest(of: item).hex),
            ],
            by: key
        )
    }

    /// 申诉: a delegation leader appeals.
    public func appeal(
        _ item: ItemID,
        _ entrant: String,
        grounds: String,
        by key: SigningKey
    ) throws -> Receipt {
        try say(
            .appeal,
            [.init("entrant", .string(entrant)), .init("item", .string(item.text))],
            "grounds",
            grounds,
            by: key
        )
    }

    /// 删除个人信息: asks that the data of all members of an entrant, and the texts about it, be
    /// erased; a second person must agree.
    public func askErasure(
        of entrant: String,
        in item: ItemID,
        reason: String,
        by key: SigningKey
    ) throws -> Receipt {
        let entries = try everywhere(entrant, in: item)
        let persons = entries.flatMap(\.members).map(\.hex)
        var notes: Set<String> = []
        for entry in entries { notes.formUnion(try record.words(about: entry.entrant)) }
        let known = try record.people(persons.compactMap { Digest(hex: $0) }).values
        notes.formUnion(
            try record.notes(holding: known.flatMap { [$0.name, $0.idNumber ?? ""] })
        )
        return try say(
            .erase,
            [
                .init("notes", .array(notes.sorted().map(JSONValue.string))),
                .init("persons", .array(persons.sorted().map(JSONValue.string))),
            ],
            "reason",
            reason,
            by: key
        )
    }

    /// Where the members of an entrant compete: one person may do so in several items, under a
    /// commitment in each.
    ///
    /// - Parameters:
    ///   - entrant: the entrant's code.
    ///   - item: the entrant's item.
    /// - Returns: every entrant with those of its members that are the same people.
    /// - Throws: a `Refusal` where there is no such entrant.
    func everywhere(
        _ entrant: String,
        in item: ItemID
    ) throws -> [(entrant: EntrantID, members: [Digest])] {
        guard let id = EntrantID(entrant),
            let row = try record.entrants(of: item).first(where: { $0.entrant.id == id })
        else {
            throw Refusal(
                "entrant.unknown",
                Text("\(item.text) 没有选手 \(entrant)", "\(item.text) has no entrant \(entrant)")
            )
        }
        let people = try record.people(row.members)
        let numbers = Set(people.values.compactMap(\.idNumber))
        let own = row.members.filter { people[$0] != nil }
        let others = try entries(ofNumbers: numbers).filter { $0.entrant != id }
        return (own.isEmpty ? [] : [(id, own)]) + others
    }

    /// Where the humans with these ID numbers compete, under which commitments.
    func entries(
        ofNumbers numbers: Set<String>
    ) throws -> [(entrant: EntrantID, members: [Digest])] {
        try catalogue.event.items.flatMap { try record.entrants(of: $0.id) }.compactMap { entry in
            let people = try record.people(entry.members)
            let own = entry.members.filter {
                people[$0]?.idNumber.map(numbers.contains) ?? false
            }
            return own.isEmpty ? nil : (entry.entrant.id, own)
        }
    }

    /// 换钥: puts a new key in the place of an appointment's; the keyring keeps both.
    public func rotate(
        _ name: String,
        by speaker: SigningKey?,
        in ring: inout Keyring
    ) throws -> Receipt {
        guard let old = try record.appointments().first(where: { $0.name == name }) else {
            throw Refusal(
                "rotate.name",
                Text("没有在任的 \(name)", "nobody is appointed as \(name)")
            )
        }
        let author = try speaker ?? ring.key(name)
        let before = ring
        let new = ring.names.contains(name) ? try ring.replace(name) : try ring.make(name)
        let proof = try new.sign(
            Record.rotationProof(event: catalogue.event.id.text, name: name, old: old.key)
        )
        let statement = try statement(
            .rotate,
            [
                "key": .string(new.verifying.hex), "name": .string(name),
                "proof": .string(proof.hex),
            ],
            by: author
        )
        try ring.save()
        do {
            guard let receipt = try record.admit([statement], at: now()).first else {
                throw RecordError.damaged("receipt")
            }
            return receipt
        } catch {
            ring = before
            if let refusal = error as? Refusal,
                refusal.findings.contains(where: { $0.code == "remote.unknown" })
            {
                ring.await(new, as: name)
            }
            try ring.save()
            throw error
        }
    }
}
