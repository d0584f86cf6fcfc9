internal import Competition
internal import Findings

extension MarkForm {
    /// The workbook of forms, one a worksheet; a form with more entrants than fit a page goes over
    /// several.
    public static func workbook(_ forms: [MarkForm]) -> WorkbookDraft {
        let sheets = forms.flatMap { form in
            // As even as can be: 13 are 7 and 6, not 10 and 3.
            let count = form.entrants.count
            let number = max(1, (count + mostEntrants - 1) / mostEntrants)
            let size = max(1, (count + number - 1) / number)
            let pages = stride(from: 0, to: count, by: size).map {
                Array(form.entrants[$0..<min($0 + size, count)])
            }
            return pages.enumerated().map { number, entrants in
                var page = form
                page.entrants = entrants
                return FormDrawing(form: page, page: number + 1, pages: pages.count).drawn()
            }
        }
        let title = forms.first.map { $0.item.text + " 评分表 Marking form" } ?? ""
        return WorkbookDraft(title: title, sheets: sheets)
    }
}

/// Draws one form.
private struct FormDrawing {
    let form: MarkForm
    let page: Int
    let pages: Int
    private var sheet: WorkbookDraft.Sheet
    private var row = 1

    private typealias Style = WorkbookDraft.Style
    /// Part, aspect, content, expected: the columns left of the entrants.
    private static let widths = [7, 10, 46, 24]
    private static let firstEntrant = 5
    private static let label = Style(isBold: true, side: .left)
    private static let value = Style(hasLineBelow: true, side: .left)
    private static let head = Style(
        isBold: true,
        shade: 0xDDE7F0,
        isWrapped: true,
        hasBorder: true,
        side: .centre
    )
    private static let body = Style(isWrapped: true, hasBorder: true, side: .left)
    private static let fill = Style(
        size: 12,
        shade: 0xFFF9E0,
        hasBorder: true,
        isUnlocked: true,
        side: .centre
    )
    private static let name = Style(isWrapped: true, hasBorder: true, side: .centre)
    private static let small = Style(size: 9, isWrapped: true, side: .left)
    private static let legend = Style(size: 10, isWrapped: true, side: .left)

    init(form: MarkForm, page: Int, pages: Int) {
        self.form = form
        self.page = page
        self.pages = pages
        var name = (form.judge?.text ?? MarkForm.panel.zh) + " " + form.unit.id.text
        if form.unit.attempts > 1 { name += " 轮\(form.attempt)" }
        if pages > 1 { name += " (\(page) of \(pages))" }
        sheet = WorkbookDraft.Sheet(name: name)
    }

    private var who: String {
        form.judge?.text ?? MarkForm.panel.zh + " " + MarkForm.panel.en
    }

    /// The last column; four entrants' at least, so that the signatures have room.
    private var lastColumn: Int { Self.firstEntrant + max(form.entrants.count, 4) - 1 }

    private var entrantWidth: Int {
        max(10, (form.entrants.map { Self.width($0.text) }.max() ?? 0) + 2)
    }

    private var wholeWidth: Int {
        Self.widths.reduce(0, +) + (lastColumn - Self.firstEntrant + 1) * entrantWidth
    }

    func drawn() -> WorkbookDraft.Sheet {
        var drawing = self
        drawing.setColumns()
        drawing.drawHead()
        drawing.drawGrid()
        drawing.drawLegend()
        drawing.drawSignatures()
        return drawing.sheet
    }

    private mutating func setColumns() {
        for (index, width) in Self.widths.enumerated() { sheet.widths[index + 1] = width }
        for column in Self.firstEntrant...lastColumn { sheet.widths[column] = entrantWidth }
        sheet.isProtected = true
        sheet.page.isLandscape = true
        func plain(_ text: String) -> String {
            text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&&")
        }
        let title = form.item.text + " " + form.title.zh
        let unit = form.unit.id.text + (form.unit.attempts > 1 ? " · 轮 \(form.attempt)" : "")
        sheet.page.header = "&L \(plain(title))&R\(plain(who)) · \(plain(unit))"
        let mark = form.isRehearsal ? "演练 REHEARSAL" : ""
        sheet.page.footer = "&L \(plain(form.card))&C第 &P 页,共 &N 页&R\(mark)"
    }

    /// A row of one text over the whole width.
    private mutating func line(_ text: String, _ style: Style) {
        sheet.put(.text(text), row: row, column: 1, columns: lastColumn, style: style)
        let size = style.size ?? 11
        // A letter of another size takes room in proportion.
        let room = wholeWidth * 11 / size
        sheet.heights[row] = max(18, Self.lines(text, width: room) * (size * 14 / 10) + 4)
        row += 1
    }

    private mutating func drawHead() {
        line(Self.both(form.event), Style(isBold: true, size: 16, side: .centre))
        line(
            "\(form.item.text) \(Self.both(form.title)) · 评分表 Marking form",
            Style(isBold: true, size: 13, side: .centre)
        )
        if form.isRehearsal {
            line(
                "演练,分数不作数 REHEARSAL: these marks do not count",
                Style(isBold: true, size: 13, colour: 0xC00000, shade: 0xFDE9E7, side: .centre)
            )
        }
        landmarks(.item, .text(form.item.text), .card, .text(form.card))
        landmarks(.judge, .text(who), .unit, .text(form.unit.id.text))
        landmarks(.attempt, .number("\(form.attempt)"), nil, .blank)
        line(
            "只填浅黄色格。未做、缺考、弃权照写;没打的分留空,不要写 0;改动处由裁判签名。 Fill in the yellow cells only. Write 未做 (not attempted), 缺考 (absent) or 弃权 (withdrew) as they are; leave unmarked aspects empty, never 0; initial changes.",
            Self.small
        )
    }

    private mutating func landmarks(
        _ left: FormLabel,
        _ leftValue: WorkbookDraft.Value,
        _ right: FormLabel?,
        _ rightValue: WorkbookDraft.Value
    ) {
        sheet.put(.text(left.written), row: row, column: 1, columns: 2, style: Self.label)
        sheet.put(leftValue, row: row, column: 3, style: Self.value)
        if let right {
            sheet.put(.text(right.written), row: row, column: 4, style: Self.label)
            sheet.put(
                rightValue,
                row: row,
                column: Self.firstEntrant,
                columns: 2,
                style: Self.value
            )
        }
        sheet.heights[row] = 20
        row += 1
    }

    private mutating func drawGrid() {
        for (index, label) in [FormLabel.part, .aspect, .content, .expected].enumerated() {
            let text = label.text.zh + "\n" + label.text.en
            sheet.put(.text(text), row: row, column: index + 1, style: Self.head)
        }
        for (index, entrant) in form.entrants.enumerated() {
            let column = Self.firstEntrant + index
            sheet.put(.text(entrant.text), row: row, column: column, style: Self.head)
        }
        sheet.heights[row] = 34
        sheet.page.repeatedRows = row...row
        row += 1
        sheet.frozen = Workbook.Address(row: row, column: Self.firstEntrant)
        for slot in form.slots {
            draw(slot)
            row += 1
        }
    }

    private mutating func draw(_ slot: SheetUnit.Slot) {
        let aspect = slot.aspect
        var content = Self.both(aspect.title)
        if let requirement = aspect.requirement { content += "\n" + Self.both(requirement) }
        let words = form.words(aspect)
        let expected = aspect.expectation.zh + "\n" + aspect.expectation.en
        let texts = [slot.part.text, aspect.id.text, content, expected]
        for (index, text) in texts.enumerated() {
            let style = index < 2 ? Self.name : Self.body
            sheet.put(.text(text), row: row, column: index + 1, style: style)
        }
        let lines = zip(texts, Self.widths).map { Self.lines($0, width: $1) }.max() ?? 1
        sheet.heights[row] = max(24, lines * 15 + 4)
        for index in form.entrants.indices {
            sheet.put(.blank, row: row, column: Self.firstEntrant + index, style: Self.fill)
        }
        let last = Self.firstEntrant + form.entrants.count - 1
        guard let from = Workbook.Address(row: row, column: Self.firstEntrant),
            let to = Workbook.Address(row: row, column: last),
            let block = Workbook.Block(first: from, last: to)
        else { return }
        sheet.rule(
            FormRule(aspect: aspect, words: words).rule(
                address: slot.address,
                cell: from
            ),
            over: block
        )
    }

    /// What the codes stand for: the benchmarks of judgements and the titles of options.
    private mutating func drawLegend() {
        row += 1
        var hasHead = false
        for slot in form.slots {
            let parts = FormRule.meanings(slot.aspect)
            guard !parts.isEmpty else { continue }
            if !hasHead {
                line("评价基准 Benchmarks", Style(isBold: true, side: .left))
                hasHead = true
            }
            let name = "\(slot.part.text) \(slot.aspect.id.text) \(Self.both(slot.aspect.title))"
            let texts = parts.map { "    \($0.code) = \(Self.both($0.text))" }
            line(([name] + texts).joined(separator: "\n"), Self.legend)
        }
        if hasHead { row += 1 }
    }

    /// Each line is whole by itself, for no program keeps rows together on a page.
    private mutating func drawSignatures() {
        let judge =
            form.judge == nil ? "裁判组签名 Panel" : "裁判员签名 Judge"
        signatures(judge, "日期 Date")
        signatures("录入 Entered by", "复核 Checked by")
    }

    private mutating func signatures(_ left: String, _ right: String) {
        sheet.put(.text(left), row: row, column: 1, columns: 2, style: Self.label)
        sheet.put(.blank, row: row, column: 3, style: Self.value)
        sheet.put(
            .text(right),
            row: row,
            column: 4,
            style: Style(isBold: true, side: .right)
        )
        sheet.put(
            .blank,
            row: row,
            column: Self.firstEntrant,
            columns: 3,
            style: Self.value
        )
        sheet.heights[row] = 28
        row += 1
    }

    /// Chinese with the English beside it; once where they are the same.
    private static func both(_ text: Text) -> String {
        text.zh == text.en ? text.zh : text.zh + " " + text.en
    }

    /// The width of a text in letters: a Chinese character takes two.
    private static func width(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
    }

    /// How many lines a text takes in a column; a little more, as words do not break anywhere.
    private static func lines(_ text: String, width room: Int) -> Int {
        text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { count, line in
            count + max(1, (width(line) * 21 / 20 + room - 1) / max(room, 1))
        }
    }
}
