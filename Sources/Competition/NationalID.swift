public import Exact

/// A citizen's identity number (公民身份号码), checked.
///
/// Source: GB 11643-1999: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, sum modulo 11 into
/// `10X98765432`; digits 7–14 are the birth date, digit 17 is odd for men.
public struct NationalID: Sendable, Hashable {
    /// Why a text is no identity number.
    public enum Flaw: Error, Sendable, Hashable {
        /// Not 17 digits and a digit or X.
        case form
        /// The check character does not fit.
        case check
        /// Digits 7–14 are no day of the calendar.
        case birthDate
    }

    /// The 18 characters, X in upper case.
    public let text: String
    /// The birth date the number states.
    public let birthDate: Day
    /// Whether the number states a woman.
    public let isFemale: Bool

    /// Reads and checks a number.
    public init(_ text: some StringProtocol) throws(Flaw) {
        let upper = text.uppercased()
        let characters = Array(upper.utf8)
        guard characters.count == 18, characters.dropLast().allSatisfy({ (48...57).contains($0) }),
            (48...57).contains(characters[17]) || characters[17] == UInt8(ascii: "X")
        else { throw .form }
        guard characters[17] == Self.check(characters) else { throw .check }
        func number(_ range: Range<Int>) -> Int {
            characters[range].reduce(0) { $0 * 10 + Int($1 - 48) }
        }
        guard let birth = Day(year: number(6..<10), month: number(10..<12), day: number(12..<14))
        else { throw .birthDate }
        self.text = upper
        birthDate = birth
        isFemale = characters[16] % 2 == 0
    }

    /// Completes 17 digits with their check character; nil where they are not 17 digits.
    public static func completing(_ digits: String) -> String? {
        let characters = Array(digits.utf8)
        guard characters.count == 17, characters.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return digits + String(decoding: [check(characters)], as: UTF8.self)
    }

    private static func check(_ characters: [UInt8]) -> UInt8 {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(weights, characters).reduce(0) { $0 + $1.0 * Int($1.1 - 48) }
        return Array("10X98765432".utf8)[sum % 11]
    }

    /// The number with digits 7–18 hidden but the last: no birth date can be read from it.
    ///
    /// Source: the publication rules in `domain-china.md` 8: a birth date is not published.
    public var masked: String {
        text.prefix(6) + String(repeating: "*", count: 11) + text.suffix(1)
    }
}
