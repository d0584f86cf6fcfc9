/// How a number between two steps is rounded.
public enum RoundingMode: String, Sendable, Hashable, CaseIterable {
    /// 四舍五入: a half goes away from zero.
    case halfUp = "half-up"
    /// A half goes to the even neighbour.
    case halfEven = "half-even"
    /// Towards zero.
    case down
    /// Away from zero.
    case up
}

/// A rounding that a rule declares: to how many decimal places, and how.
public struct Rounding: Sendable, Hashable {
    /// Decimal places, from 0 to 12.
    public let places: Int
    /// What becomes of what lies between.
    public let mode: RoundingMode

    /// Makes a rounding; half-up (四舍五入) unless said otherwise.
    public init(places: Int, mode: RoundingMode = .halfUp) {
        self.places = places
        self.mode = mode
    }
}

extension Rational {
    /// The nearest number with so many decimal places, by the mode.
    public func rounded(_ rounding: Rounding) throws(ExactError) -> Rational {
        let unscaled = try self.unscaled(rounding)
        return try Rational(unscaled, over: powerOfTen(rounding.places))
    }

    /// The rounded number times 10 to the power of its places: 1.25 to two places is 125.
    public func unscaled(_ rounding: Rounding) throws(ExactError) -> Int128 {
        let power = try powerOfTen(rounding.places)
        guard power % denominator != 0 else {
            let (product, overflow) = numerator.multipliedReportingOverflow(by: power / denominator)
            guard !overflow else { throw .overflow }
            return product
        }
        let (scaled, overflow) = numerator.magnitude.multipliedReportingOverflow(
            by: power.magnitude
        )
        guard !overflow else { throw .overflow }
        let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: denominator.magnitude)
        let twice = remainder.addingReportingOverflow(remainder)
        let half = denominator.magnitude
        let up: Bool
        switch rounding.mode {
        case .down: up = false
        case .up: up = remainder != 0
        case .halfUp: up = twice.overflow || twice.partialValue >= half
        case .halfEven:
            let past = twice.overflow || twice.partialValue > half
            up = past || (twice.partialValue == half && quotient % 2 == 1)
        }
        let magnitude = quotient + (up ? 1 : 0)
        guard magnitude <= Int128.max.magnitude else { throw .overflow }
        return numerator < 0 ? -Int128(magnitude) : Int128(magnitude)
    }
}
