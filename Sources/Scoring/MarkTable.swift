public import Competition

/// All marks of one item, dense: a row an entrant, in it for each aspect a cell an attempt and
/// judge.
///
/// A cell holds a stored mark or one of the words of ``Competition/StoredMark``. An agreed aspect has
/// one cell an attempt.
public struct MarkTable: Sendable {
    /// The entrants, in the order of their codes.
    public let entrants: [EntrantID]
    /// The judges, in the order of their names.
    public let judges: [JudgeID]
    let offsets: [Int]
    let width: Int
    /// Whether an aspect's cells are one for each judge.
    let isJudged: [Bool]
    /// For each aspect, how many judges its part shows where the card names no panel.
    private(set) var panels: [Int]
    private(set) var cells: [Int32]

    /// Makes an empty table.
    public init(
        plan: ScoringPlan,
        entrants: some Sequence<EntrantID>,
        judges: some Sequence<JudgeID>
    ) {
        self.entrants = Set(entrants).sorted()
        self.judges = Set(judges).sorted()
        var offsets: [Int] = []
        var width = 0
        for planned in plan.aspects {
            offsets.append(width)
            width += planned.attempts * (planned.aspect.isAgreed ? 1 : self.judges.count)
        }
        self.offsets = offsets
        self.width = width
        isJudged = plan.aspects.map { !$0.aspect.isAgreed }
        panels = Array(repeating: self.judges.count, count: plan.aspects.count)
        cells = Array(repeating: StoredMark.empty, count: width * self.entrants.count)
    }

    /// Takes the size of each part's panel from the judges who marked it: what a card that names no
    /// panel goes by.
    ///
    /// A judge who marked anyone in the part is expected to have marked all.
    public mutating func observePanels(_ plan: ScoringPlan) {
        var seen: [NodeID: Set<Int>] = [:]
        for row in entrants.indices {
            for (number, planned) in plan.aspects.enumerated() where isJudged[number] {
                for attempt in 0..<planned.attempts {
                    for judge in judges.indices
                    where self[row, number, judge, attempt] != StoredMark.empty {
                        seen[planned.part, default: []].insert(judge)
                    }
                }
            }
        }
        panels = plan.aspects.map { seen[$0.part]?.count ?? 0 }
    }

    /// The place of an entrant.
    public func index(of entrant: EntrantID) -> Int? { Self.index(of: entrant, in: entrants) }

    /// The place of a judge.
    public func index(of judge: JudgeID) -> Int? { Self.index(of: judge, in: judges) }

    private static func index<Kind>(
        of id: Identifier<Kind>,
        in sorted: [Identifier<Kind>]
    ) -> Int? {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] == id ? low : nil
    }

    private func cell(_ entrant: Int, _ aspect: Int, _ judge: Int, _ attempt: Int) -> Int {
        let stride = isJudged[aspect] ? judges.count : 1
        return entrant * width + offsets[aspect] + attempt * stride + (isJudged[aspect] ? judge : 0)
    }

    /// What stands in a cell; the judge does not matter for an agreed aspect.
    ///
    /// Attempts count from 0.
    public subscript(entrant: Int, aspect: Int, judge: Int, attempt: Int) -> Int32 {
        get { cells[cell(entrant, aspect, judge, attempt)] }
        set { cells[cell(entrant, aspect, judge, attempt)] = newValue }
    }

    /// All cells of an aspect at an attempt: one a judge, or the one agreed.
    func marks(entrant: Int, aspect: Int, attempt: Int) -> ArraySlice<Int32> {
        let first = cell(entrant, aspect, 0, attempt)
        return cells[first..<(first + (isJudged[aspect] ? judges.count : 1))]
    }
}
