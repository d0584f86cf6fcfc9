internal import Findings

/// Reads the cells of one sheet.
final class SheetParser: XMLVisitor {
    private let strings: [String]
    private let kinds: [Workbook.Kind]
    private let limits: Workbook.Limits
    private let file: String
    private let sheet: String

    /// How many cells may still be read.
    private(set) var budget: Int
    private(set) var rows: [Workbook.Row] = []
    private(set) var merges: [Workbook.Block] = []

    private var row = 0
    private var column = 0
    private var cells: [Workbook.Cell] = []
    private var type = ""
    private var kind = Workbook.Kind.plain
    private var isFormula = false
    private var hasValue = false
    private var isPhonetic = false
    private var value = XMLText()

    init(
        strings: [String],
        kinds: [Workbook.Kind],
        limits: Workbook.Limits,
        budget: Int,
        file: String,
        sheet: String
    ) {
        self.strings = strings
        self.kinds = kinds
        self.limits = limits
        self.budget = budget
        self.file = file
        self.sheet = sheet
    }

    func open(_ element: String, _ attributes: XMLAttributes) throws(Refusal) {
        switch element {
        case "c": try openCell(attributes)
        case "row": try openRow(attributes)
        case "f": isFormula = true
        case "v":
            hasValue = true
            value.clear()
            value.begin()
        case "is":
            hasValue = true
            value.clear()
        case "rPh": isPhonetic = true
        case "t" where !isPhonetic: value.begin()
        case "mergeCell": try merge(attributes)
        default: break
        }
    }

    func close(_ element: String) throws(Refusal) {
        switch element {
        case "v", "t": value.end()
        case "rPh": isPhonetic = false
        case "c": try closeCell()
        case "row":
            if !cells.isEmpty { rows.append(Workbook.Row(number: row, cells: cells)) }
            cells.removeAll(keepingCapacity: true)
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) { value.add(piece) }

    /// A row without a number follows the one before; numbers must rise, or a cell could stand
    /// twice.
    private func openRow(_ attributes: XMLAttributes) throws(Refusal) {
        let written = attributes.value("r")
        let number = written.map { Int($0) ?? 0 } ?? row + 1
        guard number > row, number <= Workbook.Address.lastRow else {
            throw misplaced(written ?? "\(number)")
        }
        row = number
        column = 0
    }

    private func openCell(_ attributes: XMLAttributes) throws(Refusal) {
        let next: Int
        if let written = attributes.value("r") {
            guard let address = Workbook.Address(written), address.row == row,
                address.column > column
            else { throw misplaced(written) }
            next = address.column
        } else {
            next = column + 1
        }
        guard row > 0, next <= Workbook.Address.lastColumn else { throw misplaced("\(next)") }
        column = next
        type = attributes.value("t") ?? "n"
        kind = .plain
        if let style = attributes.value("s").flatMap({ Int($0) }), kinds.indices.contains(style) {
            kind = kinds[style]
        }
        isFormula = false
        hasValue = false
        value.clear()
    }

    private func closeCell() throws(Refusal) {
        guard let address = Workbook.Address(row: row, column: column),
            let content = try content(address)
        else { return }
        guard budget > 0 else {
            throw Refusal(
                "xlsx.too-large",
                Text("工作簿过大:单元格过多", "the workbook is too large: too many cells"),
                at: Place(file: file + "!" + sheet)
            )
        }
        budget -= 1
        cells.append(
            Workbook.Cell(address: address, content: content, isFormula: isFormula, kind: kind)
        )
    }

    private func content(_ address: Workbook.Address) throws(Refusal) -> Workbook.Content? {
        guard hasValue else { return isFormula ? .uncalculated : nil }
        guard !value.isTooLong else {
            throw Refusal(
                "xlsx.too-large",
                Text("此格的文字过长", "the text of this cell is too long"),
                at: place(address.text)
            )
        }
        switch type {
        case "s":
            guard let index = Int(value.plain), strings.indices.contains(index) else {
                throw Refusal(
                    "xlsx.shared-string",
                    Text("此格引用的文字不存在", "this cell names a text that the file lacks"),
                    at: place(address.text)
                )
            }
            return strings[index].isEmpty ? nil : .text(strings[index])
        case "b": return .truth(value.plain == "1" || value.plain == "true")
        case "e": return .error(value.plain)
        case "n":
            let written = value.plain.trimmingSheetBlanks()
            if written.isEmpty { return isFormula ? .uncalculated : nil }
            return SheetNumber.isNumber(written) ? .number(written) : .text(written)
        default:
            // str: the text of a formula; inlineStr: a text; d: a day as text.
            let text = value.unescaped
            return text.isEmpty ? nil : .text(text)
        }
    }

    private func merge(_ attributes: XMLAttributes) throws(Refusal) {
        let written = attributes.value("ref") ?? ""
        guard let block = Workbook.Block(written) else { throw misplaced(written) }
        guard merges.count < limits.merges else {
            throw Refusal(
                "xlsx.too-large",
                Text("工作簿过大:合并区域过多", "the workbook is too large: too many merged blocks"),
                at: Place(file: file + "!" + sheet)
            )
        }
        merges.append(block)
    }

    private func misplaced(_ written: String) -> Refusal {
        Refusal(
            "xlsx.address",
            Text(
                "位置“\(written.prefix(40))”不成立,或与前面的重复、次序颠倒",
                "the place \"\(written.prefix(40))\" can't be, or stands twice, or out of order"
            ),
            at: place(row > 0 ? "\(row)" : "")
        )
    }

    private func place(_ cell: String) -> Place {
        Place(file: file + "!" + sheet + (cell.isEmpty ? "" : "!" + cell))
    }
}

extension String {
    /// The text without the blanks of XML around it.
    fileprivate func trimmingSheetBlanks() -> String {
        guard let first = utf8.first, let last = utf8.last, first <= 32 || last <= 32 else {
            return self
        }
        let blank: (Character) -> Bool = { $0.isWhitespace }
        let start = drop(while: blank)
        guard let end = start.lastIndex(where: { !blank($0) }) else { return "" }
        return String(start[...end])
    }
}
