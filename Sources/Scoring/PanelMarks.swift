internal import Competition
internal import Exact

/// The marks of a panel side by side, each in millionths of its aspect's range.
struct PanelMarks {
    /// A mark, the mean of the others' beside it, and whose it is.
    struct Difference {
        let own: Rational
        let others: Rational
        let delegation: DelegationID
    }

    /// By judge, of every mark that stands beside another judge's.
    private(set) var differences: [[Difference]]
    /// By judge and entrant, what the marks add up to; nil where one is missing.
    private var sums: [[Int128?]]
    private var isMarked: [Bool]

    init(judges: Int, entrants: Int) {
        differences = Array(repeating: [], count: judges)
        sums = Array(repeating: Array(repeating: 0, count: entrants), count: judges)
        isMarked = Array(repeating: false, count: entrants)
    }

    /// Adds an aspect's marks, one a judge; what nobody marked says nothing of anybody.
    mutating func add(
        _ marks: [Int128?],
        entrant: Int,
        of delegation: DelegationID
    ) throws(ExactError) {
        let given = marks.compactMap { $0 }
        guard !given.isEmpty else { return }
        isMarked[entrant] = true
        let sum = given.reduce(0, +)
        for (judge, mark) in marks.enumerated() {
            guard let mark else {
                sums[judge][entrant] = nil
                continue
            }
            if let before = sums[judge][entrant] { sums[judge][entrant] = before + mark }
            guard given.count > 1 else { continue }
            differences[judge].append(
                Difference(
                    own: Rational(Int(mark)),
                    others: try Rational(sum - mark, over: Int128(given.count - 1)),
                    delegation: delegation
                )
            )
        }
    }

    /// The judges whose marks stand beside another's.
    var active: [Int] { differences.indices.filter { !differences[$0].isEmpty } }

    /// The sums of the entrants whom every active judge marked whole, a list a judge.
    var matrix: [[Int128]] {
        let active = active
        let whole = isMarked.indices.filter { entrant in
            isMarked[entrant] && active.allSatisfy { sums[$0][entrant] != nil }
        }
        return active.map { judge in whole.compactMap { sums[judge][$0] } }
    }
}
