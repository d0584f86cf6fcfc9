import Findings
import Foundation
import GRDB
import Ledger
import Seal
import Secretariat
import Testing

/// Whole entries are taken out, swapped, doubled or signed by another key.
@Suite struct ForgeryTests {
    private let record: FullRecord
    private let stranger: SigningKey

    init() throws {
        record = try FullRecord()
        stranger = try #require(SigningKey(seed: [UInt8](repeating: 66, count: 32)))
    }

    /// What the audit says; an error where it throws.
    private func findings(_ path: String, since notes: [SignedNote] = []) -> [String] {
        do {
            return try Office.open(path).record.audit(since: notes).findings.map(\.message.en)
        } catch {
            return ["\(error)"]
        }
    }

    /// One who only moves rows about: each is found, wherever it stands.
    @Test func anEntryThatIsDeletedSwappedOrDoubledIsFound() throws {
        defer { record.remove() }
        var counts: [String: (tried: Int, found: Int, since: Int)] = [:]
        func attempt(_ name: String, _ change: (Forger) throws -> Void) throws {
            let forger = try Forger(copying: record)
            // A row that the tables themselves refuse is found as well.
            var isRefused = false
            do { try change(forger) } catch is DatabaseError { isRefused = true }
            let found = isRefused || !findings(forger.path).isEmpty
            let since = found || !findings(forger.path, since: [record.tip]).isEmpty
            counts[name, default: (0, 0, 0)].tried += 1
            counts[name, default: (0, 0, 0)].found += found ? 1 : 0
            counts[name, default: (0, 0, 0)].since += since ? 1 : 0
        }
        let columns = "kind, statement_id, author, nonce, statement, signature, admitted_at, hash"
        for position in 1...record.length {
            try attempt("deleted") { forger in
                try forger.execute("DELETE FROM entry WHERE position = \(position)")
            }
            try attempt("doubled") { forger in
                // At the end, under names that the table's constraints let pass.
                try forger.execute(
                    """
                    INSERT INTO entry SELECT \(record.length + 1), kind, randomblob(32), author,
                    randomblob(16), statement, signature, admitted_at, hash
                    FROM entry WHERE position = \(position)
                    """
                )
            }
            guard position < record.length else { continue }
            try attempt("swapped") { forger in
                try forger.execute(
                    """
                    CREATE TEMP TABLE pair AS SELECT \(2 * position + 1) - position AS place, \
                    \(columns) FROM entry WHERE position IN (\(position), \(position + 1));
                    DELETE FROM entry WHERE position IN (\(position), \(position + 1));
                    INSERT INTO entry (position, \(columns)) SELECT place, \(columns) FROM pair;
                    """
                )
            }
        }
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
            report(
                """
                entries \(name): \(count.tried) tried, \(count.found) found by the file alone, \
                \(count.since) with a note of its end that was kept elsewhere
                """
            )
            // The last entry, a bureau's pull, leaves no trace but itself: a chain whose end was cut off
            // is a shorter chain, and only somebody who knows its length can tell.
            #expect(count.found >= count.tried - (name == "deleted" ? 1 : 0), "\(name)")
            #expect(count.since == count.tried, "\(name)")
        }
        #expect(counts.count == 3)
    }

    /// One who makes the chain anew behind the change: only what was signed before can tell.
    @Test func aRewrittenChainIsFoundByACheckpointThatWasSignedBefore() throws {
        defer { record.remove() }
        let entries = try Forger.entries(of: record)
        let last = try #require(record.checkpoints.keys.max())
        // The forger's own arithmetic is right: an unchanged chain, rewritten, has the same root.
        let control = try Forger(copying: record)
        try control.rewrite(entries)
        for (position, note) in record.checkpoints {
            #expect(try agrees(note, position, control.path))
        }
        #expect(findings(control.path).allSatisfy { !$0.contains("checkpoint") })

        for way in Way.allCases {
            var counts = (tried: 0, found: 0, byCheckpoint: 0, later: 0, laterFound: 0)
            for position in 1...record.length {
                guard let forged = try way.forge(entries, position, stranger) else { continue }
                let forger = try Forger(copying: record)
                if way == .doubled { try forger.loosen() }
                try forger.rewrite(forged)
                let found = findings(forger.path)
                // What is doubled stands at its place as before, and once more behind it.
                if way == .doubled ? position < last : position <= last {
                    counts.tried += 1
                    counts.found += found.isEmpty ? 0 : 1
                    let isByCheckpoint = found.contains { $0.contains("checkpoint") }
                    counts.byCheckpoint += isByCheckpoint ? 1 : 0
                    // Without a genesis at its beginning a record does not even open.
                    if position > 1 {
                        #expect(isByCheckpoint, "\(way) at \(position): \(found)")
                    }
                } else {
                    counts.later += 1
                    counts.laterFound += found.isEmpty ? 0 : 1
                }
            }
            report(
                """
                rewritten chain, \(way.rawValue): \(counts.tried) tried before the last \
                checkpoint, \(counts.found) found (\(counts.byCheckpoint) by a checkpoint); behind it \(counts.later) tried, \
                \(counts.laterFound) found by anything
                """
            )
            #expect(counts.tried > 0 && counts.found == counts.tried, "\(way)")
        }
    }

    /// One who throws the file's checkpoints away as well: a note that was handed out finds it.
    @Test func aCheckpointHeldElsewhereFindsWhatTheFileNoLongerTells() throws {
        defer { record.remove() }
        let entries = try Forger.entries(of: record)
        let (last, note) = try #require(record.checkpoints.max { $0.key < $1.key })
        var counts = (tried: 0, byAudit: 0, byNote: 0)
        for position in 1...last {
            let forger = try Forger(copying: record)
            let forged = try #require(try Way.resigned.forge(entries, position, stranger))
            try forger.rewrite(forged)
            try forger.execute("DELETE FROM checkpoint")
            counts.tried += 1
            counts.byAudit += findings(forger.path).isEmpty ? 0 : 1
            let said = findings(forger.path, since: [note])
            counts.byNote += said.contains { $0.contains("given checkpoint") } ? 1 : 0
            // Another genesis has another root key, and the file may then not open at all.
            #expect(try !agrees(note, last, forger.path))
        }
        report(
            """
            rewritten chain, signed by a stranger, checkpoints thrown away: \(counts.tried) tried, \
            \(counts.byNote) found by the note held elsewhere, \(counts.byAudit) by the audit alone
            """
        )
        #expect(counts.tried > 0 && counts.byNote == counts.tried)
    }

    /// Whether a signed note says of a record's beginning what the record says.
    private func agrees(_ note: SignedNote, _ position: Int, _ path: String) throws -> Bool {
        let rows = try DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: "SELECT hash FROM entry ORDER BY position")
        }
        let leaves = rows.compactMap { Digest(bytes: $0[0] as Data) }
        guard leaves.count >= position else { return false }
        let root = Data(MerkleTree(leaves: leaves).root(size: position).bytes)
        return note.text == "laurel/tiny\n\(position)\n\(root.base64EncodedString())\n"
    }

    private enum Way: String, CaseIterable {
        case deleted, swapped, doubled, resigned

        func forge(
            _ entries: [Forger.Entry],
            _ position: Int,
            _ key: SigningKey
        ) throws -> [Forger.Entry]? {
            var forged = entries
            let index = position - 1
            switch self {
            case .deleted: forged.remove(at: index)
            case .swapped:
                guard position < entries.count else { return nil }
                forged.swapAt(index, index + 1)
            case .doubled: forged.insert(entries[index], at: index)
            case .resigned: forged[index] = try Forger.resigned(entries[index], by: key)
            }
            return forged
        }
    }
}
