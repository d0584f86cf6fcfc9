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
    /// What each judge's marks of the field come to, by the judge's place.
    let norms: [Int: FieldNorm]

    /// The value of the marks in the cells, before rounding and bounds.
    func outcome(_ cells: some Collection<Int32>) throws(ExactError) -> Outcome {
        var marks: [(judge: Int, stored: Int32)] = []
        marks.reserveCapacity(cells.count)
        var status: EntrantStatus?
        for (judge, cell) in cells.enumerated() where cell != StoredMark.empty {
            if let word = StoredMark.status(cell) {
                status = Self.graver(status, word)
            } else {
                marks.append((judge, cell))
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
        if case .judgement(_, let allowed, _) = aspect.marking,
            let gap = spread(marks.map(\.stored), allowed)
        {
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

    private func value(_ marks: [(judge: Int, stored: Int32)]) throws(ExactError) -> Rational {
        var values: [Rational] = []
        for mark in marks {
            let value = try aspect.award(stored: mark.stored)
            values.append(try norms[mark.judge]?.applied(to: value) ?? value)
        }
        values.sort()
        if aspect.aggregation == .best, lowerIsBetter { return values.first ?? .zero }
        return try Self.aggregate(values, aspect.aggregation)
    }

    static func aggregate(
        _ sorted: [Rational],
        _ aggregation: Aggregation
    ) throws(ExactError) -> Rational {
        switch aggregation {
        case .agreed, .best: return sorted.last ?? .zero
        case .sum: return try sorted.sum()
        case .mean: return try sorted.mean()
        case .trimmed(let high, let low, let sum):
            return try trimmed(sorted, high: high, low: low, sum: sum)
        case .median:
            let middle = sorted.count / 2
            guard sorted.count % 2 == 0 else { return sorted[middle] }
            return try sorted[middle - 1].plus(sorted[middle]).divided(by: Rational(2))
        }
    }

    /// The mean or sum of what is left without the highest and lowest; 0 where nothing is.
    static func trimmed(
        _ sorted: [Rational],
        high: Int,
        low: Int,
        sum: Bool
    ) throws(ExactError) -> Rational {
        let kept = sorted.dropFirst(low).dropLast(high)
        return sum ? try kept.sum() : try kept.mean()
    }
}
