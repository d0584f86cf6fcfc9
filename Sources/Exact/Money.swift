/// An amount of money in fen (分); there are no amounts between.
public struct Money: Sendable, Hashable, Comparable {
    /// The amount in fen, a hundredth of a yuan.
    public let amountFen: Int

    /// No money.
    public static let zero = Money(amountFen: 0)

    /// Makes an amount from fen.
    public init(amountFen: Int) { self.amountFen = amountFen }

    /// Makes an amount from a decimal number of yuan; nil where it is not a whole number of fen or
    /// does not fit.
    public init?(yuan: Rational) {
        guard let fen = try? yuan.times(Rational(100)), fen.isWhole,
            let whole = Int(exactly: fen.numerator)
        else { return nil }
        amountFen = whole
    }

    /// The sum.
    public func plus(_ other: Money) throws(ExactError) -> Money {
        let (sum, overflow) = amountFen.addingReportingOverflow(other.amountFen)
        guard !overflow else { throw .overflow }
        return Money(amountFen: sum)
    }

    /// So many times the amount.
    public func times(_ count: Int) throws(ExactError) -> Money {
        let (product, overflow) = amountFen.multipliedReportingOverflow(by: count)
        guard !overflow else { throw .overflow }
        return Money(amountFen: product)
    }

    /// A share of the amount, rounded to the fen by the mode.
    public func share(
        _ share: Rational,
        _ mode: RoundingMode = .halfUp
    ) throws(ExactError) -> Money {
        let exact = try Rational(amountFen).times(share)
        let fen = try exact.unscaled(Rounding(places: 0, mode: mode))
        guard let whole = Int(exactly: fen) else { throw .overflow }
        return Money(amountFen: whole)
    }

    /// The amount in yuan, with fen only where there are any, thousands parted: `100,000`.
    public var yuanText: String {
        let (yuan, fen) = amountFen.magnitude.quotientAndRemainder(dividingBy: 100)
        var grouped = ""
        for (index, digit) in String(yuan).reversed().enumerated() {
            if index > 0, index % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        let whole = (amountFen < 0 ? "-" : "") + String(grouped.reversed())
        return fen == 0 ? whole : whole + "." + (fen < 10 ? "0" : "") + "\(fen)"
    }

    /// Orders by amount.
    public static func < (a: Money, b: Money) -> Bool { a.amountFen < b.amountFen }
}
