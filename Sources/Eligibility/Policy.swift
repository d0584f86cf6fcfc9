public import Exact
public import Findings
public import Rules

/// How a benefit is paid.
public enum BenefitKind: Sendable, Hashable {
    /// Every month, for so many months at most (nil where the text gives no term).
    case monthly(atMost: Int?)
    /// Once.
    case once
    /// At somebody's discretion, out of some amounts: never an amount of ours.
    case discretionary
    /// A person is pointed to it; there is no amount.
    case catalogue

    /// What it is called.
    public var text: Text {
        switch self {
        case .monthly: Text("按月", "monthly")
        case .once: Text("一次性", "once")
        case .discretionary: Text("择优", "discretionary")
        case .catalogue: Text("服务目录", "catalogue")
        }
    }
}

/// What a tier pays.
public enum BenefitAmount: Sendable, Hashable {
    /// A fixed amount.
    case fixed(Money)
    /// A share of what a fact says is paid, up to a cap.
    case share(Rational, of: String, cap: Money?)
    /// Settled case by case (一人一议).
    case negotiated
}

/// One tier of a benefit.
public struct BenefitTier: Sendable, Hashable {
    /// Its short name.
    public let id: String
    /// What it pays.
    public let amount: BenefitAmount
    /// Who belongs to it.
    public let when: Condition
    /// Where it comes from.
    public let citation: Citation

    /// Makes a tier.
    public init(id: String, amount: BenefitAmount, when: Condition, citation: Citation) {
        self.id = id
        self.amount = amount
        self.when = when
        self.citation = citation
    }
}

/// What happens where several tiers hold for one person.
public enum TierRule: String, Sendable, Hashable, CaseIterable {
    /// The text says that the highest is paid.
    case highest
    /// The text foresees one; two that differ can't be settled without the bureau.
    case single
}

/// One line of a policy: a benefit.
public struct Benefit: Sendable, Hashable {
    /// Its short name, unique in the policy.
    public let id: String
    /// What it is called.
    public let title: Text
    /// How it is paid.
    public let kind: BenefitKind
    /// Conditions of every tier.
    public let when: Condition
    /// What happens where several tiers hold.
    public let combine: TierRule
    /// The tiers.
    public let tiers: [BenefitTier]
    /// Benefits of the same policy that are not paid beside this one.
    public let excludes: [String]
    /// Where that exclusion comes from.
    public let exclusionCitation: Citation?
    /// What to bring.
    public let bring: [Text]
    /// Where the benefit comes from.
    public let citation: Citation

    /// Makes a benefit.
    public init(
        id: String,
        title: Text,
        kind: BenefitKind,
        when: Condition,
        combine: TierRule,
        tiers: [BenefitTier],
        excludes: [String],
        exclusionCitation: Citation?,
        bring: [Text],
        citation: Citation
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.when = when
        self.combine = combine
        self.tiers = tiers
        self.excludes = excludes
        self.exclusionCitation = exclusionCitation
        self.bring = bring
        self.citation = citation
    }
}

/// A point on which the text is open; undetermined until the bureau settles it with a citation.
public struct PolicySetting: Sendable, Hashable {
    /// Its short name: also the fact by which conditions ask for it.
    public let id: String
    /// What is open.
    public let question: Text
    /// How it was settled; nil while it is not.
    public let value: Bool?

    /// Makes a setting.
    public init(id: String, question: Text, value: Bool?) {
        self.id = id
        self.question = question
        self.value = value
    }
}

/// Rules of a city as data.
public struct Policy: Sendable, Hashable {
    /// Its short name.
    public let id: String
    /// What it is called.
    public let title: Text
    /// The city's code.
    public let region: String
    /// From when to when it is in force, where the text says so.
    public let inForce: ClosedRange<Day>?
    /// The day of which the text states what is current, where it gives no dates.
    public let statedCurrentOn: Day?
    /// When the figures were last checked against the text.
    public let checkedOn: Day
    /// What the text leaves open.
    public let settings: [PolicySetting]
    /// Its lines.
    public let benefits: [Benefit]
    /// Its own worked examples.
    public let examples: [PolicyExample]

    /// Makes a policy.
    public init(
        id: String,
        title: Text,
        region: String,
        inForce: ClosedRange<Day>?,
        statedCurrentOn: Day?,
        checkedOn: Day,
        settings: [PolicySetting],
        benefits: [Benefit],
        examples: [PolicyExample]
    ) {
        self.id = id
        self.title = title
        self.region = region
        self.inForce = inForce
        self.statedCurrentOn = statedCurrentOn
        self.checkedOn = checkedOn
        self.settings = settings
        self.benefits = benefits
        self.examples = examples
    }

    /// The benefit of that name.
    public func benefit(_ id: String) -> Benefit? { benefits.first { $0.id == id } }
}

/// A worked example that a policy file carries: run whenever the file is read.
public struct PolicyExample: Sendable, Hashable {
    /// What it shows.
    public let name: String
    /// The benefit.
    public let benefit: String
    /// The day of the decision.
    public let on: Day
    /// What is known.
    public let facts: Facts
    /// What must come out, by its short name, such as `eligible`.
    public let outcome: String
    /// The amount, or the range, where one must come out.
    public let amount: ClosedRange<Money>?
    /// The missing facts that must be named.
    public let missing: [String]

    /// Makes an example.
    public init(
        name: String,
        benefit: String,
        on: Day,
        facts: Facts,
        outcome: String,
        amount: ClosedRange<Money>?,
        missing: [String]
    ) {
        self.name = name
        self.benefit = benefit
        self.on = on
        self.facts = facts
        self.outcome = outcome
        self.amount = amount
        self.missing = missing
    }
}
