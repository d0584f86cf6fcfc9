extension Workbook {
    /// Where a cell stands.
    public struct Address: Sendable, Hashable, Comparable {
        private let rowNumber: Int32
        private let columnNumber: Int32

        /// The last row that a sheet can have.
        public static let lastRow = 1_048_576
        /// The last column that a sheet can have, XFD.
        public static let lastColumn = 16_384

        /// The row, from 1.
        public var row: Int { Int(rowNumber) }
        /// The column, from 1.
        public var column: Int { Int(columnNumber) }

        /// Makes an address; nil where a sheet has no such cell.
        public init?(row: Int, column: Int) {
            guard (1...Self.lastRow).contains(row), (1...Self.lastColumn).contains(column) else {
                return nil
            }
            rowNumber = Int32(row)
            columnNumber = Int32(column)
        }

        /// Reads `A1`; the dollar signs of `$A$1` say nothing here and are passed over.
        public init?(_ text: some StringProtocol) {
            var row = 0
            var column = 0
            for byte in text.utf8 where byte != UInt8(ascii: "$") {
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0:
                    column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
                case UInt8(ascii: "a")...UInt8(ascii: "z") where row == 0:
                    column = column * 26 + Int(byte - UInt8(ascii: "a")) + 1
                case UInt8(ascii: "0")...UInt8(ascii: "9") where column > 0:
                    row = row * 10 + Int(byte - UInt8(ascii: "0"))
                    // A row that begins with 0 would let letters follow digits.
                    guard row > 0 else { return nil }
                default: return nil
                }
                guard row <= Self.lastRow, column <= Self.lastColumn else { return nil }
            }
            self.init(row: row, column: column)
        }

        /// The address as it is written: `A1`.
        public var text: String { Self.letters(of: column) + "\(row)" }

        /// The letters of a column: 28 is `AB`.
        public static func letters(of column: Int) -> String {
            var letters: [UInt8] = []
            var rest = column
            while rest > 0 {
                letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
                rest = (rest - 1) / 26
            }
            return String(decoding: letters.reversed(), as: UTF8.self)
        }

        /// Orders by row, then column: as one reads.
        public static func < (a: Address, b: Address) -> Bool {
            (a.rowNumber, a.columnNumber) < (b.rowNumber, b.columnNumber)
        }
    }

    /// A rectangle of cells.
    public struct Block: Sendable, Hashable {
        /// The top left cell.
        public let first: Address
        /// The bottom right cell.
        public let last: Address

        /// Makes a block; nil where the corners are not in this order.
        public init?(first: Address, last: Address) {
            guard first.row <= last.row, first.column <= last.column else { return nil }
            self.first = first
            self.last = last
        }

        /// Reads `A1:B2`, or `A1` for a single cell.
        public init?(_ text: some StringProtocol) {
            let corners = text.split(separator: ":", omittingEmptySubsequences: false)
            guard corners.count <= 2, let start = corners.first, let end = corners.last,
                let first = Address(start), let last = Address(end)
            else { return nil }
            self.init(first: first, last: last)
        }

        /// The block as it is written: `A1:B2`.
        public var text: String { first.text + ":" + last.text }
    }
}
