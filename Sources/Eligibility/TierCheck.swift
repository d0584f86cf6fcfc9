internal import Exact
internal import Findings
public import Rules

/// Whether the tiers of a benefit overlap, leave a gap, or can never hold.
///
/// Tries every case of the facts that the tiers ask for: both truths, every word, every set of the
/// words named, and for numbers and days the bounds, what lies between and what lies outside, seen
/// from one fixed day.
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
            let domain = vocabulary[name].map { FactDomain($0, own, Self.days(tests.map(\.test))) }
            return Axis(
                fact: name,
                values: domain?.values ?? [],
                isOrdered: domain?.isOrdered ?? false
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

    /// The days that tests compare with, all of them the fixed one.
    private static func days(_ tests: [Test]) -> Facts {
        var facts = Facts()
        for case let on? in tests.map(\.comparedDay) { facts[on] = fixed.map(FactValue.day) }
        return facts
    }

    private func facts(_ index: Int) -> Facts {
        var facts = Self.days(benefit.tiers.flatMap(\.when.tests).map(\.test))
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
}
