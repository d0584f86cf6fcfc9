/// HTML that is safe to write: a text gets in only escaped.
///
/// Interpolating a `String` escapes it, interpolating `Markup` does not, and only a literal of the
/// source is taken as it stands: `"<td>\(name)</td>"` is safe whatever the name holds. Escaping is
/// by bytes: by characters, `<` with a combining mark after it would pass as another character.
package struct Markup: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringInterpolation
{
    package private(set) var description: String

    package init(stringLiteral value: String) { description = value }

    package init(stringInterpolation: StringInterpolation) {
        description = stringInterpolation.text
    }

    /// A text, escaped.
    package init(_ text: String) {
        description = ""
        Self.escape(text, into: &description)
    }

    package static let empty: Markup = ""

    package var isEmpty: Bool { description.utf8.isEmpty }

    package static func += (a: inout Markup, b: Markup) { a.description += b.description }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ value: String) {
            Markup.escape(value, into: &text)
        }
        package mutating func appendInterpolation(_ value: Int) { text += String(value) }
        package mutating func appendInterpolation(_ value: Markup) { text += value.description }
    }

    private static func escape(_ value: String, into text: inout String) {
        if !value.utf8.contains(where: isSpecial) {
            text += value
            return
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.utf8.count + 16)
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            case _ where isSpecial(byte): bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
        }
        text += String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a byte has a meaning in HTML, or none that may stand there.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""),
            UInt8(ascii: "'"), 0x7F:
            true
        case 0x09, 0x0A, 0x0D: false
        default: byte < 0x20
        }
    }
}

extension Sequence<Markup> {
    /// All of it, one after another.
    package func joined(by separator: Markup = "") -> Markup {
        var all = Markup.empty
        for (index, piece) in enumerated() {
            if index > 0 { all += separator }
            all += piece
        }
        return all
    }
}
