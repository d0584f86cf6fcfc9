public import Eligibility
public import Exact

/// What a batch of decisions comes to: a line for each benefit in each city.
public struct DecisionTotals: Sendable {
    /// One benefit in one city.
    public struct Line: Sendable, Hashable {
        /// The policy.
        public let policy: String
        /// The benefit.
        public let benefit: Benefit
        /// The city; empty where people have none.
        public let city: String
        /// How many people it is due to.
        public internal(set) var eligible = 0
        /// What is due to them: a month where it is monthly; nil where that is too much to be counted.
        public internal(set) var due: Money? = .zero
        /// How many it may be due to.
        public internal(set) var undetermined = 0
        /// What may be due to those at most; nil where nobody can bound it.
        public internal(set) var open: Money? = .zero
        /// How many were excluded, had used it up, or are not eligible.
        public internal(set) var others = 0
    }

    /// The lines, by policy in the order of the policies, by benefit in the order of the file, by city.
    public let lines: [Line]

    /// Adds up decisions.
    ///
    /// - Parameter people: the people with their decisions.
    public init(_ people: [DecidedPerson]) {
        struct Key: Hashable {
            let policy: String
            let benefit: String
            let city: String
        }
        var lines: [Key: Line] = [:]
        var order: [Key: (Int, Int, String)] = [:]
        for person in people {
            for (rank, of) in person.policies.enumerated() {
                for (position, decision) in of.decisions.enumerated() {
                    let key = Key(
                        policy: of.policy.id,
                        benefit: decision.benefit.id,
                        city: person.city ?? ""
                    )
                    var line =
                        lines[key]
                        ?? Line(policy: key.policy, benefit: decision.benefit, city: key.city)
                    line.add(decision.entitlement)
                    lines[key] = line
                    order[key] = order[key] ?? (rank, position, key.city)
                }
            }
        }
        self.lines = lines.sorted { a, b in
            let (x, y) = (order[a.key] ?? (0, 0, ""), order[b.key] ?? (0, 0, ""))
            return (x.0, a.key.policy, x.1, x.2) < (y.0, b.key.policy, y.1, y.2)
        }.map(\.value)
    }
}

extension DecisionTotals.Line {
    fileprivate mutating func add(_ entitlement: Entitlement) {
        switch entitlement {
        case .eligible(let money):
            eligible += 1
            due = due.flatMap { try? $0.plus(money) }
        case .undetermined(_, let range):
            undetermined += 1
            let high = benefit.isAmount ? range?.upperBound : .zero
            open = open.flatMap { sum in high.flatMap { try? sum.plus($0) } }
        default: others += 1
        }
    }
}

extension Benefit {
    /// Whether it ever is an amount.
    fileprivate var isAmount: Bool {
        switch kind {
        case .monthly, .once: true
        case .discretionary, .catalogue: false
        }
    }
}
