public import Competition

/// All marks of one item, dense: a row an entrant, in it the sheets as they are stored.
///
/// A row holds for each sheet unit first its judged marks (an attempt after the other, in each a
/// sheet a judge), then its agreed ones (a sheet an attempt). A cell holds a stored mark or one of the
/// words of ``Competition/StoredMark``.
public struct MarkTable: Sendable {
    /// A mark that a re-review (复评) replaced: it counts no longer and stays on record.
    public struct Replaced: Sendable, Hashable {
        /// Whose mark it was.
        public let entrant: EntrantID
        /// The number of the aspect.
        public let aspect: Int
        /// The judge; nil for an agreed value.
        public let judge: JudgeID?
        /// The attempt, from 0.
        public let attempt: Int
        /// What it was.
        public let stored: Int32

        /// Notes a replaced mark.
        public init(
            entrant: EntrantID,
            aspect: Int,
            judge: JudgeID?,
            attempt: Int,
            stored: Int32
        ) {
            self.entrant = entrant
            self.aspect = aspect
            self.judge = judge
            self.attempt = attempt
            self.stored = stored
        }
    }

    /// The entrants, in the order of their codes.
    public let entrants: [EntrantID]
    /// The judges, in the order of their names.
    public let judges: [JudgeID]
    /// Marks that were replaced, in the order in which they were.
    public var replaced: [Replaced] = []
    /// For each aspect: where its first cell stands in a row, and how far the next judge's and the
    /// next attempt's stand from it.
    let layout: [AspectLayout]
    /// Where each unit's judged and agreed cells begin.
    let blocks: [(judged: Int, judgedWidth: Int, agreed: Int, agreedWidth: Int)]
    let width: Int
    /// For each aspect, how many judges its part shows where the card names no panel.
    private(set) var panels: [Int]
    private(set) var cells: [Int32]

    struct AspectLayout: Sendable {
        let offset: Int
        let judgeStride: Int
        let attemptStride: Int
        let judges: Int
    }

    /// Makes an empty table.
    public init(
        plan: ScoringPlan,
        entrants: some Sequence<EntrantID>,
        judges: some Sequence<JudgeID>
    ) {
        self.entrants = Self.ordered(entrants)
        self.judges = Self.ordered(judges)
        let count = self.judges.count
        var width = 0
        blocks = plan.units.map { unit in
            let (judged, agreed) = (unit.judged.count, unit.agreed.count)
            let start = width
            width += unit.attempts * (judged * count + agreed)
            return (start, judged, start + unit.attempts * judged * count, agreed)
        }
        let blocks = blocks
        layout = plan.aspects.map { planned in
            let block = blocks[planned.unit]
            return planned.aspect.isAgreed
                ? AspectLayout(
                    offset: block.agreed + planned.column,
                    judgeStride: 0,
                    attemptStride: block.agreedWidth,
                    judges: 1
                )
                : AspectLayout(
                    offset: block.judged + planned.column,
                    judgeStride: block.judgedWidth,
                    attemptStride: block.judgedWidth * count,
                    judges: count
                )
        }
        self.width = width
        panels = Array(repeating: count, count: plan.aspects.count)
        cells = Array(repeating: StoredMark.empty, count: width * self.entrants.count)
    }

    /// Takes the size of each part's panel from the judges who marked it: what a card that names no
    /// panel goes by.
    ///
    /// A judge who marked anyone in the part is expected to have marked all.
    public mutating func observePanels(_ plan: ScoringPlan) {
        guard plan.aspects.contains(where: { !$0.aspect.isAgreed && $0.panel.judges == nil }) else {
            return
        }
        let parts = plan.card.parts.map(\.id)
        let part = plan.aspects.map { parts.firstIndex(of: $0.part) ?? 0 }
        var seen = [Bool](repeating: false, count: parts.count * judges.count)
        for (number, planned) in plan.aspects.enumerated() where !planned.aspect.isAgreed {
            for row in entrants.indices {
                for attempt in 0..<planned.attempts {
                    let first = cell(row, number, 0, attempt)
                    for judge in judges.indices
                    where cells[first + judge * layout[number].judgeStride] != StoredMark.empty {
                        seen[part[number] * judges.count + judge] = true
                    }
                }
            }
        }
        panels = part.map { part in
            judges.indices.count { seen[part * judges.count + $0] }
        }
    }

    /// Each once and in order; a list that is so already is taken as it is.
    private static func ordered<Kind>(
        _ ids: some Sequence<Identifier<Kind>>
    ) -> [Identifier<Kind>] {
        let list = Array(ids)
        let isOrdered = zip(list, list.dropFirst()).allSatisfy { $0 < $1 }
        return isOrdered ? list : Set(list).sorted()
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
        let layout = layout[aspect]
        return entrant * width + layout.offset + attempt * layout.attemptStride
            + judge * layout.judgeStride
    }

    /// What stands in a cell; the judge does not matter for an agreed aspect.
    ///
    /// Attempts count from 0.
    public subscript(entrant: Int, aspect: Int, judge: Int, attempt: Int) -> Int32 {
        get { cells[cell(entrant, aspect, judge, attempt)] }
        set { cells[cell(entrant, aspect, judge, attempt)] = newValue }
    }

    /// Lays a stored sheet into the table: the marks of one unit in the card's order, four bytes each,
    /// least significant first.
    ///
    /// - Parameters:
    ///   - sheet: the packed marks; a sheet of another length than the unit's is passed over.
    ///   - entrant: the row.
    ///   - unit: the unit's place in the card.
    ///   - judge: the judge's place; nil for the panel's sheet.
    ///   - attempt: the attempt, from 0.
    /// - Returns: whether the sheet fitted.
    @discardableResult
    public mutating func lay(
        _ sheet: UnsafeRawBufferPointer,
        entrant: Int,
        unit: Int,
        judge: Int?,
        attempt: Int
    ) -> Bool {
        let block = blocks[unit]
        let (first, count) =
            judge.map {
                (
                    block.judged + (attempt * judges.count + $0) * block.judgedWidth,
                    block.judgedWidth
                )
            } ?? (block.agreed + attempt * block.agreedWidth, block.agreedWidth)
        let start = entrant * width + first
        guard sheet.count == count * 4, start + count <= cells.count else { return false }
        cells.withUnsafeMutableBufferPointer { cells in
            UnsafeMutableRawBufferPointer(
                UnsafeMutableBufferPointer(rebasing: cells[start..<(start + count)])
            ).copyMemory(from: sheet)
            // Sheets are stored with the least significant byte first; most machines have it so too.
            if Int32(1).littleEndian != 1 {
                for index in start..<(start + count) {
                    cells[index] = Int32(littleEndian: cells[index])
                }
            }
        }
        return true
    }

    /// All cells of an aspect at an attempt: one a judge, or the one agreed.
    func marks(entrant: Int, aspect: Int, attempt: Int) -> CellColumn {
        CellColumn(
            cells: cells,
            first: cell(entrant, aspect, 0, attempt),
            stride: layout[aspect].judgeStride,
            count: layout[aspect].judges
        )
    }
}

/// The cells of one aspect, judge by judge.
struct CellColumn: RandomAccessCollection {
    let cells: [Int32]
    let first: Int
    let stride: Int
    let count: Int

    var startIndex: Int { 0 }
    var endIndex: Int { count }
    subscript(position: Int) -> Int32 { cells[first + position * stride] }
}
