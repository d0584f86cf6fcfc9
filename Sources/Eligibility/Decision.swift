public import Exact
public import Findings
public import Rules

/// What one benefit comes to for one person on one day.
///
/// Never a bare yes or no.
public enum Entitlement: Sendable, Hashable {
    /// The amount is due: a month where it is monthly.
    case eligible(Money)
    /// Nothing is due; the decision says why.
    case ineligible
    /// What is known does not settle it: the facts that would, and the range of the amount.
    case undetermined(missing: [String], range: ClosedRange<Money>?)
    /// Something that excludes it was paid.
    case excluded(by: String)
    /// The limit is used up: by payments, or by time where a break does not put off its end.
    case exhausted(used: Int, limit: Int)
    /// The policy is not in force on that day.
    case notInForce
    /// Somebody decides at discretion; there is no amount of ours.
    case discretionary
    /// Settled case by case.
    case negotiated
    /// A person is pointed to it.
    case catalogue

    /// Its short name.
    public var name: String {
        switch self {
        case .eligible: "eligible"
        case .ineligible: "ineligible"
        case .undetermined: "undetermined"
        case .excluded: "excluded"
        case .exhausted: "exhausted"
        case .notInForce: "not-in-force"
        case .discretionary: "discretionary"
        case .negotiated: "negotiated"
        case .catalogue: "catalogue"
        }
    }

    /// What it is called.
    public var text: Text {
        switch self {
        case .eligible: Text("可享受", "eligible")
        case .ineligible: Text("不符合", "not eligible")
        case .undetermined: Text("待定", "undetermined")
        case .excluded: Text("不可兼得", "excluded")
        case .exhausted: Text("已用尽", "used up")
        case .notInForce: Text("不在有效期", "not in force")
        case .discretionary: Text("择优确定", "discretionary")
        case .negotiated: Text("一人一议", "settled case by case")
        case .catalogue: Text("可咨询的服务", "in the catalogue")
        }
    }
}

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
    /// The benefit.
    public let benefit: Benefit
    /// The day it was decided for.
    public let on: Day
    /// What came out.
    public let entitlement: Entitlement
    /// The tiers that hold, or may hold.
    public let tiers: [String]
    /// Why: the conditions of the benefit, then of each tier.
    public let verdicts: [Verdict]
    /// How many months remain payable, where the benefit has a term.
    public let monthsLeft: Int?
    /// What could not be paid beside it for the month, whether or not it was paid.
    public let exclusions: [BindingExclusion]
}

extension Policy {
    /// The facts that policies may ask for, beside their own settings.
    public static let vocabulary = Vocabulary([
        FactDeclaration("decision_date", .day, Text("核定日", "the day of decision")),
        FactDeclaration("birth_date", .day, Text("出生日期", "the birth date")),
        FactDeclaration("sex", .word, Text("性别", "the sex"), words: ["female", "male"]),
        FactDeclaration(
            "other_conditions_confirmed",
            .truth,
            Text("人社局确认“符合条件的”", "the bureau's confirmation of \"符合条件的\"")
        ),
        FactDeclaration("honours", .words, Text("荣誉", "the honours held")),
        FactDeclaration(
            "skill_level",
            .word,
            Text("职业技能等级", "the skill level"),
            words: [
                "apprentice", "junior", "intermediate", "senior", "technician",
                "senior-technician", "special-technician", "chief-technician", "none",
            ]
        ),
        FactDeclaration(
            "talent_class",
            .word,
            Text("人才类别", "the talent class"),
            words: ["A", "B", "C", "D", "none"]
        ),
        FactDeclaration(
            "education",
            .word,
            Text("学历", "the education"),
            words: ["doctor", "master", "bachelor", "college", "none"]
        ),
        FactDeclaration("graduation_date", .day, Text("毕业日期", "the day of graduation")),
        FactDeclaration(
            "first_home_in_city",
            .truth,
            Text("在本市购买首套住房", "a first home bought in the city")
        ),
        FactDeclaration("first_purchase", .truth, Text("首次购房", "a first purchase of a home")),
        FactDeclaration("works_in_city", .truth, Text("在本市就业创业", "work or a business in the city")),
        FactDeclaration("enterprise_staff", .truth, Text("企业职工", "employment by an enterprise")),
        FactDeclaration("elite_award", .truth, Text("获得高精尖优才奖励", "the award for elite talent")),
        FactDeclaration("flat_available", .truth, Text("人才公寓有房源", "a free talent flat")),
        FactDeclaration(
            "monthly_rent_yuan",
            .number,
            Text("月实际房租(元)", "the monthly rent (yuan)")
        ),
        FactDeclaration("rented_area_sqm", .number, Text("租赁面积(㎡)", "the area rented (㎡)")),
        FactDeclaration(
            "rent_within_area_yuan",
            .number,
            Text(
                "人社局核定的享受面积内月房租(元)",
                "the monthly rent within the area cap, as the bureau found it"
            )
        ),
    ])

    /// The fact that a share of the rent is taken of.
    static let monthlyRent = "monthly_rent_yuan"
    /// The fact that says how large the flat is.
    static let rentedArea = "rented_area_sqm"
    /// The fact that says how much of the rent the bureau counts.
    static let rentWithinArea = "rent_within_area_yuan"

    /// All facts that this policy's conditions may ask for: the common ones, its own, its settings.
    public var vocabulary: Vocabulary {
        Vocabulary(
            Self.vocabulary.declarations + ownFacts
                + settings.map { FactDeclaration($0.id, .truth, $0.question) }
        )
    }

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
    ///   - paid: what was paid to the person; payments under another policy do not count.
    /// - Returns: the decision.
    public func decide(
        _ benefit: Benefit,
        _ facts: Facts,
        on day: Day,
        paid: [PaidMonth] = []
    ) -> Decision {
        var known = facts
        known["decision_date"] = .day(day)
        for setting in settings {
            if let value = setting.value { known[setting.id] = .truth(value) }
        }
        let own = paid.filter { $0.policy == nil || $0.policy == id }
        return Deciding(policy: self, benefit: benefit, facts: known, day: day, paid: own).decision
    }
}
