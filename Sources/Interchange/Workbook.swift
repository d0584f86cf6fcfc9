public import Findings

/// A spreadsheet workbook (.xlsx) as read: the values of its cells, and nothing that could act.
///
/// Formulas are not calculated: a cell has the value that the program which saved the file left in
/// it. Of styles only the kind of number is read; pictures, macros and links to other files are not.
///
/// Source: ECMA-376, parts 1 (SpreadsheetML) and 2 (packages).
public struct Workbook: Sendable {
    /// The sheets, in the workbook's order.
    public let sheets: [Sheet]
    /// What stands in the file and was not read.
    public let findings: [Finding]

    /// How much a workbook may hold; what comes from outside may be made to exhaust its reader.
    public struct Limits: Sendable, Hashable {
        /// The greatest size of the file.
        public var archiveBytes: Int
        /// The greatest size of all parts that are read, taken together after inflating.
        public var inflatedBytes: Int
        /// How many times its packed size a part larger than a megabyte may be.
        public var ratio: Int
        /// The most files in the archive.
        public var entries: Int
        /// The most cells with a value, and the most shared texts.
        public var cells: Int
        /// The most merged blocks on a sheet.
        public var merges: Int

        /// Enough for 100,000 rows of a real table: 64 MB packed, 200 MB inflated.
        ///
        /// Spreadsheet XML packs 10 to 50 times smaller; deflate can reach 1032 times, and only a
        /// file that was made to do so does.
        public static let standard = Limits(
            archiveBytes: 64_000_000,
            inflatedBytes: 200_000_000,
            ratio: 200,
            entries: 10_000,
            cells: 5_000_000,
            merges: 100_000
        )

        /// Makes limits.
        public init(
            archiveBytes: Int,
            inflatedBytes: Int,
            ratio: Int,
            entries: Int,
            cells: Int,
            merges: Int
        ) {
            self.archiveBytes = archiveBytes
            self.inflatedBytes = inflatedBytes
            self.ratio = ratio
            self.entries = entries
            self.cells = cells
            self.merges = merges
        }
    }

    /// A sheet.
    public struct Sheet: Sendable {
        /// Its name on the tab.
        public let name: String
        /// The rows that have a value anywhere, from the top; their numbers may leave gaps.
        public let rows: [Row]
        /// The blocks of merged cells; the value is in the first cell of each, and only there.
        public let merges: [Block]

        /// The cell of a row and a column, both from 1; nil where it holds nothing.
        ///
        /// - Complexity: O(log *n*) in the rows and in the cells of the row.
        public func cell(row: Int, column: Int) -> Cell? {
            guard let at = rows.position(of: row, by: \.number) else { return nil }
            return rows[at].cell(column: column)
        }

        /// The cell of an address such as `A1`; nil where it holds nothing.
        public subscript(_ address: String) -> Cell? {
            guard let address = Address(address) else { return nil }
            return cell(row: address.row, column: address.column)
        }
    }

    /// A row that has a value anywhere.
    public struct Row: Sendable {
        /// Its number, from 1.
        public let number: Int
        /// The cells that hold something, from the left.
        public let cells: [Cell]

        /// The cell of a column, from 1; nil where it holds nothing.
        public func cell(column: Int) -> Cell? {
            cells.position(of: column, by: \.address.column).map { cells[$0] }
        }
    }

    /// A cell that holds something.
    public struct Cell: Sendable, Hashable {
        /// Where it stands.
        public let address: Address
        /// What it holds.
        public let content: Content
        /// Whether a formula made the value.
        public let isFormula: Bool
        /// What its format makes of a number.
        public let kind: Kind

        /// The value as text: a number in decimal without the noise of binary arithmetic, `TRUE`
        /// or `FALSE`, an error such as `#REF!`; empty where a formula has no value.
        public var text: String {
            switch content {
            case .text(let text), .error(let text): text
            case .number(let written): SheetNumber.decimalText(written) ?? written
            case .truth(let value): value ? "TRUE" : "FALSE"
            case .uncalculated: ""
            }
        }
    }

    /// What a cell holds.
    public enum Content: Sendable, Hashable {
        /// A text, its rich runs joined.
        case text(String)
        /// A number, as the file writes it: `0.30000000000000004` for what the sheet shows as 0.3.
        case number(String)
        /// A truth value.
        case truth(Bool)
        /// An error, as `#DIV/0!`.
        case error(String)
        /// A formula for which no value was saved.
        case uncalculated
    }
}

extension Array {
    /// The position of the element with a key, where the keys rise.
    fileprivate func position(of key: Int, by path: KeyPath<Element, Int>) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle][keyPath: path] < key { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low][keyPath: path] == key ? low : nil
    }
}
