internal import Findings

/// Sets one document: its flow over pages, and on each page what stands at a fixed place.
final class PageSetter {
    /// Something that has found its place on a page.
    enum Mark {
        case text(String, PageTemplate.Style, x: Double, y: Double, width: Double)
        case line(PageTemplate.Box, thickness: Double, colour: UInt32)
    }

    let template: PageTemplate
    let filling: PageFilling
    let canvas: PaperCanvas
    private(set) var findings: [Finding] = []

    init(template: PageTemplate, filling: PageFilling, canvas: PaperCanvas) {
        self.template = template
        self.filling = filling
        self.canvas = canvas
    }

    /// Prints the document.
    func print() {
        let pages = template.flow.map { FlowSetter($0, self).pages() } ?? [[]]
        for (number, marks) in pages.enumerated() {
            var fields = filling.fields
            fields["page"] = String(number + 1)
            fields["pages"] = String(pages.count)
            drawStamp()
            for element in template.elements { draw(element, fields) }
            for mark in marks { draw(mark) }
            canvas.endPage()
        }
    }

    private func drawStamp() {
        guard !filling.stamp.isEmpty else { return }
        var style = PageTemplate.Style(family: "WenQuanYi Micro Hei", size: 72, colour: 0xE9E4DC)
        let limit = template.size.width * 0.9
        while canvas.measure(filling.stamp, style, width: nil).width > limit, style.size > 10 {
            style.size -= 2
        }
        canvas.stamp(filling.stamp, style, on: template.size)
    }

    private func draw(_ mark: Mark) {
        switch mark {
        case .text(let text, let style, let x, let y, let width):
            canvas.write(text, style, x: x, y: y, width: width)
        case .line(let box, let thickness, let colour):
            canvas.line(box, thickness: thickness, colour: colour)
        }
    }

    private func draw(_ element: PageTemplate.Element, _ fields: [String: String]) {
        switch element.shape {
        case .text(let text, let box, let style, let lines):
            guard !text.isVoid(in: fields) else { return }
            let words = Self.plain(text.filled(with: fields))
            guard let fit = fit(words, box, style, lines: lines, at: element.place) else { return }
            let free = box.height > 0 ? (box.height - fit.height) / 2 : 0
            canvas.write(words, fit.style, x: box.x, y: box.y + free, width: box.width)
        case .line(let box, let thickness, let colour):
            canvas.line(box, thickness: thickness, colour: colour)
        case .frame(let box, let thickness, let colour):
            canvas.frame(box, thickness: thickness, colour: colour)
        case .code(let text, let box):
            guard !text.isVoid(in: fields) else { return }
            guard let code = QRCode(text.filled(with: fields)) else {
                report(
                    "print.code",
                    Text("二维码内容过长", "the text is too long for a QR code"),
                    at: element.place
                )
                return
            }
            canvas.code(code, box)
        case .picture(let path, let box):
            guard !canvas.picture(path, box) else { return }
            report(
                "print.picture",
                Text("“\(path)”不是可用的 PNG 图片", "\"\(path)\" is no PNG picture that can be read"),
                at: element.place
            )
        }
    }

    /// The largest size, down to the style's smallest, at which the text fits; nil with a finding
    /// where there is none.
    private func fit(
        _ words: String,
        _ box: PageTemplate.Box,
        _ style: PageTemplate.Style,
        lines: Int,
        at place: Place
    ) -> (style: PageTemplate.Style, height: Double)? {
        var style = style
        while true {
            let extent = canvas.measure(words, style, width: lines == 1 ? nil : box.width)
            guard isKnown(extent, words, style, at: place) else { return nil }
            let isIn =
                extent.width <= box.width && extent.lines <= lines
                && (box.height == 0 || extent.height <= box.height)
            let height = box.height == 0 ? extent.height : box.height
            guard !isIn || box.y + height > template.size.height else {
                return (style, extent.height)
            }
            guard style.size > style.smallest else {
                report(
                    "print.fit",
                    Text(
                        "“\(words)”以最小字号 \(style.size) 也放不下;请加宽、增加行数或减小 smallest",
                        "\"\(words)\" doesn't fit even at \(style.size) points; make it wider, give it more lines, or a smaller `smallest`"
                    ),
                    at: place
                )
                return nil
            }
            style.size = max(style.smallest, style.size - 0.5)
        }
    }

    /// Whether a font has every character; says which it has not.
    func isKnown(
        _ extent: PaperCanvas.Extent,
        _ words: String,
        _ style: PageTemplate.Style,
        at place: Place
    ) -> Bool {
        if extent.isKnown { return true }
        var missing: [String] = []
        for character in words
        where !canvas.measure(String(character), style, width: nil).isKnown {
            let codes = character.unicodeScalars.map {
                "U+" + String($0.value, radix: 16, uppercase: true)
            }
            let name = "\(character) (\(codes.joined(separator: " ")))"
            if !missing.contains(name) { missing.append(name) }
        }
        let list = missing.joined(separator: ", ")
        report(
            "print.glyph",
            Text(
                "没有字体含有:\(list)(在“\(words)”中);请安装含该字的字体,如 fonts-noto-cjk-extra、fonts-hanazono",
                "no font has \(list) (in \"\(words)\"); install one that does, such as fonts-noto-cjk-extra or fonts-hanazono"
            ),
            at: place
        )
        return false
    }

    func report(_ code: String, _ message: Text, at place: Place) {
        let named = Text("\(filling.name):\(message.zh)", "\(filling.name): \(message.en)")
        findings.append(Finding(code, named, at: place))
    }

    /// A text without what steers: control characters, and marks that turn the direction of writing.
    static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: scalars.append(scalar)
            case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F: continue
            case _ where scalar.properties.generalCategory == .control: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
