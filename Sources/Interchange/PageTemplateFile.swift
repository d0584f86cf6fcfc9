internal import Exact
public import Findings
public import Paper

/// Templates of printed pages as files: `Templates/*.yaml`.
///
/// Strict, as every data file: an unknown key or field, a text without a place, a box that reaches
/// over the page are refused with file, line and column.
public enum PageTemplateFile {
    /// Reads and checks a template.
    ///
    /// - Parameters:
    ///   - tree: the file's content.
    ///   - vocabulary: what its fields may be called.
    ///   - folder: where the pictures stand that it names.
    /// - Returns: the template.
    /// - Throws: a ``Findings/Refusal`` with every error.
    public static func read(
        _ tree: DataNode,
        vocabulary: PageVocabulary,
        folder: String
    ) throws(Refusal) -> PageTemplate {
        let reader = TreeReader()
        let template = PageTemplateReader(
            reader: reader,
            vocabulary: vocabulary,
            folder: folder
        ).template(tree)
        guard let template, !reader.findings.hasErrors else { throw Refusal(reader.findings) }
        return template
    }
}

/// Reads the parts of a template, one node each.
struct PageTemplateReader {
    let reader: TreeReader
    let vocabulary: PageVocabulary
    let folder: String

    fileprivate func template(_ tree: DataNode) -> PageTemplate? {
        guard let fields = reader.fields(tree) else { return nil }
        defer { fields.close() }
        if fields.string("template") != "1" {
            reader.report(
                "template.version",
                "第一个键应为 template: 1",
                "expected template: 1",
                at: fields.place
            )
        }
        let size = fields.required("page").flatMap(size)
        let own = fields.optional("own_fields").map(reader.list)?.compactMap(reader.string) ?? []
        let number = fields.optional("number").flatMap { node -> FieldText? in
            guard !vocabulary.number.isEmpty else {
                reader.report(
                    "template.number",
                    "这种文件没有编号",
                    "a document of this kind has no number",
                    at: node.place
                )
                return nil
            }
            return text(node, vocabulary.number)
        }
        guard let size else { return nil }
        var named = self.vocabulary
        named.fields += own + ["page", "pages"]
        let inner = PageTemplateReader(reader: reader, vocabulary: named, folder: folder)
        let elements = (fields.optional("elements").map(reader.list) ?? []).compactMap {
            inner.element($0, on: size)
        }
        let flow = fields.optional("flow").flatMap { inner.flow($0, on: size) }
        if !fields.keys.contains("flow"), !fields.keys.contains("elements") {
            reader.report(
                "template.empty",
                "模板上什么也没有:应有 elements 或 flow",
                "nothing stands on the template: expected elements or a flow",
                at: fields.place
            )
        }
        return PageTemplate(
            size: size,
            elements: elements,
            flow: flow,
            number: number,
            ownFields: own
        )
    }

    // MARK: Lengths, colours, texts

    /// A length in millimetres or points.
    func length(_ node: DataNode, in range: ClosedRange<Int>) -> Double? {
        guard let value = reader.rational(node) else { return nil }
        guard value >= Rational(range.lowerBound), value <= Rational(range.upperBound) else {
            reader.report(
                "template.length",
                "应在 \(range.lowerBound) 到 \(range.upperBound) 之间",
                "expected a number from \(range.lowerBound) to \(range.upperBound)",
                at: node.place
            )
            return nil
        }
        return Double(value.numerator) / Double(value.denominator)
    }

    private func size(_ node: DataNode) -> PageTemplate.Extent? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let width = fields.required("width").flatMap { length($0, in: 40...1200) }
        let height = fields.required("height").flatMap { length($0, in: 40...1200) }
        guard let width, let height else { return nil }
        return PageTemplate.Extent(width: width, height: height)
    }

    /// A place on the page; refused where it reaches over an edge.
    func box(
        _ node: DataNode,
        on page: PageTemplate.Extent,
        needsHeight: Bool = false
    ) -> PageTemplate.Box? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let x = fields.required("x").flatMap { length($0, in: 0...1200) }
        let y = fields.required("y").flatMap { length($0, in: 0...1200) }
        let width = fields.required("width").flatMap { length($0, in: 0...1200) }
        let tall = needsHeight ? fields.required("height") : fields.optional("height")
        let height = tall.map { length($0, in: 0...1200) } ?? 0
        guard let x, let y, let width, let height else { return nil }
        guard x + width <= page.width, y + height <= page.height else {
            reader.report(
                "template.page",
                "超出页面(\(number(page.width)) × \(number(page.height)) 毫米)",
                "this reaches over the page's edge (\(number(page.width)) × \(number(page.height)) mm)",
                at: node.place
            )
            return nil
        }
        return PageTemplate.Box(x: x, y: y, width: width, height: height)
    }

    private func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }

    func colour(_ node: DataNode) -> UInt32? {
        guard let text = reader.string(node) else { return nil }
        guard text.utf8.count == 7, text.hasPrefix("#"),
            let value = UInt32(text.dropFirst(), radix: 16)
        else {
            reader.report(
                "template.colour",
                "“\(text)”不是颜色;应为 \"#1F5F43\" 的形式",
                "\"\(text)\" is no colour; expected such as \"#1F5F43\"",
                at: node.place
            )
            return nil
        }
        return value
    }

    /// A text with fields; refused where a field is not of those that may stand here.
    func text(_ node: DataNode, _ known: [String]) -> FieldText? {
        guard let written = reader.string(node) else { return nil }
        do throws(FieldText.Fault) {
            let text = try FieldText(written)
            let unknown = text.fields.filter { !known.contains($0) }
            guard unknown.isEmpty else {
                let (wrong, right) = (
                    unknown.map { "{\($0)}" }.joined(separator: ", "),
                    known.map { "{\($0)}" }.joined(separator: " ")
                )
                reader.report(
                    "template.field",
                    "没有字段 \(wrong);此处可用:\(right)",
                    "there is no field \(wrong); expected one of \(right)",
                    at: node.place
                )
                return nil
            }
            return text
        } catch {
            reader.report("template.text", error.text.zh, error.text.en, at: node.place)
            return nil
        }
    }

    /// The keys of a style, which stand beside the text's own.
    func style(_ fields: Fields, size usual: Double = 11) -> PageTemplate.Style? {
        let face = fields.optional("font").map { reader.string($0) } ?? "LXGW WenKai"
        let size = fields.optional("size").map { length($0, in: 4...200) } ?? usual
        let smallest = fields.optional("smallest").map { length($0, in: 4...200) } ?? size
        let bold = fields.optional("bold").map(reader.bool) ?? false
        let colour = fields.optional("colour").map(self.colour) ?? 0x000000
        let side =
            fields.optional("align").map { reader.choice($0, PageTemplate.Style.Side.self) }
            ?? .left
        let tracking = fields.optional("tracking").map { length($0, in: 0...60) } ?? 0
        guard let face, let size, let smallest, let bold, let colour, let side, let tracking else {
            return nil
        }
        return PageTemplate.Style(
            family: face,
            size: size,
            smallest: min(size, smallest),
            isBold: bold,
            colour: colour,
            side: side,
            tracking: tracking
        )
    }
}
