import Foundation
import GRDB
import Ledger
import Seal

/// Somebody who may write to the file: changes entries, and knows how the chain is made.
struct Forger {
    /// An entry as the forger wants it.
    struct Entry {
        var statement: [UInt8]
        var signature: [UInt8]
        var admittedAt: Int
    }

    let path: String

    /// Works on a copy of a closed record.
    init(copying record: FullRecord) throws {
        path = record.folder + "/forged.laurel"
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
        try FileManager.default.copyItem(atPath: record.path, toPath: path)
    }

    func execute(_ sql: String) throws {
        try DatabaseQueue(path: path).write { db in try db.execute(sql: sql) }
    }

    static func entries(of record: FullRecord) throws -> [Entry] {
        try record.rows("SELECT statement, signature, admitted_at FROM entry ORDER BY position")
            .map { row in
                Entry(
                    statement: [UInt8](row[0] as Data),
                    signature: [UInt8](row[1] as Data),
                    admittedAt: row[2]
                )
            }
    }

    /// Puts a chain of one's own in the place of the record's: numbers, names and hashes fit.
    func rewrite(_ entries: [Entry]) throws {
        let rows = try chained(entries)
        try DatabaseQueue(path: path).write { db in
            try db.execute(sql: "DELETE FROM entry")
            for row in rows {
                try db.execute(
                    sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    arguments: row
                )
            }
        }
    }

    /// Takes away the table's constraints, which are in the way of an entry that stands twice.
    func loosen() throws {
        try execute(
            """
            CREATE TABLE loose (
                position INTEGER PRIMARY KEY, kind TEXT NOT NULL, statement_id BLOB NOT NULL,
                author BLOB NOT NULL, nonce BLOB NOT NULL, statement BLOB NOT NULL,
                signature BLOB NOT NULL, admitted_at INTEGER NOT NULL, hash BLOB NOT NULL
            ) STRICT;
            DROP TABLE entry;
            ALTER TABLE loose RENAME TO entry;
            """
        )
    }

    /// The rows of a chain, by its definition: the leaf of an entry is SHA-256(0x00 ‖ hash of the entry
    /// before ‖ position ‖ time ‖ statement's name ‖ signature).
    private func chained(_ entries: [Entry]) throws -> [StatementArguments] {
        var previous = [UInt8](repeating: 0, count: 32)
        return try entries.enumerated().map { index, entry in
            let signed = try SignedStatement(bytes: entry.statement, signature: entry.signature)
            var leaf: [UInt8] = [0] + previous
            for number in [index + 1, entry.admittedAt] {
                leaf += withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) }
            }
            leaf += Digest(of: entry.statement).bytes + entry.signature
            previous = Digest(of: leaf).bytes
            return [
                index + 1, signed.statement.kind.rawValue, Data(Digest(of: entry.statement).bytes),
                Data(signed.statement.author.bytes), Data(signed.statement.nonce),
                Data(entry.statement), Data(entry.signature), entry.admittedAt, Data(previous),
            ]
        }
    }

    /// The same words, said and signed by another key.
    static func resigned(_ entry: Entry, by key: SigningKey) throws -> Entry {
        let old = try SignedStatement(bytes: entry.statement, signature: entry.signature).statement
        let signed = try Statement(
            kind: old.kind,
            event: old.event,
            author: key.verifying,
            nonce: old.nonce,
            saidAt: old.saidAt,
            body: old.body
        ).signed(with: key)
        return Entry(
            statement: signed.bytes,
            signature: signed.signature,
            admittedAt: entry.admittedAt
        )
    }
}
