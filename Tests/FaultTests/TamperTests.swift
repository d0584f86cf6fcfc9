import Foundation
import GRDB
import Secretariat
import Testing

/// Single bytes of a closed record are changed, all over its file.
@Suite struct TamperTests {
    /// Where the bytes of the file belong.
    private struct Pages {
        let size: Int
        private var labels: [Int: String] = [:]

        init(_ record: FullRecord) throws {
            size = try record.rows("PRAGMA page_size").first?[0] ?? 4096
            for row in try record.rows("SELECT pageno, name, pagetype FROM dbstat") {
                let (name, type): (String, String) = (row[1], row[2])
                labels[row[0]] = name + " (" + type + ")"
            }
        }

        func label(_ position: Int) -> String {
            position < 100
                ? "file header" : labels[position / size + 1] ?? "free page \(position / size + 1)"
        }
    }

    private struct Change {
        let position: Int
        let mask: UInt8
        var line: String { "\(position) \(mask)" }
    }

    private struct Outcome {
        var found = 0
        var harmless = 0
        var missed: [String] = []
        var crashed: [String] = []
    }

    @Test func aChangedByteIsReportedOrChangesNothingThatIsRead() throws {
        let record = try FullRecord()
        defer { record.remove() }
        let pages = try Pages(record)
        let changes = try sample(record, pages)
        // Two processes, as the machine has two cores.
        var halves = [0, 1].map { half in
            changes.enumerated().filter { $0.offset % 2 == half }.map(\.element)
        }
        var outcome = Outcome()
        while halves.contains(where: { !$0.isEmpty }) {
            let children = try halves.enumerated().map { number, changes in
                let list = record.folder + "/changes-\(number)"
                try changes.map(\.line).joined(separator: "\n").write(
                    toFile: list,
                    atomically: true,
                    encoding: .utf8
                )
                return try Child(["tamper", record.path, list], in: record.folder)
            }
            for (number, child) in children.enumerated() {
                let code = child.wait()
                try #require(code <= 0, "\(child.complaint)")
                let done = count(child.lines, died: code < 0, pages, &outcome)
                let isDone = done == halves[number].count
                try #require(isDone || code < 0, "it stopped after \(done)")
                halves[number].removeFirst(done)
            }
        }
        tell(changes.count, outcome)
        #expect(outcome.missed == [])
        #expect(outcome.crashed == [])
        #expect(outcome.found > 0 && outcome.harmless > 0)
        let sum = outcome.found + outcome.harmless + outcome.missed.count + outcome.crashed.count
        #expect(sum == changes.count)
    }

    /// Every byte of the file's header; of each page so many, its own header and anywhere; more of the
    /// schema; and the names and kinds of the documents, which no hash of theirs covers.
    private func sample(_ record: FullRecord, _ pages: Pages) throws -> [Change] {
        let attributes = try FileManager.default.attributesOfItem(atPath: record.path)
        let bytes = try #require(attributes[.size] as? Int)
        var random = SeededGenerator(seed: 600)
        var positions = Array(0..<100)
        let each = max(4, Rounds.scaled(500) * pages.size / bytes)
        for start in stride(from: 0, to: bytes, by: pages.size) {
            positions += (0..<2).map { _ in start + Int.random(in: 0..<12, using: &random) }
            let isSchema = pages.label(start + 200).hasPrefix("sqlite_schema")
            positions += (0..<(isSchema ? 4 * each : each - 2)).map { _ in
                start + Int.random(in: 0..<pages.size, using: &random)
            }
        }
        positions += try besideHashes(record).shuffled(using: &random).prefix(Rounds.scaled(100))
        return positions.map { Change(position: $0, mask: .random(in: 1...255, using: &random)) }
    }

    /// The bytes about each place where a document's hash stands: a row's header before it, kind and
    /// name behind it.
    private func besideHashes(_ record: FullRecord) throws -> [Int] {
        let file = try Data(contentsOf: URL(fileURLWithPath: record.path))
        return try record.rows("SELECT hash FROM document").flatMap { row in
            let hash: Data = row[0]
            var places: [Int] = []
            var from = 0
            while let found = file.range(of: hash, in: from..<file.count) {
                places += Array(found.lowerBound - 8..<found.lowerBound)
                places += Array(found.upperBound..<min(found.upperBound + 24, file.count))
                from = found.upperBound
            }
            return places
        }
    }

    /// Counts what a child said.
    ///
    /// - Returns: how many changes it has dealt with, the one it died of included.
    private func count(
        _ lines: [String],
        died: Bool,
        _ pages: Pages,
        _ outcome: inout Outcome
    ) -> Int {
        var done = 0
        var place = ""
        var isClean = false
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            switch words.first {
            case "at":
                let position = words[1].split(separator: " ").first.flatMap { Int($0) } ?? 0
                place =
                    "byte \(words[1].replacing(" ", with: " xor ")) in \(pages.label(position)), "
                    + "offset \(position % pages.size)"
                done += 1
                isClean = false
            case "found": outcome.found += 1
            case "clean": isClean = true
            case "harmless": outcome.harmless += 1
            default: outcome.missed.append(place + ": " + (words.last ?? ""))
            }
        }
        if died {
            outcome.crashed.append(place + (isClean ? ": reading, after a clean audit" : ""))
        }
        return done
    }

    private func tell(_ tried: Int, _ outcome: Outcome) {
        report(
            """
            tampered bytes: \(tried) tried, \(outcome.found) found, \(outcome.harmless) harmless, \
            \(outcome.missed.count) missed, \(outcome.crashed.count) crashed
            """
        )
        for place in outcome.missed { report("missed: " + place) }
        for place in outcome.crashed { report("crashed: " + place) }
    }
}
