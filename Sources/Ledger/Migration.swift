internal import Foundation
internal import GRDB
internal import Seal

/// The way from earlier schemas to this one.
///
/// Chain, documents, checkpoints and annex are carried over; the projections are dropped and made anew
/// from the chain. A migration, once released, is never edited.
enum Migration {
    /// Brings a file of an earlier schema to this one.
    static func run(from version: Int, _ db: Database, catalogue: Catalogue) throws {
        if version < 2 { try fromFirst(db) }
        // From 2: sheets may be sent back, and remarks come. From 3: honours state what is open, and
        // sanctions come. From 4: an appointment may end on a day. All are projections.
        try rebuild(db, catalogue: catalogue)
        try db.execute(sql: "PRAGMA user_version = \(Schema.version)")
    }

    /// From 1: entries get their kind as a column; notes and the waiting room come.
    private static func fromFirst(_ db: Database) throws {
        try Schema.dropProjections(db)
        try db.execute(sql: "CREATE TEMP TABLE kept AS SELECT * FROM entry")
        try db.execute(sql: "DROP TABLE entry")
        let documents = try Row.fetchAll(db, sql: "SELECT * FROM document")
        let checkpoints = try Row.fetchAll(db, sql: "SELECT * FROM checkpoint")
        let people = try Row.fetchAll(db, sql: "SELECT * FROM person")
        for table in ["document", "checkpoint", "person"] {
            try db.execute(sql: "DROP TABLE \(table)")
        }
        try Schema.create(db)
        for (table, rows) in [
            ("document", documents), ("checkpoint", checkpoints), ("person", people),
        ] {
            for row in rows {
                let marks = Array(repeating: "?", count: row.count).joined(separator: ", ")
                try db.execute(
                    sql: "INSERT INTO \(table) VALUES (\(marks))",
                    arguments: StatementArguments(row.databaseValues)
                )
            }
        }
        let entries = try Row.fetchCursor(db, sql: "SELECT * FROM kept ORDER BY position")
        while let row = try entries.next() {
            let statement: Data = try row.get("statement")
            guard let kind = try? JSONValue(parsing: statement)["kind"]?.string else {
                throw RecordError.damaged("entry \(try row.get("position") as Int)")
            }
            try db.execute(
                sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    row.get("position") as Int, kind, row.get("statement_id") as Data,
                    row.get("author") as Data, row.get("nonce") as Data, statement,
                    row.get("signature") as Data, row.get("admitted_at") as Int,
                    row.get("hash") as Data,
                ]
            )
        }
        try db.execute(sql: "DROP TABLE kept")
    }

    /// Makes all projections anew from the chain.
    static func rebuild(_ db: Database, catalogue: Catalogue) throws {
        try Schema.dropProjections(db)
        try Schema.createProjections(db)
        var house = House()
        let entries = try Row.fetchCursor(db, sql: "SELECT * FROM entry ORDER BY position")
        while let row = try entries.next() {
            let signed = try SignedStatement(
                bytes: Array(row.get("statement") as Data),
                signature: Array(row.get("signature") as Data)
            )
            try Projection(db: db, catalogue: catalogue).apply(
                Projection.Entry(
                    statement: signed.statement,
                    id: signed.id,
                    position: row.get("position"),
                    admittedAt: row.get("admitted_at")
                ),
                house: &house
            )
        }
    }
}
