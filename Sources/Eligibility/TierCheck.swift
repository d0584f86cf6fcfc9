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
    private let cases: CaseSpace?

    /// Prepares the check.
    ///
    /// - Parameters:
    ///   - benefit: the benefit.
    ///   - vocabulary: the facts there are.
    public init(_ benefit: Benefit, _ vocabulary: Vocabulary) {
        self.benefit = benefit
        cases = CaseSpace(benefit.tiers.map(\.when), vocabulary, most: Self.mostCases)
    }

    /// What is wrong, each kind of fault once for the tiers or the fact it is of.
    public var faults: [Fault] {
        guard let cases else { return [.tooWide] }
        var faults: [Fault] = []
        var seen: Set<[Int]> = []
        var held = [Bool](repeating: false, count: benefit.tiers.count)
        var covered: [Bool] = []
        for index in 0..<cases.count {
            let facts = cases.facts(index)
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
                        .overlap(benefit.tiers[a].id, benefit.tiers[b].id, cases.text(index).en)
                    )
                }
            }
        }
        faults += held.indices.filter { !held[$0] }.map { .never(benefit.tiers[$0].id) }
        return faults + gaps(covered, cases)
    }

    private func gaps(_ covered: [Bool], _ cases: CaseSpace) -> [Fault] {
        var faults: [Fault] = []
        var stride = 1
        for axis in cases.axes {
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
            faults.append(.gap(fact: axis.fact, at: value.text.en, cases.text(hole).en))
        }
        return faults
    }
}
