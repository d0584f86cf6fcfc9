internal import Exact
internal import Findings
internal import Rules

/// Reads conditions: a closed vocabulary in strict YAML, checked against the facts there are.
struct ConditionReader {
    let reader: TreeReader
    let vocabulary: Vocabulary
    /// The documents that a citation may name.
    let documents: [String]

    private static let tests = [
        "is", "in", "at_least", "at_most", "includes", "age_at_most", "age_at_least",
        "within_years",
    ]

    func condition(_ node: DataNode) -> Condition? {
        if case .scalar("always") = node.value { return .always }
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let cite = fields.optional("cite").flatMap(citation)
        let names = ["all", "any", "not", "fact"].filter { fields.keys.contains($0) }
        guard names.count == 1 else {
            for name in ["all", "any", "not", "fact"] { _ = fields.optional(name) }
            reader.report(
                "rule.condition",
                "条件应恰有 all、any、not、fact 之一",
                "a condition is exactly one of all, any, not, fact",
                at: node.place
            )
            return nil
        }
        let inner: Condition?
        switch names[0] {
        case "all": inner = list(fields.optional("all")).map(Condition.all)
        case "any": inner = list(fields.optional("any")).map(Condition.any)
        case "not": inner = fields.optional("not").flatMap(condition).map(Condition.not)
        default: inner = test(fields)
        }
        guard let cite else { return inner }
        return inner.map { .cited($0, cite) }
    }

    private func list(_ node: DataNode?) -> [Condition]? {
        guard let node else { return nil }
        let nodes = reader.list(node)
        let conditions = nodes.compactMap(condition)
        if nodes.isEmpty {
            reader.report(
                "rule.empty",
                "条件列表是空的",
                "the list of conditions is empty",
                at: node.place
            )
        }
        return conditions.count == nodes.count && !nodes.isEmpty ? conditions : nil
    }

    private func test(_ fields: Fields) -> Condition? {
        guard let node = fields.required("fact"), let name = reader.string(node) else { return nil }
        guard let declaration = vocabulary[name] else {
            let known = vocabulary.declarations.map(\.name).joined(separator: ", ")
            reader.report(
                "rule.unknown-fact",
                "没有事实“\(name)”;应为 \(known)",
                "there is no fact \"\(name)\"; expected one of \(known)",
                at: node.place
            )
            return nil
        }
        let named = Self.tests.filter { fields.keys.contains($0) }
        for test in Self.tests { _ = fields.optional(test) }
        let on = fields.optionalString("on") ?? "decision_date"
        guard named.count == 1, let kind = named.first, let value = fields.optional(kind) else {
            let tests = Self.tests.joined(separator: ", ")
            reader.report(
                "rule.test",
                "应恰有一种判断:\(tests)",
                "exactly one test is needed: \(tests)",
                at: fields.place
            )
            return nil
        }
        guard let test = test(kind, value, declaration, on: on) else { return nil }
        return .test(fact: name, test)
    }

    private func test(
        _ kind: String,
        _ node: DataNode,
        _ declaration: FactDeclaration,
        on: String
    ) -> Test? {
        func needs(_ type: FactType) -> Bool {
            if declaration.type == type { return true }
            reader.report(
                "rule.type",
                "事实 \(declaration.name) 不能这样判断(它是 \(declaration.type.rawValue))",
                "the fact \(declaration.name) can't be tested so (it is a \(declaration.type.rawValue))",
                at: node.place
            )
            return false
        }
        switch kind {
        case "is": return value(node, declaration).map(Test.equals)
        case "in":
            guard needs(.word) else { return nil }
            let words = reader.list(node).compactMap { word($0, declaration) }
            return words.isEmpty ? nil : .oneOf(words)
        case "at_least": return needs(.number) ? reader.rational(node).map(Test.atLeast) : nil
        case "at_most": return needs(.number) ? reader.rational(node).map(Test.atMost) : nil
        case "includes": return needs(.words) ? reader.string(node).map(Test.includes) : nil
        default:
            guard needs(.day), let years = reader.int(node, in: 0...150) else { return nil }
            guard vocabulary[on]?.type == .day else {
                reader.report(
                    "rule.unknown-fact",
                    "on 应指向一个日期",
                    "\"on\" must name a day",
                    at: node.place
                )
                return nil
            }
            switch kind {
            case "age_at_most": return .ageAtMost(years, on: on)
            case "age_at_least": return .ageAtLeast(years, on: on)
            default: return .withinYears(years, until: on)
            }
        }
    }

    private func word(_ node: DataNode, _ declaration: FactDeclaration) -> String? {
        guard let word = reader.string(node) else { return nil }
        guard declaration.words.isEmpty || declaration.words.contains(word) else {
            let words = declaration.words.joined(separator: ", ")
            reader.report(
                "rule.word",
                "“\(word)”应为以下之一:\(words)",
                "\"\(word)\": expected one of \(words)",
                at: node.place
            )
            return nil
        }
        return word
    }

    /// A value of the kind that the fact has.
    func value(_ node: DataNode, _ declaration: FactDeclaration) -> FactValue? {
        switch declaration.type {
        case .truth: reader.bool(node).map(FactValue.truth)
        case .word: word(node, declaration).map(FactValue.word)
        case .number: reader.rational(node).map(FactValue.number)
        case .day: reader.day(node).map(FactValue.day)
        case .words: .words(Set(reader.list(node).compactMap(reader.string)))
        }
    }

    func citation(_ node: DataNode) -> Citation? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let document = fields.optionalString("document") ?? documents.first ?? ""
        let quote = fields.optionalString("quote") ?? ""
        guard let paragraph = fields.string("paragraph") else { return nil }
        guard documents.contains(document) else {
            reader.report(
                "rule.document",
                "没有列出的文件“\(document)”",
                "the document \"\(document)\" is not listed as a source",
                at: node.place
            )
            return nil
        }
        return Citation(document: document, paragraph: paragraph, quote: quote)
    }
}
