internal import GRDB

/// The tables.
///
/// A migration, once released, is never edited.
enum Schema {
    /// What this program reads and writes; a file of a later version is refused.
    static let version = 5

    /// Marks the file as Laurel's own (`Laur`).
    static let applicationID: Int32 = 0x4C61_7572

    static func create(_ db: Database) throws {
        try db.execute(sql: chain)
        try createProjections(db)
        try db.execute(sql: annex)
        try db.execute(sql: waitingRoom)
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }

    /// Everything that can be dropped and made again from the chain.
    static func createProjections(_ db: Database) throws { try db.execute(sql: projections) }

    private static let chain = """
        CREATE TABLE entry (
            position INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
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
        CREATE TABLE note (
            commitment BLOB PRIMARY KEY,
            salt BLOB NOT NULL,
            content TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// 待裁定: statements that came in a bundle and could not come in yet; no part of the chain.
    private static let waitingRoom = """
        CREATE TABLE held (
            statement_id BLOB PRIMARY KEY,
            statement BLOB NOT NULL,
            signature BLOB NOT NULL,
            why TEXT NOT NULL,
            held_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    static let projectionTables = [
        "appointment", "revoked_key", "entrant", "blind_layer", "blind_number", "item_state",
        "sheet", "reentry", "sent_back", "remark", "penalty", "ordering", "pending", "appeal",
        "publication", "honour", "honour_evidence", "sanction", "payment", "carried", "venue",
        "erased",
    ]

    /// Drops every projection, and the indexes with them.
    static func dropProjections(_ db: Database) throws {
        for table in projectionTables { try db.execute(sql: "DROP TABLE IF EXISTS \(table)") }
    }

    private static let projections = """
        CREATE TABLE appointment (
            position INTEGER PRIMARY KEY,
            key BLOB NOT NULL,
            role TEXT NOT NULL,
            name TEXT NOT NULL,
            person TEXT NOT NULL,
            item TEXT,
            delegation TEXT,
            ended_at INTEGER,
            until INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX appointment_name ON appointment (name) WHERE ended_at IS NULL;
        CREATE TABLE revoked_key (
            key BLOB PRIMARY KEY,
            position INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE entrant (
            id TEXT PRIMARY KEY,
            item TEXT NOT NULL,
            delegation TEXT NOT NULL,
            grp TEXT NOT NULL,
            guest INTEGER NOT NULL,
            members TEXT NOT NULL,
            status TEXT NOT NULL,
            reason TEXT,
            status_id BLOB,
            contested INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX entrant_item ON entrant (item);
        CREATE TABLE blind_layer (
            position INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            layer INTEGER NOT NULL,
            commitment BLOB NOT NULL,
            holder TEXT NOT NULL,
            witness BLOB,
            drawn_from TEXT,
            UNIQUE (item, layer)
        ) STRICT;
        CREATE TABLE blind_number (
            number TEXT PRIMARY KEY,
            item TEXT NOT NULL,
            layer INTEGER NOT NULL,
            barred TEXT NOT NULL,
            grp TEXT NOT NULL,
            guest INTEGER NOT NULL,
            status TEXT NOT NULL,
            reason TEXT,
            status_id BLOB,
            contested INTEGER NOT NULL,
            source TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX blind_number_layer ON blind_number (item, layer);
        CREATE TABLE item_state (
            item TEXT PRIMARY KEY,
            state TEXT NOT NULL,
            changed_at INTEGER NOT NULL,
            locked_by TEXT,
            provisional_at INTEGER,
            opened_at INTEGER
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
            replaced_by INTEGER,
            contested INTEGER NOT NULL,
            differs TEXT,
            returned_at INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX sheet_one ON sheet (item, entrant, unit, judge, attempt)
            WHERE replaced_by IS NULL AND contested = 0;
        CREATE INDEX sheet_contested ON sheet (item) WHERE contested = 1;
        CREATE TABLE reentry (
            position INTEGER PRIMARY KEY,
            sheet INTEGER NOT NULL,
            person TEXT NOT NULL,
            differs TEXT NOT NULL
        ) STRICT;
        CREATE TABLE sent_back (
            position INTEGER PRIMARY KEY,
            sheet INTEGER NOT NULL,
            aspects TEXT NOT NULL,
            reason TEXT NOT NULL,
            person TEXT NOT NULL
        ) STRICT;
        CREATE TABLE remark (
            position INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            entrant TEXT,
            unit TEXT,
            judge TEXT,
            attempt INTEGER,
            aspect TEXT,
            is_flag INTEGER NOT NULL,
            author TEXT NOT NULL,
            words TEXT NOT NULL,
            answers INTEGER,
            answered_by INTEGER
        ) STRICT;
        CREATE INDEX remark_item ON remark (item);
        CREATE TABLE penalty (
            position INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            entrant TEXT,
            offender TEXT NOT NULL,
            subject TEXT NOT NULL,
            delegation TEXT,
            occurred_at TEXT,
            measure TEXT NOT NULL,
            deduction TEXT NOT NULL,
            void_part TEXT,
            reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX penalty_item ON penalty (item);
        CREATE TABLE ordering (
            entrant TEXT PRIMARY KEY,
            item TEXT NOT NULL,
            place INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pending (
            position INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            item TEXT,
            person TEXT NOT NULL,
            done_at INTEGER
        ) STRICT;
        CREATE TABLE appeal (
            position INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            entrant TEXT NOT NULL,
            delegation TEXT NOT NULL,
            grounds TEXT NOT NULL,
            person TEXT NOT NULL,
            ruling INTEGER,
            upheld INTEGER,
            remedy INTEGER,
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
            changed_at INTEGER NOT NULL,
            missing TEXT,
            level TEXT,
            replaces TEXT,
            decided_by TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE honour_evidence (
            honour TEXT NOT NULL,
            fact TEXT NOT NULL,
            words TEXT NOT NULL,
            PRIMARY KEY (honour, fact)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sanction (
            position INTEGER NOT NULL,
            statement_id BLOB NOT NULL,
            person BLOB NOT NULL,
            measure TEXT NOT NULL,
            starts TEXT NOT NULL,
            ends TEXT,
            reason TEXT NOT NULL,
            lifted_at INTEGER,
            PRIMARY KEY (position, person)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE payment (
            position INTEGER PRIMARY KEY,
            person BLOB NOT NULL,
            benefit TEXT NOT NULL,
            month TEXT,
            amount_fen INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE carried (
            statement_id BLOB PRIMARY KEY,
            position INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE venue (
            name TEXT PRIMARY KEY,
            position INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE erased (
            commitment BLOB PRIMARY KEY,
            position INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
