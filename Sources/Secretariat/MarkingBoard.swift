internal import Scoring
public import Competition
internal import Exact
public import Ledger

/// How the marking of an item stands, place by place: what the judge's desk takes its work from and
/// the chief judge's desk shows.
public struct MarkingBoard: Sendable {
    /// A place for one sheet.
    public struct Place: Sendable, Hashable, Comparable {
        /// The entrant, or the blind number.
        public let entrant: EntrantID
        /// The unit, by its place in ``MarkingBoard/units``.
        public let unit: Int
        /// The judge; nil for the panel's agreed values.
        public let judge: JudgeID?
        /// The attempt, from 1.
        public let attempt: Int

        /// Names a place.
        public init(entrant: EntrantID, unit: Int, judge: JudgeID?, attempt: Int) {
            self.entrant = entrant
            self.unit = unit
            self.judge = judge
            self.attempt = attempt
        }

        /// Orders by entrant, unit, judge and attempt.
        public static func < (a: Place, b: Place) -> Bool {
            (a.entrant.text, a.unit, a.judge?.text ?? "", a.attempt)
                < (b.entrant.text, b.unit, b.judge?.text ?? "", b.attempt)
        }
    }

    /// How a place stands.
    public enum State: String, Sendable, CaseIterable {
        /// No sheet yet.
        case missing
        /// A sheet that nobody has confirmed.
        case entered
        /// A second person has confirmed it.
        case confirmed
        /// Its two entries differ (复录不一致).
        case differs
        /// Sent back (退回).
        case returned
    }

    /// Judges' scores of one aspect that lie further apart than its spread allows.
    public struct Spread: Sendable, Hashable {
        /// The entrant.
        public let entrant: EntrantID
        /// The unit.
        public let unit: Int
        /// The attempt.
        public let attempt: Int
        /// The column among the judged aspects of the unit.
        public let column: Int
        /// The least score.
        public let lowest: Int
        /// The greatest score.
        public let highest: Int
        /// How far apart they may be.
        public let allowed: Int
    }

    /// The item.
    public let item: ItemID
    /// The card's units.
    public let units: [SheetUnit]
    /// Those who compete, by code, or the blind numbers.
    public let entrants: [EntrantID]
    /// The item's judges, by name.
    public let judges: [JudgeID]
    /// The sheet that stands at each place; nil where it is missing.
    ///
    /// Places for which no sheet is expected (a judge who is barred) are not there.
    public let sheets: [Place: SheetRow?]
    /// Scores too far apart, once all judges' sheets of the entrant and unit are in.
    public let spreads: [Spread]
    /// Sheets that were sent back, by their position.
    public let returned: [Int: ReturnedSheet]
    /// The remarks of the item.
    public let remarks: [RemarkRow]
    /// What the item still lacks.
    public let progress: Progress

    init(record: Record, item: ItemID, card: Scorecard) throws {
        self.item = item
        let units = card.units
        self.units = units
        let subjects = try record.subjects(of: item).filter { $0.entrant.status == .competing }
        entrants = subjects.map(\.entrant.id).sorted { $0.text < $1.text }
        judges = try record.judges(of: item).map(\.id)
        var sheets: [Place: SheetRow?] = [:]
        for (entrant, barred) in subjects {
            for (number, unit) in units.enumerated() {
                for attempt in 1...max(1, unit.attempts) {
                    func expect(_ judge: JudgeID?) {
                        let place = Place(
                            entrant: entrant.id,
                            unit: number,
                            judge: judge,
                            attempt: attempt
                        )
                        sheets.updateValue(nil, forKey: place)
                    }
                    if !unit.agreed.isEmpty { expect(nil) }
                    guard !unit.judged.isEmpty else { continue }
                    for judge in judges where !barred.contains(judge.text) { expect(judge) }
                }
            }
        }
        for sheet in try record.sheets(of: item) {
            guard let unit = units.firstIndex(where: { $0.id == sheet.unit }) else { continue }
            let place = Place(
                entrant: sheet.entrant,
                unit: unit,
                judge: sheet.judge,
                attempt: sheet.attempt
            )
            if sheets[place] != nil { sheets.updateValue(sheet, forKey: place) }
        }
        self.sheets = sheets
        spreads = Self.spreads(sheets, units)
        let returned = try record.returnedSheets(of: item)
        self.returned = Dictionary(returned.map { ($0.sheet, $0) }) { $1 }
        remarks = try record.remarks(of: item)
        progress = try record.progress(of: item)
    }

    /// How a place stands; nil where no sheet is expected.
    public func state(_ place: Place) -> State? {
        guard let sheet = sheets[place] else { return nil }
        guard let sheet else { return .missing }
        if sheet.isReturned { return .returned }
        if !sheet.differs.isEmpty { return .differs }
        return sheet.isConfirmed ? .confirmed : .entered
    }

    /// Whether every judge's sheet of an entrant, unit and attempt is in: only then may anybody see
    /// one judge's marks beside another's.
    public func isComplete(_ entrant: EntrantID, unit: Int, attempt: Int) -> Bool {
        judges.allSatisfy { judge in
            let place = Place(entrant: entrant, unit: unit, judge: judge, attempt: attempt)
            return sheets[place].map { $0 != nil } ?? true
        }
    }

    /// Questions that the chief judge has not answered.
    public var openFlags: [RemarkRow] { remarks.filter { $0.isFlag && $0.answeredBy == nil } }

    private static func spreads(_ sheets: [Place: SheetRow?], _ units: [SheetUnit]) -> [Spread] {
        let panels = Dictionary(grouping: sheets.filter { $0.key.judge != nil }) {
            Place(
                entrant: $0.key.entrant,
                unit: $0.key.unit,
                judge: nil,
                attempt: $0.key.attempt
            )
        }
        var spreads: [Spread] = []
        for (place, panel) in panels {
            let rows = panel.compactMap(\.value)
            guard rows.count == panel.count else { continue }
            for (column, slot) in units[place.unit].judged.enumerated() {
                guard case .judgement(_, let allowed, _) = slot.aspect.marking else { continue }
                let scores = rows.compactMap { row in
                    row.marks.indices.contains(column) && StoredMark.isMark(row.marks[column])
                        ? Int(row.marks[column]) : nil
                }
                guard let low = scores.min(), let high = scores.max(), high - low > allowed else {
                    continue
                }
                spreads.append(
                    Spread(
                        entrant: place.entrant,
                        unit: place.unit,
                        attempt: place.attempt,
                        column: column,
                        lowest: low,
                        highest: high,
                        allowed: allowed
                    )
                )
            }
        }
        return spreads.sorted {
            ($0.entrant.text, $0.unit, $0.attempt, $0.column)
                < ($1.entrant.text, $1.unit, $1.attempt, $1.column)
        }
    }
}

extension Office {
    /// How the marking of an item stands.
    public func board(of item: ItemID) throws -> MarkingBoard {
        try MarkingBoard(record: record, item: item, card: try plan(of: item).card)
    }
}
