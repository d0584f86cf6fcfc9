internal import Competition
internal import Exact

/// Marks of one aspect and attempt, on their way to one value.
struct Panelling {
    let aspect: Aspect
    /// How many judges the panel has, and the fewest with whom a mark may be taken.
    let panel: Int
    let minimum: Int
    /// Whether the best mark is the lowest.
    let lowerIsBetter: Bool

    /// The value of the marks in the cells, before rounding and bounds.
    func outcome(_ cells: ArraySlice<Int32>) throws(ExactError) -> Outcome {
        var marks: [Int32] = []
        marks.reserveCapacity(cells.count)
        var status: EntrantStatus?
        for cell in cells where cell != StoredMark.empty {
            if let word = StoredMark.status(cell) {
                status = Self.graver(status, word)
            } else {
                marks.append(cell)
            }
        }
        if let status { return marks.isEmpty ? .status(status) : .gap(.contradiction(status)) }
        guard !marks.isEmpty else { return .gap(.unmarked) }
        if !aspect.isAgreed {
            guard marks.count <= panel else {
                return .gap(.longPanel(marks: marks.count, panel: panel))
            }
            let need = max(minimum, aspect.aggregation.fewest)
            guard marks.count >= need else {
                return .gap(.shortPanel(marks: marks.count, need: need))
            }
        }
        if case .judgement(_, let allowed, _) = aspect.marking, let gap = spread(marks, allowed) {
            return .gap(gap)
        }
        return .value(try value(marks))
    }

    static func graver(_ a: EntrantStatus?, _ b: EntrantStatus) -> EntrantStatus {
        guard let a else { return b }
        let order: [EntrantStatus] = [.competing, .absent, .withdrew, .disqualified]
        return (order.firstIndex(of: a) ?? 0) >= (order.firstIndex(of: b) ?? 0) ? a : b
    }

    private func spread(_ marks: [Int32], _ allowed: Int) -> Gap? {
        let scores = marks.map { StoredMark.isMark($0) ? Int($0) : 0 }
        guard let low = scores.min(), let high = scores.max(), high - low > allowed else {
            return nil
        }
        return .spread(lowest: low, highest: high, allowed: allowed)
    }

    private func value(_ marks: [Int32]) throws(ExactError) -> Rational {
        // A plain score without a rounding of its own is added up in whole units first: the same
        // number, without a fraction a judge.
        if case .score(let range) = aspect.marking, aspect.roundJudge == nil,
            let fast = try wholeUnits(marks, places: range.places)
        {
            return fast
        }
        var values: [Rational] = []
        for mark in marks {
            var value =
                StoredMark.isMark(mark) ? try aspect.marking.award(aspect.entered(mark)) : .zero
            if let round = aspect.roundJudge { value = try value.rounded(round) }
            values.append(value)
        }
        if aspect.aggregation == .best, lowerIsBetter { return values.min() ?? .zero }
        return try Self.aggregate(values.sorted(), aspect.aggregation)
    }

    private func wholeUnits(_ marks: [Int32], places: Int) throws(ExactError) -> Rational? {
        let units = marks.map { StoredMark.isMark($0) ? Int($0) : 0 }.sorted()
        let kept: ArraySlice<Int>
        let divides: Bool
        switch aspect.aggregation {
        case .mean: (kept, divides) = (units[...], true)
        case .sum: (kept, divides) = (units[...], false)
        case .trimmed(let high, let low, let sum):
            (kept, divides) = (units.dropFirst(low).dropLast(high), !sum)
        default: return nil
        }
        let sum = kept.reduce(0, +)
        let count = divides ? Int128(kept.count) : 1
        return try Rational(Int128(sum), over: count * Self.power(places))
    }

    private static func power(_ places: Int) -> Int128 {
        (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
    }

    static func aggregate(
        _ sorted: [Rational],
        _ aggregation: Aggregation
    ) throws(ExactError) -> Rational {
        switch aggregation {
        case .agreed, .best: return sorted.last ?? .zero
        case .sum: return try sorted.sum()
        case .mean: return try sorted.sum().divided(by: Rational(sorted.count))
        case .trimmed(let high, let low, let sum):
            let kept = Array(sorted.dropFirst(low).dropLast(high))
            let total = try kept.sum()
            return sum ? total : try total.divided(by: Rational(kept.count))
        case .median:
            let middle = sorted.count / 2
            guard sorted.count % 2 == 0 else { return sorted[middle] }
            return try sorted[middle - 1].plus(sorted[middle]).divided(by: Rational(2))
        }
    }
}
