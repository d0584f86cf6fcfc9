import Foundation
import Testing

@Suite("Hostile and broken workbooks at the command line")
struct HostileImportTests {
    @Test("each is refused or read with a clear finding, within 200 MB, and none crashes")
    func workbooks() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            Run.root.appendingPathComponent("Tools/hostile_workbooks.py").path, Run.program.path,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let out = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        var ended: [String: String] = [:]
        for line in out.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, let megabytes = Int(words[2]) else {
                Issue.record("\(line)")
                continue
            }
            ended[words[0]] = words[1] + " " + words[3]
            #expect(megabytes <= 200, "\(line)")
        }
        #expect(
            ended == [
                "aspects-100000": "1 cis.too-large", "aspects-5000": "0 -",
                "bomb": "1 xlsx.too-large", "bomb-beyond-limit": "1 xlsx.too-large",
                "cut-short": "1 xlsx.damaged", "empty": "1 xlsx.not-a-zip",
                "entities": "1 xlsx.entities", "external-link": "0 xlsx.external-links",
                "good": "0 -", "macros": "0 xlsx.macros", "merged": "0 -",
                "missing-sheet": "1 cis.sheet", "old-format": "1 xlsx.old-format",
                "rows-100000": "0 cis.unused", "text-30-megabytes": "1 cis.too-large",
                "zip-in-zip": "1 xlsx.part",
            ]
        )
    }
}
