import Competition
import Exact
import Findings
import Foundation
import Interchange
import Testing

private let euroSkillsPath = ShippedCards.root
    .appendingPathComponent("../shared/fixtures/euroskills_2023_web_marking_scheme.xlsx")
    .standardizedFileURL.path

@Suite("The CIS workbook that is written")
struct CISExportTests {
    private static func again(
        _ card: Scorecard,
        _ language: Language = .en
    ) throws -> (reading: CISWorkbook.Reading, findings: [Finding]) {
        let path = NSTemporaryDirectory() + "cis-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let sections = card.standard?.skill.flatMap { ShippedCardsTests.standards[$0] } ?? []
        let export = try CISExport(card, sections: sections, language: language, file: "card.yaml")
        try WorkbookWriter.write(export.draft, to: path)
        return (CISWorkbook.read(path: path), export.findings)
    }

    @Test(
        "the scheme of EuroSkills 2023 comes back to the letter",
        .enabled(
            if: FileManager.default.fileExists(atPath: euroSkillsPath),
            "the fixture is not here"
        )
    )
    func euroSkills() throws {
        let card = try #require(CISWorkbook.read(path: euroSkillsPath).card)
        let (reading, findings) = try Self.again(card)
        #expect(findings.map { $0.rendered(in: .en) } == [])
        #expect(reading.findings.map { $0.rendered(in: .en) } == [])
        #expect(reading.card == card)
    }

    @Test(
        "of each card that ships, criteria, aspects and marks come back",
        arguments: Language.allCases
    )
    func shipped(language: Language) throws {
        for (name, card) in ShippedCards.items.sorted(by: { $0.key < $1.key }) {
            let (reading, _) = try Self.again(card, language)
            #expect(reading.findings.map { $0.rendered(in: .en) } == [], "\(name)")
            let other = try #require(reading.card, "\(name)")
            let written = try card.shares().filter { $0.marks != .zero }
            let read = try other.shares()
            #expect(read.count == written.count, "\(name)")
            for (one, two) in zip(written, read) {
                #expect(one.aspect.title[language] == two.aspect.title[language])
                #expect(one.marks == two.marks, "\(name) \(one.aspect.id.text)")
                #expect(one.aspect.section == two.aspect.section)
                #expect(one.day == two.day)
                if try one.aspect.marking.bounds().upperBound == one.marks,
                    one.aspect.marking.kind != .judgement
                {
                    #expect(
                        one.aspect.marking == two.aspect.marking
                    )
                }
            }
            #expect(other.total.max == card.total.max, "\(name)")
        }
    }

    @Test("what CIS can't hold is told, in both languages")
    func losses() throws {
        let card = try #require(
            ScorecardFile.read(
                """
                scorecard: 1
                id: x
                title: {zh: 题, en: Title}
                panel: {judges: 5}
                total: {max: 100}
                ties: {keys: [{marks: P}], end: must-separate}
                awards: rank-1-2-3
                parts:
                  - id: T
                    title: {zh: 理论, en: Theory}
                    weight: {standard: 30%, student: 40%}
                    aspects: [{id: t, title: {zh: 卷, en: Paper}, score: {max: 100}, aggregate: agreed}]
                  - id: P
                    title: {zh: 实操, en: Practical}
                    weight: {standard: 70%, student: 60%}
                    round: {places: 1}
                    aspects:
                      - {id: a, title: {zh: 工艺, en: Work}, score: {max: 100}, aggregate: {trimmed: {high: 1, low: 1}}}
                      - {id: time, title: {zh: 时, en: Time}, score: {max: 9}, aggregate: agreed, counts: false}
                """,
                file: "card.yaml"
            ).card
        )
        let (reading, findings) = try Self.again(card)
        #expect(
            findings.map { $0.rendered(in: .en) } == [
                "card.yaml!T.t: warning: \"score\" is weighed on its way to the total; it is written as full or zero [cis.export-marking]",
                "card.yaml!T: warning: weights by group are not written; the standard one counts [cis.export-group]",
                "card.yaml!P.a: warning: \"score\" is weighed on its way to the total; it is written as full or zero [cis.export-marking]",
                "card.yaml!P.a: warning: not written: 1 highest and 1 lowest dropped, the rest averaged [cis.export-aggregate]",
                "card.yaml!P: warning: weights by group are not written; the standard one counts [cis.export-group]",
                "card.yaml!P: warning: a way of combining, attempts, bounds, rounding, panel, pass mark or rule for the absent is not written [cis.export-rule]",
                "card.yaml!P.time: warning: an aspect that does not count is left out [cis.export-uncounted]",
                "card.yaml: warning: 2 aspects have more than 2 marks, which CIS by default does not allow [cis.export-max]",
                "card.yaml: warning: the panel of 5 is not written (CIS: 3) [cis.export-panel]",
                "card.yaml: warning: the tie chain is not written (in CIS level entrants share a place) [cis.export-ties]",
                "card.yaml: warning: the awards policy rank-1-2-3 is not written [cis.export-awards]",
                "card.yaml: note: CIS names aspects by their position (A1.1 …); the card's own names are not written [cis.export-names]",
                "card.yaml: note: CIS holds one language; the other is not written [cis.export-language]",
            ]
        )
        #expect(
            findings.first?.rendered(in: .zh)
                == "card.yaml!T.t: 警告: “打分”经权重折算,写成全分或零分 [cis.export-marking]"
        )
        #expect(try reading.card?.shares().map(\.marks) == [Rational(30), Rational(70)])
    }
}
