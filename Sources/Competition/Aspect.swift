public import Exact
public import Findings

/// How the marks of several judges become one (合成方法).
public enum Aggregation: Sendable, Hashable {
    /// One value that the panel agrees on; the sheet is the panel's.
    case agreed
    /// The mean of all.
    case mean
    /// 去掉最高最低分: drops so many of the highest and of the lowest, one of equals each, and takes
    /// the mean (or the sum) of the rest.
    case trimmed(high: Int, low: Int, sum: Bool)
    /// The median; of an even number, the mean of the two in the middle.
    case median
    /// The sum of all.
    case sum
    /// The best one.
    case best

    /// The fewest marks that it can be taken of.
    public var fewest: Int {
        switch self {
        case .trimmed(let high, let low, _): high + low + 1
        default: 1
        }
    }
}

/// A weight, which may differ by the entrant's group (职工 / 学生).
public struct Weight: Sendable, Hashable {
    /// The weight of any group that is not named.
    public let standard: Rational
    /// The weights of named groups.
    public let byGroup: [String: Rational]

    /// Weighs nothing up or down.
    public static let one = Weight(.one)

    /// Makes a weight.
    public init(_ standard: Rational, byGroup: [String: Rational] = [:]) {
        self.standard = standard
        self.byGroup = byGroup
    }

    /// The weight for a group.
    public func weight(for group: String) -> Rational { byGroup[group] ?? standard }
}

/// What happens to a value at one stage of the tree, in this order: `round`, `floor` and `cap` on
/// the value itself; then `base + weight × value`, rounded by `roundWeighted`, is what enters the
/// stage above.
public struct Stage: Sendable, Hashable {
    /// The weight with which the value enters the stage above.
    public var weight: Weight
    /// A constant added after weighing, as the 10 from which an execution score is deducted.
    public var base: Rational
    /// The rounding of the value.
    public var round: Rounding?
    /// The rounding of the weighted value.
    public var roundWeighted: Rounding?
    /// The least that the value may be.
    public var floor: Rational?
    /// The most that the value may be.
    public var cap: Rational?

    /// Makes a stage that changes nothing unless told to.
    public init(
        weight: Weight = .one,
        base: Rational = .zero,
        round: Rounding? = nil,
        roundWeighted: Rounding? = nil,
        floor: Rational? = nil,
        cap: Rational? = nil
    ) {
        self.weight = weight
        self.base = base
        self.round = round
        self.roundWeighted = roundWeighted
        self.floor = floor
        self.cap = cap
    }

    /// The value after its own rounding and bounds.
    public func settled(_ value: Rational) throws(ExactError) -> Rational {
        var result = value
        if let round { result = try result.rounded(round) }
        if let floor { result = Swift.max(result, floor) }
        if let cap { result = Swift.min(result, cap) }
        return result
    }

    /// What a settled value brings to the stage above.
    public func contribution(
        _ settled: Rational,
        group: String,
        factor: Rational = .one
    ) throws(ExactError) -> Rational {
        let weight = self.weight.weight(for: group)
        var result = weight == .one ? settled : try settled.times(weight)
        if factor != .one { result = try result.times(factor) }
        if base != .zero { result = try base.plus(result) }
        if let roundWeighted { result = try result.rounded(roundWeighted) }
        return result
    }
}

/// The smallest thing that is marked (评分点).
public struct Aspect: Sendable, Hashable {
    /// Its stable name, unique within its part.
    public let id: AspectID
    /// What is marked.
    public let title: Text
    /// The instructions for the judge.
    public let description: Text?
    /// What is required, with its figures.
    public let requirement: Text?
    /// How what is entered becomes marks.
    public let marking: Marking
    /// How the judges' marks become one.
    public let aggregation: Aggregation
    /// Rounds each judge's marks before they are aggregated.
    public let roundJudge: Rounding?
    /// How each judge's marks depend on the same judge's marks of the other entrants, if they do;
    /// after ``roundJudge``, before the judges' marks become one.
    public let judgeField: FieldRule?
    /// The panel, where it is not that of the node above.
    public let panel: Panel?
    /// Rounding, bounds and weight.
    public let stage: Stage
    /// The aspect of the same part whose value multiplies this one (难度系数).
    public let coefficient: AspectID?
    /// Whether the value enters the sum of its node; a coefficient or a time that only breaks ties
    /// does not.
    public let counts: Bool
    /// The section of the occupational standard that the aspect belongs to.
    public let section: Int?

    /// Makes an aspect.
    public init(
        id: AspectID,
        title: Text,
        description: Text?,
        requirement: Text?,
        marking: Marking,
        aggregation: Aggregation,
        roundJudge: Rounding?,
        judgeField: FieldRule? = nil,
        panel: Panel? = nil,
        stage: Stage,
        coefficient: AspectID?,
        counts: Bool,
        section: Int?
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.requirement = requirement
        self.marking = marking
        self.aggregation = aggregation
        self.roundJudge = roundJudge
        self.judgeField = judgeField
        self.panel = panel
        self.stage = stage
        self.coefficient = coefficient
        self.counts = counts
        self.section = section
    }

    /// Whether the panel gives one agreed value, rather than each judge a mark.
    public var isAgreed: Bool { aggregation == .agreed }
}
