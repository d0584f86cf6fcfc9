internal import CPangoCairo

/// The pages of a PDF in the making: letters by Pango, lines by Cairo.
///
/// Lengths are millimetres. The one file of the room that draws; no handle of the libraries leaves
/// it.
final class PaperCanvas {
    /// What a text takes up.
    struct Extent {
        var width = 0.0
        var height = 0.0
        var lines = 0
        /// Whether a font has all of its characters.
        var isKnown = true
    }

    private static let point = 72 / 25.4

    private let cairo: OpaquePointer
    private let surface: OpaquePointer
    private let output: Output
    private var layouts: [PageTemplate.Style: OpaquePointer] = [:]

    /// Collects the bytes that the library writes.
    private final class Output {
        var bytes: [UInt8] = []
    }

    /// Begins a document.
    init(title: String, created: String, size: PageTemplate.Extent) {
        output = Output()
        surface = cairo_pdf_surface_create_for_stream(
            { closure, data, count in
                guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                let output = Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
                output.bytes += UnsafeBufferPointer(start: data, count: Int(count))
                return CAIRO_STATUS_SUCCESS
            },
            Unmanaged.passUnretained(output).toOpaque(),
            size.width * Self.point,
            size.height * Self.point
        )
        cairo = cairo_create(surface)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        // Else the clock of the machine gets in, and equal documents would differ.
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Laurel")
        cairo_scale(cairo, Self.point, Self.point)
    }

    deinit {
        for layout in layouts.values { g_object_unref(UnsafeMutableRawPointer(layout)) }
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
    }

    /// Ends a page.
    func endPage() { cairo_show_page(cairo) }

    /// Ends the document; nil where the library could not make it.
    func finish() -> [UInt8]? {
        cairo_surface_finish(surface)
        guard cairo_status(cairo) == CAIRO_STATUS_SUCCESS,
            cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
        else { return nil }
        return output.bytes
    }

    // MARK: Letters

    /// What a text takes up, in lines of that width; nil for one line as long as it needs.
    func measure(_ text: String, _ style: PageTemplate.Style, width: Double?) -> Extent {
        let layout = layout(style)
        pango_layout_set_text(layout, text, -1)
        pango_layout_set_width(layout, width.map(Self.units) ?? -1)
        var (across, down) = (CInt(0), CInt(0))
        pango_layout_get_size(layout, &across, &down)
        return Extent(
            width: Self.length(across),
            height: Self.length(down),
            lines: Int(pango_layout_get_line_count(layout)),
            isKnown: pango_layout_get_unknown_glyphs_count(layout) == 0
        )
    }

    /// Writes a text from the box's upper left corner, in lines of the box's width.
    func write(_ text: String, _ style: PageTemplate.Style, x: Double, y: Double, width: Double) {
        let layout = layout(style)
        pango_layout_set_text(layout, text, -1)
        pango_layout_set_width(layout, Self.units(width))
        show(layout, style.colour, x: x, y: y)
    }

    /// Sets a text that is laid out.
    ///
    /// Letters that Cairo may embed only in part are drawn as outlines, and set once more all but
    /// transparent, so that they can be searched and copied.
    private func show(_ layout: OpaquePointer, _ value: UInt32, x: Double, y: Double) {
        colour(value)
        cairo_move_to(cairo, x, y)
        guard paper_has_cff_letters(layout) != 0 else {
            pango_cairo_show_layout(cairo, layout)
            return
        }
        pango_cairo_layout_path(cairo, layout)
        cairo_fill(cairo)
        cairo_set_source_rgba(cairo, 1, 1, 1, 1.0 / 255)
        cairo_move_to(cairo, x, y)
        pango_cairo_show_layout(cairo, layout)
    }

    /// Writes a pale text across the middle of the page, from the lower left to the upper right.
    func stamp(_ text: String, _ style: PageTemplate.Style, on size: PageTemplate.Extent) {
        let layout = layout(style)
        pango_layout_set_text(layout, text, -1)
        pango_layout_set_width(layout, -1)
        let extent = measure(text, style, width: nil)
        cairo_save(cairo)
        cairo_translate(cairo, size.width / 2, size.height / 2)
        cairo_rotate(cairo, -0.42)
        show(layout, style.colour, x: -extent.width / 2, y: -extent.height / 2)
        cairo_restore(cairo)
    }

    /// Layouts are kept: a font is looked up once a style, not once a text.
    private func layout(_ style: PageTemplate.Style) -> OpaquePointer {
        if let layout = layouts[style] { return layout }
        guard let layout = pango_cairo_create_layout(cairo) else { return cairo }
        let context = pango_layout_get_context(layout)
        // A unit of the page is a millimetre: 25.4 to the inch.
        pango_cairo_context_set_resolution(context, 25.4)
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        // A unit is a millimetre, so glyphs rounded to whole units would stand like broken type.
        pango_context_set_round_glyph_positions(context, 0)
        pango_layout_context_changed(layout)
        let font = pango_font_description_new()
        pango_font_description_set_family(font, style.family)
        pango_font_description_set_size(font, CInt((style.size * Double(PANGO_SCALE)).rounded()))
        pango_font_description_set_weight(
            font,
            style.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL
        )
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        let side =
            switch style.side {
            case .left: PANGO_ALIGN_LEFT
            case .centre: PANGO_ALIGN_CENTER
            case .right: PANGO_ALIGN_RIGHT
            }
        pango_layout_set_alignment(layout, side)
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        if style.tracking != 0 {
            let list = pango_attr_list_new()
            pango_attr_list_insert(
                list,
                pango_attr_letter_spacing_new(Self.units(style.tracking / Self.point))
            )
            pango_layout_set_attributes(layout, list)
            pango_attr_list_unref(list)
        }
        layouts[style] = layout
        return layout
    }

    private static func units(_ length: Double) -> CInt {
        CInt((length * Double(PANGO_SCALE)).rounded())
    }

    private static func length(_ units: CInt) -> Double { Double(units) / Double(PANGO_SCALE) }

    // MARK: Lines

    private func colour(_ colour: UInt32) {
        func part(_ shift: UInt32) -> Double { Double((colour >> shift) & 0xFF) / 255 }
        cairo_set_source_rgb(cairo, part(16), part(8), part(0))
    }

    /// Draws a line.
    func line(_ box: PageTemplate.Box, thickness: Double, colour value: UInt32) {
        colour(value)
        cairo_set_line_width(cairo, thickness)
        cairo_move_to(cairo, box.x, box.y)
        cairo_line_to(cairo, box.x + box.width, box.y + box.height)
        cairo_stroke(cairo)
    }

    /// Draws a frame along the edges of a box.
    func frame(_ box: PageTemplate.Box, thickness: Double, colour value: UInt32) {
        colour(value)
        cairo_set_line_width(cairo, thickness)
        cairo_rectangle(cairo, box.x, box.y, box.width, box.height)
        cairo_stroke(cairo)
    }

    /// Draws a QR code with its quiet zone inside the box's width.
    ///
    /// A pixel a module, never smoothed: a path of squares takes twenty times as long and ten times
    /// the room. The white of the quiet zone also covers what stands behind.
    func code(_ code: QRCode, _ box: PageTemplate.Box) {
        let side = code.side + 2 * QRCode.quietZone
        let image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, CInt(side), CInt(side))
        defer { cairo_surface_destroy(image) }
        guard let pixels = cairo_image_surface_get_data(image) else { return }
        let stride = Int(cairo_image_surface_get_stride(image))
        for row in 0..<side {
            let (y, line) = (row - QRCode.quietZone, pixels + row * stride)
            for column in 0..<side {
                let x = column - QRCode.quietZone
                let isIn = (0..<code.side).contains(x) && (0..<code.side).contains(y)
                let value: UInt8 = isIn && code.isDark(y, x) ? 0 : 255
                for part in 0..<4 { line[4 * column + part] = value }
            }
        }
        cairo_surface_mark_dirty(image)
        cairo_save(cairo)
        cairo_translate(cairo, box.x, box.y)
        cairo_scale(cairo, box.width / Double(side), box.width / Double(side))
        cairo_set_source_surface(cairo, image, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_NEAREST)
        cairo_paint(cairo)
        cairo_restore(cairo)
    }

    /// Draws a picture as large as the box lets it be; false where the file is no PNG.
    func picture(_ path: String, _ box: PageTemplate.Box) -> Bool {
        let image = cairo_image_surface_create_from_png(path)
        defer { cairo_surface_destroy(image) }
        guard cairo_surface_status(image) == CAIRO_STATUS_SUCCESS else { return false }
        let width = Double(cairo_image_surface_get_width(image))
        let height = Double(cairo_image_surface_get_height(image))
        guard width > 0, height > 0 else { return false }
        let scale = min(box.width / width, box.height / height)
        cairo_save(cairo)
        cairo_translate(
            cairo,
            box.x + (box.width - width * scale) / 2,
            box.y + (box.height - height * scale) / 2
        )
        cairo_scale(cairo, scale, scale)
        cairo_set_source_surface(cairo, image, 0, 0)
        cairo_paint(cairo)
        cairo_restore(cairo)
        return true
    }
}
