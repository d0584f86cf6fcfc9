public import Exact
public import Findings

/// The marks that may be entered for an aspect: what a judge's hand may write.
public struct MarkRange: Sendable, Hashable {
    /// The least mark.
    public let least: Rational
    /// The greatest mark.
    public let greatest: Rational
    /// The distance between marks, counted from the least.
    public let step: Rational
    /// Decimal places that the step and the bounds need; marks are stored as whole multiples of
    /// 10⁻ᵖˡᵃᶜᵉˢ.
    public let places: Int

    /// Makes a range; nil where the bounds are out of order, the step is not above 0, more than 6
    /// decimals are needed, or a mark would not fit in 32 bits.
    public init?(least: Rational, greatest: Rational, step: Rational) {
        guard least <= greatest, step > .zero,
            let places = (0...6).first(where: { places in
                [least, greatest, step].allSatisfy { value in
                    (try? value.rounded(Rounding(places: places, mode: .down))) == .some(value)
                }
            }),
            let low = try? least.unscaled(Rounding(places: places)),
            let high = try? greatest.unscaled(Rounding(places: places)),
            low > -2_000_000_000, high < 2_000_000_000
        else { return nil }
        self.least = least
        self.greatest = greatest
        self.step = step
        self.places = places
    }

    /// 0 to 1 by 1.
    public static let unit = MarkRange()

    private init() {
        least = .zero
        greatest = .one
        step = .one
        places = 0
    }
}

/// One option that may be chosen, and what it earns.
public struct MarkOption: Sendable, Hashable {
    /// What is entered.
    public let code: Rational
    /// What it earns.
    public let marks: Rational
    /// What it stands for.
    public let title: Text?

    /// Makes an option.
    public init(code: Rational, marks: Rational, title: Text? = nil) {
        self.code = code
        self.marks = marks
        self.title = title
    }
}

/// A band of measured values, and what it earns.
public struct MarkBand: Sendable, Hashable {
    /// The value that bounds the band and belongs to it.
    public let end: Rational
    /// What it earns.
    public let marks: Rational

    /// Makes a band.
    public init(end: Rational, marks: Rational) {
        self.end = end
        self.marks = marks
    }
}

/// How what is entered for an aspect becomes marks.
public enum Marking: Sendable, Hashable {
    /// 打分: the entered score is the mark.
    case score(MarkRange)
    /// 评价: 0 to 3 by each judge; a judge's share is `max × score / 3`. Source: WSC2026 technical
    /// descriptions 4.6.
    case judgement(max: Rational, spread: Int, levels: [Text])
    /// 测量: all or nothing.
    case fullOrZero(max: Rational)
    /// 测量: one of a list.
    case options([MarkOption])
    /// 测量: so many done of a number: `max × done / of`.
    case count(of: Int, max: Rational)
    /// 测量: a deduction for each fault, not below the floor.
    case deduct(max: Rational, each: Rational, floor: Rational)
    /// 测量: a loss for each unit (whole, begun or in proportion) by which the deviation passes what
    /// is free.
    case tolerance(Tolerance)
    /// 测量: bands of time or another measure; past the last band, what it says.
    case bands(Bands)
    /// A measured value in proportion: `points + perUnit × (value − at)`, held within bounds. Rates,
    /// theory papers scaled to their share, and distances are all this.
    case linear(Linear)

    /// Bands of a measured value.
    public struct Bands: Sendable, Hashable {
        /// The bands, in the order in which they are tried.
        public let list: [MarkBand]
        /// Whether a band holds values from its end up (尺寸不小于), tried from the highest, rather
        /// than values up to its end (用时不超过), tried from the lowest.
        public let isFrom: Bool
        /// What a value in none of them earns.
        public let otherwise: Rational
        /// The values that may be entered.
        public let range: MarkRange

        /// Makes bands.
        public init(list: [MarkBand], isFrom: Bool, otherwise: Rational, range: MarkRange) {
            self.list = list
            self.isFrom = isFrom
            self.otherwise = otherwise
            self.range = range
        }
    }

    /// Which deviations from a target cost marks.
    public enum Side: String, Sendable, Hashable, CaseIterable {
        /// Those on either side.
        case both
        /// Those above the target.
        case over
        /// Those below it.
        case under
    }

    /// A tolerance's figures.
    public struct Tolerance: Sendable, Hashable {
        /// The value wanted; 0 where the deviation itself is entered.
        public let target: Rational
        /// Which deviations cost.
        public let side: Side
        /// Marks for no deviation.
        public let max: Rational
        /// The deviation that costs nothing.
        public let free: Rational
        /// The unit of deviation that costs ``loss``.
        public let per: Rational
        /// What a unit costs.
        public let loss: Rational
        /// The least that remains.
        public let floor: Rational
        /// Whether a begun unit counts whole, only whole units count, or in proportion (nil).
        public let units: RoundingMode?
        /// The values that may be entered.
        public let range: MarkRange

        /// Makes a tolerance.
        public init(
            target: Rational,
            side: Side,
            max: Rational,
            free: Rational,
            per: Rational,
            loss: Rational,
            floor: Rational,
            units: RoundingMode?,
            range: MarkRange
        ) {
            self.target = target
            self.side = side
            self.max = max
            self.free = free
            self.per = per
            self.loss = loss
            self.floor = floor
            self.units = units
            self.range = range
        }
    }

    /// A straight line's figures.
    public struct Linear: Sendable, Hashable {
        /// The value that earns ``points``.
        public let at: Rational
        /// What it earns.
        public let points: Rational
        /// What a unit more earns.
        public let perUnit: Rational
        /// The least and the greatest that can be earned, where there are bounds.
        public let floor: Rational?
        /// The greatest that can be earned.
        public let cap: Rational?
        /// The values that may be entered.
        public let range: MarkRange

        /// Makes a line.
        public init(
            at: Rational,
            points: Rational,
            perUnit: Rational,
            floor: Rational?,
            cap: Rational?,
            range: MarkRange
        ) {
            self.at = at
            self.points = points
            self.perUnit = perUnit
            self.floor = floor
            self.cap = cap
            self.range = range
        }
    }
}
