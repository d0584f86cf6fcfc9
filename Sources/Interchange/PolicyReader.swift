internal import Eligibility
internal import Exact
internal import Findings
internal import Honours
internal import Rules
internal import Seal

/// Reads a policy's tree, collecting every finding.
struct PolicyReader {
    let reader: TreeReader

    /// A policy, and where each of its examples stands.
    struct Found {
        let policy: Policy
        let examplePlaces: [Place]
    }

    func policy(_ tree: DataNode) -> Found? {
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
        let version = fields.optionalString("version") ?? "1"
        let replaced = elements(fields.optional("replaces")).compactMap(reader.string)
        let gapReason = fields.optionalText("gap_reason")
        let title = fields.text("title")
        let region = fields.required("region").flatMap(region)
        let sources = reader.sources(fields.required("sources")).map(\.id)
        let dates = dates(fields)
        let common = ConditionReader(
            reader: reader,
            vocabulary: Policy.vocabulary,
            documents: sources
        )
        let own = elements(fields.optional("facts")).compactMap { fact($0, common) }
        let settings = elements(fields.optional("settings")).compactMap { setting($0, common) }
        let names = Vocabulary(
            Policy.vocabulary.declarations + own
                + settings.map { FactDeclaration($0.id, .truth, $0.question) }
        )
        unique(names.declarations.map(\.name), "policy.duplicate", "事实", "fact", at: fields.place)
        let conditions = ConditionReader(reader: reader, vocabulary: names, documents: sources)
        let parts = BenefitReader(
            reader: reader,
            conditions: conditions,
            settings: settings.map(\.id)
        )
        let benefitNodes = elements(fields.required("benefits"))
        let benefits = benefitNodes.compactMap(parts.benefit)
        let exampleNodes = elements(fields.required("examples"))
        var examples: [PolicyExample] = []
        // Where a benefit could not be read, what names it is not wrong on that account.
        if benefits.count == benefitNodes.count {
            PolicyNames(reader: reader).check(benefits, at: benefitNodes.map(\.place))
            let reader = ExampleReader(reader: reader, conditions: conditions, benefits: benefits)
            examples = exampleNodes.compactMap(reader.example)
            checkExamples(examples, of: benefits, at: fields.place(of: "examples"))
            SettingUse(reader: self.reader, settings: settings).check(
                benefits,
                examples: examples,
                settingPlaces: elements(fields.optional("settings")).map(\.place),
                examplePlaces: exampleNodes.map(\.place)
            )
        }
        guard let id, let title, let region, let dates else { return nil }
        if replaced.contains(id) {
            reader.report(
                "policy.replaces",
                "政策不能取代自己",
                "a policy can't replace itself",
                at: fields.place(of: "replaces")
            )
        }
        let policy = Policy(
            id: id,
            version: version,
            replaces: replaced,
            gapReason: gapReason,
            hash: Digest(of: tree.json.canonical),
            title: title,
            region: region,
            inForce: dates.inForce,
            statedCurrentOn: dates.stated,
            checkedOn: dates.checked,
            ownFacts: own,
            settings: settings,
            benefits: benefits,
            examples: examples
        )
        return Found(policy: policy, examplePlaces: exampleNodes.map(\.place))
    }

    /// A code of six digits; which of them are cities is in no source of ours but for Liaoning's.
    private func region(_ node: DataNode) -> String? {
        guard let text = reader.string(node) else { return nil }
        guard PeopleFile.isCity(text) else {
            reader.report(
                "policy.region",
                "“\(text)”不是行政区划代码(六位,如 210100)",
                "\"\(text)\" is no code of a city or province (six digits, such as 210100)",
                at: node.place
            )
            return nil
        }
        return text
    }

    private func checkExamples(
        _ examples: [PolicyExample],
        of benefits: [Benefit],
        at place: Place
    ) {
        unique(examples.map(\.name), "policy.duplicate", "例", "example", at: place)
        for benefit in benefits where !examples.contains(where: { $0.benefit == benefit.id }) {
            reader.report(
                "policy.no-example",
                "待遇 \(benefit.id) 没有例子",
                "the benefit \(benefit.id) has no example",
                at: place
            )
        }
    }

    private func elements(_ node: DataNode?) -> [DataNode] { node.map(reader.list) ?? [] }

    private func unique(
        _ names: [String],
        _ code: String,
        _ zh: String,
        _ en: String,
        at place: Place
    ) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            reader.report(code, "\(zh)“\(name)”重复", "the \(en) \"\(name)\" stands twice", at: place)
        }
    }

    private struct Dates {
        let inForce: ClosedRange<Day>?
        let stated: Day?
        let checked: Day
    }

    /// Exactly one of `in_force`, `stated_current_on` and `undated: true`.
    private func dates(_ fields: Fields) -> Dates? {
        let inForce = fields.optional("in_force").flatMap { reader.period($0, "policy.dates") }
        let stated = fields.optional("stated_current_on").flatMap(reader.day)
        let undated = fields.optional("undated")
        let keys = ["in_force", "stated_current_on", "undated"].filter(fields.keys.contains)
        if keys.count != 1 || undated.map(reader.bool) == .some(false) {
            reader.report(
                "policy.dates",
                "应恰写 in_force、stated_current_on(原文未写有效期)、undated: true(原文没有日期)之一",
                "exactly one of in_force, stated_current_on (the text gives no dates in force) and undated: true (the text bears no date) is needed",
                at: fields.place
            )
        }
        guard let checked = fields.day("checked_on") else { return nil }
        if let start = stated ?? inForce?.lowerBound, checked < start, inForce == nil {
            reader.report(
                "policy.dates",
                "checked_on 早于原文日期 \(start.description)",
                "checked_on is before the text's own day, \(start.description)",
                at: fields.place(of: "checked_on")
            )
        }
        return Dates(inForce: inForce, stated: stated, checked: checked)
    }

    /// A fact of the policy's own, with the words of the text that call for it.
    private func fact(_ node: DataNode, _ common: ConditionReader) -> FactDeclaration? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let type = fields.required("type").flatMap { reader.choice($0, FactType.self) }
        let title = fields.text("title")
        let words = elements(fields.optional("words")).compactMap(reader.string)
        let cite = fields.required("cite").flatMap(common.citation)
        guard let id, let type, let title, cite != nil else { return nil }
        if (type == .word) == words.isEmpty {
            reader.report(
                "policy.fact-words",
                "word 类事实应列出 words,其他类不能有",
                "a fact of type word lists its words; no other does",
                at: node.place
            )
        }
        return FactDeclaration(id, type, title, words: words)
    }

    private func setting(_ node: DataNode, _ common: ConditionReader) -> PolicySetting? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let question = fields.text("question")
        let cite = fields.optional("cite").flatMap(common.citation)
        var value: Bool?
        if let node = fields.required("value"), reader.string(node) != "undetermined" {
            value = reader.bool(node)
            if !fields.keys.contains("cite") {
                reader.report(
                    "policy.setting",
                    "要定下一项未明之处,须有引证",
                    "a setting that is settled needs a citation",
                    at: node.place
                )
            }
        }
        guard let id, let question else { return nil }
        return PolicySetting(id: id, question: question, value: value, citation: cite)
    }
}
