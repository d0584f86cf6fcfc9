/// A table in a region of its own that scrolls sideways, so that the page never does.
struct Table {
    /// A column's heading and how its cells stand.
    struct Column {
        let title: Markup
        var style: Markup = ""

        /// A column of numbers.
        static func number(_ title: String) -> Column {
            Column(title: Markup(title), style: "n")
        }

        /// A column of words.
        static func words(_ title: String, _ style: Markup = "") -> Column {
            Column(title: Markup(title), style: style)
        }
    }

    let id: Markup
    let caption: Markup
    let columns: [Column]
    private(set) var rows: Markup = ""

    init(id: Markup, caption: Markup, columns: [Column]) {
        self.id = id
        self.caption = caption
        self.columns = columns
    }

    /// Adds a row; the cell at `head` names the row.
    mutating func add(_ cells: [Markup], head: Int, style: Markup = "") {
        rows += style.isEmpty ? "<tr>" : "<tr class=\"\(style)\">"
        for (index, cell) in cells.enumerated() {
            let own = columns[index].style
            if index == head {
                rows += "<th scope=\"row\">\(cell)</th>"
            } else if own.isEmpty {
                rows += "<td>\(cell)</td>"
            } else {
                rows += "<td class=\"\(own)\">\(cell)</td>"
            }
        }
        rows += "</tr>\n"
    }

    /// The whole table.
    var markup: Markup {
        let heads = columns.map { column -> Markup in
            column.style.isEmpty
                ? "<th scope=\"col\">\(column.title)</th>"
                : "<th scope=\"col\" class=\"\(column.style)\">\(column.title)</th>"
        }
        return """
            <div class="scroll" role="region" aria-labelledby="\(id)" tabindex="0"><table>
            <caption id="\(id)">\(caption)</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows)</tbody></table></div>

            """
    }
}
