public import Findings

/// A text with fields in braces: `{name}`, `{serial:5}` (with zeros before it, five digits), and
/// `{{` for a brace.
///
///     let number = try FieldText("LX-{item}-{serial:5}")
///     number.filled(with: ["item": "D17", "serial": "42"])   // LX-D17-00042
public struct FieldText: Sendable, Hashable {
    /// A piece of the text.
    enum Piece: Sendable, Hashable {
        case words(String)
        case field(String, digits: Int)
    }

    let pieces: [Piece]

    /// Reads a text.
    ///
    /// - Parameter text: the text with its fields.
    /// - Throws: a ``Fault`` where a brace is left open or holds no field.
    public init(_ text: String) throws(Fault) {
        var pieces: [Piece] = []
        var words = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                words.append(character)
                rest.removeFirst()
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw .open }
                if !words.isEmpty { pieces.append(.words(words)) }
                words = ""
                pieces.append(try Self.field(rest[..<end]))
                rest = rest[rest.index(after: end)...]
            case "}": throw .open
            default: words.append(character)
            }
        }
        if !words.isEmpty { pieces.append(.words(words)) }
        self.pieces = pieces
    }

    private static func field(_ text: Substring) throws(Fault) -> Piece {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let name = String(parts[0])
        let isName = name.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
                || byte == 0x2E
        }
        guard !name.isEmpty, isName, parts.count <= 2 else { throw .field(String(text)) }
        guard parts.count == 2 else { return .field(name, digits: 0) }
        guard let digits = Int(parts[1]), (1...12).contains(digits) else {
            throw .field(String(text))
        }
        return .field(name, digits: digits)
    }

    /// The names of its fields, in the order in which they stand.
    public var fields: [String] {
        pieces.compactMap { if case .field(let name, _) = $0 { name } else { nil } }
    }

    /// The text with its fields filled; a field that has no value leaves nothing.
    public func filled(with values: [String: String]) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .words(let words): text += words
            case .field(let name, let digits):
                let value = values[name] ?? ""
                let zeros = value.isEmpty ? 0 : max(0, digits - value.count)
                text += String(repeating: "0", count: zeros) + value
            }
        }
        return text
    }

    /// Whether it has fields and none of them has a value: what it says of them is then left out.
    public func isVoid(in values: [String: String]) -> Bool {
        let names = fields
        return !names.isEmpty && names.allSatisfy { (values[$0] ?? "").isEmpty }
    }

    /// What is wrong with a text.
    public enum Fault: Error, Sendable, Hashable {
        /// A brace has no partner.
        case open
        /// Between the braces stands no field.
        case field(String)

        /// What was wrong, and what was expected.
        public var text: Text {
            switch self {
            case .open:
                Text(
                    "花括号不成对;要写花括号本身请写 {{ 或 }}",
                    "a brace has no partner; for a brace itself write {{ or }}"
                )
            case .field(let text):
                Text(
                    "“{\(text)}”不是字段;应为 {name} 或 {serial:5}",
                    "\"{\(text)}\" is no field; expected such as {name} or {serial:5}"
                )
            }
        }
    }
}
