public import Findings

/// An organisation's unified social credit code (统一社会信用代码), checked.
///
/// Source: GB 32100-2015: 18 characters of `0–9 A–Z` without I, O, S, V and Z; the value of the i-th
/// of the first 17 is weighed by 3 to the power i − 1 modulo 31, and the last is 31 less the sum modulo
/// 31, taken modulo 31.
public struct CreditCode: Sendable, Hashable {
    /// Why a text is no credit code.
    public enum Flaw: Error, Sendable, Hashable {
        /// Not 18 of the characters there may be.
        case form
        /// The check character does not fit.
        case check

        /// The flaw in words.
        public var text: Text {
            switch self {
            case .form:
                Text(
                    "应为 18 位数字或大写字母(没有 I、O、S、V、Z)",
                    "expected 18 digits or capital letters other than I, O, S, V and Z"
                )
            case .check: Text("校验码不符", "the check character does not fit")
            }
        }
    }

    /// The 18 characters, letters in upper case.
    public let text: String

    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    /// Reads and checks a code.
    ///
    /// - Parameter text: the code.
    /// - Throws: a ``Flaw``.
    public init(_ text: some StringProtocol) throws(Flaw) {
        let upper = text.uppercased()
        let values = upper.utf8.compactMap { Self.alphabet.firstIndex(of: $0) }
        guard values.count == 18, upper.utf8.count == 18 else { throw .form }
        var weight = 1
        var sum = 0
        for value in values.dropLast() {
            sum += value * weight
            weight = weight * 3 % 31
        }
        guard values[17] == (31 - sum % 31) % 31 else { throw .check }
        self.text = upper
    }

    /// What is wrong with a text; nil where it is a credit code.
    public static func flaw(of text: some StringProtocol) -> Flaw? {
        do throws(Flaw) {
            _ = try CreditCode(text)
            return nil
        } catch {
            return error
        }
    }
}
