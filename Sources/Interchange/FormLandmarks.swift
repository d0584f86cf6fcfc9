internal import Competition
internal import Findings
internal import Scoring

/// Whose a form is, and of what.
struct FormOwner {
    /// The judge; nil for the panel.
    let judge: JudgeID?
    /// The number of the sheet unit in the plan.
    let unit: Int
    /// The attempt, from 1.
    let attempt: Int
}

/// The labels above a form's grid, each with the value that stands right of it.
struct FormLandmarks {
    private let found: [FormLabel: (label: Workbook.Cell, value: Workbook.Cell?)]

    /// How many labels were found.
    var count: Int { found.count }

    /// Looks for the labels in the rows above one.
    init(sheet: Workbook.Sheet, above end: Int) {
        var found: [FormLabel: (label: Workbook.Cell, value: Workbook.Cell?)] = [:]
        for row in sheet.rows where row.number < end {
            for (index, cell) in row.cells.enumerated() {
                guard let label = FormLabel(cell), FormLabel.landmarks.contains(label) else {
                    continue
                }
                let next = row.cells.dropFirst(index + 1).first
                let value = next.flatMap { FormLabel($0) == nil ? $0 : nil }
                if found[label]?.value == nil { found[label] = (cell, value) }
            }
        }
        self.found = found
    }

    /// Whose the form is.
    ///
    /// - Throws: a refusal with all that is missing or wrong; of a form of another item or card
    ///   only that is said.
    func owner(
        place: Place,
        plan: ScoringPlan,
        target: MarksFile.Target
    ) throws(Refusal) -> FormOwner {
        var findings: [Finding] = []
        var values: [FormLabel: String] = [:]
        for label in FormLabel.landmarks {
            do throws(Refusal) {
                values[label] = try value(of: label, place)
            } catch {
                findings += error.findings
            }
        }
        func fault(_ code: String, _ zh: String, _ en: String, _ label: FormLabel) -> Finding {
            let cell = found[label]?.value
            return Finding(code, Text(zh, en), at: cell.map { place.at($0.address) } ?? place)
        }
        if let item = values[.item], item != target.item.text {
            throw Refusal(
                fault(
                    "form.item",
                    "这是 \(item) 的评分表,不是 \(target.item.text) 的",
                    "this is a form of \(item), not of \(target.item.text)",
                    .item
                )
            )
        }
        if let card = values[.card], card.lowercased() != target.card.lowercased() {
            throw Refusal(
                fault(
                    "form.card",
                    "此表按另一份评分标准(\(card))打印,现行的是 \(target.card);请重新打印",
                    "the form was printed for another scorecard (\(card)) than the one in force, \(target.card); print it again",
                    .card
                )
            )
        }
        let unit = values[.unit].flatMap { name in
            plan.units.firstIndex { $0.id.text == name }
        }
        if let name = values[.unit], unit == nil {
            let names = plan.units.map(\.id.text)
            findings.append(
                fault(
                    "form.unit",
                    "没有评分单元“\(name)”;应为 \(names.joined(separator: "、"))",
                    "there is no sheet unit \"\(name)\"; expected one of \(names.joined(separator: ", "))",
                    .unit
                )
            )
        }
        let name = values[.judge] ?? ""
        let isPanel = Self.isPanel(name)
        let judge = isPanel ? nil : JudgeID(name)
        if values[.judge] != nil, !isPanel, judge == nil {
            findings.append(
                fault(
                    "mark.judge",
                    "裁判编号“\(name)”不成立",
                    "\"\(name)\" is no judge's name",
                    .judge
                )
            )
        }
        let most = unit.map { plan.units[$0].attempts } ?? 99
        let attempt = values[.attempt].flatMap { Int($0) } ?? 0
        if let text = values[.attempt], !(1...most).contains(attempt) {
            findings.append(
                fault(
                    "mark.attempt",
                    "轮次“\(text)”应为 1 到 \(most)",
                    "attempt \"\(text)\": expected 1 to \(most)",
                    .attempt
                )
            )
        }
        guard let unit, findings.isEmpty else { throw Refusal(findings) }
        return FormOwner(judge: judge, unit: unit, attempt: attempt)
    }

    private func value(of label: FormLabel, _ place: Place) throws(Refusal) -> String {
        guard let found = found[label] else {
            throw Refusal(
                "form.landmark",
                Text(
                    "评分表上没有“\(label.written)”一格",
                    "the form lacks the label \"\(label.written)\""
                ),
                at: place
            )
        }
        guard let cell = found.value else {
            throw Refusal(
                "form.value",
                Text(
                    "“\(label.written)”右边没有内容",
                    "nothing stands right of \"\(label.written)\""
                ),
                at: place.at(found.label.address)
            )
        }
        do throws(Refusal) {
            return try CellEntry.text(cell)
        } catch {
            throw error.placed(place.at(cell.address))
        }
    }

    private static func isPanel(_ text: String) -> Bool {
        let panel = MarkForm.panel
        let folded = text.lowercased().filter { !$0.isWhitespace }
        return [panel.zh, panel.en, panel.zh + panel.en].contains { $0.lowercased() == folded }
    }
}
