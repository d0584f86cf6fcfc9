/// What one page holds; the frame around it is everywhere the same.
struct Page {
    /// The part of the site that a page belongs to, in the order of the navigation.
    enum Part: CaseIterable {
        case items, medals, honours, about

        /// The page that opens the part.
        var path: String {
            switch self {
            case .items: "index.html"
            case .medals: "medals.html"
            case .honours: "honours.html"
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
    /// Whether the page holds the search and so needs its data.
    var hasSearch = false

    /// From the page to the language's root.
    var up: String { path.contains("/") ? "../" : "" }
}
