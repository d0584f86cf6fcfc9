import Foundation
import Testing

/// Decisions at the command line: one person, deciding again, and a table of people.
@Suite struct EligibilityCommandTests {
    let folder: String
    private let policies = Run.root.appendingPathComponent("Policies").path

    init() throws {
        folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write(
            """
            name: 虚构甲
            city: "210100"
            other_conditions_confirmed: true
            skill_level: technician
            first_home_in_city: true
            birth_date: 1980-02-29
            honours: [national-technical-expert]

            """,
            "person.yaml"
        )
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    private func read(_ name: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }

    private func laurel(_ arguments: String...) throws -> Run {
        try Run(arguments + ["--policies", policies, "--on", "2023-05-15"], in: folder)
    }

    @Test func aDecisionIsMadeAgainAndWhatChangedIsNamedWithItsReason() throws {
        let first = try laurel("eligible", "person.yaml", "--record", "decision.json")
        #expect(first.code == 3)
        #expect(first.out.contains("● 高技能人才购房补贴 — 可享受 300,000 元\n"))
        #expect(first.out.contains("因为:在本市购买首套住房应为 是(实为 是)"))
        let same = try laurel(
            "eligible",
            "person.yaml",
            "--against",
            "decision.json",
            "--lang",
            "en"
        )
        #expect(same.code == 0)
        #expect(same.out == "nothing changed\n")
        try write(
            try read("person.yaml").replacing("[national-technical-expert]", with: "[]"),
            "person.yaml"
        )
        let other = try laurel(
            "eligible",
            "person.yaml",
            "--against",
            "decision.json",
            "--format",
            "csv",
            "--lang",
            "en"
        )
        #expect(other.code == 1)
        #expect(
            other.out == """
                policy,benefit,title,before,after,because\r
                shenyang-2022,home-skilled,Home subsidy for highly skilled workers,"eligible ¥300,000",not eligible,"the fact honours, from National Technical Expert to none"\r

                """
        )
        try write(
            try read("decision.json").replacing("30000000", with: "50000000"),
            "decision.json"
        )
        let tampered = try laurel(
            "eligible",
            "person.yaml",
            "--against",
            "decision.json",
            "--lang",
            "en"
        )
        #expect(tampered.code == 5)
        #expect(
            tampered.err.contains(
                "the decision was tampered with: its hash is not that of its content"
            )
        )
    }

    @Test func aTableIsDecidedWithFindingsByRowTotalsAndAPageAPerson() throws {
        try write(
            """
            name,id_number,birth_date,city,skill_level,other_conditions_confirmed,credit_code
            虚构甲,210100199901010018,,210100,technician,是,91350100M000100Y43
            虚构乙,210100199901010019,,210100,,,
            虚构丙,,27.10.2022,210100,,,
            虚构丁,,,219900,,,
            虚构戊,,,210100,,,91350100M000100Y44
            虚构己,,1980-02-29,210200,senior,是,

            """,
            "people.csv"
        )
        let run = try laurel(
            "eligible",
            "--batch",
            "people.csv",
            "--out",
            "decisions.xlsx",
            "--pages",
            "pages",
            "--lang",
            "en"
        )
        #expect(run.code == 1)
        for line in [
            "people.csv:3:5: error: this is no identity number: the check character does not fit",
            "people.csv:4:6: error: \"27.10.2022\"", "people.csv:5:7: error: \"219900\" is no code",
            "people.csv:6:", "4 rows with errors were left out; the other 2 people were decided",
        ] {
            #expect(run.err.contains(line), "\(line)")
        }
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder + "/pages").sorted()
        #expect(pages == ["00002-虚构甲.txt", "00007-虚构己.txt"])
        #expect(try read("pages/00002-虚构甲.txt").contains("¥800 a month × 36 months at most"))
        #expect(
            try sheets() == [
                "Decisions 42 800 True", "Totals 42 1 True", "Pages True", "Findings 5",
            ]
        )
    }

    /// What openpyxl reads of the workbook: sheets, rows, and the row of the living subsidy.
    private func sheets() throws -> [String] {
        let script = """
            import openpyxl
            book = openpyxl.load_workbook("decisions.xlsx")
            for sheet in book:
                rows = list(sheet.iter_rows(values_only=True))
                if sheet.title == "Pages":
                    print(sheet.title, len(sheet.row_breaks.brk) == 2)
                elif sheet.title == "Findings":
                    print(sheet.title, len(rows))
                else:
                    at = next(i for i, row in enumerate(rows) if "living-skilled" in row)
                    number = rows[at][rows[0].index("yuan" if sheet.title == "Decisions" else "eligible")]
                    print(sheet.title, len(rows), number, isinstance(number, (int, float)))
            """
        let process = Process()
        process.executableURL = Run.root.appendingPathComponent(".build/venv/bin/python")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").map(String.init)
    }

    /// A workbook in, with a day that the spreadsheet keeps as a number.
    @Test func aWorkbookOfPeopleIsReadAsTheTableIs() throws {
        let script = """
            import datetime, openpyxl
            book = openpyxl.Workbook()
            sheet = book.active
            sheet.append(["姓名", "出生日期", "城市", "职业技能等级", "人社局确认“符合条件的”"])
            sheet.append(["虚构甲", datetime.date(1980, 2, 29), "210100", "technician", True])
            sheet.append(["虚构乙", "29.02.1980", "210100", "technician", "是"])
            book.save("people.xlsx")
            """
        let process = Process()
        process.executableURL = Run.root.appendingPathComponent(".build/venv/bin/python")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        try process.run()
        process.waitUntilExit()
        let run = try laurel("match", "people.xlsx", "--format", "csv", "--lang", "en")
        #expect(run.code == 1)
        #expect(run.err.contains("people.xlsx!Sheet!B3: error: \"29.02.1980\""))
        #expect(
            run.out.contains(
                "living-skilled,Living subsidy for highly skilled workers,eligible,800,"
            )
        )
    }

    @Test func policiesAreListedAndABenefitIsExplainedClauseByClause() throws {
        let list = try Run(["policy", "list", policies, "--format", "csv", "--lang", "en"])
        #expect(list.code == 0)
        #expect(list.out.split(separator: "\r\n").count == 6)
        let explain = try Run([
            "policy", "explain", policies + "/shenyang-2022.yaml", "living-skilled", "--lang", "en",
        ])
        #expect(explain.out.contains("tier technician: ¥800"))
        #expect(explain.out.contains("技师(国家二级)每月800元"))
        #expect(explain.out.contains("term: 36 months at most"))
        let none = try Run([
            "policy", "explain", policies + "/shenyang-2022.yaml", "livingskilled", "--lang", "en",
        ])
        #expect(none.code == 1)
        #expect(none.err.contains("there is no benefit \"livingskilled\""))
    }

    /// The text of a PDF without its blanks, as poppler reads it.
    private func printed(_ name: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/pdftotext")
        process.arguments = ["-raw", folder + "/" + name, "-"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
    }

    @Test(
        "A page a person is printed with amount, clause, what is missing and what to bring",
        arguments: ["zh", "en"]
    )
    func aPageIsPrinted(language: String) throws {
        let run = try laurel("eligible", "person.yaml", "--pdf", "page.pdf", "--lang", language)
        #expect(run.code == 3)
        let text = try printed("page.pdf")
        // What the terminal says of the benefits stands on the paper, every line of it.
        let lines = run.out.split(separator: "\n").filter { $0.hasPrefix("  ") }
        #expect(lines.count > 20)
        let missing = lines.filter { line in
            let words =
                line.split(separator: language == "zh" ? ":" : ": ", maxSplits: 1).last ?? ""
            return !text.contains(words.filter { !$0.isWhitespace && $0 != "·" })
        }
        #expect(missing.isEmpty)
        #expect(text.contains(language == "zh" ? "可享受300,000元" : "¥300,000"))
        #expect(text.contains("1/"))
    }

    @Test func aBadTemplateOfThePageIsRefusedWithItsPlaceAndNothingIsPrinted() throws {
        try write("template: 1\npage: {width: 210, height: 297}\ncolour: red\n", "t.yaml")
        let run = try laurel("eligible", "person.yaml", "--pdf", "p.pdf", "--template", "t.yaml")
        #expect(run.code == 1)
        #expect(run.err.contains("t.yaml:3:1"))
        #expect(!FileManager.default.fileExists(atPath: folder + "/p.pdf"))
    }
}
