import Foundation
import Interchange

/// Tables for a terminal: columns aligned by what the eye sees, where a Chinese character is two
/// wide.
enum TableText {
    static func render(header: [String], rows: [[String]]) -> String {
        let all = [header] + rows
        let widths = header.indices.map { column in
            all.map { column < $0.count ? width($0[column]) : 0 }.max() ?? 0
        }
        let numeric = header.indices.map { column in
            !rows.isEmpty
                && rows.allSatisfy { row in
                    row[column].allSatisfy { "0123456789.-,".contains($0) }
                }
        }
        var text = ""
        for (index, row) in all.enumerated() {
            var line = ""
            for (column, cell) in row.enumerated() {
                let blanks = String(repeating: " ", count: max(0, widths[column] - width(cell)))
                if column > 0 { line += "  " }
                line += numeric[column] && index > 0 ? blanks + cell : cell + blanks
            }
            while line.hasSuffix(" ") { line.removeLast() }
            text += line + "\n"
            if index == 0 {
                text +=
                    widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
            }
        }
        return text
    }

    /// How many columns of a terminal a text takes.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        // East Asian Wide and Fullwidth, by UAX #11.
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}

func csvLine(_ fields: [String]) -> String { CSVWriter.line(fields) }
