public import Findings

extension WorkbookDraft {
    /// What may be typed into a cell, as a spreadsheet program checks it (数据有效性).
    ///
    /// It helps who types; whoever reads the file checks again.
    public struct CellRule: Sendable, Hashable {
        /// What is asked of the value.
        public enum Test: Sendable, Hashable {
            /// Anything; only the message shows.
            case anything
            /// One of these, offered as a drop-down. All of them with commas between may have 255
            /// characters, else nothing is asked.
            case list([String])
            /// A number between two decimal ones.
            case between(String, String)
            /// A formula that is true, without its equals sign, written for the block's first
            /// cell; of more than 255 characters nothing is asked.
            case formula(String)
        }

        /// What is asked.
        public var test: Test
        /// The title of what is shown when the cell is chosen; cut after 32 characters.
        public var title: String
        /// What is shown when the cell is chosen, in both languages; cut after 255 characters.
        public var message: Text
        /// What is shown when a value is refused, in both languages; cut after 255 characters.
        public var refusal: Text

        /// Makes a rule.
        public init(_ test: Test, title: String, message: Text, refusal: Text) {
            self.test = test
            self.title = title
            self.message = message
            self.refusal = refusal
        }

        /// What is asked where the format can say it, else anything.
        var possibleTest: Test {
            switch test {
            case .list(let words):
                let length = words.map(\.utf16.count).reduce(words.count - 1, +)
                let isPossible =
                    !words.isEmpty && length <= Self.longest
                    && words.allSatisfy { !$0.contains(",") && !$0.isEmpty }
                return isPossible ? test : .anything
            case .formula(let formula):
                return formula.utf16.count < Self.longest ? test : .anything
            case .between(let low, let high):
                return Double(low) != nil && Double(high) != nil ? test : .anything
            case .anything: return test
            }
        }

        /// The most characters of a list, a formula or a message.
        static let longest = 255
        /// The most characters of a title.
        static let longestTitle = 32

        /// Two wordings below each other; where both are too long together, each is cut.
        static func both(_ text: Text) -> String {
            if text.zh == text.en { return cut(text.zh, to: longest) }
            let whole = text.zh + "\n" + text.en
            guard whole.utf16.count > longest else { return whole }
            let half = cut(text.zh, to: longest / 2)
            return half + "\n" + cut(text.en, to: longest - 1 - half.utf16.count)
        }

        /// A text of at most so many characters, as spreadsheets count them (UTF-16).
        static func cut(_ text: String, to length: Int) -> String {
            guard text.utf16.count > length else { return text }
            var kept = ""
            var count = 1
            for character in text {
                count += character.utf16.count
                guard count <= length else { break }
                kept.append(character)
            }
            return kept + "…"
        }
    }

    /// Names for the tabs that a spreadsheet takes: at most 31 characters, none of `[]:*?/\`, no
    /// apostrophe at either end, none twice (whatever the case), never empty.
    static func tabNames(_ wanted: [String]) -> [String] {
        var taken: Set<String> = []
        return wanted.map { name in
            let base = tabName(name)
            var result = base
            var number = 2
            while !taken.insert(result.lowercased()).inserted {
                let mark = " (\(number))"
                result = CellRule.cut(base, to: 31 - mark.utf16.count) + mark
                number += 1
            }
            return result
        }
    }

    private static func tabName(_ wanted: String) -> String {
        var name = ""
        for scalar in wanted.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            name.unicodeScalars.append(
                isControl || "[]:*?/\\".unicodeScalars.contains(scalar) ? "-" : scalar
            )
        }
        let blanks: (Character) -> Bool = { $0 == "'" || $0.isWhitespace }
        var trimmed = name.drop(while: blanks)
        while let last = trimmed.last, blanks(last) { trimmed.removeLast() }
        // A program of Microsoft's keeps this name for itself.
        if trimmed.isEmpty || trimmed.lowercased() == "history" { return "Sheet" }
        return CellRule.cut(String(trimmed), to: 31)
    }
}
