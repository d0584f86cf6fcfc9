internal import Competition
internal import Findings
internal import Foundation
public import Ledger
public import Seal

/// What a key may see of the record: the union of what its appointments allow.
///
/// Organisers, arbitration and audit see every statement; who marks sees the own items, a judge none of
/// the other judges' marks, and who opens the blind numbers no marks at all; a delegation's leader sees
/// what is published and no marks; a bureau that and the honours, with sanctions of its own city's people
/// only. Personal data go to organisers, and to a bureau those of its own city, against a signed pull.
public struct Sight: Sendable {
    /// Whether every statement is seen.
    public var isWhole = false
    /// The items whose sheets are seen.
    var items: Set<String> = []
    /// Whether the items are all of the event's.
    var allItems = false
    /// The items of which a judge sees the own sheets, and the panel's.
    var own: [String: Set<String>] = [:]
    /// Whether published snapshots are seen.
    var seesPublished = false
    /// Whether honours are seen.
    var seesHonours = false
    /// The delegations that a leader speaks for.
    var delegations: Set<String> = []
    /// The cities whose people a bureau may have.
    var cities: Set<String> = []
    /// Whether everybody's personal data may be had.
    var everybody = false
    /// Who looks.
    let key: VerifyingKey

    /// Whether personal data may be had at all.
    public var mayPull: Bool { everybody || !cities.isEmpty }

    /// An erasure names commitments only, and every copy has to follow it.
    static let ofEvent: Set<StatementKind> = [
        .genesis, .appoint, .dismiss, .rotate, .revoke, .entrants, .publish, .erase,
    ]
    static let hidden: Set<StatementKind> = [.sheet, .reentry]

    init(_ appointments: [AppointmentRow], key: VerifyingKey) {
        self.key = key
        for appointment in appointments {
            switch appointment.role {
            case .organiser: (isWhole, everybody) = (true, true)
            case .auditor, .arbitration: isWhole = true
            case .supervisor, .chiefJudge, .recorder:
                if let item = appointment.item { items.insert(item) } else { allItems = true }
            case .encryptionJudge:
                if let item = appointment.item { own[item, default: []] = own[item] ?? [] }
            case .judge:
                guard let item = appointment.item else { continue }
                own[item, default: []].insert(appointment.name)
            case .delegationLeader:
                seesPublished = true
                if let delegation = appointment.delegation { delegations.insert(delegation) }
            case .bureau:
                (seesPublished, seesHonours) = (true, true)
                if let city = appointment.delegation { cities.insert(city) }
            case .screen: break
            }
        }
    }

    /// Whether a statement is seen.
    func sees(_ signed: SignedStatement) -> Bool {
        let statement = signed.statement
        if isWhole || statement.author == key { return true }
        if Self.ofEvent.contains(statement.kind) { return true }
        if statement.kind == .pull || statement.kind == .payment { return false }
        if statement.kind == .honour { return seesHonours }
        guard let item = statement.body["item"]?.string else { return false }
        if allItems || items.contains(item) { return true }
        if let names = own[item] {
            guard Self.hidden.contains(statement.kind) else { return true }
            let judge = statement.body["judge"]?.string ?? ""
            return !names.isEmpty && (judge.isEmpty || names.contains(judge))
        }
        // A leader needs to know how an item stands, and what became of the own appeals.
        return !delegations.isEmpty
            && [.lock, .cosign, .reopen, .ruling].contains(statement.kind)
    }
}

/// A pull of personal data (数据调取) as it stands in the record: whom it covers, and until when.
public struct Pull: Sendable {
    /// The cities that are named; nil where a pull names none and covers everybody.
    let cities: Set<String>?
    /// Where it stands: who is registered later needs another.
    let position: Int

    /// Reads admitted pulls.
    ///
    /// - Parameters:
    ///   - statements: the pulls.
    ///   - receipts: theirs.
    public init(_ statements: [SignedStatement], _ receipts: [Receipt]) {
        let named = statements.map { $0.statement.body["city"]?.string }
        cities = named.contains(nil) ? nil : Set(named.compactMap(\.self))
        position = receipts.map(\.position).min() ?? 0
    }

    func covers(_ person: PersonRecord, _ sight: Sight) -> Bool {
        if sight.everybody, cities == nil { return true }
        guard let city = Office.city(of: person)?.code, cities?.contains(city) == true else {
            return false
        }
        return sight.everybody || sight.cities.contains(city)
    }
}

extension Office {
    /// What a key may see; nil where it has no appointment in force.
    public func sight(of key: VerifyingKey) throws -> Sight? {
        let appointments = try record.appointments(of: key).filter { $0.isInForce(at: now()) }
        return appointments.isEmpty ? nil : Sight(appointments, key: key)
    }

    /// The next piece of a key's working copy.
    ///
    /// - Parameters:
    ///   - sight: what the key may see.
    ///   - position: what the copy holds already.
    ///   - pull: with which personal data come, of those registered before it; nil for none.
    ///   - limit: at most so many bytes of statements.
    /// - Returns: the piece.
    /// - Throws: what the store throws.
    public func piece(
        for sight: Sight,
        after position: Int,
        pull: Pull? = nil,
        limit: Int = 4 << 20
    ) throws -> RecordPiece {
        var (entries, reached, length) = try record.entries(after: position, limit: limit) {
            try Self.sees($0, sight, find: $1)
        }
        if let pull {
            reached = min(reached, pull.position)
            entries.removeAll { $0.position > pull.position }
        }
        if !sight.isWhole {
            entries = try entries.filter { try mayBeKnown($0.signed.statement, sight) }
        }
        let documents = try record.documents(
            named: entries.compactMap { Self.document(in: $0.signed.statement, sight) },
            ofEvent: position == 0
        )
        var piece = RecordPiece(
            isWhole: sight.isWhole,
            reached: reached,
            length: length,
            entries: entries,
            documents: documents,
            people: try pull.map { pull in
                try people(registeredBy: entries.map(\.signed.statement)).filter {
                    pull.covers($0, sight)
                }
            } ?? [],
            notes: try record.notes(try words(in: entries.map(\.signed.statement), sight)),
            // A head of the tree can be held against the whole chain only.
            checkpoints: sight.isWhole && reached == length ? try record.checkpoints() : []
        )
        if !sight.cities.isEmpty, !sight.everybody, let (hash, snapshot) = try published() {
            piece.winnersOfNoCity = try winners(city: "", snapshot, hash).unknownCity
        }
        return piece
    }

    /// The document that goes with a statement, but for those of the event: what is published, and for who
    /// sees all, what a ruling sets going.
    private static func document(in statement: Statement, _ sight: Sight) -> Digest? {
        let name: String? =
            switch statement.kind {
            case .publish where sight.isWhole || sight.seesPublished: "snapshot"
            case .ruling where sight.isWhole: "consequences"
            default: nil
            }
        return name.flatMap { statement.body[$0]?.string }.flatMap { Digest(hex: $0) }
    }

    /// Who is under a sanction is for a bureau to know of its own city's people.
    private func mayBeKnown(_ statement: Statement, _ sight: Sight) throws -> Bool {
        guard statement.kind == .honour, statement.author != sight.key,
            ["sanction", "lift"].contains(statement.body["action"]?.string)
        else { return true }
        let persons = Self.commitments(in: statement.body["persons"] ?? .null)
        return try record.people(persons).values.contains { person in
            Self.city(of: person).map { sight.cities.contains($0.code) } ?? false
        }
    }

    /// What somebody signs to have personal data in a working copy: one pull, or one a city.
    ///
    /// - Parameters:
    ///   - sight: what the key may see.
    ///   - count: how many registrations are asked for.
    ///   - key: the organiser's or the bureau's.
    /// - Returns: the statements.
    /// - Throws: what signing throws.
    public func pullsForCopy(
        _ sight: Sight,
        count: Int,
        by key: SigningKey
    ) throws -> [SignedStatement] {
        let members: [JSONValue.Member] = [
            .init("count", .int(count)), .init("position", .int(try record.length())),
            .init("what", "copy"),
        ]
        if sight.everybody { return [try statement(.pull, .object(members), by: key)] }
        return try sight.cities.sorted().map { city in
            var own = members
            own.append(.init("city", .string(city)))
            return try statement(.pull, .object(own), by: key)
        }
    }

    /// A second is seen by who sees what it seconds.
    private static func sees(
        _ signed: SignedStatement,
        _ sight: Sight,
        find: (Digest) throws -> SignedStatement?
    ) throws -> Bool {
        if sight.sees(signed) { return true }
        guard signed.statement.kind == .second,
            let first = signed.statement.body["of"]?.string.flatMap({ Digest(hex: $0) })
        else { return false }
        return try find(first).map(sight.sees) ?? false
    }

    private func people(registeredBy statements: [Statement]) throws -> [PersonRecord] {
        let commitments = statements.filter { $0.kind == .entrants }.flatMap { statement in
            (statement.body["entrants"]?.array ?? []).flatMap { entrant in
                (entrant["members"]?.array ?? []).compactMap {
                    $0.string.flatMap { Digest(hex: $0) }
                }
            }
        }
        return try record.people(commitments).values.sorted { $0.commitment < $1.commitment }
    }

    /// Commitments to the free text that a key may read; penalties and appeals are not for judges.
    private func words(in statements: [Statement], _ sight: Sight) throws -> [Digest] {
        try statements.flatMap { statement -> [Digest] in
            let item = statement.body["item"]?.string ?? ""
            let isOpen =
                sight.isWhole || sight.allItems || sight.items.contains(item)
                || statement.author == sight.key
            guard try isOpen || sight.own[item] != nil && concerns(sight, statement) else {
                return []
            }
            return Self.commitments(in: statement.body)
        }
    }

    /// Whether a statement of a judge's item speaks to that judge: it answers the own question, returns a
    /// sheet that the judge sees, or opens the item again.
    private func concerns(_ sight: Sight, _ statement: Statement) throws -> Bool {
        func named(_ member: String) throws -> SignedStatement? {
            try statement.body[member]?.string.flatMap { Digest(hex: $0) }.flatMap {
                try record.statement($0)
            }
        }
        switch statement.kind {
        case .sheet, .reopen: return true
        case .remark: return try named("answers")?.statement.author == sight.key
        case .sendBack: return try named("sheet").map(sight.sees) ?? false
        default: return false
        }
    }

    private static func commitments(in value: JSONValue) -> [Digest] {
        switch value {
        case .string(let text): text.utf8.count == 64 ? [Digest(hex: text)].compactMap { $0 } : []
        case .array(let values): values.flatMap(commitments)
        case .object(let members): members.flatMap { commitments(in: $0.value) }
        default: []
        }
    }

    /// Begins a working copy.
    ///
    /// - Parameters:
    ///   - path: the new file.
    ///   - piece: the first piece.
    ///   - now: the clock.
    /// - Returns: an office over the copy.
    /// - Throws: a `Refusal` where the piece has no genesis, or is not what it says.
    public static func copy(
        into path: String,
        from piece: RecordPiece,
        now: @escaping @Sendable () -> Int = systemClock
    ) throws -> Office {
        guard let genesis = piece.entries.first?.signed.statement, genesis.kind == .genesis else {
            throw Refusal(
                "copy.form",
                Text("工作副本没有建档陈述", "the working copy has no genesis")
            )
        }
        let reading = try read(piece.documents, genesis.body)
        let record = try Record.copy(into: path, from: piece, catalogue: reading.catalogue)
        return Office(record: record, reading: reading, now: now)
    }
}
