import Eligibility
import Exact
import Foundation
import Interchange
import Rules
import Synchronization

/// A million made-up people against every policy, on two threads; the same people are written for
/// OpenFisca, which computes Shenyang's benefits in `openfisca_peer.py`.
struct EligibilityBench {
    let policies: String
    let folder: String
    static let count = 1_000_000
    static let parts = 20
    static let day = Day(year: 2023, month: 5, day: 15)

    func run(_ row: (String, String, String) -> Void) throws {
        guard let day = Self.day else { return }
        let names = try FileManager.default.contentsOfDirectory(atPath: policies).sorted()
        let read = try names.filter { $0.hasSuffix(".yaml") }.map { name in
            try PolicyFile.read(try TextFile.read(policies + "/" + name), file: name)
        }
        let program = try FlatProgram(read, on: day)
        let people = made(program, day)
        let size = Self.count / Self.parts
        var best = Double.infinity
        var parts: [FlatDecisions] = []
        var least = Double.infinity
        for _ in 0..<15 {
            parts = []
            let before = Self.processorSeconds()
            let clock = ContinuousClock()
            let time = clock.measure {
                // Two threads take twenty parts as they come to them.
                let found = Mutex<[Int: FlatDecisions]>([:])
                let next = Mutex(0)
                DispatchQueue.concurrentPerform(iterations: 2) { _ in
                    while true {
                        let part = next.withLock { part in
                            defer { part += 1 }
                            return part
                        }
                        guard part < Self.parts else { break }
                        let rows = (part * size)..<((part + 1) * size)
                        let decided = program.run(people, rows: rows)
                        found.withLock { $0[part] = decided }
                    }
                }
                parts = found.withLock { found in (0..<Self.parts).compactMap { found[$0] } }
            }
            let seconds =
                Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
            best = min(best, seconds)
            least = min(least, Self.processorSeconds() - before)
        }
        let plain = try sample(read, program, people, parts, day)
        try write(program, people, parts, best, least)
        row(
            "1 million people against all \(read.count) policies (\(program.benefits.count) benefits), two threads",
            "\(Int(best * 1000)) ms",
            "\(Int(least * 1000)) ms of processor time; amounts in fen, open facts kept open; peak of the process \(Self.peakMebibytes()) MiB"
        )
        row(
            "… one person explained by the plain evaluator, all policies",
            String(format: "%.1f ms", plain * 1000),
            "2,000 people drawn from the million: outcome and amount of every benefit equal"
        )
    }

    /// Everybody's facts; settings are settled one way and nothing is missing, so that a vectorised
    /// engine without unknowns can come to the same.
    private func made(_ program: FlatProgram, _ day: Day) -> PersonColumns {
        var state: UInt64 = 20_221_027
        func next(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
        }
        var columns: [String: PersonColumns.Column] = [:]
        let rows = 0..<Self.count
        let today = day.daysSince1970
        for fact in program.vocabulary.declarations where fact.name != "decision_date" {
            switch fact.type {
            case .truth:
                columns[fact.name] = .truths(rows.map { _ in UInt8(next(4) == 0 ? 0 : 1) })
            case .word:
                columns[fact.name] = .words(rows.map { _ in UInt8(next(fact.words.count)) })
            case .number:
                let (low, high) = fact.name == "rented_area_sqm" ? (15, 120) : (600, 6_000)
                columns[fact.name] = .numbers(
                    rows.map { _ in (low + next(high - low)) * PersonColumns.scale }
                )
            case .day:
                let years = fact.name == "birth_date" ? (18, 62) : (0, 9)
                columns[fact.name] = .days(
                    rows.map { _ in
                        Int32(today - years.0 * 365 - next((years.1 - years.0) * 365))
                    }
                )
            case .words:
                let bits = UInt32(program.words[fact.name]?.count ?? 0)
                columns[fact.name] = .sets(
                    has: rows.map { _ in
                        (0..<bits).reduce(0) { $0 | (next(10) == 0 ? 1 << $1 : 0) }
                    },
                    open: [UInt32](repeating: 0, count: Self.count)
                )
            }
        }
        return PersonColumns(count: Self.count, columns: columns)
    }

    /// Decides some of the people plainly, holds them against the columns, and gives the seconds a
    /// person.
    private func sample(
        _ policies: [Policy],
        _ program: FlatProgram,
        _ people: PersonColumns,
        _ parts: [FlatDecisions],
        _ day: Day
    ) throws -> Double {
        let drawn = stride(from: 0, to: Self.count, by: Self.count / 2_000)
        let clock = ContinuousClock()
        var wrong = 0
        let time = clock.measure {
            for row in drawn {
                let facts = program.facts(people, row)
                let decisions = policies.flatMap { $0.decide(facts, on: day) }
                let size = Self.count / Self.parts
                let (part, at) = (parts[row / size], row % size)
                for (column, decision) in zip(part.columns, decisions)
                where !Self.isSame(decision.entitlement, column, at) {
                    wrong += 1
                }
            }
        }
        guard wrong == 0 else { throw CocoaError(.featureUnsupported) }
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        return seconds / 2_000
    }

    private static func isSame(
        _ plain: Entitlement,
        _ column: FlatDecisions.Column,
        _ row: Int
    ) -> Bool {
        let code = column.code(at: row)
        let (low, high) = column.amounts(at: row)
        return switch (plain, code) {
        case (.eligible(let money), .eligible): Int(low) == money.amountFen
        case (.undetermined(_, let range), .undetermined):
            !column.hasAmounts
                || (range.map {
                    Int(low) == $0.lowerBound.amountFen && Int(high) == $0.upperBound.amountFen
                } ?? (high == FlatDecisions.unbounded))
        case (.notInForce, .notInForce): true
        default: plain.name == "\(code)"
        }
    }

    /// Everything that `openfisca_peer.py` needs: a file a fact, and what came out of Shenyang.
    private func write(
        _ program: FlatProgram,
        _ people: PersonColumns,
        _ parts: [FlatDecisions],
        _ seconds: Double,
        _ processor: Double
    ) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        func put(_ name: String, _ bytes: some Sequence<UInt8>) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        for (name, column) in people.columns {
            switch column {
            case .truths(let values): try put(name + ".truth", values)
            case .words(let values): try put(name + ".word", values)
            case .numbers(let values):
                try values.withUnsafeBytes { try put(name + ".number", $0) }
            case .days(let values): try values.withUnsafeBytes { try put(name + ".day", $0) }
            case .sets(let has, _): try has.withUnsafeBytes { try put(name + ".set", $0) }
            }
        }
        var lines = ""
        for fact in program.vocabulary.declarations {
            lines +=
                fact.name + "," + (program.words[fact.name] ?? fact.words).joined(separator: ",")
            lines += "\n"
        }
        try put("words.csv", lines.utf8)
        for (place, name) in program.benefits.enumerated() where name.policy == "shenyang-2022" {
            let columns = parts.map { $0.columns[place] }
            let places = 0..<(Self.count / Self.parts)
            let codes = columns.flatMap { column in places.map { column.code(at: $0).rawValue } }
            try put(name.benefit + ".code", codes)
            let low = columns.flatMap { column in places.map { column.amounts(at: $0).low } }
            try low.withUnsafeBytes { try put(name.benefit + ".low", $0) }
        }
        try put("laurel.seconds", "\(seconds) \(processor)".utf8)
    }

    /// What the process has had of the processors, all threads together.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func peakMebibytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
        return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) >> 10
    }
}

extension FlatProgram {
    /// One person's facts, taken out of the columns.
    fileprivate func facts(_ people: PersonColumns, _ row: Int) -> Facts {
        var facts = Facts()
        for fact in vocabulary.declarations {
            switch people.columns[fact.name] {
            case .truths(let values)?: facts[fact.name] = .truth(values[row] == 1)
            case .words(let values)?: facts[fact.name] = .word(fact.words[Int(values[row])])
            case .numbers(let values)?:
                facts[fact.name] = .number(Rational(values[row] / PersonColumns.scale))
            case .days(let values)?:
                facts[fact.name] = Day(daysSince1970: Int(values[row])).map(FactValue.day)
            case .sets(let has, _)?:
                let named = words[fact.name] ?? []
                facts[fact.name] = .words(
                    Set(named.indices.filter { has[row] >> UInt32($0) & 1 == 1 }.map { named[$0] })
                )
            case nil: break
            }
        }
        return facts
    }
}
