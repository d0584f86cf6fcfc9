internal import Competition
internal import Exact
internal import Findings

/// Lays a scheme out on the two sheets of a CIS workbook.
struct CISLayout {
    private let language: Language
    private var row = 0
    private var calculationRow = 1

    private(set) var sheet = WorkbookDraft.Sheet(name: "CIS Marking Scheme Import")
    private(set) var calculations = WorkbookDraft.Sheet(name: "Calculations")

    private static let bold = WorkbookDraft.Style(isBold: true)
    private static let heading = WorkbookDraft.Style(
        isBold: true,
        shade: 0xD9E2F3,
        isWrapped: true,
        hasBorder: true
    )
    private static let wrapped = WorkbookDraft.Style(isWrapped: true)
    private static let marks = WorkbookDraft.Style(numberFormat: "0.00")

    init(language: Language) {
        self.language = language
        sheet.widths = [1: 10, 2: 28, 3: 9, 4: 9, 5: 40, 6: 7, 7: 50, 8: 34, 9: 9, 10: 12, 11: 8]
        sheet.page.isLandscape = true
        calculations.widths = [1: 12, 2: 22, 3: 10, 4: 80]
        for (column, label) in ["Name", "Type", "Reusable", "Parameters"].enumerated() {
            calculations.put(.text(label), row: 1, column: column + 1, style: Self.heading)
        }
    }

    /// The first line: the skill's number and its name.
    func title(of card: Scorecard) -> String {
        let title = card.title[language]
        guard let skill = card.standard?.skill, !title.hasPrefix(skill + " ") else { return title }
        return skill + " " + title
    }

    mutating func write(_ card: Scorecard, _ scheme: CISScheme, sections: [StandardSection]) {
        row = 1
        put(.text(title(of: card)), 1, WorkbookDraft.Style(isBold: true, size: 14))
        row = 3
        write(sections, scheme)
        row += 2
        put(.text("Criteria"), 1, Self.bold)
        row += 1
        for (column, label) in [(1, "ID"), (2, "Name"), (11, "Mark")] {
            put(.text(label), column, Self.heading)
        }
        for criterion in scheme.criteria {
            row += 1
            put(.text(criterion.letter), 1)
            put(.text(criterion.title[language]), 2)
            put(.number(criterion.marks.shortest), 11, Self.marks)
        }
        row += 2
        for criterion in scheme.criteria { write(criterion) }
        let total = (try? scheme.criteria.map(\.marks).sum()) ?? .zero
        put(.text("Competition"), 12, Self.bold)
        put(.text("Total\nMark"), 13, Self.heading)
        put(.number(total.shortest), 14, Self.marks)
    }

    private mutating func write(_ sections: [StandardSection], _ scheme: CISScheme) {
        put(.text("WorldSkills Occupational Standards"), 1, Self.bold)
        row += 1
        let labels = [
            (1, "Section"), (2, "WSOS Marks"), (9, "WSOS Marks"), (10, "Aspect Marks"),
            (11, "Variation"),
        ]
        for (column, label) in labels { put(.text(label), column, Self.heading) }
        var given: [Int: Rational] = [:]
        for aspect in scheme.criteria.flatMap(\.subCriteria).flatMap(\.aspects) {
            guard let section = aspect.aspect.section else { continue }
            given[section] = (try? (given[section] ?? .zero).plus(aspect.max)) ?? .zero
        }
        let known = sections.map { ($0.number, $0.title, Optional($0.weight)) }
        let named = Set(sections.map(\.number))
        let others = given.keys.filter { !named.contains($0) }.sorted().map {
            ($0, "", Rational?.none)
        }
        var variation = Rational.zero
        for (number, title, weight) in known + others {
            row += 1
            let marks = given[number] ?? .zero
            put(.number("\(number)"), 1)
            put(.text(title), 2)
            put(.number(marks.shortest), 10, Self.marks)
            guard let weight, let difference = try? marks.minus(weight).magnitude else { continue }
            variation = (try? variation.plus(difference)) ?? variation
            put(.number(weight.shortest), 9, Self.marks)
            put(.number(difference.shortest), 11, Self.marks)
        }
        row += 1
        put(.text("Total Variation"), 9, Self.bold)
        put(.number(variation.shortest), 11, Self.marks)
    }

    private mutating func write(_ criterion: CISScheme.Criterion) {
        let labels = [
            "Sub\nCriterion\nID", "Sub Criterion\nName or Description", "Day of Marking",
            "Aspect\nType\nM = Meas\nJ = Judg", "Aspect - Description", "Judg Score",
            "Extra Aspect Description (Meas or Judg)\nOR\nJudgement Score Description (Judg only)",
            "Requirement\n(Measurement Only)", "WSOS Section", "Calculation Row \n(Export only)",
            "Max\nMark", "Criterion \(criterion.letter)", "Total\nMark",
        ]
        for (column, label) in labels.enumerated() { put(.text(label), column + 1, Self.heading) }
        put(.number(criterion.marks.shortest), 14, Self.marks)
        for sub in criterion.subCriteria {
            row += 1
            put(.text(sub.id), 1, Self.bold)
            put(.text(sub.title[language]), 2, Self.bold)
            if let day = sub.day { put(.number("\(day)"), 3) }
            for aspect in sub.aspects {
                row += 1
                write(aspect)
                row += 1
            }
        }
        row += 2
    }

    private mutating func write(_ row: CISScheme.Row) {
        let aspect = row.aspect
        var levels: [Text] = []
        var isJudged = false
        if case .judgement(_, _, let texts) = aspect.marking { (isJudged, levels) = (true, texts) }
        put(.text(isJudged ? "J" : "M"), 4)
        put(.text(aspect.title[language]), 5, Self.wrapped)
        if let detail = aspect.description { put(.text(detail[language]), 7, Self.wrapped) }
        if let requirement = aspect.requirement {
            put(.text(requirement[language]), 8, Self.wrapped)
        }
        if let section = aspect.section { put(.number("\(section)"), 9) }
        if let calculation = row.calculation {
            put(.number("\(name(row.id, calculation))"), 10)
        }
        put(.number(row.max.shortest), 11, Self.marks)
        for (level, text) in levels.enumerated() {
            self.row += 1
            put(.number("\(level)"), 6)
            put(.text(text[language]), 7, Self.wrapped)
        }
    }

    /// Writes a calculation and gives the row that it has.
    private mutating func name(_ id: String, _ marking: Marking) -> Int {
        calculationRow += 1
        let (type, parameters): (String, String) =
            switch marking {
            case .count(let of, _):
                (
                    CISCalculation.countType,
                    CISCalculation.line(CISCalculation.countParameter, "\(of)")
                )
            default:
                (
                    CISCalculation.ownType,
                    CISCalculation.line(
                        CISCalculation.ownParameter,
                        YAMLValue.members([ScorecardTree.marking(marking)]).line
                    )
                )
            }
        for (column, text) in [id, type, "false", parameters].enumerated() {
            calculations.put(.text(text), row: calculationRow, column: column + 1)
        }
        return calculationRow
    }

    private mutating func put(
        _ value: WorkbookDraft.Value,
        _ column: Int,
        _ style: WorkbookDraft.Style = .init()
    ) {
        if case .text("") = value { return }
        sheet.put(value, row: row, column: column, style: style)
    }
}
