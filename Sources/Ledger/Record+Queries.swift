public import Competition
public import Findings
internal import Foundation
internal import GRDB
public import Seal

/// An appointment as the record has it.
public struct AppointmentRow: Sendable, Hashable {
    /// The role.
    public let role: Role
    /// The name that commands use.
    public let name: String
    /// The person behind it.
    public let person: String
    /// The key.
    public let key: VerifyingKey
    /// The item, where it is of one.
    public let item: String?
    /// The delegation, where it is of one.
    public let delegation: String?
    /// When it ends by itself, in milliseconds since 1970; nil where only a dismissal ends it.
    public let until: Int?
    /// Where in the chain it was made.
    public let position: Int

    init(_ appointment: House.Appointment) {
        role = appointment.role
        name = appointment.name
        person = appointment.person
        key = appointment.key
        item = appointment.item?.text
        delegation = appointment.delegation?.text
        until = appointment.until
        position = appointment.position
    }

    /// Whether it still holds at a moment.
    ///
    /// - Parameter now: the moment, in milliseconds since 1970.
    /// - Returns: whether it has not ended by itself.
    public func isInForce(at now: Int) -> Bool { until.map { now < $0 } ?? true }
}

/// A sheet that stands, as scoring reads it.
public struct SheetRow: Sendable {
    /// Its position in the chain.
    public let position: Int
    /// The entrant.
    public let entrant: EntrantID
    /// The unit of the card.
    public let unit: NodeID
    /// The judge; nil for the panel.
    public let judge: JudgeID?
    /// The attempt, from 1.
    public let attempt: Int
    /// The stored marks.
    public let marks: [Int32]
    /// Whether a second person has confirmed it.
    public let isConfirmed: Bool
    /// Whether it was sent back and awaits another in its place.
    public let isReturned: Bool
    /// The aspects (part.aspect) in which a second entry differs from it.
    public let differs: [String]
    /// The person who entered it.
    public let person: String
}

/// A statement with all that its leaf in the tree is made of.
public struct ChainEntry: Sendable, Hashable {
    /// Its position, from 1.
    public let position: Int
    /// When it was admitted, in milliseconds since 1970.
    public let admittedAt: Int
    /// The leaf of the entry before; nil of the first.
    public let previous: Digest?
    /// The statement.
    public let signed: SignedStatement
}

/// An entrant with the commitments to its members.
public struct EntrantRow: Sendable, Hashable {
    /// The entrant.
    public let entrant: Entrant
    /// The commitments to its members, in the order of registration.
    public let members: [Digest]
    /// Why it does not compete, if it does not.
    public let reason: String?
}

extension Record {
    private func house<Value>(_ body: (House) throws -> Value) throws -> Value {
        try queue.read { db in try body(current(db).0) }
    }

    /// The event and its cards.
    public func catalogue() throws -> Catalogue { try queue.read { db in try current(db).1 } }

    /// Who is appointed, by position.
    public func appointments() throws -> [AppointmentRow] {
        try house { $0.appointments.map(AppointmentRow.init) }
    }

    /// What a key is appointed to, by position; an appointment that has ended by itself is among them.
    public func appointments(of key: VerifyingKey) throws -> [AppointmentRow] {
        try house { house in
            (house.byKey[key] ?? []).map { AppointmentRow(house.appointments[$0]) }
        }
    }

    /// The judges of an item, by name.
    public func judges(of item: ItemID) throws -> [Judge] {
        try house { ($0.judges[item] ?? []).sorted { $0.id < $1.id } }
    }

    /// The entrants of an item, by code.
    public func entrants(of item: ItemID) throws -> [EntrantRow] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM entrant WHERE item = ? ORDER BY id",
                arguments: [item.text]
            ).compactMap { row in
                guard let entrant = try Entrant(row) else { return nil }
                let members = (try row.get("members") as String).split(separator: " ")
                return EntrantRow(
                    entrant: entrant,
                    members: members.compactMap { Digest(hex: $0) },
                    reason: try row.get("reason")
                )
            }
        }
    }

    /// Everyone of an item who is to be marked, by code (by blind number while it is not revealed),
    /// with the names of the judges who may not mark them.
    public func subjects(of item: ItemID) throws -> [(entrant: Entrant, barred: Set<String>)] {
        try queue.read { db in
            let (house, catalogue) = try current(db)
            return house.subjectList(of: item, layers: catalogue.event.blindLayers[item] ?? 0)
        }
    }

    /// The sheets of an item that stand, in the order of their admission.
    public func sheets(of item: ItemID) throws -> [SheetRow] {
        try queue.read { db in
            var sheets: [SheetRow] = []
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT position, entrant, unit, judge, attempt, marks, confirmed_at,
                        returned_at, differs, person
                    FROM sheet WHERE item = ? AND replaced_by IS NULL AND contested = 0
                    ORDER BY position
                    """,
                arguments: [item.text]
            )
            while let row = try rows.next() {
                guard let entrant = EntrantID(try row.get(1) as String),
                    let unit = NodeID(try row.get(2) as String)
                else { continue }
                let marks = (try row.get(5) as Data).withUnsafeBytes(SheetContent.unpacked)
                sheets.append(
                    SheetRow(
                        position: try row.get(0),
                        entrant: entrant,
                        unit: unit,
                        judge: JudgeID(try row.get(3) as String),
                        attempt: try row.get(4),
                        marks: marks,
                        isConfirmed: try row.get(6) as Int? != nil,
                        isReturned: try row.get(7) as Int? != nil,
                        differs: (try row.get(8) as String? ?? "").split(separator: " ")
                            .map(String.init),
                        person: try row.get(9)
                    )
                )
            }
            return sheets
        }
    }

    /// The sheets of an item that were replaced, each with the one that replaced it.
    public func replacedSheets(of item: ItemID) throws -> [(old: SheetRow, new: SheetRow)] {
        try queue.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT old.position, old.entrant, old.unit, old.judge, old.attempt, old.marks,
                        new.position, new.marks
                    FROM sheet old JOIN sheet new ON new.position = old.replaced_by
                    WHERE old.item = ? ORDER BY old.position
                    """,
                arguments: [item.text]
            )
            return try rows.compactMap { row in
                guard let entrant = EntrantID(try row.get(1) as String),
                    let unit = NodeID(try row.get(2) as String)
                else { return nil }
                func sheet(_ position: Int, _ marks: Data) throws -> SheetRow {
                    SheetRow(
                        position: position,
                        entrant: entrant,
                        unit: unit,
                        judge: JudgeID(try row.get(3) as String),
                        attempt: try row.get(4),
                        marks: marks.withUnsafeBytes(SheetContent.unpacked),
                        isConfirmed: true,
                        isReturned: false,
                        differs: [],
                        person: ""
                    )
                }
                return try (
                    sheet(try row.get(0), try row.get(5)), sheet(try row.get(6), try row.get(7))
                )
            }
        }
    }

    /// The names of the sheets of an item that stand and await a second person.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - persons: those whose own sheets are left out.
    /// - Returns: the statements, in the order of admission.
    /// - Throws: what the store throws.
    public func unconfirmedSheets(
        of item: ItemID,
        besides persons: Set<String> = []
    ) throws -> [Digest] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT statement_id, person FROM sheet JOIN entry USING (position)
                    WHERE item = ? AND confirmed_at IS NULL AND replaced_by IS NULL
                    AND contested = 0 AND differs IS NULL AND returned_at IS NULL ORDER BY position
                    """,
                arguments: [item.text]
            ).compactMap { row in
                persons.contains(try row.get("person"))
                    ? nil : Digest(bytes: try row.get("statement_id") as Data)
            }
        }
    }

    /// In which aspects the second entry at a position differs from the first.
    public func differences(at position: Int) throws -> [String] {
        let words = try queue.read { db in
            try String.fetchOne(
                db,
                sql: "SELECT differs FROM reentry WHERE position = ?",
                arguments: [position]
            )
        }
        return (words ?? "").split(separator: " ").map(String.init)
    }

    /// The name of the statement at a position.
    public func statement(at position: Int) throws -> SignedStatement? {
        let row = try queue.read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT statement, signature FROM entry WHERE position = ?",
                arguments: [position]
            )
        }
        guard let row else { return nil }
        return try SignedStatement(
            bytes: Array(row.get("statement") as Data),
            signature: Array(row.get("signature") as Data)
        )
    }

    /// The statements of one kind as they stand in the chain, in the order of their admission.
    ///
    /// - Parameter kind: the kind.
    /// - Returns: the entries.
    /// - Throws: what the store throws.
    public func chain(of kind: StatementKind) throws -> [ChainEntry] {
        let rows = try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT position, admitted_at, statement, signature,
                        (SELECT hash FROM entry AS before
                            WHERE before.position = entry.position - 1) AS previous
                    FROM entry WHERE kind = ? ORDER BY position
                    """,
                arguments: [kind.rawValue]
            )
        }
        return try rows.map { row in
            ChainEntry(
                position: try row.get("position"),
                admittedAt: try row.get("admitted_at"),
                previous: (try row.get("previous") as Data?).flatMap { Digest(bytes: $0) },
                signed: try SignedStatement(
                    bytes: Array(row.get("statement") as Data),
                    signature: Array(row.get("signature") as Data)
                )
            )
        }
    }

    /// All that keeps an item from being published, as the door would say it.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - isFinal: whether its final results are meant.
    ///   - key: whose; nil where nobody's in particular.
    ///   - now: the time, in milliseconds.
    /// - Returns: findings without a place; none where it may be published.
    /// - Throws: what the store throws.
    public func obstacles(
        toPublishing item: ItemID,
        isFinal: Bool,
        by key: VerifyingKey?,
        at now: Int
    ) throws -> [Finding] {
        try queue.read { db in
            let (house, catalogue) = try current(db)
            let persons = house.appointments.filter { $0.key == key }.map(\.person)
            return try Admission(db: db, house: house, catalogue: catalogue, now: now)
                .publicationFaults(item, isFinal: isFinal, by: Set(persons))
        }
    }

    /// What an item still lacks.
    public func progress(of item: ItemID) throws -> Progress {
        try queue.read { db in
            let (house, catalogue) = try current(db)
            return try Progress.of(item, db: db, house: house, catalogue: catalogue)
        }
    }

    /// The document of that hash.
    public func document(_ hash: Digest) throws -> Document? {
        try queue.read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT kind, name, content FROM document WHERE hash = ?",
                arguments: [Data(hash.bytes)]
            ).map { row in
                Document(
                    kind: try row.get("kind"),
                    name: try row.get("name"),
                    content: Array(try row.get("content") as Data)
                )
            }
        }
    }

    /// The documents of a kind, by name.
    public func documents(kind: String) throws -> [Document] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT kind, name, content FROM document WHERE kind = ? ORDER BY name, hash",
                arguments: [kind]
            ).map { row in
                Document(
                    kind: try row.get("kind"),
                    name: try row.get("name"),
                    content: Array(try row.get("content") as Data)
                )
            }
        }
    }

    /// Publications, by position: kind and snapshot.
    public func publications() throws -> [(position: Int, kind: String, snapshot: Digest)] {
        try queue.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM publication ORDER BY position").compactMap {
                row in
                try Digest(bytes: try row.get("snapshot") as Data).map {
                    (try row.get("position"), try row.get("kind"), $0)
                }
            }
        }
    }

    /// The position at which somebody's data were erased last; 0 where nobody's were.
    public func lastErasure() throws -> Int {
        try queue.read { db in
            try Int.fetchOne(db, sql: "SELECT max(position) FROM erased") ?? 0
        }
    }

    /// The personal data behind commitments; those erased are not there.
    public func people(_ commitments: [Digest]) throws -> [Digest: PersonRecord] {
        try queue.read { db in
            var people: [Digest: PersonRecord] = [:]
            let query = try db.cachedStatement(sql: "SELECT * FROM person WHERE commitment = ?")
            for commitment in commitments {
                let row = try Row.fetchOne(query, arguments: [Data(commitment.bytes)])
                if let person = try row.flatMap(PersonRecord.init) { people[commitment] = person }
            }
            return people
        }
    }

    /// How many statements the chain holds.
    public func length() throws -> Int {
        try queue.read { db in try Self.head(db)?.position ?? 0 }
    }
}
