internal import Exact
public import Findings

/// The cases that conditions tell apart: every combination of what their facts may be, seen from one
/// fixed day.
public struct CaseSpace: Sendable {
    /// A fact, and the values that stand for all it can have.
    public struct Axis: Sendable {
        /// The fact.
        public let fact: String
        /// Its values.
        public let values: [FactValue]
        /// Whether the values stand in an order.
        public let isOrdered: Bool
    }

    /// The facts, by name; the first one changes fastest from case to case.
    public let axes: [Axis]
    /// How many cases there are.
    public let count: Int
    private let fixed: Facts

    /// The day by which years are counted; any would do.
    private static let fixedDay = Day(year: 2024, month: 6, day: 15)

    /// Lays out the cases; nil where there are too many.
    ///
    /// - Parameters:
    ///   - conditions: the conditions.
    ///   - vocabulary: the facts there are.
    ///   - most: how many cases are too many.
    public init?(_ conditions: [Condition], _ vocabulary: Vocabulary, most: Int) {
        let tests = conditions.flatMap(\.tests)
        var days = Facts()
        if let day = Self.fixedDay {
            for name in tests.compactMap(\.test.comparedDay) { days[name] = .day(day) }
        }
        fixed = days
        axes = Set(tests.map(\.fact)).sorted().compactMap { name in
            let own = tests.filter { $0.fact == name }.map(\.test)
            let domain = vocabulary[name].map { FactDomain($0, own, days) }
            guard let domain, !domain.values.isEmpty else { return nil }
            return Axis(fact: name, values: domain.values, isOrdered: domain.isOrdered)
        }
        var count = 1
        for axis in axes {
            count *= axis.values.count
            guard count <= most else { return nil }
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
}
