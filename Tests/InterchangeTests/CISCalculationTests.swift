import Competition
import Exact
import Findings
import Foundation
import Interchange
import Testing

/// A workbook of our own, since the calculations of the real one are empty: the small scheme with a
/// sheet "Calculations" beside it.
private func read(
    _ calculations: [[(column: String, text: String)]],
    aspect: String = "2",
    sheet: String = "Calculations"
) throws -> CISWorkbook.Reading {
    let scheme = WorkbookMaker(
        scheme: SmallScheme.changed("J8", aspect),
        sheet: "CIS Marking Scheme Import"
    )
    let other = WorkbookMaker(scheme: calculations, sheet: sheet)
    func body(_ maker: WorkbookMaker) -> String {
        let text = maker["xl/worksheets/sheet0.xml"] ?? ""
        let start = text.range(of: "<sheetData>")?.lowerBound ?? text.startIndex
        return String(text[start...].replacing("</worksheet>", with: ""))
    }
    let maker = WorkbookMaker(sheets: [
        ("CIS Marking Scheme Import", body(scheme)), (sheet, body(other)),
    ])
    return CISWorkbook.read(try maker.bytes(), name: "w.xlsx")
}

private let head: [(column: String, text: String)] = [
    ("A", "Name"), ("B", "Type"), ("C", "Reusable"), ("D", "Parameters"),
]

@Suite("The calculations of a CIS workbook")
struct CISCalculationTests {
    private static func row(
        _ type: String,
        _ parameters: String
    ) -> [(column: String, text: String)] {
        [("A", "Count"), ("B", type), ("C", "false"), ("D", parameters)]
    }

    @Test(
        "a count is read from its row or by its name, with labels or without",
        arguments: [(true, "2"), (true, "Count"), (false, "1"), (false, "Count")]
    )
    func count(hasHead: Bool, named: String) throws {
        let rows = [Self.row("NUMBER_COMPLETED", "NUM_POSSIBLE:::5#x~x#")]
        let reading = try read((hasHead ? [head] : []) + rows, aspect: named)
        #expect(reading.findings.map { $0.rendered(in: .en) } == [])
        let aspect = try #require(reading.card?.parts.first?.aspects.first)
        #expect(aspect.marking == .count(of: 5, max: try Rational(1, over: 2)))
        #expect(aspect.aggregation == .agreed)
        #expect(aspect.stage.round == Rounding(places: 2))
        #expect(reading.cells["A1.1"]?.contains("calculation J8") == true)
    }

    @Test("a marking that Laurel wrote is read again")
    func own() throws {
        let marking =
            "{tolerance: {max: 0.5, free: 1, per: 1, loss: 0.1, units: begun, step: 0.5, limit: 50}}"
        let reading = try read([head, Self.row("LAUREL", "MARKING:::\(marking)#x~x#")])
        #expect(reading.findings.map { $0.rendered(in: .en) } == [])
        #expect(reading.card?.parts.first?.aspects.first?.marking.kind == .tolerance)
    }

    /// A calculation that can't be used, and what is said at its cell.
    struct Bad: CustomTestStringConvertible, Sendable {
        let type: String
        let parameters: String
        let said: String
        var testDescription: String { type + " " + parameters }
    }

    @Test(
        "one that can't be used is told at its cell, and the aspect is full or zero",
        arguments: [
            Bad(
                type: "SLIDING",
                parameters: "A:::1#x~x#",
                said: "the type \"SLIDING\" is unknown"
            ),
            Bad(
                type: "NUMBER_COMPLETED",
                parameters: "",
                said: "NUM_POSSIBLE must be a whole number from 1 to 100,000"
            ),
            Bad(
                type: "NUMBER_COMPLETED",
                parameters: "NUM_POSSIBLE:::0#x~x#",
                said: "NUM_POSSIBLE must be a whole number from 1 to 100,000"
            ),
            Bad(
                type: "LAUREL",
                parameters: "MARKING:::{count: {of: 2, max: 9}}#x~x#",
                said: "its marking can't be read, or differs from the max mark"
            ),
            Bad(
                type: "LAUREL",
                parameters: "MARKING:::{a: &amp;a [*a]}#x~x#",
                said: "its marking can't be read, or differs from the max mark"
            ),
        ]
    )
    func bad(bad: Bad) throws {
        let reading = try read([head, Self.row(bad.type, bad.parameters)])
        #expect(
            reading.findings.map { $0.rendered(in: .en) } == [
                "w.xlsx!Calculations!A2: warning: aspect A1.1: its calculation was not imported: "
                    + "\(bad.said); it is taken as full or zero [cis.calculation]"
            ]
        )
        let aspect = try #require(reading.card?.parts.first?.aspects.first)
        #expect(aspect.marking == .fullOrZero(max: try Rational(1, over: 2)))
    }

    @Test("every cell that could not be used is told, and a sheet that was not read")
    func unused() throws {
        let rows = [
            head, Self.row("NUMBER_COMPLETED", "NUM_POSSIBLE:::5#x~x#rubbish#x~x#") + [("F", "?")],
            [("A", "Lonely"), ("B", "NUMBER_COMPLETED")], [("D", "alone")],
        ]
        let codes = try read(rows).findings.map { finding in
            finding.code + " " + (finding.place?.file.split(separator: "!").last ?? "")
        }
        #expect(
            codes == [
                "cis.unused D2", "cis.unused F2", "cis.calculation-unused A3", "cis.unused D4",
            ]
        )
        let other = try read(rows, sheet: "Notes")
        #expect(
            other.findings.map { $0.rendered(in: .zh) } == [
                "w.xlsx!CIS Marking Scheme Import: 警告: 工作表“Notes”未读取 [cis.sheet-unused]",
                "w.xlsx!CIS Marking Scheme Import!J8: 警告: 评分点 A1.1 的计算“2”未导入;按全分或零分处理 [cis.calculation]",
            ]
        )
    }

    @Test("merged cells of a scheme are read where their first cell stands")
    func merged() throws {
        var maker = WorkbookMaker(scheme: SmallScheme.rows, sheet: "CIS Marking Scheme Import")
        let part = "xl/worksheets/sheet0.xml"
        maker[part] = maker[part]?.replacing(
            "</sheetData>",
            with:
                "</sheetData><mergeCells><mergeCell ref=\"B4:J4\"/><mergeCell ref=\"G8:G9\"/></mergeCells>"
        )
        let reading = CISWorkbook.read(try maker.bytes(), name: "w.xlsx")
        #expect(reading.findings.map { $0.rendered(in: .en) } == [])
        #expect(
            reading.card
                == CISWorkbook.read(
                    try WorkbookMaker(scheme: SmallScheme.rows, sheet: "CIS Marking Scheme Import")
                        .bytes(),
                    name: "w.xlsx"
                ).card
        )
    }
}
