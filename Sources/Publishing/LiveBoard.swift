internal import Findings
internal import Foundation
internal import Seal
public import Snapshots

/// The pages of the live board: an item has one a language, which loads itself again.
public enum LiveBoard {
    private static let marker = ".laurel-live"

    /// Writes an item's pages, those only whose standings changed, each whole or not at all.
    ///
    /// - Parameters:
    ///   - snapshot: how the item stands.
    ///   - folder: where; made where it is not there, refused where it is not of ours.
    /// - Returns: the pages that were written anew; none where nothing changed.
    /// - Throws: a ``SiteError``.
    public static func write(
        _ snapshot: LiveSnapshot,
        into folder: String
    ) throws(SiteError) -> [String] {
        try write(snapshot, isPublished: false, folder)
    }

    /// Writes an item's closing pages: its results are published, and the board ends.
    ///
    /// - Parameters:
    ///   - snapshot: the item; whatever rows it has are not shown.
    ///   - folder: where.
    /// - Returns: the pages that were written anew.
    /// - Throws: a ``SiteError``.
    public static func close(
        _ snapshot: LiveSnapshot,
        into folder: String
    ) throws(SiteError) -> [String] {
        try write(snapshot, isPublished: true, folder)
    }

    private static func write(
        _ snapshot: LiveSnapshot,
        isPublished: Bool,
        _ folder: String
    ) throws(SiteError) -> [String] {
        let root = URL(fileURLWithPath: folder, isDirectory: true)
        try open(root)
        var written: [String] = []
        for language in Language.allCases {
            let code = Edition.fileName(snapshot.item.code)
            let name = "live-\(code).\(language.rawValue).html"
            let page = LivePage(snapshot, language, isPublished: isPublished)
            let file = root.appendingPathComponent(name)
            let old = try? String(contentsOf: file, encoding: .utf8)
            if let old, old.contains("content=\"\(page.state)\"") { continue }
            try put(page.markup.description, file)
            written.append(name)
        }
        return written
    }

    private static func open(_ root: URL) throws(SiteError) {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: root.path)) ?? []
        guard names.isEmpty || names.contains(marker) else { throw .foreign(root.path) }
        do {
            try manager.createDirectory(at: root, withIntermediateDirectories: true)
        } catch {
            throw .file(root.path, reason: error.localizedDescription)
        }
        // A folder of an earlier Laurel gets this one's style and script.
        let shared = [
            (marker, "laurel-live/1\n"), ("site.css", Stylesheet.text),
            ("board.js", BoardScript.text),
        ]
        for (name, text) in shared {
            let file = root.appendingPathComponent(name)
            if (try? String(contentsOf: file, encoding: .utf8)) != text { try put(text, file) }
        }
    }

    private static func put(_ text: String, _ file: URL) throws(SiteError) {
        do {
            try Data(text.utf8).write(to: file, options: .atomic)
        } catch {
            throw .file(file.path, reason: error.localizedDescription)
        }
    }
}

/// One page of the live board.
struct LivePage {
    private let snapshot: LiveSnapshot
    private let language: Language
    private let isPublished: Bool

    init(_ snapshot: LiveSnapshot, _ language: Language, isPublished: Bool) {
        self.snapshot = snapshot
        self.language = language
        self.isPublished = isPublished
    }

    /// What the page says but for the time: by it a page is known to be current.
    var state: String {
        guard !isPublished else { return "published" }
        let rows = snapshot.rows.map { row -> JSONValue in
            [
                .int(row.rank), .string(row.entrant), .string(row.names.joined(separator: "\n")),
                .string(row.total),
            ]
        }
        let all: JSONValue = [.int(snapshot.entrants), .array(rows)]
        return Digest(of: all).short
    }

    private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// The page.
    var markup: Markup {
        let item = snapshot.item
        return """
            <!doctype html>
            <html lang="\(say("zh-CN", "en"))" class="board" data-live>
            <head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
            style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">
            <noscript><meta http-equiv="refresh" content="15"></noscript>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="laurel-live" content="\(state)">
            <title>\(title) · \(item.code) \(item.title[language])</title>
            <link rel="icon" href="data:,"><link rel="stylesheet" href="site.css">
            <script src="board.js" defer></script></head>
            <body><header>\(rehearsal)
            <div class="kind provisional" role="note"><p class="wide">\
            <strong>\(banner)</strong> <span>\(progress)</span></p></div></header>
            <main class="wide" id="main"><p class="eyebrow">\(snapshot.event[language]) · \(item.code)</p>
            <h1>\(item.title[language])</h1>
            \(table)
            </main></body></html>

            """
    }

    private var rehearsal: Markup {
        guard snapshot.isRehearsal else { return "" }
        let text = say("演练数据,不是真实比赛成绩", "Rehearsal: not the results of a real competition")
        return "<p class=\"rehearsal\" role=\"note\">\(text)</p>"
    }

    private var title: String {
        isPublished ? say("已发布", "Published") : say("实时(未完成)", "Live, incomplete")
    }

    private var banner: String {
        isPublished
            ? say("成绩已发布", "The results are published")
            : say("实时 · 未完成 · 不得引用", "Live · incomplete · not to be cited")
    }

    private var progress: String {
        guard !isPublished else {
            return say("实时大屏到此结束。", "The live board ends here.")
        }
        let (done, all) = (snapshot.rows.count, snapshot.entrants)
        let time = Moment(snapshot.computedAt).text
        return say(
            "已确认 \(done) / \(all) 名(队),其余仍在评分;\(time)。名次会变,以公示为准。",
            "\(done) of \(all) entrants confirmed, the others are being marked; \(time). Places will change; only published results count."
        )
    }

    /// A word where there is no table, in letters for a hall.
    private func said(_ zh: String, _ en: String) -> Markup {
        "<p class=\"said\">\(say(zh, en))</p>"
    }

    private var table: Markup {
        guard !isPublished else {
            return said("请看发布的网站。", "Please see the published site.")
        }
        guard !snapshot.rows.isEmpty else {
            return said("尚无已确认的选手", "Nobody is confirmed yet")
        }
        var table = Table(
            id: "live",
            caption: Markup(say("暂列名次", "Places so far")),
            columns: [
                .number(say("暂列", "So far")), .words(say("选手", "Entrant")),
                .words(say("代表队", "Delegation")), .number(say("总分", "Total")),
            ]
        )
        for row in snapshot.rows {
            let names = row.names.map { "<bdi>\($0)</bdi>" as Markup }
                .joined(by: language == .zh ? "、" : ", ")
            table.add(
                [
                    "\(row.rank)", "\(names)<span class=\"code\">\(row.entrant)</span>",
                    Markup(row.delegation.title[language]), "<strong>\(row.total)</strong>",
                ],
                head: 1
            )
        }
        return table.markup
    }
}
