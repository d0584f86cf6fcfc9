internal import Competition
internal import Exact
public import Findings
public import Honours
internal import Rules

/// Honour rules as files: `Events/*/honours.yaml`.
public enum HonoursFile {
    /// Reads and checks the rules.
    ///
    /// - Parameters:
    ///   - tree: the file's tree.
    ///   - isNew: whether the rules are also tried in every case for those that can never hold or
    ///     contradict each other; what a record was begun with is not refused later.
    /// - Returns: the rules.
    /// - Throws: a ``Findings/Refusal`` with every error.
    public static func read(_ tree: DataNode, isNew: Bool = true) throws(Refusal) -> HonourRules {
        let reader = TreeReader()
        let rules = HonoursReader(reader: reader).rules(tree, isNew: isNew)
        guard let rules, !reader.findings.hasErrors else { throw Refusal(reader.findings) }
        return rules
    }
}

/// Reads a tree of honour rules, collecting every finding.
private struct HonoursReader {
    let reader: TreeReader

    func rules(_ tree: DataNode, isNew: Bool) -> HonourRules? {
        guard let fields = reader.fields(tree) else { return nil }
        defer { fields.close() }
        if fields.string("honours") != "1" {
            reader.report(
                "honours.version",
                "第一个键应为 honours: 1",
                "expected honours: 1",
                at: fields.place
            )
        }
        let sources = reader.sources(fields.required("sources"))
        let common = conditions(HonourRules.vocabulary, sources)
        let days = elements(fields.optional("days")).compactMap(day)
        let conditions = conditions(HonourRules.vocabulary(with: days), sources)
        let settings = elements(fields.optional("settings")).compactMap(setting)
        let sanctions = elements(fields.optional("sanctions")).compactMap { sanction($0, common) }
        let nodes = elements(fields.required("rules"))
        let rules = nodes.compactMap { rule($0, conditions) }
        let names = HonourRules.vocabulary(with: days).declarations.map(\.name)
        unique(names, "事实", "fact", at: fields.place(of: "days"))
        unique(rules.map(\.id), "荣誉", "honour", at: fields.place)
        unique(settings.map(\.id), "设置", "setting", at: fields.place(of: "settings"))
        unique(sanctions.map(\.id), "惩戒措施", "sanction", at: fields.place(of: "sanctions"))
        let all = HonourRules(
            sources: sources,
            rules: rules,
            settings: settings,
            days: days,
            sanctions: sanctions
        )
        if isNew, rules.count == nodes.count, !reader.findings.hasErrors {
            for fault in RuleCheck(all).faults { report(fault, rules, nodes) }
        }
        return all
    }

    private func conditions(_ vocabulary: Vocabulary, _ sources: [HonourSource]) -> ConditionReader
    {
        ConditionReader(reader: reader, vocabulary: vocabulary, documents: sources.map(\.id))
    }

    private func elements(_ node: DataNode?) -> [DataNode] { node.map(reader.list) ?? [] }

    private func unique(_ names: [String], _ zh: String, _ en: String, at place: Place) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            reader.report(
                "honours.duplicate",
                "\(zh) \(name) 重复",
                "the \(en) \(name) stands twice",
                at: place
            )
        }
    }

    private func report(_ fault: RuleCheck.Fault, _ rules: [HonourRule], _ nodes: [DataNode]) {
        switch fault {
        case .never(let place):
            reader.report(
                "honours.unreachable",
                "规则 \(rules[place].id) 的条件在任何情形下都不成立",
                "the conditions of the rule \(rules[place].id) hold in no case",
                at: nodes[place].place
            )
        case .contradiction(let first, let second, let text):
            reader.report(
                "honours.contradiction",
                "规则 \(rules[second].id) 与 \(rules[first].id)(第 \(nodes[first].place.line ?? 0) 行)可同时成立而结果互斥,如 \(text.zh)",
                "the rule \(rules[second].id) and \(rules[first].id) (line \(nodes[first].place.line ?? 0)) exclude each other but can hold together, such as \(text.en)",
                at: nodes[second].place
            )
        case .tooWide(let first, let second):
            reader.report(
                "honours.too-wide",
                "规则 \(rules[first].id) 与 \(rules[second].id) 涉及的情形超过 \(RuleCheck.mostCases) 种,无法检查;请拆分",
                "the rules \(rules[first].id) and \(rules[second].id) make more than \(RuleCheck.mostCases) cases, too many to check; split them",
                at: nodes[second].place
            )
        }
    }

    private func day(_ node: DataNode) -> NamedDay? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let title = fields.text("title")
        guard let day = fields.day("day"), let id, let title else { return nil }
        return NamedDay(id: id, title: title, day: day)
    }

    private func setting(_ node: DataNode) -> HonourSetting? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let question = fields.text("question")
        guard let answer = fields.text("answer"), let id, let question else { return nil }
        return HonourSetting(id: id, question: question, answer: answer)
    }

    private func sanction(_ node: DataNode, _ conditions: ConditionReader) -> SanctionMeasure? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let title = fields.text("title")
        let months = fields.optional("months").flatMap { reader.int($0, in: 1...1200) }
        let note = fields.text("note")
        let cite = fields.required("cite").flatMap(conditions.citation)
        guard let id, let title, let note, let cite else { return nil }
        return SanctionMeasure(id: id, title: title, months: months, note: note, citation: cite)
    }

    private func rule(_ node: DataNode, _ conditions: ConditionReader) -> HonourRule? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let title = fields.text("title")
        let kind = fields.required("kind").flatMap { reader.choice($0, HonourKind.self) }
        let when = when(fields, conditions)
        let inForce = fields.optional("in_force").flatMap { reader.period($0, "honours.dates") }
        let series = fields.optionalString("series")
        let promotion = fields.optional("promotion").map(promotion)
        let cite = fields.required("cite").flatMap(conditions.citation)
        guard let id, let title, let kind, let when, let cite else { return nil }
        if (kind == .promotion) != (promotion != nil) {
            reader.report(
                "honours.promotion",
                "promotion 类规则(且只有它)应写 promotion: {level: …}",
                "a rule of kind promotion, and no other, has promotion: {level: …}",
                at: fields.place
            )
        }
        return HonourRule(
            id: id,
            title: title,
            kind: kind,
            when: when,
            citation: cite,
            inForce: inForce,
            series: series,
            promotion: promotion ?? nil
        )
    }

    /// A condition, steps, or both, which then hold together.
    private func when(_ fields: Fields, _ conditions: ConditionReader) -> Condition? {
        let steps = HonourSteps(reader: reader, conditions: conditions)
        let parts = [
            fields.optional("when").map(conditions.condition),
            fields.optional("steps").map(steps.condition),
        ].compactMap { $0 }
        if parts.isEmpty {
            reader.report(
                "honours.condition",
                "规则应有 when(条件)或 steps(按参赛数分档)",
                "a rule has when (a condition) or steps (by the number of entrants)",
                at: fields.place
            )
        }
        let known = parts.compactMap { $0 }
        guard known.count == parts.count, let first = known.first else { return nil }
        return known.count == 1 ? first : .all(known)
    }

    private func promotion(_ node: DataNode) -> Promotion? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        func held(_ key: String) -> Promotion.WhereHeld? {
            fields.optional(key).map { reader.choice($0, Promotion.WhereHeld.self) } ?? .open
        }
        let level = fields.required("level").flatMap { reader.choice($0, SkillLevel.self) }
        let highest = fields.required("highest").flatMap { reader.choice($0, SkillLevel.self) }
        guard let ifHeld = held("if_held"), let ifHigher = held("if_higher_held"), let level,
            let highest
        else { return nil }
        guard level <= highest else {
            reader.report(
                "honours.promotion",
                "level 高于 highest",
                "level is above highest",
                at: node.place
            )
            return nil
        }
        return Promotion(
            to: level,
            ifHeld: ifHeld,
            ifHigherHeld: ifHigher,
            highest: highest
        )
    }
}

extension TreeReader {
    /// Documents by short name; each has a title, and what else is known of it.
    func sources(_ node: DataNode?) -> [HonourSource] {
        (node.map(list) ?? []).compactMap { element in
            guard let fields = fields(element) else { return nil }
            defer { fields.close() }
            let title = fields.text("title")
            let number = fields.optionalString("number")
            let issued = fields.optional("issued_on").flatMap(day)
            guard let id = fields.string("id"), let title else { return nil }
            return HonourSource(id: id, title: title, number: number, issuedOn: issued)
        }
    }

    /// Days in force: `{from: …, to: …}`; without `to` they go on.
    func period(_ node: DataNode, _ code: String) -> ClosedRange<Day>? {
        guard let fields = fields(node) else { return nil }
        defer { fields.close() }
        let from = fields.day("from")
        let to = fields.optional("to").map(day) ?? Day(year: 9999, month: 12, day: 31)
        guard let from, let to else { return nil }
        guard from <= to else {
            report(code, "from 晚于 to", "from is after to", at: node.place)
            return nil
        }
        return from...to
    }
}
