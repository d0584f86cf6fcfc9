internal import Competition
internal import Exact

/// A stage of the tree in whole numbers: rounding, bounds, weight and base, in this order.
///
/// Every product is bounded when it is made, so that the steps need no check.
struct FastStage: Sendable {
    /// No magnitude of the program passes this.
    static let limit: Int128 = 1 << 61

    private var scale: Int64
    /// What the scaled value is divided by; 0 where nothing is rounded.
    private var divisor: Int64
    private var mode: RoundingMode
    private var spread: Int64 = 1
    private var floor: Int64 = .min
    private var cap: Int64 = .max
    private var weight: Int64
    private var base: Int64
    private var weightedDivisor: Int64 = 0
    private var weightedMode = RoundingMode.halfUp
    private var last: Int64 = 1
    /// The denominator of the settled value.
    let valueDenominator: Int64
    /// The denominator of what is brought to the stage above.
    private(set) var denominator: Int64
    /// No contribution's magnitude passes this.
    private(set) var greatest: Int128

    /// Makes a stage; nil where a bound can't be shown.
    ///
    /// - Parameters:
    ///   - stage: the card's stage.
    ///   - most: what no magnitude of the incoming numerator passes.
    ///   - over: the incoming denominator.
    ///   - group: the entrant's group.
    init?(_ stage: Stage, of most: Int128, over: Int128, group: String) {
        var most = most
        var den = over
        func fits(_ value: Int128) -> Int64? {
            value.magnitude < Self.limit.magnitude ? Int64(value) : nil
        }
        guard let incoming = fits(den) else { return nil }
        (scale, divisor, mode) = (1, 0, .halfUp)
        if let round = stage.round {
            guard let power = Self.power(round.places), fits(most * Int128(power) * 2) != nil
            else { return nil }
            (scale, divisor, mode) = (power, incoming, round.mode)
            most = most * Int128(power) / den + 1
            den = Int128(power)
        }
        var bounds: [Rational] = []
        if let floor = stage.floor { bounds.append(floor) }
        if let cap = stage.cap { bounds.append(cap) }
        guard let wide = Self.common(den, bounds.map(\.denominator)),
            fits(most * (wide / den)) != nil
        else { return nil }
        spread = Int64(wide / den)
        most *= wide / den
        den = wide
        for (bound, isFloor) in [(stage.floor, true), (stage.cap, false)] {
            guard let bound else { continue }
            guard bound.numerator.magnitude < Self.limit.magnitude,
                let scaled = fits(bound.numerator * (den / bound.denominator))
            else { return nil }
            if isFloor { floor = scaled } else { cap = scaled }
            most = max(most, Int128(scaled.magnitude))
        }
        guard let settled = fits(den) else { return nil }
        valueDenominator = settled
        let weight = stage.weight.weight(for: group)
        guard weight.numerator.magnitude < 1 << 40, weight.denominator < 1 << 40,
            stage.base.numerator.magnitude < 1 << 40
        else { return nil }
        // value/den × w/wd + b/bd over the common denominator.
        let product = den * weight.denominator
        guard product < 1 << 60, let common = Self.common(product, [stage.base.denominator]),
            let multiplier = fits(weight.numerator * (common / product)),
            let added = fits(stage.base.numerator * (common / stage.base.denominator)),
            fits(most * Int128(multiplier.magnitude)) != nil
        else { return nil }
        (self.weight, base) = (multiplier, added)
        most = most * Int128(multiplier.magnitude) + Int128(added.magnitude)
        den = common
        // The same value over the smallest denominator keeps what is added up above small.
        let shared = Self.divisor(
            Self.divisor(Int128(multiplier.magnitude), den),
            Int128(added.magnitude)
        )
        if stage.roundWeighted == nil, shared > 1 {
            self.weight = Int64(Int128(multiplier) / shared)
            base = Int64(Int128(added) / shared)
            most = most / shared + 1
            den /= shared
        }
        if let round = stage.roundWeighted {
            guard let power = Self.power(round.places), let over = fits(den),
                fits(most * Int128(power) * 2) != nil,
                fits(Int128(self.weight) * Int128(power)) != nil,
                fits(Int128(base) * Int128(power)) != nil
            else { return nil }
            self.weight *= power
            base *= power
            (weightedDivisor, weightedMode) = (over, round.mode)
            most = most * Int128(power) / den + 1
            den = Int128(power)
        }
        guard let final = fits(den), fits(most) != nil else { return nil }
        denominator = final
        greatest = most
    }

    /// The stage with its contribution over a multiple of its denominator.
    func scaled(to common: Int64) -> FastStage? {
        let factor = Int128(common / denominator)
        guard greatest * factor < Self.limit else { return nil }
        var stage = self
        if weightedDivisor == 0 {
            guard Int128(weight.magnitude) * factor < Self.limit,
                Int128(base.magnitude) * factor < Self.limit
            else { return nil }
            stage.weight *= Int64(factor)
            stage.base *= Int64(factor)
        } else {
            stage.last *= Int64(factor)
        }
        stage.denominator = common
        stage.greatest *= factor
        return stage
    }

    /// The stage as a bare multiple and a constant; nil where it rounds or bounds.
    var line: (multiplier: Int64, constant: Int64)? {
        guard divisor == 0, weightedDivisor == 0, floor == .min, cap == .max else { return nil }
        return (spread &* weight &* last, base &* last)
    }

    /// The value after rounding and bounds.
    @inline(__always)
    func settled(_ raw: Int64) -> Int64 {
        var value = raw
        if divisor != 0 { value = Self.rounded(value &* scale, divisor, mode) }
        value = value &* spread
        return min(max(value, floor), cap)
    }

    /// What a settled value brings to the stage above.
    @inline(__always)
    func weighted(_ value: Int64) -> Int64 {
        let sum = value &* weight &+ base
        guard weightedDivisor != 0 else { return sum &* last }
        return Self.rounded(sum, weightedDivisor, weightedMode) &* last
    }

    @inline(__always)
    func contribution(_ raw: Int64) -> Int64 { weighted(settled(raw)) }

    /// Settles the values of all rows.
    func settle(_ values: inout [Int64]) {
        guard divisor != 0 || spread != 1 || floor != .min || cap != .max else { return }
        for row in values.indices { values[row] = settled(values[row]) }
    }

    /// Makes settled values of all rows into what they bring to the stage above.
    func weigh(_ values: inout [Int64]) {
        if weightedDivisor == 0, weight == 1, base == 0, last == 1 { return }
        for row in values.indices { values[row] = weighted(values[row]) }
    }

    /// A quotient rounded to a whole number.
    @inline(__always)
    static func rounded(_ value: Int64, _ divisor: Int64, _ mode: RoundingMode) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        guard remainder != 0 else { return quotient }
        let away: Int64 = value < 0 ? quotient - 1 : quotient + 1
        let twice = remainder.magnitude * 2
        switch mode {
        case .down: return quotient
        case .up: return away
        case .halfUp: return twice >= divisor.magnitude ? away : quotient
        case .halfEven:
            if twice == divisor.magnitude { return quotient % 2 == 0 ? quotient : away }
            return twice > divisor.magnitude ? away : quotient
        }
    }

    private static func power(_ places: Int) -> Int64? {
        guard (0...12).contains(places) else { return nil }
        return (0..<places).reduce(1) { power, _ in power * 10 }
    }

    private static func common(_ first: Int128, _ others: [Int128]) -> Int128? {
        var common = first
        for other in others {
            guard other < 1 << 60 else { return nil }
            common = common / divisor(common, other) * other
            guard common < 1 << 60 else { return nil }
        }
        return common
    }

    /// The greatest common divisor; a zero leaves the other.
    static func divisor(_ a: Int128, _ b: Int128) -> Int128 {
        var (x, y) = (a, b)
        while y != 0 { (x, y) = (y, x % y) }
        return max(x, 1)
    }
}
