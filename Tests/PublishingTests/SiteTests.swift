internal import Findings
internal import Foundation
internal import Publishing
internal import Seal
internal import Snapshots
internal import Testing

/// A folder of its own for a test, gone with it.
final class Scratch {
    let root = FileManager.default.temporaryDirectory
        .appendingPathComponent("laurel-site-tests-" + UUID().uuidString, isDirectory: true)

    init() throws {
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    func text(_ name: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
    }

    /// What a program says.
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let out = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return out
    }

    /// Every file below a folder, with its bytes.
    func files(_ name: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: self.path(name)) {
            let url = root.appendingPathComponent(name).appendingPathComponent(path)
            if !url.hasDirectoryPath, let data = try? Data(contentsOf: url) { files[path] = data }
        }
        return files
    }
}

@Suite struct SiteTests {
    let scratch: Scratch
    let snapshot = Sample.snapshot()
    let hash: Digest

    init() throws {
        scratch = try Scratch()
        hash = Digest(of: snapshot.json)
    }

    @discardableResult
    func write(_ name: String = "site") throws -> SiteReport {
        try Site.write(
            snapshot,
            hash: hash,
            honours: Sample.honours(hash),
            into: scratch.path(name)
        )
    }

    @Test func theDataFileIsTheSnapshot() throws {
        let report = try write()
        let files = try scratch.files("site")
        let data = try #require(files["results.json"])
        #expect(Digest(of: data) == hash)
        let read = ResultsSnapshot(json: try JSONValue(parsing: Array(data)))
        #expect(read == snapshot)
        #expect(report.files == files.count)
        #expect(report.bytes == files.values.reduce(0) { $0 + $1.count })
        #expect(FileManager.default.fileExists(atPath: report.index))
    }

    @Test func aWrongHashIsRefused() throws {
        let wrong = Digest(of: Array("wrong".utf8))
        #expect(throws: SiteError.hash(expected: wrong, found: hash)) {
            try Site.write(snapshot, hash: wrong, honours: nil, into: scratch.path("site"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.root.path).isEmpty)
    }

    @Test func everyLinkResolves() throws {
        try write()
        let files = try scratch.files("site")
        var links = 0
        for (path, data) in files where path.hasSuffix(".html") {
            let page = String(decoding: data, as: UTF8.self)
            for match in page.matches(of: /(?:href|src|url)="?=?([^" >]+)"/) {
                let link = String(match.1)
                if link.hasPrefix("#") {
                    #expect(page.contains("id=\"\(link.dropFirst())\""), "\(path): \(link)")
                    continue
                }
                if link == "data:," { continue }
                #expect(!link.contains(":"), "\(path) leaves the site: \(link)")
                var parts = path.split(separator: "/").dropLast().map(String.init)
                for part in link.split(separator: "/") {
                    if part == ".." {
                        #expect(!parts.isEmpty, "\(path): \(link)")
                        _ = parts.popLast()
                    } else {
                        parts.append(String(part))
                    }
                }
                #expect(files[parts.joined(separator: "/")] != nil, "\(path): \(link)")
                links += 1
            }
        }
        #expect(links > 100)
    }

    @Test func hostileNamesAreEscapedEverywhere() throws {
        try write()
        for (path, data) in try scratch.files("site") where path.hasSuffix(".html") {
            // By bytes: `<` with a combining mark is another Character, and still opens a tag.
            let bytes = Array(data)
            #expect(!bytes.contains(sequence: Array("<b>".utf8)), "\(path)")
            #expect(!bytes.contains(sequence: Array("<\u{301}".utf8)), "\(path)")
            #expect(!bytes.contains(sequence: Array("alert(1)</script".utf8)), "\(path)")
            #expect(!bytes.contains(sequence: Array("<代表性>".utf8)), "\(path)")
        }
        let page = try scratch.text("site/zh/items/M05.html")
        #expect(page.utf8.contains(sequence: Array("&lt;b&gt;&quot;&amp;&#39;".utf8)))
        let table = try scratch.text("site/csv/M05.csv")
        #expect(table.contains(",'=HYPERLINK(1),"))
        let bytes = try #require(try scratch.files("site")["csv/M05.csv"])
        #expect(bytes.starts(with: Array("\u{FEFF}rank,".utf8)))
        #expect(table.utf8.contains(sequence: Array("\r\n1,M05-001,".utf8)))
    }

    @Test func thoseWithoutAPlaceStandApart() throws {
        try write()
        for language in ["zh", "en"] {
            let page = try scratch.text("site/\(language)/items/M05.html")
            let start = try #require(page.range(of: "id=\"standings\"")?.upperBound)
            let end = try #require(page.range(of: "</table>", range: start..<page.endIndex))
            let ranked = page[start..<end.lowerBound]
            #expect(ranked.contains("M05-005"))
            #expect(!ranked.contains("M05-006"))
            #expect(!ranked.contains("M05-007"))
            #expect(page[end.upperBound...].contains("M05-006"))
            #expect(page[end.upperBound...].contains("M05-007"))
        }
        let table = try scratch.text("site/csv/medals.csv")
        #expect(table.contains("1,210100,沈阳,Shenyang,1,0,1,2"))
        #expect(table.contains("2,其他/队,其他/队,其他/队,1,0,0,1"))
        #expect(table.contains("3,210200,大连,Dalian,0,1,0,1"))
    }

    @Test func everyPageSaysWhatItIs() throws {
        try write()
        for (path, data) in try scratch.files("site")
        where path.hasSuffix(".html") && path.contains("/") {
            let page = String(decoding: data, as: UTF8.self)
            let isChinese = path.hasPrefix("zh/")
            #expect(page.contains(isChinese ? "&lt;代表性&gt;数据。" : "Representative &lt;data&gt;."))
            #expect(page.contains(isChinese ? "演练数据" : "Rehearsal"))
            #expect(page.contains(isChinese ? "公示" : "provisional"))
            #expect(page.contains(hash.short))
            #expect(page.contains("<dd>1234</dd>"))
            #expect(
                page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'")
            )
            #expect(!page.contains("href=\"\""))
            #expect(!page.contains("{{"))
            #expect(!page.contains(" style="))
        }
    }

    @Test func theRegisterMarksWhatTheLatestResultsNoLongerCarry() throws {
        try write()
        for (language, words) in [("zh", "最新成绩不再支持"), ("en", "no longer carried by the latest")] {
            let page = try scratch.text("site/\(language)/honours.html")
            let sections = page.split(separator: "<section class=\"honour\">")
            for state in Sample.states.map(\.0) {
                let section = sections.first { $0.contains("&lt;\(state)&gt;") }
                #expect(section?.contains(words) == (state == "fallen"))
            }
        }
    }

    @Test func theAgreementOfAPanelIsDrawnAndSaid() throws {
        try write()
        for (language, words) in [
            ("zh", "5 名裁判给 6 名(队)选手"), ("en", "5 judges put 6 entrants"),
        ] {
            let page = try scratch.text("site/\(language)/items/M05.html")
            #expect(page.contains(words))
            #expect(page.contains("<p class=\"score\">0.87</p>"))
            #expect(page.contains("width=\"261\" height=\"12\""))
            let without = try scratch.text("site/\(language)/items/S31.html")
            #expect(!without.contains("id=\"agreement\""))
        }
        let before = Sample.snapshot([Sample.item("M05", "service", Text("焊", "W"), [])])
        let after = Sample.snapshot([
            Sample.item(
                "M05",
                "service",
                Text("焊", "W"),
                [],
                agreement: PanelFigure(kendallsW: "0.87", judges: 5, entrants: 6)
            )
        ])
        #expect(
            after.changes(since: before).map(\.text.en) == ["agreement of the panel – → 0.87"]
        )
        // What has none is written as it was before there were any.
        #expect(!before.json.canonicalText.contains("agreement"))
    }

    @Test func everyTableAndTheCoverSayWhereTheyComeFrom() throws {
        let mixed = Sample.mixed
        let hash = Digest(of: mixed.json)
        _ = try Site.write(mixed, hash: hash, honours: nil, into: scratch.path("site"))
        let carried = try #require(mixed.items.first?.carried).snapshot.hex
        func ends(_ name: String) throws -> Set<String> {
            let lines = try scratch.text("site/csv/\(name).csv").split(separator: "\r\n")
            let header = try #require(lines.first)
            #expect(header.hasSuffix(",snapshot,kind,rehearsal"))
            return Set(
                lines.dropFirst().map { $0.split(separator: ",").suffix(3).joined(separator: ",") }
            )
        }
        #expect(try ends("M05") == [carried + ",provisional,true"])
        #expect(try ends("S31") == [hash.hex + ",final,true"])
        #expect(try ends("winners") == [carried + ",provisional,true"])
        #expect(try ends("medals") == [hash.hex + ",provisional,true"])
        let cover = try scratch.text("site/index.html")
        for piece in [hash.hex, "公示(非最终)", "provisional", "演练", "rehearsal"] {
            #expect(cover.contains(piece))
        }
    }

    /// A policy as it is written, and what a page says of it.
    @Test func policiesWithParametersAreSaidInWords() throws {
        let policies = [
            (
                "share:gold=10%,silver=20%,bronze=30%,cap_bronze=8,round=up",
                "按排名人数:金牌 10%、银牌 20%、铜牌 30%;铜牌至多 8 枚;进位取整",
                "of those who are ranked: gold 10%, silver 20%, bronze 30%; at most 8 bronze; rounded up"
            ),
            (
                "steps:6=1/1/1,5=1/1/0", "按排名人数:满 6 名:金牌 1、银牌 1、铜牌 1;满 5 名:金牌 1、银牌 1",
                "by how many are ranked: from 6 on gold 1, silver 1, bronze 1; from 5 on gold 1, silver 1"
            ),
            (
                "quota:gold=1,silver=2,ties=out,least=60,upper=1/2",
                "金牌 1、银牌 2;名额边界上同分者都不获奖;不足 60 分不授奖牌;优胜奖授至前 1/2",
                "gold 1, silver 2; those level across the end of a quota don't get it; no medal below 60; medallions down to the first 1/2 of the field"
            ),
            (
                "worldskills-2026:guests=shown", "世界技能大赛规则(2026年);邀请选手按成绩标注奖项,不占名额",
                "WorldSkills rules 2026; guests are shown what their score would bring"
            ),
            // What nobody has words for stands as it was written.
            ("share:gold=10%,moon=1", "share:gold=10%,moon=1", "share:gold=10%,moon=1"),
        ]
        let items = policies.enumerated().map { number, policy in
            Sample.item("M0\(number)", "service", Text("焊", "W"), [], policy: policy.0)
        }
        let event = Sample.snapshot(items, notes: [], isRehearsal: false)
        _ = try Site.write(
            event,
            hash: Digest(of: event.json),
            honours: nil,
            into: scratch.path("site")
        )
        for (number, (_, zh, en)) in policies.enumerated() {
            for (language, words) in [("zh", zh), ("en", en)] {
                let page = try scratch.text("site/\(language)/items/M0\(number).html")
                #expect(page.contains("<dd>\(words.replacing("'", with: "&#39;"))</dd>"))
                // Where there are no notes there is no heading of them.
                #expect(!page.contains("id=\"notes\""))
            }
        }
    }

    @Test func aSiteIsThereWhileAnotherTakesItsPlaceAndKilledRunsLeaveNothing() async throws {
        try write()
        let manager = FileManager.default
        let (abandoned, running) = (".site.new-abandoned", ".site.new-running")
        for name in [abandoned, running] {
            let folder = scratch.path(name)
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("laurel-site/1\n".utf8).write(
                to: URL(fileURLWithPath: folder + "/.laurel-site")
            )
        }
        try manager.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -7_200)],
            ofItemAtPath: scratch.path(abandoned)
        )
        let index = scratch.path("site/index.html")
        let watch = Task.detached {
            var gaps = 0
            while !Task.isCancelled {
                if !FileManager.default.fileExists(atPath: index) { gaps += 1 }
            }
            return gaps
        }
        for _ in 0..<5 { try write() }
        watch.cancel()
        #expect(await watch.value == 0)
        let left = try manager.contentsOfDirectory(atPath: scratch.root.path).sorted()
        #expect(left == [running, "site"])
    }

    @Test func foreignFoldersAreLeftAlone() throws {
        let folder = scratch.path("theirs")
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/diary.txt"))
        #expect(throws: SiteError.self) { try write("theirs") }
        #expect(try scratch.text("theirs/diary.txt") == "mine")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"),
            withDestinationPath: folder
        )
        #expect(throws: SiteError.self) { try write("link") }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.root.path).sorted()
                == ["link", "theirs"]
        )
    }

    @Test func writingTwiceGivesTheSameBytes() throws {
        try write("one")
        try write("two")
        let one = try scratch.files("one")
        #expect(try one == scratch.files("two"))
        // Over itself, with a page of an earlier edition that must go.
        try Data("old".utf8).write(to: URL(fileURLWithPath: scratch.path("one/old.html")))
        try write("one")
        #expect(try scratch.files("one") == one)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.root.path).sorted()
                == ["one", "two"]
        )
    }

    @Test func codesThatShareAPageAreRefused() throws {
        let clash = Sample.snapshot([
            Sample.welding, Sample.item("m05", "service", Text("同", "Same"), []),
        ])
        #expect(throws: SiteError.code("m05")) {
            try Site.write(
                clash,
                hash: Digest(of: clash.json),
                honours: nil,
                into: scratch.path("site")
            )
        }
        #expect(throws: SiteError.otherEvent("other")) {
            try Site.write(
                snapshot,
                hash: hash,
                honours: Sample.honours(hash, event: "other"),
                into: scratch.path("site")
            )
        }
    }
}

extension Sequence<UInt8> {
    /// Whether the bytes stand in it, one after another.
    fileprivate func contains(sequence: [UInt8]) -> Bool {
        let all = Array(self)
        guard let first = sequence.first, all.count >= sequence.count else { return false }
        return all.indices.dropLast(sequence.count - 1).contains {
            all[$0] == first && all[$0..<($0 + sequence.count)].elementsEqual(sequence)
        }
    }
}
