internal import Competition
internal import Exact
internal import Findings

/// Writes a card as the tree from which the reader makes the equal card.
///
/// The tree is canonical: two cards that mean the same give the same tree, whatever their files look
/// like, since it is made of what was understood and not of what was written.
struct ScorecardTree {
    /// The keys below which a card's own levels stand.
    static let levels: Set<String> = ["parts", "criteria", "sub_criteria", "aspects"]

    let card: Scorecard

    /// The whole card.
    var tree: YAMLValue {
        guard case .map(let head) = head else { return head }
        let parts = YAMLValue.list(card.parts.map { node($0, level: 0) })
        return .map(head + [YAMLValue.Member(key: "parts", value: parts)])
    }

    /// All but the parts.
    var head: YAMLValue {
        .members([
            ("scorecard", .word("1")),
            ("id", .text(card.id)),
            ("title", .text(card.title)),
            ("note", card.note.map { .text($0) }),
            ("standard", card.standard.map(standard)),
            ("panel", card.panel == Panel(judges: nil, minimum: nil) ? nil : panel(card.panel)),
            ("total", total(card.total)),
            ("ties", ties(card.ties)),
            ("awards", .text(card.awards)),
            ("teams", card.teams.map(teams)),
            ("sheets", .list(card.sheetUnits.map { .name($0) })),
        ])
    }

    private func standard(_ standard: Standard) -> YAMLValue {
        .members([("title", .text(standard.title)), ("skill", standard.skill.map { .text($0) })])
    }

    func panel(_ panel: Panel) -> YAMLValue {
        .members([
            ("judges", panel.judges.map { .int($0) }),
            ("minimum", panel.minimum.map { .int($0) }),
        ])
    }

    private func total(_ total: TotalRule) -> YAMLValue {
        let ranked: YAMLValue =
            switch total.ranked {
            case .shown: .word("shown")
            case .exact: .word("exact")
            case .rounded(let rounding): Self.rounding(rounding)
            }
        return .members([
            ("max", total.max.map { .number($0) } ?? .word("open")),
            ("round", Self.rounding(total.shown)),
            ("stored", total.stored.map(Self.rounding)),
            ("ranked", ranked),
            ("better", total.lowerIsBetter ? .word("lower") : nil),
            ("floor", total.floor.map { .number($0) }),
        ])
    }

    static func rounding(_ rounding: Rounding) -> YAMLValue {
        .members([
            ("places", .int(rounding.places)),
            ("mode", rounding.mode == .halfUp ? nil : .word(rounding.mode.rawValue)),
        ])
    }

    // MARK: Ties

    private func teams(_ teams: TeamRule) -> YAMLValue {
        .members([
            ("members", .int(teams.members)),
            ("keep", Self.combination(teams.keep)),
            ("ties", ties(teams.ties)),
        ])
    }

    private func ties(_ ties: TieRule) -> YAMLValue {
        .members([
            ("keys", ties.keys.isEmpty ? nil : .list(ties.keys.map(key))),
            ("end", .word(ties.end.rawValue)),
            ("numbering", ties.numbering == .competition ? nil : .word(ties.numbering.rawValue)),
        ])
    }

    private func key(_ key: TieKey) -> YAMLValue {
        var isEntered = false
        if case .entered = key.measure { isEntered = true }
        return .members([
            Self.measure(key.measure),
            (
                "order",
                key.lowerFirst == isEntered
                    ? nil : .word(key.lowerFirst ? "ascending" : "descending")
            ),
            ("for", key.firstPlaceOnly ? .word("first") : nil),
            ("round", key.round.map(Self.rounding)),
        ])
    }

    private static func measure(_ measure: TieMeasure) -> (String, YAMLValue?) {
        func references(_ list: [CardReference]) -> YAMLValue {
            .list(list.map { .text($0.text) })
        }
        switch measure {
        case .marks(let list): return ("marks", references(list))
        case .entered(let list): return ("entered", references(list))
        case .fullMarks(let node): return ("full_marks", node.map { .name($0) } ?? .word("all"))
        case .countbackOfMarks(let list): return ("countback_marks", references(list))
        case .countbackOfPlacings(let nodes):
            return ("countback_placings", .list(nodes.map { .name($0) }))
        case .attempts(let node): return ("attempts", .name(node))
        case .headToHead(let nodes): return ("head_to_head", .list(nodes.map { .name($0) }))
        case .external(let column): return ("external", .text(column))
        case .lot(let seed): return ("lot", .text(seed))
        }
    }

    // MARK: Nodes

    /// A node with what stands below it.
    func node(_ node: CardNode, level: Int) -> YAMLValue {
        guard case .map(let own) = self.own(node) else { return .map([]) }
        let below: YAMLValue.Member =
            switch node.content {
            case .nodes(let nodes):
                YAMLValue.Member(
                    key: level == 0 ? "criteria" : "sub_criteria",
                    value: .list(nodes.map { self.node($0, level: level + 1) })
                )
            case .aspects(let aspects):
                YAMLValue.Member(key: "aspects", value: .list(aspects.map(aspect)))
            }
        return .map(own + [below])
    }

    /// What a node says of itself.
    func own(_ node: CardNode) -> YAMLValue {
        .members(
            [("id", .name(node.id)), ("title", .text(node.title))] + stage(node.stage) + [
                ("combine", node.combine == .sum ? nil : Self.combination(node.combine)),
                ("attempts", node.attempts.map(attempts)),
                ("times", node.coefficient.map { .name($0) }),
                Self.field(node.field, standard: "standard_score", placing: "placing_points"),
                ("panel", node.panel.map(panel)),
                ("day", node.day.map { .int($0) }),
                ("pass", node.pass.map { .number($0) }),
                ("absent", node.absentIsZero ? .word("zero") : nil),
            ]
        )
    }

    private func stage(_ stage: Stage) -> [(String, YAMLValue?)] {
        [
            ("weight", stage.weight == .one ? nil : weight(stage.weight)),
            ("base", stage.base == .zero ? nil : .number(stage.base)),
            ("round", stage.round.map(Self.rounding)),
            ("floor", stage.floor.map { .number($0) }),
            ("cap", stage.cap.map { .number($0) }),
            ("round_weighted", stage.roundWeighted.map(Self.rounding)),
        ]
    }

    private func weight(_ weight: Weight) -> YAMLValue {
        guard !weight.byGroup.isEmpty else { return .number(weight.standard) }
        let groups = weight.byGroup.sorted { $0.key < $1.key }
        return .members(
            [("standard", .number(weight.standard))] + groups.map { ($0.key, .number($0.value)) }
        )
    }

    static func combination(_ combination: Combination) -> YAMLValue {
        switch combination {
        case .sum: .word("sum")
        case .mean: .word("mean")
        case .last: .word("last")
        case .product: .word("product")
        case .best(1): .word("best")
        case .best(let count): .members([("best", .int(count))])
        case .trimmed(let high, let low, let sum): trimmed(high, low, sum)
        }
    }

    static func trimmed(_ high: Int, _ low: Int, _ sum: Bool) -> YAMLValue {
        let figures = YAMLValue.members([
            ("high", .int(high)), ("low", .int(low)), ("then", sum ? .word("sum") : nil),
        ])
        return .members([("trimmed", figures)])
    }

    private func attempts(_ attempts: Attempts) -> YAMLValue {
        .members([
            ("count", .int(attempts.count)),
            ("keep", Self.combination(attempts.keep)),
            ("need", .word(attempts.all ? "all" : "any")),
        ])
    }

    // MARK: Aspects

    /// An aspect.
    func aspect(_ aspect: Aspect) -> YAMLValue {
        let aggregate =
            aspect.aggregation == Self.standardAggregation(aspect.marking)
            ? nil : Self.aggregation(aspect.aggregation)
        return .members(
            [
                ("id", .name(aspect.id)), ("title", .text(aspect.title)),
                ("description", aspect.description.map { .text($0) }),
                ("requirement", aspect.requirement.map { .text($0) }),
                Self.marking(aspect.marking),
                ("aggregate", aggregate),
                ("round_judge", aspect.roundJudge.map(Self.rounding)),
                Self.field(
                    aspect.judgeField,
                    standard: "judge_standard_score",
                    placing: "judge_placing_points"
                ),
                ("panel", aspect.panel.map(panel)),
            ] + stage(aspect.stage) + [
                ("times", aspect.coefficient.map { .name($0) }),
                ("counts", aspect.counts ? nil : .word("false")),
                ("section", aspect.section.map { .int($0) }),
            ]
        )
    }

    private static func standardAggregation(_ marking: Marking) -> Aggregation {
        switch marking {
        case .score, .judgement: .mean
        default: .agreed
        }
    }

    private static func aggregation(_ aggregation: Aggregation) -> YAMLValue {
        switch aggregation {
        case .agreed: .word("agreed")
        case .mean: .word("mean")
        case .median: .word("median")
        case .sum: .word("sum")
        case .best: .word("best")
        case .trimmed(let high, let low, let sum): trimmed(high, low, sum)
        }
    }
}
