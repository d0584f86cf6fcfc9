internal import Competition
internal import Foundation
internal import GRDB
internal import Seal

extension Record {
    /// The end of the chain: position and hash.
    struct Head {
        let position: Int
        let hash: Digest
        let admittedAt: Int
    }

    static func head(_ db: Database) throws -> Head? {
        guard
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT position, hash, admitted_at FROM entry ORDER BY position DESC LIMIT 1
                    """
            )
        else { return nil }
        guard let hash = Digest(bytes: try row.get("hash") as Data) else {
            throw RecordError.damaged("hash")
        }
        return Head(
            position: try row.get("position"),
            hash: hash,
            admittedAt: try row.get("admitted_at")
        )
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
        house: inout House,
        catalogue: Catalogue?
    ) throws -> (receipt: Receipt, head: Head) {
        let position = (previous?.position ?? 0) + 1
        let id = signed.id
        // Admission never goes back in time, whatever the clock does.
        let now = max(now, previous?.admittedAt ?? now)
        let hash = leaf(
            previous: previous?.hash,
            position: position,
            admittedAt: now,
            statement: id,
            signature: signed.signature
        )
        let insert = try db.cachedStatement(
            sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        try insert.execute(arguments: [
            position, signed.statement.kind.rawValue, Data(id.bytes),
            Data(signed.statement.author.bytes),
            Data(signed.statement.nonce), Data(signed.bytes), Data(signed.signature), now,
            Data(hash.bytes),
        ])
        try Projection(db: db, catalogue: catalogue).apply(
            Projection.Entry(
                statement: signed.statement,
                id: id,
                position: position,
                admittedAt: now
            ),
            house: &house
        )
        let receipt = Receipt(position: position, statement: id, admittedAt: now, isRepeat: false)
        return (receipt, Head(position: position, hash: hash, admittedAt: now))
    }

    static func receipt(of id: Digest, _ db: Database) throws -> Receipt? {
        let query = try db.cachedStatement(
            sql: "SELECT position, admitted_at FROM entry WHERE statement_id = ?"
        )
        guard let row = try Row.fetchOne(query, arguments: [Data(id.bytes)]) else { return nil }
        return Receipt(
            position: try row.get("position"),
            statement: id,
            admittedAt: try row.get("admitted_at"),
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

    /// What a lock locks: the names of all sheets of the item that stand, in order.
    static func lockDigest(of item: ItemID, _ db: Database) throws -> Digest {
        var digest = RunningDigest()
        let rows = try Data.fetchCursor(
            db,
            sql: """
                SELECT statement_id FROM sheet JOIN entry USING (position)
                WHERE item = ? AND replaced_by IS NULL ORDER BY statement_id
                """,
            arguments: [item.text]
        )
        while let id = try rows.next() { digest.update(Array(id)) }
        return digest.digest
    }

    static func documents(_ db: Database) throws -> [Document] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT kind, name, content FROM document WHERE kind <> 'snapshot' ORDER BY hash"
        )
        return try rows.map { row in
            Document(
                kind: try row.get("kind"),
                name: try row.get("name"),
                content: Array(try row.get("content") as Data)
            )
        }
    }
}
