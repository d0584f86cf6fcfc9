internal import Exact
internal import Rules

/// The steps of one decision, from whether the policy is in force to how much is due.
///
/// That nothing is due, once determined, stays so whatever else becomes known; only the reason may
/// become another: who turns out not to belong to a benefit is no longer told what excludes it.
struct Deciding {
    let policy: Policy
    let benefit: Benefit
    let facts: Facts
    let day: Day
    let paid: [PaidMonth]

    struct Tried {
        let tier: BenefitTier
        let verdict: Verdict
    }

    /// Whether something settles that nothing is paid, and the facts that would have to say so.
    private enum Bar {
        case none
        case certain(Entitlement)
        case open([String])
    }

    var decision: Decision {
        let vocabulary = policy.vocabulary
        let general = benefit.when.verdict(facts, vocabulary)
        let tried = benefit.tiers.map {
            Tried(tier: $0, verdict: $0.when.verdict(facts, vocabulary))
        }
        let possible = tried.filter { $0.verdict.truth != .no }
        return Decision(
            benefit: benefit,
            on: day,
            entitlement: entitlement(general, possible),
            tiers: possible.map(\.tier.id),
            verdicts: [general] + tried.map(\.verdict),
            monthsLeft: monthsLeft,
            exclusions: binding
        )
    }

    private var binding: [BindingExclusion] {
        benefit.exclusions.compactMap { exclusion in
            let verdict = exclusion.when.verdict(facts, policy.vocabulary)
            return verdict.truth == .no
                ? nil : BindingExclusion(exclusion: exclusion, missing: verdict.missing)
        }
    }

    private func entitlement(_ general: Verdict, _ possible: [Tried]) -> Entitlement {
        if let range = policy.inForce, !range.contains(day) { return .notInForce }
        if isDateOpen {
            return .undetermined(missing: [Policy.inForceQuestion], range: nil)
        }
        var missing = Set(general.missing)
        switch term {
        case .certain(let entitlement): return entitlement
        case .open(let names): missing.formUnion(names)
        case .none: break
        }
        if general.truth == .no { return .ineligible }
        if case .catalogue = benefit.kind {
            return missing.isEmpty
                ? .catalogue : .undetermined(missing: missing.sorted(), range: nil)
        }
        if possible.isEmpty { return .ineligible }
        switch exclusion {
        case .certain(let entitlement): return entitlement
        case .open(let names): missing.formUnion(names)
        case .none: break
        }
        let isCertain = missing.isEmpty && general.truth == .yes
        for tier in possible where tier.verdict.truth == .unknown {
            missing.formUnion(tier.verdict.missing)
        }
        if case .discretionary = benefit.kind {
            return missing.isEmpty
                ? .discretionary : .undetermined(missing: missing.sorted(), range: nil)
        }
        let sum = TierSum(benefit: benefit, facts: facts, possible: possible, isCertain: isCertain)
        return sum.entitlement(missing)
    }

    /// A text that only says what was current on a day says nothing of the days before; one that
    /// bears no date at all says nothing of any day, but it still points to what it names.
    private var isDateOpen: Bool {
        guard policy.inForce == nil else { return false }
        guard let stated = policy.statedCurrentOn else { return benefit.kind != .catalogue }
        return day < stated
    }

    /// The months this benefit was paid for, each once; payments without a month count one each.
    private var used: Int {
        let own = paid.filter { $0.benefit == benefit.id }
        return Set(own.compactMap(\.month)).count + own.count { $0.month == nil }
    }

    private var monthsLeft: Int? {
        guard case .monthly(let term?) = benefit.kind else { return nil }
        return max(0, term.months - used)
    }

    /// Whether the limit is used up.
    ///
    /// Payments count whatever tier they were of. Where the text's length of time may run on through
    /// a break, the first month paid starts it.
    private var term: Bar {
        switch benefit.kind {
        case .once where used > 0: return .certain(.exhausted(used: used, limit: 1))
        case .monthly(let term?):
            let limit = term.months
            if used >= limit { return .certain(.exhausted(used: used, limit: limit)) }
            guard let setting = term.breaksSetting,
                let first = paid.filter({ $0.benefit == benefit.id }).compactMap(\.monthIndex)
                    .min(),
                day.year * 12 + day.month - 1 - first >= limit
            else { return .none }
            switch facts[setting] {
            case .truth(true)?: return .none
            case .truth(false)?: return .certain(.exhausted(used: used, limit: limit))
            default: return .open([setting])
            }
        default: return .none
        }
    }

    /// Whether something that was paid for the month excludes this.
    ///
    /// What was paid excludes; what one is merely entitled to does not.
    private var exclusion: Bar {
        let month = day.year * 12 + day.month - 1
        var open: Set<String> = []
        for exclusion in benefit.exclusions {
            let other = paid.first {
                exclusion.benefits.contains($0.benefit)
                    && ($0.month == nil || $0.monthIndex == month)
            }
            guard let other else { continue }
            let verdict = exclusion.when.verdict(facts, policy.vocabulary)
            switch verdict.truth {
            case .yes: return .certain(.excluded(by: other.benefit))
            case .unknown: open.formUnion(verdict.missing)
            case .no: break
            }
        }
        return open.isEmpty ? .none : .open(open.sorted())
    }
}

extension PaidMonth {
    /// The months since the year 0, nil where it was paid once or the month can't be read.
    var monthIndex: Int? {
        let parts = (month ?? "").split(separator: "-")
        guard parts.count == 2, let year = Int(parts[0]), let month = Int(parts[1]),
            (1...9999).contains(year), (1...12).contains(month)
        else { return nil }
        return year * 12 + month - 1
    }
}

extension Policy {
    /// The name of the missing fact where two tiers of a benefit hold and the text has no rule.
    static func tierChoice(_ benefit: Benefit) -> String { benefit.id + "/which-tier" }

    /// The name of the missing fact where the text does not say whether it was in force.
    static let inForceQuestion = "policy/in-force"
}
