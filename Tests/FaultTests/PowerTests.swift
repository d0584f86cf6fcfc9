import Foundation
import Secretariat
import Testing

/// A writer whose power is cut: what was not synced is there, gone or torn, as chance has it.
///
/// The layer below SQLite is `Tests/Support/CFaults`; what it may do to a file stands there.
@Suite struct PowerTests {
    private struct Counts {
        var rounds = 0
        var cut = 0
        var within = 0
        var acknowledged = 0
        var unsaid = 0
        var damaged = 0
        var lossy = 0
        var lost = 0
    }

    @Test func nothingAcknowledgedIsLostWhenThePowerIsCutAtAnyOperation() throws {
        var random = SeededGenerator(seed: 77)
        var counts = Counts()
        let rounds = Rounds.scaled(180)
        while counts.rounds < rounds {
            let world = try ClosedWorld(entrants: 4)
            defer { world.remove() }
            var witness = Witness()
            for round in 1...20 where counts.rounds < rounds {
                let words = try cut(world, &random, fault: "power", &counts)
                witness.hear(words)
                // Every second time the next writer finds the files as the cut has left them.
                var path = world.path
                if round % 2 == 1 {
                    path = world.folder + "/copy.laurel"
                    try Witness.snapshot(world.path, to: path)
                }
                let verdict = witness.look(at: path, auditing: round % 5 == 0)
                try #require(verdict.isSound, "round \(counts.rounds): \(verdict)")
                if round == 20 || counts.rounds == rounds {
                    counts.acknowledged += witness.acknowledged.count
                    counts.unsaid += verdict.unsaid
                }
            }
        }
        report(
            """
            power: \(counts.rounds) rounds, \(counts.cut) cut (within an admission \
            \(counts.within)); \(counts.acknowledged) sheets acknowledged, 0 lost, \
            \(counts.unsaid) there unsaid
            """
        )
        #expect(counts.cut * 2 >= counts.rounds)
        #expect(counts.within * 4 >= counts.rounds)
    }

    /// The control: where the disk lies, sheets must be missing, or the test above proves nothing.
    @Test func theHarnessSeesTheLossWhereTheDiskOnlySaysThatItHasSynced() throws {
        var random = SeededGenerator(seed: 78)
        var counts = Counts()
        let world = try ClosedWorld(entrants: 4)
        defer { world.remove() }
        for _ in 0..<Rounds.scaled(30) {
            let copy = world.folder + "/lied.laurel"
            try Witness.snapshot(world.path, to: copy)
            let words = try cut(world, &random, fault: "lie", &counts, path: copy)
            var witness = Witness()
            witness.hear(words)
            let verdict = witness.look(at: copy, auditing: true)
            counts.acknowledged += words.acknowledged.count
            counts.lost += verdict.lost
            counts.lossy += verdict.lost > 0 ? 1 : 0
            counts.damaged += verdict.findings.isEmpty ? 0 : 1
        }
        report(
            """
            lying disk (control): \(counts.rounds) rounds, \(counts.cut) cut; \
            \(counts.acknowledged) sheets acknowledged, \(counts.lost) lost in \(counts.lossy) \
            rounds; the audit found damage in \(counts.damaged)
            """
        )
        #expect(counts.lossy * 2 >= counts.cut)
        #expect(counts.cut > 0)
    }

    /// The power is cut while the record is made: once that was acknowledged the record is there; before,
    /// there is a record, or no file, or one that is refused with an error.
    @Test func aRecordIsThereOnceItsMakingIsAcknowledgedWhereverThePowerIsCut() throws {
        let folder = try TinyWorld.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var counts = (cut: 0, acknowledged: 0, early: 0, absent: 0, refused: 0)
        for seed in 1...max(2, Rounds.scaled(2)) {
            var operation = 0
            var wasCut = true
            while wasCut {
                operation += 1
                let path = folder + "/\(seed)-\(operation).laurel"
                let child = try Child(
                    [
                        "create", TinyWorld.events, path,
                        "--fault", "power:\(seed * 1000 + operation):\(operation)",
                    ],
                    in: folder
                )
                let code = child.wait()
                try #require(code == 0 || code == Self.powerCut, "\(code): \(child.complaint)")
                wasCut = code == Self.powerCut
                counts.cut += wasCut ? 1 : 0
                let isAcknowledged = child.lines.contains("ack")
                let exists = FileManager.default.fileExists(atPath: path)
                let inspection = try Inspection.of(path)
                #expect(!inspection.crashed, "operation \(operation), seed \(seed)")
                if isAcknowledged {
                    counts.acknowledged += 1
                    #expect(inspection.faults == [], "operation \(operation), seed \(seed)")
                } else if inspection.faults.isEmpty {
                    counts.early += 1
                } else {
                    counts.absent += exists ? 0 : 1
                    counts.refused += exists ? 1 : 0
                }
            }
            try #require(operation > 5, "a record takes more than \(operation) operations")
        }
        report(
            """
            power while a record is made: \(counts.cut) cut; acknowledged \(counts.acknowledged), \
            all there and clean; before that a whole record \(counts.early), no file \
            \(counts.absent), a file that is refused \(counts.refused)
            """
        )
        #expect(counts.acknowledged > 0 && counts.refused + counts.absent > 0)
    }

    private func cut(
        _ world: ClosedWorld,
        _ random: inout SeededGenerator,
        fault: String,
        _ counts: inout Counts,
        path: String? = nil
    ) throws -> Words {
        let seed = UInt32.random(in: 0...(.max), using: &random)
        let operation = Int.random(in: 1...400, using: &random)
        let batch = [1, 1, 1, 4, 16].randomElement(using: &random) ?? 1
        // Half of the rounds checkpoint all the time, so that cuts fall into checkpoints as well.
        let pages = Bool.random(using: &random) ? 12 : 1000
        let child = try Child(
            [
                "write", path ?? world.path, world.keyring,
                "--judge", TinyWorld.authors.randomElement(using: &random) ?? "",
                "--count", "32", "--batch", "\(batch)", "--seed", "\(seed)",
                "--checkpoint-after", "\(pages)", "--fault", "\(fault):\(seed):\(operation)",
            ],
            in: world.folder
        )
        let code = child.wait()
        try #require(code == 0 || code == Self.powerCut, "\(code): \(child.complaint)")
        let words = Words(child.lines)
        counts.rounds += 1
        counts.cut += code == Self.powerCut ? 1 : 0
        counts.within += code == Self.powerCut && words.endedWithin ? 1 : 0
        return words
    }

    /// `LAUREL_FAULTS_POWER_CUT`.
    private static let powerCut: Int32 = 77
}
