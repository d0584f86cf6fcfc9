import Competition
import Findings
import Foundation
import Interchange
import Testing

@Suite struct TextEncodingTests {
    /// 选手 in each of the encodings that spreadsheets write here.
    @Test(arguments: [
        [0xE9, 0x80, 0x89, 0xE6, 0x89, 0x8B],
        [0xEF, 0xBB, 0xBF, 0xE9, 0x80, 0x89, 0xE6, 0x89, 0x8B],
        [0xD1, 0xA1, 0xCA, 0xD6], [0xFF, 0xFE, 0x09, 0x90, 0x4B, 0x62],
        [0xFE, 0xFF, 0x90, 0x09, 0x62, 0x4B],
    ])
    func everyEncodingOfSpreadsheetsIsRead(bytes: [UInt8]) throws {
        #expect(try TextFile.decode(bytes, file: "x.csv") == "选手")
    }

    @Test(
        arguments: [[0xFF, 0xFF, 0xFF], [0x41, 0x00, 0x42], [0xEF, 0xBB, 0xBF, 0xC3]] as [[UInt8]]
    )
    func whatIsNoTextIsRefused(bytes: [UInt8]) {
        #expect(throws: Refusal.self) { try TextFile.decode(bytes, file: "x.csv") }
    }

    @Test func quotedFieldsLineBreaksAndEmptyCellsAreRead() throws {
        let table = try CSVTable(
            "\u{FEFF}a,b\r\n\"x, \"\"y\"\"\n z\",2,,\r\n\r\n,\r\n",
            file: "t.csv"
        )
        #expect(table.header == ["a", "b"])
        #expect(table.rows.map(\.fields) == [["x, \"y\"\n z", "2"]])
        #expect(table.rows[0].line == 2)
    }

    @Test func aColumnThatStandsTwiceIsRefused() {
        #expect {
            try CSVTable("a,b,a\n1,2,3\n", file: "t.csv")
        } throws: { error in
            let finding = (error as? Refusal)?.findings.first
            return finding?.code == "csv.duplicate-column" && finding?.place?.column == 5
        }
    }

    @Test func aTableThatIsCutShortIsRefusedWithTheLine() {
        for text in ["a,b,c\n1,2,3\n4,5", "a,b\n1,\"2"] {
            #expect {
                try CSVTable(text, file: "t.csv")
            } throws: { error in
                let place = (error as? Refusal)?.findings.first?.place
                return place?.line == (text.contains("4") ? 3 : 2)
            }
        }
    }
}

@Suite struct ScorecardFileTests {
    static let good = """
        scorecard: 1
        id: x
        title: {zh: 甲, en: X}
        panel: {judges: 5, minimum: 4}
        total: {max: 100}
        ties: {keys: [{marks: P}], end: shared}
        parts:
          - id: T
            title: {zh: 理论, en: Theory}
            weight: 30%
            aspects: [{id: t, title: {zh: 卷, en: Paper}, score: {max: 100}, aggregate: agreed}]
          - id: P
            title: {zh: 实操, en: Practical}
            weight: 70%
            aspects:
              - id: a
                title: {zh: 工艺, en: Work}
                score: {max: 100}
                aggregate: {trimmed: {high: 1, low: 1}}
        """

    @Test func theGoodCardIsRead() {
        #expect(ScorecardFile.read(Self.good, file: "x.yaml").findings.isEmpty)
    }

    @Test(arguments: [
        ("weight: 70%", "weight: 60%", "scorecard.weights", 5),
        ("panel: {judges: 5, minimum: 4}", "panel: {judges: 2}", "scorecard.panel-short", 16),
        ("marks: P", "marks: Q", "scorecard.unknown-node", 6),
        ("scorecard: 1", "scorecard: 2", "scorecard.version", 1),
        (
            "max: 100}, aggregate: agreed", "max: 100, stp: 1}, aggregate: agreed",
            "data.unknown-key", 11
        ),
        ("score: {max: 100}\n", "score: {max: abc}\n", "data.number", 18),
        ("id: P\n", "id: T\n", "scorecard.duplicate", 12),
        ("end: shared", "end: sometimes", "data.choice", 6),
        ("parts:", "awards: nonsense\nparts:", "awards.policy", 7),
        ("parts:", "sheets: [T]\nparts:", "scorecard.sheets", 7),
        ("parts:", "sheets: [T, P, P]\nparts:", "scorecard.sheets", 7),
        ("weight: 70%", "weight: 7/9", "scorecard.weights", 5),
        ("high: 1, low: 1", "high: 1", "data.missing", 19),
        (
            "score: {max: 100}\n", "score: {max: 100}\n        judgement: {max: 1}\n",
            "scorecard.marking", 16
        ),
    ])
    func aContradictionIsRefusedWithLineAndReason(
        from: String,
        to: String,
        code: String,
        line: Int
    ) {
        let text = Self.good.replacing(from, with: to)
        #expect(text != Self.good)
        let reading = ScorecardFile.read(text, file: "x.yaml")
        #expect(reading.card == nil)
        let found = reading.findings.first { $0.code == code }
        #expect(found?.place?.line == line, "\(reading.findings.map { $0.rendered(in: .en) })")
        #expect(found?.place?.column != nil)
    }

    @Test func aCardWhoseNumbersCannotBeHeldIsRefusedBeforeTheEvent() {
        let weights = ["1/999999937", "1/999999893", "1/999999883", "1/999999797"]
        let parts = weights.enumerated().map { index, weight in
            "  - {id: P\(index), title: {zh: 甲, en: A}, weight: \(weight), aspects: [{id: a, title: {zh: 乙, en: B}, score: {max: 100, step: 0.0001}, times: c}, {id: c, title: {zh: 系数, en: C}, score: {min: 1, max: 9, step: 0.000001}, counts: false}]}"
        }
        let card = """
            scorecard: 1
            id: x
            title: {zh: 甲, en: X}
            total: {max: open}
            ties: {end: shared}
            parts:
            \(parts.joined(separator: "\n"))
            """
        let findings = ScorecardFile.read(card, file: "x.yaml").findings
        #expect(findings.map(\.code) == ["scorecard.overflow"])
    }

    @Test func aTextThatFallsApartAtACommaIsCalledSo() {
        let text = Self.good.replacing("{zh: 工艺, en: Work}", with: "{zh: 工艺,外观, en: Work}")
        let finding = ScorecardFile.read(text, file: "x.yaml").findings.first
        #expect(finding?.message.en.contains("needs quotes") == true)
        #expect(finding?.place?.line == 17)
    }

    @Test func allFindingsComeAtOnceAndInOrder() {
        let text = Self.good.replacing("end: shared", with: "end: x").replacing(
            "score: {max: 100}\n",
            with: "score: {max: y}\n"
        )
        let lines = ScorecardFile.read(text, file: "x.yaml").findings.compactMap(\.place?.line)
        #expect(lines.count >= 2)
        #expect(lines == lines.sorted())
    }

    @Test func aDuplicateKeyIsRefused() {
        let findings = ScorecardFile.read(Self.good + "\nid: y", file: "x.yaml").findings
        #expect(findings.map(\.code) == ["yaml.duplicate-key"])
    }

    @Test func anchorsAreRefusedBeforeTheyUnfold() {
        let text = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
        let findings = ScorecardFile.read(text, file: "bomb.yaml").findings
        #expect(findings.map(\.code) == ["yaml.feature"])
        #expect(findings.first?.place?.line == 1)
    }

    @Test func everyCardThatShipsIsSoundAndSaysThatItIsAReference() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Scorecards").path
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".yaml")
        }
        #expect(files.count >= 8)
        for file in files {
            let reading = ScorecardFile.read(try TextFile.read(folder + "/" + file), file: file)
            #expect(reading.findings.isEmpty, "\(file)")
            #expect(reading.card?.note?.zh.contains("Laurel") == true, "\(file)")
        }
    }
}
