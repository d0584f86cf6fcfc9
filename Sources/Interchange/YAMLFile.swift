public import Findings
internal import Yams

/// Reads YAML strictly: no anchors, no tags, no duplicate keys, one document.
public enum YAMLFile {
    /// Reads a text.
    ///
    /// - Throws: a ``Findings/Refusal`` with line and column.
    public static func parse(_ text: String, file: String) throws(Refusal) -> DataNode {
        let parser: Parser
        let root: Node?
        do {
            // Yams counts lines in the text it is given, so nothing is stripped before.
            parser = try Parser(yaml: text)
            root = try parser.singleRoot()
        } catch {
            throw Refusal(Self.finding(error, file: file))
        }
        // The nodes know their anchors only while the parser lives.
        defer { withExtendedLifetime(parser) {} }
        guard let root else {
            throw Refusal(
                "yaml.empty",
                Text("文件是空的;应为一份数据", "the file is empty; expected data"),
                at: Place(file: file, line: 1, column: 1)
            )
        }
        return try convert(root, file: file)
    }

    private static func finding(_ error: any Error, file: String) -> Finding {
        func at(_ mark: Mark) -> Place {
            Place(file: file, line: mark.line, column: mark.column)
        }
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return Finding(
                "yaml.syntax",
                Text("不是正确的 YAML:\(problem)", "not well-formed YAML: \(problem)"),
                at: at(mark)
            )
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { String(describing: $0) }.sorted()
            return Finding(
                "yaml.duplicate-key",
                Text(
                    "同一处有重复的键:\(keys.joined(separator: "、"))",
                    "duplicate key: \(keys.joined(separator: ", "))"
                ),
                at: at(context.mark)
            )
        default:
            return Finding(
                "yaml.syntax",
                Text("不是正确的 YAML", "not well-formed YAML"),
                at: Place(file: file)
            )
        }
    }

    private static func convert(_ node: Node, file: String) throws(Refusal) -> DataNode {
        let mark = node.mark
        let place = Place(file: file, line: mark?.line, column: mark?.column)
        func refuse(_ zh: String, _ en: String) -> Refusal {
            Refusal("yaml.feature", Text(zh, en), at: place)
        }
        // An alias is a copy by the time it comes here, and copies of copies grow without bound: what
        // they are made of is refused before anything is unfolded.
        guard node.anchor == nil else {
            throw refuse("不使用 YAML 的锚点和别名", "YAML anchors and aliases are not used here")
        }
        switch node {
        case .scalar(let scalar):
            return DataNode(.scalar(scalar.string), at: place)
        case .sequence(let sequence):
            var nodes: [DataNode] = []
            for element in sequence { nodes.append(try convert(element, file: file)) }
            return DataNode(.list(nodes), at: place)
        case .mapping(let mapping):
            var entries: [DataNode.Entry] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else {
                    throw refuse("键必须是文字", "a key must be plain text")
                }
                let keyPlace = Place(
                    file: file,
                    line: name.mark?.line,
                    column: name.mark?.column
                )
                entries.append(
                    DataNode.Entry(
                        key: name.string,
                        place: keyPlace,
                        value: try convert(value, file: file)
                    )
                )
            }
            return DataNode(.map(entries), at: place)
        case .alias:
            throw refuse("不使用 YAML 的别名", "YAML aliases are not used here")
        }
    }
}
