internal import Findings
internal import Interchange
public import Seal
public import Snapshots

/// What was written.
public struct SiteReport: Sendable, Hashable {
    /// How many files.
    public let files: Int
    /// How many bytes they hold.
    public let bytes: Int
    /// The page to open first.
    public let index: String
}

/// The published site: static pages in both languages, read from a web server or a USB stick.
public enum Site {
    /// Writes the site of a snapshot, whole or not at all.
    ///
    /// The same snapshots give the same bytes. The snapshot itself is in `results.json`, whose
    /// SHA-256 is the hash that every page names.
    ///
    /// - Parameters:
    ///   - snapshot: the results.
    ///   - hash: the hash under which they were published.
    ///   - honours: the register of honours, where there is one.
    ///   - history: every publication so far, the first one first.
    ///   - folder: where to write; an older site there is replaced, anything else is refused.
    /// - Returns: what was written.
    /// - Throws: `SiteError`.
    public static func write(
        _ snapshot: ResultsSnapshot,
        hash: Digest,
        honours: HonoursSnapshot?,
        history: [PastPublication] = [],
        into folder: String
    ) throws -> SiteReport {
        let canonical = snapshot.json.canonical
        let found = Digest(of: canonical)
        guard found == hash else { throw SiteError.hash(expected: hash, found: found) }
        let edition = try Edition(
            snapshot,
            hash: hash,
            honours: honours,
            history: history
        )
        var site = try SiteFolder(folder)
        do {
            try site.write(canonical, to: "results.json")
            try fill(&site, edition)
            try site.commit()
        } catch {
            site.discard()
            throw error
        }
        return SiteReport(files: site.files, bytes: site.bytes, index: folder + "/index.html")
    }

    private static func fill(_ site: inout SiteFolder, _ edition: Edition) throws {
        let frame = try PageFrame(edition)
        try site.write(frame.cover, to: "index.html")
        try site.write(Stylesheet.text, to: "site.css")
        try site.write(Script.text + BoardScript.text, to: "site.js")
        try site.write(ChangesFeed(edition).json.canonical, to: "changes.json")
        if let honours = edition.honours {
            try site.write(honours.json.canonical, to: "honours.json")
            try fill(&site, Lookup(honours), edition)
        }
        try site.write(MedalFile(edition).text, to: "csv/medals.csv")
        try site.write(WinnersFile(edition).text, to: "csv/winners.csv")
        for item in edition.snapshot.items {
            let file = ItemFile(item, edition).text
            try site.write(file, to: "csv/\(edition.page(ofItem: item.item.code)).csv")
        }
        for speech in [Speech(.zh, edition), Speech(.en, edition)] {
            let root = speech.language.rawValue
            try site.write(SearchData(speech).text, to: "\(root)/search.js")
            try site.write(frame.render(FrontPage(speech).page), to: "\(root)/index.html")
            try site.write(frame.render(MedalPage(speech).page), to: "\(root)/medals.html")
            try site.write(frame.render(AboutPage(speech).page), to: "\(root)/about.html")
            try site.write(frame.render(ChangesPage(speech).page), to: "\(root)/changes.html")
            try site.write(to: "results.\(root).xlsx") { path in
                try WorkbookWriter.write(ResultsWorkbook.draft(speech), to: path)
            }
            if let honours = edition.honours {
                let page = HonoursPage(honours, speech).page
                try site.write(frame.render(page), to: "\(root)/honours.html")
                let lookup = LookupPage(honours, speech).page
                try site.write(frame.render(lookup), to: "\(root)/lookup.html")
            }
            for item in edition.snapshot.items {
                let page = ItemPage(item, speech).page
                try site.write(frame.render(page), to: "\(root)/\(page.path)")
            }
            for delegation in edition.delegations {
                let page = DelegationPage(delegation, speech).page
                try site.write(frame.render(page), to: "\(root)/\(page.path)")
            }
        }
    }

    private static func fill(
        _ site: inout SiteFolder,
        _ lookup: Lookup,
        _ edition: Edition
    ) throws {
        try site.write(LookupScript.text, to: "lookup.js")
        try site.write(lookup.words(edition), to: "lookup/words.js")
        for name in Lookup.buckets {
            try site.write(lookup.bucket(name), to: "lookup/\(name).js")
        }
    }
}
