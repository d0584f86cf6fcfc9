internal import Findings
internal import Paper

extension PageTemplateReader {
    /// Something at a fixed place: a map with one of `text`, `line`, `frame`, `qr`, `picture`.
    func element(
        _ node: DataNode,
        on page: PageTemplate.Extent
    ) -> PageTemplate.Element? {
        guard let fields = reader.fields(node) else { return nil }
        let shape: PageTemplate.Shape?
        switch kind(of: fields, among: ["text", "line", "frame", "qr", "picture"]) {
        case "text"?: shape = words(fields, page)
        case "line"?: shape = line(fields, page)
        case "frame"?: shape = frame(fields, page)
        case "qr"?: shape = code(fields, page)
        case "picture"?: shape = picture(fields, page)
        default: return nil
        }
        fields.close()
        return shape.map { PageTemplate.Element(place: fields.place, shape: $0) }
    }

    /// The one key that says what a map is.
    private func kind(of fields: Fields, among kinds: [String]) -> String? {
        let found = kinds.filter(fields.keys.contains)
        guard found.count == 1 else {
            let names = kinds.joined(separator: ", ")
            reader.report(
                "template.kind",
                "此处应恰有以下之一:\(names)",
                "expected exactly one of \(names) here",
                at: fields.place
            )
            return nil
        }
        return found[0]
    }

    private func words(_ fields: Fields, _ page: PageTemplate.Extent) -> PageTemplate.Shape? {
        let text = fields.required("text").flatMap { self.text($0, vocabulary.fields) }
        let box = fields.required("at").flatMap { self.box($0, on: page) }
        let style = style(fields)
        let lines = fields.optional("lines").map { reader.int($0, in: 1...40) } ?? 1
        guard let text, let box, let style, let lines else { return nil }
        return .text(text, box, style, lines: lines)
    }

    private func line(_ fields: Fields, _ page: PageTemplate.Extent) -> PageTemplate.Shape? {
        let box = fields.required("line").flatMap { self.box($0, on: page) }
        let (thickness, colour) = stroke(fields)
        guard let box, let thickness, let colour else { return nil }
        return .line(box, thickness: thickness, colour: colour)
    }

    private func frame(_ fields: Fields, _ page: PageTemplate.Extent) -> PageTemplate.Shape? {
        let box = fields.required("frame").flatMap { self.box($0, on: page, needsHeight: true) }
        let (thickness, colour) = stroke(fields)
        guard let box, let thickness, let colour else { return nil }
        return .frame(box, thickness: thickness, colour: colour)
    }

    private func stroke(_ fields: Fields) -> (Double?, UInt32?) {
        (
            fields.optional("thickness").map { length($0, in: 0...20) } ?? 0.2,
            fields.optional("colour").map(self.colour) ?? 0x000000
        )
    }

    private func code(_ fields: Fields, _ page: PageTemplate.Extent) -> PageTemplate.Shape? {
        let text = fields.required("qr").flatMap { self.text($0, vocabulary.fields) }
        guard let node = fields.required("at"), let place = box(node, on: page) else { return nil }
        // A telephone reads a code of a certificate's length from 18 mm on, quiet zone included.
        guard place.width >= 18, place.y + place.width <= page.height else {
            reader.report(
                "template.code",
                "二维码至少宽 18 毫米,且不得超出页面",
                "a QR code is 18 mm wide at least, and stays on the page",
                at: node.place
            )
            return nil
        }
        return text.map { .code($0, place) }
    }

    private func picture(_ fields: Fields, _ page: PageTemplate.Extent) -> PageTemplate.Shape? {
        let name = fields.string("picture")
        let box = fields.required("at").flatMap { self.box($0, on: page, needsHeight: true) }
        guard let name, let box else { return nil }
        return .picture(path: name.hasPrefix("/") ? name : folder + "/" + name, box)
    }

    // MARK: What flows

    func flow(_ node: DataNode, on page: PageTemplate.Extent) -> PageTemplate.Flow? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let area = fields.required("area").flatMap { self.box($0, on: page, needsHeight: true) }
        let blocks = (fields.required("blocks").map(reader.list) ?? []).compactMap(block)
        guard let area else { return nil }
        return PageTemplate.Flow(area: area, blocks: blocks)
    }

    private func block(_ node: DataNode) -> PageTemplate.Block? {
        guard let fields = reader.fields(node) else { return nil }
        let content: PageTemplate.Content?
        switch kind(of: fields, among: ["text", "table", "signatures"]) {
        case "text"?:
            let text = fields.required("text").flatMap { self.text($0, vocabulary.fields) }
            let style = style(fields)
            if let text, let style { content = .paragraph(text, style) } else { content = nil }
        case "table"?: content = fields.required("table").flatMap(self.table).map { .table($0) }
        case "signatures"?:
            let labels = (fields.required("signatures").map(reader.list) ?? []).compactMap {
                self.text($0, vocabulary.fields)
            }
            let style = style(fields)
            let height = fields.optional("height").map { length($0, in: 5...60) } ?? 16
            if let style, let height {
                content = .signatures(labels, style, height: height)
            } else {
                content = nil
            }
        default: return nil
        }
        let space = fields.optional("space").map { length($0, in: 0...200) } ?? 0
        fields.close()
        guard let content, let space else { return nil }
        return PageTemplate.Block(place: fields.place, space: space, content: content)
    }

    private func table(_ node: DataNode) -> PageTemplate.Table? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        guard let rows = fields.string("rows") else { return nil }
        guard let known = vocabulary.tables[rows] else {
            let names = vocabulary.tables.keys.sorted().joined(separator: ", ")
            reader.report(
                "template.rows",
                "没有表格“\(rows)”;可用:\(names)",
                "there are no rows \"\(rows)\"; expected one of \(names)",
                at: fields.place(of: "rows")
            )
            return nil
        }
        let style = style(fields, size: 9.5)
        let title = fields.optional("title").map { self.text($0, vocabulary.fields) }
        let columns = (fields.required("columns").map(reader.list) ?? []).compactMap {
            column($0, known, vocabulary.series[rows] ?? [])
        }
        guard let style, !columns.isEmpty else { return nil }
        if case .some(.none) = title { return nil }
        var (head, above) = (style, style)
        head.isBold = true
        above.isBold = true
        above.size += 1.5
        above.smallest = above.size
        return PageTemplate.Table(
            rows: rows,
            title: title ?? nil,
            titleStyle: above,
            columns: columns,
            headStyle: head,
            style: style
        )
    }

    private func column(
        _ node: DataNode,
        _ known: [String],
        _ series: [String]
    ) -> PageTemplate.Column? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let each = fields.optional("each").flatMap(reader.string)
        if let each, !series.contains(each) {
            reader.report(
                "template.series",
                "这个表格没有“\(each)”系列",
                "these rows have no series \"\(each)\"",
                at: fields.place(of: "each")
            )
            return nil
        }
        let own = each.map { [$0] } ?? []
        let title = fields.required("title").flatMap { self.text($0, vocabulary.fields + own) }
        let cell = fields.required("cell").flatMap { self.text($0, known + own) }
        let width = fields.optional("width").map { length($0, in: 5...400) }
        let side =
            fields.optional("align").map { reader.choice($0, PageTemplate.Style.Side.self) }
            ?? .left
        guard let title, let cell, let side else { return nil }
        if case .some(.none) = width { return nil }
        return PageTemplate.Column(
            title: title,
            cell: cell,
            series: each,
            width: width ?? nil,
            side: side
        )
    }
}
