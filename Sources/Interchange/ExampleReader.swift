internal import Eligibility
internal import Exact
internal import Rules

/// Reads the worked examples of a policy.
struct ExampleReader {
    let reader: TreeReader
    let conditions: ConditionReader
    let benefits: [Benefit]

    private enum Outcome: String, CaseIterable {
        case eligible
        case ineligible
        case undetermined
        case excluded
        case exhausted
        case notInForce = "not-in-force"
        case discretionary
        case negotiated
        case catalogue
    }

    func example(_ node: DataNode) -> PolicyExample? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let name = fields.string("name")
        let benefit = fields.required("benefit").flatMap(benefit)
        let on = fields.day("on")
        let facts = fields.required("facts").flatMap {
            FactsReader(reader: reader, conditions: conditions).facts($0)
        }
        let paid = (fields.optional("paid").map(reader.list) ?? []).flatMap(payments)
        guard let expect = fields.required("expect").flatMap(reader.fields) else { return nil }
        defer { expect.close() }
        let outcome = expect.required("outcome").flatMap { reader.choice($0, Outcome.self) }
        let missing = expect.optional("missing").map(reader.list)?.compactMap(reader.string)
        let amount = expect.optional("yuan").flatMap(range)
        let by = expect.optional("by").flatMap(reader.string)
        let used = expect.optional("used").flatMap { reader.int($0, in: 1...600) }
        checkKeys(expect, outcome)
        guard let name, let benefit, let on, let facts, let outcome else { return nil }
        return PolicyExample(
            name: name,
            benefit: benefit,
            on: on,
            facts: facts,
            paid: paid,
            outcome: outcome.rawValue,
            amount: amount,
            missing: missing ?? [],
            by: by,
            used: used
        )
    }

    /// What an outcome is made of must be expected, and nothing else can be.
    private func checkKeys(_ expect: Fields, _ outcome: Outcome?) {
        let (needed, allowed): ([String], [String])
        switch outcome {
        case .eligible?: (needed, allowed) = (["yuan"], [])
        case .undetermined?: (needed, allowed) = (["missing"], ["yuan"])
        case .excluded?: (needed, allowed) = (["by"], [])
        case .exhausted?: (needed, allowed) = (["used"], [])
        default: (needed, allowed) = ([], [])
        }
        guard let outcome else { return }
        for key in ["yuan", "missing", "by", "used"] {
            let isThere = expect.keys.contains(key)
            guard isThere ? !(needed + allowed).contains(key) : needed.contains(key) else {
                continue
            }
            reader.report(
                "policy.expect",
                isThere
                    ? "结果为 \(outcome.rawValue) 时不能有 \(key)" : "结果为 \(outcome.rawValue) 时须写 \(key)",
                isThere
                    ? "an outcome of \(outcome.rawValue) has no \(key)"
                    : "an outcome of \(outcome.rawValue) needs \(key)",
                at: expect.place
            )
        }
    }

    private func benefit(_ node: DataNode) -> String? {
        guard let name = reader.string(node) else { return nil }
        guard benefits.contains(where: { $0.id == name }) else {
            reader.report(
                "policy.unknown-benefit",
                "没有待遇“\(name)”",
                "there is no benefit \"\(name)\"",
                at: node.place
            )
            return nil
        }
        return name
    }

    private func range(_ node: DataNode) -> ClosedRange<Money>? {
        let money = AmountReader(
            reader: reader,
            settings: BenefitReader(reader: reader, conditions: conditions, settings: [])
        ).money
        guard case .list = node.value else { return money(node).map { $0...$0 } }
        let bounds = reader.list(node).compactMap(money)
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
            reader.report(
                "policy.expect",
                "幅度应为由低到高的两个金额",
                "a range is two amounts, the lower first",
                at: node.place
            )
            return nil
        }
        return bounds[0]...bounds[1]
    }

    /// One payment, or one for each month from one to another.
    private func payments(_ node: DataNode) -> [PaidMonth] {
        guard let fields = reader.fields(node) else { return [] }
        defer { fields.close() }
        let name = fields.required("benefit").flatMap(benefit)
        let month = fields.optional("month").flatMap(month)
        let from = fields.optional("from").flatMap(self.month)
        let to = fields.optional("to").flatMap(self.month)
        guard let name, let benefit = benefits.first(where: { $0.id == name }) else { return [] }
        let isMonthly = if case .monthly = benefit.kind { true } else { false }
        let keys = ["month", "from", "to"].filter(fields.keys.contains)
        let isRight = isMonthly ? keys == ["month"] || keys == ["from", "to"] : keys.isEmpty
        guard isRight, from == nil || to == nil || (from ?? 0) <= (to ?? 0) else {
            reader.report(
                "policy.payment",
                "按月的待遇应写 month 或 from、to(先早后晚),一次性的都不写",
                "a payment of a monthly benefit has a month, or from and to, the earlier first; of another, none",
                at: fields.place
            )
            return []
        }
        guard isMonthly else { return [PaidMonth(benefit: name, month: nil)] }
        guard let first = month ?? from, let last = month ?? to else { return [] }
        return (first...last).map { PaidMonth(benefit: name, month: Self.text($0)) }
    }

    /// A month such as `2023-05`, as the months since the year 0.
    private func month(_ node: DataNode) -> Int? {
        guard let text = reader.string(node) else { return nil }
        guard let day = Day(text + "-01") else {
            reader.report(
                "data.month",
                "“\(text)”应为月份,如 2023-05",
                "\"\(text)\": expected a month such as 2023-05",
                at: node.place
            )
            return nil
        }
        return day.year * 12 + day.month - 1
    }

    private static func text(_ month: Int) -> String {
        Day(year: month / 12, month: month % 12 + 1, day: 1).map {
            String($0.description.prefix(7))
        } ?? ""
    }
}
