internal import Competition
internal import Findings
internal import Scoring

/// Reads a form of marks from a worksheet, by its labels.
struct MarkFormReader {
    let sheet: Workbook.Sheet
    let place: Place
    let plan: ScoringPlan
    let target: MarksFile.Target
    private var findings: [Finding] = []

    init(sheet: Workbook.Sheet, place: Place, plan: ScoringPlan, target: MarksFile.Target) {
        self.sheet = sheet
        self.place = place
        self.plan = plan
        self.target = target
    }

    /// The row of the grid's head.
    private struct Head {
        let row: Int
        let part: Int
        let aspect: Int
        /// The columns below which marks stand, from the left.
        let entrants: [(cell: Workbook.Cell, code: String)]
        /// The columns that hold something else.
        let others: Set<Int>
    }

    /// A row of the grid.
    private struct AspectRow {
        let row: Workbook.Row
        let part: String
        let aspect: String
        let number: Int
    }

    /// Reads the form; nil where the worksheet is none.
    mutating func read() -> MarksFile.Reading? {
        let head = head()
        let labels = FormLandmarks(sheet: sheet, above: head?.row ?? .max)
        // One label may stand anywhere; two, or the head of a grid, are a form's.
        guard head != nil || labels.count >= 2 else { return nil }
        let owner: FormOwner
        do throws(Refusal) {
            owner = try labels.owner(place: place, plan: plan, target: target)
        } catch {
            findings += error.findings
            return MarksFile.Reading(marks: [], findings: findings)
        }
        guard let head else {
            report(
                "form.head",
                "没有表头行:应有“\(FormLabel.part.written)”和“\(FormLabel.aspect.written)”",
                "the head of the grid is missing: \"\(FormLabel.part.written)\" and \"\(FormLabel.aspect.written)\"",
                nil
            )
            return MarksFile.Reading(marks: [], findings: findings)
        }
        var reader = MarkReader(plan: plan)
        let rows = rows(head, owner, &reader)
        var marks: [MarksFile.Mark] = []
        for (cell, code) in head.entrants {
            marks += self.marks(cell, code, rows, owner, head, &reader)
        }
        strays(head, rows)
        return MarksFile.Reading(marks: marks, findings: findings)
    }

    private func head() -> Head? {
        for row in sheet.rows {
            let labels = row.cells.map { ($0, FormLabel($0)) }
            guard let part = labels.first(where: { $0.1 == .part }),
                let aspect = labels.first(where: { $0.1 == .aspect })
            else { continue }
            var entrants: [(Workbook.Cell, String)] = []
            var others: Set<Int> = []
            for (cell, label) in labels {
                let text = cell.text.trimmingBlanks()
                if label != nil || ["备注", "note", "notes"].contains(text.lowercased()) {
                    others.insert(cell.address.column)
                } else if !text.isEmpty {
                    entrants.append((cell, text))
                }
            }
            return Head(
                row: row.number,
                part: part.0.address.column,
                aspect: aspect.0.address.column,
                entrants: entrants,
                others: others
            )
        }
        return nil
    }

    private mutating func rows(
        _ head: Head,
        _ owner: FormOwner,
        _ reader: inout MarkReader
    ) -> [AspectRow] {
        let unit = plan.units[owner.unit]
        let slots = owner.judge == nil ? unit.agreed : unit.judged
        var rows: [AspectRow] = []
        var part = ""
        for row in sheet.rows where row.number > head.row {
            // Where the cells of a part were merged, only the first has its name.
            let written = row.cell(column: head.part)?.text.trimmingBlanks() ?? ""
            guard let cell = row.cell(column: head.aspect) else { continue }
            if !written.isEmpty { part = written }
            do throws(Refusal) {
                let aspect: String
                do throws(Refusal) {
                    aspect = try CellEntry.text(cell)
                } catch {
                    throw error.placed(place.at(cell.address))
                }
                if aspect.isEmpty { continue }
                let number = try reader.aspect(part: part, aspect: aspect) { field in
                    let column = field == .part ? head.part : head.aspect
                    return Workbook.Address(row: row.number, column: column).map(place.at) ?? place
                }
                let planned = plan.aspects[number]
                let isHere = slots.contains {
                    $0.part == planned.part && $0.aspect.id == planned.aspect.id
                }
                guard isHere else {
                    let who = owner.judge?.text ?? "panel"
                    throw Refusal(
                        "form.aspect",
                        Text(
                            "评分点 \(planned.address) 不在 \(who) 的 \(unit.id.text) 评分表上",
                            "aspect \(planned.address) is not on the sheet of \(who) for \(unit.id.text)"
                        ),
                        at: place.at(cell.address)
                    )
                }
                rows.append(AspectRow(row: row, part: part, aspect: aspect, number: number))
            } catch {
                findings += error.findings
            }
        }
        return rows
    }

    /// The marks of an entrant's column.
    private mutating func marks(
        _ header: Workbook.Cell,
        _ code: String,
        _ rows: [AspectRow],
        _ owner: FormOwner,
        _ head: Head,
        _ reader: inout MarkReader
    ) -> [MarksFile.Mark] {
        let filled = rows.compactMap { row in
            row.row.cell(column: header.address.column).flatMap { cell in
                Self.isBlank(cell) ? nil : (row, cell)
            }
        }
        guard !filled.isEmpty else { return [] }
        do throws(Refusal) {
            try check(header, code)
        } catch {
            findings += error.placed(place.at(header.address)).findings
            return []
        }
        var marks: [MarksFile.Mark] = []
        for (row, cell) in filled {
            do throws(Refusal) {
                marks.append(
                    try reader.mark(
                        Fields(
                            entrant: code,
                            part: row.part,
                            aspect: row.aspect,
                            judge: owner.judge,
                            attempt: owner.attempt,
                            cell: cell,
                            place: place
                        )
                    )
                )
            } catch {
                findings += error.findings
            }
        }
        return marks
    }

    private func check(_ header: Workbook.Cell, _ code: String) throws(Refusal) {
        _ = try CellEntry.text(header)
        let entrant = try MarkReader.entrant(code) { place.at(header.address) }
        guard target.entrants.contains(entrant) else {
            throw Refusal(
                "form.entrant",
                Text(
                    "\(target.item.text) 没有选手或加密号 \(code)",
                    "\(target.item.text) has no entrant or blind number \(code)"
                )
            )
        }
    }

    /// Values between the first and the last row of the grid that belong to no aspect or no entrant.
    private mutating func strays(_ head: Head, _ rows: [AspectRow]) {
        guard let last = rows.last?.row.number else { return }
        let inGrid = Set(rows.map(\.row.number))
        let columns = Set(head.entrants.map(\.cell.address.column))
        for row in sheet.rows where row.number > head.row && row.number <= last {
            for cell in row.cells where !Self.isBlank(cell) {
                let column = cell.address.column
                let isMark = columns.contains(column)
                if isMark, !inGrid.contains(row.number),
                    row.cell(column: head.aspect).map(Self.isBlank) ?? true
                {
                    report(
                        "form.row",
                        "此行没有评分点,分数不知归属",
                        "no aspect stands in this row; whose mark is this?",
                        cell.address
                    )
                } else if !isMark, !head.others.contains(column), inGrid.contains(row.number) {
                    report(
                        "form.column",
                        "此列表头没有选手编号,分数不知归属",
                        "no entrant stands above this column; whose mark is this?",
                        cell.address
                    )
                }
            }
        }
    }

    private static func isBlank(_ cell: Workbook.Cell) -> Bool {
        guard case .text(let text) = cell.content else { return false }
        return text.trimmingBlanks().isEmpty
    }

    private mutating func report(
        _ code: String,
        _ zh: String,
        _ en: String,
        _ address: Workbook.Address?
    ) {
        findings.append(
            Finding(code, Text(zh, en), at: address.map(place.at) ?? place)
        )
    }

    /// The fields of a mark on a form.
    private struct Fields: MarkFields {
        let entrant: String
        let part: String
        let aspect: String
        let judge: JudgeID?
        let attempt: Int
        let cell: Workbook.Cell
        let place: Place

        func text(_ field: MarkField) -> String? {
            switch field {
            case .entrant: entrant
            case .part: part
            case .aspect: aspect
            case .judge: judge?.text
            case .attempt: "\(attempt)"
            case .mark, .review: nil
            }
        }

        func place(_ field: MarkField) -> Place { place.at(cell.address) }

        func mark(of aspect: Aspect) throws(Refusal) -> String {
            try CellEntry.mark(cell, of: aspect)
        }
    }
}
