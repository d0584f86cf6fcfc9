/// A workbook to be written: what stands in its cells, how it looks and how it prints.
///
/// A draft is a value; ``WorkbookWriter`` makes the file of it. Equal drafts give equal files.
///
///     var sheet = WorkbookDraft.Sheet(name: "排名 Standings")
///     sheet.put(.text("选手"), row: 1, column: 1, style: .init(isBold: true, hasBorder: true))
///     sheet.put(.number("85.50"), row: 2, column: 1, style: .init(numberFormat: "0.00"))
///     try WorkbookWriter.write(WorkbookDraft(title: "排名", sheets: [sheet]), to: "out.xlsx")
public struct WorkbookDraft: Sendable, Hashable {
    /// The title in the document's properties.
    public var title: String
    /// The sheets, in order; a workbook has one at least.
    public var sheets: [Sheet]
    /// When the workbook says that it was made, in seconds since 1970; a day that is fixed unless
    /// told otherwise, so that equal drafts give equal bytes.
    public var createdSeconds: Int

    /// Makes a draft.
    public init(title: String, sheets: [Sheet] = [], createdSeconds: Int = 946_684_800) {
        self.title = title
        self.sheets = sheets
        self.createdSeconds = createdSeconds
    }

    /// A sheet to be written.
    public struct Sheet: Sendable, Hashable {
        /// The name that is wanted on the tab; what a tab can't show is taken out of it, and a
        /// name that stands already is numbered.
        public var name: String
        /// The cells; of two at one address the later stands.
        public var cells: [Cell] = []
        /// The widths of columns in characters, by column from 1.
        public var widths: [Int: Int] = [:]
        /// The heights of rows in points, by row from 1.
        public var heights: [Int: Int] = [:]
        /// What may be typed, by blocks of cells.
        public var rules: [Ruled] = []
        /// The first cell that scrolls; rows above it and columns left of it stay.
        public var frozen: Workbook.Address?
        /// The table that may be filtered, its heads in the first row; nil where nothing is.
        public var filter: Workbook.Block?
        /// How it prints.
        public var page = Page()
        /// Whether only cells whose style is unlocked may be changed; without a password, so
        /// that it guards from slips and nobody from changing it.
        public var isProtected = false

        /// Makes an empty sheet.
        public init(name: String) { self.name = name }

        /// Puts a value into a cell, or into a block of cells merged into one.
        ///
        /// Blocks must not overlap. What lies outside any sheet is not put.
        ///
        /// - Parameters:
        ///   - value: what the cell holds.
        ///   - row: the row, from 1.
        ///   - column: the column, from 1.
        ///   - rows: how many rows are merged.
        ///   - columns: how many columns are merged.
        ///   - style: how it looks.
        public mutating func put(
            _ value: Value,
            row: Int,
            column: Int,
            rows: Int = 1,
            columns: Int = 1,
            style: Style = Style()
        ) {
            guard let first = Workbook.Address(row: row, column: column),
                let last = Workbook.Address(row: row + rows - 1, column: column + columns - 1),
                let block = Workbook.Block(first: first, last: last)
            else { return }
            cells.append(Cell(block: block, value: value, style: style))
        }

        /// Says what may be typed into a block of cells.
        public mutating func rule(_ rule: CellRule, over block: Workbook.Block) {
            rules.append(Ruled(block: block, rule: rule))
        }
    }

    /// A rule and the cells that it is for.
    public struct Ruled: Sendable, Hashable {
        /// The cells.
        public let block: Workbook.Block
        /// What may be typed into them.
        public let rule: CellRule
    }

    /// A cell, or several merged into one.
    public struct Cell: Sendable, Hashable {
        /// Where it stands.
        public let block: Workbook.Block
        /// What it holds.
        public let value: Value
        /// How it looks.
        public let style: Style
    }

    /// What a cell holds.
    public enum Value: Sendable, Hashable {
        /// Nothing; a style may still show.
        case blank
        /// A text, never a formula, whatever it begins with.
        case text(String)
        /// A number in decimal, which the file keeps as the binary number next to it; what is no
        /// decimal number is written as the text that it is.
        case number(String)
    }

    /// How a sheet prints: on A4.
    public struct Page: Sendable, Hashable {
        /// Whether it lies on its long side.
        public var isLandscape = false
        /// Over how many pages its width goes; nil for its own size.
        public var pagesWide: Int? = 1
        /// What is printed; all that is there where nil.
        public var area: Workbook.Block?
        /// Rows that stand at the top of each page, from 1.
        public var repeatedRows: ClosedRange<Int>?
        /// Columns that stand at the left of each page, from 1.
        public var repeatedColumns: ClosedRange<Int>?
        /// The line above, in a spreadsheet's codes: `&L` left, `&C` centre, `&R` right, `&P` the
        /// page, `&N` how many; at most 255 characters.
        public var header = ""
        /// The line below, in the same codes.
        public var footer = ""
        /// Rows, from 1, after which a page ends.
        public var breaksAfter: [Int] = []
        /// Columns, from 1, after which a page ends.
        public var breaksAfterColumns: [Int] = []

        /// Makes a page that stands upright and is one page wide.
        public init() {}
    }
}
