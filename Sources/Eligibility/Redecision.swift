public import Exact
public import Rules

/// A decision made again: what changed since, what that changed in the outcome, and why.
public struct Redecision: Sendable, Hashable {
    /// One thing that is not as it was.
    public enum Change: Sendable, Hashable {
        /// The policy's content; versions and hashes before and after.
        case policy(before: DecisionRecord.PolicyStamp, after: DecisionRecord.PolicyStamp)
        /// The day of decision.
        case day(before: Day, after: Day)
        /// A fact; nil where it was, or is, not known.
        case fact(String, before: FactValue?, after: FactValue?)
        /// An honour's state, such as `revoked`; nil where it did not, or does not, stand.
        case honour(id: String, rule: String, before: String?, after: String?)
        /// A payment that was recorded since, or that is no longer there.
        case payment(PaidMonth, isNew: Bool)
    }

    /// An outcome that is not as it was.
    public struct Difference: Sendable, Hashable {
        /// The benefit.
        public let benefit: String
        /// What came out; nil where the policy had no such benefit.
        public let before: Entitlement?
        /// What comes out now.
        public let after: Entitlement?
        /// Which changes make it so, each on its own; all of them where only together they do.
        public let because: [Change]
    }

    /// The decision as it is now.
    public let now: DecisionRecord
    /// All that changed, whether or not it changed an outcome.
    public let changes: [Change]
    /// The outcomes that changed, in the policy's order.
    public let differences: [Difference]
    /// The benefits that come out otherwise though policy and inputs are the same: the decision was
    /// made by another evaluator, or is not what it says.
    public let notReproduced: [String]

    /// Decides again.
    ///
    /// - Parameters:
    ///   - before: the decision.
    ///   - policy: the policy as it is now.
    ///   - inputs: what is known now.
    ///   - day: the day of decision now.
    public init(_ before: DecisionRecord, policy: Policy, inputs: DecisionInputs, on day: Day) {
        let now = DecisionRecord(policy, inputs, on: day)
        let trial = Trial(policy: policy, before: before, now: now)
        let changes = trial.changes
        let same = trial.outcomes([])
        let isSamePolicy = before.policy == now.policy
        var old: [String: Entitlement] = [:]
        for outcome in before.outcomes { old[outcome.benefit] = outcome.entitlement }
        var new: [String: Entitlement] = [:]
        for outcome in now.outcomes { new[outcome.benefit] = outcome.entitlement }
        let gone = before.outcomes.map(\.benefit).filter { new[$0] == nil }
        let singles = changes.filter { if case .policy = $0 { false } else { true } }.map {
            ($0, trial.outcomes([$0]))
        }
        differences = (now.outcomes.map(\.benefit) + gone).compactMap { benefit in
            guard old[benefit] != new[benefit] else { return nil }
            var because: [Change] = []
            if !isSamePolicy, same[benefit] != old[benefit] {
                because.append(.policy(before: before.policy, after: now.policy))
            }
            because += singles.filter { $0.1[benefit] != same[benefit] }.map(\.0)
            return Difference(
                benefit: benefit,
                before: old[benefit],
                after: new[benefit],
                because: because.isEmpty ? changes : because
            )
        }
        notReproduced =
            isSamePolicy
            ? before.outcomes.map(\.benefit).filter { same[$0] != old[$0] } : []
        self.now = now
        self.changes = changes
    }

    /// Whether everything comes out as it did.
    public var isSame: Bool { differences.isEmpty && notReproduced.isEmpty }
}

/// Tries what single changes would do.
private struct Trial {
    let policy: Policy
    let before: DecisionRecord
    let now: DecisionRecord

    /// All that changed.
    var changes: [Redecision.Change] {
        var changes: [Redecision.Change] = []
        if before.policy != now.policy {
            changes.append(.policy(before: before.policy, after: now.policy))
        }
        if before.on != now.on { changes.append(.day(before: before.on, after: now.on)) }
        changes += honours
        for name in Set(before.facts.names + now.facts.names).sorted() {
            let (old, new) = (before.facts[name], now.facts[name])
            // The honours of the register say what changed in the list of them.
            if old == new || (name == "honours" && !honours.isEmpty) { continue }
            changes.append(.fact(name, before: old, after: new))
        }
        changes += now.paid.filter { !before.paid.contains($0) }.map { .payment($0, isNew: true) }
        changes += before.paid.filter { !now.paid.contains($0) }.map {
            .payment($0, isNew: false)
        }
        return changes
    }

    private var honours: [Redecision.Change] {
        Set((before.honours + now.honours).map(\.id)).sorted().compactMap { id in
            let old = before.honours.first { $0.id == id }
            let new = now.honours.first { $0.id == id }
            guard old?.state != new?.state else { return nil }
            return .honour(
                id: id,
                rule: new?.rule ?? old?.rule ?? "",
                before: old?.state,
                after: new?.state
            )
        }
    }

    /// What the policy of now makes of the old inputs with some changes.
    func outcomes(_ changes: [Redecision.Change]) -> [String: Entitlement] {
        var facts = before.facts
        var day = before.on
        var paid = before.paid
        for change in changes {
            switch change {
            case .policy: break
            case .day(_, let after): day = after
            case .fact(let name, _, let after): facts[name] = after
            case .honour: facts["honours"] = now.facts["honours"]
            case .payment(let payment, let isNew):
                if isNew { paid.append(payment) } else { paid.removeAll { $0 == payment } }
            }
        }
        var outcomes: [String: Entitlement] = [:]
        for decision in policy.decide(facts, on: day, paid: paid) {
            outcomes[decision.benefit.id] = decision.entitlement
        }
        return outcomes
    }
}
