/// The columns of the table of aspects, as its header names them.
struct CISColumns {
    /// What a column holds.
    enum Field: CaseIterable {
        case id
        case name
        case day
        case type
        case title
        case score
        case detail
        case requirement
        case section
        case calculation
        case max

        /// The label that CIS gives it.
        var label: String {
            switch self {
            case .id: "Sub Criterion ID"
            case .name: "Sub Criterion Name or Description"
            case .day: "Day of Marking"
            case .type: "Aspect Type"
            case .title: "Aspect - Description"
            case .score: "Judg Score"
            case .detail: "Extra Aspect Description"
            case .requirement: "Requirement"
            case .section: "WSOS Section"
            case .calculation: "Calculation Row"
            case .max: "Max Mark"
            }
        }

        /// Reads a folded label; wordings differ between years, so the beginnings decide.
        init?(folded label: String) {
            func begins(_ starts: String...) -> Bool { starts.contains { label.hasPrefix($0) } }
            switch label {
            case _ where begins("sub criterion id", "sub criteria id"): self = .id
            case _ where begins("sub criterion name", "sub criteria name"): self = .name
            case _ where begins("day"): self = .day
            case _ where begins("aspect type"): self = .type
            case _ where begins("extra aspect", "judgement score desc"): self = .detail
            case _ where begins("aspect desc"): self = .title
            case _ where begins("judg score", "judgement score", "judgment score"): self = .score
            case _ where begins("requirement"): self = .requirement
            case "wsos section", "wsss section", "wsess section", "section": self = .section
            case _ where begins("calculation row"): self = .calculation
            case _ where begins("max mark"): self = .max
            default: return nil
            }
        }
    }

    private(set) var columns: [Field: Int] = [:]
    /// The cells of the header whose labels say nothing to us.
    private(set) var unknown: [Workbook.Cell] = []
    /// The criterion that the header names, beside the table.
    private(set) var letter: String?
    /// The criterion's mark that the header states, beside the table.
    private(set) var stated: Workbook.Cell?

    /// Reads a row; nil where it is no header of a table of aspects.
    init?(header row: Workbook.Row) {
        var expectsTotal = false
        for cell in row.cells {
            let label = CISLabel.fold(cell)
            let isBlank = CISLabel.line(cell.text).isEmpty
            if isBlank, !(expectsTotal && cell.content == .uncalculated) { continue }
            if let field = Field(folded: label), columns[field] == nil {
                columns[field] = cell.address.column
            } else if label.hasPrefix("criterion "), let letter = CISLabel.letter(label) {
                self.letter = letter
            } else if label.hasPrefix("total mark") {
                expectsTotal = true
            } else if expectsTotal, stated == nil {
                stated = cell
            } else {
                unknown.append(cell)
            }
        }
        // Nothing else on the sheet has four of these labels in a row.
        guard columns.count >= 4 else { return nil }
    }

    /// The labels without which no aspect can be read and that the header lacks.
    var missing: [String] {
        [Field.id, .type, .title, .max].filter { columns[$0] == nil }.map(\.label)
    }
}

/// The columns of the list of criteria.
struct CISCriteriaColumns {
    let id: Int
    let name: Int
    let mark: Int

    /// Reads a row; nil where it is no header of a list of criteria.
    init?(header row: Workbook.Row) {
        var columns: [String: Int] = [:]
        for cell in row.cells { columns[CISLabel.fold(cell)] = cell.address.column }
        guard let id = columns["id"], let name = columns["name"],
            let mark = columns["mark"] ?? columns["marks"]
        else { return nil }
        self.id = id
        self.name = name
        self.mark = mark
    }
}
