import Foundation
import Testing

/// The walk over the network that the documentation names, typed as it stands there.
@Suite struct NetworkWalkTests {
    @Test func oneItemGoesOverTheNetworkFromAnEmptyFolderThroughAnOutage() throws {
        let folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [Run.root.path + "/Documentation/examples/network.sh", folder]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["LAUREL": Run.program.path, "LANG": "en"]
        ) { $1 }
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, output)
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let said = String(decoding: bytes, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(said.suffix(2_000))")
        func file(_ name: String) throws -> String {
            try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
        // While the server was down everything waited, and afterwards nothing did.
        let waited = try file("waiting.csv").split(whereSeparator: \.isNewline).dropFirst()
        #expect(!waited.isEmpty)
        #expect(waited.allSatisfy { $0.hasPrefix("waiting,sheet,S03,") })
        #expect(said.contains("the network is back: 1 sent"))
        // The bureau has by its token whom it has by its key.
        let rows = try file("winners.csv").split(whereSeparator: \.isNewline).dropFirst()
        let answer = try file("winners.json")
        #expect(rows.count == 2)
        for name in ["拟明安", "虚思远"] {
            #expect(rows.contains { $0.contains(name) })
            #expect(answer.contains(name))
        }
        // The copy's audit and the record's say the same.
        let roots = said.split(separator: "\n").filter { $0.hasPrefix("root ") }
        #expect(roots.count == 2)
        #expect(Set(roots).count == 1)
        // Nothing of a copy is left open.
        let files = FileManager.default.enumerator(atPath: folder + "/keys")
        while let name = files?.nextObject() as? String { #expect(!name.hasSuffix(".laurel")) }
    }
}
