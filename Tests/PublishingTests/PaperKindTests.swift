import Findings
import Foundation
import Interchange
import Paper
import Publishing
import Seal
import Snapshots
import Testing

@Suite struct PaperKindTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Templates")

    @Test(arguments: PaperKind.allCases)
    func theProgramCarriesTheTemplatesAsTheyStand(_ kind: PaperKind) throws {
        let file = Self.folder.appendingPathComponent(kind.rawValue + ".yaml")
        #expect(try String(contentsOf: file, encoding: .utf8) == kind.template)
    }

    @Test(arguments: PaperKind.allCases)
    func theTemplatesAreGood(_ kind: PaperKind) throws {
        _ = try PageTemplateFile.read(
            try YAMLFile.parse(kind.template, file: kind.rawValue),
            vocabulary: kind.vocabulary,
            folder: "."
        )
    }

    /// A title of forty characters, teams of ten, ten parts, a long note: nothing is cut off.
    @Test func aSheetOfLongNamesAndLargeTeamsHoldsAllOfThem() throws {
        let names = (0..<10).map { String(repeating: "虚", count: 2 + $0 % 3) + "人\($0)" }
        let parts = (0..<10).map {
            NamedCode(code: "P\($0)", title: Sample.strange.item.title)
        }
        let item = ItemResult(
            item: NamedCode(code: "S31", title: Sample.strange.item.title),
            track: "service",
            teamSize: 10,
            provenance: "representative",
            card: Digest(of: []),
            cardNote: Sample.strange.item.title,
            maximum: "100",
            parts: parts,
            policy: "rank-1-2-3",
            rows: (1...9).map { place in
                ResultRow(
                    entrant: "S31-00\(place)",
                    names: names,
                    delegation: "LN-SF",
                    group: "worker",
                    rank: place,
                    total: "\(90 - place).00",
                    parts: parts.map { _ in "10.25" },
                    status: "competing",
                    award: place == 1 ? "gold" : "none",
                    ties: []
                )
            }
        )
        let snapshot = Sample.snapshot([item])
        let template = try PageTemplateFile.read(
            try YAMLFile.parse(PaperKind.resultSheet.template, file: "result-sheet"),
            vocabulary: PaperKind.resultSheet.vocabulary,
            folder: "."
        )
        let pdf = try ResultPaper(draft: snapshot).resultSheet(of: item, on: template)
        let scratch = try Scratch()
        try Data(pdf).write(to: URL(fileURLWithPath: scratch.path("sheet.pdf")))
        let text = try Scratch.run(
            "/usr/bin/pdftotext",
            ["-raw", scratch.path("sheet.pdf"), "-"]
        ).filter { !$0.isWhitespace }
        for name in names { #expect(text.split(separator: name).count == 10) }
        #expect(text.contains(item.item.title.zh))
        for place in 1...9 { #expect(text.contains("S31-00\(place)")) }
        let figures = text.matches(of: /10\.25/)
        #expect(figures.count == 9 * 10)
    }

    /// One item is final; the other, carried on, is still open to appeals.
    @Test func noPaperCallsFinalWhatIsProvisional() throws {
        let (snapshot, scratch) = (Sample.mixed, try Scratch())
        let hash = Digest(of: snapshot.json)
        let paper = try ResultPaper(snapshot, hash: hash)
        let carried = try #require(snapshot.items.first?.carried)
        func text(_ kind: PaperKind, _ print: (PageTemplate) throws -> [UInt8]) throws -> String {
            let template = try PageTemplateFile.read(
                try YAMLFile.parse(kind.template, file: kind.rawValue),
                vocabulary: kind.vocabulary,
                folder: "."
            )
            let file = scratch.path("paper.pdf")
            try Data(try print(template)).write(to: URL(fileURLWithPath: file))
            return try Scratch.run("/usr/bin/pdftotext", ["-raw", file, "-"])
                .filter { !$0.isWhitespace }
        }
        let sheets = try snapshot.items.map { item in
            try text(.resultSheet) { try paper.resultSheet(of: item, on: $0) }
        }
        #expect(sheets[0].contains("公示(非最终)") && !sheets[0].contains("最终成绩"))
        #expect(sheets[0].contains(carried.snapshot.hex) && !sheets[0].contains(hash.hex))
        #expect(sheets[1].contains("最终成绩") && sheets[1].contains(hash.hex))
        let notice = try text(.notice) { try paper.notice(on: $0, appealMinutes: 120) }
        #expect(notice.contains("公示(非最终)") && !notice.contains("最终成绩"))
        let book = try ResultsWorkbook.draft(snapshot, hash: hash, language: .en)
        let said = book.sheets.map { sheet in
            sheet.cells.compactMap { cell -> String? in
                guard case .text(let text) = cell.value else { return nil }
                return text.contains(" · computed ") ? text : nil
            }.joined()
        }
        #expect(said.map { $0.hasPrefix("final") } == [false, false, false, false, true])
        #expect(said[3].contains(carried.snapshot.hex))
    }
}
