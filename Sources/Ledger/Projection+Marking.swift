internal import Competition
internal import Foundation
internal import GRDB
internal import Seal

extension Projection {
    func sheet(_ entry: Entry, house: inout House) throws {
        guard let sheet = SheetContent(body: entry.body) else { return }
        if let replaces = sheet.replaces {
            let replace = try db.cachedStatement(
                sql: """
                    UPDATE sheet SET replaced_by = ? WHERE replaced_by IS NULL AND position =
                    (SELECT position FROM entry WHERE statement_id = ?)
                    """
            )
            try replace.execute(arguments: [entry.position, Data(replaces.bytes)])
        }
        let key: StatementArguments = [
            sheet.item.text, sheet.entrant.text, sheet.unit.text, sheet.judge?.text ?? "",
            sheet.attempt,
        ]
        // Two sheets for one place come only in bundles: then neither stands before a ruling.
        var isContested = false
        if try isCarried(entry.id) {
            isContested = try contest(key)
            // Marks that change under a lock undo it: the chief judge locked something else.
            if house.state(of: sheet.item) != .open {
                try state(sheet.item.text, .open, entry, &house)
            }
        }
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO sheet (position, item, entrant, unit, judge, attempt, marks, person,
                    contested)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try insert.execute(arguments: [
            entry.position, sheet.item.text, sheet.entrant.text, sheet.unit.text,
            sheet.judge?.text ?? "", sheet.attempt, Data(SheetContent.packed(sheet.marks)),
            person(entry, house), isContested,
        ])
    }

    func isCarried(_ id: Digest) throws -> Bool { try Self.isCarried(id, db) }

    /// Whether a statement came in a bundle.
    static func isCarried(_ id: Digest, _ db: Database) throws -> Bool {
        let query = try db.cachedStatement(sql: "SELECT 1 FROM carried WHERE statement_id = ?")
        return try Int.fetchOne(query, arguments: [Data(id.bytes)]) != nil
    }

    /// Whether other sheets stand for the same place; they are contested from now on.
    private func contest(_ key: StatementArguments) throws -> Bool {
        try db.execute(
            sql: """
                UPDATE sheet SET contested = 1 WHERE item = ? AND entrant = ? AND unit = ?
                AND judge = ? AND attempt = ? AND replaced_by IS NULL
                """,
            arguments: key
        )
        return db.changesCount > 0
    }

    /// The one kept stands alone; the others stay in the chain as replaced by the ruling.
    func settle(_ entry: Entry) throws {
        guard let keep = Digest(hex: entry.text("keep")) else { return }
        try db.execute(
            sql: """
                UPDATE sheet SET replaced_by = ?1, contested = 0
                WHERE replaced_by IS NULL AND contested = 1
                AND position <> (SELECT position FROM entry WHERE statement_id = ?2)
                AND (item, entrant, unit, judge, attempt) =
                    (SELECT item, entrant, unit, judge, attempt FROM sheet WHERE position =
                        (SELECT position FROM entry WHERE statement_id = ?2))
                """,
            arguments: [entry.position, Data(keep.bytes)]
        )
        try db.execute(
            sql: """
                UPDATE sheet SET contested = 0 WHERE position =
                (SELECT position FROM entry WHERE statement_id = ?)
                """,
            arguments: [Data(keep.bytes)]
        )
    }

    func confirm(_ entry: Entry) throws {
        let update = try db.cachedStatement(
            sql: """
                UPDATE sheet SET confirmed_at = ? WHERE confirmed_at IS NULL AND position =
                (SELECT position FROM entry WHERE statement_id = ?)
                """
        )
        for value in entry.body["sheets"]?.array ?? [] {
            guard let id = value.string.flatMap({ Digest(hex: $0) }) else { continue }
            try update.execute(arguments: [entry.position, Data(id.bytes)])
        }
    }

    /// 复录: equal entries confirm the sheet; others leave it unconfirmed, with the aspects that
    /// differ.
    func reentry(_ entry: Entry, house: House) throws {
        guard let again = SheetContent(body: entry.body),
            let row = try StandingSheet.find(again, db)
        else { return }
        let differs = catalogue.map { StandingSheet.differences(row.marks, again, $0) } ?? []
        try db.execute(
            sql: "INSERT INTO reentry VALUES (?, ?, ?, ?)",
            arguments: [
                entry.position, row.position, person(entry, house), differs.joined(separator: " "),
            ]
        )
        try db.execute(
            sql: "UPDATE sheet SET differs = ?, confirmed_at = ? WHERE position = ?",
            arguments: [
                differs.isEmpty ? nil : differs.joined(separator: " "),
                differs.isEmpty ? entry.position : nil, row.position,
            ]
        )
    }

    /// 退回: the sheet is confirmed no more; where another stands by now there is nothing to send back.
    func sendBack(_ entry: Entry, _ house: House) throws {
        guard let sheet = Digest(hex: entry.text("sheet")),
            let position = try Int.fetchOne(
                db,
                sql: """
                    SELECT position FROM sheet JOIN entry USING (position)
                    WHERE statement_id = ? AND replaced_by IS NULL
                    """,
                arguments: [Data(sheet.bytes)]
            )
        else { return }
        try db.execute(
            sql: "UPDATE sheet SET returned_at = ?, confirmed_at = NULL WHERE position = ?",
            arguments: [entry.position, position]
        )
        let aspects = (entry.body["aspects"]?.array ?? []).compactMap(\.string)
        try db.execute(
            sql: "INSERT INTO sent_back VALUES (?, ?, ?, ?, ?)",
            arguments: [
                entry.position, position, aspects.joined(separator: " "), entry.text("reason"),
                person(entry, house),
            ]
        )
    }

    /// A remark, or the answer to one that asks the chief judge.
    func remark(_ entry: Entry, _ house: House) throws {
        let body = entry.body
        let roles = RoleRule.rule(for: .remark)?.roles ?? []
        let author = house.appointments(of: entry.statement.author, as: roles, for: entry.item)
            .first?.name
        let asked: Int? = try body["answers"]?.string.flatMap { Digest(hex: $0) }.flatMap { id in
            try Int.fetchOne(
                db,
                sql: "SELECT position FROM entry WHERE statement_id = ?",
                arguments: [Data(id.bytes)]
            )
        }
        try db.execute(
            sql: "INSERT INTO remark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            arguments: [
                entry.position, entry.text("item"), body["entrant"]?.string, body["unit"]?.string,
                body["judge"]?.string, body["attempt"]?.int, body["aspect"]?.string,
                body["flag"]?.bool ?? false, author ?? "", entry.text("words"), asked,
            ]
        )
        guard let asked else { return }
        try db.execute(
            sql: """
                UPDATE remark SET answered_by = ? WHERE position = ? AND answered_by IS NULL
                """,
            arguments: [entry.position, asked]
        )
    }

    // MARK: Blind numbers

    func draw(_ entry: Entry, house: inout House) throws {
        guard let item = entry.item, let layer = entry.body["layer"]?.int else { return }
        if entry.statement.kind == .commit {
            // A layer that is drawn again takes with it those that were drawn from it.
            for table in ["blind_layer", "blind_number"] {
                try db.execute(
                    sql: "DELETE FROM \(table) WHERE item = ? AND layer >= ?",
                    arguments: [item.text, layer]
                )
            }
            try db.execute(
                sql: "INSERT INTO blind_layer VALUES (?, ?, ?, ?, ?, NULL, NULL)",
                arguments: [
                    entry.position, item.text, layer,
                    Digest(hex: entry.text("commitment")).map { Data($0.bytes) },
                    person(entry, house),
                ]
            )
            try wait(entry, house: &house)
        } else {
            let from = (entry.body["from"]?.array ?? []).compactMap(\.string)
            try db.execute(
                sql: "UPDATE blind_layer SET drawn_from = ? WHERE item = ? AND layer = ?",
                arguments: [from.joined(separator: " "), item.text, layer]
            )
            for value in entry.body["numbers"]?.array ?? [] {
                let barred = (value["barred"]?.array ?? []).compactMap(\.string)
                try db.execute(
                    sql: """
                        INSERT INTO blind_number (number, item, layer, barred, grp, guest, status,
                            contested) VALUES (?, ?, ?, ?, ?, ?, 'competing', 0)
                        """,
                    arguments: [
                        value["number"]?.string, item.text, layer, barred.joined(separator: " "),
                        value["group"]?.string ?? "", value["guest"]?.bool ?? false,
                    ]
                )
            }
        }
        house.blind = [:]
        try house.readDraws(db)
    }

    func witness(_ first: House.Pending, by entry: Entry, house: inout House) throws {
        try db.execute(
            sql: "UPDATE blind_layer SET witness = ? WHERE position = ?",
            arguments: [Data(Digest(of: entry.statement.nonce).bytes), first.position]
        )
        house.blind = [:]
        try house.readDraws(db)
    }

    /// The holder's secret tells whom each number of the layer stands for; with the outermost layer,
    /// everything that named a number names its entrant from then on.
    func reveal(_ first: House.Pending, by entry: Entry, house: inout House) throws {
        guard let item = first.item, let number = first.body["layer"]?.int,
            let layers = house.blind[item]?.layers, layers.indices.contains(number - 1),
            let secret = entry.body["secret"]?.string.flatMap({ [UInt8](hex: $0) }),
            let lot = Lot(secret: secret),
            let sources = layers[number - 1].sources(of: lot)
        else { return }
        for (code, source) in sources {
            try db.execute(
                sql: "UPDATE blind_number SET source = ? WHERE number = ?",
                arguments: [source.text, code.text]
            )
        }
        house.blind = [:]
        try house.readDraws(db)
        guard number == 1 else { return }
        try name(item, layers.count)
        house = try House(db)
    }

    /// Puts the entrants' own codes where their innermost numbers stood.
    private func name(_ item: ItemID, _ depth: Int) throws {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT * FROM blind_number WHERE item = ?",
            arguments: [item.text]
        )
        var source: [String: String] = [:]
        for row in rows { source[try row.get("number")] = try row.get("source") }
        for row in rows where try row.get("layer") as Int == depth {
            let number: String = try row.get("number")
            var code = number
            for _ in 0..<depth { code = source[code] ?? code }
            for table in ["sheet", "penalty", "ordering", "remark"] {
                try db.execute(
                    sql: "UPDATE \(table) SET entrant = ? WHERE item = ? AND entrant = ?",
                    arguments: [code, item.text, number]
                )
            }
            try db.execute(
                sql: "UPDATE penalty SET subject = ? WHERE item = ? AND subject = ?",
                arguments: [code, item.text, number]
            )
            guard try row.get("status_id") as Data? != nil else { continue }
            try db.execute(
                sql: """
                    UPDATE entrant SET status = ?, reason = ?, status_id = ?, contested = ?
                    WHERE id = ?
                    """,
                arguments: [
                    row.get("status") as String, row.get("reason") as String?,
                    row.get("status_id") as Data?,
                    row.get("contested") as Bool, code,
                ]
            )
        }
    }
}

extension BlindItem.Layer {
    /// Whom each number stands for, by the holder's secret; nil before draw and witness.
    func sources(of lot: Lot) -> [EntrantID: EntrantID]? {
        guard let numbers, let witness, drawnFrom.count == numbers.count else { return nil }
        let codes = numbers.keys.sorted()
        let order = lot.order(of: codes.count, witness: witness)
        return Dictionary(
            zip(codes, order).map { ($0, drawnFrom[$1]) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

/// The sheet that stands for a place.
struct StandingSheet {
    let position: Int
    let id: Digest
    let person: String
    let marks: [Int32]
    let isConfirmed: Bool
    let isReturned: Bool

    static func find(_ sheet: SheetContent, _ db: Database) throws -> StandingSheet? {
        let query = try db.cachedStatement(
            sql: """
                SELECT position, statement_id, person, marks, confirmed_at, returned_at
                FROM sheet JOIN entry USING (position)
                WHERE item = ? AND entrant = ? AND unit = ? AND judge = ? AND attempt = ?
                AND replaced_by IS NULL AND contested = 0
                """
        )
        guard
            let row = try Row.fetchOne(
                query,
                arguments: [
                    sheet.item.text, sheet.entrant.text, sheet.unit.text, sheet.judge?.text ?? "",
                    sheet.attempt,
                ]
            ), let id = Digest(bytes: try row.get("statement_id") as Data)
        else { return nil }
        return StandingSheet(
            position: try row.get("position"),
            id: id,
            person: try row.get("person"),
            marks: (try row.get("marks") as Data).withUnsafeBytes(SheetContent.unpacked),
            isConfirmed: try row.get("confirmed_at") as Int? != nil,
            isReturned: try row.get("returned_at") as Int? != nil
        )
    }

    /// The aspects in which two entries of one sheet differ, never by how much.
    static func differences(
        _ marks: [Int32],
        _ again: SheetContent,
        _ catalogue: Catalogue
    ) -> [String] {
        guard let limits = catalogue.units[again.item]?[again.unit] else { return [] }
        let slots = again.judge == nil ? limits.agreed : limits.judged
        return slots.indices.filter { index in
            index >= marks.count || index >= again.marks.count
                || marks[index] != again.marks[index]
        }.map { slots[$0].address }
    }
}
