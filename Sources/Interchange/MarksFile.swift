public import Competition
public import Findings
public import Scoring

/// A marks table: one mark a row, as any spreadsheet holds them.
///
/// Columns `entrant,part,aspect,judge,mark`, and if there are several tries `attempt`; others are
/// passed over with a note. The Chinese names 选手, 模块, 评分点, 裁判, 分数 and 轮次 are read too.
public enum MarksFile {
    /// One row that was understood.
    public struct Mark: Sendable {
        /// The entrant.
        public let entrant: EntrantID
        /// The number of the aspect in the plan.
        public let aspect: Int
        /// The judge; nil for a value that belongs to none.
        public let judge: JudgeID?
        /// The attempt, from 0.
        public let attempt: Int
        /// Which review the mark comes from; 0 for the first marking.
        ///
        /// A later review's mark replaces
        /// that of an earlier one.
        public let review: Int
        /// The mark, or its word.
        public let stored: Int32
        /// Where it stands.
        public let place: Place
    }

    /// What was read.
    public struct Reading: Sendable {
        /// The rows that were understood.
        public let marks: [Mark]
        /// All that was found, sorted.
        public let findings: [Finding]
    }

    /// Reads a table against a card.
    public static func read(_ table: CSVTable, plan: ScoringPlan) -> Reading {
        var findings: [Finding] = []
        let top = Place(file: table.file, line: 1, column: 1)
        let columns = MarkColumns(
            header: table.header,
            place: { _ in top },
            findings: &findings
        )
        guard let columns else { return Reading(marks: [], findings: findings) }
        if !table.isEnded, let last = table.rows.last {
            findings.append(
                Finding(
                    "csv.no-line-end",
                    Text(
                        "最后一行没有换行,文件可能被截断;请核对这一行",
                        "the last line is not ended: the file may be cut short; check this row"
                    ),
                    severity: .warning,
                    at: Place(file: table.file, line: last.line, column: 1)
                )
            )
        }
        if table.rows.isEmpty {
            findings.append(
                Finding(
                    "csv.empty",
                    Text("分数表没有数据行", "the marks table has no rows"),
                    severity: .warning,
                    at: Place(file: table.file, line: 1, column: 1)
                )
            )
        }
        var marks: [Mark] = []
        marks.reserveCapacity(table.rows.count)
        var reader = MarkReader(plan: plan)
        for row in table.rows {
            do throws(Refusal) {
                marks.append(
                    try reader.mark(TextFields(row: row, table: table, columns: columns))
                )
            } catch {
                findings += error.findings
            }
        }
        return Reading(marks: marks, findings: findings.sorted())
    }

    /// The fields of a row of text.
    private struct TextFields: MarkFields {
        let row: CSVTable.Row
        let table: CSVTable
        let columns: MarkColumns

        func text(_ field: MarkField) -> String? {
            columns[field].map { row.fields[$0].trimmingBlanks() }
        }

        func place(_ field: MarkField) -> Place { table.place(row, columns.nearest(field)) }

        func mark(of aspect: Aspect) -> String { row.fields[columns.mark] }
    }

    /// Puts marks into a dense table; a cell that is filled twice is a finding.
    public static func table(
        _ marks: [Mark],
        plan: ScoringPlan,
        entrants: [EntrantID]
    ) -> (table: MarkTable, findings: [Finding]) {
        var findings: [Finding] = []
        var table = MarkTable(
            plan: plan,
            entrants: entrants + marks.map(\.entrant),
            judges: marks.compactMap(\.judge)
        )
        var reviews: [Cell: Int] = [:]
        // A later review comes after, wherever it stands in the table.
        for mark in marks.sorted(by: { $0.review < $1.review })
        // An empty cell of a review leaves what was marked.
        where mark.review == 0 || mark.stored != StoredMark.empty {
            guard let row = table.index(of: mark.entrant) else { continue }
            let agreed = plan.aspects[mark.aspect].aspect.isAgreed
            // A word without a judge is the whole panel's.
            let judges: [Int] =
                agreed
                ? [0]
                : mark.judge.flatMap(table.index(of:)).map { [$0] } ?? Array(table.judges.indices)
            for judge in judges {
                let before = table[row, mark.aspect, judge, mark.attempt]
                let cell = Cell(row: row, aspect: mark.aspect, judge: judge, attempt: mark.attempt)
                if mark.review > 0 {
                    if before != StoredMark.empty, mark.review > reviews[cell] ?? 0 {
                        table.replaced.append(
                            MarkTable.Replaced(
                                entrant: mark.entrant,
                                aspect: mark.aspect,
                                judge: agreed ? nil : table.judges[judge],
                                attempt: mark.attempt,
                                stored: before
                            )
                        )
                        reviews[cell] = mark.review
                        table[row, mark.aspect, judge, mark.attempt] = mark.stored
                        continue
                    }
                    reviews[cell] = mark.review
                }
                if before != StoredMark.empty,
                    !(agreed && before == mark.stored && mark.judge != nil)
                {
                    findings.append(duplicate(mark, plan))
                    break
                }
                table[row, mark.aspect, judge, mark.attempt] = mark.stored
            }
        }
        table.observePanels(plan)
        return (table, findings)
    }

    private struct Cell: Hashable {
        let row: Int
        let aspect: Int
        let judge: Int
        let attempt: Int
    }

    private static func duplicate(_ mark: Mark, _ plan: ScoringPlan) -> Finding {
        let planned = plan.aspects[mark.aspect]
        let judge = mark.judge.map { " " + $0.text } ?? ""
        return Finding(
            "mark.duplicate",
            Text(
                "\(mark.entrant.text) 的 \(planned.address)\(judge) 已有分数",
                "\(mark.entrant.text) has a mark for \(planned.address)\(judge) already"
            ),
            at: mark.place
        )
    }
}
