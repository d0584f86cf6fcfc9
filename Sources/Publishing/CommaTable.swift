/// A table as comma-separated values that spreadsheets open as they should.
///
/// UTF-8 with a byte order mark, lines ended by CR and LF. Source: RFC 4180.
struct CommaTable {
    private(set) var text = "\u{FEFF}"

    init(_ header: [String]) { add(header) }

    /// Adds a row.
    mutating func add(_ fields: [String]) {
        text += fields.map(Self.quoted).joined(separator: ",") + "\r\n"
    }

    /// A text of people that a spreadsheet must not take for a formula.
    static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first)
        else { return text }
        return "'" + text
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { Array("\",\r\n".utf8).contains($0) }) else {
            return field
        }
        var quoted = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
