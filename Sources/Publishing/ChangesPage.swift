internal import Findings
internal import Seal
internal import Snapshots

/// What each publication changed, the latest first.
struct ChangesPage {
    private let speech: Speech

    init(_ speech: Speech) { self.speech = speech }

    var page: Page {
        Page(
            speech: speech,
            part: .about,
            path: "changes.html",
            title: speech("发布与更正", "Publications and corrections"),
            body: """
                <nav class="crumbs" aria-label="\(speech("位置", "Breadcrumb"))">\
                <a href="about.html">\(speech("关于", "About"))</a> \
                <span aria-hidden="true">›</span> \
                <span>\(speech("发布与更正", "Publications and corrections"))</span></nav>
                <h1>\(speech("发布与更正", "Publications and corrections"))</h1>
                <p class="lead">\(speech(
                    "每次发布都保留;这里列出它与上一次相比的全部变化。",
                    "Every publication is kept; here is all that each changed against the one before."))</p>
                \(sections.joined())
                """
        )
    }

    private var sections: [Markup] {
        speech.edition.history.reversed().enumerated().map { section($0, $1) }
    }

    private func section(_ number: Int, _ publication: PastPublication) -> Markup {
        let head: Markup = """
            <section><h2>\(speech(publication.kind.text)) \
            <small>\(Moment(publication.computedAt).text)</small></h2>
            <p class="faint"><code>\(publication.hash.hex)</code></p>

            """
        guard !publication.changes.isEmpty else {
            let isFirst = number == speech.edition.history.count - 1
            let text =
                isFirst
                ? speech("首次发布。", "The first publication.") : speech("没有变化。", "Nothing changed.")
            return "\(head)<p>\(text)</p></section>\n"
        }
        var table = Table(
            id: "changes-\(number)",
            caption: Markup(
                speech("\(publication.changes.count) 处变化", "\(publication.changes.count) changes")
            ),
            columns: [
                .words(speech("项目", "Item")), .words(speech("选手", "Entrant")),
                .words(speech("变化", "Change")),
            ]
        )
        for group in Self.groups(publication.changes) {
            let change = group[0]
            let names = change.names.map { "<bdi>\($0)</bdi>" as Markup }
                .joined(by: speech.language == .zh ? "、" : ", ")
            let who: Markup =
                change.entrant.isEmpty
                ? "" : "\(names) <span class=\"code\">\(change.entrant)</span>"
            table.add([items(group.map(\.item)), who, Markup(speech(change.text))], head: 0)
        }
        return "\(head)\(table.markup)</section>\n"
    }

    /// What changed in the same way for whole items stands in one row, at the first one's place.
    private static func groups(_ changes: [ResultsChange]) -> [[ResultsChange]] {
        var groups: [[ResultsChange]] = []
        var places: [Text: Int] = [:]
        for change in changes {
            if change.entrant.isEmpty, let place = places[change.text] {
                groups[place].append(change)
                continue
            }
            if change.entrant.isEmpty { places[change.text] = groups.count }
            groups.append([change])
        }
        return groups
    }

    private func items(_ codes: [String]) -> Markup {
        if codes.count > 1, codes.count == speech.edition.snapshot.items.count {
            return Markup(speech("全部 \(codes.count) 个项目", "All \(codes.count) items"))
        }
        return codes.map(item).joined(by: " ")
    }

    private func item(_ code: String) -> Markup {
        guard speech.edition.item(code) != nil else { return "<span class=\"code\">\(code)</span>" }
        let page = speech.edition.page(ofItem: code)
        return "<a href=\"items/\(page).html\"><span class=\"code\">\(code)</span></a>"
    }
}
