internal import Competition
internal import Exact
internal import Findings

/// A calculation that an aspect may name: how a count or a measure becomes marks.
struct CISCalculation {
    let name: String
    let type: String
    let parameters: [String: String]
    let address: Workbook.Address

    /// The type under which Laurel keeps what CIS has no type for; its parameter is a marking as a
    /// card writes it.
    static let ownType = "LAUREL"
    /// The parameter that holds it.
    static let ownParameter = "MARKING"
    /// So many done of a number.
    static let countType = "NUMBER_COMPLETED"
    /// The number.
    static let countParameter = "NUM_POSSIBLE"

    /// The parameters on one line, as `NUM_POSSIBLE:::5#x~x#`.
    static func line(_ key: String, _ value: String) -> String { key + ":::" + value + "#x~x#" }
}

/// The sheet "Calculations": name, type, whether it is reusable, and parameters, one row each.
///
/// An aspect names a calculation by the number of its row, or by its name. The real workbook that is
/// known has an empty one, so the columns are found by their labels, or taken in that order.
///
/// Source: marketable-it-skills, `marking-scheme-raw.json` (type `NUMBER_COMPLETED` with
/// `NUM_POSSIBLE`; parameters as `PARAM:::value#x~x#`).
final class CISCalculations {
    /// The name of the sheet, in lower case.
    static let sheetName = "calculations"

    let log: CISLog
    private var rows: [(number: Int, calculation: CISCalculation)] = []
    private var used: Set<Int> = []

    /// Reads the sheet, where there is one.
    init(_ workbook: Workbook, file: String) {
        let sheet = workbook.sheets.first { CISLabel.fold($0.name) == Self.sheetName }
        log = CISLog(file: file, sheet: sheet?.name ?? "Calculations")
        var columns = [1, 2, 3, 4]
        for row in (sheet?.rows ?? []).prefix(2_000) {
            if let header = Self.header(row) {
                columns = header
            } else {
                read(row, columns)
            }
        }
        guard let sheet, sheet.rows.count > 2_000 else { return }
        log.report(
            "cis.too-large",
            "只读取了前 2000 行计算",
            "only the first 2,000 rows of calculations were read",
            at: nil,
            severity: .warning
        )
    }

    /// The columns of name, type, reusable and parameters; nil where the row is no header.
    private static func header(_ row: Workbook.Row) -> [Int]? {
        let labels = row.cells.map { (CISLabel.fold($0), $0.address.column) }
        func column(_ starts: String...) -> Int? {
            labels.first { label, _ in starts.contains { label.hasPrefix($0) } }?.1
        }
        guard let type = column("type", "calculation type"),
            let name = column("name", "calculation name")
        else { return nil }
        return [name, type, column("reus") ?? 0, column("param") ?? 0]
    }

    private func read(_ row: Workbook.Row, _ columns: [Int]) {
        func text(_ index: Int) -> String {
            row.cell(column: columns[index]).map { CISLabel.line($0.text) } ?? ""
        }
        for cell in row.cells where !columns.contains(cell.address.column) {
            report(cell.address, CISLabel.excerpt(cell.text))
        }
        guard let first = row.cells.first(where: { columns.contains($0.address.column) }) else {
            return
        }
        guard !text(1).isEmpty else {
            report(first.address, CISLabel.excerpt(first.text))
            return
        }
        // Parameters keep their blanks: a marking of Laurel's own is written with them.
        let parameters = row.cell(column: columns[3])
        rows.append(
            (
                row.number,
                CISCalculation(
                    name: text(0),
                    type: text(1).uppercased(),
                    parameters: parameters.map(self.parameters) ?? [:],
                    address: first.address
                )
            )
        )
    }

    private func report(_ address: Workbook.Address, _ text: String) {
        guard !text.isEmpty else { return }
        log.report(
            "cis.unused",
            "“\(text)”未能读取:不知其意",
            "\"\(text)\" was not read: what it means here is unknown",
            at: address,
            severity: .warning
        )
    }

    private func parameters(_ cell: Workbook.Cell) -> [String: String] {
        var parameters: [String: String] = [:]
        for piece in cell.text.split(separator: "#x~x#") {
            let halves = piece.split(separator: ":::", maxSplits: 1)
            guard halves.count == 2, let key = halves.first, let value = halves.last else {
                report(cell.address, CISLabel.excerpt(String(piece)))
                continue
            }
            parameters[CISLabel.line(String(key)).uppercased()] = String(value)
        }
        return parameters
    }

    /// The calculation that an aspect names: by its row, or by its name.
    func calculation(_ text: String) -> CISCalculation? {
        let line = CISLabel.line(text)
        let at =
            rows.firstIndex { "\($0.number)" == line }
            ?? rows.firstIndex { !line.isEmpty && $0.calculation.name == line }
        guard let at else { return nil }
        used.insert(at)
        return rows[at].calculation
    }

    /// The marking that a calculation makes of an aspect's full mark; nil, with a finding, where it
    /// can't be used.
    func marking(_ calculation: CISCalculation, max: Rational, of id: String) -> Marking? {
        switch calculation.type {
        case CISCalculation.countType:
            let text = calculation.parameters[CISCalculation.countParameter].map(CISLabel.line)
            if let number = text.flatMap({ Int($0) }), (1...100_000).contains(number) {
                return .count(of: number, max: max)
            }
            refuse(
                calculation,
                id,
                Text(
                    "\(CISCalculation.countParameter) 应为 1 到 100000 的整数",
                    "\(CISCalculation.countParameter) must be a whole number from 1 to 100,000"
                )
            )
        case CISCalculation.ownType:
            if let marking = own(calculation), (try? marking.bounds().upperBound) == max {
                return marking
            }
            refuse(
                calculation,
                id,
                Text("其评分方式读不出,或与满分不符", "its marking can't be read, or differs from the max mark")
            )
        default:
            refuse(
                calculation,
                id,
                Text(
                    "不认识类型“\(CISLabel.excerpt(calculation.type))”",
                    "the type \"\(CISLabel.excerpt(calculation.type))\" is unknown"
                )
            )
        }
        return nil
    }

    private func own(_ calculation: CISCalculation) -> Marking? {
        guard let text = calculation.parameters[CISCalculation.ownParameter],
            let tree = try? YAMLFile.parse(text, file: "")
        else { return nil }
        let reader = TreeReader()
        guard let fields = reader.fields(tree) else { return nil }
        let marking = MarkingReader(reader: reader).marking(fields)
        fields.close()
        return reader.findings.hasErrors ? nil : marking
    }

    private func refuse(_ calculation: CISCalculation, _ id: String, _ reason: Text) {
        log.report(
            "cis.calculation",
            "评分点 \(id) 的计算未导入:\(reason.zh);按全分或零分处理",
            "aspect \(id): its calculation was not imported: \(reason.en); it is taken as full or zero",
            at: calculation.address,
            severity: .warning
        )
    }

    /// Tells of the calculations that no aspect names.
    func reportUnused() {
        for (at, row) in rows.enumerated() where !used.contains(at) {
            log.report(
                "cis.calculation-unused",
                "没有评分点用到计算“\(CISLabel.excerpt(row.calculation.name))”",
                "no aspect uses the calculation \"\(CISLabel.excerpt(row.calculation.name))\"",
                at: row.calculation.address,
                severity: .warning
            )
        }
    }
}
