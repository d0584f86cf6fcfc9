public import Eligibility
internal import Exact
public import Findings
internal import Rules

/// Policies as files: `Policies/*.yaml`.
public enum PolicyFile {
    /// Reads, checks, and runs the file's own examples.
    ///
    /// - Throws: a ``Findings/Refusal`` with every error.
    public static func read(_ text: String, file: String) throws(Refusal) -> Policy {
        let reader = TreeReader()
        let policy = PolicyReader(reader: reader).policy(try YAMLFile.parse(text, file: file))
        guard let policy, !reader.findings.hasErrors else { throw Refusal(reader.findings) }
        let failing = policy.failingExamples()
        guard failing.isEmpty else {
            throw Refusal(
                failing.map { example, found in
                    Finding(
                        "policy.example",
                        Text(
                            "例“\(example.name)”不成立:得出 \(found)",
                            "the example \"\(example.name)\" fails: \(found) came out"
                        ),
                        at: Place(file: file, path: "examples")
                    )
                }
            )
        }
        return policy
    }
}

private struct PolicyReader {
    let reader: TreeReader

    func policy(_ tree: DataNode) -> Policy? {
        guard let fields = reader.fields(tree) else { return nil }
        defer { fields.close() }
        if fields.string("policy") != "1" {
            reader.report(
                "policy.version",
                "第一个键应为 policy: 1",
                "expected policy: 1",
                at: fields.place
            )
        }
        let id = fields.string("id")
        let title = fields.text("title")
        let region = fields.string("region")
        let sources = HonoursFile.sources(fields.required("sources"), reader)
        let inForce = fields.optional("in_force").flatMap(period)
        let stated = fields.optional("stated_current_on").flatMap(reader.day)
        let checked = fields.day("checked_on")
        let settings = (fields.optional("settings").map(reader.list) ?? []).compactMap(setting)
        let names = Vocabulary(
            Policy.vocabulary.declarations
                + settings.map { FactDeclaration($0.id, .truth, $0.question) }
        )
        let conditions = ConditionReader(reader: reader, vocabulary: names, documents: sources)
        let benefits = (fields.required("benefits").map(reader.list) ?? []).compactMap {
            benefit($0, conditions)
        }
        let examples = (fields.required("examples").map(reader.list) ?? []).compactMap {
            example($0, conditions)
        }
        checkNames(benefits, place: fields.place(of: "benefits"))
        guard let id, let title, let region, let checked else { return nil }
        if inForce == nil, stated == nil {
            reader.report(
                "policy.dates",
                "应写明 in_force 或 stated_current_on",
                "in_force or stated_current_on must be given",
                at: fields.place
            )
        }
        return Policy(
            id: id,
            title: title,
            region: region,
            inForce: inForce,
            statedCurrentOn: stated,
            checkedOn: checked,
            settings: settings,
            benefits: benefits,
            examples: examples
        )
    }

    private func checkNames(_ benefits: [Benefit], place: Place) {
        var seen: Set<String> = []
        for benefit in benefits {
            if !seen.insert(benefit.id).inserted {
                reader.report(
                    "policy.duplicate",
                    "待遇 \(benefit.id) 重复",
                    "the benefit \(benefit.id) stands twice",
                    at: place
                )
            }
            for other in benefit.excludes where !benefits.contains(where: { $0.id == other }) {
                reader.report(
                    "policy.exclusion",
                    "\(benefit.id) 排除的 \(other) 不存在",
                    "\(benefit.id) excludes \(other), which there is not",
                    at: place
                )
            }
        }
    }

    private func period(_ node: DataNode) -> ClosedRange<Day>? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let from = fields.day("from")
        let to = fields.optional("to").flatMap(reader.day) ?? Day(year: 9999, month: 12, day: 31)
        guard let from, let to else { return nil }
        guard from <= to else {
            reader.report("policy.dates", "from 晚于 to", "from is after to", at: node.place)
            return nil
        }
        return from...to
    }

    private func setting(_ node: DataNode) -> PolicySetting? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let question = fields.text("question")
        var value: Bool?
        if let node = fields.required("value"), reader.string(node) != "undetermined" {
            value = reader.bool(node)
            if fields.optional("cite") == nil {
                reader.report(
                    "policy.setting",
                    "要定下一项未明之处,须有引证",
                    "a setting that is settled needs a citation",
                    at: node.place
                )
            }
        }
        _ = fields.optional("cite")
        guard let id, let question else { return nil }
        return PolicySetting(id: id, question: question, value: value)
    }

    private func benefit(_ node: DataNode, _ conditions: ConditionReader) -> Benefit? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let title = fields.text("title")
        let kind = kind(fields)
        let when = fields.optional("when").map(conditions.condition) ?? .always
        let combine = fields.optional("combine").flatMap { reader.choice($0, TierRule.self) }
        let nodes = fields.optional("tiers").map(reader.list) ?? []
        let tiers = nodes.compactMap { tier($0, conditions) }
        let bring = (fields.optional("bring").map(reader.list) ?? []).compactMap(reader.text)
        let excluded = fields.optional("excludes").flatMap { self.exclusion($0, conditions) }
        let cite = fields.required("cite").flatMap(conditions.citation)
        guard let id, let title, let kind, let when, let cite, tiers.count == nodes.count else {
            return nil
        }
        let needsTiers = if case .catalogue = kind { false } else { true }
        if needsTiers == tiers.isEmpty {
            reader.report(
                "policy.tiers",
                "有金额的待遇需要 tiers,目录条目不能有",
                "a benefit with an amount needs tiers; a catalogue entry can't have any",
                at: fields.place
            )
        }
        return Benefit(
            id: id,
            title: title,
            kind: kind,
            when: when,
            combine: combine ?? .single,
            tiers: tiers,
            excludes: excluded?.0 ?? [],
            exclusionCitation: excluded?.1,
            bring: bring,
            citation: cite
        )
    }

    private enum Kind: String, CaseIterable {
        case monthly
        case once
        case discretionary
        case catalogue
    }

    private func kind(_ fields: Fields) -> BenefitKind? {
        let limit = fields.optional("at_most_months").flatMap { reader.int($0, in: 1...600) }
        switch fields.required("kind").flatMap({ reader.choice($0, Kind.self) }) {
        case .monthly?: return .monthly(atMost: limit)
        case .once?: return .once
        case .discretionary?: return .discretionary
        case .catalogue?: return .catalogue
        case nil: return nil
        }
    }

    private func exclusion(
        _ node: DataNode,
        _ conditions: ConditionReader
    ) -> ([String], Citation)? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let names = (fields.required("benefits").map(reader.list) ?? []).compactMap(reader.string)
        guard let cite = fields.required("cite").flatMap(conditions.citation) else { return nil }
        return (names, cite)
    }

    private func tier(_ node: DataNode, _ conditions: ConditionReader) -> BenefitTier? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let amount = amount(fields)
        let when = fields.required("when").flatMap(conditions.condition)
        let cite = fields.required("cite").flatMap(conditions.citation)
        guard let id, let amount, let when, let cite else { return nil }
        return BenefitTier(id: id, amount: amount, when: when, citation: cite)
    }

    private func amount(_ fields: Fields) -> BenefitAmount? {
        let named = ["yuan", "share", "negotiated"].filter { fields.keys.contains($0) }
        guard named.count == 1 else {
            reader.report(
                "policy.amount",
                "应恰有 yuan、share、negotiated 之一",
                "exactly one of yuan, share, negotiated is needed",
                at: fields.place
            )
            return nil
        }
        switch named[0] {
        case "yuan": return fields.optional("yuan").flatMap(money).map(BenefitAmount.fixed)
        case "negotiated":
            return fields.optional("negotiated").flatMap(reader.bool).map { _ in .negotiated }
        default:
            guard let share = fields.optional("share").flatMap(reader.fields) else { return nil }
            defer { share.close() }
            let part = share.rational("part")
            let of = share.string("of")
            let cap = share.optional("cap_yuan").flatMap(money)
            guard let part, let of else { return nil }
            guard Policy.vocabulary[of]?.type == .number else {
                reader.report(
                    "rule.unknown-fact",
                    "没有数字事实“\(of)”",
                    "there is no number \"\(of)\"",
                    at: share.place
                )
                return nil
            }
            return .share(part, of: of, cap: cap)
        }
    }

    private func money(_ node: DataNode) -> Money? {
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

    private func example(_ node: DataNode, _ conditions: ConditionReader) -> PolicyExample? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let name = fields.string("name")
        let benefit = fields.string("benefit")
        let on = fields.day("on")
        let facts = fields.required("facts").flatMap { self.facts($0, conditions) }
        guard let expect = fields.required("expect").flatMap(reader.fields) else { return nil }
        defer { expect.close() }
        let outcome = expect.string("outcome")
        let missing = (expect.optional("missing").map(reader.list) ?? []).compactMap(reader.string)
        var amount: ClosedRange<Money>?
        if let node = expect.optional("yuan") {
            if case .list = node.value {
                let bounds = reader.list(node).compactMap(money)
                if bounds.count == 2, bounds[0] <= bounds[1] { amount = bounds[0]...bounds[1] }
            } else if let exact = money(node) {
                amount = exact...exact
            }
        }
        guard let name, let benefit, let on, let facts, let outcome else { return nil }
        return PolicyExample(
            name: name,
            benefit: benefit,
            on: on,
            facts: facts,
            outcome: outcome,
            amount: amount,
            missing: missing
        )
    }

    private func facts(_ node: DataNode, _ conditions: ConditionReader) -> Facts? {
        FactsReader(reader: reader, conditions: conditions).facts(node)
    }
}

/// Reads facts: a map of names and values.
struct FactsReader {
    let reader: TreeReader
    let conditions: ConditionReader

    func facts(_ node: DataNode) -> Facts? {
        guard case .map(let entries) = node.value else {
            _ = reader.fields(node)
            return nil
        }
        var facts = Facts()
        for entry in entries {
            guard let declaration = conditions.vocabulary[entry.key] else {
                reader.report(
                    "rule.unknown-fact",
                    "没有事实“\(entry.key)”",
                    "there is no fact \"\(entry.key)\"",
                    at: entry.place
                )
                continue
            }
            facts[entry.key] = conditions.value(entry.value, declaration)
        }
        return facts
    }
}
