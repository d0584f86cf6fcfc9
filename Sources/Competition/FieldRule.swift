public import Exact

/// Among whom a value is compared before it counts: everyone, or those of the same session or group.
public enum FieldScope: String, Sendable, Hashable, CaseIterable {
    /// Everyone who has the value.
    case field
    /// Those of the entrant's session (场次), a column of the entrants' table.
    case session
    /// Those of the entrant's group (组别).
    case group
}

/// A value that depends on the others': a standard score, or points for a placing.
///
/// Never a default: a card that says nothing counts each entrant alone.
public enum FieldRule: Sendable, Hashable {
    /// 标准分.
    case standard(StandardScore)
    /// 名次分.
    case placing(PlacingPoints)

    /// Among whom.
    public var scope: FieldScope {
        switch self {
        case .standard(let rule): rule.scope
        case .placing(let rule): rule.scope
        }
    }
}

/// A standard score (标准分): `mean + sd × (x − field's mean) / field's SD`, held within bounds.
///
/// Where the field's spread is nothing, or one stands alone, everyone gets the target mean.
public struct StandardScore: Sendable, Hashable {
    /// Whose mean and spread.
    public let scope: FieldScope
    /// The mean that the field gets.
    public let mean: Rational
    /// The spread that the field gets.
    public let deviation: Rational
    /// A smaller spread of the field counts as this one.
    public let leastDeviation: Rational?
    /// Whether the variance is divided by n − 1 rather than by n.
    public let isSample: Bool
    /// The rounding of the field's mean.
    public let roundMean: Rounding?
    /// The rounding of the field's spread: a root, which has no exact value.
    public let roundDeviation: Rounding
    /// The rounding of `(x − mean) / SD`.
    public let roundUnits: Rounding?
    /// The rounding of what comes out, before its bounds.
    public let roundResult: Rounding?
    /// The least that comes out.
    public let floor: Rational?
    /// The most that comes out.
    public let cap: Rational?

    /// Makes a rule.
    public init(
        scope: FieldScope,
        mean: Rational,
        deviation: Rational,
        leastDeviation: Rational?,
        isSample: Bool,
        roundMean: Rounding?,
        roundDeviation: Rounding,
        roundUnits: Rounding?,
        roundResult: Rounding?,
        floor: Rational?,
        cap: Rational?
    ) {
        self.scope = scope
        self.mean = mean
        self.deviation = deviation
        self.leastDeviation = leastDeviation
        self.isSample = isSample
        self.roundMean = roundMean
        self.roundDeviation = roundDeviation
        self.roundUnits = roundUnits
        self.roundResult = roundResult
        self.floor = floor
        self.cap = cap
    }
}

/// Points for a placing (名次分), as 10, 9, 8 … or 100 less 5 for each place.
public struct PlacingPoints: Sendable, Hashable {
    /// What a place brings.
    public enum Scale: Sendable, Hashable {
        /// A list from the first place on, and what every later place brings.
        case list([Rational], rest: Rational)
        /// The first place's points, and what each further place adds (below zero: takes).
        case steps(first: Rational, step: Rational, floor: Rational?)
    }

    /// What those get who share a place.
    public enum Shared: String, Sendable, Hashable, CaseIterable {
        /// Each the points of the place.
        case each
        /// Each the mean of the points of the places that they take up.
        case mean
    }

    /// Among whom the places are taken.
    public let scope: FieldScope
    /// What a place brings.
    public let scale: Scale
    /// What those get who share a place.
    public let shared: Shared
    /// Whether the lowest value is placed first.
    public let lowerIsBetter: Bool

    /// Makes a rule.
    public init(scope: FieldScope, scale: Scale, shared: Shared, lowerIsBetter: Bool) {
        self.scope = scope
        self.scale = scale
        self.shared = shared
        self.lowerIsBetter = lowerIsBetter
    }

    /// The points of one place, from 1.
    public func points(at place: Int) throws(ExactError) -> Rational {
        switch scale {
        case .list(let list, let rest):
            return place <= list.count ? list[max(0, place - 1)] : rest
        case .steps(let first, let step, let floor):
            let points = try first.plus(step.times(Rational(place - 1)))
            return floor.map { max(points, $0) } ?? points
        }
    }

    /// The points of those who share the places from one on.
    public func points(from place: Int, sharedBy count: Int) throws(ExactError) -> Rational {
        guard shared == .mean, count > 1 else { return try points(at: place) }
        var sum = Rational.zero
        for offset in 0..<count { sum = try sum.plus(points(at: place + offset)) }
        return try sum.divided(by: Rational(count))
    }
}
