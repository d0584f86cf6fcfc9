import Foundation
import Testing

/// The desks in a real terminal: keys in, screens out.
@Suite(.serialized) struct DeskTerminalTests {
    struct Window: CustomTestStringConvertible {
        let columns: Int
        let rows: Int
        let language: String

        var testDescription: String { "\(columns)×\(rows) \(language)" }
    }

    static let windows = [
        Window(columns: 80, rows: 24, language: "zh"),
        Window(columns: 80, rows: 24, language: "en"),
        Window(columns: 120, rows: 40, language: "zh"),
        Window(columns: 120, rows: 40, language: "en"),
    ]

    private let folder: String
    private let keys = ["--keys", "keys", "--pin-file", "pin"]

    /// The keyring costs what a real one does, so that one record is made and copied.
    private static let prepared = Result { try prepare() }

    init() throws {
        folder = NSTemporaryDirectory() + "laurel-desk-" + UUID().uuidString
        try FileManager.default.copyItem(atPath: try Self.prepared.get(), toPath: folder)
    }

    /// A record with two judges, a chief judge and two entrants of the tiny invented event.
    private static func prepare() throws -> String {
        let keys = ["--keys", "keys", "--pin-file", "pin"]
        let folder = NSTemporaryDirectory() + "laurel-desk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "1".write(toFile: folder + "/pin", atomically: true, encoding: .utf8)
        try """
        entrant,item,delegation,group,name,id_number
        T01-001,T01,990200,worker,虚思远,219900199001010014
        T01-002,T01,990300,worker,拟明安,21990019900202002X

        """.write(toFile: folder + "/entrants.csv", atomically: true, encoding: .utf8)
        let event = Run.root.appendingPathComponent("Tests/Fixtures/tiny-event").path
        var lines = ["init \(event) --into tiny.laurel --rehearsal"]
        for (name, role) in [
            ("J-1", "judge --delegation 990100"), ("J-2", "judge"), ("CJ", "chief-judge"),
            ("R-1", "recorder"),
        ] {
            lines += [
                "key new \(name)",
                "appoint \(name) --role \(role) --person P-\(name) --item T01 --as organiser",
            ]
        }
        for line in lines + ["entrants import entrants.csv --as organiser"] {
            let run = try Run(line.split(separator: " ").map(String.init) + keys, in: folder)
            try #require(run.code == 0, "\(line): \(run.err)")
        }
        return folder
    }

    private func enter(
        _ window: Window,
        _ more: [String] = [],
        environment: String = ""
    ) throws -> TerminalSession {
        try TerminalSession(
            ["enter", "--as", "J-1", "--lang", window.language] + keys + more,
            columns: window.columns,
            rows: window.rows,
            environment: environment,
            in: folder
        )
    }

    private func hand(_ marks: [String], as name: String) throws {
        let run = try Run(
            ["enter", "--plain", "--as", name] + keys,
            input: (marks + ["y"]).joined(separator: "\n") + "\n",
            in: folder
        )
        try #require(run.code == 0, "\(run.err)")
    }

    @Test(arguments: windows)
    func aJudgeEntersReviewsSignsAndGetsReceipts(window: Window) throws {
        let isChinese = window.language == "zh"
        let session = try enter(window)
        let first = try session.wait(for: "B.B01")
        #expect(first.contains("T01-001"))
        #expect(first.contains(isChinese ? "已录 0/16  演练" : "0/16 entered  REHEARSAL"))
        #expect(first.contains(isChinese ? "虚构评判点 1" : "Invented judgement 1"))
        // Out of range is refused at the key, off the step too.
        try session.type("8")
        try session.wait(for: isChinese ? "超出范围" : "is out of range")
        try session.type("3", ".", "3")
        try session.wait(for: isChinese ? "不符合步长" : "is off the step")
        try session.type("5", "Enter")
        try session.wait(for: isChinese ? "已录 1/16" : "1/16 entered")
        for _ in 1..<16 { try session.type("7", "Enter") }
        let review = try session.wait(for: isChinese ? "可签名提交 2 份" : "2 sheets are ready")
        #expect(review.contains("B01 3.5   B02 7"))
        try session.type("y")
        let receipts = try session.wait(for: isChinese ? "请把回执写在纸质表上" : "Write each receipt")
        #expect(receipts.contains("T01-001  B") && receipts.contains("T01-002  B"))
        try session.type("Escape", "q")
        try session.wait(for: "ENDED 0")
        let sheets = try Run(["sheet", "list", "T01", "--format", "csv"], in: folder)
        #expect(sheets.out.split(whereSeparator: \.isNewline).count == 3)
        #expect(try Run(["audit", "verify"], in: folder).code == 0)
    }

    /// The program is killed with SIGKILL after each key of a script; the next one stands where it
    /// stood, with what was entered.
    @Test func killedAtAnyKeyTheDeskStandsOnTheSameFieldAgain() throws {
        let window = Self.windows[1]
        let script: [(key: String, field: String, entered: Int)] = [
            ("3", "B.B01", 0), ("Enter", "B.B02", 1), ("7", "B.B02", 1), ("Enter", "B.B03", 2),
            ("x", "B.B04", 3), ("Down", "B.B05", 3), ("u", "B.B03", 2), ("o", "aspect B.B03", 2),
            ("2", "aspect B.B03", 2), ("Enter", "aspect B.B03", 3), ("g", "T01", 3),
        ]
        var typed: [String] = []
        for step in script {
            let session = try enter(window)
            try session.wait(for: "entered")
            // What was typed and not accepted is typed again.
            for key in typed { try session.type(key) }
            try session.type(step.key)
            if step.key != "g" {
                try session.wait(for: "\(step.entered)/16 entered")
                try session.wait(for: step.field)
            }
            typed = ["3", "7", "2"].contains(step.key) ? [step.key] : []
            if !typed.isEmpty { try session.wait(for: "> \(step.key)") }
            try session.pull()
        }
        let last = try enter(window)
        let screen = try last.wait(for: "3/16 entered")
        #expect(screen.contains("aspect B.B03"))
        let current = screen.split(separator: "\n").first { $0.hasPrefix(" > ") }
        #expect(current?.contains("T01-002") == true)
    }

    @Test func aResizedWindowIsLaidOutAnewAndOneTooSmallSaysSo() throws {
        let session = try enter(Self.windows[0])
        try session.wait(for: "B.B01")
        try session.resize(columns: 60, rows: 20)
        try session.wait(for: "至少 80×24")
        try session.resize(columns: 120, rows: 40)
        let wide = try session.wait(for: "B.B08")
        #expect(wide.contains("| "))
        try session.type("4", "Enter")
        try session.wait(for: "已录 1/16")
    }

    @Test func withoutColourNothingIsLostButTheColour() throws {
        for (environment, hasColor) in [("NO_COLOR=1", false), ("NO_COLOR=", true)] {
            let session = try enter(Self.windows[1], environment: environment)
            try session.wait(for: "B.B01")
            try session.type("9")
            try session.wait(for: "is out of range")
            let screen = try session.screen(styles: true)
            #expect(screen.contains("31m") == hasColor)
        }
    }

    @Test(arguments: windows)
    func theChiefJudgeSeesTheGridLiveSendsBackAndConfirms(window: Window) throws {
        let isChinese = window.language == "zh"
        let desk = try TerminalSession(
            ["desk", "T01", "--as", "CJ", "--lang", window.language] + keys,
            columns: window.columns,
            rows: window.rows,
            in: folder
        )
        try desk.wait(for: isChinese ? "裁判长席" : "chief judge's desk")
        try desk.type("Tab")
        try desk.wait(for: isChinese ? "单元 B " : "unit B ")
        try desk.type("Enter")
        try desk.wait(for: isChinese ? "不能并列查看" : "no mark is shown beside another's")
        // Another program hands sheets in; the grid shows them by itself.
        try hand(Array(repeating: "7", count: 16), as: "J-1")
        try hand(Array(repeating: "5.5", count: 16), as: "J-2")
        try desk.wait(for: isChinese ? "已交 4/6" : "4/6 in")
        let grid = try desk.screen().split(separator: "\n").filter { $0.contains("T01-00") }
        let word = isChinese ? "已录" : "in"
        #expect(grid.count == 2)
        #expect(grid.allSatisfy { $0.components(separatedBy: word).count == 3 })
        try desk.type("Enter")
        let marks = try desk.wait(for: "B.B08")
        #expect(marks.contains("5.5"))
        try desk.type("Escape", "b")
        try desk.wait(for: isChinese ? "退回哪些评分点" : "for which aspects")
        try desk.type("B.B02", "Enter")
        try desk.wait(for: isChinese ? "退回的理由" : "why it is sent back")
        try desk.type("look again", "Enter")
        try desk.wait(for: isChinese ? "已退回(回执" : "sent back (receipt")
        let judge = try enter(window)
        try judge.wait(for: isChinese ? "退回 B.B02:look again" : "sent back B.B02: look again")
        try judge.type("6", "Enter")
        try judge.wait(for: isChinese ? "更正(或维持原分)的理由" : "why it is corrected, or upheld")
        try judge.type("a slip", "Enter", "s", "y")
        try judge.wait(for: isChinese ? "请把回执写在纸质表上" : "Write each receipt")
        try desk.type("c")
        try desk.wait(for: isChinese ? "已复核(回执" : "confirmed (receipt")
        try desk.type("l", "y", "Enter")
        // The panel's values are missing: the item can't be locked, and the desk says why.
        try desk.wait(for: isChinese ? "份评分表未交" : "sheets missing")
        try desk.type("q")
        try desk.wait(for: "ENDED 0")
        #expect(try Run(["audit", "verify"], in: folder).code == 0)
    }

    @Test func nothingAsksWhereNobodyCanAnswer() throws {
        let run = try Run(["enter", "--as", "J-1", "--lang", "en"] + keys, in: folder)
        #expect(run.code == 64)
        #expect(run.err.contains("--plain"))
        let desk = try Run(["desk", "T01", "--format", "csv"], in: folder)
        #expect(desk.code == 0)
        #expect(desk.out.split(whereSeparator: \.isNewline).count == 7)
    }
}
