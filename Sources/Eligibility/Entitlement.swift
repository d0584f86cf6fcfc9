public import Exact
public import Findings

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
