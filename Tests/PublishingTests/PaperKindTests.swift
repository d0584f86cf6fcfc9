import Findings
import Foundation
import Interchange
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
}
