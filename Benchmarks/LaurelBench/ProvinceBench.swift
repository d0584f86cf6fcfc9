import Competition
import Exact
import Findings
import Foundation
import Ledger
import Scoring
import Secretariat

/// The province at real size on one card that SQL can count too: from its closed file to everyone's
/// standing in memory, and one corrected sheet.
struct ProvinceBench {
    let events: String
    let folder: String

    private static let parts = 3
    private static let aspects = 40

    private static var card: String {
        var text = """
            scorecard: 1
            id: bench-province
            title: {zh: 测, en: Bench}
            panel: {judges: 5, minimum: 4}
            total: {max: open, round: {places: 2}}
            ties: {keys: [{marks: P0.a0}, {marks: P0.a1}], end: shared}
            parts:

            """
        for part in 0..<parts {
            text += "  - id: P\(part)\n    title: {zh: 模块, en: Module}\n    aspects:\n"
            for aspect in 0..<aspects {
                text += """
                          - id: a\(aspect)
                            title: {zh: 点, en: Aspect}
                            score: {max: 100}
                            weight: \(weight(part, aspect))/1000
                            aggregate: {trimmed: {high: 1, low: 1}}

                    """
            }
        }
        return text
    }

    private static func weight(_ part: Int, _ aspect: Int) -> Int {
        1 + (part * aspects + aspect) % 13
    }

    /// Makes the record, counts it, writes what the peers need, and gives the seconds.
    func run(_ row: (String, String, String) -> Void) throws {
        let manager = FileManager.default
        let event = folder + "/event"
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try manager.copyItem(atPath: events, toPath: event)
        try Self.card.write(toFile: event + "/bench.yaml", atomically: true, encoding: .utf8)
        let text = try String(contentsOfFile: event + "/event.yaml", encoding: .utf8)
        guard let cards = text.range(of: "scorecards:\n") else {
            throw Refusal("bench", Text(same: "no scorecards"))
        }
        try (text[..<cards.upperBound] + "  standard:\n    - bench.yaml\n  items: {}\n").write(
            toFile: event + "/event.yaml",
            atomically: true,
            encoding: .utf8
        )
        var rehearsal = try Rehearsal(
            Rehearsal.Settings(eventFolder: event, folder: folder + "/record")
        ) { _ in }
        try rehearsal.appoint()
        try rehearsal.register()
        try rehearsal.mark()
        let path = folder + "/record/liaoning.laurel"
        let (seconds, ranked) = try Self.tallied(path)
        let size = try manager.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        row(
            "the province from its closed file to standings in memory, two threads",
            String(format: "%.0f ms", seconds * 1000),
            "\(ranked) entrants, \(rehearsal.size.marks) marks; file \(size >> 20) MiB, with every signed statement"
        )
        let office = try Office.open(path)
        try corrected(office, whole: seconds, row)
        try write(office, seconds)
    }

    /// The best of five times from a closed file to everyone's standing.
    static func tallied(_ path: String) throws -> (seconds: Double, ranked: Int) {
        var best = Double.infinity
        var ranked = 0
        for _ in 0..<5 {
            let start = ContinuousClock.now
            let office = try Office.open(path)
            let items = office.catalogue.event.items.map(\.id)
            ranked = try office.standings(of: items).reduce(0) { $0 + $1.rows.count }
            best = min(best, Self.seconds(since: start))
        }
        return (best, ranked)
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let time = ContinuousClock.now - start
        return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    private func corrected(
        _ office: Office,
        whole: Double,
        _ row: (String, String, String) -> Void
    ) throws {
        guard let item = office.catalogue.event.items.first else { return }
        let tally = try office.tally(of: item.id)
        _ = try tally.placings()
        var best = Double.infinity
        for mark in 0..<20 {
            let start = ContinuousClock.now
            var table = tally.table
            table[0, 0, 0, 0] = Int32(mark)
            let again = try ItemTally(
                plan: tally.plan,
                inputs: tally.inputs,
                table: table,
                rulings: tally.rulings
            )
            _ = try again.placings()
            best = min(best, Self.seconds(since: start))
        }
        row(
            "one corrected sheet: its item counted and ranked again",
            String(format: "%.0f µs", best * 1e6),
            String(format: "1/%.0f of the province's tally", whole / best)
        )
    }

    /// Marks and ranks of all who are ranked, for `peers.py`.
    private func write(_ office: Office, _ seconds: Double) throws {
        var columns = [[Int32]](repeating: [], count: 5)
        var ranks: [Int32] = []
        for (number, item) in office.catalogue.event.items.enumerated() {
            let tally = try office.tally(of: item.id)
            let placings = try tally.placings()
            for (index, input) in tally.inputs.enumerated() where placings.ranks[index] > 0 {
                guard let row = tally.table.index(of: input.entrant.id) else { continue }
                for (aspect, planned) in tally.plan.aspects.enumerated() {
                    for judge in tally.table.judges.indices {
                        let mark = tally.table[row, aspect, judge, 0]
                        guard StoredMark.isMark(mark), planned.attempts == 1 else { continue }
                        let values = [number, ranks.count, aspect, judge, Int(mark)]
                        for (column, value) in values.enumerated() {
                            columns[column].append(Int32(value))
                        }
                    }
                }
                ranks.append(placings.ranks[index])
            }
        }
        var weights: [Int32] = []
        for part in 0..<Self.parts {
            weights += (0..<Self.aspects).map { Int32(Self.weight(part, $0)) }
        }
        let names = ["item", "entrant", "aspect", "judge", "mark"]
        for (name, values) in Array(zip(names, columns)) + [("ranks", ranks), ("weights", weights)]
        {
            try values.withUnsafeBytes { Data($0) }
                .write(to: URL(fileURLWithPath: folder + "/" + name + ".i32"))
        }
        try "\(seconds)".write(
            toFile: folder + "/laurel.seconds",
            atomically: true,
            encoding: .utf8
        )
    }
}
