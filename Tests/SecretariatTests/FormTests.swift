import Competition
import Findings
import Foundation
import Interchange
import Ledger
import Secretariat
import Testing

/// Forms: printed, filled in, handed in again, also after other programs have touched them.
@Suite("Forms") struct FormTests {
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
              - id: j
                title: {zh: 工艺, en: Craft}
                judgement:
                  max: 20
                  spread: 3
                  levels:
                    - {zh: 不可用, en: Unusable}
                    - {zh: 勉强可用, en: Barely usable}
                    - {zh: 合乎行业标准, en: To the standard of the trade}
                    - {zh: 出色, en: Excellent}
                aggregate: mean
              - {id: y, title: {zh: 整洁, en: Tidy}, full_or_zero: {max: 10}, aggregate: mean}
              - id: b
                title: {zh: 用时, en: Time}
                bands: {list: [{to: 600, marks: 30}, {to: 900, marks: 15}], step: 0.1, limit: 3600}
                aggregate: mean
        """

    private func tiny(blind: Int = 0) throws -> TinyWorld {
        var settings = TinyWorld.Settings()
        settings.card = Self.card
        settings.blind = blind
        return try TinyWorld(settings)
    }

    /// A form that was printed, with marks written into it and saved again.
    private func fill(
        _ path: String,
        _ mark: (_ sheet: String, _ entrant: String, _ aspect: String) -> String?
    ) throws {
        let book = try Workbook.read(path: path)
        var draft = WorkbookDraft(title: "")
        for sheet in book.sheets {
            var copy = WorkbookDraft.Sheet(name: sheet.name)
            for row in sheet.rows {
                for cell in row.cells {
                    let (row, column) = (cell.address.row, cell.address.column)
                    copy.put(.text(cell.text), row: row, column: column)
                }
            }
            let head = try #require(
                sheet.rows.first { $0.cell(column: 1)?.text.hasPrefix("模块") ?? false }
            )
            for row in sheet.rows where row.number > head.number {
                guard let aspect = row.cell(column: 2)?.text else { continue }
                for entrant in head.cells where entrant.address.column >= 5 {
                    guard let text = mark(sheet.name, entrant.text, aspect) else { continue }
                    copy.put(.number(text), row: row.number, column: entrant.address.column)
                }
            }
            draft.sheets.append(copy)
        }
        try WorkbookWriter.write(draft, to: path)
    }

    /// What the filled-in forms of these tests say of an aspect.
    private static func mark(_ sheet: String, _ entrant: String, _ aspect: String) -> String? {
        let number = Int(entrant.suffix(1)) ?? 0
        switch aspect {
        case "t": return "\(20 + number).5"
        case "p": return sheet.contains("02") ? "8.\(number)" : "９．\(number)"
        case "j": return number == 3 ? "未做" : "\(number)"
        case "y": return number == 1 ? "是" : "否"
        default: return "12:3\(number).5"
        }
    }

    /// The same marks as the record keeps them.
    private static let stored = [
        "S01-001/P/J-S01-01: 91 1 1 7515", "S01-001/P/J-S01-02: 81 1 1 7515",
        "S01-001/T/panel: 215", "S01-002/P/J-S01-02: 82 2 0 7525", "S01-002/T/panel: 225",
        "S01-003/P/J-S01-01: 93 未做 0 7535", "S01-003/T/panel: 235",
    ]

    private func stored(_ world: TinyWorld) throws -> [String] {
        try world.record.sheets(of: world.item).map { sheet in
            let marks = sheet.marks.map { $0 == StoredMark.notAttempted ? "未做" : "\($0)" }
            return sheet.entrant.text + "/" + sheet.unit.text + "/"
                + (sheet.judge?.text ?? "panel") + ": " + marks.joined(separator: " ")
        }.sorted()
    }

    private func form(_ world: TinyWorld, judge: String? = nil) throws -> String {
        let path = world.folder + "/form.xlsx"
        try world.office.writeForms(world.item, judge: judge, to: path)
        return path
    }

    @Test("what is written on the forms is what the record holds, and then no form is left")
    func roundTrip() throws {
        let world = try tiny()
        let path = try form(world)
        #expect(
            try Workbook.read(path: path).sheets.map(\.name)
                == ["裁判组 T", "J-S01-01 P", "J-S01-02 P"]
        )
        try fill(path, Self.mark)
        #expect(try world.office.check(path, item: world.item).sheets == 7)
        #expect(try stored(world) == [])
        let result = try world.office.submit(path, item: world.item, by: world.ring.key("R-S01"))
        #expect(result.receipts.count == 7)
        #expect(result.findings.isEmpty)
        #expect(try stored(world) == Self.stored)
        #expect(try refusal { _ = try form(world) } == ["form.none"])
    }

    @Test("a column left empty is not handed in, and the next forms show what is still missing")
    func partly() throws {
        let world = try tiny()
        let path = try form(world)
        try fill(path) { sheet, entrant, aspect in
            entrant.hasSuffix("1") ? Self.mark(sheet, entrant, aspect) : nil
        }
        _ = try world.office.submit(path, item: world.item, by: world.ring.key("R-S01"))
        #expect(try stored(world) == Array(Self.stored.prefix(3)))
        let next = try Workbook.read(path: form(world, judge: "J-S01-01"))
        #expect(next.sheets.map(\.name) == ["J-S01-01 P"])
        let head = next.sheets.first?.rows.first { $0.cell(column: 2)?.text == "评分点\nAspect" }
        #expect(head?.cells.dropFirst(4).map(\.text) == ["S01-003"])
    }

    @Test("a wrong mark and a gap are told by their cells, and nothing is written")
    func faults() throws {
        let world = try tiny()
        let path = try form(world)
        try fill(path) { sheet, entrant, aspect in
            if sheet == "裁判组 T", entrant == "S01-002" { return "20.3" }
            if sheet == "J-S01-02 P", entrant == "S01-001", aspect == "j" { return nil }
            return Self.mark(sheet, entrant, aspect)
        }
        let (item, key) = (world.item, try world.ring.key("R-S01"))
        for attempt in [
            { _ = try world.office.submit(path, item: item, by: key) },
            { _ = try world.office.check(path, item: item) },
        ] {
            do {
                try attempt()
                Issue.record("handed in")
            } catch let refusal as Refusal {
                #expect(
                    refusal.findings.map {
                        ($0.place?.description.split(separator: "/").last ?? "") + " " + $0.code
                    } == [
                        "form.xlsx!J-S01-02 P!E9 sheet.incomplete",
                        "form.xlsx!裁判组 T!F9 mark.step",
                    ]
                )
            }
        }
        #expect(try stored(world) == [])
    }

    @Test("forms are entered again and corrected like tables")
    func againAndCorrected() throws {
        var world = try tiny()
        try world.appoint("R-2", .recorder, item: "S01")
        let path = try form(world)
        try fill(path, Self.mark)
        let item = world.item
        _ = try world.office.submit(path, item: item, by: world.ring.key("R-S01"))
        let again = try world.office.submitAgain(path, item: item, by: world.ring.key("R-2"))
        #expect(again.count == 7)
        #expect(again.allSatisfy { $0.differs.isEmpty })
        // An empty form corrects nothing, one mark corrects its sheet.
        let other = try tiny()
        let blank = try form(other)
        #expect(
            try refusal {
                _ = try world.office.submitAgain(blank, item: item, by: world.ring.key("R-2"))
            }
                == ["sheet.none"]
        )
        try fill(blank) { sheet, entrant, aspect in
            sheet == "J-S01-02 P" && entrant == "S01-002" && aspect == "p" ? "7" : nil
        }
        let receipts = try world.office.correct(
            blank,
            item: item,
            reason: "读错",
            by: world.ring.key("R-S01")
        )
        #expect(receipts.count == 1)
        var expected = Self.stored
        expected[3] = "S01-002/P/J-S01-02: 70 2 0 7525"
        #expect(try stored(world) == expected)
    }

    @Test("a blind item's forms bear the numbers, nobody's code and nobody's name")
    func blind() throws {
        var world = try tiny(blind: 1)
        #expect(try refusal { _ = try form(world) } == ["form.none"])
        try world.drawAll()
        let book = try Workbook.read(path: form(world))
        let texts = book.sheets.flatMap(\.rows).flatMap(\.cells).map(\.text)
        let numbers = try world.record.subjects(of: world.item).map(\.entrant.id.text)
        #expect(numbers.count == 3)
        for number in numbers { #expect(texts.contains(number)) }
        #expect(!texts.contains { $0.contains("S01-00") || $0.contains("虚人") })
        #expect(texts.contains("演练,分数不作数 REHEARSAL: these marks do not count"))
        #expect(texts.contains("裁判员签名 Judge"))
        #expect(texts.contains { $0.contains("2 = 合乎行业标准 To the standard of the trade") })
    }

    @Test("a judge's forms alone, or the panel's; a table as well")
    func ofOneJudge() throws {
        let world = try tiny()
        #expect(
            try Workbook.read(path: form(world, judge: "panel")).sheets.map(\.name) == ["裁判组 T"]
        )
        #expect(try refusal { _ = try form(world, judge: "J-S01-09") } == ["form.judge"])
        let rows = try world.office.template(world.item, judge: "J-S01-02").rows
        #expect(Set(rows.map { $0[3] }) == ["J-S01-02"])
        #expect(Set(rows.map { $0[0] }) == ["S01-001", "S01-002"])
    }

    /// Forms of this very world that were printed by `laurel sheet template`, filled in by openpyxl
    /// 3.1.5 (which writes every text in its cell), and saved again by LibreOffice 7.4.
    @Test("forms that other programs have saved", arguments: ["openpyxl", "libreoffice"])
    func touched(by program: String) throws {
        let world = try tiny()
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/form-\(program).xlsx").path
        let result = try world.office.submit(path, item: world.item, by: world.ring.key("R-S01"))
        #expect(result.findings.isEmpty)
        #expect(try stored(world) == Self.stored)
    }
}
