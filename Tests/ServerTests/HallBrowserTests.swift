import Foundation
import Ledger
import Secretariat
import Testing

@Suite struct HallBrowserTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private static func run(_ program: String, _ arguments: [String]) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let out = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: out, as: UTF8.self))
    }

    /// `Tools/check_hall.py`: the program serving, real Chromium, an organiser who appoints the key
    /// that a tablet shows, whole sheets at three widths in both languages, an outage, axe-core, forms
    /// without scripts, the board.
    @Test func aJudgeMarksOnATabletInARealBrowser() throws {
        let made = try Self.run(Self.root + "/Tools/venv.sh", [])
        #expect(made.0 == 0)
        let world = try HallWorld(hallKeys: "server")
        try world.fillSecondItem()
        try world.record.close()
        let (code, out) = try Self.run(
            "/usr/bin/timeout",
            [
                "280", Self.root + "/.build/venv/bin/python", Self.root + "/Tools/check_hall.py",
                world.folder, "--laurel", Self.root + "/.build/debug/laurel",
            ]
        )
        #expect(out == "0 faults\n")
        #expect(code == 0)
    }
}
