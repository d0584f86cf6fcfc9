internal import Findings
internal import Interchange
internal import Seal
internal import Snapshots

/// One sheet of the workbook: a title, what it is, a head that stays, and rows that can be filtered.
struct ResultsSheet {
    /// A column.
    struct Column {
        enum Kind { case words, number }

        let title: String
        let width: Int
        let kind: Kind

        init(_ title: String, _ width: Int, _ kind: Kind = .words) {
            self.title = title
            self.width = width
            self.kind = kind
        }
    }

    /// Title, what the results are, notes; then the head.
    private static let headRow = 4

    private let name: String
    private let title: String
    private let columns: [Column]
    /// The item whose results these are; nil where they are those of all.
    private let item: ItemResult?
    private var rows: [[String]] = []

    init(
        _ name: String,
        _ columns: [Column],
        title: String? = nil,
        item: ItemResult? = nil
    ) {
        self.name = name
        self.item = item
        self.title = title ?? name
        self.columns = columns
    }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The sheet as it is written.
    func sheet(_ speech: Speech) -> WorkbookDraft.Sheet {
        var sheet = WorkbookDraft.Sheet(name: name)
        heading(&sheet, speech)
        let head = WorkbookDraft.Style(
            isBold: true,
            colour: 0xFFFFFF,
            shade: 0x1F5F43,
            isWrapped: true,
            side: .centre
        )
        for (index, column) in columns.enumerated() {
            sheet.put(.text(column.title), row: Self.headRow, column: index + 1, style: head)
            sheet.widths[index + 1] = column.width
        }
        sheet.heights[1] = 26
        sheet.heights[Self.headRow] = 30
        for (number, cells) in rows.enumerated() {
            let row = Self.headRow + 1 + number
            for (index, (text, column)) in zip(cells, columns).enumerated() {
                put(text, column, row, index + 1, &sheet)
            }
        }
        let last = max(Self.headRow + 1, Self.headRow + rows.count)
        let corner = Workbook.Address(row: last, column: columns.count)
        if let first = Workbook.Address(row: Self.headRow, column: 1), let corner {
            sheet.filter = Workbook.Block(first: first, last: corner)
        }
        if let first = Workbook.Address(row: 1, column: 1), let corner {
            sheet.page.area = Workbook.Block(first: first, last: corner)
        }
        sheet.frozen = Workbook.Address(row: Self.headRow + 1, column: 1)
        sheet.page.isLandscape = columns.reduce(0) { $0 + $1.width } > 95
        sheet.page.repeatedRows = Self.headRow...Self.headRow
        sheet.page.footer = "&L\(speech.edition.hash.short)&C&A&R&P / &N"
        return sheet
    }

    private func heading(_ sheet: inout WorkbookDraft.Sheet, _ speech: Speech) {
        let snapshot = speech.edition.snapshot
        let grey = WorkbookDraft.Style(size: 9, colour: 0x56605A)
        sheet.put(
            .text(speech(snapshot.event.title) + " · " + title),
            row: 1,
            column: 1,
            style: .init(isBold: true, size: 15, colour: 0x1F5F43)
        )
        let carried = item?.carried
        var facts = [speech((item.map(snapshot.kind) ?? snapshot.overall).text)]
        if snapshot.isRehearsal {
            facts.append(
                speech("演练数据,不是真实比赛成绩", "Rehearsal: not the results of a real competition")
            )
        }
        facts.append(
            speech("计算于 ", "computed ") + Moment(carried?.computedAt ?? snapshot.computedAt).text
        )
        facts.append(speech("快照 ", "snapshot ") + (carried?.snapshot ?? speech.edition.hash).hex)
        sheet.put(.text(facts.joined(separator: " · ")), row: 2, column: 1, style: grey)
        let notes = snapshot.notes.map { speech($0) }.joined(separator: " ")
        if !notes.isEmpty { sheet.put(.text(notes), row: 3, column: 1, style: grey) }
    }

    private func put(
        _ text: String,
        _ column: Column,
        _ row: Int,
        _ number: Int,
        _ sheet: inout WorkbookDraft.Sheet
    ) {
        guard !text.isEmpty else { return }
        guard column.kind == .number else {
            sheet.put(.text(text), row: row, column: number, style: .init(isWrapped: true))
            return
        }
        // As many places as were published: 85.50 is not 85.5.
        let places = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first
        let zeros = String(repeating: "0", count: min(places?.count ?? 0, 15))
        sheet.put(
            .number(text),
            row: row,
            column: number,
            style: .init(side: .right, numberFormat: zeros.isEmpty ? "0" : "0." + zeros)
        )
    }
}
