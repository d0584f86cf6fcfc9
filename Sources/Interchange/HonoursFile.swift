public import Findings
public import Honours
internal import Rules

/// Honour rules as files: `Events/*/honours.yaml`.
public enum HonoursFile {
    /// Reads and checks the rules.
    ///
    /// - Throws: a ``Findings/Refusal`` with every error.
    public static func read(_ tree: DataNode) throws(Refusal) -> HonourRules {
        let reader = TreeReader()
        let rules = rules(tree, reader)
        guard let rules, !reader.findings.hasErrors else { throw Refusal(reader.findings) }
        return rules
    }

    private static func rules(_ tree: DataNode, _ reader: TreeReader) -> HonourRules? {
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
        let sources = sources(fields.required("sources"), reader)
        let conditions = ConditionReader(
            reader: reader,
            vocabulary: HonourRules.vocabulary,
            documents: sources
        )
        let settings = fields.optional("settings").map { node in
            reader.list(node).compactMap { setting($0, reader) }
        }
        let rules = (fields.required("rules").map(reader.list) ?? []).compactMap {
            rule($0, reader, conditions)
        }
        var seen: Set<String> = []
        for rule in rules where !seen.insert(rule.id).inserted {
            reader.report(
                "honours.duplicate",
                "荣誉 \(rule.id) 重复",
                "the honour \(rule.id) stands twice",
                at: fields.place
            )
        }
        return HonourRules(rules: rules, settings: settings ?? [])
    }

    /// Documents by short name; each has a title, and what else is known of it.
    static func sources(_ node: DataNode?, _ reader: TreeReader) -> [String] {
        (node.map(reader.list) ?? []).compactMap { element in
            guard let fields = reader.fields(element) else { return nil }
            defer { fields.close() }
            _ = fields.text("title")
            _ = fields.optionalString("number")
            _ = fields.optional("issued_on").flatMap(reader.day)
            return fields.string("id")
        }
    }

    private static func setting(_ node: DataNode, _ reader: TreeReader) -> HonourSetting? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let question = fields.text("question")
        guard let answer = fields.text("answer"), let id, let question else { return nil }
        return HonourSetting(id: id, question: question, answer: answer)
    }

    private static func rule(
        _ node: DataNode,
        _ reader: TreeReader,
        _ conditions: ConditionReader
    ) -> HonourRule? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let title = fields.text("title")
        let kind = fields.required("kind").flatMap { reader.choice($0, HonourKind.self) }
        let when = fields.required("when").flatMap(conditions.condition)
        let cite = fields.required("cite").flatMap(conditions.citation)
        guard let id, let title, let kind, let when, let cite else { return nil }
        return HonourRule(id: id, title: title, kind: kind, when: when, citation: cite)
    }
}
