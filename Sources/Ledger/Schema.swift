internal import GRDB

/// The tables.
///
/// A migration, once released, is never edited.
enum Schema {
    /// What this program reads and writes; a file of a later version is refused.
    static let version = 1

    /// Marks the file as Laurel's own (`Laur`).
    static let applicationID: Int32 = 0x4C61_7572

    static func create(_ db: Database) throws {
        try db.execute(sql: chain)
        try createProjections(db)
        try db.execute(sql: annex)
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// Everything that can be dropped and made again from the chain.
    static func createProjections(_ db: Database) throws { try db.execute(sql: projections) }

    private static let chain = """
        CREATE TABLE entry (
            position INTEGER PRIMARY KEY,
            statement_id BLOB NOT NULL UNIQUE,
            author BLOB NOT NULL,
            nonce BLOB NOT NULL,
            statement BLOB NOT NULL,
            signature BLOB NOT NULL,
            admitted_at INTEGER NOT NULL,
            hash BLOB NOT NULL,
            UNIQUE (author, nonce)
        ) STRICT;
        CREATE TABLE document (
            hash BLOB PRIMARY KEY,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE checkpoint (
            position INTEGER PRIMARY KEY,
            note TEXT NOT NULL
        ) STRICT;
        """

    /// Personal data: opened by the salts it holds, erasable, no part of the chain.
    private static let annex = """
        CREATE TABLE person (
            commitment BLOB PRIMARY KEY,
            salt BLOB NOT NULL,
            content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    static let projectionTables = [
        "appointment", "entrant", "item_state", "sheet", "penalty", "ordering", "appeal",
        "publication", "honour", "payment",
    ]

    private static let projections = """
        CREATE TABLE appointment (
            position INTEGER PRIMARY KEY,
            key BLOB NOT NULL,
            role TEXT NOT NULL,
            name TEXT NOT NULL,
            person TEXT NOT NULL,
            item TEXT,
            delegation TEXT,
            ended_at INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX appointment_name ON appointment (name) WHERE ended_at IS NULL;
        CREATE TABLE entrant (
            id TEXT PRIMARY KEY,
            item TEXT NOT NULL,
            delegation TEXT NOT NULL,
            grp TEXT NOT NULL,
            guest INTEGER NOT NULL,
            members TEXT NOT NULL,
            status TEXT NOT NULL,
            reason TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX entrant_item ON entrant (item);
        CREATE TABLE item_state (
            item TEXT PRIMARY KEY,
            state TEXT NOT NULL,
            changed_at INTEGER NOT NULL,
            locked_by TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sheet (
            position INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            unit TEXT NOT NULL,
            entrant TEXT NOT NULL,
            judge TEXT NOT NULL,
            attempt INTEGER NOT NULL,
            marks BLOB NOT NULL,
            person TEXT NOT NULL,
            confirmed_at INTEGER,
            replaced_by INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX sheet_one ON sheet (item, entrant, unit, judge, attempt)
            WHERE replaced_by IS NULL;
        CREATE TABLE penalty (
            position INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            entrant TEXT NOT NULL,
            deduction TEXT NOT NULL,
            void_part TEXT,
            reason TEXT NOT NULL
        ) STRICT;
        CREATE TABLE ordering (
            entrant TEXT PRIMARY KEY,
            item TEXT NOT NULL,
            place INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE appeal (
            position INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            entrant TEXT NOT NULL,
            delegation TEXT NOT NULL,
            grounds TEXT NOT NULL,
            ruling INTEGER,
            upheld INTEGER,
            reason TEXT
        ) STRICT;
        CREATE TABLE publication (
            position INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            snapshot BLOB NOT NULL,
            admitted_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE honour (
            id TEXT PRIMARY KEY,
            rule TEXT NOT NULL,
            kind TEXT NOT NULL,
            item TEXT NOT NULL,
            entrant TEXT NOT NULL,
            person BLOB NOT NULL,
            snapshot BLOB NOT NULL,
            state TEXT NOT NULL,
            proposed_by TEXT NOT NULL,
            reason TEXT,
            changed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE payment (
            position INTEGER PRIMARY KEY,
            person BLOB NOT NULL,
            benefit TEXT NOT NULL,
            month TEXT,
            amount_fen INTEGER NOT NULL
        ) STRICT;
        """
}
