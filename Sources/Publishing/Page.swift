internal import Snapshots

/// What one page holds; the frame around it is everywhere the same.
struct Page {
    /// The part of the site that a page belongs to, in the order of the navigation.
    enum Part: CaseIterable {
        case items, medals, honours, lookup, about

        /// The page that opens the part.
        var path: String {
            switch self {
            case .items: "index.html"
            case .medals: "medals.html"
            case .honours: "honours.html"
            case .lookup: "lookup.html"
            case .about: "about.html"
            }
        }
    }

    let speech: Speech
    let part: Part
    /// Where the page stands below the language's root: `items/D01.html`.
    let path: String
    let title: String
    let body: Markup
    /// The scripts that it needs beside the site's own, from the language's root.
    var scripts: [String] = []
    /// What the results on it are; what they all are where nil.
    var kind: ResultsKind?

    /// From the page to the language's root.
    var up: String { path.contains("/") ? "../" : "" }
}
