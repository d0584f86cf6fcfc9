public import Competition
public import Findings
public import Scoring

extension MarksFile {
    /// What a form must agree with to be read.
    public struct Target: Sendable {
        /// The item.
        public let item: ItemID
        /// The first digits of its card's hash.
        public let card: String
        /// Who may be marked, by code or blind number.
        public let entrants: Set<EntrantID>

        /// Makes a target.
        public init(item: ItemID, card: String, entrants: Set<EntrantID>) {
            self.item = item
            self.card = card
            self.entrants = entrants
        }
    }

    /// Reads a file of marks: a workbook where it is one, else a table of text.
    ///
    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - plan: the card's plan.
    ///   - target: what a form in a workbook must agree with.
    /// - Returns: the marks that were understood, and all that was found.
    /// - Throws: a ``Findings/Refusal`` where the file is neither.
    public static func read(
        path: String,
        plan: ScoringPlan,
        target: Target
    ) throws(Refusal) -> Reading {
        let isNamedSo = path.lowercased().hasSuffix(".xlsx")
        if isNamedSo {
            return read(try Workbook.read(path: path), file: path, plan: plan, target: target)
        }
        let bytes = try TextFile.bytes(path)
        // A zip file, or what programs of before 2007 wrote.
        if bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            let book = try Workbook.read(bytes, name: path)
            return read(book, file: path, plan: plan, target: target)
        }
        return read(
            try CSVTable(try TextFile.decode(bytes, file: path), file: path),
            plan: plan
        )
    }

    /// Reads the marks of a workbook.
    ///
    /// Forms are read wherever they stand in it, a plain table where it is the first sheet; empty
    /// cells are no marks.
    public static func read(
        _ workbook: Workbook,
        file: String,
        plan: ScoringPlan,
        target: Target
    ) -> Reading {
        var marks: [Mark] = []
        var findings = workbook.findings
        for (index, sheet) in workbook.sheets.enumerated() {
            let place = Place(file: file + "!" + sheet.name)
            if sheet.rows.isEmpty { continue }
            var form = MarkFormReader(sheet: sheet, place: place, plan: plan, target: target)
            if let table = SheetTable(sheet: sheet, place: place) {
                guard index == 0 else {
                    findings.append(misplacedTable(place))
                    continue
                }
                let reading = table.read(plan)
                marks += reading.marks
                findings += reading.findings
            } else if let reading = form.read() {
                marks += reading.marks
                findings += reading.findings
            } else {
                findings.append(
                    Finding(
                        "form.skipped",
                        Text(
                            "此工作表不是评分表,未读取",
                            "this worksheet is no form of marks and was not read"
                        ),
                        severity: .note,
                        at: place
                    )
                )
            }
        }
        return Reading(marks: marks, findings: findings.sorted())
    }

    /// Passed over in silence, its marks would be lost.
    private static func misplacedTable(_ place: Place) -> Finding {
        Finding(
            "form.table",
            Text(
                "分数表只从第一张工作表读取,这里也有一张",
                "a table of marks is read from the first worksheet only; here is one as well"
            ),
            at: place,
            hint: Text("把它移到最前,或另存为一个文件", "move it to the front, or save it as a file of its own")
        )
    }
}

/// A plain marks table in a worksheet: a header row, and a mark a row.
struct SheetTable {
    private let place: Place
    private let header: Workbook.Row
    private let rows: ArraySlice<Workbook.Row>

    /// Takes a worksheet; nil where its first row is not the header of a marks table.
    init?(sheet: Workbook.Sheet, place: Place) {
        guard let first = sheet.rows.first,
            MarkColumns.isHeader(first.cells.map { $0.text.trimmingBlanks() })
        else { return nil }
        self.place = place
        header = first
        rows = sheet.rows.dropFirst()
    }

    /// Reads it.
    func read(_ plan: ScoringPlan) -> MarksFile.Reading {
        let names = header.cells.map { $0.text.trimmingBlanks() }
        func headerPlace(_ index: Int) -> Place { place.at(header.cells[index].address) }
        var findings = MarkColumns.duplicates(names, place: headerPlace)
        let columns = MarkColumns(
            header: names,
            place: { $0.map(headerPlace) ?? place },
            findings: &findings
        )
        guard let columns, !findings.hasErrors else {
            return MarksFile.Reading(marks: [], findings: findings)
        }
        var reader = MarkReader(plan: plan)
        var marks: [MarksFile.Mark] = []
        for row in rows {
            do throws(Refusal) {
                guard let fields = try fields(row, columns) else { continue }
                marks.append(try reader.mark(fields))
            } catch {
                findings += error.findings
            }
        }
        return MarksFile.Reading(marks: marks, findings: findings)
    }

    /// The fields of a row; nil where it has no mark.
    private func fields(_ row: Workbook.Row, _ columns: MarkColumns) throws(Refusal) -> Fields? {
        var findings: [Finding] = []
        for index in columns.used {
            guard let cell = row.cell(column: header.cells[index].address.column) else { continue }
            do throws(Refusal) {
                _ = try CellEntry.text(cell)
            } catch {
                findings += error.placed(place.at(cell.address)).findings
            }
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        let fields = Fields(row: row, place: place, header: header, columns: columns)
        return fields.text(.mark)?.isEmpty ?? true ? nil : fields
    }

    private struct Fields: MarkFields {
        let row: Workbook.Row
        let place: Place
        let header: Workbook.Row
        let columns: MarkColumns

        private func column(_ field: MarkField) -> Int {
            header.cells[columns.nearest(field)].address.column
        }

        func text(_ field: MarkField) -> String? {
            guard columns[field] != nil else { return nil }
            return row.cell(column: column(field))?.text.trimmingBlanks() ?? ""
        }

        func place(_ field: MarkField) -> Place {
            Workbook.Address(row: row.number, column: column(field)).map(place.at) ?? place
        }

        func mark(of aspect: Aspect) throws(Refusal) -> String {
            try CellEntry.mark(row.cell(column: column(.mark)), of: aspect)
        }
    }
}

extension Place {
    /// A cell of the worksheet that this place is.
    func at(_ address: Workbook.Address) -> Place { Place(file: file + "!" + address.text) }
}

extension Refusal {
    /// The same findings at a place.
    func placed(_ place: Place) -> Refusal {
        Refusal(
            findings.map { finding in
                var placed = finding
                placed.place = place
                return placed
            }
        )
    }
}
