internal import Competition
internal import Exact
internal import Findings

/// Collects what of a card a CIS workbook has no place for.
final class CISLosses {
    private let file: String
    private(set) var findings: [Finding] = []
    private var weighed: Set<NodeID> = []

    init(file: String) { self.file = file }

    private func lose(
        _ code: String,
        _ zh: String,
        _ en: String,
        at path: String = "",
        severity: Severity = .warning
    ) {
        findings.append(
            Finding(
                "cis.export-" + code,
                Text(zh, en),
                severity: severity,
                at: Place(file: path.isEmpty ? file : file + "!" + path)
            )
        )
    }

    private func path(_ share: AspectShare) -> String {
        (share.path.map(\.id.text) + [share.aspect.id.text]).joined(separator: ".")
    }

    // MARK: Aspects

    func uncounted(_ share: AspectShare) {
        lose(
            "uncounted",
            "不计分的评分点未写入",
            "an aspect that does not count is left out",
            at: path(share)
        )
    }

    func rounded(_ share: AspectShare, to max: Rational) {
        lose(
            "decimals",
            "满分 \(share.marks.shortest) 取为 \(max.shortest)",
            "the max mark \(share.marks.shortest) is written as \(max.shortest)",
            at: path(share)
        )
    }

    func marking(_ share: AspectShare) {
        let kind = share.aspect.marking.kind.text
        lose(
            "marking",
            "CIS 没有“\(kind.zh)”:只有 Laurel 读得出“Calculations”中的规则",
            "CIS has no type for \"\(kind.en)\": only Laurel reads its rule on the sheet Calculations",
            at: path(share)
        )
    }

    func scaledMarking(_ share: AspectShare) {
        let kind = share.aspect.marking.kind.text
        lose(
            "marking",
            "“\(kind.zh)”经权重折算,写成全分或零分",
            "\"\(kind.en)\" is weighed on its way to the total; it is written as full or zero",
            at: path(share)
        )
    }

    /// What an aspect says beside its marking.
    func tell(of share: AspectShare) {
        let aspect = share.aspect
        let isJudged = aspect.marking.kind == .judgement
        if aspect.aggregation != (isJudged ? .mean : .agreed) {
            let way = aspect.aggregation.text
            lose("aggregate", "未写入:\(way.zh)", "not written: \(way.en)", at: path(share))
        }
        if case .judgement(_, let spread, let levels) = aspect.marking {
            if spread != 1 {
                lose(
                    "spread",
                    "允许相差 \(spread) 级,CIS 为 1",
                    "a spread of \(spread); in CIS it is 1",
                    at: path(share)
                )
            }
            if levels.isEmpty {
                lose("levels", "没有四级标杆文字", "there are no benchmark texts", at: path(share))
            }
        }
        let stage = aspect.stage
        let places = Rounding(places: 2)
        let hasRule =
            aspect.coefficient != nil || aspect.judgeField != nil || aspect.roundJudge != nil
            || aspect.panel != nil || stage.floor != nil || stage.cap != nil || stage.base != .zero
            || stage.roundWeighted != nil || (stage.round.map { $0 != places } ?? false)
        if hasRule {
            lose(
                "rule",
                "系数、上下限、舍入、裁判组或相对评分未写入",
                "a coefficient, bound, rounding, panel or field rule is not written",
                at: path(share)
            )
        }
        for node in share.path where weighed.insert(node.id).inserted { tell(of: node) }
    }

    // MARK: Nodes and the card

    private func tell(of node: CardNode) {
        let stage = node.stage
        let at = node.id.text
        if !stage.weight.byGroup.isEmpty {
            lose(
                "group",
                "分组权重未写入,按 standard 计",
                "weights by group are not written; the standard one counts",
                at: at
            )
        } else if stage.weight != .one {
            let weight = stage.weight.standard.shortest
            lose(
                "weight",
                "权重 \(weight) 已折入各评分点",
                "the weight \(weight) is multiplied into the aspects",
                at: at
            )
        }
        let hasRule =
            node.combine != .sum || node.attempts != nil || node.coefficient != nil
            || node.field != nil || node.panel != nil || stage.round != nil || stage.floor != nil
            || stage.cap != nil || stage.base != .zero || stage.roundWeighted != nil
            || node.absentIsZero || node.pass != nil
        if hasRule {
            lose(
                "rule",
                "合成、轮次、上下限、舍入、裁判组、及格线或缺考规则未写入",
                "a way of combining, attempts, bounds, rounding, panel, pass mark or rule for the absent is not written",
                at: at
            )
        }
    }

    /// What the head of a card says, and what its shape does not fit.
    func tell(of card: Scorecard, scheme: CISScheme) {
        if scheme.criteria.count > 9 {
            let count = scheme.criteria.count
            lose(
                "criteria",
                "有 \(count) 个评分项,CIS 至多 9 个(A–I)",
                "there are \(count) criteria; CIS has 9 at most, A to I"
            )
        }
        let high = scheme.criteria.flatMap(\.subCriteria).flatMap(\.aspects).count {
            $0.max > Rational(2)
        }
        if high > 0 {
            lose(
                "max",
                "\(high) 个评分点超过 2 分,CIS 通常不允许",
                "\(high) aspects have more than 2 marks, which CIS by default does not allow"
            )
        }
        if card.total.lowerIsBetter {
            lose(
                "lower",
                "此表以少为胜,CIS 的评分方案做不到",
                "the fewest win with this card, which no CIS scheme can say",
                severity: .error
            )
        }
        let total = card.total
        if total.max == nil || total.shown != Rounding(places: 2) || total.stored != nil
            || total.ranked != .shown || total.floor != nil
        {
            lose(
                "total",
                "总分的上限、舍入、排名依据或下限未写入",
                "how the total is bounded, rounded, kept or ranked is not written"
            )
        }
        if let judges = card.panel.judges, judges != 3 {
            lose(
                "panel",
                "裁判 \(judges) 人未写入(CIS 通常 3 人)",
                "the panel of \(judges) is not written (CIS: 3)"
            )
        }
        if !card.ties.keys.isEmpty || card.ties.end != .shared {
            lose(
                "ties",
                "并列判定未写入(CIS 并列共享名次)",
                "the tie chain is not written (in CIS level entrants share a place)"
            )
        }
        if !card.awards.hasPrefix("worldskills-") {
            lose(
                "awards",
                "奖项政策 \(card.awards) 未写入",
                "the awards policy \(card.awards) is not written"
            )
        }
        if card.teams != nil {
            lose("teams", "团体成绩规则未写入", "the rule for teams is not written")
        }
        let written = scheme.criteria.flatMap(\.subCriteria).flatMap(\.aspects)
        if written.contains(where: { $0.id != $0.aspect.id.text }) {
            lose(
                "names",
                "CIS 按位置为评分点编号(A1.1 …),本表自己的名称未写入",
                "CIS names aspects by their position (A1.1 …); the card's own names are not written",
                severity: .note
            )
        }
        if card.title.zh != card.title.en {
            lose(
                "language",
                "CIS 只有一种语言;另一种未写入",
                "CIS holds one language; the other is not written",
                severity: .note
            )
        }
    }
}
