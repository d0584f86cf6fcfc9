internal import Seal
internal import Ledger
internal import Competition
internal import Exact
internal import Findings
internal import Secretariat
internal import Terminal

/// The pages beside the fields: the overview, what would be signed, receipts, answers, keys.
extension JudgeScreen {
    func page(_ frame: inout Frame, _ size: Size, _ lines: [Line]) {
        frame.lines.append(Line())
        let room = size.rows - 4
        let first = max(0, min(scroll, lines.count - room))
        frame.lines += lines.dropFirst(first).prefix(room).map(Line.indented)
    }

    func overviewPage(_ frame: inout Frame, _ size: Size) {
        let grid = grid
        guard !grid.rows.isEmpty else {
            frame.lines += [
                Line(), Line("  " + tr("没有需要您评分的评分表。", "There is nothing here for you to mark.")),
            ]
            return
        }
        let hasJudges = grid.rows.contains { $0.judge?.text != desk.name && $0.judge != nil }
        let nameWidth = hasJudges ? 28 : 16
        let units = grid.columns.map { column -> String in
            let unit = desk.units[column.unit]
            return unit.id.text + (unit.attempts > 1 ? "#\(column.attempt)" : "")
        }
        let cellWidth = max(9, (units.map(DisplayWidth.of).max() ?? 0) + 2)
        let visible = max(1, (size.columns - nameWidth - 2) / cellWidth)
        let firstColumn = max(0, min(cell.column - visible + 1, units.count - visible))
        var head = Line("  ")
        head.add(tr("选手", "entrant"), columns: nameWidth, .bold)
        for name in units.dropFirst(firstColumn).prefix(visible) {
            head.add(name, columns: cellWidth, .bold, alignedRight: true)
        }
        frame.lines.append(head)
        frame.lines.append(rule(size))
        let room = size.rows - 6
        let firstRow = max(0, min(cell.row - room / 2, grid.rows.count - room))
        for row in grid.rows.indices.dropFirst(firstRow).prefix(room) {
            var line = Line("  ")
            var name = grid.rows[row].entrant.text
            if hasJudges {
                name += "  " + (grid.rows[row].judge?.text ?? tr("裁判组", "panel"))
            }
            line.add(name, columns: nameWidth)
            for column in grid.columns.indices.dropFirst(firstColumn).prefix(visible) {
                let state = grid.task(row, column).flatMap(state)
                let isHere = row == cell.row && column == cell.column
                let text = DisplayWidth.fitted(
                    state?.text ?? "-",
                    to: cellWidth - 1,
                    alignedRight: true
                )
                line.add(" ")
                line.add(text, Style(reverse: isHere, tone: state?.tone ?? .plain))
            }
            frame.lines.append(line)
        }
    }

    func reviewLines(_ width: Int) -> [Line] {
        let ready = desk.ready
        var lines: [Line] = []
        let open = desk.tasks.count - ready.count
        lines.append(
            Line(
                tr(
                    "可签名提交 \(ready.count) 份,未录齐或未说明理由 \(open) 份。",
                    "\(ready.count) sheets are ready to be signed; \(open) lack marks or a reason."
                ),
                .bold
            )
        )
        for task in ready {
            lines += [Line(), Line(words.text(task, desk), .bold)]
            guard let number = desk.tasks.firstIndex(of: task) else { continue }
            let values = desk.slots(task).enumerated().map { column, slot in
                let field = MarkingDesk.Field(task: number, column: column)
                return slot.aspect.id.text + " "
                    + words.text(desk.value(field), slot.aspect)
            }
            let text = values.joined(separator: "   ")
            lines += DisplayWidth.wrapped(text, to: width).map { Line($0) }
            if let reason = desk.reason(task) {
                lines += DisplayWidth.wrapped(tr("理由:", "Reason: ") + reason, to: width)
                    .map { Line($0, .dim) }
            }
        }
        return lines
    }

    func receiptLines() -> [Line] {
        var lines = [
            Line(
                tr(
                    "已签名提交 \(handed.count) 份。请把回执写在纸质表上:",
                    "\(handed.count) sheets are signed and in. Write each receipt on its paper form:"
                ),
                .bold
            ), Line(),
        ]
        for sheet in handed {
            var line = Line()
            line.add(words.text(sheet.task, desk), columns: 26)
            line.add(sheet.receipt.statement.short, columns: 14, .bold)
            line.add(
                desk.waiting > 0
                    ? tr("存于本机,待发送", "kept here, waiting to be sent")
                    : tr("第 \(sheet.receipt.position) 条", "entry \(sheet.receipt.position)")
            )
            if !sheet.differs.isEmpty {
                line.add(
                    tr("  与第一次不同:", "  differs from the first: ")
                        + sheet.differs.joined(separator: " "),
                    Style(bold: true, tone: .bad)
                )
            }
            lines.append(line)
        }
        return lines
    }

    func answerLines(_ width: Int) -> [Line] {
        var lines: [Line] = []
        for (question, answer) in answers.reversed() {
            let place = [question.entrant?.text, question.aspect].compactMap { $0 }
                .joined(separator: " ")
            lines.append(
                Line(tr("第 \(question.position) 条 ", "entry \(question.position) ") + place, .bold)
            )
            lines += DisplayWidth.wrapped(tr("裁判长:", "Chief judge: ") + answer, to: width)
                .map { Line($0) }
            lines.append(Line())
        }
        return lines
    }

    func helpLines() -> [Line] {
        let keys: [(String, String)] = [
            ("0-9 . : -", tr("录入分数;时间可写 mm:ss.t", "type a mark; a time as mm:ss.t")),
            ("1 y / 0 n", tr("是 / 否", "yes / no")),
            (
                "Enter",
                tr("确定并到下一项;空着按则跳过", "accepts and goes on; on an empty field it skips")
            ),
            (tr("上下键 Tab", "arrows Tab"), tr("移动", "move")),
            ("PgUp PgDn", tr("上一张/下一张表(或评分点)", "the sheet (or aspect) before or after")),
            ("x", tr("未做(不是 0 分)", "not attempted, which is not a 0")),
            ("Del", tr("清除此项", "clears the field")),
            ("u", tr("撤销上一次录入", "takes the last value back")),
            ("c", tr("备注,随评分表提交", "a comment, which goes in with the sheet")),
            ("f", tr("提请裁判长,立即送达", "asks the chief judge, at once")),
            ("a", tr("裁判长的答复", "the chief judge's answers")),
            ("r", tr("退回的表:写明更正或维持原分的理由", "a sheet that came back: why it is corrected or upheld")),
            ("o", tr("次序:逐人 / 逐评分点", "the order: by entrant or by aspect")),
            ("d", tr("评分点全文", "all that the card says of the aspect")),
            ("g", tr("总览", "all sheets at a glance")),
            ("s", tr("核对并签名提交", "review, sign, hand in")),
            ("q", tr("离开;已录的都已加密保存", "leaves; all is kept, encrypted")),
        ]
        return keys.map { key, text in
            var line = Line()
            line.add(key, columns: 14, .bold)
            line.add(text)
            return line
        }
    }
}
