internal import CCurses

/// How many columns text takes on a terminal, as the system's C library counts them: Chinese
/// characters take two.
public enum DisplayWidth {
    private static let isReady = curses_locale()

    /// The columns of a text; characters that can't be shown take none.
    public static func of(_ text: String) -> Int {
        _ = isReady
        return text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        scalar.isASCII ? (scalar.value >= 32 ? 1 : 0) : max(0, Int(curses_width(scalar.value)))
    }

    /// The most of a text that fits into so many columns.
    public static func cut(_ text: String, to columns: Int) -> String {
        _ = isReady
        var result = ""
        var left = columns
        for character in text {
            let width = character.unicodeScalars.reduce(0) { $0 + self.width($1) }
            guard width <= left else { break }
            left -= width
            result.append(character)
        }
        return result
    }

    /// The text in exactly so many columns: cut where it is longer, padded where shorter.
    public static func fitted(_ text: String, to columns: Int, alignedRight: Bool = false) -> String
    {
        let width = of(text)
        if width > columns {
            // Two full stops: … takes two columns on some Chinese terminals and one on others.
            let short = cut(text, to: max(0, columns - 2)) + String("..".prefix(columns))
            return short + String(repeating: " ", count: max(0, columns - of(short)))
        }
        let blank = String(repeating: " ", count: columns - width)
        return alignedRight ? blank + text : text + blank
    }

    /// The text in lines of at most so many columns, broken at blanks where there are any, else
    /// between characters, as Chinese is; closing punctuation never begins a line.
    public static func wrapped(_ text: String, to columns: Int) -> [String] {
        guard columns > 1 else { return [text] }
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            for piece in pieces(String(paragraph)) {
                if of(line) + of(piece.trailingBlankRemoved) <= columns {
                    line += piece
                    continue
                }
                if !line.isEmpty { lines.append(line.trailingBlankRemoved) }
                line = piece
                while of(line) > columns {
                    let head = cut(line, to: columns)
                    guard !head.isEmpty else { break }
                    lines.append(head)
                    line = String(line.dropFirst(head.count))
                }
            }
            lines.append(line.trailingBlankRemoved)
        }
        return lines
    }

    private static let closing = Set<Character>(
        ",.;:!?)]\u{3001}\u{3002}\u{300B}\u{300D}\u{3011}\u{2019}\u{201D}"
            + "\u{FF0C}\u{FF1B}\u{FF1A}\u{FF01}\u{FF1F}\u{FF09}"
    )

    /// The pieces between which a line may break: words with their blank, single wide characters.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var word = ""
        for character in text {
            if character == " " {
                pieces.append(word + " ")
                word = ""
            } else if of(String(character)) == 2 {
                if closing.contains(character), !word.isEmpty {
                    word.append(character)
                } else {
                    if !word.isEmpty { pieces.append(word) }
                    word = String(character)
                }
            } else if closing.contains(character) || word.last.map({ of(String($0)) == 2 }) != true
            {
                word.append(character)
            } else {
                pieces.append(word)
                word = String(character)
            }
        }
        if !word.isEmpty { pieces.append(word) }
        return pieces
    }
}

extension String {
    fileprivate var trailingBlankRemoved: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
