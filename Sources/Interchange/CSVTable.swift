public import Findings

/// A CSV table with a header row: commas, semicolons or tabs; quotation as RFC 4180 has it.
public struct CSVTable: Sendable {
    /// One row below the header.
    public struct Row: Sendable {
        /// The line on which the row begins, from 1.
        public let line: Int
        /// The fields, as many as the header has.
        public let fields: [String]
        /// The column at which each field begins, from 1, in characters.
        public let columns: [Int]
    }

    /// The file's name.
    public let file: String
    /// The names in the header, trimmed.
    public let header: [String]
    /// The rows.
    public let rows: [Row]
    /// Whether the last line is ended, as every program that writes tables does; a file that was cut
    /// short mostly is not.
    public let isEnded: Bool

    /// Reads a table; rows of blanks are passed over.
    ///
    /// - Throws: a ``Findings/Refusal`` that lists every row of the wrong length.
    public init(_ text: String, file: String) throws(Refusal) {
        var scanner = Scanner(text: text, file: file)
        let records = try scanner.records()
        guard let first = records.first else {
            throw Refusal(
                "csv.empty",
                Text("表是空的;应有表头", "the table is empty; expected a header row"),
                at: Place(file: file, line: 1, column: 1)
            )
        }
        self.file = file
        header = first.fields.map { $0.trimmingBlanksAndMark() }
        var findings = MarkColumns.duplicates(header) {
            Place(file: file, line: first.line, column: first.columns[$0])
        }
        var rows: [Row] = []
        for record in records.dropFirst() {
            if record.fields.allSatisfy({ $0.trimmingBlanksAndMark().isEmpty }) { continue }
            var fields = record.fields
            // Spreadsheets add empty cells at the end of a row.
            while fields.count > header.count, fields.last?.isEmpty == true { fields.removeLast() }
            guard fields.count == header.count else {
                findings.append(
                    Finding(
                        "csv.row-length",
                        Text(
                            "本行有 \(fields.count) 格,表头有 \(header.count) 格(文件可能被截断)",
                            "this row has \(fields.count) fields, the header \(header.count) (the file may be cut short)"
                        ),
                        at: Place(file: file, line: record.line, column: 1)
                    )
                )
                continue
            }
            rows.append(Row(line: record.line, fields: fields, columns: record.columns))
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        self.rows = rows
        isEnded = text.utf8.last.map { $0 == 0x0A || $0 == 0x0D } ?? true
    }

    /// Makes a table of the cells of a worksheet, whose name stands behind the file's.
    init(file: String, header: [String], rows: [Row]) {
        self.file = file
        self.header = header
        self.rows = rows
        isEnded = true
    }

    /// The place of a field; of a worksheet's, the cell.
    public func place(_ row: Row, _ column: Int) -> Place {
        if file.contains("!"), column < row.columns.count,
            let cell = Workbook.Address(row: row.line, column: row.columns[column])
        {
            return Place(file: file + "!" + cell.text)
        }
        return Place(
            file: file,
            line: row.line,
            column: column < row.columns.count ? row.columns[column] : 1
        )
    }

    /// The number of the column that bears one of these names.
    public func column(_ names: String...) -> Int? {
        header.firstIndex { name in
            names.contains { $0.lowercased() == name.lowercased() }
        }
    }
}

extension String {
    fileprivate func trimmingBlanksAndMark() -> String {
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace || first == "\u{FEFF}" {
            scalars.removeFirst()
        }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}

private struct Scanner {
    let bytes: [UInt8]
    let file: String
    let separator: UInt8

    struct Record {
        let line: Int
        var fields: [String] = []
        var columns: [Int] = []
    }

    init(text: String, file: String) {
        bytes = Array(text.utf8)
        self.file = file
        let head = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
        separator =
            candidates.max { a, b in
                head.count { $0 == a } < head.count { $0 == b }
            } ?? UInt8(ascii: ",")
    }

    mutating func records() throws(Refusal) -> [Record] {
        var records: [Record] = []
        var at = 0
        var line = 1
        while at < bytes.count {
            var record = Record(line: line)
            var column = 1
            var more = true
            while more {
                record.columns.append(column)
                let field =
                    at < bytes.count && bytes[at] == UInt8(ascii: "\"")
                    ? try quoted(&at, &line, &column) : plain(&at, &column)
                record.fields.append(field)
                more = at < bytes.count && bytes[at] == separator
                if more {
                    at += 1
                    column += 1
                }
            }
            if at < bytes.count, bytes[at] == 0x0D { at += 1 }
            if at < bytes.count, bytes[at] == 0x0A { at += 1 }
            line += 1
            records.append(record)
        }
        return records
    }

    private func plain(_ at: inout Int, _ column: inout Int) -> String {
        let start = at
        while at < bytes.count, bytes[at] != separator, bytes[at] != 0x0A, bytes[at] != 0x0D {
            if bytes[at] & 0xC0 != 0x80 { column += 1 }
            at += 1
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private func quoted(
        _ at: inout Int,
        _ line: inout Int,
        _ column: inout Int
    ) throws(Refusal) -> String {
        let place = Place(file: file, line: line, column: column)
        at += 1
        column += 1
        var field: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte & 0xC0 != 0x80 { column += 1 }
            if byte == UInt8(ascii: "\"") {
                guard at < bytes.count, bytes[at] == byte else {
                    // What follows a closing quotation mark belongs to the field, as spreadsheets do.
                    return String(decoding: field, as: UTF8.self) + plain(&at, &column)
                }
                at += 1
                column += 1
            } else if byte == 0x0A {
                line += 1
                column = 1
            }
            field.append(byte)
        }
        throw Refusal(
            "csv.quotation",
            Text("引号没有结束(文件可能被截断)", "a quotation mark is not closed (the file may be cut short)"),
            at: place
        )
    }
}

/// Writes CSV: fields that need it are quoted, lines end in CR LF as RFC 4180 has it.
public enum CSVWriter {
    /// One line.
    public static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return field
        }
        return "\""
            + field.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
