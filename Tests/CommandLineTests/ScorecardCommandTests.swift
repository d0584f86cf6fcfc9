import Foundation
import Testing

@Suite("The scorecard commands")
struct ScorecardCommandTests {
    let root = Run.root.path

    private func run(_ line: String, lang: String = "en") throws -> Run {
        let words = line.split(separator: " ").map(String.init)
        return try Run(["scorecard"] + words + ["--lang", lang], in: root)
    }

    @Test("the judge's form has every aspect with its requirement and benchmark texts")
    func judge() throws {
        let en = try run("show M03 --quiet")
        #expect(en.code == 0)
        #expect(en.out.contains("P209  File pattern and arrises  [4]  judgement"))
        #expect(en.out.contains("0  File marks cross, arrises rounded off"))
        #expect(en.out.contains("Required: 60 ± 0.02 mm"))
        #expect(en.out.contains("wanted 60; ±0.02 earns 2, then each begun 0.01 costs 1"))
        let zh = try run("show M03 --quiet", lang: "zh")
        #expect(zh.out.contains("评分表 P2  钳工操作 · 燕尾镶配件  第 1 天  [27]"))
        #expect(zh.out.contains("本表是为 Laurel 编写的参考评分表"))
    }

    @Test(
        "the entrant's summary has criteria with marks and no aspect",
        arguments: ["table", "csv", "json"]
    )
    func entrant(format: String) throws {
        let run = try run("show D28 --quiet --for entrant --format \(format)")
        #expect(run.code == 0)
        #expect(run.out.contains("Logo and identity") && run.out.contains("13.5"))
        #expect(!run.out.contains("A01") && !run.out.contains("Folders and names"))
    }

    @Test(
        "allocation leaves with 0 within five percent, with 1 outside, with 3 where there is no standard"
    )
    func allocation() throws {
        let within = try run("allocation D28 --quiet --format csv")
        #expect(within.code == 0)
        #expect(within.out.hasPrefix("section,title,standard,card,difference\r\n1,"))
        #expect(within.out.hasSuffix(",total variation,,,0\r\n"))
        #expect(try run("allocation M03 --quiet").code == 3)
        let folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = root + "/Scorecards/D28-graphic-design.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let file = folder + "/d28.yaml"
        try text.replacing("section: 5", with: "section: 4").write(
            toFile: file,
            atomically: true,
            encoding: .utf8
        )
        let outside = try run("allocation \(file)")
        #expect(outside.code == 1)
        #expect(outside.out.contains("70"))
        #expect(
            outside.err
                == "D28-graphic-design: the total variation 70 is above the 5 marks allowed\n"
        )
    }

    @Test("diff leaves with 0 where the meaning is the same and with 1 where it is not")
    func diff() throws {
        let same = try run("diff M03 Scorecards/M03-assembly-fitter.yaml --quiet")
        #expect(same.code == 0 && same.out.isEmpty)
        let other = try run("diff M03 D28 --quiet --format json")
        #expect(other.code == 1)
        #expect(other.out.contains(#""about":"awards""#))
    }

    @Test(
        "a new card passes the check, and follows its standard where there is one",
        arguments: ["D28", "M01", "S09"]
    )
    func new(item: String) throws {
        let file = NSTemporaryDirectory() + "laurel-\(UUID().uuidString).yaml"
        #expect(try run("new \(item) --out \(file)").code == 0)
        let check = try run("check \(file)")
        #expect(check.code == 0 && check.err.isEmpty)
        #expect(check.out.hasSuffix("100 marks\n"))
        #expect(try run("allocation \(file)").code == (item == "S09" ? 3 : 0))
        let again = try run("new \(item) --out \(file)")
        #expect(again.code == 1)
        #expect(again.err.contains("is not written over [file.exists]"))
    }

    @Test("what is neither a file nor an item is said to be neither")
    func unknown() throws {
        let none = try run("show X99")
        #expect(none.code == 1)
        #expect(
            none.err == """
                error: "X99" is neither a file nor an item of Events/liaoning-2022 (such as M05); \
                laurel items lists them [scorecard.item]
                1 error; nothing was written.

                """
        )
        #expect(
            try run("show X99", lang: "zh").err.hasPrefix(
                "错误: “X99”既不是文件,也不是 Events/liaoning-2022 的项目编号(如 M05)"
            )
        )
        #expect(try run("show none.yaml").code == 2)
        #expect(try run("show M03 --event-folder /nonexistent").code == 2)
        #expect(try run("show M03 --for nobody").code == 64)
    }

    @Test("an exported scheme is imported again, and no file is written over")
    func schemes() throws {
        let folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let out = try run("export M05 --out \(folder)/m05.xlsx")
        #expect(out.code == 0)
        #expect(out.err.contains("the tie chain is not written"))
        #expect(try run("export M05 --out \(folder)/m05.xlsx").code == 1)
        let back = try run("import \(folder)/m05.xlsx --out \(folder)/m05.yaml")
        #expect(back.code == 0)
        #expect(
            back.err
                == "2 criteria, 7 sub-criteria, 43 measurement and 5 judgement aspects, 100 marks\n"
        )
        #expect(try run("check \(folder)/m05.yaml").out == "cis-10: 48 aspects, 100 marks\n")
        #expect(
            try run("allocation \(folder)/m05.yaml --standards Scorecards/wsos-2026.csv").code == 0
        )
        #expect(try run("import \(folder)/m05.xlsx --out \(folder)/m05.yaml").code == 1)
        let text = try String(contentsOfFile: folder + "/m05.yaml", encoding: .utf8)
        #expect(text.contains("# D21, title E21,"))
        let fewest = try run(
            "export Documentation/examples/show-jumping.yaml --out \(folder)/s.xlsx"
        )
        #expect(fewest.code == 1)
        #expect(fewest.err.contains("the fewest win with this card, which no CIS scheme can say"))
        #expect(!FileManager.default.fileExists(atPath: folder + "/s.xlsx"))
        let wrong = try run("import Scorecards/M05-welding.yaml", lang: "zh")
        #expect(wrong.code == 1 && wrong.out.isEmpty && wrong.err.contains("[xlsx.not-a-zip]"))
        #expect(try run("import none.xlsx").code == 2)
    }
}
