import Eligibility
import Exact
import Findings
import Foundation
import Interchange
import Seal
import Secretariat

/// A batch of decisions: the rows, the totals, a page a person, and what was wrong with other rows.
struct DecisionBatch {
    let people: [DecidedPerson]
    let findings: [Finding]
    let day: Day
    let totals: DecisionTotals

    init(people: [DecidedPerson], findings: [Finding], day: Day) {
        self.people = people
        self.findings = findings
        self.day = day
        totals = DecisionTotals(people)
    }

    /// Prints in the format that was asked for, or that the file's name ends in.
    func print(_ output: Output) throws {
        switch output.formatOfFile {
        case .xlsx:
            guard let out = output.out else { throw Output.needsFile }
            try WorkbookWriter.write(workbook, to: out)
        case .csv:
            let rows = people.flatMap { DecisionRows.rows($0, all: true) }
            try output.write(([DecisionRows.header] + rows).map(csvLine).joined())
        case .json: try output.write(json.canonicalText + "\n")
        case .table:
            let rows = people.flatMap { DecisionRows.rows($0, all: false) }
            let table = TableText.render(header: DecisionRows.header, rows: rows)
            try output.write(table + "\n" + totalsText[Console.language] + "\n")
        }
    }

    /// Writes the page of each person into a folder.
    func write(pages folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        for (index, person) in people.enumerated() {
            let safe = person.name.filter { $0.isLetter || $0.isNumber }
            let number = person.line > 0 ? person.line : index + 1
            let name = String("0000\(number)".suffix(max(5, "\(number)".count))) + "-" + safe
            try Output.write(page(of: person), to: folder + "/" + name + ".txt")
        }
    }

    private func page(of person: DecidedPerson) -> String {
        person.policies.map { $0.page(of: person.name).text(Console.language) }
            .joined(separator: "\n")
    }

    // MARK: Totals

    private static let totalsHeader = [
        "policy", "benefit", "title", "city", "eligible", "due_yuan", "undetermined",
        "open_up_to_yuan", "others",
    ]

    private var totalsRows: [[String]] {
        totals.lines.map { line in
            [
                line.policy, line.benefit.id, line.benefit.title[Console.language], line.city,
                "\(line.eligible)", line.due?.yuanText ?? "", "\(line.undetermined)",
                line.open?.yuanText ?? tr("上限未知", "no upper end known"), "\(line.others)",
            ]
        }
    }

    /// The totals by benefit and city, of what is or may be due to anybody.
    var totalsText: Text {
        let rows = zip(totals.lines, totalsRows).filter { $0.0.eligible + $0.0.undetermined > 0 }
        let table = TableText.render(header: Self.totalsHeader, rows: rows.map(\.1))
        return Text(
            "合计(按月的为每月):\n" + table,
            "totals (a month for what is monthly):\n" + table
        )
    }

    // MARK: JSON

    private var json: JSONValue {
        [
            "schema": "laurel-decisions/1", "on": .string(day.description),
            "people": .array(people.map(DecisionRows.json)),
            "totals": .array(
                totals.lines.map { line in
                    [
                        "policy": .string(line.policy), "benefit": .string(line.benefit.id),
                        "city": .string(line.city), "eligible": .int(line.eligible),
                        "due_fen": line.due.map { .int($0.amountFen) } ?? .null,
                        "undetermined": .int(line.undetermined),
                        "open_up_to_fen": line.open.map { .int($0.amountFen) } ?? .null,
                        "others": .int(line.others),
                    ]
                }
            ),
            "findings": .array(
                findings.map {
                    [
                        "code": .string($0.code),
                        "place": .optional($0.place?.description),
                        "message": ["zh": .string($0.message.zh), "en": .string($0.message.en)],
                    ]
                }
            ),
        ]
    }

    // MARK: Workbook

    private var workbook: WorkbookDraft {
        let rows = people.flatMap { DecisionRows.rows($0, all: true) }
        var sheets = [
            SheetOf.table(tr("决定", "Decisions"), DecisionRows.header, rows),
            SheetOf.table(tr("合计", "Totals"), Self.totalsHeader, totalsRows), pages,
        ]
        if !findings.isEmpty {
            sheets.append(
                SheetOf.table(
                    tr("问题", "Findings"),
                    ["place", "code", "message"],
                    findings.map {
                        [
                            $0.place?.description ?? "", $0.code,
                            $0.message[Console.language],
                        ]
                    }
                )
            )
        }
        return WorkbookDraft(title: tr("待遇核定", "Decisions"), sheets: sheets)
    }

    /// A page a person, each on paper of its own.
    private var pages: WorkbookDraft.Sheet {
        var sheet = WorkbookDraft.Sheet(name: tr("每人一页", "Pages"))
        sheet.widths[1] = 100
        var row = 1
        for person in people {
            for line in page(of: person).split(separator: "\n", omittingEmptySubsequences: false) {
                sheet.put(
                    .text(String(line)),
                    row: row,
                    column: 1,
                    style: .init(isBold: line.hasPrefix("●"), isWrapped: true)
                )
                row += 1
            }
            sheet.page.breaksAfter.append(row - 1)
        }
        return sheet
    }
}

/// Sheets made of rows.
enum SheetOf {
    /// A table with its header fixed at the top; whole amounts and counts are numbers.
    static func table(
        _ name: String,
        _ header: [String],
        _ rows: [[String]]
    ) -> WorkbookDraft.Sheet {
        var sheet = WorkbookDraft.Sheet(name: name)
        for (column, title) in header.enumerated() {
            sheet.put(
                .text(title),
                row: 1,
                column: column + 1,
                style: .init(isBold: true, hasBorder: true)
            )
            let widest = rows.prefix(200).map { TableText.width($0[column]) }.max() ?? 0
            sheet.widths[column + 1] = min(max(TableText.width(title), widest) + 2, 60)
        }
        for (row, cells) in rows.enumerated() {
            for (column, text) in cells.enumerated() {
                sheet.put(value(text, header[column]), row: row + 2, column: column + 1)
            }
        }
        sheet.frozen = Workbook.Address(row: 2, column: 1)
        sheet.page.isLandscape = true
        sheet.page.repeatedRows = 1...1
        return sheet
    }

    /// Amounts and counts are numbers; whatever else has digits, such as a code, is a text.
    private static func value(_ text: String, _ header: String) -> WorkbookDraft.Value {
        let numeric = [
            "line", "yuan", "due_yuan", "open_up_to_yuan", "eligible", "undetermined", "others",
            "rank", "名次",
        ]
        let plain = text.filter { $0 != "," }
        let isNumber =
            numeric.contains(header) && !plain.isEmpty
            && plain.allSatisfy { "0123456789.".contains($0) }
        return isNumber ? .number(plain) : .text(text)
    }
}
