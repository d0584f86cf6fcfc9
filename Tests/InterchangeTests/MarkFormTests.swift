import Competition
import Findings
import Foundation
import Interchange
import Scoring
import Testing

/// What a cell holds, and the line that reading it gives.
struct TypedCell: CustomTestStringConvertible {
    let cell: String
    let attributes: String
    let content: String
    let line: String
    var testDescription: String { cell + " " + content + " → " + line }

    init(_ cell: String, _ attributes: String, _ content: String, _ line: String) {
        (self.cell, self.attributes, self.content, self.line) = (
            cell, attributes, content, line
        )
    }

    static func text(_ cell: String, _ text: String, _ line: String) -> TypedCell {
        TypedCell(cell, "t=\"inlineStr\"", "<is><t>\(text)</t></is>", line)
    }
}

/// Forms of marks as they come back from spreadsheet programs.
@Suite("MarkForm")
struct MarkFormTests {
    static let typed: [TypedCell] = [
        .text("D8", "８．５", "S01-001/P.p/J-1/1=85"),
        .text("D8", "　8.5 ", "S01-001/P.p/J-1/1=85"),
        TypedCell("D8", "", "<v>8.300000000000001</v>", "S01-001/P.p/J-1/1=83"),
        TypedCell("D8", "", "<f>SUM(G8:H8)</f><v>8.5</v>", "S01-001/P.p/J-1/1=85"),
        TypedCell("D8", "t=\"str\"", "<f>G8</f><v>8.5</v>", "S01-001/P.p/J-1/1=85"),
        TypedCell(
            "D8",
            "t=\"inlineStr\"",
            "<is><r><t>8.</t></r><r><t>5</t></r></is>",
            "S01-001/P.p/J-1/1=85"
        ),
        .text("E8", "缺考", "S01-002/P.p/J-1/1=\(StoredMark.absent)"),
        .text("E8", "弃权", "S01-002/P.p/J-1/1=\(StoredMark.withdrew)"),
        .text("E8", "未做", "S01-002/P.p/J-1/1=\(StoredMark.notAttempted)"),
        TypedCell("D8", "", "<v>11</v>", "Form!D8 mark.range"),
        TypedCell("D8", "", "<v>8.55</v>", "Form!D8 mark.decimals"),
        .text("D8", "八", "Form!D8 mark.not-a-number"),
        TypedCell("D8", "t=\"e\"", "<f>G1/0</f><v>#REF!</v>", "Form!D8 cell.error"),
        TypedCell("D8", "", "<f>SUM(G8:H8)</f>", "Form!D8 cell.uncalculated"),
        TypedCell("D8", "t=\"b\"", "<v>1</v>", "Form!D8 mark.not-a-number"),
        TypedCell("D8", "s=\"1\"", "<v>0.85</v>", "Form!D8 cell.percent"),
        TypedCell("D8", "s=\"2\"", "<v>45355</v>", "Form!D8 cell.day"),
        TypedCell("D8", "s=\"5\"", "<v>45355</v>", "Form!D8 cell.day"),
        TypedCell("D8", "s=\"4\"", "<v>0.5</v>", "Form!D8 cell.time"),
        TypedCell("D9", "t=\"b\"", "<v>1</v>", "S01-001/P.y/J-1/1=1"),
        TypedCell("D9", "t=\"b\"", "<v>0</v>", "S01-001/P.y/J-1/1=0"),
        .text("D9", "√", "S01-001/P.y/J-1/1=1"),
        .text("D9", "否", "S01-001/P.y/J-1/1=0"),
        TypedCell("D9", "", "<v>7</v>", "Form!D9 mark.range"),
        // 754.5 s = 0:12:34.5, as a part of a day and as a text.
        TypedCell("D10", "s=\"4\"", "<v>8.7326388888888896E-3</v>", "S01-001/P.b/J-1/1=7545"),
        .text("D10", "12:34.5", "S01-001/P.b/J-1/1=7545"),
        TypedCell("D10", "", "<v>754.5</v>", "S01-001/P.b/J-1/1=7545"),
        TypedCell("D10", "s=\"3\"", "<v>0.52361111111111103</v>", "Form!D10 cell.time"),
        TypedCell("D10", "s=\"4\"", "<v>0.1234567</v>", "Form!D10 cell.time"),
        TypedCell("D10", "s=\"4\"", "<v>0.5</v>", "Form!D10 mark.range"),
    ]

    @Test("what a cell may hold is read, or refused by its cell", arguments: typed)
    func cells(_ typed: TypedCell) throws {
        var form = FormMaker()
        form.cells[typed.cell] = (typed.attributes, typed.content)
        #expect(try form.lines() == [typed.line])
    }

    @Test("an empty form holds no marks and is no fault")
    func empty() throws {
        var form = FormMaker()
        form.put("  ", "D8")
        #expect(try form.lines() == [])
    }

    private func filled() -> FormMaker {
        var form = FormMaker()
        for (address, text) in ["D8": "8", "D9": "是", "D10": "600", "E9": "否"] {
            form.put(text, address)
        }
        return form
    }

    static let marks = [
        "S01-001/P.p/J-1/1=80", "S01-001/P.y/J-1/1=1", "S01-001/P.b/J-1/1=6000",
        "S01-002/P.y/J-1/1=0",
    ]

    @Test("a form is found wherever it was moved, behind other worksheets")
    func moved() throws {
        var form = filled().moved(rows: 3, columns: 2)
        form.others = [("说明", "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>")]
        #expect(try form.lines() == Self.marks + ["说明 form.skipped"])
    }

    @Test("labels stand apart from their values, in either language, and parts may be merged")
    func labels() throws {
        var form = filled()
        form.cells["D1"] = form.cells.removeValue(forKey: "B1")
        form.put("ITEM：", "A1")
        form.put("Scorecard", "A5")
        form.cells["A9"] = nil
        form.cells["A10"] = nil
        #expect(try form.lines() == Self.marks)
    }

    @Test("a column that was taken out is not handed in; columns may change places")
    func columns() throws {
        var form = filled()
        for row in 7...10 { form.cells["D\(row)"] = nil }
        #expect(try form.lines() == ["S01-002/P.y/J-1/1=0"])
        form = filled()
        for row in 7...10 {
            let left = form.cells["D\(row)"]
            form.cells["D\(row)"] = form.cells["E\(row)"]
            form.cells["E\(row)"] = left
        }
        #expect(try Set(form.lines()) == Set(Self.marks))
    }

    @Test("a panel's form gives the panel's marks")
    func panel() throws {
        var form = FormMaker()
        for (address, text) in ["B2": "裁判组 Panel", "B3": "T", "A8": "T", "B8": "t", "D8": "25.5"] {
            form.put(text, address)
        }
        for address in ["A9", "B9", "A10", "B10"] { form.cells[address] = nil }
        #expect(try form.lines() == ["S01-001/T.t/panel/1=255"])
    }

    static let wrong: [(String, [String: String], [String])] = [
        ("another item", ["B1": "S02"], ["Form!B1 form.item"]),
        ("another card", ["B5": "abc124"], ["Form!B5 form.card"]),
        ("no such unit", ["B3": "Q"], ["Form!B3 form.unit"]),
        ("no such attempt", ["B4": "2"], ["Form!B4 mark.attempt"]),
        ("no judge's name", ["B2": "a b"], ["Form!B2 mark.judge"]),
        ("a label without a value", ["B1": ""], ["Form!A1 form.value"]),
        ("a label that is gone", ["A4": "第几"], ["Form form.landmark"]),
        (
            "an entrant who is not of the item", ["E7": "S01-009"],
            Array(marks.prefix(3)) + ["Form!E7 form.entrant"]
        ),
        (
            "no entrant's code", ["E7": "合 计"],
            Array(marks.prefix(3)) + ["Form!E7 mark.entrant"]
        ),
        ("a mark below no entrant", ["F8": "3"], marks + ["Form!F8 form.column"]),
        ("a note below a heading of notes", ["F7": "备注", "F8": "改"], marks),
        (
            "an aspect that the card lacks", ["B9": "z"],
            [marks[0], marks[2]] + ["Form!B9 mark.unknown-aspect"]
        ),
        (
            "an aspect of another unit", ["A9": "T", "B9": "t"],
            [marks[0], marks[2]] + ["Form!B9 form.aspect"]
        ),
        (
            "marks in a row without an aspect", ["B9": ""],
            [marks[0], marks[2]] + ["Form!D9 form.row", "Form!E9 form.row"]
        ),
        ("no head", ["A7": "x"], ["Form form.head"]),
        (
            "everything at once", ["D8": "99", "E9": "x", "F10": "1"],
            [marks[1], marks[2]]
                + ["Form!D8 mark.range", "Form!E9 mark.not-a-number", "Form!F10 form.column"]
        ),
    ]

    @Test("what is wrong on a form is a finding by its cell", arguments: wrong)
    func faults(name: String, cells: [String: String], lines: [String]) throws {
        var form = filled()
        for (address, text) in cells { form.put(text, address) }
        #expect(try form.lines() == lines, "\(name)")
    }

    @Test("a plain table in the first worksheet is read by the same rules")
    func table() throws {
        let row: (Int, [String]) -> String = { number, fields in
            let cells = zip("ABCDEF", fields).filter { !$0.1.isEmpty }.map { column, text in
                text.first?.isNumber == true
                    ? "<c r=\"\(column)\(number)\"><v>\(text)</v></c>"
                    : "<c r=\"\(column)\(number)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
            }
            return "<row r=\"\(number)\">\(cells.joined())</row>"
        }
        let rows = [
            row(2, ["选手", "模块", "评分点", "裁判", "分数", "心得"]),
            row(3, ["S01-001", "P", "p", "J-1", "8.300000000000001"]),
            row(4, ["S01-001", "P", "y", "J-1", "是"]),
            row(5, ["S01-001", "P", "b", "J-1"]),
            row(6, ["S01-001", "P", "q", "J-1", "1"]),
            row(7, ["S01-001", "P", "p", "", "99"]),
            row(8, ["S01-002", "P", "p", "", "9"]),
        ]
        var form = FormMaker()
        form.others = [("表", "<sheetData>\(rows.joined())</sheetData>")]
        var behind = form
        behind.others.insert(("说明", ""), at: 0)
        #expect(try behind.lines() == ["表 form.table"])
        #expect(
            try form.lines() == [
                "S01-001/P.p/J-1/1=83", "S01-001/P.y/J-1/1=1", "表!F2 csv.extra-column",
                "表!C6 mark.unknown-aspect", "表!E7 mark.range", "表!D8 mark.judge-missing",
            ]
        )
    }

    @Test("the words of a finding say what stands in the cell and what was expected")
    func words() throws {
        var form = FormMaker()
        form.cells["D10"] = ("s=\"3\"", "<v>0.52361111111111103</v>")
        form.cells["D8"] = ("s=\"1\"", "<v>0.85</v>")
        let findings = try form.read().findings
        #expect(
            findings.map { $0.rendered(in: .zh) } == [
                """
                f.xlsx!Form!D8: 错误: 评分点 p 的格是百分数(值为 0.85);应为 0–10,步长 0.1 [cell.percent]
                  → 把格式设为“常规”,再写一遍
                """,
                """
                f.xlsx!Form!D10: 错误: 评分点 b 的格是几时几分的时刻,不知是否指分和秒;应为 0–3600,步长 0.1 [cell.time]
                  → 写秒数(754.5),或写全 0:12:34.5
                """,
            ]
        )
        #expect(
            findings.last?.rendered(in: .en) == """
                f.xlsx!Form!D10: error: aspect b: the cell is a time in hours and minutes, perhaps meant as minutes and seconds; expected 0 to 3600 in steps of 0.1 [cell.time]
                  → write the seconds (754.5), or all of it: 0:12:34.5
                """
        )
    }

    @Test(
        "entrants are spread evenly over worksheets, and the forms are read back",
        arguments: [(1, [1]), (10, [10]), (11, [6, 5]), (13, [7, 6]), (30, [10, 10, 10])]
    )
    func pages(count: Int, sizes: [Int]) throws {
        let plan = try FormMaker.plan()
        let entrants = (1...count).compactMap { EntrantID("S01-\(100 + $0)") }
        let form = MarkForm(
            event: Text("试 & 试", "A & B"),
            isRehearsal: false,
            item: try #require(ItemID("S01")),
            title: Text("项目", "Item"),
            card: "abc123",
            lowerIsBetter: false,
            judge: JudgeID("J-1"),
            unit: try #require(plan.units.last),
            attempt: 1,
            entrants: entrants
        )
        let path = NSTemporaryDirectory() + "form-" + UUID().uuidString + ".xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        var draft = MarkForm.workbook([form])
        #expect(draft.sheets.map { $0.rules.map(\.block.first.text) }.allSatisfy { $0.count == 3 })
        // A mark in the first unlocked cell of each entrant's column.
        for index in draft.sheets.indices {
            let open = draft.sheets[index].cells.filter(\.style.isUnlocked).map(\.block.first)
            let top = open.map(\.row).min() ?? 0
            for cell in open where cell.row == top {
                draft.sheets[index].put(.number("8.3"), row: cell.row, column: cell.column)
            }
            #expect(open.count { $0.row == top } == sizes[index])
        }
        #expect(draft.sheets.count == sizes.count)
        try WorkbookWriter.write(draft, to: path)
        let reading = MarksFile.read(
            try Workbook.read(path: path),
            file: "f.xlsx",
            plan: plan,
            target: MarksFile.Target(item: form.item, card: "abc123", entrants: Set(entrants))
        )
        #expect(reading.findings.isEmpty)
        #expect(reading.marks.map(\.entrant) == entrants)
        #expect(reading.marks.allSatisfy { $0.stored == 83 })
    }

    @Test(
        "formats of times, days and shares are told apart",
        arguments: [
            ("General", Workbook.Kind.plain), ("0.00", .plain), ("0.00E+00", .plain),
            ("0.0%", .percent), ("[$-804]yyyy\"年\"m\"月\"", .day), ("mm:ss.0", .seconds),
            ("[h]:mm:ss;@", .seconds), ("h:mm AM/PM", .hoursMinutes), ("[mm]:ss", .seconds),
            ("h\"时\"mm\"分\"", .hoursMinutes), ("0.0\" s\"", .plain), ("0\\s", .plain),
            ("[Red]0.0;[Blue]-0.0", .plain), ("mmm", .day), ("@", .plain), ("", .plain),
        ]
    )
    func kinds(format: String, kind: Workbook.Kind) throws {
        var maker = WorkbookMaker("<row><c s=\"0\"><v>1</v></c></row>")
        let escaped = format.replacingOccurrences(of: "\"", with: "&quot;")
        maker["xl/styles.xml"] = """
            <styleSheet xmlns="\(WorkbookMaker.main)"><numFmts>\
            <numFmt numFmtId="170" formatCode="\(escaped)"/></numFmts>\
            <cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>
            """
        maker["xl/_rels/workbook.xml.rels"] = maker["xl/_rels/workbook.xml.rels"]?
            .replacingOccurrences(
                of: "</Relationships>",
                with: """
                    <Relationship Id="st" Type="\(WorkbookMaker.office)/styles" \
                    Target="styles.xml"/></Relationships>
                    """
            )
        let book = try Workbook.read(maker.bytes(), name: "w.xlsx")
        #expect(book.sheets.first?["A1"]?.kind == kind)
    }
}
