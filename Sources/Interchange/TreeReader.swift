internal import Competition
internal import Exact
internal import Findings

/// Reads a tree of data into values, collecting every finding on the way.
///
/// Every reading function gives nil after it has said why; callers go on, so that a person who made
/// five mistakes is told five.
final class TreeReader {
    private(set) var findings: [Finding] = []

    func report(
        _ code: String,
        _ zh: String,
        _ en: String,
        at place: Place,
        severity: Severity = .error
    ) {
        findings.append(Finding(code, Text(zh, en), severity: severity, at: place))
    }

    func report(_ more: [Finding]) { findings += more }

    /// The keys of a map; says so where the node is none.
    func fields(_ node: DataNode) -> Fields? {
        guard case .map(let entries) = node.value else {
            report(
                "data.shape",
                "此处应为键和值",
                "expected keys with values here",
                at: node.place
            )
            return nil
        }
        return Fields(entries: entries, place: node.place, reader: self)
    }

    func list(_ node: DataNode) -> [DataNode] {
        guard case .list(let nodes) = node.value else {
            report("data.shape", "此处应为列表", "expected a list here", at: node.place)
            return []
        }
        return nodes
    }

    func string(_ node: DataNode) -> String? {
        guard case .scalar(let text) = node.value, !text.isEmpty else {
            report("data.shape", "此处应为文字", "expected a text here", at: node.place)
            return nil
        }
        return text
    }

    /// A text in both languages: `{zh: …, en: …}`.
    func text(_ node: DataNode) -> Text? {
        guard let fields = fields(node) else { return nil }
        defer { fields.close() }
        guard let zh = fields.string("zh"), let en = fields.string("en") else { return nil }
        return Text(zh, en)
    }

    /// A decimal number, a share written `30%`, or a fraction written `35/48`.
    func rational(_ node: DataNode) -> Rational? {
        guard let text = string(node) else { return nil }
        do throws(DecimalTextError) {
            return try Rational(written: text)
        } catch {
            let isLong = error == .tooLong
            report(
                "data.number",
                isLong ? "“\(text)”位数过多,无法精确表示" : "“\(text)”不是数字",
                isLong
                    ? "\"\(text)\" has more digits than can be held exactly"
                    : "\"\(text)\" is not a number",
                at: node.place
            )
            return nil
        }
    }

    func int(_ node: DataNode, in range: ClosedRange<Int>) -> Int? {
        guard let text = string(node) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            report(
                "data.number",
                "“\(text)”应为 \(range.lowerBound) 到 \(range.upperBound) 的整数",
                "\"\(text)\": expected a whole number from \(range.lowerBound) to \(range.upperBound)",
                at: node.place
            )
            return nil
        }
        return number
    }

    func bool(_ node: DataNode) -> Bool? {
        switch string(node) {
        case "true"?: return true
        case "false"?: return false
        case let other?:
            report(
                "data.truth",
                "“\(other)”应为 true 或 false",
                "\"\(other)\": expected true or false",
                at: node.place
            )
            return nil
        case nil: return nil
        }
    }

    func day(_ node: DataNode) -> Day? {
        guard let text = string(node) else { return nil }
        guard let day = Day(text) else {
            report(
                "data.day",
                "“\(text)”应为历法中的日期,如 2022-10-27",
                "\"\(text)\": expected a day of the calendar such as 2022-10-27",
                at: node.place
            )
            return nil
        }
        return day
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ node: DataNode,
        _: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let text = string(node) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            report(
                "data.choice",
                "“\(text)”应为以下之一:\(names)",
                "\"\(text)\": expected one of \(names)",
                at: node.place
            )
            return nil
        }
        return choice
    }

    func identifier<Kind>(_ node: DataNode, _: Identifier<Kind>.Type) -> Identifier<Kind>? {
        guard let text = string(node) else { return nil }
        guard let identifier = Identifier<Kind>(text) else {
            report(
                "data.identifier",
                "“\(text)”不能作名称:1–64 个字符,无空白、逗号、引号",
                "\"\(text)\" is no name: 1 to 64 characters without blanks, commas or quotes",
                at: node.place
            )
            return nil
        }
        return identifier
    }
}

/// The keys of one map; ``close()`` refuses those that nobody asked for.
final class Fields {
    private let entries: [DataNode.Entry]
    private let reader: TreeReader
    private var asked: [String] = []
    let place: Place

    init(entries: [DataNode.Entry], place: Place, reader: TreeReader) {
        self.entries = entries
        self.place = place
        self.reader = reader
    }

    /// The value of a key that may be missing.
    func optional(_ key: String) -> DataNode? {
        asked.append(key)
        return entries.first { $0.key == key }?.value
    }

    /// The value of a key that must be there.
    func required(_ key: String) -> DataNode? {
        if let value = optional(key) { return value }
        reader.report("data.missing", "缺少“\(key)”", "\"\(key)\" is missing", at: place)
        return nil
    }

    func place(of key: String) -> Place { entries.first { $0.key == key }?.place ?? place }

    /// The keys that are there.
    var keys: [String] { entries.map(\.key) }

    func string(_ key: String) -> String? { required(key).flatMap(reader.string) }
    func optionalString(_ key: String) -> String? { optional(key).flatMap(reader.string) }
    func text(_ key: String) -> Text? { required(key).flatMap(reader.text) }
    func optionalText(_ key: String) -> Text? { optional(key).flatMap(reader.text) }
    func rational(_ key: String) -> Rational? { required(key).flatMap(reader.rational) }
    func optionalRational(_ key: String) -> Rational? { optional(key).flatMap(reader.rational) }
    func day(_ key: String) -> Day? { required(key).flatMap(reader.day) }

    /// Refuses keys that nobody asked for, naming those that could have stood here.
    func close() {
        for entry in entries where !asked.contains(entry.key) {
            var seen: Set<String> = []
            let known = asked.filter { seen.insert($0).inserted }.joined(separator: ", ")
            // A text with a comma that nobody quoted falls apart into a text and a key without value.
            let isText = asked == ["zh", "en"] && entry.value.value == .scalar("")
            reader.report(
                "data.unknown-key",
                isText
                    ? "“\(entry.key)”像是文字的一部分:含逗号的文字须加引号"
                    : "不认识的键“\(entry.key)”;此处可用:\(known)",
                isText
                    ? "\"\(entry.key)\" looks like part of a text: a text that holds a comma needs quotes"
                    : "unknown key \"\(entry.key)\"; expected one of: \(known)",
                at: entry.place
            )
        }
    }
}
