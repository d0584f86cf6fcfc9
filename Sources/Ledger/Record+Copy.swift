internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
public import Seal

/// Where a copy's statements go: the record that it is a copy of.
public protocol Upstream: Sendable {
    /// Hands statements to the record's one door, or keeps them until it can be reached.
    ///
    /// - Parameters:
    ///   - statements: what is said.
    ///   - documents: what they name by hash.
    ///   - people: personal data that they commit to.
    ///   - notes: free text that they commit to.
    /// - Returns: a receipt for each statement, in their order.
    /// - Throws: a ``Findings/Refusal`` with what the door refuses, or what the way to it throws.
    func admit(
        _ statements: [SignedStatement],
        documents: [Document],
        people: [PersonRecord],
        notes: [NoteRecord]
    ) throws -> [Receipt]

    /// Hands on a signed head of the tree.
    ///
    /// - Parameter checkpoint: the note.
    /// - Throws: what the way to the record throws.
    func keep(checkpoint: SignedNote) throws

    /// How many statements wait until the record can be reached.
    var waiting: Int { get }

    /// How many winners have no known city, as the record counts them: a bureau's copy knows its own
    /// people only; nil where the copy knows by itself, or the record did not say.
    var winnersOfNoCity: Int? { get }
}

extension Record {
    /// Makes a copy from its first piece, which holds the genesis.
    ///
    /// - Parameters:
    ///   - path: the new file.
    ///   - piece: what the reader may see.
    ///   - catalogue: the event, read from the piece's documents.
    /// - Returns: the copy; nothing is written in it but what ``extend(with:)`` brings.
    /// - Throws: as ``extend(with:)``.
    public static func copy(
        into path: String,
        from piece: RecordPiece,
        catalogue: Catalogue
    ) throws -> Record {
        guard !FileManager.default.fileExists(atPath: path) else { throw RecordError.exists(path) }
        let record = Record(copyAt: try open(path), catalogue: catalogue)
        do {
            try record.queue.write { db in try Schema.create(db) }
            try record.extend(with: piece)
        } catch {
            try? record.close()
            remove(path)
            throw error
        }
        return record
    }

    /// Takes a later piece into a copy; each signature is checked, and the chain where it is whole.
    ///
    /// - Parameter piece: what came since.
    /// - Throws: a ``Findings/Refusal`` where a signature is false or the chain is another.
    public func extend(with piece: RecordPiece) throws { try extend(with: piece, after: nil) }

    /// Takes a later piece into a copy in which statements waited: what waited is in the record now, and
    /// comes back from there with its true place.
    ///
    /// - Parameters:
    ///   - piece: what came since.
    ///   - position: the last that stays of what the copy holds; nil where nothing waited.
    /// - Throws: as ``extend(with:)``.
    public func extend(with piece: RecordPiece, after position: Int?) throws {
        let genuine = Self.verified(piece.entries.map(\.signed))
        guard genuine.allSatisfy({ $0 }) else {
            throw Refusal(
                "copy.signature",
                Text("服务器送来的陈述签名不成立", "the server sent a statement that nobody signed")
            )
        }
        try queue.write { db in
            var (house, catalogue) = try current(db)
            if let position {
                try db.execute(sql: "DELETE FROM entry WHERE position > ?", arguments: [position])
                try Migration.rebuild(db, catalogue: catalogue)
                house = try House(db)
            }
            try Self.insert(piece.documents, db)
            for person in piece.people { try person.insert(db) }
            for note in piece.notes { try note.insert(db) }
            var before = try Self.head(db)
            for entry in piece.entries {
                if piece.isWhole { try Self.follow(entry, before) }
                guard try Self.receipt(of: entry.signed.id, db) == nil else { continue }
                try Self.insert(entry, db, &house, catalogue)
                before = Head(
                    position: entry.position,
                    hash: entry.hash,
                    admittedAt: entry.admittedAt
                )
            }
            for text in piece.checkpoints {
                guard let size = text.split(separator: "\n").dropFirst().first.flatMap({ Int($0) })
                else { continue }
                try db.execute(
                    sql: "INSERT OR REPLACE INTO checkpoint VALUES (?, ?)",
                    arguments: [size, text]
                )
            }
            try keep(house, db)
        }
    }

    private static func follow(_ entry: CopiedEntry, _ before: Head?) throws(Refusal) {
        let expected = leaf(
            previous: before?.hash,
            position: entry.position,
            admittedAt: entry.admittedAt,
            statement: entry.signed.id,
            signature: entry.signed.signature
        )
        guard entry.position == (before?.position ?? 0) + 1, entry.hash == expected else {
            throw Refusal(
                "copy.chain",
                Text(
                    "服务器的档案与先前见过的不同(第 \(entry.position) 条)",
                    "the server's record is not the one that was seen before (entry \(entry.position))"
                )
            )
        }
    }

    private static func insert(
        _ entry: CopiedEntry,
        _ db: Database,
        _ house: inout House,
        _ catalogue: Catalogue
    ) throws {
        let statement = entry.signed.statement
        let insert = try db.cachedStatement(
            sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        try insert.execute(arguments: [
            entry.position, statement.kind.rawValue, Data(entry.signed.id.bytes),
            Data(statement.author.bytes), Data(statement.nonce), Data(entry.signed.bytes),
            Data(entry.signed.signature), entry.admittedAt, Data(entry.hash.bytes),
        ])
        try Projection(db: db, catalogue: catalogue).apply(
            Projection.Entry(
                statement: statement,
                id: entry.signed.id,
                position: entry.position,
                admittedAt: entry.admittedAt
            ),
            house: &house
        )
        if statement.kind == .second { try Door.eraseWhatIsErased(entry.position, db) }
    }

    /// Entries after a position, by position.
    ///
    /// - Parameters:
    ///   - position: what the reader has.
    ///   - limit: at most so many bytes of statements, but one at least; and four times as many are
    ///     looked at.
    ///   - isVisible: whether the reader may see an entry; `find` gives a statement that it names.
    /// - Returns: the entries, how far they go, and how long the record is.
    /// - Throws: what the store throws.
    public func entries(
        after position: Int,
        limit: Int,
        where isVisible: (
            _ signed: SignedStatement,
            _ find: (Digest) throws -> SignedStatement?
        ) throws -> Bool
    ) throws -> (entries: [CopiedEntry], reached: Int, length: Int) {
        try queue.read { db in
            let length = try Self.head(db)?.position ?? 0
            var entries: [CopiedEntry] = []
            var (reached, bytes, passed) = (min(position, length), 0, 0)
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT * FROM entry WHERE position > ? ORDER BY position",
                arguments: [position]
            )
            // Who sees little gets a small piece rather than holding the record for long.
            while bytes < limit, passed < 4 * limit, let row = try rows.next() {
                let signed = try SignedStatement(
                    bytes: Array(row.get("statement") as Data),
                    signature: Array(row.get("signature") as Data)
                )
                reached = try row.get("position")
                passed += signed.bytes.count
                guard try isVisible(signed, { try Self.statement($0, db) }) else { continue }
                guard let hash = Digest(bytes: try row.get("hash") as Data) else {
                    throw RecordError.damaged("hash")
                }
                bytes += signed.bytes.count
                entries.append(
                    CopiedEntry(
                        position: reached,
                        admittedAt: try row.get("admitted_at"),
                        hash: hash,
                        signed: signed
                    )
                )
            }
            return (entries, reached, length)
        }
    }

    /// Statements of a kind between two positions.
    ///
    /// - Parameters:
    ///   - kind: the kind.
    ///   - position: those after it.
    ///   - last: and up to this one.
    /// - Returns: the statements, by position.
    /// - Throws: what the store throws.
    public func statements(
        of kind: StatementKind,
        after position: Int,
        through last: Int
    ) throws -> [SignedStatement] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT statement, signature FROM entry
                    WHERE kind = ? AND position > ? AND position <= ? ORDER BY position
                    """,
                arguments: [kind.rawValue, position, last]
            ).map { row in
                try SignedStatement(
                    bytes: Array(row.get("statement") as Data),
                    signature: Array(row.get("signature") as Data)
                )
            }
        }
    }

    /// A statement of the record, by its name.
    public func statement(_ id: Digest) throws -> SignedStatement? {
        try queue.read { db in try Self.statement(id, db) }
    }

    private static func statement(_ id: Digest, _ db: Database) throws -> SignedStatement? {
        try Row.fetchOne(
            db,
            sql: "SELECT statement, signature FROM entry WHERE statement_id = ?",
            arguments: [Data(id.bytes)]
        ).map { row in
            try SignedStatement(
                bytes: Array(row.get("statement") as Data),
                signature: Array(row.get("signature") as Data)
            )
        }
    }

    /// The receipt of a statement that is in the record; nil where it is not.
    public func receipt(of id: Digest) throws -> Receipt? {
        try queue.read { db in try Self.receipt(of: id, db) }
    }

    /// The name of the genesis, which tells one record of an event from another.
    public func genesis() throws -> Digest {
        let id = try queue.read { db in
            try Data.fetchOne(db, sql: "SELECT statement_id FROM entry WHERE position = 1")
        }
        guard let id = id.flatMap({ Digest(bytes: $0) }) else {
            throw RecordError.damaged("genesis")
        }
        return id
    }

    /// The leaf at a position: the chain's end where a reader stands.
    public func hash(at position: Int) throws -> Digest? {
        try queue.read { db in
            try Data.fetchOne(
                db,
                sql: "SELECT hash FROM entry WHERE position = ?",
                arguments: [position]
            ).flatMap { Digest(bytes: $0) }
        }
    }

    /// Documents of the record, by hash.
    ///
    /// - Parameters:
    ///   - hashes: which.
    ///   - ofEvent: whether those of the event come first: its plan, cards and rules.
    /// - Returns: the documents.
    /// - Throws: what the store throws.
    public func documents(named hashes: [Digest], ofEvent: Bool) throws -> [Document] {
        try queue.read { db in
            try (ofEvent ? Self.documents(db).filter { $0.kind != "consequences" } : [])
                + hashes.compactMap { hash in
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
    }

    /// The signed heads of the tree that were kept, by position.
    public func checkpoints() throws -> [String] {
        try queue.read { db in
            try String.fetchAll(db, sql: "SELECT note FROM checkpoint ORDER BY position")
        }
    }

    /// Free text by its commitments.
    public func notes(_ commitments: [Digest]) throws -> [NoteRecord] {
        try queue.read { db in
            try commitments.compactMap { commitment in
                try Row.fetchOne(
                    db,
                    sql: "SELECT content, salt FROM note WHERE commitment = ?",
                    arguments: [Data(commitment.bytes)]
                ).map { row in
                    NoteRecord(
                        text: try row.get("content"),
                        salt: Array(try row.get("salt") as Data)
                    )
                }
            }
        }
    }
}
