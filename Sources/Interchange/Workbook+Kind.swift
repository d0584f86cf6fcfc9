extension Workbook {
    /// What the format of a cell makes of its number: a spreadsheet keeps 12:34 and 85% as numbers
    /// that only their format tells from others.
    public enum Kind: UInt8, Sendable, Hashable {
        /// A number as it stands.
        case plain
        /// A share: 0.85 shows as 85%.
        case percent
        /// A day, with or without a time: counted in days since 1900.
        case day
        /// A time that shows no seconds, as `h:mm`; in parts of a day.
        case hoursMinutes
        /// A time that shows seconds, as `mm:ss.0`; in parts of a day.
        case seconds

        /// The kind of a format that every program knows by its number.
        ///
        /// Source: ECMA-376-1, 18.8.30 (numFmt), with the numbers of East Asian versions.
        init(builtIn number: Int) {
            self =
                switch number {
                case 9, 10: .percent
                case 14...17, 22, 27...31, 36, 50...54, 57, 58: .day
                case 18, 20, 32, 34, 55: .hoursMinutes
                case 19, 21, 33, 35, 45...47, 56: .seconds
                default: .plain
                }
        }

        /// The kind of a format that is written out, as `[h]:mm:ss;@` or `0.0"%"`.
        init(format: String) {
            let letters = Self.letters(format)
            if letters == "general" {
                self = .plain
            } else if letters.contains("%") {
                self = .percent
            } else if letters.contains("y") || letters.contains("d") {
                self = .day
            } else if letters.contains("s") {
                self = .seconds
            } else if letters.contains("h") {
                self = .hoursMinutes
            } else {
                // A month alone, as `m` or `mmm`.
                self = letters.contains("m") ? .day : .plain
            }
        }

        /// What of a format's first section is no literal text.
        private static func letters(_ format: String) -> String {
            var result = ""
            var rest = format.lowercased()[...]
            while let character = rest.popFirst() {
                switch character {
                case ";": return result
                case "\\", "_", "*": _ = rest.popFirst()
                case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
                case "[":
                    // `[h]` is a time; `[Red]`, `[>5]` and `[$-804]` are none.
                    let inside = rest.prefix { $0 != "]" }
                    rest = rest.dropFirst(inside.count + 1)
                    if let first = inside.first, "hms".contains(first),
                        inside.allSatisfy({ $0 == first })
                    {
                        result.append(first)
                    }
                case "a" where rest.hasPrefix("m/pm"): rest = rest.dropFirst(4)
                case "a" where rest.hasPrefix("/p"): rest = rest.dropFirst(2)
                default: result.append(character)
                }
            }
            return result
        }
    }
}
