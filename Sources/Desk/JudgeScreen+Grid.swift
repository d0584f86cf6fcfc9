internal import Competition
internal import Findings
internal import Secretariat
internal import Terminal

extension JudgeScreen {
    /// All sheets of the desk: a row an entrant (and judge), a column a unit and attempt.
    struct Grid {
        struct Row: Hashable, Comparable {
            let entrant: EntrantID
            let judge: JudgeID?

            static func < (a: Row, b: Row) -> Bool {
                (a.entrant.text, a.judge?.text ?? "") < (b.entrant.text, b.judge?.text ?? "")
            }
        }

        struct Column: Hashable, Comparable {
            let unit: Int
            let attempt: Int

            static func < (a: Column, b: Column) -> Bool {
                (a.unit, a.attempt) < (b.unit, b.attempt)
            }
        }

        let rows: [Row]
        let columns: [Column]

        init(_ tasks: [MarkingDesk.Task]) {
            rows = Set(tasks.map { Row(entrant: $0.entrant, judge: $0.judge) }).sorted()
            columns = Set(tasks.map { Column(unit: $0.unit, attempt: $0.attempt) }).sorted()
        }

        func task(_ row: Int, _ column: Int) -> MarkingDesk.Task? {
            guard rows.indices.contains(row), columns.indices.contains(column) else { return nil }
            return MarkingDesk.Task(
                entrant: rows[row].entrant,
                unit: columns[column].unit,
                judge: rows[row].judge,
                attempt: columns[column].attempt
            )
        }
    }

    var grid: Grid { Grid(desk.tasks + desk.done) }

    /// How a sheet of the desk stands, in a word.
    func state(_ task: MarkingDesk.Task) -> (text: String, tone: Style.Tone)? {
        if desk.done.contains(task) { return (tr("已交", "in"), .good) }
        guard desk.tasks.contains(task) else { return nil }
        if desk.cameBack(task) {
            return desk.ready.contains(task)
                ? (tr("可再交", "ready"), .good) : (tr("退回", "back"), .back)
        }
        let entered = desk.entered(task)
        let all = desk.slots(task).count
        if entered == all { return (tr("可交", "ready"), .good) }
        return ("\(entered)/\(all)", .plain)
    }
}
