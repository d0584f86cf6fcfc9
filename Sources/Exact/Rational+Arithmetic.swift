extension Rational {
    /// The sum.
    public func plus(_ other: Rational) throws(ExactError) -> Rational {
        if denominator == other.denominator {
            let sum = try Self.add(numerator, other.numerator)
            return denominator == 1
                ? Rational(lowestTerms: sum, 1) : try Rational(sum, over: denominator)
        }
        let left = try Self.multiply(numerator, other.denominator)
        let right = try Self.multiply(other.numerator, denominator)
        return try Rational(
            Self.add(left, right),
            over: Self.multiply(denominator, other.denominator)
        )
    }

    /// The difference.
    public func minus(_ other: Rational) throws(ExactError) -> Rational {
        try plus(other.negated())
    }

    /// The number with its sign turned.
    public func negated() throws(ExactError) -> Rational {
        guard numerator > .min else { throw .overflow }
        return Rational(lowestTerms: -numerator, denominator)
    }

    /// The product; reduced crosswise first, so that it overflows only where the result does.
    public func times(_ other: Rational) throws(ExactError) -> Rational {
        let a = Int128(greatestCommonDivisor(numerator.magnitude, other.denominator.magnitude))
        let b = Int128(greatestCommonDivisor(other.numerator.magnitude, denominator.magnitude))
        return Rational(
            lowestTerms: try Self.multiply(numerator / a, other.numerator / b),
            try Self.multiply(denominator / b, other.denominator / a)
        )
    }

    /// The quotient.
    public func divided(by other: Rational) throws(ExactError) -> Rational {
        guard other.numerator != 0 else { throw .divisionByZero }
        return try times(Rational(other.denominator, over: other.numerator))
    }

    /// The distance from zero.
    public var magnitude: Rational {
        numerator < 0 ? Rational(lowestTerms: -numerator, denominator) : self
    }

    /// The largest whole number that is not above this one.
    public var floor: Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return remainder < 0 ? quotient - 1 : quotient
    }

    private static func add(_ a: Int128, _ b: Int128) throws(ExactError) -> Int128 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        guard !overflow else { throw .overflow }
        return sum
    }

    private static func multiply(_ a: Int128, _ b: Int128) throws(ExactError) -> Int128 {
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        guard !overflow else { throw .overflow }
        return product
    }
}

extension Rational: Comparable {
    /// Compares by the 256-bit cross product, so that it can neither overflow nor round.
    public static func < (a: Rational, b: Rational) -> Bool {
        if a.denominator == b.denominator { return a.numerator < b.numerator }
        let left = a.numerator.multipliedFullWidth(by: b.denominator)
        let right = b.numerator.multipliedFullWidth(by: a.denominator)
        return left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

extension Sequence<Rational> {
    /// The exact sum.
    public func sum() throws(ExactError) -> Rational {
        var total = Rational.zero
        for value in self { total = try total.plus(value) }
        return total
    }
}

extension Rational {
    /// The square root under a rounding, without ever leaving whole numbers.
    ///
    /// - Throws: ``ExactError/divisionByZero`` for a number below zero, ``ExactError/overflow`` where
    ///   the square does not fit.
    public func squareRoot(_ rounding: Rounding) throws(ExactError) -> Rational {
        guard numerator >= 0 else { throw .divisionByZero }
        let power = try powerOfTen(rounding.places)
        // (root · 10ᵖ)² as a whole number and a remainder: root(n/d) · 10ᵖ = root(n · 10²ᵖ / d).
        let square = try times(Rational(power, over: 1)).times(Rational(power, over: 1))
        var root = Self.wholeRoot(UInt128(square.floor))
        let isExact = try Rational(Int128(root), over: 1).times(Rational(Int128(root), over: 1))
        switch rounding.mode {
        case .down: break
        case .up: if isExact != square { root += 1 }
        case .halfUp, .halfEven:
            let half = try Rational(Int128(2 * root + 1), over: 2)
            let middle = try half.times(half)
            if square > middle || (square == middle && (rounding.mode == .halfUp || root % 2 == 1))
            {
                root += 1
            }
        }
        return try Rational(Int128(root), over: power)
    }

    private static func wholeRoot(_ square: UInt128) -> UInt128 {
        guard square > 1 else { return square }
        var root: UInt128 = 1 << ((128 - UInt128(square.leadingZeroBitCount) + 1) / 2)
        while true {
            let next = (root + square / root) / 2
            if next >= root { return root }
            root = next
        }
    }
}
