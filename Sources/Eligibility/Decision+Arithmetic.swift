internal import Exact
public import Findings
internal import Rules

extension Decision {
    /// How the amount came about, step by step, for each tier that holds; empty where there is none.
    public var arithmetic: [Text] {
        guard case .eligible(let money) = entitlement else { return [] }
        var lines = benefit.tiers.filter { tiers.contains($0.id) }.compactMap(steps)
        if lines.count > 1 {
            lines.append(
                Text(
                    "几档中按一档给付:\(money.yuanText) 元",
                    "one of the lines is paid: ¥\(money.yuanText)"
                )
            )
        }
        if case .monthly = benefit.kind, let left = monthsLeft,
            let whole = try? money.times(left)
        {
            lines.append(
                Text(
                    "\(money.yuanText) 元/月 × 至多 \(left) 个月 = 至多 \(whole.yuanText) 元",
                    "¥\(money.yuanText) a month × \(left) months at most = ¥\(whole.yuanText) at most"
                )
            )
        }
        return lines
    }

    private func steps(_ tier: BenefitTier) -> Text? {
        switch tier.amount {
        case .fixed(let money): Text("定额 \(money.yuanText) 元", "a fixed ¥\(money.yuanText)")
        case .share(let part, let fact, let cap): share(part, fact, cap)
        case .rent(let rent): self.rent(rent)
        case .between, .negotiated: nil
        }
    }

    private func number(_ fact: String) -> Rational? {
        if case .number(let number)? = facts[fact] { number } else { nil }
    }

    private func money(_ fact: String) -> Money? { number(fact).flatMap(Money.init(yuan:)) }

    private func percent(_ part: Rational) -> String {
        ((try? part.times(Rational(100)))?.shortest ?? part.shortest) + "%"
    }

    private func share(_ part: Rational, _ fact: String, _ cap: Money?) -> Text? {
        guard let whole = money(fact), let share = try? whole.share(part) else { return nil }
        let title = policy.vocabulary[fact]?.title ?? Text(same: fact)
        let capped = cap.flatMap { $0 < share ? $0 : nil }
        let limit = Text(
            capped.map { ",超过上限,按上限 \($0.yuanText) 元" }
                ?? cap.map { ",未超过上限 \($0.yuanText) 元" } ?? "",
            capped.map { ", above the cap: ¥\($0.yuanText)" }
                ?? cap.map { ", within the cap of ¥\($0.yuanText)" } ?? ""
        )
        return Text(
            "\(title.zh) \(whole.yuanText) × \(percent(part)) = \(share.yuanText) 元\(limit.zh)",
            "\(title.en) ¥\(whole.yuanText) × \(percent(part)) = ¥\(share.yuanText)\(limit.en)"
        )
    }

    private func rent(_ rent: RentShare) -> Text? {
        guard let whole = money(Policy.monthlyRent), let area = number(Policy.rentedArea) else {
            return nil
        }
        let percent = percent(rent.part)
        let (cap, size) = (rent.areaCap.shortest, area.shortest)
        if area <= rent.areaCap {
            guard let share = try? whole.share(rent.part) else { return nil }
            return Text(
                "面积 \(size)㎡ 不超过 \(cap)㎡:月租 \(whole.yuanText) × \(percent) = \(share.yuanText) 元",
                "\(size) ㎡ is within \(cap) ㎡: rent ¥\(whole.yuanText) × \(percent) = ¥\(share.yuanText)"
            )
        }
        if facts[rent.partedIf] == .truth(true) {
            guard let part = try? rent.part.times(rent.areaCap).divided(by: area),
                let share = try? whole.share(part)
            else { return nil }
            return Text(
                "面积 \(size)㎡ 超过 \(cap)㎡:月租 \(whole.yuanText) × \(cap) ÷ \(size) × \(percent) = \(share.yuanText) 元",
                "\(size) ㎡ is above \(cap) ㎡: rent ¥\(whole.yuanText) × \(cap) ÷ \(size) × \(percent) = ¥\(share.yuanText)"
            )
        }
        guard let within = money(Policy.rentWithinArea), let share = try? within.share(rent.part)
        else { return nil }
        return Text(
            "人社局核定的享受面积内月租 \(within.yuanText) × \(percent) = \(share.yuanText) 元",
            "the rent within the area, as the bureau found it, ¥\(within.yuanText) × \(percent) = ¥\(share.yuanText)"
        )
    }
}
