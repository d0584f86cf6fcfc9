internal import Competition
internal import Findings
internal import Foundation
public import Ledger
public import Seal

/// What a key may see of the record: the union of what its appointments allow.
///
/// Organisers, arbitration and audit see every statement; who marks sees the own items, a judge none of
/// the other judges' marks; a delegation's leader sees no marks; a bureau sees what is published and
/// the honours. Personal data go to organisers, and to a bureau those of its own city, against a
/// signed pull.
public struct Sight: Sendable {
    /// Whether every statement is seen.
    public var isWhole = false
    /// The items whose sheets are seen.
    var items: Set<String> = []
    /// Whether the items are all of the event's.
    var allItems = false
    /// The items of which a judge sees the own sheets, and the panel's.
    var own: [String: Set<String>] = [:]
    /// Whether publications and honours are seen.
    var sawPublished = false
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

    static let ofEvent: Set<StatementKind> = [
        .genesis, .appoint, .dismiss, .rotate, .revoke, .entrants,
    ]
    static let afterwards: Set<StatementKind> = [.publish, .honour]
    static let hidden: Set<StatementKind> = [.sheet, .reentry]

    init(_ appointments: [AppointmentRow], key: VerifyingKey) {
        self.key = key
        for appointment in appointments {
            switch appointment.role {
            case .organiser: (isWhole, everybody) = (true, true)
            case .auditor, .arbitration: isWhole = true
            case .supervisor, .chiefJudge, .recorder:
                if let item = appointment.item { items.insert(item) } else { allItems = true }
            case .encryptionJudge, .judge:
                guard let item = appointment.item else { continue }
                own[item, default: []].insert(appointment.name)
            case .delegationLeader:
                sawPublished = true
                if let delegation = appointment.delegation { delegations.insert(delegation) }
            case .bureau:
                sawPublished = true
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
        if Self.afterwards.contains(statement.kind) {
            return sawPublished || statement.kind == .publish
        }
        guard let item = statement.body["item"]?.string else { return false }
        if allItems || items.contains(item) { return true }
        if let names = own[item] {
            guard Self.hidden.contains(statement.kind) else { return true }
            let judge = statement.body["judge"]?.string ?? ""
            return judge.isEmpty || names.contains(judge)
        }
        // A leader needs to know how an item stands, and what became of the own appeals.
        return !delegations.isEmpty
            && [.lock, .cosign, .reopen, .ruling].contains(statement.kind)
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
    ///   - withPeople: whether personal data come with it; a pull must have been said.
    ///   - limit: at most so many bytes of statements.
    /// - Returns: the piece.
    /// - Throws: what the store throws.
    public func piece(
        for sight: Sight,
        after position: Int,
        withPeople: Bool,
        limit: Int = 4 << 20
    ) throws -> RecordPiece {
        let (entries, reached, length) = try record.entries(after: position, limit: limit) {
            try Self.sees($0, sight, find: $1)
        }
        let snapshots = entries.filter {
            $0.signed.statement.kind == .publish && (sight.isWhole || sight.sawPublished)
        }.compactMap { $0.signed.statement.body["snapshot"]?.string.flatMap { Digest(hex: $0) } }
        let documents =
            position == 0 || !snapshots.isEmpty
            ? try record.documents(withSnapshots: snapshots) : []
        return RecordPiece(
            isWhole: sight.isWhole,
            reached: reached,
            length: length,
            entries: entries,
            documents: documents,
            people: withPeople
                ? try people(for: sight, registeredBy: entries.map(\.signed.statement)) : [],
            notes: try record.notes(words(in: entries.map(\.signed.statement), sight)),
            // A head of the tree can be held against the whole chain only.
            checkpoints: sight.isWhole && reached == length ? try record.checkpoints() : []
        )
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

    /// The personal data that a key may have of those whom statements register.
    public func people(
        for sight: Sight,
        registeredBy statements: [Statement]
    ) throws -> [PersonRecord] {
        guard sight.everybody || !sight.cities.isEmpty else { return [] }
        let commitments = statements.filter { $0.kind == .entrants }.flatMap { statement in
            (statement.body["entrants"]?.array ?? []).flatMap { entrant in
                (entrant["members"]?.array ?? []).compactMap {
                    $0.string.flatMap { Digest(hex: $0) }
                }
            }
        }
        return try record.people(commitments).values.filter { person in
            sight.everybody || Self.city(of: person).map { sight.cities.contains($0.code) } ?? false
        }.sorted { $0.commitment < $1.commitment }
    }

    /// Commitments to free text in what is said at the desk; penalties and appeals are not for judges.
    private func words(in statements: [Statement], _ sight: Sight) -> [Digest] {
        statements.flatMap { statement -> [Digest] in
            let item = statement.body["item"]?.string ?? ""
            let isDesk = [.sendBack, .remark, .sheet, .reopen].contains(statement.kind)
            guard
                sight.isWhole || sight.allItems || sight.items.contains(item)
                    || (isDesk && sight.own[item] != nil) || statement.author == sight.key
            else { return [] }
            return Self.commitments(in: statement.body)
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
