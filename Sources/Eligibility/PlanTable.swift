internal import Exact
internal import Rules

/// What each benefit comes to in each month of a plan, before anything of the plan is taken.
struct PlanTable {
    /// One benefit in one month: what it pays, at least and at most, and what is missing.
    struct Cell {
        var low: Money = .zero
        var high: Money? = .zero
        var missing: [String] = []
        /// Whether anything may be paid.
        var isOpen: Bool { high != .zero }
    }

    let policy: Policy
    let days: [Day]
    /// By month, then by benefit in the policy's order.
    let cells: [[Cell]]
    /// By month: the pairs that may not be taken together, and what is missing where that is open.
    let conflicts: [[Pair: [String]]]
    /// How each benefit's time runs out.
    let limits: [Limit]
    /// The benefits that a person meets without an amount.
    let notCounted: [String]

    struct Pair: Hashable {
        let first: Int
        let second: Int
        init(_ a: Int, _ b: Int) { (first, second) = (min(a, b), max(a, b)) }
    }

    /// How much of a benefit may be taken.
    enum Limit {
        /// Every month.
        case none
        /// So many months more, breaks or not.
        case count(Int)
        /// Within so many months from the first; that one lies so many months before the plan where
        /// there was one already.
        case window(Int, before: Int?)
        /// Once.
        case once
    }

    init(_ policy: Policy, _ facts: Facts, from day: Day, months: Int, paid: [PaidMonth]) {
        self.policy = policy
        let own = paid.filter { policy.counts($0) }
        var days: [Day] = []
        var cells: [[Cell]] = []
        var conflicts: [[Pair: [String]]] = []
        // Most months come to what the first one does; only for the others is it asked anew which
        // missing facts matter.
        let first = policy.benefits.map { policy.deciding($0, facts, on: day, paid: paid) }
        let plain = first.map(\.entitlement)
        let decided = first.map(\.decision)
        for month in 0..<months {
            guard let day = day.adding(months: month) else { break }
            days.append(day)
            let decisions = policy.benefits.indices.map { index -> Decision in
                let deciding = policy.deciding(
                    policy.benefits[index],
                    facts,
                    on: day,
                    paid: paid
                )
                return deciding.entitlement == plain[index]
                    ? decided[index].binding(deciding.binding) : deciding.decision
            }
            cells.append(decisions.map(Self.cell))
            conflicts.append(Self.conflicts(policy, decisions))
        }
        self.days = days
        self.cells = cells
        self.conflicts = conflicts
        let known = first.first?.facts ?? facts
        limits = policy.benefits.map { Self.limit($0, own, day, known) }
        notCounted = decided.filter {
            [.negotiated, .discretionary].contains($0.entitlement)
        }.map(\.benefit.id)
    }

    private static func cell(_ decision: Decision) -> Cell {
        switch decision.entitlement {
        case .eligible(let money): return Cell(low: money, high: money)
        case .undetermined(let missing, let range):
            // What is never an amount has none to come.
            switch decision.benefit.kind {
            case .catalogue, .discretionary: return Cell()
            default:
                return Cell(
                    low: range?.lowerBound ?? .zero,
                    high: range?.upperBound,
                    missing: missing
                )
            }
        default: return Cell()
        }
    }

    private static func conflicts(_ policy: Policy, _ decisions: [Decision]) -> [Pair: [String]] {
        var index: [String: Int] = [:]
        for (position, benefit) in policy.benefits.enumerated() { index[benefit.id] = position }
        var conflicts: [Pair: [String]] = [:]
        for (position, decision) in decisions.enumerated() {
            for binding in decision.exclusions {
                for other in binding.exclusion.benefits.compactMap({ index[$0] }) {
                    let pair = Pair(position, other)
                    // Of two that say so, one that certainly binds is enough.
                    let before = conflicts[pair]
                    conflicts[pair] = before?.isEmpty == true ? [] : binding.missing
                }
            }
        }
        return conflicts
    }

    private static func limit(
        _ benefit: Benefit,
        _ paid: [PaidMonth],
        _ day: Day,
        _ facts: Facts
    ) -> Limit {
        switch benefit.kind {
        case .once: return .once
        case .monthly(let term?):
            let months = paid.filter { $0.benefit == benefit.id }.compactMap(\.monthIndex)
            // Where a break does not put off the end, or nobody knows, what lies within the time
            // from the first month on is lawful in either case.
            if let setting = term.breaksSetting, facts[setting] != .truth(true) {
                return .window(term.months, before: months.min().map { day.monthIndex - $0 })
            }
            return .count(max(0, term.months - Set(months).count))
        default: return .none
        }
    }

    /// Whether anything of the benefit may be had in the plan.
    func isCandidate(_ benefit: Int) -> Bool { cells.contains { $0[benefit].isOpen } }

    /// The facts that are missing for the benefit's amounts.
    func missing(_ benefit: Int) -> [String] {
        Set(cells.flatMap { $0[benefit].missing }).sorted()
    }
}

extension Decision {
    /// The decision with the exclusions of another month.
    fileprivate func binding(_ exclusions: [BindingExclusion]) -> Decision {
        Decision(
            policy: policy,
            benefit: benefit,
            on: on,
            facts: facts,
            entitlement: entitlement,
            tiers: tiers,
            monthsLeft: monthsLeft,
            exclusions: exclusions
        )
    }
}

extension Day {
    /// The same day so many months later, or the last of that month.
    func adding(months: Int) -> Day? {
        let index = monthIndex + months
        let (year, month) = (index / 12, index % 12 + 1)
        return (0...3).lazy.compactMap { Day(year: year, month: month, day: day - $0) }.first
    }

    /// The month, as `2023-05`.
    var monthText: String { String(description.prefix(7)) }
}
