import Foundation
import Secretariat
import Testing

/// A writer that is killed at any instant: nothing acknowledged is lost, nothing is there by halves.
@Suite struct KillTests {
    /// What became of the rounds.
    private struct Counts {
        var rounds = 0
        var beforeFirst = 0
        var between = 0
        var within = 0
        var afterLast = 0
        var acknowledged = 0
        var unsaid = 0
        var audits = 0
    }

    @Test func nothingAcknowledgedIsLostWhenAWriterIsKilledAtAnyInstant() throws {
        let rounds = Rounds.scaled(300)
        var random = SeededGenerator(seed: 300)
        var counts = Counts()
        // A record grows for 12 rounds; then another is begun, so that looking at it stays quick.
        while counts.rounds < rounds {
            let world = try ClosedWorld()
            defer { world.remove() }
            try killRounds(min(12, rounds - counts.rounds), world, &random, &counts)
        }
        report(
            """
            kill: \(counts.rounds) rounds; killed before the first acknowledgement \
            \(counts.beforeFirst), between first and last \(counts.between) (within an admission \
            \(counts.within)), after the last \(counts.afterLast); \(counts.acknowledged) sheets \
            acknowledged, 0 lost, \(counts.unsaid) there unsaid; \(counts.audits) audits clean
            """
        )
        // Where nearly no kill falls between the first answer and the last, nothing is proven.
        #expect(counts.between * 3 >= counts.rounds)
    }

    private func killRounds(
        _ rounds: Int,
        _ world: ClosedWorld,
        _ random: inout SeededGenerator,
        _ counts: inout Counts
    ) throws {
        var witness = Witness()
        for round in 1...rounds {
            let words = try kill(world, &random)
            witness.hear(words)
            counts.rounds += 1
            counts.beforeFirst += words.acknowledged.isEmpty ? 1 : 0
            counts.between += !words.acknowledged.isEmpty && !words.isDone ? 1 : 0
            counts.within += words.endedWithin ? 1 : 0
            counts.afterLast += words.isDone ? 1 : 0
            // Every second time the next writer finds the files as the kill has left them.
            var path = world.path
            if round % 2 == 1 {
                path = world.folder + "/copy.laurel"
                try Witness.snapshot(world.path, to: path)
            }
            let auditing = round % 6 == 0 || round == rounds
            let verdict = witness.look(at: path, auditing: auditing)
            counts.audits += auditing ? 1 : 0
            try #require(verdict.isSound, "round \(counts.rounds): \(verdict)")
            if round == rounds {
                counts.acknowledged += witness.acknowledged.count
                counts.unsaid += verdict.unsaid
            }
        }
    }

    private func kill(_ world: ClosedWorld, _ random: inout SeededGenerator) throws -> Words {
        let batch = [1, 1, 1, 4, 16].randomElement(using: &random) ?? 1
        let child = try Child(
            [
                "write", world.path, world.keyring,
                "--judge", TinyWorld.authors.randomElement(using: &random) ?? "",
                "--count", "40", "--batch", "\(batch)",
                "--seed", "\(UInt32.random(in: 0...(.max), using: &random))",
            ],
            in: world.folder
        )
        // Where it falls is told by what the writer has said, not by a clock, so that it falls into the
        // midst of admissions on a slow machine too; but one in eight anywhere from the start on.
        let delay: ClosedRange<UInt32>
        if Int.random(in: 0..<8, using: &random) > 0 {
            let sheets = Int.random(in: 0...20, using: &random)
            child.waitUntil { $0.filter { $0.hasPrefix("ack ") }.count >= sheets }
            delay = 0...8000
        } else {
            delay = 0...60_000
        }
        usleep(.random(in: delay, using: &random))
        child.kill()
        let code = child.wait()
        try #require(code == 0 || code == -SIGKILL, "\(code): \(child.complaint)")
        return Words(child.lines)
    }
}
