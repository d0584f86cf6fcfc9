internal import Exact

extension Policy {
    /// Runs the policy's own examples.
    ///
    /// - Returns: of each that fails, where it stands in the list and what came out instead.
    public func failingExamples() -> [(index: Int, found: String)] {
        examples.enumerated().compactMap { index, example in
            guard let benefit = benefit(example.benefit) else { return (index, "no such benefit") }
            let decision = decide(benefit, example.facts, on: example.on, paid: example.paid)
            let found = Self.summary(decision.entitlement)
            return found == Self.summary(example, benefit) ? nil : (index, found)
        }
    }

    private static func summary(_ entitlement: Entitlement) -> String {
        switch entitlement {
        case .eligible(let money): "eligible \(money.yuanText)–\(money.yuanText)"
        case .undetermined(let missing, let range):
            "undetermined \(text(range)) \(missing.joined(separator: ","))"
        case .excluded(let other): "excluded by \(other)"
        case .exhausted(let used, let limit): "exhausted \(used) of \(limit)"
        default: entitlement.name
        }
    }

    private static func summary(_ example: PolicyExample, _ benefit: Benefit) -> String {
        switch example.outcome {
        case "eligible": "eligible \(text(example.amount))"
        case "undetermined":
            "undetermined \(text(example.amount)) \(example.missing.sorted().joined(separator: ","))"
        case "excluded": "excluded by \(example.by ?? "-")"
        case "exhausted": "exhausted \(example.used ?? 0) of \(benefit.kind.limit ?? 0)"
        default: example.outcome
        }
    }

    private static func text(_ range: ClosedRange<Money>?) -> String {
        range.map { "\($0.lowerBound.yuanText)–\($0.upperBound.yuanText)" } ?? "-"
    }
}

extension BenefitKind {
    /// How many payments there can be, where that is limited.
    public var limit: Int? {
        switch self {
        case .monthly(let term): term?.months
        case .once: 1
        case .discretionary, .catalogue: nil
        }
    }
}
