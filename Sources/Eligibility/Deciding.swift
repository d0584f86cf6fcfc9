internal import Exact
internal import Rules

/// The steps of one decision: in force? paid already? whose tier? how much?
struct Deciding {
    let policy: Policy
    let benefit: Benefit
    let facts: Facts
    let day: Day
    let paid: [PaidMonth]

    private struct Tried {
        let tier: BenefitTier
        let verdict: Verdict
    }

    var decision: Decision {
        let general = benefit.when.verdict(facts, policy.vocabulary)
        let tried = benefit.tiers.map {
            Tried(tier: $0, verdict: $0.when.verdict(facts, policy.vocabulary))
        }
        let possible = tried.filter { $0.verdict.truth != .no }
        return Decision(
            benefit: benefit, on: day, entitlement: entitlement(general, tried),
            tiers: possible.map(\.tier.id), verdicts: [general] + tried.map(\.verdict),
            monthsLeft: monthsLeft)
    }

    private var used: Int { paid.filter { $0.benefit == benefit.id }.count }

    private var monthsLeft: Int? {
        guard case .monthly(let limit?) = benefit.kind else { return nil }
        return max(0, limit - used)
    }

    private func entitlement(_ general: Verdict, _ tried: [Tried]) -> Entitlement {
        if let range = policy.inForce, !range.contains(day) { return .notInForce }
        if case .catalogue = benefit.kind { return .catalogue }
        if general.truth == .no { return .ineligible }
        let possible = tried.filter { $0.verdict.truth != .no }
        guard !possible.isEmpty || benefit.tiers.isEmpty else { return .ineligible }
        // What was paid excludes; what one is merely entitled to does not.
        let month = day.description.prefix(7)
        if let other = paid.first(where: {
            benefit.excludes.contains($0.benefit) && ($0.month.map { $0 == month } ?? true)
        }) {
            return .excluded(by: other.benefit)
        }
        if case .monthly(let limit?) = benefit.kind, used >= limit {
            return .exhausted(used: used, limit: limit)
        }
        if case .once = benefit.kind, used > 0 { return .exhausted(used: used, limit: 1) }
        var missing = Set(general.missing)
        for tier in possible where tier.verdict.truth == .unknown {
            missing.formUnion(tier.verdict.missing)
        }
        if case .discretionary = benefit.kind {
            return missing.isEmpty
                ? .discretionary : .undetermined(missing: missing.sorted(), range: nil)
        }
        return amount(general, possible, missing)
    }

    private func amount(
        _ general: Verdict, _ possible: [Tried], _ missing: Set<String>
    ) -> Entitlement {
        var missing = missing
        var certain: [Money] = []
        var open: [Money] = []
        var isNegotiated = false
        for tried in possible {
            let isCertain = tried.verdict.truth == .yes
            switch tried.tier.amount {
            case .negotiated: isNegotiated = isNegotiated || isCertain
            case .fixed(let money): isCertain ? certain.append(money) : open.append(money)
            case .share(let share, let fact, let cap):
                guard case .number(let yuan)? = facts[fact], let whole = Money(yuan: yuan),
                    let part = try? whole.share(share)
                else {
                    missing.insert(fact)
                    open += cap.map { [$0] } ?? []
                    continue
                }
                let money = cap.map { min(part, $0) } ?? part
                isCertain ? certain.append(money) : open.append(money)
            }
        }
        if isNegotiated, missing.isEmpty { return .negotiated }
        let distinct = Set(certain)
        let settled = missing.isEmpty && general.truth == .yes
        if settled, benefit.combine == .highest || distinct.count == 1, let most = distinct.max() {
            return .eligible(most)
        }
        // Two tiers hold and the text does not say which is paid: the bureau must.
        if settled, distinct.count > 1 { missing.insert(Policy.tierChoice(benefit)) }
        let all = certain + open
        let least = general.truth == .yes && benefit.combine == .highest ? certain.max() : nil
        let low = least ?? (general.truth == .yes ? certain.min() : nil) ?? .zero
        let range = all.max().map { low...max(low, $0) }
        return .undetermined(missing: missing.sorted(), range: range)
    }
}

extension Policy {
    /// The name of the missing fact where two tiers of a benefit hold and the text has no rule.
    static func tierChoice(_ benefit: Benefit) -> String { benefit.id + "/which-tier" }

    /// Runs the policy's own examples; says of each that fails what came out instead.
    public func failingExamples() -> [(example: PolicyExample, found: String)] {
        examples.compactMap { example in
            guard let benefit = benefit(example.benefit) else {
                return (example, "no such benefit")
            }
            let decision = decide(benefit, example.facts, on: example.on)
            let found = Self.summary(decision.entitlement)
            let expected = Self.summary(example)
            return found == expected ? nil : (example, found)
        }
    }

    private static func summary(_ entitlement: Entitlement) -> String {
        switch entitlement {
        case .eligible(let money): "eligible \(money.yuanText)–\(money.yuanText)"
        case .undetermined(let missing, let range):
            "undetermined \(text(range)) \(missing.joined(separator: ","))"
        default: entitlement.name
        }
    }

    private static func summary(_ example: PolicyExample) -> String {
        switch example.outcome {
        case "eligible": "eligible \(text(example.amount))"
        case "undetermined":
            "undetermined \(text(example.amount)) \(example.missing.sorted().joined(separator: ","))"
        default: example.outcome
        }
    }

    private static func text(_ range: ClosedRange<Money>?) -> String {
        range.map { "\($0.lowerBound.yuanText)–\($0.upperBound.yuanText)" } ?? "-"
    }
}
