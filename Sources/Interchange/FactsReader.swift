internal import Rules

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
