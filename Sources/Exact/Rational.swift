/// What exact arithmetic cannot do.
public enum ExactError: Error, Sendable, Hashable {
    /// The result does not fit in 128 bits; nothing is ever wrapped or rounded instead.
    case overflow
    /// A division by zero.
    case divisionByZero
}

/// An exact rational number, always in lowest terms with a positive denominator.
///
/// Every mark, mean, weight and total is one of these, so two entrants are level when their numbers
/// are equal, never when they look it. Arithmetic throws ``ExactError/overflow`` instead of wrapping.
public struct Rational: Sendable, Hashable {
    /// The numerator, which carries the sign.
    public let numerator: Int128
    /// The denominator, at least 1.
    public let denominator: Int128

    /// Zero.
    public static let zero = Rational(0)
    /// One.
    public static let one = Rational(1)

    /// Makes a whole number.
    @inlinable
    public init(_ whole: Int) {
        numerator = Int128(whole)
        denominator = 1
    }

    @usableFromInline
    init(lowestTerms numerator: Int128, _ denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Makes `numerator / denominator`, reduced.
    ///
    /// - Throws: ``ExactError/divisionByZero``, or ``ExactError/overflow`` for the one negation that
    ///   has no counterpart.
    public init(_ numerator: Int128, over denominator: Int128) throws(ExactError) {
        guard denominator != 0 else { throw .divisionByZero }
        guard numerator > .min, denominator > .min else { throw .overflow }
        let sign: Int128 = denominator < 0 ? -1 : 1
        let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        let shared = Int128(divisor)
        self.init(lowestTerms: sign * numerator / shared, sign * denominator / shared)
    }

    /// Makes `unscaled × 10⁻ᵖˡᵃᶜᵉˢ`, as a decimal mark is stored.
    public init(unscaled: Int, places: Int) throws(ExactError) {
        try self.init(Int128(unscaled), over: powerOfTen(places))
    }

    /// Whether the number is whole.
    public var isWhole: Bool { denominator == 1 }

    /// The number as text, `numerator/denominator`, or a whole number.
    public var fraction: String {
        isWhole ? "\(numerator)" : "\(numerator)/\(denominator)"
    }
}

/// The greatest common divisor; at least 1 unless both are 0, where it is 1 too.
func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    // Nearly every number met in scoring fits a machine word, where division is many times cheaper.
    if a <= UInt64.max, b <= UInt64.max {
        var x = UInt64(a)
        var y = UInt64(b)
        while y != 0 { (x, y) = (y, x % y) }
        return UInt128(max(x, 1))
    }
    var x = a
    var y = b
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
}

/// 10 to a power from 0 to 38.
func powerOfTen(_ exponent: Int) throws(ExactError) -> Int128 {
    guard exponent >= 0, exponent <= 38 else { throw .overflow }
    var power: Int128 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
}
