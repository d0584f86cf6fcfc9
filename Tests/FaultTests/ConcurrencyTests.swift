import Foundation
import Ledger
import Secretariat
import Testing

/// Many writers on one file: each sheet comes in once, none is lost, and nobody starves unseen.
@Suite struct ConcurrencyTests {
    @Test func eightProcessesWriteOneRecordAndEverySheetComesInOnce() throws {
        let each = 500
        let world = try ClosedWorld()
        defer { world.remove() }
        let before = try Office.open(world.path).record.length()
        let (start, stop) = (world.folder + "/start", world.folder + "/stop")
        let writers = try TinyWorld.authors.enumerated().map { number, author in
            try Child(
                [
                    "write", world.path, world.keyring, "--judge", author, "--count", "\(each)",
                    "--seed", "\(number)", "--wait-for", start,
                ],
                in: world.folder
            )
        }
        let readers = try (0..<2).map { _ in
            try Child(["read", world.path, "--until", stop], in: world.folder)
        }
        (writers + readers).forEach { $0.waitUntilReady() }
        _ = FileManager.default.createFile(atPath: start, contents: nil)
        let codes = writers.map { $0.wait() }
        _ = FileManager.default.createFile(atPath: stop, contents: nil)
        let readerCodes = readers.map { $0.wait() }
        let complaints = (writers + readers).map(\.complaint).joined()
        #expect(codes == writers.map { _ in 0 }, "\(complaints)")
        #expect(readerCodes == [0, 0], "\(complaints)")

        var witness = Witness()
        for writer in writers {
            let words = Words(writer.lines)
            #expect(words.acknowledged.count == each)
            witness.hear(words)
        }
        #expect(witness.acknowledged.count == writers.count * each)
        let verdict = witness.look(at: world.path, auditing: true)
        #expect(verdict.isSound && verdict.unsaid == 0, "\(verdict)")
        // Once each: as many statements came in as were acknowledged, and no other.
        #expect(try Office.open(world.path).record.length() == before + writers.count * each)
        tell(writers, readers, each)
    }

    /// The times, for people to read; they decide nothing.
    private func tell(_ writers: [Child], _ readers: [Child], _ each: Int) {
        let times = writers.map { writer in
            (writer.lines.last ?? "").split(separator: " ").compactMap { Int($0) }
        }
        let ends = times.compactMap(\.first)
        let waits = times.compactMap { $0.dropFirst().first }
        report(
            """
            concurrency: \(writers.count) writers of \(each) sheets each beside \(readers.count) \
            readers, all in once; done after \(ends.min() ?? 0) to \(ends.max() ?? 0) ms; longest \
            wait of one admission \(waits.max() ?? 0) ms (each writer's: \
            \(waits.sorted().map(String.init).joined(separator: ", "))); readers: \
            \(readers.compactMap(\.lines.last).joined(separator: "; ")) ms
            """
        )
    }
}
