public import Exact
public import Findings
public import Rules

/// How long a monthly benefit runs.
public struct Term: Sendable, Hashable {
    /// How many months at most.
    public let months: Int
    /// The setting that says whether a break puts off the end; nil where only paid months count.
    public let breaksSetting: String?
    /// Where the number comes from.
    public let citation: Citation

    /// Makes a term.
    ///
    /// - Parameters:
    ///   - months: how many months at most.
    ///   - breaksSetting: the setting that says whether a break puts off the end.
    ///   - citation: where the number comes from.
    public init(months: Int, breaksSetting: String?, citation: Citation) {
        self.months = months
        self.breaksSetting = breaksSetting
        self.citation = citation
    }
}

/// How a benefit is paid.
public enum BenefitKind: Sendable, Hashable {
    /// Every month; nil where the text gives no term.
    case monthly(Term?)
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

/// A share of the rent for no more than so much area.
public struct RentShare: Sendable, Hashable {
    /// The share.
    public let part: Rational
    /// The area up to which rent counts, in square metres.
    public let areaCap: Rational
    /// The setting that says whether rent of a larger flat counts in proportion.
    public let partedIf: String

    /// Makes a share.
    ///
    /// - Parameters:
    ///   - part: the share.
    ///   - areaCap: the area up to which rent counts, in square metres.
    ///   - partedIf: the setting that says whether rent of a larger flat counts in proportion.
    public init(part: Rational, areaCap: Rational, partedIf: String) {
        self.part = part
        self.areaCap = areaCap
        self.partedIf = partedIf
    }
}

/// Amounts between which somebody decides; the text has no rule for which.
public struct AmountRange: Sendable, Hashable {
    /// The lowest; nil where the text names none.
    public let from: Money?
    /// The highest.
    public let to: Money
    /// Whether it is for each year.
    public let isYearly: Bool

    /// Makes a range.
    ///
    /// - Parameters:
    ///   - from: the lowest; nil where the text names none.
    ///   - to: the highest.
    ///   - isYearly: whether it is for each year.
    public init(from: Money?, to: Money, isYearly: Bool) {
        self.from = from
        self.to = to
        self.isYearly = isYearly
    }
}

/// What a tier pays.
public enum BenefitAmount: Sendable, Hashable {
    /// A fixed amount.
    case fixed(Money)
    /// A share of what a fact says is paid, up to a cap.
    case share(Rational, of: String, cap: Money?)
    /// A share of the rent, up to an area.
    case rent(RentShare)
    /// Somewhere in a range, at somebody's discretion.
    case between(AmountRange)
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
    /// The text foresees one: no two that differ can hold, which is checked when the file is read.
    case single
    /// Several can hold and the text does not say which is paid: the bureau must.
    case open
}

/// Benefits that are not paid beside another, to a person for a month.
public struct Exclusion: Sendable, Hashable {
    /// The benefits of the same policy.
    public let benefits: [String]
    /// Whom it binds.
    public let when: Condition
    /// Whether those benefits may be paid beside this one all the same.
    public let isOneWay: Bool
    /// Where it comes from.
    public let citation: Citation

    /// Makes an exclusion.
    ///
    /// - Parameters:
    ///   - benefits: the benefits of the same policy.
    ///   - when: whom it binds.
    ///   - isOneWay: whether those benefits may be paid beside this one all the same.
    ///   - citation: where it comes from.
    public init(benefits: [String], when: Condition, isOneWay: Bool, citation: Citation) {
        self.benefits = benefits
        self.when = when
        self.isOneWay = isOneWay
        self.citation = citation
    }
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
    /// The setting that, once settled as true, makes the highest be paid where the text leaves open
    /// which is.
    public let highestSetting: String?
    /// The tiers.
    public let tiers: [BenefitTier]
    /// Where the rule for several tiers comes from, where the text has one.
    public let combineCitation: Citation?
    /// What was paid that keeps this one from being paid.
    public let exclusions: [Exclusion]
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
        combineCitation: Citation?,
        highestSetting: String? = nil,
        tiers: [BenefitTier],
        exclusions: [Exclusion],
        bring: [Text],
        citation: Citation
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.when = when
        self.combine = combine
        self.highestSetting = highestSetting
        self.tiers = tiers
        self.combineCitation = combineCitation
        self.exclusions = exclusions
        self.bring = bring
        self.citation = citation
    }
}
