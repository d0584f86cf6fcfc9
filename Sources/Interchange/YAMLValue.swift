internal import Competition
internal import Exact
internal import Findings

/// A value to be written as YAML.
///
/// What is read is text until its reader says what it means; what is written knows whether it is a
/// word of the format or a person's text, so that a text which looks like a number is quoted.
indirect enum YAMLValue: Sendable, Hashable {
    /// A number or a word of the format, written as it is.
    case word(String)
    /// A text or a name, quoted where YAML would read anything else into it.
    case text(String)
    /// A list.
    case list([YAMLValue])
    /// Keys and values, in the order in which they are written.
    case map([Member])

    /// A key and its value.
    struct Member: Sendable, Hashable {
        let key: String
        let value: YAMLValue
    }

    /// A map of those members that have a value.
    static func members(_ members: [(String, YAMLValue?)]) -> YAMLValue {
        .map(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
    }

    static func number(_ value: Rational) -> YAMLValue { .word(value.shortest) }

    static func int(_ value: Int) -> YAMLValue { .word("\(value)") }

    static func text(_ text: Text) -> YAMLValue {
        .members([("zh", .text(text.zh)), ("en", .text(text.en))])
    }

    static func name<Kind>(_ id: Identifier<Kind>) -> YAMLValue { .text(id.text) }

    /// The value of a key of a map.
    subscript(key: String) -> YAMLValue? {
        guard case .map(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The value on one line, as a flow of YAML.
    var line: String {
        switch self {
        case .word(let word): word
        case .text(let text): YAMLText.scalar(text)
        case .list(let values): "[" + values.map(\.line).joined(separator: ", ") + "]"
        case .map(let members):
            "{"
                + members.map { YAMLText.scalar($0.key) + ": " + $0.value.line }
                .joined(separator: ", ") + "}"
        }
    }
}

/// Writes YAML in one way only: short values on one line, long ones and the levels of a card in
/// blocks of two blanks.
struct YAMLText {
    /// What is said in a comment above a list's element, by the element's `id`.
    let comments: [String: String]
    /// The keys whose values are never put on one line.
    let blocks: Set<String>

    private static let width = 100

    /// The lines of a map, without comments before it.
    func text(_ value: YAMLValue) -> String {
        lines(value, indent: 0).joined(separator: "\n") + "\n"
    }

    private func lines(_ value: YAMLValue, indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        switch value {
        case .word, .text: return [blanks + value.line]
        case .map(let members):
            return members.flatMap { member -> [String] in
                let key = blanks + Self.scalar(member.key) + ":"
                let isBlock = blocks.contains(member.key)
                if !isBlock, fits(member.value, after: key) {
                    return [key + " " + member.value.line]
                }
                switch member.value {
                case .word, .text: return [key + " " + member.value.line]
                case .list: return [key] + lines(member.value, indent: indent + 2)
                case .map: return [key] + lines(member.value, indent: indent + 2)
                }
            }
        case .list(let values):
            return values.flatMap { element -> [String] in
                var element = lines(of: element, indent: indent)
                if !element.isEmpty {
                    element[0] = blanks + "- " + element[0].dropFirst(indent + 2)
                }
                return comment(values, element, blanks)
            }
        }
    }

    /// The lines of a list's element; the first leaves room for the dash.
    private func lines(of element: YAMLValue, indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent + 2)
        if element["id"] == nil, fits(element, after: blanks) { return [blanks + element.line] }
        return lines(element, indent: indent + 2)
    }

    private func comment(_ values: [YAMLValue], _ lines: [String], _ blanks: String) -> [String] {
        guard !comments.isEmpty, let first = lines.first else { return lines }
        let start = blanks + "- id: "
        guard first.hasPrefix(start) else { return lines }
        let id = first.dropFirst(start.count)
        guard let comment = comments[String(id)] ?? comments[String(id.filter { $0 != "\"" })]
        else { return lines }
        return [blanks + "# " + comment] + lines
    }

    private func fits(_ value: YAMLValue, after start: String) -> Bool {
        if case .list(let values) = value, values.isEmpty { return true }
        if case .map(let members) = value, members.isEmpty { return true }
        return start.count + value.line.count < Self.width
    }

    /// A text as a scalar: plain where every reader of YAML takes it for that text, else quoted.
    static func scalar(_ text: String) -> String {
        isPlain(text) ? text : quoted(text)
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isLetter(first),
            text.unicodeScalars.allSatisfy({
                isLetter($0) || isDigit($0) || "-_./ ".unicodeScalars.contains($0)
            }),
            !text.hasSuffix(" "), !text.contains(" -"), !text.contains("  ")
        else { return false }
        // Words that some reader of YAML takes for something else than a text.
        let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]
        return !words.contains(text.lowercased())
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            || ("\u{4E00}"..."\u{9FFF}").contains(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where isUnprintable(scalar):
                let digits = String(scalar.value, radix: 16)
                result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// What YAML 1.2, 5.1 does not let stand as it is, and what ends a line.
    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
