import Competition
import Exact
import Findings
import Foundation
import Interchange
import Scoring
import Synchronization

/// Ten million marks from sheets as they are stored to ranks, and what of it is what.
///
/// 42 items, 41,667 entrants, 40 aspects, panels of 5, 6 and 7: trimmed means, weights, totals to two
/// places, a chain of two tie keys. The marks and ranks are written beside, so that the peers
/// (`peers.py`) count the same marks and their ranks can be compared.
struct TallyBench {
    private static let entrants = 41_667
    private static let items = 42
    static let aspects = 40

    private struct Item {
        let plan: ScoringPlan
        let codes: [EntrantID]
        let judges: [JudgeID]
        let inputs: [EntrantInput]
        /// A sheet a judge and entrant, one after the other, as they lie in the store.
        let sheets: [Int32]
    }

    private let made: [Item]

    init() throws {
        var random: UInt64 = 2022
        func roll(_ sides: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(random >> 33) % sides
        }
        let plans = try (5...7).map { panel in
            let reading = ScorecardFile.read(Self.card(panel), file: "bench.yaml")
            guard let card = reading.card else { throw Refusal(reading.findings) }
            return ScoringPlan(card: card)
        }
        var made: [Item] = []
        var left = Self.entrants
        for number in 0..<Self.items {
            let count = left / (Self.items - number)
            left -= count
            let panel = 5 + number % 3
            let codes = (0..<count).compactMap {
                EntrantID(String(format: "I%02d-%05d", number, $0))
            }
            var sheets: [Int32] = []
            sheets.reserveCapacity(count * panel * Self.aspects)
            for _ in 0..<count {
                let ability = 40 + roll(50)
                for _ in 0..<(panel * Self.aspects) {
                    sheets.append(Int32(max(0, min(100, ability + roll(21) - 10))))
                }
            }
            made.append(
                Item(
                    plan: plans[panel - 5],
                    codes: codes,
                    judges: (0..<panel).compactMap { JudgeID("J\($0)") },
                    inputs: codes.compactMap(Self.input),
                    sheets: sheets
                )
            )
        }
        self.made = made
    }

    private static func input(_ id: EntrantID) -> EntrantInput? {
        guard let item = ItemID("X"), let delegation = DelegationID("x") else { return nil }
        return EntrantInput(
            entrant: Entrant(
                id: id,
                item: item,
                delegation: delegation,
                group: "worker",
                isGuest: false
            )
        )
    }

    private static func card(_ panel: Int) -> String {
        var text = """
            scorecard: 1
            id: bench
            title: {zh: 测, en: Bench}
            panel: {judges: \(panel)}
            total: {max: open, round: {places: 2}}
            ties: {keys: [{marks: P.a0}, {marks: P.a1}], end: shared}
            parts:
              - id: P
                title: {zh: 实操, en: Practical}
                aspects:

            """
        for aspect in 0..<aspects {
            text += """
                      - id: a\(aspect)
                        title: {zh: 点, en: Aspect}
                        score: {max: 100}
                        weight: \(weight(aspect))/1000
                        aggregate: {trimmed: {high: 1, low: 1}}

                """
        }
        return text
    }

    static func weight(_ aspect: Int) -> Int { 10 + aspect % 31 }

    private func table(_ item: Item) -> MarkTable {
        var table = MarkTable(plan: item.plan, entrants: item.codes, judges: item.judges)
        fill(&table, item)
        return table
    }

    private func fill(_ table: inout MarkTable, _ item: Item) {
        item.sheets.withUnsafeBytes { bytes in
            let size = Self.aspects * 4
            var at = 0
            for entrant in item.codes.indices {
                for judge in item.judges.indices {
                    table.lay(
                        UnsafeRawBufferPointer(rebasing: bytes[at..<(at + size)]),
                        entrant: entrant,
                        unit: 0,
                        judge: judge,
                        attempt: 0
                    )
                    at += size
                }
            }
        }
        table.observePanels(item.plan)
    }

    /// Prints the rows, and writes marks and ranks into a folder for the peers.
    func run(into folder: String, _ row: (String, String, String) -> Void) throws {
        let marks = made.reduce(0) { $0 + $1.sheets.count }
        let pass = best { made.reduce(0) { $0 &+ Self.sum($1.sheets) } }
        let tables = made.map(table)
        let copied = best { made.map(table).count }
        let tallies = try zip(made, tables).map {
            try ItemTally(plan: $0.plan, inputs: $0.inputs, table: $1)
        }
        let totals = try best { try tallies.reduce(0) { $0 + (try $1.totals()) } }
        let ranked = try best { try tallies.reduce(0) { $0 + (try $1.placings().ranked) } }
        let one = try best { try count(threads: 1) }
        let two = try best { try count(threads: 2) }
        func milliseconds(_ seconds: Double) -> String { String(format: "%.1f ms", seconds * 1000) }
        row(
            "10 million marks: one pass over the bytes of the stored sheets, one thread",
            milliseconds(pass),
            "\(marks) marks, \((marks * 4) >> 20) MiB"
        )
        row("… laid into tables, one thread", milliseconds(copied), "")
        row(
            "… aggregated, weighed, added up, one thread",
            milliseconds(totals),
            String(format: "%.1f × the pass", totals / pass)
        )
        row(
            "… ranked with the tie chain, one thread",
            milliseconds(ranked - totals),
            String(format: "%.1f × aggregation", (ranked - totals) / totals)
        )
        row("… from stored sheets to ranks, one thread", milliseconds(one), "")
        row("… from stored sheets to ranks, two threads", milliseconds(two), "")
        try write(folder, tallies, seconds: two)
    }

    /// A corrected sheet against the whole: one entrant's sheet changed and the item ranked again.
    private func count(threads: Int) throws -> Int {
        let next = Atomic(0)
        let ranked = Atomic(0)
        let failed = Atomic(false)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < made.count else { return }
                let item = made[number]
                do {
                    let tally = try ItemTally(
                        plan: item.plan,
                        inputs: item.inputs,
                        table: table(item)
                    )
                    ranked.add(try tally.placings().ranked, ordering: .relaxed)
                } catch {
                    failed.store(true, ordering: .relaxed)
                }
            }
        }
        guard !failed.load(ordering: .relaxed) else {
            throw Refusal("bench", Text(same: "counting failed"))
        }
        return ranked.load(ordering: .relaxed)
    }

    private static func sum(_ marks: [Int32]) -> Int {
        var sum: Int32 = 0
        for mark in marks { sum &+= mark }
        return Int(sum)
    }

    /// The best of seven runs, in seconds; the sum keeps the work from being left out.
    private func best(_ body: () throws -> Int) rethrows -> Double {
        var best = Double.infinity
        var kept = 0
        for _ in 0..<7 {
            let clock = ContinuousClock()
            let time = try clock.measure { kept &+= try body() }
            let seconds =
                Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
            best = min(best, seconds)
        }
        return kept == .min ? .nan : best
    }

    private func write(_ folder: String, _ tallies: [ItemTally], seconds: Double) throws {
        var rows: [Int32] = []
        var ranks: [Int32] = []
        for (item, tally) in zip(made, tallies) {
            rows += [Int32(item.codes.count), Int32(item.judges.count)]
            ranks += try tally.placings().ranks
        }
        let marks = made.flatMap(\.sheets)
        let weights = (0..<Self.aspects).map { Int32(Self.weight($0)) }
        for (name, values) in [
            ("items", rows), ("marks", marks), ("ranks", ranks), ("weights", weights),
        ] {
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
