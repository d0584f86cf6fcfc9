public import Competition
internal import Findings
internal import Foundation
internal import GRDB
public import Seal

extension Record {
    /// What does not travel: it is the centre's own, or is about the record that it stands in.
    private static let staying: Set<StatementKind> = [
        .carry, .publish, .honour, .pull, .payment, .erase, .appeal, .ruling,
    ]

    /// The venue whose record this is; nil at the centre.
    public func venue() throws -> String? { try queue.read { db in try current(db).0.venue } }

    /// The statements of items and all that they build on, with the event's documents; no personal
    /// data.
    ///
    /// - Parameter items: the items; all where nil.
    /// - Returns: the bundle.
    /// - Throws: what the store throws.
    public func bundle(of items: [ItemID]?) throws -> VenueBundle {
        try queue.read { db in
            let (house, catalogue) = try current(db)
            let wanted = items.map { Set($0.map(\.text)) }
            var statements: [SignedStatement] = []
            var seconded: Set<String> = []
            var said: Set<String> = []
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT statement, signature FROM entry ORDER BY position"
            )
            while let row = try rows.next() {
                let signed = try SignedStatement(
                    bytes: Array(row.get("statement") as Data),
                    signature: Array(row.get("signature") as Data)
                )
                let statement = signed.statement
                guard !Self.staying.contains(statement.kind) else { continue }
                if statement.kind == .second {
                    guard seconded.contains(statement.body["of"]?.string ?? "") else { continue }
                } else if let item = statement.body["item"]?.string, let wanted,
                    statement.kind != .appoint, !wanted.contains(item)
                {
                    continue
                }
                seconded.insert(signed.id.hex)
                for name in ["reason", "grounds"] {
                    if let text = statement.body[name]?.string { said.insert(text) }
                }
                statements.append(signed)
            }
            let notes = try Row.fetchAll(db, sql: "SELECT * FROM note").compactMap { row in
                let note = NoteRecord(
                    text: try row.get("content"),
                    salt: Array(try row.get("salt") as Data)
                )
                // Free text may name people: it leaves a venue, where it was written, and no other place.
                return house.venue != nil && said.contains(note.commitment.hex) ? note : nil
            }
            return VenueBundle(
                event: catalogue.event.id.text,
                items: (items ?? catalogue.event.items.map(\.id)).map(\.text),
                source: house.venue ?? "",
                documents: try Self.documents(db).filter { $0.kind != "consequences" },
                statements: statements,
                notes: notes
            )
        }
    }

    /// Takes a bundle in by the same door, in whatever order bundles come.
    ///
    /// What can't come in yet, or never may, is held and tried again with every later bundle. Two
    /// different sheets for one place are both taken and neither stands before a ruling.
    ///
    /// - Parameters:
    ///   - bundle: the bundle.
    ///   - now: the clock of the door.
    ///   - sign: signs the statement that brings these statements in.
    /// - Returns: what came in and what is held.
    /// - Throws: a ``Findings/Refusal`` where the bundle is another event's, or a signature is false;
    ///   then nothing was written.
    public func take(
        _ bundle: VenueBundle,
        at now: Int,
        sign: (_ statements: [Digest]) throws -> SignedStatement
    ) throws -> BundleReport {
        try mustBeWritable()
        guard upstream == nil else {
            throw Refusal(
                "bundle.remote",
                Text(
                    "转运包须在总档案所在的机器上转入",
                    "a bundle is taken in on the machine where the record lies"
                )
            )
        }
        let genuine = Self.verified(bundle.statements)
        guard genuine.allSatisfy({ $0 }) else {
            throw Refusal(
                "statement.signature",
                Text("转运包中有签名不成立的陈述", "a signature in the bundle is not its author's")
            )
        }
        return try queue.write { db in
            let (house, catalogue) = try current(db)
            guard bundle.event == catalogue.event.id.text else {
                throw Refusal(
                    "bundle.event",
                    Text("转运包属于另一赛事", "the bundle is of another event")
                )
            }
            // Another record of an event of the same name is another record.
            if let genesis = bundle.statements.first(where: { $0.statement.kind == .genesis }),
                try Self.receipt(of: genesis.id, db) == nil
            {
                throw Refusal(
                    "bundle.record",
                    Text(
                        "转运包出自另一份档案(建档陈述不同)",
                        "the bundle is of another record (its genesis is another)"
                    )
                )
            }
            var waiting = try Self.heldStatements(db)
            let known = Set(waiting.map(\.id))
            var repeats = 0
            for signed in bundle.statements where !Self.staying.contains(signed.statement.kind) {
                if try Self.receipt(of: signed.id, db) != nil {
                    repeats += 1
                } else if !known.contains(signed.id) {
                    waiting.append(signed)
                }
            }
            for note in bundle.notes { try note.insert(db) }
            let trial = try Self.trial(waiting, db, house, catalogue, now)
            var receipts: [Receipt] = []
            if !trial.order.isEmpty {
                var house = house
                var door = Door(db: db, catalogue: catalogue, previous: try Self.head(db), now: now)
                let carry = try sign(trial.order.map(\.id))
                for signed in [carry] + trial.order {
                    switch try door.admit(signed, genuine: true, house: &house) {
                    case .admitted(let receipt): receipts.append(receipt)
                    case .refused(let faults): throw Refusal(faults)
                    }
                    door.isCarried = true
                }
                try keep(house, db)
            }
            try Self.hold(trial, receipts, db, now)
            return BundleReport(
                receipts: Array(receipts.dropFirst()),
                repeats: repeats,
                held: try Self.held(db)
            )
        }
    }

    private struct Trial {
        var order: [SignedStatement] = []
        var held: [(SignedStatement, [Finding])] = []
    }

    /// Tries again and again until nothing more can come in, and takes it all back: the statement
    /// that brings them in must name them first.
    private static func trial(
        _ waiting: [SignedStatement],
        _ db: Database,
        _ house: House,
        _ catalogue: Catalogue,
        _ now: Int
    ) throws -> Trial {
        var trial = Trial()
        guard !waiting.isEmpty else { return trial }
        var rest = waiting
        try db.inSavepoint {
            for signed in waiting {
                try db.execute(
                    sql: "INSERT OR IGNORE INTO carried VALUES (?, 0)",
                    arguments: [Data(signed.id.bytes)]
                )
            }
            var house = house
            var door = Door(
                db: db,
                catalogue: catalogue,
                previous: try head(db),
                now: now,
                isCarried: true
            )
            var isMoving = true
            while isMoving {
                isMoving = false
                trial.held = []
                for signed in rest {
                    switch try door.admit(signed, genuine: true, house: &house) {
                    case .admitted:
                        trial.order.append(signed)
                        isMoving = true
                    case .refused(let faults): trial.held.append((signed, faults))
                    }
                }
                rest = trial.held.map(\.0)
            }
            return .rollback
        }
        return trial
    }

    private static func hold(
        _ trial: Trial,
        _ receipts: [Receipt],
        _ db: Database,
        _ now: Int
    ) throws {
        for receipt in receipts {
            try db.execute(
                sql: "DELETE FROM held WHERE statement_id = ?",
                arguments: [Data(receipt.statement.bytes)]
            )
        }
        for (signed, faults) in trial.held {
            let why: JSONValue = [
                "en": .string(faults.map(\.message.en).joined(separator: "; ")),
                "zh": .string(faults.map(\.message.zh).joined(separator: ";")),
            ]
            try db.execute(
                sql: """
                    INSERT INTO held VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (statement_id) DO UPDATE SET why = excluded.why
                    """,
                arguments: [
                    Data(signed.id.bytes), Data(signed.bytes), Data(signed.signature),
                    why.canonicalText, now,
                ]
            )
        }
    }

    private static func heldStatements(_ db: Database) throws -> [SignedStatement] {
        try Row.fetchAll(db, sql: "SELECT * FROM held ORDER BY held_at, statement_id").map { row in
            try SignedStatement(
                bytes: Array(row.get("statement") as Data),
                signature: Array(row.get("signature") as Data)
            )
        }
    }

    private static func held(_ db: Database) throws -> [HeldStatement] {
        try Row.fetchAll(db, sql: "SELECT * FROM held ORDER BY held_at, statement_id").compactMap {
            row in
            let signed = try SignedStatement(
                bytes: Array(row.get("statement") as Data),
                signature: Array(row.get("signature") as Data)
            )
            let why = try? JSONValue(parsing: row.get("why") as String)
            return HeldStatement(
                id: signed.id,
                kind: signed.statement.kind,
                item: signed.statement.body["item"]?.string ?? "",
                why: Text(why?["zh"]?.string ?? "", why?["en"]?.string ?? "")
            )
        }
    }

    /// What came in bundles and is held, the oldest first.
    public func held() throws -> [HeldStatement] { try queue.read(Self.held) }

    /// The sheets of an item of which several stand for one place.
    public func contested(of item: ItemID) throws -> [ContestedSheet] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT sheet.*, statement_id, admitted_at FROM sheet JOIN entry USING (position)
                    WHERE item = ? AND contested = 1 AND replaced_by IS NULL
                    ORDER BY entrant, unit, judge, attempt, statement_id
                    """,
                arguments: [item.text]
            ).compactMap { row in
                guard let id = Digest(bytes: try row.get("statement_id") as Data) else {
                    return nil
                }
                let judge = try row.get("judge") as String
                let words = [
                    try row.get("entrant") as String, try row.get("unit"),
                    judge.isEmpty ? "panel" : judge,
                ]
                return ContestedSheet(
                    id: id,
                    place: words.joined(separator: "/") + "/\(try row.get("attempt") as Int)",
                    person: try row.get("person"),
                    admittedAt: try row.get("admitted_at")
                )
            }
        }
    }

    /// What a lock of an item would lock: the digest of the names of its sheets.
    public func lockDigest(of item: ItemID) throws -> Digest {
        try queue.read { db in try Self.lockDigest(of: item, db) }
    }
}
