internal import Exact
internal import Findings

/// Walks a CIS sheet from the top and gathers criteria, sub-criteria and aspects.
///
/// Nothing stands in a fixed row: the header of a table tells its columns, and what stands in them
/// tells what a row is.
final class CISReader {
    let log: CISLog
    let calculations: CISCalculations
    private let sheet: Workbook.Sheet

    private static let greatestSize = 10_000_000
    /// A real scheme has some 150 aspects; what is made of a hundred thousand does not fit in memory.
    private static let mostAspects = 5_000
    private var aspectCount = 0

    private(set) var title = ""
    var criteria: [CISCriterion] = []
    private var totals: [(stated: CISStated, letter: String?)] = []

    private(set) var columns: CISColumns?
    private var list: CISCriteriaColumns?
    /// The criterion in whose table the next row stands.
    var letter: String?
    /// Whether a sub-criterion began in it.
    var hasSubCriterion = false

    /// Whether a header lacks a column that aspects can't be read without; its table is passed
    /// over.
    private(set) var hasBrokenHeader = false

    /// Whether an aspect was lost, or stands where it may not belong; an error tells of it.
    var hasLostAspects = false

    /// The totals that the sheet states, each with the criterion in whose table it stands; nil
    /// where aspects were lost, so that no sum can be compared.
    var stated: [(stated: CISStated, letter: String?)]? { hasLostAspects ? nil : totals }

    init(sheet: Workbook.Sheet, log: CISLog, calculations: CISCalculations) {
        self.sheet = sheet
        self.calculations = calculations
        self.log = log
    }

    func read() {
        // A scheme has some hundred kilobytes of text; what is far beyond was made to be slow.
        let size = sheet.rows.reduce(0) { $0 + $1.cells.reduce(0) { $0 + $1.size } }
        guard size <= Self.greatestSize else {
            hasBrokenHeader = true
            log.report(
                "cis.too-large",
                "工作表过大,不是评分方案",
                "the sheet is too large for a marking scheme",
                at: nil
            )
            return
        }
        let first = sheet.rows.lazy.compactMap { row in
            row.cells.lazy.map { CISLabel.line($0.text) }.first { !$0.isEmpty }
        }
        title = first.first ?? ""
        for row in sheet.rows {
            read(row)
            guard aspectCount > Self.mostAspects else { continue }
            hasBrokenHeader = true
            return log.report(
                "cis.too-large",
                "评分点超过 \(Self.mostAspects) 个,不是评分方案",
                "there are more than \(Self.mostAspects) aspects: no marking scheme",
                at: row.cells.first?.address
            )
        }
        if columns == nil {
            hasBrokenHeader = true
            log.report(
                "cis.header",
                "找不到评分点表的表头(Sub Criterion ID、Aspect Type、Max Mark …)",
                "no table of aspects was found (Sub Criterion ID, Aspect Type, Max Mark …)",
                at: nil
            )
        }
    }

    private func read(_ row: Workbook.Row) {
        if let header = CISColumns(header: row) {
            begin(header, row)
        } else if let columns {
            if columns.missing.isEmpty { readInTable(row) }
        } else if let list = CISCriteriaColumns(header: row) {
            self.list = list
        } else if let list {
            readCriterion(row, list)
        }
        // What stands before the list of criteria is the title and the standard's sections.
    }

    // MARK: The list of criteria

    private func readCriterion(_ row: Workbook.Row, _ list: CISCriteriaColumns) {
        let name = row.cell(column: list.name).map { CISLabel.line($0.text) } ?? ""
        let mark = row.cell(column: list.mark)
        if let id = row.cell(column: list.id), let letter = CISLabel.letter(id.text) {
            // A template lists all nine letters; those without name and mark are not used.
            guard !name.isEmpty || !(mark?.text ?? "").isEmpty else { return }
            guard !criteria.contains(where: { $0.letter == letter }) else {
                log.report(
                    "cis.duplicate",
                    "评分项 \(letter) 重复",
                    "criterion \(letter) stands twice",
                    at: id.address
                )
                return
            }
            var criterion = CISCriterion(letter: letter, title: name, address: id.address)
            if let mark, let value = stated(mark) { criterion.stated.append(value) }
            criteria.append(criterion)
            reportUnused(row, except: [list.id, list.name, list.mark])
        } else if !readTotal(row) {
            reportUnused(row, except: [])
        }
    }

    // MARK: The tables of aspects

    private func begin(_ header: CISColumns, _ row: Workbook.Row) {
        columns = header
        letter = header.letter
        hasSubCriterion = false
        let start = row.cells.first?.address
        if !header.missing.isEmpty {
            hasBrokenHeader = true
            let names = header.missing.joined(separator: ", ")
            log.report(
                "cis.header",
                "表头缺少:\(names)",
                "the header lacks: \(names)",
                at: start
            )
        }
        for cell in header.unknown {
            let text = CISLabel.excerpt(cell.text)
            log.report(
                "cis.unused",
                "不认识的列“\(text)”,未读取",
                "the column \"\(text)\" is unknown and was not read",
                at: cell.address,
                severity: .warning
            )
        }
        guard let letter else { return }
        let at = criterion(letter, at: start)
        if let cell = header.stated, let value = stated(cell) { criteria[at].stated.append(value) }
    }

    /// The position of a criterion, which is begun where the list of criteria lacks it.
    func criterion(_ letter: String, at address: Workbook.Address?) -> Int {
        if let at = criteria.firstIndex(where: { $0.letter == letter }) { return at }
        criteria.append(CISCriterion(letter: letter, address: address))
        return criteria.count - 1
    }

    /// The cell of a column, where it holds anything.
    func cell(_ field: CISColumns.Field, _ row: Workbook.Row) -> Workbook.Cell? {
        guard let column = columns?.columns[field], let cell = row.cell(column: column) else {
            return nil
        }
        return cell.content != .uncalculated && CISLabel.line(cell.text).isEmpty ? nil : cell
    }

    private func readInTable(_ row: Workbook.Row) {
        var used: Set<CISColumns.Field> = []
        if let id = cell(.id, row) { used.formUnion(beginSubCriterion(id, row)) }
        if let type = cell(.type, row) {
            used.formUnion(beginAspect(type, row))
        } else if let score = cell(.score, row), used.isEmpty {
            used.formUnion(readLevel(score, row))
        } else if used.isEmpty, readTotal(row) {
            return
        } else if used.isEmpty, let day = cell(.day, row) {
            hasLostAspects = true
            // Passed over with a warning, its aspects would count to the sub-criterion before.
            log.report(
                "cis.id",
                "此行有评分日而没有评分子项编号;应如 A1",
                "this row has a day of marking and no sub-criterion; expected one such as A1",
                at: day.address
            )
            return
        } else if let max = cell(.max, row) {
            hasLostAspects = true
            // Passed over with a warning, it would be an aspect lost.
            log.report(
                "cis.type",
                "此行有满分而没有类型;应为 M 或 J",
                "this row has a max mark and no type; expected M or J",
                at: max.address
            )
            return
        }
        // Columns that the header names and we do not know were reported with the header.
        let known = used.compactMap { columns?.columns[$0] }
        let unknown = columns?.unknown.map(\.address.column) ?? []
        reportUnused(row, except: Set(known + unknown))
    }

    // MARK: Aspects

    private func beginAspect(_ type: Workbook.Cell, _ row: Workbook.Row) -> Set<CISColumns.Field> {
        guard hasSubCriterion, let letter,
            let at = criteria.firstIndex(where: { $0.letter == letter }),
            let last = criteria[at].subCriteria.indices.last
        else {
            hasLostAspects = true
            log.report(
                "cis.aspect-alone",
                "此评分点之前没有评分子项",
                "no sub-criterion stands before this aspect",
                at: type.address
            )
            return Set(CISColumns.Field.allCases)
        }
        aspectCount += 1
        let count = criteria[at].subCriteria[last].aspects.count
        let id = "\(criteria[at].subCriteria[last].id).\(count + 1)"
        let reader = aspectReader { self.cell($0, row) }
        criteria[at].subCriteria[last].aspects.append(reader.aspect(type, id: id))
        return reader.used
    }

    private func readLevel(_ score: Workbook.Cell, _ row: Workbook.Row) -> Set<CISColumns.Field> {
        guard let at = criteria.firstIndex(where: { $0.letter == letter }), hasSubCriterion,
            let last = criteria[at].subCriteria.indices.last,
            let aspect = criteria[at].subCriteria[last].aspects.indices.last,
            criteria[at].subCriteria[last].aspects[aspect].kind == .judgement
        else { return [] }
        let text = cell(.detail, row)?.text ?? ""
        aspectReader { self.cell($0, row) }
            .level(score, text, of: &criteria[at].subCriteria[last].aspects[aspect])
        return [.score, .detail]
    }

    private func aspectReader(
        _ cell: @escaping (CISColumns.Field) -> Workbook.Cell?
    ) -> CISAspectReader {
        CISAspectReader(log: log, calculations: calculations, cell: cell)
    }

    // MARK: Totals and what is left

    /// Reads a row that states a total; false where it is none.
    private func readTotal(_ row: Workbook.Row) -> Bool {
        let labels = ["total", "total mark", "total marks", "competition"]
        let isLabel = { (cell: Workbook.Cell) in
            labels.contains(CISLabel.fold(cell).filter { $0 != ":" })
        }
        guard let label = row.cells.lastIndex(where: isLabel) else { return false }
        var used = Set(row.cells.filter(isLabel).map(\.address.column))
        let next = row.cells[(label + 1)...].first {
            !CISLabel.line($0.text).isEmpty || $0.isFormula
        }
        if let next {
            used.insert(next.address.column)
            // In the list of criteria, a total is that of the whole.
            if let value = stated(next) { totals.append((value, columns == nil ? nil : letter)) }
        }
        reportUnused(row, except: used)
        return true
    }

    /// Reads a mark that the sheet states; one that is left empty is not stated.
    private func stated(_ cell: Workbook.Cell) -> CISStated? {
        if cell.content != .uncalculated, CISLabel.line(cell.text).isEmpty { return nil }
        return aspectReader { _ in nil }.number(cell, severity: .warning)
            .map { CISStated(value: $0, address: cell.address) }
    }

    private func reportUnused(_ row: Workbook.Row, except used: Set<Int>) {
        for cell in row.cells where !used.contains(cell.address.column) {
            let text = CISLabel.excerpt(cell.text)
            guard !text.isEmpty else { continue }
            log.report(
                "cis.unused",
                "“\(text)”未能读取:不知其意",
                "\"\(text)\" was not read: what it means here is unknown",
                at: cell.address,
                severity: .warning
            )
        }
    }
}

extension Workbook.Cell {
    /// The bytes of what the cell holds, and a little for the cell itself.
    fileprivate var size: Int {
        switch content {
        case .text(let text), .number(let text), .error(let text): text.utf8.count + 4
        case .truth, .uncalculated: 4
        }
    }
}
