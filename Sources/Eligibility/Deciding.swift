internal import Exact
internal import Rules

/// The steps of one decision, from whether the policy is in force to how much is due.
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
            benefit: benefit,
            on: day,
            entitlement: entitlement(general, tried),
            tiers: possible.map(\.tier.id),
            verdicts: [general] + tried.map(\.verdict),
            monthsLeft: monthsLeft
        )
    }

    private var used: Int { paid.filter { $0.benefit == benefit.id }.count }

    private var monthsLeft: Int? {
        guard case .monthly(let limit?) = benefit.kind else { return nil }
        return max(0, limit - used)
    }

    private func entitlement(_ general: Verdict, _ tried: [Tried]) -> Entitlement {
        if let range = policy.inForce, !range.contains(day) { return .notInForce }
        // A text that only says what was current on a day says nothing of the days before.
        if policy.inForce == nil, let stated = policy.statedCurrentOn, day < stated {
            return .undetermined(missing: [Policy.inForceQuestion], range: nil)
        }
        if general.truth == .no { return .ineligible }
        if case .catalogue = benefit.kind { return .catalogue }
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
        _ general: Verdict,
        _ possible: [Tried],
        _ missing: Set<String>
    ) -> Entitlement {
        var missing = missing
        var certain: [Money] = []
        var open: [Money] = []
        var isNegotiated = false
        // An amount that nobody can bound leaves the range without an upper end.
        var isBounded = true
        for tried in possible {
            let isCertain = tried.verdict.truth == .yes
            switch tried.tier.amount {
            case .negotiated:
                isNegotiated = isNegotiated || isCertain
                isBounded = false
            case .fixed(let money): isCertain ? certain.append(money) : open.append(money)
            case .share(let share, let fact, let cap):
                if let part = self.share(share, of: fact) {
                    let money = cap.map { min(part, $0) } ?? part
                    isCertain ? certain.append(money) : open.append(money)
                } else {
                    missing.insert(fact)
                    open += [.zero] + (cap.map { [$0] } ?? [])
                    isBounded = isBounded && cap != nil
                }
            }
        }
        let settled = missing.isEmpty && general.truth == .yes
        if isNegotiated, settled { return .negotiated }
        if let money = determined(general, certain, open, isBounded: isBounded, settled: settled) {
            return .eligible(money)
        }
        // Two tiers hold and the text does not say which is paid: the bureau must.
        if settled { missing.insert(Policy.tierChoice(benefit)) }
        return .undetermined(
            missing: missing.sorted(),
            range: isBounded ? range(general, certain, open) : nil
        )
    }

    /// The share of what a fact says is paid; nil where that is not known, or is no amount.
    private func share(_ share: Rational, of fact: String) -> Money? {
        guard case .number(let yuan)? = facts[fact], let whole = Money(yuan: yuan), whole >= .zero
        else { return nil }
        return try? whole.share(share)
    }

    /// The amount that comes out whatever is still unknown of the tiers, if there is one.
    private func determined(
        _ general: Verdict,
        _ certain: [Money],
        _ open: [Money],
        isBounded: Bool,
        settled: Bool
    ) -> Money? {
        guard general.truth == .yes, isBounded, let most = certain.max() else { return nil }
        switch benefit.combine {
        case .highest: return open.allSatisfy { $0 <= most } ? most : nil
        case .single:
            let all = Set(certain + open)
            return all.count == 1 && (settled || !open.isEmpty) ? most : nil
        }
    }

    private func range(
        _ general: Verdict,
        _ certain: [Money],
        _ open: [Money]
    ) -> ClosedRange<Money>? {
        let all = certain + open
        guard let high = all.max() else { return nil }
        var low = Money.zero
        if general.truth == .yes, !certain.isEmpty {
            low = (benefit.combine == .highest ? certain.max() : all.min()) ?? .zero
        }
        return low...high
    }
}

extension Policy {
    /// The name of the missing fact where two tiers of a benefit hold and the text has no rule.
    static func tierChoice(_ benefit: Benefit) -> String { benefit.id + "/which-tier" }

    /// The name of the missing fact where the text does not say whether it was in force.
    static let inForceQuestion = "policy/in-force"

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
