public import Competition
internal import Foundation
internal import GRDB
internal import Glibc
public import Seal

/// How the file of a record is doing.
public struct FileHealth: Sendable {
    /// Whether SQLite finds its pages and indexes in order; otherwise what it says.
    public let complaints: [String]
    /// `wal` is expected.
    public let journalMode: String
    /// The version of the schema.
    public let schema: Int
    /// SQLite's own version.
    public let sqlite: String
    /// When the last statement was admitted, in milliseconds.
    public let lastAdmission: Int
    /// How many statements the chain holds.
    public let length: Int
}

extension Record {
    /// Copies the record, whole and at one moment, to a new file, while others write.
    ///
    /// The copy appears under its name only when it is whole and on the disk.
    public func backup(to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw RecordError.exists(path) }
        let partial = path + ".partial"
        Self.remove(partial)
        do {
            let copy = try DatabaseQueue(path: partial)
            try queue.backup(to: copy)
            // One file, without a log beside it: what is carried away is complete.
            try copy.writeWithoutTransaction { db in
                _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
            try Self.settle(partial, as: path)
        } catch {
            Self.remove(partial)
            throw error
        }
    }

    /// Copies a file so that it stands under its new name only when it is whole and on the disk.
    public static func copyFile(_ source: String, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw RecordError.exists(path) }
        let partial = path + ".partial"
        remove(partial)
        do {
            try FileManager.default.copyItem(atPath: source, toPath: partial)
            try settle(partial, as: path)
        } catch {
            remove(partial)
            throw error
        }
    }

    static func settle(_ partial: String, as path: String) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: partial))
        try handle.synchronize()
        try handle.close()
        try FileManager.default.moveItem(atPath: partial, toPath: path)
        // The folder's entry must be on the disk as well.
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = Glibc.open(folder.isEmpty ? "." : folder, O_RDONLY)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        _ = Glibc.close(descriptor)
    }

    /// Takes a record's file away, with the log beside it.
    public static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }

    /// The SHA-256 of a whole file, read piece by piece.
    public static func fileHash(_ path: String) throws -> Digest {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        var hasher = FileDigest()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hasher.update(piece)
        }
        return hasher.digest
    }

    /// Closes the file; the log beside it is written into it and goes.
    public func close() throws { try queue.close() }

    /// Looks after the file.
    public func health() throws -> FileHealth {
        try queue.read { db in
            let head = try Self.head(db)
            return FileHealth(
                complaints: try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter {
                    $0 != "ok"
                },
                journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
                schema: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
                sqlite: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "",
                lastAdmission: head?.admittedAt ?? 0,
                length: head?.position ?? 0
            )
        }
    }

    /// The commitments to texts that hold one of these words: somebody's name or number.
    public func notes(holding words: [String]) throws -> [String] {
        try queue.read { db in
            try Row.fetchAll(db, sql: "SELECT commitment, content FROM note").compactMap { row in
                let text: String = try row.get("content")
                guard words.contains(where: { !$0.isEmpty && text.contains($0) }) else {
                    return nil
                }
                return Digest(bytes: try row.get("commitment") as Data)?.hex
            }
        }
    }

    /// What a new key signs to show that somebody holds it.
    public static func rotationProof(event: String, name: String, old: VerifyingKey) -> [UInt8] {
        Admission.rotationProof(event: event, name: name, old: old)
    }

    /// The commitments to texts about an entrant: violations, status, appeals and their rulings,
    /// honours.
    public func words(about entrant: EntrantID) throws -> [String] {
        try queue.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT words FROM (
                        SELECT reason AS words FROM penalty WHERE entrant = ?1
                        UNION SELECT reason FROM entrant WHERE id = ?1
                        UNION SELECT grounds FROM appeal WHERE entrant = ?1
                        UNION SELECT reason FROM appeal WHERE entrant = ?1
                        UNION SELECT words FROM remark WHERE entrant = ?1
                        UNION SELECT reason FROM honour WHERE entrant = ?1
                        UNION SELECT words FROM honour_evidence JOIN honour
                            ON honour.id = honour_evidence.honour WHERE entrant = ?1
                        UNION SELECT sent_back.reason FROM sent_back JOIN sheet
                            ON sheet.position = sent_back.sheet WHERE entrant = ?1)
                    WHERE words IN (SELECT lower(hex(commitment)) FROM note)
                    """,
                arguments: [entrant.text]
            )
        }
    }

    /// The text behind a commitment in a reason or in grounds; the words themselves where they stand
    /// in the chain; nil where the text was erased.
    public func note(_ words: String) throws -> String? {
        guard words.utf8.count == 64, let commitment = Digest(hex: words) else { return words }
        return try queue.read { db in
            try String.fetchOne(
                db,
                sql: "SELECT content FROM note WHERE commitment = ?",
                arguments: [Data(commitment.bytes)]
            )
        }
    }
}
