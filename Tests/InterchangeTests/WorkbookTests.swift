import Findings
import Foundation
import Interchange
import Testing

/// The codes of the findings with which a workbook is refused; empty where it is read.
func refusalCodes(_ bytes: [UInt8], limits: Workbook.Limits = .standard) -> [String] {
    do {
        _ = try Workbook.read(bytes, name: "w.xlsx", limits: limits)
        return []
    } catch {
        return error.findings.map(\.code)
    }
}

@Suite("Workbook")
struct WorkbookTests {
    @Test("cells of every kind")
    func kinds() throws {
        let rows = """
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>行内</t></is></c>\
            <c r="C2"><v>0.30000000000000004</v></c><c r="D2" t="b"><v>1</v></c>\
            <c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v></c>\
            <c r="F2" t="str"><f>A2</f><v>x_x000A_y</v></c>\
            <c r="G2"><f>SUM(A1)</f></c><c r="H2" s="3"/><c r="I2" t="s"><v>1</v></c>\
            <c r="J2"><f>1+1</f><v>2</v></c></row><row><c><v>7</v></c><c r="AB3"><v>8</v></c></row>
            """
        let strings = """
            <si><r><t>rich </t></r><r><rPr><b/></rPr><t xml:space="preserve">&amp; run</t></r>\
            <rPh sb="0" eb="1"><t>furigana</t></rPh></si><si><t/></si>
            """
        let book = try Workbook.read(
            WorkbookMaker(rows, strings: strings).bytes(),
            name: "w.xlsx"
        )
        let sheet = try #require(book.sheets.first)
        #expect(sheet.name == "S")
        #expect(sheet["A2"]?.content == .text("rich & run"))
        #expect(sheet["B2"]?.text == "行内")
        #expect(sheet["C2"]?.content == .number("0.30000000000000004"))
        #expect(sheet["C2"]?.text == "0.3")
        #expect(sheet["D2"]?.content == .truth(true))
        #expect(sheet["E2"]?.content == .error("#DIV/0!"))
        #expect(sheet["F2"]?.text == "x\ny")
        #expect(sheet["G2"]?.content == .uncalculated)
        #expect(sheet["H2"] == nil)
        #expect(sheet["I2"] == nil)
        #expect(sheet["J2"]?.text == "2")
        #expect(sheet["J2"]?.isFormula == true)
        #expect(sheet.cell(row: 3, column: 1)?.text == "7")
        #expect(sheet.rows.last?.cells.last?.address.text == "AB3")
        #expect(sheet["A1"] == nil)
        #expect(book.findings.isEmpty)
    }

    @Test(
        "numbers as a person would have typed them",
        arguments: [
            ("0.30000000000000004", "0.3"), ("0.29999999999999999", "0.3"), ("17", "17"),
            ("17.0", "17"), ("1234567.1000000001", "1234567.1"), ("1E-3", "0.001"),
            ("1.5E3", "1500"), ("-0.25", "-0.25"), ("-1E-11", "0"),
            ("0.00000000005", "0.0000000001"),
            ("0.00000000004", "0"), ("9.99999999999999", "10"),
            ("99999999999999999", "99999999999999999"),
            ("210102199001011234", "210102199001011234"), (".5", "0.5"), ("2.", "2"), ("+3", "3"),
            ("007", "7"), ("1e400", "1" + String(repeating: "0", count: 400)),
            ("79.700000000000003", "79.7"),
            ("1e999999999", "1e999999999"), ("1.2.3", "1.2.3"), ("NaN", "NaN"), ("1e", "1e"),
        ]
    )
    func numbers(written: String, text: String) throws {
        let bytes = try WorkbookMaker("<row><c><v>\(written)</v></c></row>").bytes()
        #expect(try Workbook.read(bytes, name: "w.xlsx").sheets.first?["A1"]?.text == text)
    }

    @Test("the value of merged cells is in the first, and only there")
    func merges() throws {
        let body = """
            <sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>\
            <c r="C1"><v>3</v></c></row>\
            <row r="2"><c r="A2"><v>4</v></c><c r="C2"><v>5</v></c></row>\
            <row r="3"><c r="A3"><v>6</v></c></row></sheetData>\
            <mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C2:D3"/></mergeCells>
            """
        let bytes = try WorkbookMaker(sheets: [("S", body)]).bytes()
        let book = try Workbook.read(bytes, name: "w.xlsx")
        let sheet = try #require(book.sheets.first)
        #expect(sheet.merges.map(\.text) == ["A1:B2", "C2:D3"])
        #expect(sheet.rows.flatMap(\.cells).map(\.address.text) == ["A1", "C1", "C2", "A3"])
        #expect(book.findings.map(\.code) == ["xlsx.covered"])
        #expect(book.findings.first?.place?.file == "w.xlsx!S")
    }

    @Test(
        "addresses",
        arguments: [("A1", 1, 1), ("$AB$28", 28, 28), ("xfd1048576", 1_048_576, 16_384)]
    )
    func addresses(text: String, row: Int, column: Int) throws {
        let address = try #require(Workbook.Address(text))
        #expect(address.row == row)
        #expect(address.column == column)
        #expect(address.text == text.uppercased().filter { $0 != "$" })
    }

    @Test(
        "texts that are no address",
        arguments: [
            "", "A", "1", "A0", "A01", "1A", "A1B", "XFE1", "A1048577", "Ä1", "A-1", "A1:B2",
        ]
    )
    func noAddresses(text: String) {
        #expect(Workbook.Address(text) == nil)
    }

    @Test("links and macros are passed over, with a finding")
    func linksAndMacros() throws {
        var maker = WorkbookMaker("<row><c><f>[1]T!A1</f><v>5</v></c></row>")
        maker["xl/externalLinks/externalLink1.xml"] = "<not read>"
        maker["xl/vbaProject.bin"] = "not read"
        let book = try Workbook.read(maker.bytes(), name: "w.xlsm")
        #expect(book.sheets.first?["A1"]?.text == "5")
        #expect(book.findings.map(\.code) == ["xlsx.external-links", "xlsx.macros"])
        #expect(book.findings.allSatisfy { $0.severity == .warning })
        let rendered = try #require(book.findings.last).rendered(in: .zh)
        #expect(rendered == "w.xlsm: 警告: 工作簿含有宏或控件,未读取 [xlsx.macros]")
    }

    @Test("sheets written with a prefix, or in the strict dialect, are read")
    func dialects() throws {
        var maker = WorkbookMaker("")
        maker["xl/worksheets/sheet0.xml"] = """
            <x:worksheet xmlns:x="\(WorkbookMaker.main)" xmlns:o="urn:other"><x:sheetData>\
            <x:row><x:c><o:v>9</o:v><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>
            """
        #expect(try Workbook.read(maker.bytes(), name: "w").sheets.first?["A1"]?.text == "1")
        maker["xl/worksheets/sheet0.xml"] = """
            <worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData>\
            <row><c><v>2</v></c></row></sheetData></worksheet>
            """
        #expect(try Workbook.read(maker.bytes(), name: "w").sheets.first?["A1"]?.text == "2")
    }

    @Test("a hundred thousand rows are read")
    func manyRows() throws {
        var rows = ""
        for row in 1...100_000 {
            rows += "<row r=\"\(row)\"><c r=\"A\(row)\"><v>\(row)</v></c>"
            rows += "<c r=\"B\(row)\" t=\"inlineStr\"><is><t>第 \(row) 行</t></is></c></row>"
        }
        let book = try Workbook.read(WorkbookMaker(rows).bytes(), name: "w.xlsx")
        let sheet = try #require(book.sheets.first)
        #expect(sheet.rows.count == 100_000)
        #expect(sheet["B100000"]?.text == "第 100000 行")
    }
}
