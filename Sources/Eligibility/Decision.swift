public import Exact
public import Rules

/// What a bureau has paid for, as exclusions and limits read it.
public struct PaidMonth: Sendable, Hashable {
    /// The policy; nil where whoever recorded it named the benefit alone.
    public let policy: String?
    /// The benefit.
    public let benefit: String
    /// The month, `2023-05`; nil where it was paid once.
    public let month: String?

    /// Makes a payment.
    ///
    /// - Parameters:
    ///   - policy: the policy, where it is known.
    ///   - benefit: the benefit.
    ///   - month: the month, `2023-05`; nil where it was paid once.
    public init(policy: String? = nil, benefit: String, month: String?) {
        self.policy = policy
        self.benefit = benefit
        self.month = month
    }
}

/// An exclusion that binds a person, or may.
public struct BindingExclusion: Sendable, Hashable {
    /// The exclusion.
    public let exclusion: Exclusion
    /// The facts that would say whether it binds; empty where it does.
    public let missing: [String]
}

/// A decision on one benefit, with everything that led to it.
public struct Decision: Sendable, Hashable {
    /// The policy.
    public let policy: Policy
    /// The benefit.
    public let benefit: Benefit
    /// The day it was decided for.
    public let on: Day
    /// What was known: what was told, the day, and the settings that are settled.
    public let facts: Facts
    /// What came out.
    public let entitlement: Entitlement
    /// The tiers that hold, or may hold.
    public let tiers: [String]
    /// How many months remain payable, where the benefit has a term.
    public let monthsLeft: Int?
    /// What could not be paid beside it for the month, whether or not it was paid.
    public let exclusions: [BindingExclusion]

    /// Why: the conditions of the benefit, then of each tier; worked out when it is asked for.
    public var verdicts: [Verdict] {
        let vocabulary = policy.vocabulary
        return ([benefit.when] + benefit.tiers.map(\.when)).map { $0.verdict(facts, vocabulary) }
    }

    /// The names of the facts that had a part in it and are known, sorted.
    public var usedFacts: [String] {
        var names = Set(benefit.when.factNames)
        for tier in benefit.tiers { names.formUnion(tier.when.factNames + tier.amount.numbers) }
        for exclusion in benefit.exclusions { names.formUnion(exclusion.when.factNames) }
        return names.filter { facts[$0] != nil }.sorted()
    }
}

extension Policy {
    /// Decides every benefit for a person on a day.
    ///
    /// - Parameters:
    ///   - facts: what is known of the person.
    ///   - day: the day of decision; its month is the month that is paid for.
    ///   - paid: what was paid to the person.
    /// - Returns: a decision for each benefit, in the order of the file.
    public func decide(_ facts: Facts, on day: Day, paid: [PaidMonth] = []) -> [Decision] {
        benefits.map { decide($0, facts, on: day, paid: paid) }
    }

    /// Decides one benefit.
    ///
    /// - Parameters:
    ///   - benefit: the benefit.
    ///   - facts: what is known of the person.
    ///   - day: the day of decision; its month is the month that is paid for.
    ///   - paid: what was paid to the person; payments under another policy do not
    ///     count, but for those that this one replaced.
    /// - Returns: the decision.
    public func decide(
        _ benefit: Benefit,
        _ facts: Facts,
        on day: Day,
        paid: [PaidMonth] = []
    ) -> Decision {
        deciding(benefit, facts, on: day, paid: paid).decision
    }

    /// A decision to be made: with the day and the settled settings among the facts, and the payments
    /// that count.
    func deciding(
        _ benefit: Benefit,
        _ facts: Facts,
        on day: Day,
        paid: [PaidMonth]
    ) -> Deciding {
        var known = facts
        known["decision_date"] = .day(day)
        for setting in settings {
            if let value = setting.value { known[setting.id] = .truth(value) }
        }
        return Deciding(
            policy: self,
            benefit: benefit,
            facts: known,
            day: day,
            paid: paid.filter { counts($0) }
        )
    }

    /// Whether a payment is one under this policy or one that it replaced.
    func counts(_ payment: PaidMonth) -> Bool {
        guard let policy = payment.policy else { return true }
        return policy == id || replaces.contains(policy)
    }
}
