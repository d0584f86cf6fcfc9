internal import Exact
public import Findings

/// The cases that conditions tell apart: every combination of what their facts may be.
///
/// Both truths, every word, every set of the words named, and of numbers the bounds, what lies between
/// them and what lies outside; of whole numbers only whole ones. Days are taken in full years before one
/// fixed day, and around the days that are named, so that a difference shorter than that is not seen.
public struct CaseSpace: Sendable {
    /// How many cases are tried at most.
    public static let mostCases = 200_000

    private struct Axis {
        let fact: String
        let values: [FactValue]
    }

    private let axes: [Axis]
    private let fixed: Facts
    /// How many cases there are.
    public let count: Int

    /// Lays out the cases; nil where there are more than ``mostCases``.
    ///
    /// - Parameters:
    ///   - conditions: the conditions.
    ///   - vocabulary: the facts there are.
    public init?(_ conditions: [Condition], _ vocabulary: Vocabulary) {
        let tests = conditions.flatMap(\.tests)
        let compared = Set(tests.compactMap(\.test.comparedDay))
        let names = Set(tests.map(\.fact)).subtracting(compared).sorted()
        axes = names.map { name in
            let own = tests.filter { $0.fact == name }.map(\.test)
            return Axis(fact: name, values: Self.values(own, vocabulary[name]))
        }
        .filter { !$0.values.isEmpty }
        var fixed = Facts()
        if let day = Self.fixedDay { for name in compared { fixed[name] = .day(day) } }
        self.fixed = fixed
        var count = 1
        for axis in axes {
            count *= axis.values.count
            guard count <= Self.mostCases else { return nil }
        }
        self.count = count
    }

    /// What is so in a case.
    ///
    /// - Parameter index: the case, from 0.
    /// - Returns: a value for every fact that the conditions ask for.
    public func facts(_ index: Int) -> Facts {
        var facts = fixed
        var rest = index
        for axis in axes {
            facts[axis.fact] = axis.values[rest % axis.values.count]
            rest /= axis.values.count
        }
        return facts
    }

    /// A case in words: `rank: 1, group: worker`.
    ///
    /// - Parameter index: the case, from 0.
    /// - Returns: the facts and their values, in the order of their names.
    public func text(_ index: Int) -> Text {
        let facts = facts(index)
        let texts = axes.compactMap { axis in facts[axis.fact].map { (axis.fact, $0.text) } }
        return Text(
            texts.map { "\($0.0): \($0.1.zh)" }.joined(separator: ", "),
            texts.map { "\($0.0): \($0.1.en)" }.joined(separator: ", ")
        )
    }

    /// The day by which years are counted; any would do.
    private static let fixedDay = Day(year: 2024, month: 6, day: 15)

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
        case .number?:
            let bounds = Set(tests.compactMap(\.bound)).sorted()
            return (declaration?.whole.map { whole($0, bounds) } ?? numbers(bounds)).map(
                FactValue.number
            )
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

    /// The bounds, a number between each two, and one on either side.
    private static func numbers(_ bounds: [Rational]) -> [Rational] {
        var values: [Rational] = []
        for bound in bounds {
            let middle = values.last.flatMap { try? $0.plus(bound).divided(by: Rational(2)) }
            let outside = try? bound.minus(.one)
            values += [middle ?? outside, bound].compactMap { $0 }
        }
        return values + [bounds.last.flatMap { try? $0.plus(.one) }].compactMap { $0 }
    }

    /// The whole numbers at and beside the bounds: a bound tells apart those on its two sides.
    private static func whole(_ range: ClosedRange<Int>, _ bounds: [Rational]) -> [Rational] {
        let near = bounds.flatMap { bound -> [Int] in
            guard let below = Int(exactly: bound.floor), below.magnitude < 1_000_000_000 else {
                return []
            }
            return [below - 1, below, below + 1]
        }
        return Set(near.filter(range.contains)).sorted().map { Rational($0) }
    }

    private static func days(_ tests: [Test]) -> [Day] {
        let years = tests.flatMap { test -> [Int] in
            switch test {
            case .ageAtMost(let years, _), .withinYears(let years, _): [years, years + 1]
            case .ageAtLeast(let years, _): [years - 1, years]
            default: []
            }
        }
        let named = tests.compactMap { test -> Day? in
            if case .equals(.day(let day)) = test { day } else { nil }
        }
        return Set(years).sorted().compactMap { fixedDay?.adding(years: -$0) } + Set(named).sorted()
    }
}

extension Test {
    /// The fact that names the day which the test compares with.
    public var comparedDay: String? {
        switch self {
        case .ageAtMost(_, let on), .ageAtLeast(_, let on), .withinYears(_, let on): on
        default: nil
        }
    }

    /// The number that the test compares with.
    var bound: Rational? {
        switch self {
        case .atLeast(let bound), .atMost(let bound), .equals(.number(let bound)): bound
        default: nil
        }
    }
}
