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
