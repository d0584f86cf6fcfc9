internal import Exact

/// The schedule worth most of a few benefits: every lawful one is compared.
///
/// From month to month, by what has been taken so far: two ways that have come to the same point have
/// the same future, so that each point is looked at once. Of schedules of equal worth the first is
/// taken in the order of the months, and in each month of the benefits.
struct ScheduleSearch {
    /// At how many points it gives up.
    static let mostPoints = 400_000

    /// What each benefit pays in each month, in fen; nothing where it can't be taken.
    let amounts: [[Int]]
    /// For each month, which benefits exclude which.
    let excluded: [[Set<Int>]]
    let limits: [PlanTable.Limit]

    private struct Point: Hashable {
        let month: Int
        let state: [Int]
    }

    private struct Best {
        let worth: Int128
        let taken: Int
    }

    /// What is taken in each month, as bits, and what it is worth; nil where there are too many
    /// points.
    func best() -> (worth: Int128, taken: [Int])? {
        var known: [Point: Best] = [:]
        let start = Point(month: 0, state: limits.map(\.start))
        guard let first = best(start, &known) else { return nil }
        var taken: [Int] = []
        var point = start
        while point.month < amounts.count, let best = known[point] {
            taken.append(best.taken)
            point = next(point, best.taken)
        }
        return (first.worth, taken)
    }

    private func best(_ point: Point, _ known: inout [Point: Best]) -> Best? {
        guard point.month < amounts.count else { return Best(worth: 0, taken: 0) }
        if let best = known[point] { return best }
        guard known.count < Self.mostPoints else { return nil }
        var found: Best?
        for set in sets(point) {
            guard let later = best(next(point, set), &known) else { return nil }
            let worth = later.worth + worth(set, point.month)
            if found.map({ worth > $0.worth }) ?? true { found = Best(worth: worth, taken: set) }
        }
        known[point] = found
        return found
    }

    private func worth(_ set: Int, _ month: Int) -> Int128 {
        limits.indices.reduce(0) { $0 + (set >> $1 & 1 == 1 ? Int128(amounts[month][$1]) : 0) }
    }

    /// The sets that may be taken, those with earlier benefits first, the empty one last.
    private func sets(_ point: Point) -> [Int] {
        var sets = [0]
        // Each benefit is set before those sets that lack it; the first benefit comes last here.
        for benefit in limits.indices.reversed() where isFree(benefit, point) {
            let with = sets.compactMap { set -> Int? in
                let clash = excluded[point.month][benefit].contains { set >> $0 & 1 == 1 }
                return clash ? nil : set | 1 << benefit
            }
            sets = with + sets
        }
        return sets
    }

    private func isFree(_ benefit: Int, _ point: Point) -> Bool {
        guard amounts[point.month][benefit] > 0 else { return false }
        let isPast = limits.indices.contains { other in
            guard case .once = limits[other], point.state[other] == 1 else { return false }
            return excluded[point.month][benefit].contains(other)
        }
        if isPast { return false }
        let state = point.state[benefit]
        switch limits[benefit] {
        case .none: return true
        case .count(let count): return state < count
        case .window(let length, _): return state == Int.min || point.month - state < length
        case .once: return state == 0
        }
    }

    private func next(_ point: Point, _ set: Int) -> Point {
        var state = point.state
        for benefit in limits.indices where set >> benefit & 1 == 1 {
            switch limits[benefit] {
            case .none: break
            case .count, .once: state[benefit] += 1
            case .window:
                if state[benefit] == Int.min { state[benefit] = point.month }
            }
        }
        return Point(month: point.month + 1, state: state)
    }
}

extension PlanTable.Limit {
    /// Where a plan begins: nothing taken yet.
    fileprivate var start: Int {
        if case .window = self { Int.min } else { 0 }
    }
}
