internal import Competition
internal import Exact
internal import Findings

extension CSVTable {
    /// The first sheet of a workbook as a table, and the rows of it that hold what can't be read.
    ///
    /// A day that the sheet keeps as a number is given as `2023-05-15`; truths as `true` and `false`.
    static func first(
        of book: Workbook,
        file: String
    ) throws(Refusal) -> (table: CSVTable, faults: [(line: Int, finding: Finding)]) {
        guard let sheet = book.sheets.first, let head = sheet.rows.first else {
            throw Refusal(
                "csv.empty",
                Text("表是空的;应有表头", "the table is empty; expected a header row"),
                at: Place(file: file)
            )
        }
        let place = Place(file: file + "!" + sheet.name)
        let columns = head.cells.map(\.address.column)
        let header = head.cells.map { $0.text.trimmingBlanks() }
        let twice = MarkColumns.duplicates(header) { place.at(head.cells[$0].address) }
        guard twice.isEmpty else { throw Refusal(twice) }
        var rows: [Row] = []
        var faults: [(line: Int, finding: Finding)] = []
        for row in sheet.rows.dropFirst() {
            var fields: [String] = []
            for column in columns {
                let cell = row.cell(column: column)
                do throws(Refusal) {
                    fields.append(try text(of: cell))
                } catch {
                    fields.append("")
                    let at = cell.map { place.at($0.address) } ?? place
                    faults += error.placed(at).findings.map { (row.number, $0) }
                }
            }
            if fields.allSatisfy(\.isEmpty), !faults.contains(where: { $0.line == row.number }) {
                continue
            }
            rows.append(Row(line: row.number, fields: fields, columns: columns))
        }
        let table = CSVTable(file: place.file, header: header, rows: rows)
        return (table, faults)
    }

    private static func text(of cell: Workbook.Cell?) throws(Refusal) -> String {
        let text = try CellEntry.text(cell)
        guard let cell else { return text }
        switch (cell.content, cell.kind) {
        case (.truth(let truth), _): return truth ? "true" : "false"
        case (.number, .day):
            // The count begins on 1899-12-30 for every day from March 1900 on.
            guard let serial = Int(text), serial > 60, let day = Day(daysSince1970: serial - 25_569)
            else { return text }
            return day.description
        default: return text
        }
    }
}
