import Findings
import Foundation
import GRDB
import Ledger
import Seal
import Secretariat
import Testing

/// Holds a record to what its writers were told: every acknowledged sheet is there, whole, once; a
/// batch is there whole or not at all.
struct Witness {
    /// What is wrong with a record.
    struct Verdict {
        /// Acknowledged sheets that are not there, or not whole.
        var lost = 0
        /// Batches of which a part is there.
        var halves = 0
        /// Sheets that are there though nobody was told: a cut between the commit and the answer.
        var unsaid = 0
        /// What the audit found, or why the record can't be read.
        var findings: [String] = []

        var isSound: Bool { lost == 0 && halves == 0 && findings.isEmpty }
    }

    private(set) var acknowledged: Set<String> = []
    private var tried: [[String]] = []
    private var genuine: Set<String> = []

    /// Takes note of what a writer said.
    mutating func hear(_ words: Words) {
        acknowledged.formUnion(words.acknowledged)
        tried += words.tried
    }

    /// Looks into a record; opening it comes first, as its next user would.
    ///
    /// Every statement is read and its bytes hashed; a signature is checked the first time, and all
    /// again where the whole is audited.
    mutating func look(at path: String, auditing: Bool) -> Verdict {
        var verdict = Verdict()
        do {
            try withExtendedLifetime(Office.open(path)) {}
            let held = try held(path)
            verdict.lost = acknowledged.filter { held[$0] != 1 }.count
            for batch in tried {
                let there = batch.filter { held[$0] != nil }
                if !there.isEmpty, there.count < batch.count { verdict.halves += 1 }
                verdict.unsaid += there.filter { !acknowledged.contains($0) }.count
            }
            // The audit comes last, and in a process of its own: of a damaged record it may die.
            if auditing { verdict.findings += try Inspection.of(path).faults }
        } catch {
            verdict.findings.append("\(error)")
            verdict.lost = acknowledged.count
        }
        return verdict
    }

    /// How often each statement is there whole, by its name.
    private mutating func held(_ path: String) throws -> [String: Int] {
        let rows = try DatabaseQueue(path: path).read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT statement_id, statement, signature, lower(hex(statement_id)) FROM entry
                    """
            )
        }
        var held: [String: Int] = [:]
        for row in rows {
            // A damaged row may hold anything, NULL where no NULL may be.
            let columns = Array(row.databaseValues.prefix(3)).map {
                Data.fromDatabaseValue($0).map { [UInt8]($0) }
            }
            guard let name = columns[0], let bytes = columns[1], let signature = columns[2],
                let hex = String.fromDatabaseValue(Array(row.databaseValues)[3]),
                Digest(of: bytes).bytes == name
            else { continue }
            if !genuine.contains(hex) {
                guard try SignedStatement(bytes: bytes, signature: signature).isGenuine else {
                    continue
                }
                genuine.insert(hex)
            }
            held[hex, default: 0] += 1
        }
        return held
    }

    /// Copies a record with its WAL, as a cut has left them, so that looking does not tidy up before
    /// the next writer comes.
    static func snapshot(_ path: String, to copy: String) throws {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: copy + suffix)
            if suffix != "-shm", FileManager.default.fileExists(atPath: path + suffix) {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
            }
        }
    }
}
