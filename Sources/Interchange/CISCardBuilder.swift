internal import Competition
internal import Exact
internal import Findings

/// Makes the scorecard of what was read from a CIS sheet, and checks it against what the sheet says
/// of itself.
final class CISCardBuilder {
    private let title: String
    private let criteria: [CISCriterion]
    private let log: CISLog
    private let calculations: CISCalculations

    /// The cell of each aspect.
    private(set) var provenance: [String: String] = [:]
    /// Where everything stands that a criterion, a sub-criterion or an aspect was made of.
    private(set) var cells: [String: String] = [:]

    init(
        title: String,
        criteria: [CISCriterion],
        log: CISLog,
        calculations: CISCalculations
    ) {
        self.calculations = calculations
        self.title = title
        self.criteria = criteria
        self.log = log
    }

    /// The card; nil where not even the errors found leave one.
    ///
    /// The sums are compared with what the sheet states, unless aspects were lost before: an error
    /// tells of that, and sums that differ would only follow from it.
    func card(_ totals: [(stated: CISStated, letter: String?)]?) -> Scorecard? {
        let hasAllMarks = criteria.flatMap(\.subCriteria).flatMap(\.aspects)
            .allSatisfy { $0.max != nil }
        let totals = hasAllMarks ? totals : nil
        var parts: [CardNode] = []
        var units: [NodeID] = []
        var sums: [String: Rational] = [:]
        for criterion in criteria {
            let nodes = criterion.subCriteria.compactMap(node)
            guard let sum = try? criterion.subCriteria.flatMap(\.aspects).compactMap(\.max).sum()
            else {
                reportOverflow(criterion.address)
                return nil
            }
            sums[criterion.letter] = sum
            if totals != nil { check(criterion, sum: sum) }
            guard !nodes.isEmpty, let id = NodeID(criterion.letter) else {
                log.report(
                    "cis.empty",
                    "评分项 \(criterion.letter) 没有评分点,未导入",
                    "criterion \(criterion.letter) has no aspects and was left out",
                    at: criterion.address,
                    severity: .warning
                )
                continue
            }
            units += nodes.map(\.id)
            cells[criterion.letter] = criterion.address.map(\.text)
            let name = criterion.title.isEmpty ? criterion.letter : criterion.title
            parts.append(plain(id, Text(same: name), day: nil, .nodes(nodes)))
        }
        guard !parts.isEmpty else {
            log.report("cis.empty", "工作表中没有评分点", "there are no aspects on the sheet", at: nil)
            return nil
        }
        guard let total = try? sums.values.sum() else {
            reportOverflow(nil)
            return nil
        }
        if let totals { check(totals, sums: sums, total: total) }
        return scorecard(parts, units: units, total: total)
    }

    private func scorecard(_ parts: [CardNode], units: [NodeID], total: Rational) -> Scorecard {
        let (skill, name) = skill
        let rule = TotalRule(
            max: total,
            shown: Rounding(places: 2),
            stored: nil,
            ranked: .shown,
            lowerIsBetter: false,
            floor: nil
        )
        return Scorecard(
            id: skill.map { "cis-" + $0.lowercased() } ?? "cis",
            title: Text(same: title.isEmpty ? "CIS" : title),
            note: nil,
            standard: skill.map { Standard(title: Text(same: name), skill: $0) },
            panel: Panel(judges: 3, minimum: 3),
            total: rule,
            ties: TieRule(keys: [], end: .shared, numbering: .competition),
            awards: "worldskills-2019-2024",
            sheetUnits: units,
            parts: parts
        )
    }

    /// The number and the name of the skill, from `17 Web Development`.
    private var skill: (number: String?, name: String) {
        let words = title.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let first = words.first, let name = words.last,
            first.utf8.count <= 4, first.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isLetter) }),
            first.contains(where: \.isNumber)
        else { return (nil, title) }
        return (String(first), String(name))
    }

    private func plain(
        _ id: NodeID,
        _ title: Text,
        day: Int?,
        _ content: CardContent
    ) -> CardNode {
        CardNode(
            id: id,
            title: title,
            stage: Stage(),
            combine: .sum,
            attempts: nil,
            day: day,
            pass: nil,
            absentIsZero: false,
            content: content
        )
    }

    private func node(_ subCriterion: CISSubCriterion) -> CardNode? {
        for aspect in subCriterion.aspects {
            provenance[aspect.id] = aspect.address.text
            cells[aspect.id] = ([aspect.address.text] + aspect.cells).joined(separator: ", ")
        }
        cells[subCriterion.id] = subCriterion.address.text
        let aspects = subCriterion.aspects.compactMap(aspect)
        guard !aspects.isEmpty, let id = NodeID(subCriterion.id) else {
            log.report(
                "cis.empty",
                "评分子项 \(subCriterion.id) 没有评分点,未导入",
                "the sub-criterion \(subCriterion.id) has no aspects and was left out",
                at: subCriterion.address,
                severity: .warning
            )
            return nil
        }
        let name = subCriterion.title.isEmpty ? subCriterion.id : subCriterion.title
        return plain(id, Text(same: name), day: subCriterion.day, .aspects(aspects))
    }

    private func aspect(_ draft: CISAspect) -> Aspect? {
        let levels = levels(draft)
        guard let kind = draft.kind, let max = draft.max, let id = AspectID(draft.id) else {
            return nil
        }
        func text(_ text: String) -> Text? { text.isEmpty ? nil : Text(same: text) }
        let isJudged = kind == .judgement
        let calculated =
            isJudged
            ? nil
            : draft.calculation.flatMap {
                calculations.marking($0, max: max, of: draft.id)
            }
        return Aspect(
            id: id,
            title: Text(same: draft.title.isEmpty ? draft.id : draft.title),
            description: text(draft.detail),
            requirement: text(draft.requirement),
            marking: isJudged
                ? .judgement(max: max, spread: 1, levels: levels)
                : calculated ?? .fullOrZero(max: max),
            aggregation: isJudged ? .mean : .agreed,
            roundJudge: nil,
            stage: Stage(round: Rounding(places: 2)),
            coefficient: nil,
            counts: true,
            section: draft.section
        )
    }

    /// The four benchmark texts of a judgement: all of them, or none.
    private func levels(_ draft: CISAspect) -> [Text] {
        guard draft.kind == .judgement else { return [] }
        let missing = (0...3).filter { draft.levels[$0] == nil }
        guard !missing.isEmpty else {
            return (0...3).compactMap { draft.levels[$0] }.map { Text(same: $0) }
        }
        let isNone = missing.count == 4
        let names = missing.map(String.init)
        let (zh, en) = (names.joined(separator: "、"), names.joined(separator: ", "))
        log.report(
            "cis.levels",
            "评分点 \(draft.id) 缺少等级 \(zh) 的标杆文字",
            "aspect \(draft.id) lacks the benchmark texts of level \(en)",
            at: draft.address,
            severity: isNone ? .warning : .error
        )
        return []
    }

    private func check(_ criterion: CISCriterion, sum: Rational) {
        for stated in criterion.stated where stated.value != sum {
            log.report(
                "cis.criterion-mark",
                "评分项 \(criterion.letter) 写明 \(stated.value.shortest) 分,评分点合计 \(sum.shortest) 分",
                "criterion \(criterion.letter) states \(stated.value.shortest) marks; "
                    + "its aspects add up to \(sum.shortest)",
                at: stated.address,
                severity: .warning
            )
        }
    }

    /// A total below a table may be that of the table's criterion or that of the whole.
    private func check(
        _ totals: [(stated: CISStated, letter: String?)],
        sums: [String: Rational],
        total: Rational
    ) {
        for (stated, letter) in totals where stated.value != total {
            if let letter, sums[letter] == stated.value { continue }
            log.report(
                "cis.total",
                "写明总分 \(stated.value.shortest),评分点合计 \(total.shortest)",
                "the total is stated as \(stated.value.shortest); "
                    + "the aspects add up to \(total.shortest)",
                at: stated.address,
                severity: .warning
            )
        }
    }

    private func reportOverflow(_ address: Workbook.Address?) {
        log.report("cis.overflow", "数值过大", "the figures are too large", at: address)
    }
}
