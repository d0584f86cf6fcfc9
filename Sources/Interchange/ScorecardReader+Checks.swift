internal import Competition
internal import Exact
internal import Findings

extension ScorecardReader {
    /// Names that must differ, coefficients that must exist, panels that their aggregation fits.
    func checkTree(_ parts: [CardNode], panel: Panel, place: Place) {
        var nodes: Set<NodeID> = []
        for node in Self.allNodes(parts) where !nodes.insert(node.id).inserted {
            reader.report(
                "scorecard.duplicate",
                "名称 \(node.id.text) 重复",
                "the name \(node.id.text) stands twice",
                at: place
            )
        }
        for part in parts {
            let aspects = part.aspects
            var seen: Set<AspectID> = []
            for aspect in aspects {
                if !seen.insert(aspect.id).inserted {
                    reader.report(
                        "scorecard.duplicate",
                        "模块 \(part.id.text) 中评分点 \(aspect.id.text) 重复",
                        "aspect \(aspect.id.text) stands twice in part \(part.id.text)",
                        at: place
                    )
                }
                checkPanel(aspect, panel: panel, place: place)
                if let coefficient = aspect.coefficient {
                    checkCoefficient(coefficient, of: aspect, among: aspects, place: place)
                }
            }
        }
    }

    /// Every aspect stands on exactly one sheet.
    func checkUnits(_ units: [NodeID], parts: [CardNode], place: Place) {
        let leaves = Self.allNodes(parts).filter {
            if case .aspects = $0.content { true } else { false }
        }
        let covered = units.flatMap { id in
            Self.allNodes(Self.allNodes(parts).filter { $0.id == id })
                .filter { node in leaves.contains { $0.id == node.id } }.map(\.id)
        }
        for leaf in leaves {
            let times = covered.count { $0 == leaf.id }
            guard times != 1 else { continue }
            reader.report(
                "scorecard.sheets",
                times == 0
                    ? "sheets 漏了 \(leaf.id.text):每个评分点应恰在一份评分表上"
                    : "\(leaf.id.text) 在 sheets 中出现 \(times) 次:每个评分点应恰在一份评分表上",
                times == 0
                    ? "sheets leaves out \(leaf.id.text): every aspect stands on exactly one sheet"
                    : "\(leaf.id.text) stands on \(times) sheets: every aspect stands on exactly one",
                at: place
            )
        }
    }

    private func checkPanel(_ aspect: Aspect, panel: Panel, place: Place) {
        guard !aspect.isAgreed, let minimum = panel.minimum ?? panel.judges,
            aspect.aggregation.fewest > minimum
        else { return }
        reader.report(
            "scorecard.panel-short",
            "评分点 \(aspect.id.text) 去掉的分数不少于裁判人数(最少 \(minimum) 人,至少需 \(aspect.aggregation.fewest) 人)",
            "aspect \(aspect.id.text) drops as many marks as the panel gives (at least \(minimum) judges; it needs \(aspect.aggregation.fewest))",
            at: place
        )
    }

    private func checkCoefficient(
        _ id: AspectID,
        of aspect: Aspect,
        among aspects: [Aspect],
        place: Place
    ) {
        guard let other = aspects.first(where: { $0.id == id }) else {
            reader.report(
                "scorecard.unknown-node",
                "评分点 \(aspect.id.text) 的系数 \(id.text) 不在同一模块中",
                "aspect \(aspect.id.text): its coefficient \(id.text) is not in the same part",
                at: place
            )
            return
        }
        if other.coefficient != nil {
            reader.report(
                "scorecard.cycle",
                "系数 \(id.text) 自己不能再有系数(成环)",
                "the coefficient \(id.text) can't have a coefficient itself (a cycle)",
                at: place
            )
        }
    }

    /// The greatest total that the tree allows must be the total that the card states, for every
    /// group that it weighs.
    func checkTotal(_ parts: [CardNode], panel: Panel, total: TotalRule, place: Place) {
        guard let stated = total.max else { return }
        for group in [""] + Self.groups(parts) {
            guard let greatest = try? Self.greatest(parts, panel, group: group) else {
                reader.report("scorecard.overflow", "数值过大", "the figures are too large", at: place)
                return
            }
            guard greatest == stated else {
                let of = group.isEmpty ? ("", "") : ("(\(group) 组)", " (group \(group))")
                reader.report(
                    "scorecard.weights",
                    "各模块满分加权合计为 \(greatest.shortest)\(of.0),与 total.max \(stated.shortest) 不符",
                    "the weighted parts add up to \(greatest.shortest)\(of.1), not to total.max \(stated.shortest)",
                    at: place
                )
                continue
            }
        }
    }

    private static func groups(_ parts: [CardNode]) -> [String] {
        var groups: Set<String> = []
        for node in allNodes(parts) {
            groups.formUnion(node.stage.weight.byGroup.keys)
            for aspect in node.aspects { groups.formUnion(aspect.stage.weight.byGroup.keys) }
        }
        return groups.sorted()
    }

    private static func greatest(
        _ nodes: [CardNode],
        _ panel: Panel,
        group: String
    ) throws(ExactError) -> Rational {
        var sum = Rational.zero
        for node in nodes {
            let bounds = try bounds(node, panel, group: group)
            sum = try sum.plus(bounds.upperBound)
        }
        return sum
    }

    /// The least and greatest contribution of a node to the stage above.
    private static func bounds(
        _ node: CardNode,
        _ panel: Panel,
        group: String
    ) throws(ExactError) -> ClosedRange<Rational> {
        var values: [ClosedRange<Rational>] = []
        switch node.content {
        case .nodes(let nodes):
            for child in nodes { values.append(try bounds(child, panel, group: group)) }
        case .aspects(let aspects):
            for aspect in aspects where aspect.counts {
                let range = try bounds(aspect, panel, among: aspects)
                values.append(try contribution(aspect.stage, of: range, group: group))
            }
        }
        var range = try combined(values, node.combine)
        if let attempts = node.attempts {
            range = try combined(
                Array(repeating: range, count: attempts.count),
                attempts.keep
            )
        }
        return try contribution(node.stage, of: range, group: group)
    }

    private static func bounds(
        _ aspect: Aspect,
        _ panel: Panel,
        among aspects: [Aspect]
    ) throws(ExactError) -> ClosedRange<Rational> {
        var range = try aspect.marking.bounds()
        let times = Rational(added(aspect.aggregation, panel))
        range = try range.lowerBound.times(times)...range.upperBound.times(times)
        if let id = aspect.coefficient, let other = aspects.first(where: { $0.id == id }) {
            let factor = try other.marking.bounds()
            var products: [Rational] = []
            for value in [range.lowerBound, range.upperBound] {
                for scale in [factor.lowerBound, factor.upperBound] {
                    products.append(try value.times(scale))
                }
            }
            range = (products.min() ?? .zero)...(products.max() ?? .zero)
        }
        return range
    }

    /// How many judges' marks are added up into one.
    private static func added(_ aggregation: Aggregation, _ panel: Panel) -> Int {
        switch aggregation {
        case .sum: panel.judges ?? 1
        case .trimmed(let high, let low, true): max(1, (panel.judges ?? 1) - high - low)
        default: 1
        }
    }

    private static func contribution(
        _ stage: Stage,
        of range: ClosedRange<Rational>,
        group: String
    ) throws(ExactError) -> ClosedRange<Rational> {
        let low = try stage.contribution(stage.settled(range.lowerBound), group: group)
        let high = try stage.contribution(stage.settled(range.upperBound), group: group)
        return min(low, high)...max(low, high)
    }

    private static func combined(
        _ ranges: [ClosedRange<Rational>],
        _ combination: Combination
    ) throws(ExactError) -> ClosedRange<Rational> {
        guard !ranges.isEmpty else { return Rational.zero...Rational.zero }
        switch combination {
        case .sum:
            return try ranges.map(\.lowerBound).sum()...ranges.map(\.upperBound).sum()
        case .mean:
            let count = Rational(ranges.count)
            return try ranges.map(\.lowerBound).sum().divided(
                by: count
            )...ranges.map(\.upperBound)
                .sum().divided(by: count)
        case .best(let count):
            let low = ranges.map(\.lowerBound).sorted(by: >).prefix(count)
            let high = ranges.map(\.upperBound).sorted(by: >).prefix(count)
            return try Array(low).sum()...Array(high).sum()
        case .last:
            return
                (ranges.map(\.lowerBound).min() ?? .zero)...(ranges.map(\.upperBound).max()
                ?? .zero)
        }
    }
}
