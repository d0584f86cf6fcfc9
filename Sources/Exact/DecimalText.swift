/// What a text has that keeps it from being a decimal number.
public enum DecimalTextError: Error, Sendable, Hashable {
    /// Nothing, or something that is not a number at all.
    case notANumber
    /// More digits than 128 bits hold.
    case tooLong
}

/// A decimal number as it was written: its exact value, and how many decimals it was given with.
public struct DecimalText: Sendable, Hashable {
    /// The exact value.
    public let value: Rational
    /// The digits written after the point, trailing zeros included: `8.50` has two.
    public let places: Int

    /// Reads a decimal number.
    ///
    /// `8`, `-8.25`, `+0.5` and `.5` are read, and full-width digits and points (８．５) as what they
    /// are. No exponent, no thousands separator, no blank inside.
    public init(_ text: some StringProtocol) throws(DecimalTextError) {
        var digits: Int128 = 0
        var places: Int?
        var negative = false
        var seen = false
        for (index, scalar) in text.unicodeScalars.enumerated() {
            let plain = Self.halfWidth(scalar)
            switch plain {
            case "+" where index == 0: break
            case "-" where index == 0: negative = true
            case "." where places == nil: places = 0
            case "0"..."9":
                seen = true
                let (shifted, over) = digits.multipliedReportingOverflow(by: 10)
                let (next, above) = shifted.addingReportingOverflow(Int128(plain.value - 48))
                guard !over, !above else { throw .tooLong }
                digits = next
                if let count = places { places = count + 1 }
            default: throw .notANumber
            }
        }
        guard seen else { throw .notANumber }
        self.places = places ?? 0
        do {
            value = try Rational(negative ? -digits : digits, over: powerOfTen(self.places))
        } catch {
            throw .tooLong
        }
    }

    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        // U+FF0B … U+FF19 are the full-width forms of + , - . / 0–9, at a constant distance.
        case "\u{FF0B}"..."\u{FF19}": Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case "\u{2212}": "-"
        default: scalar
        }
    }
}

extension Rational {
    /// The number rounded by a rule and written with exactly its places: `85.00`.
    public func text(_ rounding: Rounding) throws(ExactError) -> String {
        let unscaled = try self.unscaled(rounding)
        return Self.text(unscaled: unscaled, places: rounding.places)
    }

    /// The shortest decimal text of the number where it has one of at most 12 places, else the
    /// fraction.
    public var shortest: String {
        if isWhole { return "\(numerator)" }
        for places in 1...12 {
            guard let power = try? powerOfTen(places) else { break }
            guard power % denominator == 0 else { continue }
            let (product, overflow) = numerator.multipliedReportingOverflow(by: power / denominator)
            return overflow ? fraction : Self.text(unscaled: product, places: places)
        }
        return fraction
    }

    private static func text(unscaled: Int128, places: Int) -> String {
        guard places > 0 else { return "\(unscaled)" }
        var digits = "\(unscaled.magnitude)"
        if digits.count <= places {
            digits = String(repeating: "0", count: places + 1 - digits.count) + digits
        }
        let point = digits.index(digits.endIndex, offsetBy: -places)
        return (unscaled < 0 ? "-" : "") + digits[..<point] + "." + digits[point...]
    }
}

extension Rational {
    /// Reads a number as people write one in a rule: a decimal, a share `30%` (or `30％`), or a
    /// fraction `35/48`.
    public init(written text: some StringProtocol) throws(DecimalTextError) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        if halves.count == 2 {
            let over = try DecimalText(halves[0]).value
            let under = try DecimalText(halves[1]).value
            guard let fraction = try? over.divided(by: under) else { throw .notANumber }
            self = fraction
            return
        }
        let isShare = text.hasSuffix("%") || text.hasSuffix("％")
        let number = try DecimalText(isShare ? String(text.dropLast()) : String(text)).value
        guard isShare else {
            self = number
            return
        }
        guard let share = try? number.divided(by: Rational(100)) else { throw .tooLong }
        self = share
    }
}
