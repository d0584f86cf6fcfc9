import Competition
import Exact
import Findings
import Foundation
import Interchange
import Testing

/// The scheme of EuroSkills 2023, which lies beside the project and not in it.
private let realScheme = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/fixtures/euroskills_2023_web_marking_scheme.xlsx")
    .standardizedFileURL.path(percentEncoded: false)

private let hasRealScheme = FileManager.default.fileExists(atPath: realScheme)

@Suite("The CIS import workbook")
struct CISWorkbookTests {
    @Test(
        "the scheme of EuroSkills 2023, skill 17, is read whole",
        .enabled(if: hasRealScheme, "the fixture \(realScheme) is not here")
    )
    func euroSkills() throws {
        let reading = CISWorkbook.read(path: realScheme)
        #expect(reading.findings.map { $0.rendered(in: .en) } == [])
        let card = try #require(reading.card)
        #expect(card.id == "cis-17")
        #expect(card.title.en == "17 Web Development")
        #expect(card.standard == Standard(title: Text(same: "Web Development"), skill: "17"))
        #expect(card.parts.map(\.id.text) == ["A", "B", "C", "D", "E", "F"])
        let marks = try card.parts.map { try $0.aspects.map(maximum).sum() }
        #expect(marks == [17, 23, 17, 22, 16, 5].map { Rational($0) })
        #expect(card.parts.first?.title.en == "Static Website Design")
        #expect(card.total.max == Rational(100))

        let units = card.units
        #expect(units.count == 36)
        let days = card.sheetUnits.map { card.node($0)?.day }
        #expect([1, 2, 3].map { day in days.filter { $0 == day }.count } == [12, 15, 9])
        #expect(units.map { $0.judged.count + $0.agreed.count }.max() == 13)

        let aspects = card.parts.flatMap(\.aspects)
        #expect(aspects.count == 149)
        #expect(aspects.filter(\.isAgreed).count == 123)
        #expect(aspects.filter { $0.aggregation == .mean }.count == 26)
        #expect(aspects.allSatisfy { $0.stage.round == Rounding(places: 2) && $0.counts })
        #expect(Set(aspects.map(\.id)).count == 149)
        // The sections' marks as the sheet states them in I5 to I9.
        for (section, stated) in [(1, 5), (2, 5), (3, 25), (4, 25), (5, 40)] {
            let sum = try aspects.filter { $0.section == section }.map(maximum).sum()
            #expect(sum == Rational(stated), "section \(section)")
        }
        #expect(reading.provenance.count == 149)
        #expect(reading.provenance["A1.2"] == "D31")
        #expect(reading.provenance["F3.1"] == "D380")
    }

    @Test(
        "an aspect of EuroSkills 2023 is read to the letter",
        .enabled(if: hasRealScheme, "the fixture \(realScheme) is not here")
    )
    func euroSkillsAspects() throws {
        let card = try #require(CISWorkbook.read(path: realScheme).card)
        let unit = try #require(card.units.first)
        #expect(unit.id.text == "A1")
        let judged = try #require(unit.judged.last).aspect
        #expect(judged.id.text == "A1.2")
        #expect(judged.title.en == "Pages (home, product, pricing, team) are responsive")
        guard case .judgement(let max, let spread, let levels) = judged.marking else {
            Issue.record("no judgement")
            return
        }
        #expect(max == .one)
        #expect(spread == 1)
        #expect(levels.count == 4)
        #expect(levels.first?.zh == "All pages are not responsive at all")
        let measured = try #require(unit.agreed.first).aspect
        #expect(measured.id.text == "A1.3")
        #expect(measured.marking == .fullOrZero(max: try Rational(1, over: 2)))
        #expect(measured.description?.en.hasPrefix("Header, Navigation, and Footer") == true)
        #expect(measured.requirement == nil)
    }

    // MARK: Small sheets

    @Test("what the sheet does not say is set as at WorldSkills")
    func defaults() throws {
        let card = try #require(read(SmallScheme.rows).card)
        #expect(card.panel == Panel(judges: 3, minimum: 3))
        #expect(card.ties == TieRule(keys: [], end: .shared, numbering: .competition))
        #expect(card.awards == "worldskills-2019-2024")
        #expect(card.total.max == Rational(3))
        #expect(card.sheetUnits.map(\.text) == ["A1", "A2"])
        #expect(card.parts.map(\.stage) == [Stage()])
        #expect(card.node(try #require(NodeID("A2")))?.day == 2)
        #expect(read(SmallScheme.rows, sheet: "Marking Scheme  import").card == card)
    }

    @Test("a workbook without the sheet is refused, naming what there is")
    func noSheet() {
        let reading = read(SmallScheme.rows, sheet: "Marks")
        #expect(reading.card == nil)
        #expect(
            reading.findings.map { $0.rendered(in: .en) } == [
                "w.xlsx: error: no sheet is called \"CIS Marking Scheme Import\"; "
                    + "there are: Marks [cis.sheet]"
            ]
        )
        #expect(
            reading.findings.map { $0.rendered(in: .zh) } == [
                "w.xlsx: 错误: 没有名为“CIS Marking Scheme Import”的工作表;现有:Marks [cis.sheet]"
            ]
        )
    }

    @Test("a hostile workbook is a finding here too")
    func hostile() {
        #expect(
            CISWorkbook.read(Array("no zip".utf8), name: "w").findings.map(\.code) == [
                "xlsx.not-a-zip"
            ]
        )
        #expect(CISWorkbook.read(path: "/nonexistent").findings.map(\.code) == ["file.unreadable"])
        let empty = read([[]])
        #expect(empty.card == nil)
        #expect(empty.findings.map(\.code) == ["cis.header"])
    }

    /// A cell of the small sheet that is changed, and what is then found: codes with cells.
    struct Change: CustomTestStringConvertible, Sendable {
        let cell: String
        let text: String?
        let found: [String]
        var isRefused = true

        var testDescription: String { "\(cell) = \(text ?? "nothing")" }
    }

    @Test(
        "each thing that can't be used is found at its cell",
        arguments: [
            Change(cell: "K4", text: "2.5", found: ["cis.criterion-mark K4"], isRefused: false),
            Change(cell: "N6", text: "2.5", found: ["cis.criterion-mark N6"], isRefused: false),
            Change(cell: "N18", text: "100", found: ["cis.total N18"], isRefused: false),
            Change(cell: "O8", text: "?", found: ["cis.unused O8"], isRefused: false),
            Change(cell: "G17", text: "more", found: ["cis.unused G17"], isRefused: false),
            Change(cell: "O6", text: "KH", found: ["cis.unused O6"], isRefused: false),
            Change(cell: "D8", text: "D", found: ["cis.options D8"], isRefused: false),
            Change(cell: "D8", text: "B", found: [], isRefused: false),
            Change(cell: "D8", text: "O", found: [], isRefused: false),
            Change(cell: "D10", text: "s", found: [], isRefused: false),
            Change(cell: "D8", text: "Z", found: ["cis.type D8"]),
            Change(cell: "C7", text: "C1", found: [], isRefused: false),
            Change(cell: "C7", text: "Monday", found: ["cis.day C7"], isRefused: false),
            Change(cell: "I8", text: "-", found: ["cis.section I8"], isRefused: false),
            Change(cell: "J8", text: "4", found: ["cis.calculation J8"], isRefused: false),
            Change(cell: "E8", text: nil, found: ["cis.description D8"], isRefused: false),
            Change(
                cell: "K8",
                text: "0.125",
                found: [
                    "cis.criterion-mark K4", "cis.criterion-mark N6", "cis.decimals K8",
                    "cis.total N18",
                ],
                isRefused: false
            ),
            Change(cell: "K8", text: "0,5", found: ["cis.comma K8"], isRefused: false),
            Change(cell: "K8", text: "0.50000000000000011", found: [], isRefused: false),
            Change(cell: "K8", text: "half", found: ["cis.number K8"]),
            Change(cell: "K8", text: nil, found: ["cis.mark D8"]),
            Change(cell: "K8", text: "0", found: ["cis.mark K8"]),
            Change(cell: "F12", text: "7", found: ["cis.levels D10", "cis.level F12"]),
            Change(cell: "F12", text: "0", found: ["cis.levels D10", "cis.level F12"]),
            Change(cell: "G12", text: nil, found: ["cis.levels D10", "cis.level F12"]),
            Change(cell: "D8", text: nil, found: ["cis.type K8"]),
            Change(cell: "A16", text: "A2", found: [], isRefused: false),
            Change(cell: "A16", text: "A1", found: ["cis.empty A15", "cis.duplicate A16"]),
            Change(cell: "A7", text: "First", found: ["cis.id A7"]),
            Change(cell: "A7", text: "B1", found: ["cis.criterion A7"]),
            Change(cell: "A15", text: "A1", found: ["cis.duplicate A15"]),
            Change(cell: "A15", text: nil, found: ["cis.id C15"]),
            Change(cell: "D6", text: nil, found: ["cis.header A6"]),
        ]
    )
    func changes(change: Change) throws {
        let reading = read(SmallScheme.changed(change.cell, change.text))
        let found = reading.findings.map { finding in
            let cell = finding.place?.file.split(separator: "!").dropFirst(2).first ?? ""
            return finding.code + " " + cell
        }
        #expect(found == change.found)
        #expect((reading.card == nil) == change.isRefused)
    }

    @Test("findings are worded in both languages")
    func wording() {
        let finding = read(SmallScheme.changed("K4", "2.5")).findings.first
        #expect(
            finding?.rendered(in: .en)
                == "w.xlsx!CIS Marking Scheme Import!K4: warning: criterion A states 2.5 marks; "
                + "its aspects add up to 3 [cis.criterion-mark]"
        )
        #expect(
            finding?.rendered(in: .zh)
                == "w.xlsx!CIS Marking Scheme Import!K4: 警告: "
                + "评分项 A 写明 2.5 分,评分点合计 3 分 [cis.criterion-mark]"
        )
    }

    @Test("a formula whose result was not saved is told apart")
    func uncalculated() throws {
        var maker = WorkbookMaker(scheme: SmallScheme.rows, sheet: "CIS Marking Scheme Import")
        let part = "xl/worksheets/sheet0.xml"
        maker[part] = maker[part]?.replacing(
            "<c r=\"K8\"><v>0.5</v>",
            with: "<c r=\"K8\"><f>1/2</f>"
        )
        let codes = CISWorkbook.read(try maker.bytes(), name: "w.xlsx").findings.map(\.code)
        #expect(codes.contains("cis.uncalculated"))
    }

    @Test("a sheet far larger than any scheme is refused")
    func tooLarge() {
        let text = (0..<20_000).map { "\($0 &* 7_919)" }.joined()
        let rows = (1...101).map { [("P", text + "\($0)")] }
        let reading = read(SmallScheme.rows + rows)
        #expect(reading.findings.map(\.code) == ["cis.too-large"])
        #expect(reading.card == nil)
    }

    @Test("the findings of a sheet full of rubbish are bounded")
    func rubbish() throws {
        let junk = (1...3_000).map { [("P", "junk \($0)")] }
        let reading = read(SmallScheme.rows + junk)
        #expect(reading.findings.count == 1_001)
        #expect(reading.findings.last?.code == "cis.more")
        #expect(reading.card != nil)
    }

    private func read(
        _ rows: [[(column: String, text: String)]],
        sheet: String = "CIS Marking Scheme Import"
    ) -> CISWorkbook.Reading {
        do {
            let bytes = try WorkbookMaker(scheme: rows, sheet: sheet).bytes()
            return CISWorkbook.read(bytes, name: "w.xlsx")
        } catch {
            Issue.record(error)
            return CISWorkbook.read([], name: "w.xlsx")
        }
    }

    private func maximum(_ aspect: Aspect) throws -> Rational {
        try aspect.marking.bounds().upperBound
    }
}
