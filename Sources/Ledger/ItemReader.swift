public import Competition
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// Reads of one item what counting needs, all at one moment of the record.
public struct ItemReader {
    let db: Database
    let house: House
    let layers: Int
    /// The item.
    public let item: ItemID

    /// A sheet as it lies in the store, valid only while it is looked at.
    public struct StoredSheet {
        /// The unit.
        public let unit: String
        /// The entrant.
        public let entrant: String
        /// The judge; empty for the panel's sheet.
        public let judge: String
        /// The attempt, from 1.
        public let attempt: Int
        /// The marks, packed.
        public let marks: UnsafeRawBufferPointer
    }

    /// A penalty on an entrant.
    public struct Penalty: Sendable {
        /// The entrant.
        public let entrant: EntrantID
        /// The marks taken off, as text.
        public let deduction: String
        /// The part that counts as 0, if any.
        public let voidPart: String?
    }

    /// The judges of the item.
    public var judges: [Judge] { (house.judges[item] ?? []).sorted { $0.id < $1.id } }

    /// Those who compete, by code; by blind number while the item is not revealed.
    public func competitors() throws -> [Entrant] {
        if layers > 0, case .numbers(let numbers) = house.subjects(of: item, layers: layers) {
            return numbers.values.map(\.entrant).sorted { $0.id < $1.id }
        }
        var entrants: [Entrant] = []
        let statement = try db.cachedStatement(
            sql: "SELECT id, delegation, grp, guest, status FROM entrant WHERE item = ? ORDER BY id"
        )
        let rows = try Row.fetchCursor(statement, arguments: [item.text])
        while let row = try rows.next() {
            if let entrant = try Entrant(row, of: item) { entrants.append(entrant) }
        }
        return entrants
    }

    /// Marks taken off and parts voided.
    public func penalties() throws -> [Penalty] {
        let statement = try db.cachedStatement(
            sql:
                """
                SELECT entrant, deduction, void_part FROM penalty
                WHERE item = ? AND entrant IS NOT NULL ORDER BY position
                """
        )
        return try Row.fetchAll(statement, arguments: [item.text]).compactMap { row in
            try EntrantID(try row.get(0) as String).map {
                Penalty(entrant: $0, deduction: try row.get(1), voidPart: try row.get(2))
            }
        }
    }

    /// The chief judge's orders among level entrants.
    public func orderings() throws -> [EntrantID: Int] {
        let statement = try db.cachedStatement(
            sql: "SELECT entrant, place FROM ordering WHERE item = ?"
        )
        var order: [EntrantID: Int] = [:]
        for row in try Row.fetchAll(statement, arguments: [item.text]) {
            if let id = EntrantID(try row.get(0) as String) { order[id] = try row.get(1) }
        }
        return order
    }

    /// The judges on whose sheets the item's marks stand, whether they are appointed still or not.
    public func sheetJudges() throws -> [JudgeID] {
        try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT judge FROM sheet
                WHERE item = ? AND judge <> '' AND replaced_by IS NULL AND contested = 0
                """,
            arguments: [item.text]
        ).compactMap { JudgeID($0) }
    }

    /// Looks at the sheets that stand, one by one, as they lie in the store.
    public func eachSheet(_ body: (StoredSheet) throws -> Void) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT unit, entrant, judge, attempt, marks
                FROM sheet WHERE item = ? AND replaced_by IS NULL AND contested = 0
                """
        )
        // The library's rows cost more than the marks they hold: this is the one bulk path.
        try withExtendedLifetime(statement) {
            let handle = statement.sqliteStatement
            defer {
                sqlite3_reset(handle)
                sqlite3_clear_bindings(handle)
            }
            // -1: SQLite takes a copy of the name.
            let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            sqlite3_bind_text(handle, 1, item.text, -1, copied)
            func text(_ column: Int32) -> String {
                sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
            }
            while true {
                let step = sqlite3_step(handle)
                guard step == SQLITE_ROW else {
                    guard step == SQLITE_DONE else {
                        throw RecordError.damaged("sheet \(item.text) (SQLite \(step))")
                    }
                    return
                }
                try body(
                    StoredSheet(
                        unit: text(0),
                        entrant: text(1),
                        judge: text(2),
                        attempt: Int(sqlite3_column_int64(handle, 3)),
                        marks: UnsafeRawBufferPointer(
                            start: sqlite3_column_blob(handle, 4),
                            count: Int(sqlite3_column_bytes(handle, 4))
                        )
                    )
                )
            }
        }
    }
}

/// Who is appointed at some moment.
public struct Appointed: Sendable {
    let house: House
    let layers: [ItemID: Int]
}

extension Record {
    /// Reads of an item what counting needs, all at one moment.
    public func reading<Value>(
        _ item: ItemID,
        _ body: (ItemReader) throws -> Value
    ) throws -> Value {
        try queue.read { db in
            let (house, catalogue) = try current(db)
            let layers = catalogue.event.blindLayers[item] ?? 0
            return try body(ItemReader(db: db, house: house, layers: layers, item: item))
        }
    }

    /// Who is appointed, as of now: what a second connection can't know by itself.
    public func appointed() throws -> Appointed {
        let (house, catalogue) = try queue.read(current)
        return Appointed(house: house, layers: catalogue.event.blindLayers)
    }

    /// The same over a second connection, so that two threads need not wait for each other.
    public func reading<Value>(
        _ item: ItemID,
        beside appointed: Appointed,
        _ body: (ItemReader) throws -> Value
    ) throws -> Value {
        try secondReader().read { db in
            try body(
                ItemReader(
                    db: db,
                    house: appointed.house,
                    layers: appointed.layers[item] ?? 0,
                    item: item
                )
            )
        }
    }
}
