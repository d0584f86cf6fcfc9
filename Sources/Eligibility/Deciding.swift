internal import Exact
internal import Rules

/// The steps of one decision, from whether the policy is in force to how much is due.
///
/// A determined answer stays whatever else becomes known, and so does its reason: that something
/// excludes a benefit or that its time is over is said only of who belongs to it, and until that is
/// settled the answer is open between nothing and nothing.
struct Deciding {
    let policy: Policy
    let benefit: Benefit
    let facts: Facts
    let day: Day
    let paid: [PaidMonth]

    /// Whether something settles that nothing is paid, and the facts that would have to say so.
    private enum Bar {
        case none
        case certain(Entitlement)
        case open([String])
    }

    var decision: Decision {
        Decision(
            policy: policy,
            benefit: benefit,
            on: day,
            facts: facts,
            entitlement: minimal,
            tiers: benefit.tiers.filter { $0.when.truth(facts) != .no }.map(\.id),
            monthsLeft: monthsLeft,
            exclusions: binding
        )
    }

    /// The exclusions that bind, or may.
    var binding: [BindingExclusion] {
        benefit.exclusions.compactMap { exclusion in
            exclusion.when.truth(facts) == .no
                ? nil
                : BindingExclusion(
                    exclusion: exclusion,
                    missing: exclusion.when.openFacts(facts)
                )
        }
    }

    /// What comes out, with every fact that may have a part in it where it is open.
    var entitlement: Entitlement {
        if let range = policy.inForce, !range.contains(day) { return .notInForce }
        if isDateOpen { return .undetermined(missing: [Policy.inForceQuestion], range: nil) }
        if let limit = benefit.kind.limit, used >= limit {
            return .exhausted(used: used, limit: limit)
        }
        let belongs = Truth.all(
            benefit.when.truth(facts),
            benefit.tiers.isEmpty ? .yes : .any(benefit.tiers.map { $0.when.truth(facts) })
        )
        if belongs == .no { return .ineligible }
        var missing = Set(benefit.when.openFacts(facts))
        let isCertain = missing.isEmpty
        for tier in benefit.tiers { missing.formUnion(tier.when.openFacts(facts)) }
        var isBarred = false
        var isOpen = false
        for bar in bars {
            switch bar {
            case .certain(let entitlement):
                if belongs == .yes, !isOpen { return entitlement }
                isBarred = true
            case .open(let names):
                isOpen = true
                missing.formUnion(names)
            case .none: break
            }
        }
        if isBarred {
            return .undetermined(missing: missing.sorted(), range: Money.zero...Money.zero)
        }
        switch benefit.kind {
        case .catalogue, .discretionary:
            let settled: Entitlement = benefit.kind == .catalogue ? .catalogue : .discretionary
            return missing.isEmpty
                ? settled : .undetermined(missing: missing.sorted(), range: nil)
        case .monthly, .once:
            let sum = TierSum(
                benefit: benefit,
                facts: facts,
                isCertain: isCertain && !isOpen
            )
            return sum.entitlement(missing)
        }
    }

    /// What comes out; where it is open, only the facts that could still change it are missing.
    private var minimal: Entitlement {
        let found = entitlement
        guard case .undetermined(let missing, let range) = found
        else { return found }
        let search = EssentialFacts(facts, domains: domains(missing)) { facts in
            let entitlement = Deciding(
                policy: policy,
                benefit: benefit,
                facts: facts,
                day: day,
                paid: paid
            ).entitlement
            guard case .undetermined(let missing, _) = entitlement else { return (entitlement, []) }
            return (entitlement, missing)
        }
        let essential = search.among(missing)
        return essential.isEmpty
            ? search.constant() : .undetermined(missing: essential, range: range)
    }

    /// The values of missing facts that may make a difference; what an amount is taken of always may.
    private func domains(_ missing: [String]) -> [String: [FactValue]] {
        var tests = benefit.when.tests + benefit.tiers.flatMap(\.when.tests)
        tests += benefit.exclusions.flatMap(\.when.tests)
        let vocabulary = policy.vocabulary
        let amounts = Set(benefit.tiers.flatMap { $0.amount.numbers })
        var domains: [String: [FactValue]] = [:]
        for name in missing {
            guard !amounts.contains(name), let declaration = vocabulary[name] else { continue }
            let own = tests.filter { $0.fact == name }.map(\.test)
            // A setting may be asked for by a term or an amount, where no test shows it.
            domains[name] =
                declaration.type == .truth
                ? [.truth(true), .truth(false)] : FactDomain(declaration, own, facts).values
        }
        return domains
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
        return Set(own.compactMap(\.monthIndex)).count + own.count { $0.monthIndex == nil }
    }

    private var monthsLeft: Int? {
        guard case .monthly(let term?) = benefit.kind else { return nil }
        return max(0, term.months - used)
    }

    /// What may keep a benefit from who belongs to it: the end of its time, then each exclusion.
    private var bars: [Bar] { [term] + benefit.exclusions.map(bar) }

    /// Whether the time is over though not every month of it was paid.
    ///
    /// Payments count whatever tier they were of. Where the text's length of time may run on through
    /// a break, the first month paid starts it.
    private var term: Bar {
        guard case .monthly(let term?) = benefit.kind, let setting = term.breaksSetting,
            let first = paid.filter({ $0.benefit == benefit.id }).compactMap(\.monthIndex).min(),
            day.monthIndex - first >= term.months
        else { return .none }
        switch facts[setting] {
        case .truth(true)?: return .none
        case .truth(false)?: return .certain(.exhausted(used: used, limit: term.months))
        default: return .open([setting])
        }
    }

    /// Whether something that was paid for the month excludes this.
    ///
    /// What was paid excludes; what one is merely entitled to does not.
    private func bar(_ exclusion: Exclusion) -> Bar {
        let other = paid.first {
            exclusion.benefits.contains($0.benefit)
                && ($0.month == nil || $0.monthIndex == day.monthIndex)
        }
        guard let other else { return .none }
        switch exclusion.when.truth(facts) {
        case .yes: return .certain(.excluded(by: other.benefit))
        case .unknown: return .open(exclusion.when.openFacts(facts))
        case .no: return .none
        }
    }
}

extension BenefitAmount {
    /// The numbers it is taken of.
    var numbers: [String] {
        switch self {
        case .share(_, let fact, _): [fact]
        case .rent: [Policy.monthlyRent, Policy.rentedArea, Policy.rentWithinArea]
        case .fixed, .between, .negotiated: []
        }
    }
}

extension Day {
    /// The months since the year 0.
    var monthIndex: Int { year * 12 + month - 1 }
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
