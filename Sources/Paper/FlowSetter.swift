internal import Findings

/// Lets the blocks of a flow run over pages.
struct FlowSetter {
    private static let padding = (across: 1.4, down: 1.1)
    private static let rule = (thin: 0.15, thick: 0.35, colour: UInt32(0x777777))

    private let flow: PageTemplate.Flow
    private let setter: PageSetter
    private var done: [[PageSetter.Mark]] = []
    private var marks: [PageSetter.Mark] = []
    private var y: Double

    init(_ flow: PageTemplate.Flow, _ setter: PageSetter) {
        self.flow = flow
        self.setter = setter
        y = flow.area.y
    }

    private var bottom: Double { flow.area.y + flow.area.height }
    private var canvas: PaperCanvas { setter.canvas }

    /// The pages with what stands on them.
    func pages() -> [[PageSetter.Mark]] {
        var copy = self
        for block in flow.blocks { copy.set(block) }
        return copy.done + [copy.marks]
    }

    private mutating func set(_ block: PageTemplate.Block) {
        switch block.content {
        case .paragraph(let text, let style):
            guard !text.isVoid(in: setter.filling.fields) else { return }
            leave(block.space)
            paragraph(text.filled(with: setter.filling.fields), style, at: block.place)
        case .table(let table): self.table(table, block)
        case .signatures(let labels, let style, let height):
            signatures(labels, style, height, block)
        }
    }

    private mutating func breakPage() {
        done.append(marks)
        marks = []
        y = flow.area.y
    }

    /// Free space, which a page's upper edge needs not.
    private mutating func leave(_ space: Double) { if y > flow.area.y { y += space } }

    private mutating func paragraph(
        _ text: String,
        _ style: PageTemplate.Style,
        at place: Place
    ) {
        // Line by line of the template, so that a long text may go on over the page's end.
        for line in PageSetter.plain(text).split(separator: "\n", omittingEmptySubsequences: false)
        {
            let words = line.isEmpty ? " " : String(line)
            let extent = canvas.measure(words, style, width: flow.area.width)
            guard setter.isKnown(extent, words, style, at: place) else { return }
            if y + extent.height > bottom, y > flow.area.y { breakPage() }
            guard isRoom(extent.height, at: place) else { return }
            marks.append(
                .text(words, style, x: flow.area.x, y: y, width: flow.area.width)
            )
            y += extent.height
        }
    }

    private func isRoom(_ height: Double, at place: Place) -> Bool {
        guard height > flow.area.height else { return true }
        setter.report(
            "print.fit",
            Text("一页也放不下这一段", "this is higher than a whole page"),
            at: place
        )
        return false
    }

    // MARK: Signatures

    private mutating func signatures(
        _ labels: [FieldText],
        _ style: PageTemplate.Style,
        _ height: Double,
        _ block: PageTemplate.Block
    ) {
        guard !labels.isEmpty else { return }
        let gap = 10.0
        let count = Double(labels.count)
        let width = (flow.area.width - gap * (count - 1)) / count
        let words = labels.map { PageSetter.plain($0.filled(with: setter.filling.fields)) }
        let extents = words.map { canvas.measure($0, style, width: width) }
        for (text, extent) in zip(words, extents)
        where !setter.isKnown(extent, text, style, at: block.place) { return }
        let tall = height + (extents.map(\.height).max() ?? 0) + 1
        leave(block.space)
        if y + tall > bottom, y > flow.area.y { breakPage() }
        guard isRoom(tall, at: block.place) else { return }
        for (index, text) in words.enumerated() {
            let x = flow.area.x + Double(index) * (width + gap)
            marks.append(
                .line(
                    .init(x: x, y: y + height, width: width),
                    thickness: 0.2,
                    colour: 0x000000
                )
            )
            marks.append(.text(text, style, x: x, y: y + height + 1, width: width))
        }
        y += tall
    }

    // MARK: Tables

    /// A column of the table in hand: its width, and the texts of its head and cells.
    private struct Strip {
        let title: String
        let cells: [String]
        let width: Double?
        let side: PageTemplate.Style.Side
        var natural = 0.0
        var given = 0.0
    }

    private mutating func table(_ table: PageTemplate.Table, _ block: PageTemplate.Block) {
        let rows = setter.filling.rows[table.rows] ?? []
        guard !rows.isEmpty else { return }
        guard let strips = strips(table, rows, at: block.place) else { return }
        leave(block.space)
        let head = band(strips.map(\.title), strips, table.headStyle)
        let first = band(strips.map { $0.cells[0] }, strips, table.style)
        let title = table.title.map { PageSetter.plain($0.filled(with: setter.filling.fields)) }
        let titleHeight =
            title.map { canvas.measure($0, table.titleStyle, width: flow.area.width).height + 1.5 }
            ?? 0
        // A title or a head never stands alone at a page's end.
        if y + titleHeight + head.height + first.height > bottom, y > flow.area.y { breakPage() }
        if let title {
            marks.append(
                .text(title, table.titleStyle, x: flow.area.x, y: y, width: flow.area.width)
            )
            y += titleHeight
        }
        place(head, thickness: Self.rule.thick)
        for row in rows.indices {
            let cells = band(strips.map { $0.cells[row] }, strips, table.style)
            if y + cells.height > bottom {
                breakPage()
                place(head, thickness: Self.rule.thick)
            }
            guard isRoom(head.height + cells.height, at: block.place) else { return }
            place(cells, thickness: Self.rule.thin)
        }
    }

    private func strips(
        _ table: PageTemplate.Table,
        _ rows: [[String: String]],
        at place: Place
    ) -> [Strip]? {
        var strips: [Strip] = []
        for column in table.columns {
            guard let series = column.series else {
                strips.append(
                    Strip(
                        title: column.title.filled(with: setter.filling.fields),
                        cells: rows.map { column.cell.filled(with: $0) },
                        width: column.width,
                        side: column.side
                    )
                )
                continue
            }
            for (number, title) in (setter.filling.series[series] ?? []).enumerated() {
                var fields = setter.filling.fields
                fields[series] = title
                let cells = rows.map { row in
                    var row = row
                    row[series] = row["\(series).\(number)"] ?? ""
                    return column.cell.filled(with: row)
                }
                strips.append(
                    Strip(
                        title: column.title.filled(with: fields),
                        cells: cells,
                        width: column.width,
                        side: column.side
                    )
                )
            }
        }
        return widths(strips, table, at: place)
    }

    /// Columns with a width take it, or more where a cell needs it on one line; the others share what
    /// is left by what they would like to have.
    private func widths(
        _ strips: [Strip],
        _ table: PageTemplate.Table,
        at place: Place
    ) -> [Strip]? {
        var strips = strips
        for index in strips.indices {
            let title = PageSetter.plain(strips[index].title)
            let head = canvas.measure(title, table.headStyle, width: nil)
            guard setter.isKnown(head, title, table.headStyle, at: place) else { return nil }
            for cell in strips[index].cells {
                let text = PageSetter.plain(cell)
                let extent = canvas.measure(text, table.style, width: nil)
                guard setter.isKnown(extent, text, table.style, at: place) else { return nil }
                strips[index].natural = max(strips[index].natural, extent.width)
            }
            strips[index].natural += 2 * Self.padding.across + 0.2
            guard let width = strips[index].width else { continue }
            // Words of a head may stand below one another, but none is broken; Chinese may be.
            let words = title.split { $0.isWhitespace }.filter { $0.utf8.count == $0.count }
            let widest = words.map { canvas.measure(String($0), table.headStyle, width: nil).width }
            let least = (widest.max() ?? 0) + 2 * Self.padding.across + 0.2
            strips[index].given = max(width, strips[index].natural, least)
        }
        let free = flow.area.width - strips.reduce(0) { $0 + $1.given }
        let sharing = strips.indices.filter { strips[$0].width == nil }
        let wish = sharing.reduce(0) { $0 + strips[$1].natural }
        let least = 11.0
        guard free >= Double(sharing.count) * least - 0.01 else {
            setter.report(
                "print.columns",
                Text(
                    "表格各列放不下这一页的宽度;请把页面横放、减小字号或去掉一些列",
                    "the table's columns don't fit the page; turn it on its side, take smaller letters or fewer columns"
                ),
                at: place
            )
            return nil
        }
        let spare = free - Double(sharing.count) * least
        for index in sharing { strips[index].given = least + spare * strips[index].natural / wish }
        return strips
    }

    /// A row's texts with their places from its left upper corner, and how high it is.
    private struct Band {
        var cells: [(text: String, style: PageTemplate.Style, x: Double, width: Double)] = []
        var height = 0.0
    }

    private func band(_ texts: [String], _ strips: [Strip], _ style: PageTemplate.Style) -> Band {
        var band = Band()
        var x = flow.area.x
        for (text, strip) in zip(texts, strips) {
            var own = style
            own.side = strip.side
            let words = PageSetter.plain(text)
            let width = strip.given - 2 * Self.padding.across
            if !words.isEmpty {
                band.height = max(band.height, canvas.measure(words, own, width: width).height)
                band.cells.append((words, own, x + Self.padding.across, width))
            }
            x += strip.given
        }
        band.height += 2 * Self.padding.down
        return band
    }

    private mutating func place(_ band: Band, thickness: Double) {
        for cell in band.cells {
            marks.append(
                .text(cell.text, cell.style, x: cell.x, y: y + Self.padding.down, width: cell.width)
            )
        }
        y += band.height
        marks.append(
            .line(
                .init(x: flow.area.x, y: y, width: flow.area.width),
                thickness: thickness,
                colour: Self.rule.colour
            )
        )
    }
}
