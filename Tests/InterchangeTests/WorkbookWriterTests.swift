import Findings
import Foundation
import Testing

@testable import Interchange

@Suite("WorkbookWriter")
struct WorkbookWriterTests {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "writer-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func draft() -> WorkbookDraft {
        var sheet = WorkbookDraft.Sheet(name: "排名/Ranking")
        sheet.put(
            .text("=1+1"),
            row: 1,
            column: 1,
            columns: 3,
            style: .init(isBold: true, size: 16)
        )
        sheet.put(.number("8.3"), row: 2, column: 1, style: .init(numberFormat: "0.00"))
        sheet.put(.number("no number"), row: 2, column: 2, style: .init(hasBorder: true))
        sheet.put(.blank, row: 2, column: 3, style: .init(shade: 0xFFF2CC, isUnlocked: true))
        sheet.widths = [1: 20]
        sheet.heights = [1: 30]
        sheet.frozen = Workbook.Address("B2")
        sheet.page.isLandscape = true
        sheet.page.repeatedRows = 1...1
        sheet.page.footer = "&C&P / &N"
        sheet.page.breaksAfter = [40]
        sheet.isProtected = true
        if let block = Workbook.Block("C2:D9") {
            sheet.rule(
                .init(
                    .list(["是", "否"]),
                    title: String(repeating: "长", count: 40),
                    message: Text(
                        String(repeating: "说", count: 300),
                        String(repeating: "m", count: 300)
                    ),
                    refusal: Text("只能选是或否", "yes or no")
                ),
                over: block
            )
        }
        return WorkbookDraft(title: "试", sheets: [sheet, WorkbookDraft.Sheet(name: "排名-ranking")])
    }

    @Test("what is written is read again")
    func roundTrip() throws {
        let path = folder + "/w.xlsx"
        try WorkbookWriter.write(draft(), to: path)
        let book = try Workbook.read(path: path)
        #expect(book.sheets.map(\.name) == ["排名-Ranking", "排名-ranking (2)"])
        let sheet = try #require(book.sheets.first)
        #expect(sheet["A1"]?.content == .text("=1+1"))
        #expect(sheet["A1"]?.isFormula == false)
        #expect(sheet["A2"]?.text == "8.3")
        #expect(sheet["B2"]?.content == .text("no number"))
        #expect(sheet["C2"] == nil)
        #expect(sheet.merges.map(\.text) == ["A1:C1"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["w.xlsx"])
    }

    @Test("equal drafts give equal bytes")
    func deterministic() throws {
        try WorkbookWriter.write(draft(), to: folder + "/a.xlsx")
        Thread.sleep(forTimeInterval: 2.1)  // A zip counts time in steps of two seconds.
        try WorkbookWriter.write(draft(), to: folder + "/b.xlsx")
        let first = try Data(contentsOf: URL(fileURLWithPath: folder + "/a.xlsx"))
        #expect(first == (try Data(contentsOf: URL(fileURLWithPath: folder + "/b.xlsx"))))
    }

    @Test("what can't be written leaves what was there")
    func failing() throws {
        let path = folder + "/w.xlsx"
        try "before".write(toFile: path, atomically: true, encoding: .utf8)
        var long = draft()
        long.sheets[1].put(.text(String(repeating: "长", count: 32_768)), row: 1, column: 1)
        #expect(throws: Refusal.self) { try WorkbookWriter.write(long, to: path) }
        #expect(throws: Refusal.self) {
            try WorkbookWriter.write(WorkbookDraft(title: ""), to: path)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["w.xlsx"])
        do {
            try WorkbookWriter.write(draft(), to: folder + "/none/w.xlsx")
            Issue.record("written into no folder")
        } catch {
            #expect(
                error.findings.first?.message
                    == Text(
                        "写不了工作簿:No such file or directory",
                        "can't write the workbook: No such file or directory"
                    )
            )
        }
        // A folder stands in the way: the partial file is taken away.
        try FileManager.default.createDirectory(
            atPath: folder + "/d.xlsx/in",
            withIntermediateDirectories: true
        )
        #expect(throws: Refusal.self) { try WorkbookWriter.write(draft(), to: folder + "/d.xlsx") }
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: folder))
                == ["w.xlsx", "d.xlsx"]
        )
    }

    @Test(
        "names for tabs",
        arguments: [
            ("M05", "M05"), ("a:b/c", "a-b-c"), ("'x'", "x"), ("  ", "Sheet"), ("History", "Sheet"),
            (String(repeating: "字", count: 40), String(repeating: "字", count: 30) + "…"),
        ]
    )
    func names(wanted: String, name: String) {
        #expect(WorkbookDraft.tabNames([wanted]) == [name])
    }

    @Test("what a rule can't say in the file's format is not asked")
    func impossibleRules() {
        func rule(_ test: WorkbookDraft.CellRule.Test) -> WorkbookDraft.CellRule.Test {
            WorkbookDraft.CellRule(test, title: "", message: Text("", ""), refusal: Text("", ""))
                .possibleTest
        }
        #expect(rule(.list(["1", "2"])) == .list(["1", "2"]))
        #expect(rule(.list(["1,5"])) == .anything)
        #expect(rule(.list(Array(repeating: "0123456789", count: 24))) == .anything)
        #expect(rule(.formula(String(repeating: "A", count: 255))) == .anything)
        #expect(rule(.between("0", "x")) == .anything)
        #expect(WorkbookDraft.CellRule.both(Text("同", "同")) == "同")
        #expect(
            WorkbookDraft.CellRule.both(
                Text(String(repeating: "说", count: 300), String(repeating: "m", count: 300))
            ).utf16.count == 255
        )
    }
}
