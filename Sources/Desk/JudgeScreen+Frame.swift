internal import Seal
internal import Ledger
internal import Competition
internal import Exact
internal import Findings
internal import Secretariat
public import Terminal

extension JudgeScreen {
    /// The smallest window that the desk is laid out for.
    static let least = Size(rows: 24, columns: 80)

    /// What is shown now, in a window of that size.
    public func frame(_ size: Size) -> Frame {
        guard size.rows >= Self.least.rows, size.columns >= Self.least.columns else {
            let text = tr(
                "窗口 \(size.columns)×\(size.rows) 太小,至少 80×24;已录的都已保存",
                "the window is \(size.columns)×\(size.rows); at least 80×24. All is kept"
            )
            return Frame(lines: DisplayWidth.wrapped(text, to: size.columns).map { Line($0) })
        }
        var frame = Frame(lines: [header(size)])
        switch mode {
        case .fields: fieldsPage(&frame, size)
        case .prompt: fieldsPage(&frame, size)
        case .overview: overviewPage(&frame, size)
        case .details: page(&frame, size, detailLines(size.columns - 4, full: true))
        case .review: page(&frame, size, reviewLines(size.columns - 4))
        case .receipts: page(&frame, size, receiptLines())
        case .answers: page(&frame, size, answerLines(size.columns - 4))
        case .help: page(&frame, size, helpLines())
        }
        while frame.lines.count < size.rows - 2 { frame.lines.append(Line()) }
        frame.lines.append(Line(message, size))
        frame.lines.append(footer(size))
        return frame
    }

    private func header(_ size: Size) -> Line {
        let again = desk.purpose == .again ? tr(" 复录", " second entry") : ""
        let left =
            " " + tr("桂冠", "Laurel") + " \(desk.item.text) \(desk.title[language])\(again) - "
            + desk.name
        let progress = desk.progress
        let back = desk.tasks.filter(desk.cameBack).count
        var right = tr(
            "已录 \(progress.entered)/\(progress.all)",
            "\(progress.entered)/\(progress.all) entered"
        )
        if back > 0 { right += tr("  退回 \(back)", "  back \(back)") }
        if !answers.isEmpty { right += tr("  答复 \(answers.count)", "  answers \(answers.count)") }
        if desk.waiting > 0 {
            right += tr("  断网,待发送 \(desk.waiting)", "  OFF LINE, \(desk.waiting) waiting")
        }
        if desk.isRehearsal { right += tr("  演练", "  REHEARSAL") }
        right += " "
        return Line(left: left, right: right, size)
    }

    func rule(_ size: Size) -> Line {
        Line(String(repeating: "-", count: size.columns), .dim)
    }

    private func footer(_ size: Size) -> Line {
        let keys: String =
            switch mode {
            case .fields:
                tr(
                    " Enter 下一项  x 未做  u 撤销  c 备注  f 提请  o 次序  g 总览  s 签名  ? 说明",
                    " Enter next  x not attempted  u undo  c comment  f ask  o order  g all  s sign  ?"
                )
            case .overview:
                tr(
                    " 方向键 选表  Enter 打开  l 刷新  a 答复  s 签名  ? 帮助  q 离开",
                    " arrows choose  Enter opens  l reload  a answers  s sign  ? help  q leave"
                )
            case .review:
                tr(
                    " y 签名并提交  上下键 翻看  Esc 返回",
                    " y signs and hands in  arrows scroll  Esc back"
                )
            case .prompt: tr(" Enter 确定  Esc 取消", " Enter keeps  Esc cancels")
            default: tr(" 上下键 翻看  其他键 返回", " arrows scroll  any other key goes back")
            }
        return Line(DisplayWidth.fitted(keys, to: size.columns), .bar)
    }

    // MARK: The fields

    private func fieldsPage(_ frame: inout Frame, _ size: Size) {
        guard let field else { return }
        frame.lines.append(contextLine(field, size))
        frame.lines.append(rule(size))
        let isWide = size.columns >= 110
        let body = size.rows - 6
        let below = isWide ? 0 : min(9, body / 2)
        let listWidth = isWide ? size.columns * 11 / 20 : size.columns
        let list = listLines(field, rows: body - below - (below > 0 ? 1 : 0), width: listWidth)
        if isWide {
            let detail = detailLines(size.columns - listWidth - 3, full: false)
            for row in 0..<body {
                var line = row < list.count ? list[row] : Line()
                line.pad(to: listWidth)
                line.add("| ", .dim)
                if row < detail.count { line.add(detail[row]) }
                frame.lines.append(line)
            }
        } else {
            let rows = body - below - 1
            for row in 0..<rows { frame.lines.append(row < list.count ? list[row] : Line()) }
            frame.lines.append(rule(size))
            let detail = detailLines(size.columns - 4, full: false)
            let isCut = detail.count > below
            for line in detail.prefix(isCut ? below - 1 : below) {
                frame.lines.append(Line.indented(line))
            }
            if isCut { frame.lines.append(Line(tr("  .. d 全文", "  .. d shows all"), .dim)) }
        }
        while frame.lines.count < size.rows - 3 { frame.lines.append(Line()) }
        inputLine(&frame, field)
    }

    private func contextLine(_ field: MarkingDesk.Field, _ size: Size) -> Line {
        let task = desk.tasks[field.task]
        let unit = desk.units[task.unit]
        var line = Line(" ")
        if order == .entrant {
            line.add(tr("选手 ", "entrant ") + task.entrant.text, .bold)
            line.add(tr("   单元 ", "   unit ") + unit.id.text + " " + unit.title[language])
        } else {
            let slot = desk.slot(field)
            line.add(
                tr("评分点 ", "aspect ") + slot.address,
                .bold
            )
            line.add(tr("   逐人评同一项", "   across all entrants"))
        }
        if unit.attempts > 1 {
            line.add(tr("   第 \(task.attempt) 轮", "   attempt \(task.attempt)"))
        }
        if let judge = task.judge {
            if judge.text != desk.name { line.add(tr("   裁判 ", "   judge ") + judge.text) }
        } else {
            line.add(tr("   裁判组一致评分", "   agreed by the panel"))
        }
        let group = fields.filter { self.group($0) == self.group(field) }
        let place = (group.firstIndex(of: field) ?? 0) + 1
        line.add("   \(place)/\(group.count)", .dim)
        if order == .entrant, desk.showsTotals, let sum = desk.subtotal(task) {
            line.add(tr("   本表小计 ", "   this sheet ") + sum.shortest)
        }
        return line
    }

    /// The sheet (or the aspect's entrants), scrolled so that the current field is in view.
    private func listLines(_ field: MarkingDesk.Field, rows: Int, width: Int) -> [Line] {
        let shown: [MarkingDesk.Field] =
            order == .entrant
            ? desk.slots(desk.tasks[field.task]).indices.map {
                MarkingDesk.Field(task: field.task, column: $0)
            }
            : fields.filter { group($0) == group(field) }
        guard let current = shown.firstIndex(of: field) else { return [] }
        let first = max(0, min(current - rows / 2, shown.count - rows))
        return shown.indices.dropFirst(first).prefix(rows).map {
            listLine(shown[$0], isCurrent: $0 == current, width: width)
        }
    }

    private func listLine(_ field: MarkingDesk.Field, isCurrent: Bool, width: Int) -> Line {
        let task = desk.tasks[field.task]
        let slot = desk.slot(field)
        let isOpen = desk.isOpen(field)
        let style = isCurrent ? Style(bold: true) : isOpen ? Style.plain : Style.dim
        var line = Line(isCurrent ? " > " : "   ", style)
        if order == .entrant {
            line.add(slot.address, columns: 10, style)
            line.add(" ")
            line.add(slot.aspect.title[language], columns: width - 37, style)
        } else {
            line.add(task.entrant.text, columns: 14, style)
            let judge = task.judge.map { $0.text == desk.name ? "" : $0.text } ?? ""
            line.add(judge, columns: width - 40, style)
        }
        var mark = ""
        if desk.cameBack(task), isOpen { mark = tr("退回", "back") }
        if desk.comment(field) != nil { mark = tr("注", "note") }
        line.add(mark, columns: 5, Style(tone: .back))
        let value = words.text(desk.value(field), slot.aspect)
        let isEmpty = value.isEmpty
        line.add(
            isEmpty ? (isCurrent ? "" : tr("待录", "open")) : value,
            columns: 14,
            isEmpty ? .dim : Style(bold: true, tone: .good),
            alignedRight: true
        )
        return line
    }

    private func inputLine(_ frame: inout Frame, _ field: MarkingDesk.Field) {
        let label: String
        if case .prompt(let prompt) = mode {
            label =
                switch prompt {
                case .comment: tr("备注", "comment")
                case .question: tr("提请裁判长", "to the chief judge")
                case .reason: tr("更正(或维持原分)的理由", "why it is corrected, or upheld")
                }
        } else {
            label = tr("录入 ", "enter ") + desk.slot(field).aspect.expectation[language]
        }
        var line = Line(" " + label + " > ", .bold)
        line.add(typed)
        frame.cursor = Frame.Cursor(row: frame.lines.count, column: line.width)
        frame.lines.append(line)
    }

    /// What the card says of the current aspect.
    private func detailLines(_ width: Int, full: Bool) -> [Line] {
        guard let field else { return [] }
        let task = desk.tasks[field.task]
        let slot = desk.slot(field)
        let aspect = slot.aspect
        var lines: [Line] = []
        func add(_ text: String, _ style: Style = .plain, indent: String = "") {
            let room = width - DisplayWidth.of(indent)
            for part in DisplayWidth.wrapped(text, to: room) {
                lines.append(Line(indent + part, style))
            }
        }
        for cause in desk.returns[task]?.causes ?? [] {
            add(words.text(cause, desk.slots(task)), Style(bold: true, tone: .back))
        }
        add(slot.address + " " + aspect.title[language], .bold)
        if let description = aspect.description { add(description[language]) }
        if let requirement = aspect.requirement {
            add(tr("要求:", "Required: ") + requirement[language])
        }
        let value = desk.value(field)
        switch aspect.marking {
        case .judgement(_, _, let levels):
            for (score, level) in levels.enumerated() {
                let style = value == Int32(score) ? Style(bold: true, tone: .good) : .plain
                for (number, part) in DisplayWidth.wrapped(level[language], to: width - 3)
                    .enumerated()
                {
                    lines.append(Line((number == 0 ? "\(score)  " : "   ") + part, style))
                }
            }
        case .options(let options):
            for option in options {
                let title = option.title?[language] ?? ""
                let isChosen = words.text(value, aspect) == option.code.shortest
                add(
                    option.code.shortest + "  " + title,
                    isChosen ? Style(bold: true, tone: .good) : .plain
                )
            }
        case .fullOrZero: add(tr("1 或 y 是,0 或 n 否", "1 or y yes, 0 or n no"), .dim)
        default: break
        }
        if let comment = desk.comment(field) { add(tr("备注:", "Comment: ") + comment, .dim) }
        if let reason = desk.reason(task) { add(tr("理由:", "Reason: ") + reason, .dim) }
        if full { add(tr("录入:", "Enter: ") + aspect.expectation[language], .dim) }
        return lines
    }
}
