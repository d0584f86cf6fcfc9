internal import Exact
internal import Rules

/// What the tiers that hold, or may hold, come to.
struct TierSum {
    let benefit: Benefit
    let facts: Facts
    /// Whether nothing outside the tiers is open.
    let isCertain: Bool

    private var certain: [Money] = []
    private var open: [Money] = []
    private var missing: Set<String> = []
    private var isNegotiated = false
    /// An amount that nobody can bound leaves the range without an upper end.
    private var isBounded = true

    init(benefit: Benefit, facts: Facts, isCertain: Bool) {
        self.benefit = benefit
        self.facts = facts
        self.isCertain = isCertain
        for tier in benefit.tiers {
            let truth = tier.when.truth(facts)
            if truth != .no { add(tier.amount, holds: truth == .yes) }
        }
    }

    /// What happens where several tiers hold: a setting may have settled what the text leaves open.
    private var combine: TierRule {
        guard benefit.combine == .open, let setting = benefit.highestSetting,
            facts[setting] == .truth(true)
        else { return benefit.combine }
        return .highest
    }

    /// The entitlement, where those facts are missing beside what the amounts need.
    func entitlement(_ others: Set<String>) -> Entitlement {
        var missing = missing.union(others)
        let settled = missing.isEmpty && isCertain
        if isNegotiated, settled { return .negotiated }
        if let money = determined(settled: settled) { return .eligible(money) }
        // Two tiers hold and the text does not say which is paid: the bureau must.
        if settled, combine == .open {
            let setting = benefit.highestSetting.flatMap { facts[$0] == nil ? $0 : nil }
            missing.insert(setting ?? Policy.tierChoice(benefit))
        } else if settled {
            missing.insert(Policy.tierChoice(benefit))
        }
        return .undetermined(missing: missing.sorted(), range: isBounded ? range : nil)
    }

    private mutating func add(_ amount: BenefitAmount, holds: Bool) {
        switch amount {
        case .negotiated:
            isNegotiated = isNegotiated || holds
            isBounded = false
        // Refused by the reader outside of what is discretionary.
        case .between: isBounded = false
        case .fixed(let money): add(money, holds: holds)
        case .share(let share, let fact, let cap):
            if let part = money(fact).flatMap({ try? $0.share(share) }) {
                add(cap.map { min(part, $0) } ?? part, holds: holds)
            } else {
                lacks([fact], upTo: cap)
            }
        case .rent(let rent): add(rent, holds: holds)
        }
    }

    private mutating func add(_ money: Money, holds: Bool) {
        if holds { certain.append(money) } else { open.append(money) }
    }

    private mutating func lacks(_ names: [String], upTo cap: Money?) {
        missing.formUnion(names)
        open += [.zero] + (cap.map { [$0] } ?? [])
        isBounded = isBounded && cap != nil
    }

    /// Rent of a flat within the cap counts whole; of a larger one in proportion if that is settled,
    /// and as the bureau found it if another way is.
    private mutating func add(_ rent: RentShare, holds: Bool) {
        let area = number(Policy.rentedArea).flatMap { $0 > .zero ? $0 : nil }
        let whole = money(Policy.monthlyRent)
        let part = whole.flatMap { try? $0.share(rent.part) }
        guard let area, let whole, let part else {
            let lacking =
                (whole == nil ? [Policy.monthlyRent] : [])
                + (area == nil ? [Policy.rentedArea] : [])
            return lacks(lacking, upTo: part)
        }
        if area <= rent.areaCap { return add(part, holds: holds) }
        switch facts[rent.partedIf] {
        case .truth(true)?:
            let share = try? rent.part.times(rent.areaCap).divided(by: area)
            if let within = share.flatMap({ try? whole.share($0) }) {
                return add(within, holds: holds)
            }
            lacks([Policy.rentWithinArea], upTo: part)
        case .truth(false)?:
            guard let within = money(Policy.rentWithinArea), within <= whole,
                let part = try? within.share(rent.part)
            else { return lacks([Policy.rentWithinArea], upTo: part) }
            add(part, holds: holds)
        default: lacks([rent.partedIf], upTo: part)
        }
    }

    private func number(_ fact: String) -> Rational? {
        if case .number(let number)? = facts[fact] { number } else { nil }
    }

    /// The amount that a fact names; nil where that is not known, or is no amount.
    private func money(_ fact: String) -> Money? {
        number(fact).flatMap(Money.init(yuan:)).flatMap { $0 >= .zero ? $0 : nil }
    }

    /// The amount that comes out whatever is still unknown of the tiers, if there is one.
    private func determined(settled: Bool) -> Money? {
        guard isCertain, isBounded, let most = certain.max() else { return nil }
        switch combine {
        case .highest: return open.allSatisfy { $0 <= most } ? most : nil
        case .single, .open:
            let all = Set(certain + open)
            return all.count == 1 && (settled || !open.isEmpty) ? most : nil
        }
    }

    private var range: ClosedRange<Money>? {
        let all = certain + open
        guard let high = all.max() else { return nil }
        var low = Money.zero
        if isCertain, !certain.isEmpty {
            low = (combine == .highest ? certain.max() : all.min()) ?? .zero
        }
        return low...high
    }
}
