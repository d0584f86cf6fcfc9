internal import Competition
public import Findings
internal import Foundation
internal import GRDB
public import Seal

/// What an audit found.
public struct AuditReport: Sendable {
    /// How many statements were checked.
    public let statements: Int
    /// The root of the Merkle tree over them.
    public let root: Digest
    /// How many persons the annex holds, and how many commitments it no longer opens (erased).
    public let people: Int
    /// Commitments whose data were erased by a statement.
    public let erased: Int
    /// Commitments that nothing opens here because the record is a venue's and never held the data.
    public let elsewhere: Int
    /// Whether each statement was held against the rules of the door again; not so in a record that
    /// was begun under an earlier version of the rules.
    public let isReplayed: Bool
    /// How many signed checkpoints agree with the chain.
    public let checkpoints: Int
    /// What is wrong, the first wrong entry first; empty where all is well.
    public let findings: [Finding]
}

extension Record {
    /// Checks the whole record: the file's own structure, each hash, each signature, each document,
    /// each checkpoint; then holds every statement against the rules of the door again, makes all
    /// projections anew and compares them with those in the file.
    ///
    /// - Parameter earlier: checkpoints kept elsewhere, with which the chain must agree.
    /// - Returns: what was checked, and what is wrong.
    /// - Throws: what the store throws where the file can't be read at all.
    public func audit(since earlier: [SignedNote] = []) throws -> AuditReport {
        try queue.read { db in
            var audit = Audit(db: db, catalogue: try knownCatalogue())
            try audit.file()
            let isDamaged = !audit.isSound
            do {
                try audit.chain()
                try audit.documents()
                try audit.annex()
                try audit.checkpoints()
                audit.earlier(earlier)
                try audit.projections()
            } catch {
                // A damaged file may hold anything; that it is damaged has been said.
                guard isDamaged else { throw error }
            }
            return audit.report
        }
    }

    /// The leaf hashes of the chain, in order.
    public func leaves() throws -> MerkleTree {
        try queue.read { db in MerkleTree(leaves: try Audit.leaves(db)) }
    }

    /// Signs the state of the chain under a name and keeps the note: what a later audit is held to.
    public func checkpoint(origin: String, key: SigningKey) throws -> SignedNote {
        try mustBeWritable()
        let roles = try queue.read { db in
            try current(db).0.appointments(of: key.verifying, as: [.organiser, .auditor])
        }
        guard !roles.isEmpty else {
            throw Refusal(
                "checkpoint.role",
                Text(
                    "检查点由组委会或审计签署",
                    "a checkpoint is signed by an organiser or an auditor"
                )
            )
        }
        let tree = try leaves()
        let text =
            origin + "\n\(tree.leaves.count)\n" + Data(tree.root().bytes).base64EncodedString()
            + "\n"
        let note = try SignedNote(signing: text, name: origin, with: key)
        try upstream?.keep(checkpoint: note)
        try keep(note, size: tree.leaves.count)
        return note
    }

    private func keep(_ note: SignedNote, size: Int) throws {
        try queue.write { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO checkpoint VALUES (?, ?)",
                arguments: [size, note.rendered]
            )
        }
    }

    /// Keeps a signed head that came from outside.
    ///
    /// - Parameter note: the note.
    /// - Throws: a ``Findings/Refusal`` where no organiser or auditor signed it, or this tree never had
    ///   that head.
    public func keep(checkpoint note: SignedNote) throws {
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
        let refusal = Refusal(
            "checkpoint.false",
            Text(
                "检查点不是组委会或审计所签,或与档案不符",
                "the checkpoint is not an organiser's or an auditor's, or not of this record"
            )
        )
        // Anybody may bring a note; the tree is read for those of a signer only.
        let signers = try appointments().filter { [.organiser, .auditor].contains($0.role) }
        guard lines.count == 4, let size = Int(lines[1]), size >= 1,
            signers.contains(where: { note.verifies(with: $0.key) })
        else { throw refusal }
        let tree = try leaves()
        guard size <= tree.leaves.count,
            lines[2] == Data(tree.root(size: size).bytes).base64EncodedString()
        else { throw refusal }
        try keep(note, size: size)
    }
}

struct Audit {
    let db: Database
    var statements: [Statement] = []
    var ids: [Digest] = []
    var admitted: [Int] = []
    var tree = MerkleTree()
    var findings: [Finding] = []
    var counts = (people: 0, erased: 0, elsewhere: 0, checkpoints: 0)
    var isReplayed = false
    let catalogue: Catalogue

    init(db: Database, catalogue: Catalogue) {
        self.db = db
        self.catalogue = catalogue
    }

    var report: AuditReport {
        AuditReport(
            statements: statements.count,
            root: tree.root(),
            people: counts.people,
            erased: counts.erased,
            elsewhere: counts.elsewhere,
            isReplayed: isReplayed,
            checkpoints: counts.checkpoints,
            findings: findings
        )
    }

    static func leaves(_ db: Database) throws -> [Digest] {
        try Data.fetchAll(db, sql: "SELECT hash FROM entry ORDER BY position").compactMap {
            Digest(bytes: $0)
        }
    }

    mutating func fault(_ position: Int, _ zh: String, _ en: String) {
        findings.append(
            Finding("audit.entry", Text(zh, en), at: Place(file: "entry", line: position))
        )
    }

    var isSound: Bool { findings.isEmpty }

    mutating func found(_ code: String, _ zh: String, _ en: String) {
        findings.append(Finding(code, Text(zh, en)))
    }

    /// The file below: pages, indexes that agree with their tables, and the very schema.
    mutating func file() throws {
        for line in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where line != "ok" {
            found("audit.file", "数据库文件损坏:\(line)", "the database file is damaged: \(line)")
        }
        let query =
            """
            SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '')
            FROM sqlite_master ORDER BY 1
            """
        let own = try String.fetchAll(db, sql: query)
        let expected = try DatabaseQueue().write { fresh in
            try Schema.create(fresh)
            return try String.fetchAll(fresh, sql: query)
        }
        if own != expected {
            found("audit.schema", "数据表的定义被改动", "the definitions of the tables were changed")
        }
    }

    mutating func chain() throws {
        var previous: Digest?
        var latest = Int.min
        var expected = 1
        var batch: [(Int, SignedStatement)] = []
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM entry ORDER BY position")
        while let row = try rows.next() {
            let position: Int = try row.get("position")
            if position != expected {
                fault(position, "此前有缺失的记录", "entries are missing before this one")
            }
            expected = position + 1
            let signature = Array(try row.get("signature") as Data)
            let words = Array(try row.get("statement") as Data)
            let signed: SignedStatement
            do throws(Refusal) {
                signed = try SignedStatement(bytes: words, signature: signature)
            } catch {
                fault(position, "陈述读不通", "the statement can't be read")
                previous = Digest(bytes: try row.get("hash") as Data)
                continue
            }
            let leaf = Record.leaf(
                previous: previous,
                position: position,
                admittedAt: try row.get("admitted_at"),
                statement: signed.id,
                signature: signature
            )
            let time: Int = try row.get("admitted_at")
            if time < latest {
                fault(position, "受理时间倒退", "the time of admission goes back")
            }
            latest = time
            let columns =
                try row.get("kind") as String == signed.statement.kind.rawValue
                && Array(try row.get("statement_id") as Data) == signed.id.bytes
                && Array(try row.get("author") as Data) == signed.statement.author.bytes
                && Array(try row.get("nonce") as Data) == signed.statement.nonce
            if Digest(bytes: try row.get("hash") as Data) != leaf || !columns {
                fault(position, "哈希与内容不符", "the hash does not fit the content")
            }
            previous = Digest(bytes: try row.get("hash") as Data) ?? leaf
            tree.append(leaf)
            statements.append(signed.statement)
            ids.append(signed.id)
            admitted.append(try row.get("admitted_at"))
            batch.append((position, signed))
            if batch.count == 4096 { checkSignatures(&batch) }
        }
        checkSignatures(&batch)
    }

    private mutating func checkSignatures(_ batch: inout [(Int, SignedStatement)]) {
        let entries = batch
        let genuine = Record.verified(entries.map(\.1))
        for (index, valid) in genuine.enumerated() where !valid {
            fault(entries[index].0, "签名不成立", "the signature is not the author's")
        }
        batch.removeAll(keepingCapacity: true)
    }

    /// Makes the projections anew in memory, holding each statement against the door's rules, and
    /// compares them, table by table.
    mutating func projections() throws {
        guard findings.isEmpty else { return }
        isReplayed = statements.first?.body["rules"]?.int == 2
        let (statements, ids, admitted) = (statements, ids, admitted)
        let (catalogue, isReplayed) = (catalogue, isReplayed)
        // Of a publication the door looks at what it states.
        let documents = try Row.fetchAll(
            db,
            sql: """
                SELECT hash, kind, iif(kind = 'snapshot', content, X'') AS content FROM document
                """
        )
        var refused: (Int, [Finding])?
        let fresh = try DatabaseQueue()
        let rebuilt = try fresh.write { copy in
            try Schema.create(copy)
            for row in documents {
                try copy.execute(
                    sql: "INSERT INTO document VALUES (?, ?, '', ?)",
                    arguments: [row["hash"], row["kind"], row["content"]]
                )
            }
            var house = House()
            let insert = try copy.cachedStatement(
                sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, X'', 0, X'')"
            )
            for (index, statement) in statements.enumerated() {
                if isReplayed, index > 0, refused == nil {
                    let faults = try Admission(
                        db: copy,
                        house: house,
                        catalogue: catalogue,
                        now: admitted[index],
                        isCarried: Projection.isCarried(ids[index], copy),
                        isReplay: true
                    ).check(statement)
                    if !faults.isEmpty { refused = (index + 1, faults) }
                }
                // What waits for a second person is read again from its own words.
                let waits = !(RoleRule.rule(for: statement.kind)?.seconds ?? []).isEmpty
                try insert.execute(arguments: [
                    index + 1, statement.kind.rawValue, Data(ids[index].bytes),
                    Data(statement.author.bytes), Data(statement.nonce),
                    waits ? Data(statement.json.canonical) : Data(),
                ])
                try Projection(db: copy, catalogue: catalogue).apply(
                    Projection.Entry(
                        statement: statement,
                        id: ids[index],
                        position: index + 1,
                        admittedAt: admitted[index]
                    ),
                    house: &house
                )
            }
            return try Schema.projectionTables.map { try Self.digest($0, copy) }
        }
        if let (position, faults) = refused {
            let (zh, en) = (faults.map(\.message.zh), faults.map(\.message.en))
            fault(
                position,
                "这条陈述不应被受理:\(zh.joined(separator: ";"))",
                "this statement should have been refused: \(en.joined(separator: "; "))"
            )
        }
        for (table, digest) in zip(Schema.projectionTables, rebuilt)
        where try Self.digest(table, db) != digest {
            found(
                "audit.projection",
                "表 \(table) 与陈述推得的不同",
                "table \(table) differs from what the statements give"
            )
        }
    }

    /// The digest of all rows of a table, in the order of its key.
    private static func digest(_ table: String, _ db: Database) throws -> Digest {
        var hasher = RunningDigest()
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY 1, 2")
        while let row = try rows.next() {
            for value in row.databaseValues {
                switch value.storage {
                case .null: hasher.update([0])
                case .int64(let number): hasher.update(Array("\(number)".utf8), tag: 1)
                case .double(let number): hasher.update(Array("\(number)".utf8), tag: 2)
                case .string(let text): hasher.update(Array(text.utf8), tag: 3)
                case .blob(let data): hasher.update(Array(data), tag: 4)
                }
            }
        }
        return hasher.digest
    }
}
