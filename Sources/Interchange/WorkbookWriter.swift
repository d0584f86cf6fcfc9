internal import CXlsxWriter
public import Findings
internal import Glibc

/// Makes files of workbook drafts, by libxlsxwriter.
///
/// The one file of the house that calls it: no handle of the library leaves it.
public enum WorkbookWriter {
    /// Writes a workbook beside its place and moves it there when it is whole.
    ///
    /// Where it can't be written, what stood there before stands there still.
    ///
    /// - Parameters:
    ///   - draft: the workbook.
    ///   - path: where it shall stand.
    /// - Throws: a ``Findings/Refusal`` with code `xlsx.unwritable` that says why.
    public static func write(_ draft: WorkbookDraft, to path: String) throws(Refusal) {
        let partial = try reserve(path)
        do throws(Refusal) {
            try make(draft, partial, path)
            try settle(partial, path)
        } catch {
            unlink(partial)
            throw error
        }
    }

    /// Makes an empty file beside the place, with the rights that any new file has.
    ///
    /// The library says on standard error that it can't make a file; so it is tried before.
    private static func reserve(_ path: String) throws(Refusal) -> String {
        for number in 0..<100 {
            let partial = "\(path).\(getpid())-\(number).partial"
            let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 {
                close(descriptor)
                return partial
            }
            guard errno == EEXIST else { break }
        }
        throw unwritable(path, String(cString: strerror(errno)))
    }

    private static func settle(_ partial: String, _ path: String) throws(Refusal) {
        let descriptor = open(partial, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unwritable(path, String(cString: strerror(errno))) }
        let synced = fsync(descriptor) == 0
        close(descriptor)
        guard synced, rename(partial, path) == 0 else {
            throw unwritable(path, String(cString: strerror(errno)))
        }
    }

    private static func make(
        _ draft: WorkbookDraft,
        _ partial: String,
        _ path: String
    ) throws(Refusal) {
        guard !draft.sheets.isEmpty, let book = workbook_new(partial) else {
            throw unwritable(path, draft.sheets.isEmpty ? "no sheets" : "out of memory")
        }
        // Closing writes the file and frees all that hangs on the book, also where it fails.
        do throws(WriteFault) {
            try fill(book, draft)
        } catch {
            lxw_workbook_free(book)
            throw unwritable(path, error.reason)
        }
        let fault = workbook_close(book)
        guard fault == LXW_NO_ERROR else { throw unwritable(path, WriteFault(fault).reason) }
    }

    private static func fill(
        _ book: UnsafeMutablePointer<lxw_workbook>,
        _ draft: WorkbookDraft
    ) throws(WriteFault) {
        let texts = CTexts()
        var properties = lxw_doc_properties()
        properties.title = texts.copy(draft.title)
        properties.created = time_t(draft.createdSeconds)
        try WriteFault.check(workbook_set_properties(book, &properties))
        let styles = StyleShelf(book: book)
        let names = WorkbookDraft.tabNames(draft.sheets.map(\.name))
        for (sheet, name) in zip(draft.sheets, names) {
            guard let handle = workbook_add_worksheet(book, name) else {
                throw WriteFault(LXW_ERROR_PARAMETER_VALIDATION)
            }
            try SheetWriter(handle: handle, styles: styles).write(sheet)
        }
    }

    private static func unwritable(_ path: String, _ reason: String) -> Refusal {
        Refusal(
            "xlsx.unwritable",
            Text("写不了工作簿:\(reason)", "can't write the workbook: \(reason)"),
            at: Place(file: path)
        )
    }
}

/// What libxlsxwriter has against a value.
private struct WriteFault: Error {
    let reason: String

    init(_ code: lxw_error) {
        reason = lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
    }

    static func check(_ code: lxw_error) throws(WriteFault) {
        guard code == LXW_NO_ERROR else { throw WriteFault(code) }
    }
}

/// Copies of texts for structures of C; they are freed with it.
private final class CTexts {
    private var copies: [UnsafeMutablePointer<CChar>] = []

    /// A copy that lives as long as this does; nil for an empty text.
    func copy(_ text: String) -> UnsafeMutablePointer<CChar>? {
        guard !text.isEmpty, let copy = strdup(text) else { return nil }
        copies.append(copy)
        return copy
    }

    deinit { for copy in copies { free(copy) } }
}

/// The library's formats, one a style; the book frees them.
private final class StyleShelf {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var formats: [WorkbookDraft.Style: UnsafeMutablePointer<lxw_format>] = [:]

    init(book: UnsafeMutablePointer<lxw_workbook>) { self.book = book }

    func format(
        _ style: WorkbookDraft.Style
    ) throws(WriteFault) -> UnsafeMutablePointer<lxw_format> {
        if let format = formats[style] { return format }
        guard let format = workbook_add_format(book) else {
            throw WriteFault(LXW_ERROR_MEMORY_MALLOC_FAILED)
        }
        if style.isBold { format_set_bold(format) }
        if let size = style.size { format_set_font_size(format, Double(size)) }
        if let colour = style.colour { format_set_font_color(format, colour) }
        if let shade = style.shade { format_set_bg_color(format, shade) }
        if style.isWrapped { format_set_text_wrap(format) }
        if style.hasBorder { format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue)) }
        if style.hasLineBelow { format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue)) }
        if style.isUnlocked { format_set_unlocked(format) }
        if let code = style.numberFormat { format_set_num_format(format, code) }
        let side =
            switch style.side {
            case .natural: LXW_ALIGN_NONE
            case .left: LXW_ALIGN_LEFT
            case .centre: LXW_ALIGN_CENTER
            case .right: LXW_ALIGN_RIGHT
            }
        format_set_align(format, UInt8(side.rawValue))
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        formats[style] = format
        return format
    }
}

/// Writes one sheet.
private struct SheetWriter {
    let handle: UnsafeMutablePointer<lxw_worksheet>
    let styles: StyleShelf

    func write(_ sheet: WorkbookDraft.Sheet) throws(WriteFault) {
        for (column, width) in sheet.widths.sorted(by: { $0.key < $1.key }) {
            let number = try Self.column(column)
            try WriteFault.check(worksheet_set_column(handle, number, number, Double(width), nil))
        }
        for (row, height) in sheet.heights.sorted(by: { $0.key < $1.key }) {
            try WriteFault.check(
                worksheet_set_row(handle, try Self.row(row), Double(height), nil)
            )
        }
        for cell in sheet.cells { try write(cell) }
        for ruled in sheet.rules { try write(ruled) }
        if let frozen = sheet.frozen {
            worksheet_freeze_panes(
                handle,
                try Self.row(frozen.row),
                try Self.column(frozen.column)
            )
        }
        if let filter = sheet.filter {
            let (top, left, bottom, right) = try Self.corners(filter)
            try WriteFault.check(worksheet_autofilter(handle, top, left, bottom, right))
        }
        try set(sheet.page)
        if sheet.isProtected {
            var allowed = lxw_protection()
            // Whoever prints it may make a row higher or a column wider.
            allowed.format_columns = 1
            allowed.format_rows = 1
            worksheet_protect(handle, nil, &allowed)
        }
    }

    private func write(_ cell: WorkbookDraft.Cell) throws(WriteFault) {
        let format = try styles.format(cell.style)
        let row = try Self.row(cell.block.first.row)
        let column = try Self.column(cell.block.first.column)
        if cell.block.first != cell.block.last {
            let lastRow = try Self.row(cell.block.last.row)
            let lastColumn = try Self.column(cell.block.last.column)
            try WriteFault.check(
                worksheet_merge_range(handle, row, column, lastRow, lastColumn, "", format)
            )
        }
        switch cell.value {
        case .blank:
            try WriteFault.check(worksheet_write_blank(handle, row, column, format))
        case .text(let text):
            try WriteFault.check(worksheet_write_string(handle, row, column, text, format))
        case .number(let text):
            guard SheetNumber.isNumber(text), let number = Double(text), number.isFinite else {
                try WriteFault.check(worksheet_write_string(handle, row, column, text, format))
                return
            }
            try WriteFault.check(worksheet_write_number(handle, row, column, number, format))
        }
    }

    private func write(_ ruled: WorkbookDraft.Ruled) throws(WriteFault) {
        let texts = CTexts()
        let rule = ruled.rule
        var entry = lxw_data_validation()
        var list: [UnsafeMutablePointer<CChar>?] = []
        switch rule.possibleTest {
        case .anything: entry.validate = UInt8(LXW_VALIDATION_TYPE_ANY.rawValue)
        case .list(let words):
            entry.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            list = words.map { texts.copy($0) } + [nil]
        case .between(let low, let high):
            entry.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
            entry.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
            entry.minimum_number = Double(low) ?? 0
            entry.maximum_number = Double(high) ?? 0
        case .formula(let formula):
            entry.validate = UInt8(LXW_VALIDATION_TYPE_CUSTOM_FORMULA.rawValue)
            entry.value_formula = texts.copy("=" + formula)
        }
        typealias Rule = WorkbookDraft.CellRule
        entry.input_title = texts.copy(Rule.cut(rule.title, to: Rule.longestTitle))
        entry.input_message = texts.copy(Rule.both(rule.message))
        entry.error_title = texts.copy(Rule.cut(rule.title, to: Rule.longestTitle))
        entry.error_message = texts.copy(Rule.both(rule.refusal))
        let first = (
            try Self.row(ruled.block.first.row), try Self.column(ruled.block.first.column)
        )
        let last = (try Self.row(ruled.block.last.row), try Self.column(ruled.block.last.column))
        let fault = list.withUnsafeMutableBufferPointer { words in
            if !words.isEmpty { entry.value_list = words.baseAddress }
            return worksheet_data_validation_range(
                handle,
                first.0,
                first.1,
                last.0,
                last.1,
                &entry
            )
        }
        try WriteFault.check(fault)
    }

    private func set(_ page: WorkbookDraft.Page) throws(WriteFault) {
        let paperA4: UInt8 = 9
        worksheet_set_paper(handle, paperA4)
        if page.isLandscape { worksheet_set_landscape(handle) }
        if let wide = page.pagesWide {
            worksheet_fit_to_pages(handle, UInt16(clamping: wide), 0)
        }
        if let area = page.area {
            let (top, left, bottom, right) = try Self.corners(area)
            try WriteFault.check(worksheet_print_area(handle, top, left, bottom, right))
        }
        // In inches: 1.3 cm at the sides, 1.9 cm where the header and the footer stand.
        worksheet_set_margins(handle, 0.5, 0.5, 0.75, 0.75)
        if let rows = page.repeatedRows {
            let (first, last) = (try Self.row(rows.lowerBound), try Self.row(rows.upperBound))
            try WriteFault.check(worksheet_repeat_rows(handle, first, last))
        }
        if let columns = page.repeatedColumns {
            let first = try Self.column(columns.lowerBound)
            let last = try Self.column(columns.upperBound)
            try WriteFault.check(worksheet_repeat_columns(handle, first, last))
        }
        let longest = WorkbookDraft.CellRule.longest
        for (line, set) in [
            (page.header, worksheet_set_header), (page.footer, worksheet_set_footer),
        ] where !line.isEmpty {
            try WriteFault.check(set(handle, WorkbookDraft.CellRule.cut(line, to: longest - 1)))
        }
        // A list of breaks ends in 0; a break stands above the row after it.
        var breaks: [lxw_row_t] = []
        for row in page.breaksAfter { breaks.append(try Self.row(row) + 1) }
        if !breaks.isEmpty {
            breaks.append(0)
            try WriteFault.check(worksheet_set_h_pagebreaks(handle, &breaks))
        }
        var columnBreaks: [lxw_col_t] = []
        for column in page.breaksAfterColumns { columnBreaks.append(try Self.column(column) + 1) }
        if !columnBreaks.isEmpty {
            columnBreaks.append(0)
            try WriteFault.check(worksheet_set_v_pagebreaks(handle, &columnBreaks))
        }
    }

    private static func corners(
        _ block: Workbook.Block
    ) throws(WriteFault) -> (lxw_row_t, lxw_col_t, lxw_row_t, lxw_col_t) {
        (
            try row(block.first.row), try column(block.first.column),
            try row(block.last.row), try column(block.last.column)
        )
    }

    /// The library counts from 0.
    private static func row(_ row: Int) throws(WriteFault) -> lxw_row_t {
        guard (1...Workbook.Address.lastRow).contains(row) else {
            throw WriteFault(LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
        }
        return lxw_row_t(row - 1)
    }

    private static func column(_ column: Int) throws(WriteFault) -> lxw_col_t {
        guard (1...Workbook.Address.lastColumn).contains(column) else {
            throw WriteFault(LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
        }
        return lxw_col_t(column - 1)
    }
}
