internal import Eligibility
internal import Exact
internal import Rules

/// Reads what a tier pays.
struct AmountReader {
    let reader: TreeReader
    let settings: BenefitReader

    private enum Each: String, CaseIterable {
        case once
        case year
    }

    func amount(_ fields: Fields, isDiscretionary: Bool) -> BenefitAmount? {
        let kinds = ["yuan", "share", "rent", "between", "negotiated"]
        let named = kinds.filter { fields.keys.contains($0) }
        guard named.count == 1, let kind = named.first, let node = fields.optional(kind) else {
            for kind in kinds { _ = fields.optional(kind) }
            reader.report(
                "policy.amount",
                "应恰有 \(kinds.joined(separator: "、")) 之一",
                "exactly one of \(kinds.joined(separator: ", ")) is needed",
                at: fields.place
            )
            return nil
        }
        switch kind {
        case "yuan": return money(node).map(BenefitAmount.fixed)
        case "share": return share(node)
        case "rent": return rent(node)
        case "negotiated":
            guard let truth = reader.bool(node) else { return nil }
            if !truth {
                reader.report(
                    "policy.amount",
                    "negotiated 只能为 true",
                    "negotiated can only be true",
                    at: node.place
                )
            }
            return .negotiated
        default:
            if !isDiscretionary {
                reader.report(
                    "policy.amount",
                    "原文没有规则的金额幅度只能用于 discretionary",
                    "a range for which the text has no rule is for discretionary benefits only",
                    at: node.place
                )
            }
            return between(node)
        }
    }

    private func share(_ node: DataNode) -> BenefitAmount? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let part = part(fields)
        let of = fields.string("of")
        let cap = fields.optional("cap_yuan").flatMap(money)
        guard let part, let of else { return nil }
        guard settings.conditions.vocabulary[of]?.type == .number else {
            reader.report(
                "rule.unknown-fact",
                "没有数字事实“\(of)”",
                "there is no number \"\(of)\"",
                at: fields.place
            )
            return nil
        }
        return .share(part, of: of, cap: cap)
    }

    private func rent(_ node: DataNode) -> BenefitAmount? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let part = part(fields)
        let area = fields.required("area_at_most_sqm")
        let cap = area.flatMap(reader.rational)
        let parted = fields.required("parted_if").flatMap(settings.setting)
        guard let part, let cap, let parted else { return nil }
        guard cap > .zero else {
            reader.report(
                "policy.amount",
                "面积上限应为正数",
                "a cap of area is a positive number",
                at: area?.place ?? fields.place
            )
            return nil
        }
        return .rent(RentShare(part: part, areaCap: cap, partedIf: parted))
    }

    private func between(_ node: DataNode) -> BenefitAmount? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let from = fields.optional("from_yuan").flatMap(money)
        let to = fields.required("to_yuan").flatMap(money)
        let each = fields.optional("each").flatMap { reader.choice($0, Each.self) }
        guard let to else { return nil }
        if let from, from >= to {
            reader.report(
                "policy.amount",
                "from_yuan 应小于 to_yuan",
                "from_yuan is below to_yuan",
                at: fields.place
            )
        }
        return .between(AmountRange(from: from, to: to, isYearly: each == .year))
    }

    private func part(_ fields: Fields) -> Rational? {
        guard let part = fields.rational("part") else { return nil }
        guard part > .zero, part <= .one else {
            reader.report(
                "policy.amount",
                "part 应在 0 以上、100% 以内",
                "part is above 0 and at most 100%",
                at: fields.place
            )
            return nil
        }
        return part
    }

    func money(_ node: DataNode) -> Money? {
        guard let yuan = reader.rational(node) else { return nil }
        guard let money = Money(yuan: yuan), money >= .zero else {
            reader.report(
                "policy.amount",
                "金额应为到分为止的正数",
                "an amount is a positive number of fen",
                at: node.place
            )
            return nil
        }
        return money
    }
}
