public import Competition
public import Exact
public import Findings

/// A scorecard as the workbook from which CIS takes a marking scheme.
///
/// What the workbook says reads back as the same scheme: criteria, sub-criteria, days, aspects with
/// kind, texts, section and marks. What CIS has no place for is told by a finding; a marking that it has
/// no type for stands under the type `LAUREL` on the sheet "Calculations", which only Laurel reads.
public struct CISExport: Sendable {
    /// The workbook.
    public let draft: WorkbookDraft
    /// What of the card the workbook does not hold, in the card's order.
    public let findings: [Finding]

    /// Lays a card out as a CIS workbook.
    ///
    /// - Parameters:
    ///   - card: the card.
    ///   - sections: the sections of its standard, where they are known.
    ///   - language: the language of the texts; CIS holds one.
    ///   - file: the card's file, for the findings.
    /// - Throws: ``Exact/ExactError/overflow``.
    public init(
        _ card: Scorecard,
        sections: [StandardSection],
        language: Language,
        file: String
    ) throws(ExactError) {
        let losses = CISLosses(file: file)
        let scheme = try CISScheme(card, losses: losses)
        losses.tell(of: card, scheme: scheme)
        var layout = CISLayout(language: language)
        layout.write(card, scheme, sections: sections)
        draft = WorkbookDraft(
            title: layout.title(of: card),
            sheets: [layout.sheet, layout.calculations]
        )
        findings = losses.findings
    }
}

/// A card cut into the three levels of CIS.
struct CISScheme {
    struct Criterion {
        let letter: String
        let title: Text
        let marks: Rational
        let subCriteria: [SubCriterion]
    }

    struct SubCriterion {
        let id: String
        let title: Text
        let day: Int?
        let aspects: [Row]
    }

    struct Row {
        let id: String
        let aspect: Aspect
        /// Its marks of the total, rounded to two decimals.
        let max: Rational
        /// What becomes of what is entered, where CIS needs a calculation for it.
        let calculation: Marking?
    }

    let criteria: [Criterion]

    init(_ card: Scorecard, losses: CISLosses) throws(ExactError) {
        let shares = try card.shares()
        var criteria: [Criterion] = []
        for (index, part) in card.parts.enumerated() {
            let letter =
                Unicode.Scalar(UInt32(65 + min(index, 25))).map { String(Character($0)) } ?? "Z"
            var subs: [SubCriterion] = []
            var sum = Rational.zero
            for (leaf, title) in Self.leaves(part, above: []) {
                let id = "\(letter)\(subs.count + 1)"
                var rows: [Row] = []
                for share in shares
                where share.path.last?.id == leaf.id && share.path.first?.id == part.id {
                    let name = "\(id).\(rows.count + 1)"
                    guard let row = try Self.row(share, name, losses) else { continue }
                    sum = try sum.plus(row.max)
                    rows.append(row)
                }
                guard !rows.isEmpty else { continue }
                let day = shares.first { $0.path.last?.id == leaf.id }?.day
                subs.append(SubCriterion(id: id, title: title, day: day, aspects: rows))
            }
            guard !subs.isEmpty else { continue }
            criteria.append(
                Criterion(letter: letter, title: part.title, marks: sum, subCriteria: subs)
            )
        }
        self.criteria = criteria
    }

    /// The nodes that hold aspects, each with a title that says what stands between it and the part.
    private static func leaves(_ node: CardNode, above: [Text]) -> [(CardNode, Text)] {
        switch node.content {
        case .aspects:
            let titles = above.isEmpty ? [node.title] : above
            return [
                (
                    node,
                    Text(
                        titles.map(\.zh).joined(separator: " · "),
                        titles.map(\.en).joined(separator: " · ")
                    )
                )
            ]
        case .nodes(let nodes):
            return nodes.flatMap { leaves($0, above: above + [$0.title]) }
        }
    }

    private static func row(
        _ share: AspectShare,
        _ id: String,
        _ losses: CISLosses
    ) throws(ExactError) -> Row? {
        let aspect = share.aspect
        let max = try share.marks.rounded(Rounding(places: 2))
        guard aspect.counts, max > .zero else {
            losses.uncounted(share)
            return nil
        }
        if max != share.marks { losses.rounded(share, to: max) }
        let own = try aspect.marking.bounds().upperBound
        var calculation: Marking?
        switch aspect.marking {
        case .judgement, .fullOrZero: break
        case let marking where own == max:
            calculation = marking
            if case .count = marking {} else { losses.marking(share) }
        default: losses.scaledMarking(share)
        }
        losses.tell(of: share)
        return Row(id: id, aspect: aspect, max: max, calculation: calculation)
    }
}
