internal import Competition
internal import Exact
internal import Findings
internal import Ledger
internal import Scoring
internal import Secretariat
public import Terminal

extension ChiefScreen {
    /// What is shown now, in a window of that size.
    public func frame(_ size: Size) -> Frame {
        guard size.rows >= JudgeScreen.least.rows, size.columns >= JudgeScreen.least.columns else {
            let text = tr("窗口太小,至少 80×24", "the window is too small; at least 80×24")
            return Frame(lines: [Line(text)])
        }
        var frame = Frame(lines: [header(size)])
        switch mode {
        case .grid, .prompt: gridPage(&frame, size)
        case .flags: flagsPage(&frame, size)
        case .marks, .diagnosis: pageLines(&frame, size, page)
        case .help: pageLines(&frame, size, helpLines())
        }
        while frame.lines.count < size.rows - 3 { frame.lines.append(Line()) }
        if case .prompt(let prompt) = mode {
            var line = Line(" " + label(prompt) + " > ", .bold)
            line.add(typed)
            frame.cursor = Frame.Cursor(row: size.rows - 3, column: line.width)
            frame.lines = Array(frame.lines.prefix(size.rows - 3)) + [line]
        } else {
            frame.lines = Array(frame.lines.prefix(size.rows - 3)) + [wantingLine(size)]
        }
        frame.lines.append(Line(message, size))
        frame.lines.append(Line(DisplayWidth.fitted(keys, to: size.columns), .bar))
        return frame
    }

    private func label(_ prompt: Prompt) -> String {
        switch prompt {
        case .aspects: tr("退回哪些评分点(空格分开,空为全部)", "for which aspects (blanks between; none is all)")
        case .reason: tr("退回的理由", "why it is sent back")
        case .answer: tr("答复", "answer")
        case .lock: tr("锁定后分数不能再改。输入 y 锁定", "no mark changes after the lock. y locks")
        }
    }

    private var keys: String {
        switch mode {
        case .grid:
            tr(
                " Tab 单元  Enter 并列  c 复核  b 退回  f 提请  d 诊断  l 锁定  ? 说明  q 离开",
                " Tab unit  Enter marks  c confirm  b send back  f questions  d diagnosis  l lock  ?"
            )
        case .flags: tr(" 上下键 选择  Enter 答复  Esc 返回", " arrows choose  Enter answers  Esc back")
        case .prompt: tr(" Enter 确定  Esc 取消", " Enter goes on  Esc cancels")
        default: tr(" 上下键 翻看  Esc 返回", " arrows scroll  Esc back")
        }
    }

    private func header(_ size: Size) -> Line {
        let left =
            " " + tr("桂冠", "Laurel") + " \(desk.item.text) \(desk.title[language]) - "
            + tr("裁判长席", "chief judge's desk")
        let progress = board.progress
        var right =
            progress.state.text[language] + "  "
            + tr(
                "已交 \(progress.entered)/\(progress.expected)",
                "\(progress.entered)/\(progress.expected) in"
            )
        if !board.openFlags.isEmpty {
            right += tr("  提请 \(board.openFlags.count)", "  questions \(board.openFlags.count)")
        }
        if desk.waiting > 0 {
            right += tr("  断网,待发送 \(desk.waiting)", "  OFF LINE, \(desk.waiting) waiting")
        }
        if desk.isRehearsal { right += tr("  演练", "  REHEARSAL") }
        right += " "
        return Line(left: left, right: right, size)
    }

    private func wantingLine(_ size: Size) -> Line {
        let wanting = board.progress.wanting[language]
        return Line(" " + DisplayWidth.fitted(wanting, to: size.columns - 2), .bold)
    }

    /// How a cell of the grid reads.
    func word(_ place: MarkingBoard.Place) -> (text: String, tone: Style.Tone) {
        switch board.state(place) {
        case nil: (tr("回避", "barred"), .plain)
        case .missing: ("-", .plain)
        case .entered: (tr("已录", "in"), .plain)
        case .confirmed: (tr("已核", "ok"), .good)
        case .differs: (tr("不同", "differs"), .bad)
        case .returned: (tr("退回", "back"), .back)
        }
    }

    private func gridPage(_ frame: inout Frame, _ size: Size) {
        guard board.units.indices.contains(unit) else { return }
        let shown = board.units[unit]
        var context = Line(" ")
        context.add(tr("单元 ", "unit ") + shown.id.text + " " + shown.title[language], .bold)
        if shown.attempts > 1 {
            context.add(tr("  第 \(attempt) 轮", "  attempt \(attempt)"), .bold)
        }
        context.add("  \(unit + 1)/\(board.units.count)", .dim)
        frame.lines.append(context)
        let nameWidth = 14
        let spreadWidth = 22
        let names = columns.map { $0?.text ?? tr("裁判组", "panel") }
        let cellWidth = max(9, (names.map(DisplayWidth.of).max() ?? 0) + 2)
        let visible = max(1, (size.columns - nameWidth - spreadWidth - 2) / cellWidth)
        let first = max(0, min(column - visible + 1, names.count - visible))
        var head = Line("  ")
        head.add(tr("选手", "entrant"), columns: nameWidth, .bold)
        for name in names.dropFirst(first).prefix(visible) {
            head.add(name, columns: cellWidth, .bold, alignedRight: true)
        }
        head.add("  " + tr("差距过大", "too far apart"), .bold)
        frame.lines.append(head)
        frame.lines.append(Line(String(repeating: "-", count: size.columns), .dim))
        let room = size.rows - 7
        let top = max(0, min(row - room / 2, board.entrants.count - room))
        for number in board.entrants.indices.dropFirst(top).prefix(room) {
            let entrant = board.entrants[number]
            var line = Line("  ")
            line.add(entrant.text, columns: nameWidth)
            for (place, judge) in columns.enumerated().dropFirst(first).prefix(visible) {
                let cell = word(
                    MarkingBoard.Place(
                        entrant: entrant,
                        unit: unit,
                        judge: judge,
                        attempt: attempt
                    )
                )
                let isHere = number == row && place == column
                line.add(" ")
                line.add(
                    cell.text,
                    columns: cellWidth - 1,
                    Style(reverse: isHere, tone: cell.tone),
                    alignedRight: true
                )
            }
            let apart = board.spreads.filter {
                $0.entrant == entrant && $0.unit == unit && $0.attempt == attempt
            }.map { shown.judged[$0.column].aspect.id.text + " \($0.lowest)-\($0.highest)" }
            line.add("  " + apart.joined(separator: ", "), Style(bold: true, tone: .bad))
            frame.lines.append(line)
        }
    }

    private func flagsPage(_ frame: inout Frame, _ size: Size) {
        frame.lines.append(Line())
        if board.openFlags.isEmpty {
            frame.lines.append(Line("  " + tr("没有待答复的提请。", "No question is open.")))
        }
        for (number, remark) in board.openFlags.enumerated() {
            let place = [remark.entrant?.text, remark.aspect].compactMap { $0 }
                .joined(separator: " ")
            let style = number == flag ? Style(bold: true, reverse: true) : .bold
            frame.lines.append(
                Line(
                    "  " + tr("第 \(remark.position) 条  ", "entry \(remark.position)  ")
                        + remark.author + "  " + place,
                    style
                )
            )
            let said = ((try? desk.words(remark)) ?? nil) ?? tr("(已删除)", "(erased)")
            frame.lines += DisplayWidth.wrapped(said, to: size.columns - 6).map {
                Line("    " + $0)
            }
        }
    }

    private func pageLines(_ frame: inout Frame, _ size: Size, _ lines: [Line]) {
        frame.lines.append(Line())
        let room = size.rows - 5
        let first = max(0, min(scroll, lines.count - room))
        frame.lines += lines.dropFirst(first).prefix(room).map(Line.indented)
    }

    /// The judges' marks side by side, what lies too far apart in its own colour and with a word.
    func marksLines(
        _ place: MarkingBoard.Place,
        _ panel: [(judge: JudgeID?, marks: [Int32])]
    ) -> [Line] {
        let judges = panel.filter { $0.judge != nil }
        var head = Line()
        head.add(place.entrant.text + "  " + board.units[place.unit].id.text, columns: 36, .bold)
        for sheet in judges {
            head.add(sheet.judge?.text ?? "", columns: 12, .bold, alignedRight: true)
        }
        var lines = [head, Line()]
        for (column, slot) in board.units[place.unit].judged.enumerated() {
            let isApart = board.spreads.contains {
                $0.entrant == place.entrant && $0.unit == place.unit
                    && $0.attempt == place.attempt && $0.column == column
            }
            let style = isApart ? Style(bold: true, tone: .bad) : .plain
            var line = Line()
            line.add(slot.address + " " + slot.aspect.title[language], columns: 36, style)
            for sheet in judges {
                line.add(
                    words.text(sheet.marks[column], slot.aspect),
                    columns: 12,
                    style,
                    alignedRight: true
                )
            }
            if isApart { line.add("  " + tr("差距过大", "too far apart"), style) }
            lines.append(line)
        }
        guard let agreed = panel.first(where: { $0.judge == nil }) else { return lines }
        lines += [Line(), Line(tr("裁判组一致评分", "agreed by the panel"), .bold)]
        for (slot, mark) in zip(board.units[place.unit].agreed, agreed.marks) {
            var line = Line()
            line.add(slot.address + " " + slot.aspect.title[language], columns: 36)
            line.add(words.text(mark, slot.aspect), columns: 12, alignedRight: true)
            lines.append(line)
        }
        return lines
    }

    func diagnosisLines(_ diagnosis: PanelDiagnosis) -> [Line] {
        var head = Line()
        let names = [
            tr("裁判", "judge"), tr("宽严", "severity"), tr("稳定", "steadiness"),
            tr("用分幅度", "range"), tr("分数", "marks"),
        ]
        for (number, name) in names.enumerated() {
            head.add(name, columns: number == 0 ? 16 : 12, .bold, alignedRight: number > 0)
        }
        var lines = [head]
        for judge in diagnosis.judges {
            var line = Line()
            line.add(judge.judge.text, columns: 16)
            for text in [
                judge.severity.shortest, judge.consistency.shortest,
                judge.rangeUse?.shortest ?? "-", "\(judge.marks)",
            ] {
                line.add(text, columns: 12, alignedRight: true)
            }
            lines.append(line)
        }
        lines += [
            Line(),
            Line(
                tr(
                    "Kendall W \(diagnosis.kendallsW?.shortest ?? "-"),ICC(2,1) \(diagnosis.intraclass?.shortest ?? "-"),选手 \(diagnosis.entrants) 名;百分比,四舍五入到 2 位",
                    "Kendall's W \(diagnosis.kendallsW?.shortest ?? "-"), ICC(2,1) \(diagnosis.intraclass?.shortest ?? "-"), \(diagnosis.entrants) entrants; percent, half up to 2 places"
                ),
                .dim
            ),
        ]
        return lines
    }

    private func helpLines() -> [Line] {
        let keys: [(String, String)] = [
            (tr("方向键", "arrows"), tr("在裁判 × 选手的表上移动", "move on the grid of judges and entrants")),
            ("Tab", tr("下一个评分单元(轮次)", "the next unit (attempt)")),
            (
                "Enter",
                tr("各裁判分数并列(交齐之后)", "the judges' marks side by side, once all are in")
            ),
            ("c", tr("复核全部待复核的(本人录入的除外)", "confirm all that awaits it, but one's own entries")),
            ("b", tr("退回所选的评分表,写明评分点和理由", "send the sheet back, with aspects and a reason")),
            ("f", tr("裁判的提请和答复", "the judges' questions")),
            ("d", tr("裁判评分诊断", "how the judges mark")),
            ("l", tr("锁定项目", "lock the item")),
            ("q", tr("离开", "leave")),
            (
                tr("表中", "words"),
                tr(
                    "- 未交  已录 未复核  已核 已复核  不同 复录不一致  退回  回避",
                    "- missing  in: not confirmed  ok: confirmed  differs: second entry  back: sent back  barred"
                )
            ),
        ]
        return keys.map { key, text in
            var line = Line()
            line.add(key, columns: 10, .bold)
            line.add(text)
            return line
        }
    }
}
