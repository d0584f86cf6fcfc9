/// The labels of a CIS sheet, compared without regard to case, hyphens, line breaks and how many
/// blanks there are.
enum CISLabel {
    /// The form in which labels are compared: `Sub\nCriterion\nID` is `sub criterion id`.
    static func fold(_ text: String) -> String {
        text.lowercased()
            .split { $0.isWhitespace || $0 == "-" || $0 == "–" }
            .joined(separator: " ")
    }

    /// The label that a cell may be; only texts are.
    static func fold(_ cell: Workbook.Cell) -> String {
        guard case .text(let text) = cell.content else { return "" }
        return fold(String(text.prefix(120)))
    }

    /// A title on one line.
    static func line(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isPlain
            ? text : text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// A text of several lines, without the blanks around it.
    static func block(_ text: String) -> String {
        // "\r\n" is one character in Swift.
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        let kept = lines.map { line in
            line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let start = kept.firstIndex { !$0.isEmpty } ?? kept.endIndex
        let end = kept.lastIndex { !$0.isEmpty } ?? start
        return start < kept.endIndex ? kept[start...end].joined(separator: "\n") : ""
    }

    /// The letter of a criterion, from `A`, `a.` or `Criterion A`.
    static func letter(_ text: String) -> String? {
        let folded = fold(text)
        let rest = folded.hasPrefix("criterion ") ? folded.dropFirst(10) : folded[...]
        let word = rest.hasSuffix(".") ? rest.dropLast() : rest
        guard word.count == 1, let letter = word.first, ("a"..."z").contains(letter) else {
            return nil
        }
        return word.uppercased()
    }

    /// The parts of a sub-criterion's name, from `A1`, `a 1` or `A.1`.
    static func subCriterion(_ text: String) -> (letter: String, number: Int)? {
        let plain = fold(text).filter { $0 != " " && $0 != "." }
        guard let first = plain.first, let letter = letter(String(first)), plain.utf8.count <= 4,
            plain.dropFirst().allSatisfy({ ("0"..."9").contains($0) }),
            let number = Int(plain.dropFirst()), number > 0
        else { return nil }
        return (letter, number)
    }

    /// The day of marking, from `1`, `C1` or `C-1`.
    static func day(_ text: String) -> Int? {
        let plain = text.filter { !$0.isWhitespace }.uppercased()
        let number = plain.hasPrefix("C") ? plain.dropFirst() : plain[...]
        guard let day = Int(number), (-4...30).contains(day) else { return nil }
        return day
    }

    /// Shortens a text of a cell for a message.
    static func excerpt(_ text: String) -> String {
        let line = line(String(text.prefix(200)))
        return line.count > 40 ? line.prefix(40) + "…" : line
    }
}
