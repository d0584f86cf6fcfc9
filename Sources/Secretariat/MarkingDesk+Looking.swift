public import Competition
public import Exact
public import Findings
public import Ledger

/// What a desk shows: it changes nothing.
extension MarkingDesk {
    /// The aspects of a sheet, in its order.
    public func slots(_ task: Task) -> [SheetUnit.Slot] {
        seat.slots(task)
    }

    /// The aspect of a field.
    public func slot(_ field: Field) -> SheetUnit.Slot { slots(tasks[field.task])[field.column] }

    /// What was entered; ``StoredMark/empty`` where nothing was.
    public func value(_ field: Field) -> Int32 {
        values[tasks[field.task]]?[field.column] ?? StoredMark.empty
    }

    /// The comment on a field.
    public func comment(_ field: Field) -> String? { comments[field] }

    /// Why a sheet is corrected, as the judge wrote it.
    public func reason(_ task: Task) -> String? { reasons[task] }

    /// Whether a sheet came back and asks for a reason.
    public func cameBack(_ task: Task) -> Bool { !(returns[task]?.causes ?? []).isEmpty }

    /// Whether the value may be changed: of a sheet that came back, what it came back for.
    public func isOpen(_ field: Field) -> Bool {
        seat.isOpen(field.column, returns[tasks[field.task]])
    }

    /// Every field that may be changed, in an order.
    public func fields(in order: Order) -> [Field] {
        let all = tasks.indices.flatMap { task in
            slots(tasks[task]).indices.map { Field(task: task, column: $0) }
        }.filter(isOpen)
        guard order == .aspect else { return all }
        return all.sorted { a, b in
            let (one, two) = (tasks[a.task], tasks[b.task])
            return (one.unit, a.column, one.judge?.text ?? "", one.attempt, one.entrant.text)
                < (two.unit, b.column, two.judge?.text ?? "", two.attempt, two.entrant.text)
        }
    }

    /// How many values of a sheet are entered.
    public func entered(_ task: Task) -> Int {
        (values[task] ?? []).filter { $0 != StoredMark.empty }.count
    }

    /// How many values are entered, and of how many.
    public var progress: (entered: Int, all: Int) {
        let marks = tasks.flatMap { values[$0] ?? [] }
        return (marks.filter { $0 != StoredMark.empty }.count, marks.count)
    }

    /// How many times something was handed in that waits for the network.
    public var waiting: Int { office.record.upstream?.waiting ?? 0 }

    /// Whether the event lets judges see what a sheet adds up to.
    public var showsTotals: Bool { office.catalogue.event.showsTotals }

    /// Whether the event is a rehearsal.
    public var isRehearsal: Bool { office.isRehearsal }

    /// The item's name.
    public var title: Text { office.catalogue.event.item(item)?.title ?? Text("", "") }

    /// What a sheet's values earn so far, weighed, before any judges are put together.
    ///
    /// - Returns: nil where it can't be counted exactly.
    public func subtotal(_ task: Task) -> Rational? {
        seat.subtotal(task, values[task] ?? [])
    }

    /// The questions of this desk that were answered, and the answers, oldest first.
    public func answers() throws -> [(question: RemarkRow, answer: String)] {
        try seat.answers()
    }

    /// The appointment that sits here.
    public var name: String { seat.name }

    /// The item.
    public var item: ItemID { seat.item }

    /// What is entered here.
    public var purpose: Purpose { seat.purpose }

    /// The card's units.
    public var units: [SheetUnit] { seat.units }

    var office: Office { seat.office }
}
