import Findings
import Foundation
import Interchange
import Paper
import Testing

@Suite struct PrinterTests {
    static let card = """
        template: 1
        page: {width: 200, height: 120}
        elements:
          - {frame: {x: 5, y: 5, width: 190, height: 110}, thickness: 0.5, colour: "#B08D3C"}
          - {text: "{name}", at: {x: 20, y: 20, width: 160}, size: 30, smallest: 9, align: centre}
          - {text: "No. {number}", at: {x: 20, y: 100, width: 100}, size: 9}
          - {qr: "{code}", at: {x: 150, y: 75, width: 36}}
        """

    static let names = [
        "王一", "欧阳娜娜", "买买提·阿不都热合曼·玉素甫江", "Müller-Łukasiewicz, Anna-Katharina Brünnhilde", "𬭎㵒𠅤",
        "Nguyễn Thị Ánh Tuyết",
    ]

    private func filling(_ name: String, _ number: String) -> PageFilling {
        PageFilling(
            name: number,
            fields: [
                "name": name, "number": number, "code": "https://example.org/lookup.html#\(number)",
            ],
            stamp: "演练 REHEARSAL"
        )
    }

    @Test func everyNameAndNumberIsOnItsPage() throws {
        let template = try Desk.template(Self.card)
        let fillings = Self.names.enumerated().map { filling($1, "LX-0000\($0)") }
        let pdf = try Desk.pdf(template, fillings)
        for (page, name) in Self.names.enumerated() {
            let number = String(page + 1)
            let text = try Desk.say(
                "/usr/bin/pdftotext",
                ["-raw", "-f", number, "-l", number, "{}", "-"],
                of: pdf
            ).filter { !$0.isWhitespace }
            #expect(text.contains(name.filter { !$0.isWhitespace }), "\(name) in \(text)")
            #expect(text.contains("LX-0000\(page)"))
        }
    }

    @Test func nothingReachesOverThePage() throws {
        let template = try Desk.template(Self.card)
        let long = String(repeating: "买买提·阿不都热合曼", count: 4)
        let pdf = try Desk.pdf(template, [filling(long, "1")])
        let boxes = try Desk.say("/usr/bin/pdftotext", ["-bbox", "{}", "-"], of: pdf)
        var count = 0
        for match in boxes.matches(of: /xMin="([0-9.]+)".*xMax="([0-9.]+)" yMax="([0-9.]+)"/) {
            let (left, right) = (Double(match.1) ?? -1, Double(match.2) ?? 1e9)
            #expect(left >= 0 && right <= 200 / 25.4 * 72)
            count += 1
        }
        #expect(count > 0)
        #expect(throws: Refusal.self) {
            try Desk.pdf(template, [filling(String(repeating: "很长的名字", count: 20), "2")])
        }
    }

    @Test func aTelephoneReadsTheCode() throws {
        let pdf = try Desk.pdf(try Desk.template(Self.card), [filling("王一", "7")])
        let folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Desk.say(
            "/usr/bin/pdftoppm",
            ["-r", "150", "-png", "-singlefile", "{}", folder + "/page"],
            of: pdf
        )
        let read = try Desk.run("/usr/bin/zbarimg", ["-q", "--raw", folder + "/page.png"])
        #expect(read == "https://example.org/lookup.html#7\n")
    }

    @Test func equalArgumentsGiveEqualBytes() throws {
        let template = try Desk.template(Self.card)
        let one = try Desk.pdf(template, [filling("王一", "7")])
        #expect(try Desk.pdf(template, [filling("王一", "7")]) == one)
    }

    @Test func aCharacterThatNoFontHasIsNamed() throws {
        let template = try Desk.template(Self.card)
        do {
            _ = try Desk.pdf(template, [filling("王\u{10FF3D}", "7")])
            Issue.record("printed a character that no font has")
        } catch let refusal as Refusal {
            let finding = try #require(refusal.findings.first)
            #expect(finding.code == "print.glyph")
            #expect(finding.place?.line == 5)
            #expect(finding.message.en.contains("U+10FF3D"))
            #expect(finding.message.zh.hasPrefix("7:没有字体含有"))
        }
    }

    @Test func aTextWhoseFieldsAreEmptyIsLeftOut() throws {
        let template = try Desk.template(Self.card)
        let text = try Desk.text(
            try Desk.pdf(template, [PageFilling(name: "x", fields: ["name": "王一"])])
        )
        #expect(text == "王一")
    }

    @Test func aTableRunsOverPagesWithItsHeadAndItsSignatures() throws {
        let template = try Desk.template(
            """
            template: 1
            page: {width: 100, height: 100}
            elements:
              - {text: "{page}/{pages}", at: {x: 70, y: 92, width: 25}, align: right, size: 8}
            flow:
              area: {x: 5, y: 5, width: 90, height: 85}
              blocks:
                - table:
                    rows: people
                    columns:
                      - {title: 姓名, cell: "{name}"}
                      - {title: "{part}", cell: "{part}", each: part, width: 8, align: right}
                      - {title: 分, cell: "{score}", width: 8, align: right}
                - {signatures: ["裁判长", "监督员"], size: 9}
            """
        )
        let rows = (1...40).map {
            ["name": "虚人\($0)", "score": "9\($0).50", "part.0": "A\($0)", "part.1": "B\($0)"]
        }
        let filling = PageFilling(
            name: "S01",
            fields: [:],
            rows: ["people": rows],
            series: ["part": ["甲", "乙"]]
        )
        let pdf = try Desk.pdf(template, [filling])
        let text = try Desk.text(pdf)
        for number in 1...40 {
            #expect(text.contains("虚人\(number)A\(number)B\(number)9\(number).50"))
        }
        let pages = try #require(text.firstMatch(of: /1\/([0-9])/).flatMap { Int($0.1) })
        #expect(pages > 2)
        #expect(text.matches(of: /姓名甲乙分/).count == pages)
        #expect(text.hasSuffix("裁判长监督员") || text.contains("裁判长监督员\(pages)/\(pages)"))
    }

    /// Everything of a template that is refused, where, and by which code.
    static let wrong: [(yaml: String, line: Int, code: String)] = [
        ("template: 2\npage: {width: 99, height: 99}\nelements: []\n", 1, "template.version"),
        ("template: 1\npage: {width: 99}\nelements: []\n", 2, "data.missing"),
        ("template: 1\npage: {width: 99, height: 99}\n", 1, "template.empty"),
        (
            "template: 1\npage: {width: 99, height: 99}\nelements:\n  - {text: \"{nmae}\", at: {x: 1, y: 1, width: 9}}\n",
            4, "template.field"
        ),
        (
            "template: 1\npage: {width: 99, height: 99}\nelements:\n  - {text: \"{name\", at: {x: 1, y: 1, width: 9}}\n",
            4, "template.text"
        ),
        (
            "template: 1\npage: {width: 99, height: 99}\nelements:\n  - {text: x, at: {x: 95, y: 1, width: 9}}\n",
            4, "template.page"
        ),
        (
            "template: 1\npage: {width: 99, height: 99}\nelements:\n  - {text: x, at: {x: 5, y: 1, width: 9}, colour: red}\n",
            4, "template.colour"
        ),
        (
            "template: 1\npage: {width: 99, height: 99}\nelements:\n  - {text: x, at: {x: 5, y: 1, width: 9}, siez: 9}\n",
            4, "data.unknown-key"
        ),
        (
            "template: 1\npage: {width: 99, height: 99}\nelements:\n  - {qr: \"{code}\", at: {x: 5, y: 1, width: 9}}\n",
            4, "template.code"
        ),
        (
            "template: 1\npage: {width: 99, height: 99}\nelements:\n  - {text: x, qr: y, at: {x: 5, y: 1, width: 9}}\n",
            4, "template.kind"
        ),
        (
            "template: 1\npage: {width: 99, height: 99}\nnumber: \"{name}\"\nelements:\n  - {text: x, at: {x: 5, y: 1, width: 9}}\n",
            3, "template.field"
        ),
        (
            "template: 1\npage: {width: 99, height: 99}\nflow:\n  area: {x: 5, y: 5, width: 80, height: 80}\n  blocks:\n    - table: {rows: nobody, columns: [{title: a, cell: b}]}\n",
            6, "template.rows"
        ),
    ]

    @Test(arguments: Self.wrong.indices)
    func aBadTemplateIsRefusedWithItsPlace(_ index: Int) throws {
        let wrong = Self.wrong[index]
        do {
            _ = try Desk.template(wrong.yaml)
            Issue.record("accepted: \(wrong.yaml)")
        } catch let refusal as Refusal {
            let found = refusal.findings.map { "\($0.place?.line ?? 0) \($0.code)" }
            #expect(found.contains("\(wrong.line) \(wrong.code)"), "\(found)")
            #expect(refusal.findings.allSatisfy { $0.place?.column != nil })
        }
    }

    @Test func aPictureThatIsNoneIsRefusedWithItsPlace() throws {
        let template = try Desk.template(
            Self.card + "\n  - {picture: seal.png, at: {x: 5, y: 5, width: 20, height: 20}}\n"
        )
        do {
            _ = try Desk.pdf(template, [filling("王一", "7")])
            Issue.record("printed a picture that is not there")
        } catch let refusal as Refusal {
            #expect(refusal.findings.map(\.code) == ["print.picture"])
            #expect(refusal.findings.first?.place?.line == 8)
        }
    }
}
