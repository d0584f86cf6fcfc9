/// A scheme of one criterion, two sub-criteria and three aspects, made up for these tests.
enum SmallScheme {
    static let rows: [[(column: String, text: String)]] = [
        [("A", "99 Testing")],
        [("A", "Criteria")],
        [("A", "ID"), ("B", "Name"), ("K", "Mark")],
        [("A", "A"), ("B", "Only criterion"), ("K", "3")],
        [],
        [
            ("A", "Sub\nCriterion\nID"), ("B", "Sub Criterion\nName or Description"),
            ("C", "Day of Marking"), ("D", "Aspect\nType\nM = Meas\nJ = Judg"),
            ("E", "Aspect - Description"), ("F", "Judg Score"),
            ("G", "Extra Aspect Description (Meas or Judg)\nOR\nJudgement Score Description"),
            ("H", "Requirement\n(Measurement Only)"), ("I", "WSOS Section"),
            ("J", "Calculation Row \n(Export only)"), ("K", "Max\nMark"), ("L", "Criterion A"),
            ("M", "Total\nMark"), ("N", "3"),
        ],
        [("A", "A1"), ("B", "First"), ("C", "1")],
        [
            ("D", "M"), ("E", "Length"), ("G", "of the part"), ("H", "10 mm"), ("I", "1"),
            ("K", "0.5"),
        ],
        [],
        [("D", "J"), ("E", "Finish"), ("I", "2"), ("K", "2")],
        [("F", "0"), ("G", "none")],
        [("F", "1"), ("G", "some")],
        [("F", "2"), ("G", "good")],
        [("F", "3"), ("G", "excellent")],
        [("A", "A2"), ("B", "Second"), ("C", "2")],
        [("D", "M"), ("E", "Width"), ("I", "1"), ("K", "0.5")],
        [],
        [("L", "Competition"), ("M", "Total\nMark"), ("N", "3")],
    ]

    /// The rows with one cell changed, or taken away.
    static func changed(_ cell: String, _ text: String?) -> [[(column: String, text: String)]] {
        let column = String(cell.prefix { $0.isLetter })
        let index = (Int(cell.drop { $0.isLetter }) ?? 1) - 1
        var changed = rows
        changed[index].removeAll { $0.column == column }
        if let text { changed[index].append((column, text)) }
        changed[index].sort { $0.column < $1.column }
        return changed
    }
}
