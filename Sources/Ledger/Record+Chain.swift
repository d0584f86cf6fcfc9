internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Record {
    /// The end of the chain: position and hash.
    struct Head {
        let position: Int
        let hash: Digest
    }

    static func head(_ db: Database) throws -> Head? {
        guard
            let row = try Row.fetchOne(
                db,
                sql: "SELECT position, hash FROM entry ORDER BY position DESC LIMIT 1"
            )
        else { return nil }
        guard let hash = Digest(bytes: row["hash"] as Data) else {
            throw RecordError.damaged("hash")
        }
        return Head(position: row["position"], hash: hash)
    }

    /// The leaf of an entry: all that the chain vouches for, with the hash of the entry before.
    static func leaf(
        previous: Digest?,
        position: Int,
        admittedAt: Int,
        statement: Digest,
        signature: [UInt8]
    ) -> Digest {
        var entry = previous?.bytes ?? [UInt8](repeating: 0, count: 32)
        for number in [position, admittedAt] {
            entry += withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) }
        }
        return MerkleTree.leaf(entry + statement.bytes + signature)
    }

    static func append(
        _ signed: SignedStatement,
        _ db: Database,
        previous: Head?,
        now: Int,
        house: inout House
    ) throws -> (receipt: Receipt, head: Head) {
        let position = (previous?.position ?? 0) + 1
        let id = signed.id
        let hash = leaf(
            previous: previous?.hash,
            position: position,
            admittedAt: now,
            statement: id,
            signature: signed.signature
        )
        let insert = try db.cachedStatement(
            sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        try insert.execute(arguments: [
            position, Data(id.bytes), Data(signed.statement.author.bytes),
            Data(signed.statement.nonce), Data(signed.bytes), Data(signed.signature), now,
            Data(hash.bytes),
        ])
        try Projection(db: db).apply(
            signed.statement,
            at: position,
            admittedAt: now,
            house: &house
        )
        let receipt = Receipt(position: position, statement: id, admittedAt: now, isRepeat: false)
        return (receipt, Head(position: position, hash: hash))
    }

    static func receipt(of id: Digest, _ db: Database) throws -> Receipt? {
        let query = try db.cachedStatement(
            sql: "SELECT position, admitted_at FROM entry WHERE statement_id = ?"
        )
        guard let row = try Row.fetchOne(query, arguments: [Data(id.bytes)]) else { return nil }
        return Receipt(
            position: row["position"],
            statement: id,
            admittedAt: row["admitted_at"],
            isRepeat: true
        )
    }

    static func insert(_ documents: [Document], _ db: Database) throws {
        for document in documents {
            try db.execute(
                sql: "INSERT OR IGNORE INTO document VALUES (?, ?, ?, ?)",
                arguments: [
                    Data(document.hash.bytes), document.kind, document.name, Data(document.content),
                ]
            )
        }
    }

    static func documents(_ db: Database) throws -> [Document] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT kind, name, content FROM document WHERE kind <> 'snapshot' ORDER BY hash"
        )
        return rows.map { row in
            Document(kind: row["kind"], name: row["name"], content: Array(row["content"] as Data))
        }
    }
}
