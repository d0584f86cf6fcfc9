import Foundation
import Testing

/// The program as its users run it: exit code, standard output, standard error.
struct Run {
    let code: Int32
    let out: String
    let err: String

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The program stands beside the tests that were built with it, whatever the build's folder.
    static let program: URL = {
        let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }
        let beside = bundles.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("laurel")
        }
        return beside.first { FileManager.default.isExecutableFile(atPath: $0.path) }
            ?? root.appendingPathComponent(".build/debug/laurel")
    }()

    init(_ arguments: [String], input: String = "", in folder: String? = nil) throws {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.currentDirectoryURL = folder.map { URL(fileURLWithPath: $0) }
        let (out, err, stdin) = (Pipe(), Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) = (out, err, stdin)
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        self.out = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        self.err = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        code = process.terminationStatus
    }
}

@Suite struct CommandLineTests {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let card = """
            scorecard: 1
            id: two
            title: {zh: 两部分, en: Two parts}
            total: {max: 100}
            ties: {keys: [{marks: P}], end: shared}
            parts:
              - id: T
                title: {zh: 理论, en: Theory}
                aspects: [{id: t, title: {zh: 卷, en: Paper}, score: {max: 30, step: 0.5}, aggregate: agreed}]
              - id: P
                title: {zh: 实操, en: Practical}
                aspects: [{id: p, title: {zh: 做, en: Work}, score: {max: 70, step: 0.5}, aggregate: agreed}]
            """
        try write(card, "card.yaml")
        try write(
            "entrant,part,aspect,judge,mark\nE1,T,t,,20\nE1,P,p,,60\nE2,T,t,,19.5\nE2,P,p,,60.5\nE3,T,t,,缺考\nE3,P,p,,缺考\n",
            "marks.csv"
        )
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    @Test func tallyGivesRanksTotalsPartsAndWhatDecidedTies() throws {
        let run = try Run(
            [
                "tally", "--scorecard", "card.yaml", "--marks", "marks.csv", "--format", "csv",
                "--lang", "en",
            ],
            in: folder
        )
        #expect(run.code == 0)
        #expect(
            run.out == """
                rank,entrant,total,T,P,status,decided_by\r
                1,E2,80.00,19.50,60.50,competing,first key: Practical 60.50 > 60.00 (before E1)\r
                2,E1,80.00,20.00,60.00,competing,first key: Practical 60.00 < 60.50 (after E2)\r
                ,E3,,absent,absent,absent,\r

                """
        )
        #expect(run.err == "")
    }

    @Test(arguments: [
        (
            "zh",
            "marks.csv:2:9: 错误: 评分点 t 的分数 31 超出范围;应为 0–30,步长 0.5 [mark.range]\n共 1 个错误;什么也没有写入。\n"
        ),
        (
            "en",
            "marks.csv:2:9: error: aspect t: mark 31 is out of range; expected 0 to 30 in steps of 0.5 [mark.range]\n1 error; nothing was written.\n"
        ),
    ])
    func aBadMarkIsNamedByFileLineAndColumnInBothLanguages(lang: String, message: String) throws {
        try write("entrant,part,aspect,judge,mark\nE1,T,t,,31\n", "marks.csv")
        let run = try Run(
            ["tally", "--scorecard", "card.yaml", "--marks", "marks.csv", "--lang", lang],
            in: folder
        )
        #expect(run.code == 1)
        #expect(run.out == "")
        #expect(run.err == message)
    }

    @Test(arguments: ["--help", "tally --help", "sheet submit --help", "audit verify --help"])
    func everyCommandExplainsItselfInBothLanguages(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let zh = try Run(words + ["--lang", "zh"])
        let en = try Run(words + ["--lang", "en"])
        #expect(zh.code == 0 && en.code == 0)
        #expect(zh.out.contains("用法:"))
        #expect(en.out.contains("USAGE:"))
        #expect(en.out.unicodeScalars.allSatisfy { $0.value < 0x3000 })
    }

    @Test func usageErrorsLeaveWith64AndMissingFilesWith2() throws {
        #expect(try Run(["tally"]).code == 64)
        #expect(try Run(["nonsense"]).code == 64)
        let run = try Run(
            ["tally", "--scorecard", "none.yaml", "--marks", "marks.csv"],
            in: folder
        )
        #expect(run.code == 2)
        #expect(run.err.contains("none.yaml"))
    }

    @Test func anOutsideTieValueThatIsNoNumberIsRefusedAndAMissingOneIsSaid() throws {
        let card = try String(contentsOfFile: folder + "/card.yaml", encoding: .utf8)
        try write(card.replacing("{marks: P}", with: "{external: playoff}"), "card.yaml")
        try write("entrant,playoff\nE1,x\nE2,1\nE3,\n", "entrants.csv")
        let tally = ["tally", "--scorecard", "card.yaml", "--marks", "marks.csv", "--lang", "en"]
        let bad = try Run(tally + ["--entrants", "entrants.csv"], in: folder)
        #expect(bad.code == 1)
        #expect(bad.err.hasPrefix("entrants.csv:2:4: error: \"x\", which a tie key looks at,"))
        let none = try Run(tally, in: folder)
        #expect(none.code == 0)
        #expect(none.err.contains("the tie key playoff has no data"))
    }

    @Test func medalsAndScaleReadOneNumberALine() throws {
        let medals = try Run(
            ["medals", "--policy", "worldskills-2019-2024", "--format", "csv"],
            input: "739\n746\n733\n739\n"
        )
        #expect(
            medals.out
                == "score,award,position\r\n739,silver,2\r\n746,gold,1\r\n733,medallion,4\r\n739,silver,2\r\n"
        )
        let scale = try Run(["scale", "--method", "worldskills-2017"], input: "10\n20\n30\n")
        #expect(scale.out == "680\n700\n720\n")
        let bad = try Run(
            ["scale", "--method", "worldskills-2017", "--lang", "en"],
            input: "10\nx\n"
        )
        #expect(bad.code == 1)
        #expect(bad.err.hasPrefix("-:2:1: error: \"x\" is not a number [data.number]"))
    }

    @Test func aBlankFormIsAWorkbookOrATableAndNothingElse() throws {
        let run = try Run(
            ["sheet", "template", "S01", "--out", "form.pdf", "--lang", "en"],
            in: folder
        )
        #expect(run.code == 64)
        #expect(run.err.contains("--out must end in .xlsx or .csv: form.pdf"))
        #expect(!FileManager.default.fileExists(atPath: folder + "/form.pdf"))
    }

    @Test func completionsAndManPagesSayWhatTheProgramSays() throws {
        let process = Process()
        process.executableURL = Run.root.appendingPathComponent("Tools/shell.sh")
        process.arguments = [folder + "/shell"]
        process.environment = ["LAUREL": Run.program.path, "PATH": "/usr/bin:/bin"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let help = try Run(["--help", "--lang", "en"]).out
        let commands = help.split(separator: "\n").compactMap { line -> String? in
            guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
            let word = line.split(separator: " ").first.map(String.init) ?? ""
            return word.first?.isLowercase == true ? word : nil
        }
        #expect(commands.count > 35)
        for name in commands where name != "see" {
            for (pages, exit) in [("man/man1", "EXIT STATUS"), ("man/zh_CN/man1", "退出码")] {
                let path = "\(folder)/shell/\(pages)/laurel-\(name).1"
                let page = try String(contentsOfFile: path, encoding: .utf8)
                #expect(page.contains(exit), "\(path)")
            }
        }
        for script in ["bash/laurel", "zsh/_laurel", "fish/laurel.fish"] {
            let text = try String(contentsOfFile: "\(folder)/shell/\(script)", encoding: .utf8)
            #expect(commands.filter { text.contains($0) }.count > 35, "\(script)")
        }
    }

    @Test func twoWithinTwoPointsOfTheTopAreGoldAndTheScaleIsShown() throws {
        let card = """
            scorecard: 1
            id: one
            title: {zh: 一, en: One}
            total: {max: 100}
            awards: worldskills-2019-2024
            parts:
              - id: P
                title: {zh: 做, en: Work}
                aspects: [{id: p, title: {zh: 做, en: Work}, score: {max: 100, step: 0.5}, aggregate: agreed}]
            """
        try write(card, "card.yaml")
        // The median is 70 and the median distance from it 10: 80 is 700 + 300 / 14.826 = 720.23.
        try write(
            "entrant,part,aspect,judge,mark\nE1,P,p,,80\nE2,P,p,,79.5\nE3,P,p,,70\nE4,P,p,,60\nE5,P,p,,50\n",
            "marks.csv"
        )
        let run = try Run(
            [
                "tally", "--scorecard", "card.yaml", "--marks", "marks.csv", "--awards", "--format",
                "csv", "--lang", "en",
            ],
            in: folder
        )
        #expect(
            run.out == """
                rank,entrant,total,P,scaled,award,status,decided_by\r
                1,E1,80.00,80.00,720,gold,competing,\r
                2,E2,79.50,79.50,719,gold,competing,\r
                3,E3,70.00,70.00,700,bronze,competing,\r
                4,E4,60.00,60.00,680,none,competing,\r
                5,E5,50.00,50.00,660,none,competing,\r

                """
        )
    }
}
