import Findings
import Foundation
import Scoring
import Secretariat
import Testing

/// Every example of the documentation, run as its reader would run it.
@Suite struct ExamplesTests {
    static let folder: String = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return root.appendingPathComponent("Documentation/examples").path
    }()

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    @Test func thereIsAnExampleForEachGroupOfConstructs() {
        #expect(Self.names.count >= 11)
    }

    @Test(arguments: names)
    func anExampleGivesWhatIsWrittenBesideIt(name: String) throws {
        let base = Self.folder + "/" + name
        let entrants = base + ".entrants.csv"
        let hasEntrants = FileManager.default.fileExists(atPath: entrants)
        let result = try Tally.run(
            scorecard: base + ".yaml",
            marks: base + ".csv",
            entrants: hasEntrants ? entrants : nil
        )
        var options = StandingsTable.Options()
        options.aspects = true
        options.exact = true
        options.language = .en
        let table = StandingsTable(
            result.standings,
            plan: result.tally.plan,
            tally: result.tally,
            options: options
        )
        let lines = ([table.header] + table.rows).map { $0.joined(separator: "|") }
        let expected = try String(contentsOfFile: base + ".expected.txt", encoding: .utf8)
        #expect(lines.joined(separator: "\n") + "\n" == expected)
    }
}
