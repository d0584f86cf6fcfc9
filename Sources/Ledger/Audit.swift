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
    /// Commitments that nothing in the annex opens.
    public let erased: Int
    /// How many signed checkpoints agree with the chain.
    public let checkpoints: Int
    /// What is wrong, the first wrong entry first; empty where all is well.
    public let findings: [Finding]
}

extension Record {
    /// Checks the whole record: each hash, each signature, each document, each checkpoint; then makes
    /// all projections anew from the statements and compares them with those in the file.
    public func audit() throws -> AuditReport {
        try queue.read { db in
            var audit = Audit(db: db)
            try audit.chain()
            try audit.documents()
            try audit.annex()
            try audit.checkpoints()
            try audit.projections()
            return audit.report
        }
    }

    /// The leaf hashes of the chain, in order.
    public func leaves() throws -> MerkleTree {
        try queue.read { db in MerkleTree(leaves: try Audit.leaves(db)) }
    }

    /// Signs the state of the chain under a name and keeps the note: what a later audit is held to.
    public func checkpoint(origin: String, key: SigningKey) throws -> SignedNote {
        let tree = try leaves()
        let text =
            origin + "\n\(tree.leaves.count)\n" + Data(tree.root().bytes).base64EncodedString()
            + "\n"
        let note = try SignedNote(signing: text, name: origin, with: key)
        try queue.write { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO checkpoint VALUES (?, ?)",
                arguments: [tree.leaves.count, note.rendered]
            )
        }
        return note
    }
}

private struct Audit {
    let db: Database
    private var statements: [Statement] = []
    private var admitted: [Int] = []
    private var tree = MerkleTree()
    private var findings: [Finding] = []
    private var counts = (people: 0, erased: 0, checkpoints: 0)

    init(db: Database) { self.db = db }

    var report: AuditReport {
        AuditReport(
            statements: statements.count,
            root: tree.root(),
            people: counts.people,
            erased: counts.erased,
            checkpoints: counts.checkpoints,
            findings: findings
        )
    }

    static func leaves(_ db: Database) throws -> [Digest] {
        try Data.fetchAll(db, sql: "SELECT hash FROM entry ORDER BY position").compactMap {
            Digest(bytes: $0)
        }
    }

    private mutating func fault(_ position: Int, _ zh: String, _ en: String) {
        findings.append(
            Finding("audit.entry", Text(zh, en), at: Place(file: "entry", line: position))
        )
    }

    mutating func chain() throws {
        var previous: Digest?
        var expected = 1
        var batch: [(Int, SignedStatement)] = []
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM entry ORDER BY position")
        while let row = try rows.next() {
            let position: Int = row["position"]
            if position != expected {
                fault(position, "此前有缺失的记录", "entries are missing before this one")
            }
            expected = position + 1
            let signature = Array(row["signature"] as Data)
            let signed: SignedStatement
            do throws(Refusal) {
                signed = try SignedStatement(
                    bytes: Array(row["statement"] as Data),
                    signature: signature
                )
            } catch {
                fault(position, "陈述读不通", "the statement can't be read")
                previous = Digest(bytes: row["hash"] as Data)
                continue
            }
            let leaf = Record.leaf(
                previous: previous,
                position: position,
                admittedAt: row["admitted_at"],
                statement: signed.id,
                signature: signature
            )
            let columns =
                Array(row["statement_id"] as Data) == signed.id.bytes
                && Array(row["author"] as Data) == signed.statement.author.bytes
                && Array(row["nonce"] as Data) == signed.statement.nonce
            if Digest(bytes: row["hash"] as Data) != leaf || !columns {
                fault(position, "哈希与内容不符", "the hash does not fit the content")
            }
            previous = Digest(bytes: row["hash"] as Data) ?? leaf
            tree.append(leaf)
            statements.append(signed.statement)
            admitted.append(row["admitted_at"])
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

    mutating func documents() throws {
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT hash, name, content FROM document ORDER BY hash"
        )
        while let row = try rows.next() {
            let content = Array(row["content"] as Data)
            guard Digest(of: content).bytes != Array(row["hash"] as Data) else { continue }
            let name: String = row["name"]
            findings.append(
                Finding("audit.document", Text("文件 \(name) 被改动", "document \(name) was changed"))
            )
        }
    }

    /// Each person the annex holds must open a commitment; commitments that nothing opens are counted.
    mutating func annex() throws {
        var held: Set<Digest> = []
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM person")
        while let row = try rows.next() {
            counts.people += 1
            let commitment = Digest(bytes: row["commitment"] as Data)
            if let person = PersonRecord(row), person.commitment == commitment {
                held.insert(person.commitment)
            } else {
                findings.append(
                    Finding(
                        "audit.person",
                        Text("一条人员资料与其承诺不符", "a person's data do not open their commitment")
                    )
                )
            }
        }
        var committed: Set<Digest> = []
        for statement in statements where statement.kind == .entrants {
            for value in statement.body["entrants"]?.array ?? [] {
                committed.formUnion(
                    (value["members"]?.array ?? []).compactMap {
                        $0.string.flatMap { Digest(hex: $0) }
                    }
                )
            }
        }
        counts.erased = committed.subtracting(held).count
    }

    mutating func checkpoints() throws {
        guard let root = statements.first?.author else { return }
        for row in try Row.fetchAll(db, sql: "SELECT * FROM checkpoint ORDER BY position") {
            let position: Int = row["position"]
            let note = SignedNote(parsing: row["note"])
            let lines = note?.text.split(separator: "\n", omittingEmptySubsequences: false) ?? []
            let hash = position <= tree.leaves.count ? tree.root(size: position) : nil
            let stated = hash.map { Data($0.bytes).base64EncodedString() }
            if let note, note.verifies(with: root), lines.count == 4, lines[1] == "\(position)",
                lines[2] == stated ?? ""
            {
                counts.checkpoints += 1
            } else {
                fault(position, "与已签名的检查点不符", "the chain does not agree with the signed checkpoint")
            }
        }
    }

    /// Makes the projections anew in memory and compares them, table by table.
    mutating func projections() throws {
        guard findings.isEmpty else { return }
        let fresh = try DatabaseQueue()
        let statements = statements
        let admitted = admitted
        let rebuilt = try fresh.write { copy in
            try Schema.create(copy)
            var house = House()
            let insert = try copy.cachedStatement(
                sql: "INSERT INTO entry VALUES (?, ?, ?, ?, X'', X'', 0, X'')"
            )
            let ids = try Data.fetchAll(
                db,
                sql: "SELECT statement_id FROM entry ORDER BY position"
            )
            for (index, statement) in statements.enumerated() {
                try insert.execute(arguments: [
                    index + 1, ids[index], Data(statement.author.bytes), Data(statement.nonce),
                ])
                try Projection(db: copy).apply(
                    statement,
                    at: index + 1,
                    admittedAt: admitted[index],
                    house: &house
                )
            }
            return try Schema.projectionTables.map { try Self.digest($0, copy) }
        }
        for (table, digest) in zip(Schema.projectionTables, rebuilt)
        where try Self.digest(table, db) != digest {
            findings.append(
                Finding(
                    "audit.projection",
                    Text(
                        "表 \(table) 与陈述推得的不同",
                        "table \(table) differs from what the statements give"
                    )
                )
            )
        }
    }

    /// The digest of all rows of a table, in the order of its key.
    private static func digest(_ table: String, _ db: Database) throws -> Digest {
        var hasher = RunningDigest()
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY 1")
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
