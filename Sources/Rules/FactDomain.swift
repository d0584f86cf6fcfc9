internal import Exact

/// Values of a fact that stand for all it can have: of two that some tests tell apart, one each.
public struct FactDomain: Sendable {
    /// The values; for numbers and days in order, the least number and the latest day first.
    public let values: [FactValue]
    /// Whether the values stand in an order.
    public let isOrdered: Bool

    /// How many different words of a list are tried in all their sets.
    private static let mostWords = 6

    /// Finds the values that tests tell apart.
    ///
    /// Words are those declared, or those named and one more; numbers the bounds, what lies between
    /// and what lies outside; days the last that passes and the first that fails, on both sides.
    ///
    /// - Parameters:
    ///   - declaration: the fact.
    ///   - tests: what is asked of it.
    ///   - known: what is known: the days that tests compare with, and words already told.
    public init(_ declaration: FactDeclaration, _ tests: [Test], _ known: Facts) {
        let name = declaration.name
        var found: [FactValue]
        switch declaration.type {
        case .truth: found = [.truth(true), .truth(false)]
        case .word: found = Self.words(tests, declaration.words).map(FactValue.word)
        case .words: found = Self.sets(tests, known[name])
        case .number:
            let bounds = Set(tests.compactMap(\.bound)).sorted()
            // Of whole numbers all are kept: what goes with another number may hang on each.
            if let whole = declaration.whole {
                values = Self.whole(whole, bounds).map(FactValue.number)
                isOrdered = true
                return
            }
            found = Self.numbers(bounds).map(FactValue.number)
        case .day: found = Self.days(tests, name, known).map(FactValue.day)
        }
        isOrdered = declaration.type == .number || declaration.type == .day
        var kept: [(value: FactValue, truths: [Truth])] = []
        for value in found {
            var facts = known
            facts[name] = value
            let truths = tests.map { $0.truth(of: name, facts) }
            // In an order a value may come back to what it was; only neighbours are one.
            let isSame =
                isOrdered
                ? kept.last?.truths == truths : kept.contains { $0.truths == truths }
            if !isSame { kept.append((value, truths)) }
        }
        found = kept.map(\.value)
        values = found
    }

    private static func words(_ tests: [Test], _ declared: [String]) -> [String] {
        if !declared.isEmpty { return declared }
        let named = tests.flatMap { test -> [String] in
            switch test {
            case .equals(.word(let word)): [word]
            case .oneOf(let words): words
            default: []
            }
        }
        return Set(named).sorted() + ["…"]
    }

    private static func sets(_ tests: [Test], _ known: FactValue?) -> [FactValue] {
        var told: Set<String> = []
        if case .someWords(let words)? = known { told = words }
        let named = tests.compactMap { if case .includes(let word) = $0 { word } else { nil } }
        let open = Set(named).subtracting(told).sorted().prefix(mostWords)
        return (0..<(1 << open.count)).map { bits in
            .words(told.union(open.indices.filter { bits >> $0 & 1 == 1 }.map { open[$0] }))
        }
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

    /// The days on both sides of each bound, the latest first.
    private static func days(_ tests: [Test], _ name: String, _ known: Facts) -> [Day] {
        var days: Set<Day> = []
        for test in tests {
            guard let years = test.yearsBack, let compared = test.comparedDay,
                case .day(let day)? = known[compared]
            else { continue }
            // Leap days move a bound by a day or two; the window holds it in any case.
            let near =
                Day(year: day.year - years, month: day.month, day: day.day)
                ?? Day(year: day.year - years, month: 3, day: 1)
            guard let middle = near?.daysSince1970 else { continue }
            let window = (-2...2).compactMap { Day(daysSince1970: middle + $0) }
            for (a, b) in zip(window, window.dropFirst()) {
                func truth(_ value: Day) -> Truth {
                    var facts = known
                    facts[name] = .day(value)
                    return test.truth(of: name, facts)
                }
                if truth(a) != truth(b) { days.formUnion([a, b]) }
            }
        }
        for case .equals(.day(let day)) in tests {
            days.formUnion((-1...1).compactMap { Day(daysSince1970: day.daysSince1970 + $0) })
        }
        return days.sorted(by: >)
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
    fileprivate var bound: Rational? {
        switch self {
        case .atLeast(let bound), .atMost(let bound), .equals(.number(let bound)): bound
        default: nil
        }
    }

    /// How many years before the compared day the bound lies.
    fileprivate var yearsBack: Int? {
        switch self {
        case .ageAtMost(let years, _): years + 1
        case .ageAtLeast(let years, _), .withinYears(let years, _): years
        default: nil
        }
    }
}
