import Competition
import Findings
import Foundation
import Interchange
import Scoring
import Testing

/// Makes a small form of marks cell by cell, as a spreadsheet program would save it.
struct FormMaker {
    /// What stands in each cell: the attributes of its element, and what is within.
    var cells: [String: (attributes: String, content: String)] = [:]
    /// Worksheets behind the form.
    var others: [(name: String, body: String)] = []

    static let card = """
        scorecard: 1
        id: tiny
        title: {zh: 各种评分点, en: Aspects of all kinds}
        total: {max: 100}
        panel: {judges: 3, minimum: 1}
        parts:
          - id: T
            title: {zh: 理论, en: Theory}
            aspects: [{id: t, title: {zh: 卷, en: Paper}, score: {max: 30, step: 0.5}, aggregate: agreed}]
          - id: P
            title: {zh: 实操, en: Practical}
            aspects:
              - {id: p, title: {zh: 做, en: Work}, score: {max: 10, step: 0.1}, aggregate: mean}
              - {id: y, title: {zh: 整洁, en: Tidy}, full_or_zero: {max: 30}, aggregate: mean}
              - id: b
                title: {zh: 用时, en: Time}
                bands: {list: [{to: 600, marks: 30}, {to: 900, marks: 15}], step: 0.1, limit: 3600}
                aggregate: mean
        """

    /// The styles: 1 is a percentage, 2 a day, 3 `h:mm`, 4 `[h]:mm:ss.0`, 5 a day of its own.
    private static let styles = """
        <styleSheet xmlns="\(WorkbookMaker.main)"><numFmts count="2">\
        <numFmt numFmtId="164" formatCode="[h]:mm:ss.0;@"/>\
        <numFmt numFmtId="165" formatCode="&quot;s&quot;yyyy\\-mm"/></numFmts>\
        <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>\
        <cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="20"/>\
        <xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>
        """

    /// A form of judge J-1 for part P and two entrants, with nothing filled in.
    init() {
        let texts = [
            "A1": "项目 Item", "B1": "S01", "A2": "裁判 Judge", "B2": "J-1", "A3": "评分单元",
            "B3": "P", "A4": "Attempt:", "B4": "1", "A5": "评分标准 Scorecard", "B5": "abc123",
            "A7": "模块\nPart", "B7": "评分点\nAspect", "C7": "内容", "D7": "S01-001",
            "E7": "S01-002", "A8": "P", "B8": "p", "A9": "P", "B9": "y", "A10": "P", "B10": "b",
        ]
        for (address, text) in texts { put(text, address) }
    }

    /// Puts a text into a cell.
    mutating func put(_ text: String, _ address: String) {
        cells[address] = ("t=\"inlineStr\"", "<is><t>\(text)</t></is>")
    }

    /// The form with every cell moved.
    func moved(rows: Int, columns: Int) -> FormMaker {
        var result = self
        result.cells = [:]
        for (address, cell) in cells {
            guard let old = Workbook.Address(address),
                let new = Workbook.Address(row: old.row + rows, column: old.column + columns)
            else { continue }
            result.cells[new.text] = cell
        }
        return result
    }

    func workbook() throws -> Workbook {
        var rows: [Int: [(column: Int, xml: String)]] = [:]
        for (text, cell) in cells {
            let address = try #require(Workbook.Address(text))
            let xml = "<c r=\"\(text)\" \(cell.attributes)>\(cell.content)</c>"
            rows[address.row, default: []].append((address.column, xml))
        }
        let body = rows.sorted { $0.key < $1.key }.map { number, cells in
            let inside = cells.sorted { $0.column < $1.column }.map(\.xml).joined()
            return "<row r=\"\(number)\">\(inside)</row>"
        }
        var maker = WorkbookMaker(
            sheets: others + [("Form", "<sheetData>\(body.joined())</sheetData>")]
        )
        maker["xl/_rels/workbook.xml.rels"] = maker["xl/_rels/workbook.xml.rels"]?
            .replacingOccurrences(
                of: "</Relationships>",
                with: """
                    <Relationship Id="st" Type="\(WorkbookMaker.office)/styles" \
                    Target="styles.xml"/></Relationships>
                    """
            )
        maker["xl/styles.xml"] = Self.styles
        return try Workbook.read(maker.bytes(), name: "f.xlsx")
    }

    static func plan() throws -> ScoringPlan {
        let reading = ScorecardFile.read(card, file: "card.yaml")
        #expect(reading.findings.isEmpty)
        return ScoringPlan(card: try #require(reading.card))
    }

    /// What is read of it.
    func read() throws -> MarksFile.Reading {
        MarksFile.read(
            try workbook(),
            file: "f.xlsx",
            plan: try Self.plan(),
            target: MarksFile.Target(
                item: try #require(ItemID("S01")),
                card: "abc123",
                entrants: Set(["S01-001", "S01-002"].compactMap { EntrantID($0) })
            )
        )
    }

    /// The marks as `entrant/aspect/judge=stored`, and the findings as `cell code`.
    func lines() throws -> [String] {
        let reading = try read()
        let plan = try Self.plan()
        let marks = reading.marks.map {
            let judge = $0.judge?.text ?? "panel"
            let aspect = plan.aspects[$0.aspect].address
            return "\($0.entrant.text)/\(aspect)/\(judge)/\($0.attempt + 1)=\($0.stored)"
        }
        let findings = reading.findings.map { finding in
            let place = finding.place?.description.split(separator: "!").dropFirst() ?? []
            return place.joined(separator: "!") + " " + finding.code
        }
        return marks + findings
    }
}
