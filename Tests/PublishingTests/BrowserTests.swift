import Findings
import Foundation
import Publishing
import Seal
import Snapshots
import Testing

/// Unusual data in real Chromium: every page, every link, the look-up in each of its states, the live
/// board; and read by another program.
@Suite struct BrowserTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private static func check(_ program: String, _ arguments: [String]) throws -> String {
        _ = try Scratch.run(root + "/Tools/venv.sh", [])
        return try Scratch.run(
            "/usr/bin/timeout",
            ["240", root + "/.build/venv/bin/python", root + "/Tools/" + program] + arguments
        )
    }

    @Test func everyPageOfUnusualDataStandsAndEveryStateIsLookedUp() throws {
        let scratch = try Scratch()
        let snapshot = Sample.snapshot()
        let hash = Digest(of: snapshot.json)
        _ = try Site.write(
            snapshot,
            hash: hash,
            honours: Sample.honours(hash),
            into: scratch.path("site")
        )
        let honours = Sample.states.flatMap { state, number in
            ["--honour", number, "阿依古丽买买提", state]
        }
        let site = scratch.path("site")
        #expect(try Self.check("check_site.py", [site, "--every"] + honours) == "0 faults\n")
        #expect(try Self.check("check_published.py", [site]) == "0 faults\n")
    }

    @Test func theLiveBoardTurnsAndLoadsItselfAgain() throws {
        let scratch = try Scratch()
        for (code, rows) in [("M05", 14), ("S31/2", 0), ("S32", -1)] {
            let live = LiveSnapshot(
                event: Text("测试", "Test"),
                isRehearsal: true,
                item: NamedCode(code: code, title: Sample.strange.item.title),
                entrants: 20,
                computedAt: 1_666_947_900_000,
                rows: (0..<max(rows, 0)).map { place in
                    LiveSnapshot.Row(
                        rank: place + 1,
                        entrant: "\(code)-00\(place)",
                        names: [place == 3 ? Sample.hostile : "虚人\(place)"],
                        delegation: NamedCode(
                            code: "LN-SF",
                            title: Text("沈抚示范区", "Shenfu Demonstration Zone")
                        ),
                        total: "\(90 - place).00"
                    )
                }
            )
            let folder = scratch.path("live")
            let pages =
                rows < 0
                ? try LiveBoard.close(live, into: folder) : try LiveBoard.write(live, into: folder)
            #expect(pages.count == 2 && pages.allSatisfy { !$0.contains("/") })
        }
        let found = try Self.check("check_site.py", ["--live", scratch.path("live")])
        #expect(found == "0 faults\n")
    }
}
