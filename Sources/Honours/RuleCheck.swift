public import Findings
internal import Rules

/// Whether rules can never hold, or contradict each other.
///
/// Tries every case that their conditions tell apart.
///
/// - Complexity: for each rule and each two rules that could contradict each other, the number of cases,
///   at most ``mostCases``.
public struct RuleCheck {
    /// How many cases are tried at most.
    public static let mostCases = 200_000

    /// What is wrong with the rules; places count from 0.
    public enum Fault: Sendable, Hashable {
        /// The rule can't hold.
        case never(Int)
        /// Two rules that exclude each other can both hold, in this case.
        case contradiction(Int, Int, Text)
        /// There are too many cases to try.
        case tooWide(Int, Int)
    }

    private let rules: [HonourRule]
    private let vocabulary: Vocabulary

    /// Prepares the check.
    public init(_ rules: HonourRules) {
        self.rules = rules.rules
        vocabulary = rules.vocabulary
    }

    /// What is wrong, in the order of the file.
    public var faults: [Fault] {
        rules.indices.flatMap { place -> [Fault] in
            guard let cases = cases([rules[place].when]) else {
                return [.tooWide(place, place)]
            }
            let canHold = (0..<cases.count).contains {
                Self.canBe(cases.facts($0)) && rules[place].when.truth(cases.facts($0)) != .no
            }
            guard canHold else { return [.never(place)] }
            return rules.indices.suffix(from: place + 1).compactMap { contradiction(place, $0) }
        }
    }

    private func cases(_ conditions: [Condition]) -> CaseSpace? {
        CaseSpace(conditions, vocabulary, most: Self.mostCases)
    }

    private func contradiction(_ first: Int, _ second: Int) -> Fault? {
        let (a, b) = (rules[first], rules[second])
        guard a.excludes(b), a.canMeet(b) else { return nil }
        guard let cases = cases([a.when, b.when]) else {
            return .tooWide(first, second)
        }
        for index in 0..<cases.count {
            let facts = cases.facts(index)
            if Self.canBe(facts), a.when.truth(facts) == .yes, b.when.truth(facts) == .yes {
                return .contradiction(first, second, cases.text(index))
            }
        }
        return nil
    }

    /// Whether numbers of places and entrants can go together.
    private static func canBe(_ facts: Facts) -> Bool {
        func isInOrder(_ smaller: String, _ greater: String) -> Bool {
            guard case .number(let a)? = facts[smaller], case .number(let b)? = facts[greater]
            else { return true }
            return a <= b
        }
        return isInOrder("rank", "entrants") && isInOrder("dense_rank", "rank")
            && isInOrder("group_rank", "rank") && isInOrder("group_rank", "group_entrants")
            && isInOrder("group_entrants", "entrants")
    }
}

extension HonourRule {
    /// Whether nobody can get both for one result: rules of one series, two promotions, or one honour
    /// in two ways.
    func excludes(_ other: HonourRule) -> Bool {
        if let series, series == other.series { return true }
        if promotion != nil, other.promotion != nil { return true }
        return title == other.title
    }

    /// Whether there is a day on which both are in force.
    func canMeet(_ other: HonourRule) -> Bool {
        guard let inForce, let others = other.inForce else { return true }
        return inForce.overlaps(others)
    }
}
