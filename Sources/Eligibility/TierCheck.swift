internal import Exact
internal import Findings
public import Rules

/// Whether the tiers of a benefit overlap, leave a gap, or can never hold.
///
/// Tries every case of the facts that the tiers ask for: both truths, every word, every set of the
/// words named, and for numbers and days the bounds, what lies between and what lies outside. Days
/// are taken in full years before one fixed day, so that a gap shorter than a year is not seen.
///
/// - Complexity: the number of cases, at most ``mostCases``, for each tier.
public struct TierCheck {
    /// How many cases are tried at most.
    public static let mostCases = 50_000

    /// What is wrong with the tiers.
    public enum Fault: Sendable, Hashable {
        /// Two tiers that pay differently can both hold, in this case.
        case overlap(String, String, String)
        /// Below and above this value of a fact a tier holds, but not at it.
        case gap(fact: String, at: String, String)
        /// The tier can't hold.
        case never(String)
        /// There are too many cases to try.
        case tooWide
    }

    private let benefit: Benefit
    private let axes: [Axis]

    private struct Axis {
        let fact: String
        let values: [FactValue]
        /// Whether the values stand in an order in which a gap can be.
        let isOrdered: Bool
    }

    /// Prepares the check.
    ///
    /// - Parameters:
    ///   - benefit: the benefit.
    ///   - vocabulary: the facts there are.
    public init(_ benefit: Benefit, _ vocabulary: Vocabulary) {
        self.benefit = benefit
        let tests = benefit.tiers.flatMap(\.when.tests)
        let names = Set(tests.map(\.fact)).sorted()
        axes = names.map { name in
            let own = tests.filter { $0.fact == name }.map(\.test)
            let type = vocabulary[name]?.type
            return Axis(
                fact: name,
                values: Self.values(own, vocabulary[name]),
                isOrdered: type == .number || type == .day
            )
        }
    }

    /// What is wrong, each kind of fault once for the tiers or the fact it is of.
    public var faults: [Fault] {
        var count = 1
        for axis in axes {
            count *= max(1, axis.values.count)
            if count > Self.mostCases { return [.tooWide] }
        }
        var faults: [Fault] = []
        var seen: Set<[Int]> = []
        var held = [Bool](repeating: false, count: benefit.tiers.count)
        var covered: [Bool] = []
        for index in 0..<count {
            let facts = facts(index)
            let holds = benefit.tiers.map { $0.when.truth(facts) == .yes }
            covered.append(holds.contains(true))
            let isOpen = benefit.when.truth(facts) != .no
            guard isOpen else { continue }
            let those = holds.indices.filter { holds[$0] }
            for tier in those { held[tier] = true }
            guard benefit.combine == .single else { continue }
            for (position, a) in those.enumerated() {
                for b in those[(position + 1)...]
                where benefit.tiers[a].amount != benefit.tiers[b].amount
                    && seen.insert([a, b]).inserted
                {
                    faults.append(
                        .overlap(benefit.tiers[a].id, benefit.tiers[b].id, text(index))
                    )
                }
            }
        }
        faults += held.indices.filter { !held[$0] }.map { .never(benefit.tiers[$0].id) }
        return faults + gaps(covered)
    }

    private func gaps(_ covered: [Bool]) -> [Fault] {
        var faults: [Fault] = []
        var stride = 1
        for axis in axes {
            defer { stride *= axis.values.count }
            guard axis.isOrdered, axis.values.count > 2 else { continue }
            let hole = covered.indices.first { index in
                let place = index / stride % axis.values.count
                guard !covered[index], place > 0 else { return false }
                let first = index - place * stride
                func holds(_ range: Range<Int>) -> Bool {
                    range.contains { covered[first + $0 * stride] }
                }
                return holds(0..<place) && holds((place + 1)..<axis.values.count)
            }
            guard let hole else { continue }
            let value = axis.values[hole / stride % axis.values.count]
            faults.append(.gap(fact: axis.fact, at: value.text.en, text(hole)))
        }
        return faults
    }

    /// The day by which years are counted; any would do.
    private static let fixed = Day(year: 2024, month: 6, day: 15)

    private func facts(_ index: Int) -> Facts {
        var facts = Facts()
        if let day = Self.fixed {
            for case let test in benefit.tiers.flatMap(\.when.tests).map(\.test) {
                if let on = test.comparedDay { facts[on] = .day(day) }
            }
        }
        var rest = index
        for axis in axes where !axis.values.isEmpty {
            facts[axis.fact] = axis.values[rest % axis.values.count]
            rest /= axis.values.count
        }
        return facts
    }

    private func text(_ index: Int) -> String {
        let facts = facts(index)
        return axes.compactMap { axis in
            facts[axis.fact].map { "\(axis.fact): \($0.text.en)" }
        }
        .joined(separator: ", ")
    }

    private static func values(_ tests: [Test], _ declaration: FactDeclaration?) -> [FactValue] {
        switch declaration?.type {
        case .truth?: return [.truth(true), .truth(false)]
        case .word?: return words(tests, declaration?.words ?? [])
        case .words?:
            let named = tests.compactMap { if case .includes(let word) = $0 { word } else { nil } }
            let distinct = Set(named).sorted().prefix(8)
            return (0..<(1 << distinct.count)).map { bits in
                .words(Set(distinct.indices.filter { bits >> $0 & 1 == 1 }.map { distinct[$0] }))
            }
        case .number?: return numbers(tests).map(FactValue.number)
        case .day?: return days(tests).map(FactValue.day)
        case nil: return []
        }
    }

    private static func words(_ tests: [Test], _ declared: [String]) -> [FactValue] {
        if !declared.isEmpty { return declared.map(FactValue.word) }
        let named = tests.flatMap { test -> [String] in
            switch test {
            case .equals(.word(let word)): [word]
            case .oneOf(let words): words
            default: []
            }
        }
        return (Set(named).sorted() + ["…"]).map(FactValue.word)
    }

    private static func numbers(_ tests: [Test]) -> [Rational] {
        let bounds = Set(
            tests.compactMap { test -> Rational? in
                switch test {
                case .atLeast(let bound), .atMost(let bound), .equals(.number(let bound)): bound
                default: nil
                }
            }
        ).sorted()
        var values: [Rational] = []
        for bound in bounds {
            let middle = values.last.flatMap { try? $0.plus(bound).divided(by: Rational(2)) }
            let outside = try? bound.minus(.one)
            values += [middle ?? outside, bound].compactMap { $0 }
        }
        return values + [bounds.last.flatMap { try? $0.plus(.one) }].compactMap { $0 }
    }

    private static func days(_ tests: [Test]) -> [Day] {
        let years = tests.flatMap { test -> [Int] in
            switch test {
            case .ageAtMost(let years, _), .withinYears(let years, _): [years, years + 1]
            case .ageAtLeast(let years, _): [years - 1, years]
            default: []
            }
        }
        return Set(years).sorted().compactMap { fixed?.adding(years: -$0) }
    }
}

extension Test {
    /// The fact that names the day which the test compares with.
    var comparedDay: String? {
        switch self {
        case .ageAtMost(_, let on), .ageAtLeast(_, let on), .withinYears(_, let on): on
        default: nil
        }
    }
}
