public import Exact

extension Marking {
    /// The marks that may be entered.
    public var range: MarkRange {
        switch self {
        case .score(let range): range
        case .bands(let bands): bands.range
        case .judgement: Self.whole(to: 3)
        case .fullOrZero: Self.whole(to: 1)
        case .options(let options): Self.range(of: options)
        case .count(let of, _): Self.whole(to: of)
        case .deduct: Self.whole(to: 9_999)
        case .tolerance(let tolerance): tolerance.range
        case .linear(let line): line.range
        }
    }

    private static func whole(to greatest: Int) -> MarkRange {
        // Whole bounds with a step of one always make a range.
        MarkRange(least: .zero, greatest: Rational(max(0, min(greatest, 1_000_000))), step: .one)
            ?? .unit
    }

    private static func range(of options: [MarkOption]) -> MarkRange {
        let codes = options.map(\.code)
        let places =
            (0...6).first { places in
                codes.allSatisfy {
                    (try? $0.rounded(Rounding(places: places, mode: .down))) == $0
                }
            } ?? 6
        guard let step = try? Rational(unscaled: 1, places: places), let least = codes.min(),
            let greatest = codes.max()
        else { return .unit }
        return MarkRange(least: least, greatest: greatest, step: step) ?? .unit
    }

    /// What an entered mark earns, before anything is aggregated, weighed or rounded.
    public func award(_ entered: Rational) throws(ExactError) -> Rational {
        switch self {
        case .score: return entered
        case .judgement(let max, _, _): return try max.times(Rational(entered.numerator, over: 3))
        case .fullOrZero(let max): return entered == .zero ? .zero : max
        case .options(let options):
            return options.first { $0.code == entered }?.marks ?? .zero
        case .count(let of, let max): return try max.times(entered).divided(by: Rational(of))
        case .deduct(let max, let each, let floor):
            return Swift.max(try max.minus(each.times(entered)), floor)
        case .tolerance(let tolerance): return try tolerance.award(entered)
        case .bands(let bands):
            let band = bands.list.first { bands.isFrom ? entered >= $0.end : entered <= $0.end }
            return band?.marks ?? bands.otherwise
        case .linear(let line):
            let marks = try line.points.plus(line.perUnit.times(entered.minus(line.at)))
            let raised = line.floor.map { Swift.max(marks, $0) } ?? marks
            return line.cap.map { Swift.min(raised, $0) } ?? raised
        }
    }

    /// The least and the greatest that an entered mark can earn.
    public func bounds() throws(ExactError) -> ClosedRange<Rational> {
        let candidates: [Rational]
        switch self {
        case .options(let options): candidates = options.map(\.marks)
        case .bands(let bands): candidates = bands.list.map(\.marks) + [bands.otherwise]
        case .tolerance(let tolerance): candidates = [tolerance.floor, tolerance.max]
        case .deduct(let max, _, let floor): candidates = [floor, max]
        default:
            candidates = [try award(range.least), try award(range.greatest)]
        }
        return (candidates.min() ?? .zero)...(candidates.max() ?? .zero)
    }
}

extension Marking.Tolerance {
    func award(_ entered: Rational) throws(ExactError) -> Rational {
        let deviation = try entered.minus(target)
        let distance: Rational =
            switch side {
            case .both: deviation.magnitude
            case .over: deviation
            case .under: try deviation.negated()
            }
        let over = try distance.minus(free)
        guard over > .zero else { return max }
        var count = try over.divided(by: per)
        if let units { count = try count.rounded(Rounding(places: 0, mode: units)) }
        return Swift.max(try max.minus(loss.times(count)), floor)
    }
}
