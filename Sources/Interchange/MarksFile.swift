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

    private struct Columns {
        let entrant: Int
        let part: Int
        let aspect: Int?
        let judge: Int?
        let mark: Int
        let attempt: Int?
        let review: Int?
    }

    /// Reads a table against a card.
    public static func read(_ table: CSVTable, plan: ScoringPlan) -> Reading {
        var findings: [Finding] = []
        guard let columns = columns(table, &findings) else {
            return Reading(marks: [], findings: findings)
        }
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
        var lookup: [String: Int] = [:]
        for row in table.rows {
            do throws(Refusal) {
                marks.append(try mark(row, table, columns, plan, &lookup))
            } catch {
                findings += error.findings
            }
        }
        return Reading(marks: marks, findings: findings.sorted())
    }

    private static func columns(_ table: CSVTable, _ findings: inout [Finding]) -> Columns? {
        let place = Place(file: table.file, line: 1, column: 1)
        func required(_ names: String...) -> Int? {
            if let column = table.header.firstIndex(where: { header in
                names.contains { $0 == header.lowercased() }
            }) {
                return column
            }
            findings.append(
                Finding(
                    "csv.missing-column",
                    Text("缺少列 \(names[0])", "the column \(names[0]) is missing"),
                    at: place
                )
            )
            return nil
        }
        let entrant = required("entrant", "选手")
        let part = required("part", "模块")
        let mark = required("mark", "分数")
        let aspect = table.column("aspect", "评分点")
        let judge = table.column("judge", "裁判")
        let attempt = table.column("attempt", "轮次")
        let review = table.column("review", "复评")
        guard let entrant, let part, let mark else { return nil }
        let used = [entrant, part, aspect, mark, judge, attempt, review].compactMap { $0 }
        for (index, name) in table.header.enumerated()
        where !used.contains(index) && !["criterion", "note", "备注", ""].contains(name.lowercased())
        {
            findings.append(
                Finding(
                    "csv.extra-column",
                    Text("列“\(name)”未使用", "the column \"\(name)\" is not used"),
                    severity: .note,
                    at: place
                )
            )
        }
        return Columns(
            entrant: entrant,
            part: part,
            aspect: aspect,
            judge: judge,
            mark: mark,
            attempt: attempt,
            review: review
        )
    }

    private static func mark(
        _ row: CSVTable.Row,
        _ table: CSVTable,
        _ columns: Columns,
        _ plan: ScoringPlan,
        _ lookup: inout [String: Int]
    ) throws(Refusal) -> Mark {
        func field(_ column: Int) -> String { row.fields[column].trimmingBlanks() }
        func refuse(_ column: Int, _ code: String, _ zh: String, _ en: String) -> Refusal {
            Refusal(code, Text(zh, en), at: table.place(row, column))
        }
        guard let entrant = EntrantID(field(columns.entrant)) else {
            throw refuse(
                columns.entrant,
                "mark.entrant",
                "选手编号“\(field(columns.entrant))”不成立",
                "\"\(field(columns.entrant))\" is no entrant's code"
            )
        }
        let number = try aspect(
            field(columns.part),
            columns.aspect.map(field) ?? "",
            row,
            table,
            columns,
            plan,
            &lookup
        )
        let planned = plan.aspects[number]
        var judge: JudgeID?
        if let column = columns.judge, !field(column).isEmpty {
            guard let id = JudgeID(field(column)) else {
                throw refuse(
                    column,
                    "mark.judge",
                    "裁判编号“\(field(column))”不成立",
                    "\"\(field(column))\" is no judge's name"
                )
            }
            judge = id
        }
        let attempt = try attempt(row, table, columns, planned)
        var review = 0
        if let column = columns.review, !field(column).isEmpty {
            guard let number = Int(field(column)), (0...99).contains(number) else {
                throw refuse(
                    column,
                    "mark.review",
                    "复评“\(field(column))”应为 0 到 99",
                    "review \"\(field(column))\": expected 0 to 99"
                )
            }
            review = number
        }
        let stored: Int32
        do throws(Refusal) {
            stored = try planned.aspect.read(row.fields[columns.mark])
        } catch {
            throw Refusal(
                error.findings.map {
                    Finding(
                        $0.code,
                        $0.message,
                        at: table.place(row, columns.mark),
                        hint: $0.hint
                    )
                }
            )
        }
        if stored == StoredMark.notAttempted, plan.card.total.lowerIsBetter, planned.aspect.counts {
            throw refuse(
                columns.mark,
                "mark.not-attempted",
                "以少为胜时“未做”不能记 0(那是最好的成绩);请写应得的数",
                "where the lower total is better, \"not attempted\" can't be 0, the best there is; write the number it earns"
            )
        }
        if judge == nil, !planned.aspect.isAgreed, StoredMark.isMark(stored) {
            throw refuse(
                columns.judge ?? 0,
                "mark.judge-missing",
                "评分点 \(planned.address) 由各裁判分别评分,缺少裁判",
                "aspect \(planned.address) is marked by each judge; the judge is missing"
            )
        }
        return Mark(
            entrant: entrant,
            aspect: number,
            judge: judge,
            attempt: attempt,
            review: review,
            stored: stored,
            place: table.place(row, columns.mark)
        )
    }

    private static func aspect(
        _ part: String,
        _ aspect: String,
        _ row: CSVTable.Row,
        _ table: CSVTable,
        _ columns: Columns,
        _ plan: ScoringPlan,
        _ lookup: inout [String: Int]
    ) throws(Refusal) -> Int {
        let address = part + "\u{0}" + aspect
        if let number = lookup[address] { return number }
        let parts = plan.card.parts.map(\.id.text)
        guard parts.contains(part) else {
            throw Refusal(
                "mark.unknown-part",
                Text(
                    "评分表没有模块“\(part)”;应为 \(parts.joined(separator: "、"))",
                    "the card has no part \"\(part)\"; expected one of \(parts.joined(separator: ", "))"
                ),
                at: table.place(row, columns.part)
            )
        }
        let within = plan.aspects.indices.filter { plan.aspects[$0].part.text == part }
        // A part with a single aspect needs no name for it.
        let found =
            aspect.isEmpty && within.count == 1
            ? within[0] : within.first { plan.aspects[$0].aspect.id.text == aspect }
        guard let number = found else {
            let names = within.prefix(12).map { plan.aspects[$0].aspect.id.text }
            let more = within.count > 12 ? "…" : ""
            throw Refusal(
                "mark.unknown-aspect",
                Text(
                    "模块 \(part) 没有评分点“\(aspect)”;应为 \(names.joined(separator: "、"))\(more)",
                    "part \(part) has no aspect \"\(aspect)\"; expected one of \(names.joined(separator: ", "))\(more)"
                ),
                at: table.place(row, columns.aspect ?? columns.part)
            )
        }
        lookup[address] = number
        return number
    }

    private static func attempt(
        _ row: CSVTable.Row,
        _ table: CSVTable,
        _ columns: Columns,
        _ planned: PlannedAspect
    ) throws(Refusal) -> Int {
        guard let column = columns.attempt else { return 0 }
        let text = row.fields[column].trimmingBlanks()
        if text.isEmpty { return 0 }
        guard let number = Int(text), (1...planned.attempts).contains(number) else {
            throw Refusal(
                "mark.attempt",
                Text(
                    "轮次“\(text)”应为 1 到 \(planned.attempts)",
                    "attempt \"\(text)\": expected 1 to \(planned.attempts)"
                ),
                at: table.place(row, column)
            )
        }
        return number - 1
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
