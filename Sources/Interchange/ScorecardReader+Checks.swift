internal import Competition
internal import Exact
internal import Findings

extension ScorecardReader {
    /// Names that must differ, coefficients that must exist, panels that their aggregation fits.
    ///
    /// - Returns: whether every node has a name of its own.
    func checkTree(_ parts: [CardNode], panel: Panel) -> Bool {
        var nodes: Set<NodeID> = []
        for (node, place) in zip(Self.allNodes(parts), places.nodes)
        where !nodes.insert(node.id).inserted {
            reader.report(
                "scorecard.duplicate",
                "名称 \(node.id.text) 重复",
                "the name \(node.id.text) stands twice",
                at: place
            )
        }
        var rest = places.aspects[...]
        for part in parts {
            let aspects = Array(zip(part.aspects, rest))
            rest = rest.dropFirst(aspects.count)
            var seen: Set<AspectID> = []
            for (aspect, place) in aspects where !seen.insert(aspect.id).inserted {
                reader.report(
                    "scorecard.duplicate",
                    "模块 \(part.id.text) 中评分点 \(aspect.id.text) 重复",
                    "aspect \(aspect.id.text) stands twice in part \(part.id.text)",
                    at: place
                )
            }
            check(part, panel: panel, aspects: aspects)
        }
        return nodes.count == Self.allNodes(parts).count
    }

    /// The coefficients of a node and of all below, and the panels that mark their aspects.
    private func check(_ node: CardNode, panel: Panel, aspects: [(Aspect, Place)]) {
        let panel = node.panel ?? panel
        let below = Set(node.aspects.map(\.id))
        let own = aspects.filter { below.contains($0.0.id) }
        if let coefficient = node.coefficient {
            checkCoefficient(
                coefficient,
                of: node.id.text,
                among: own.map(\.0),
                place: own.first?.1 ?? Place(file: "")
            )
            if let factor = own.first(where: { $0.0.id == coefficient }), factor.0.counts {
                reader.report(
                    "scorecard.times",
                    "\(node.id.text) 的系数 \(coefficient.text) 须为 counts: false,否则会既相加又相乘",
                    "\(node.id.text): its coefficient \(coefficient.text) must have counts: false, or it is added and multiplied",
                    at: factor.1
                )
            }
        }
        switch node.content {
        case .nodes(let nodes):
            for child in nodes { check(child, panel: panel, aspects: own) }
        case .aspects(let list):
            for (aspect, place) in own {
                checkPanel(aspect, panel: aspect.panel ?? panel, place: place)
                guard let coefficient = aspect.coefficient else { continue }
                checkCoefficient(
                    coefficient,
                    of: aspect.id.text,
                    among: list,
                    place: place
                )
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
        of name: String,
        among aspects: [Aspect],
        place: Place
    ) {
        guard let other = aspects.first(where: { $0.id == id }) else {
            reader.report(
                "scorecard.unknown-node",
                "\(name) 的系数 \(id.text) 不在同一处的评分点中",
                "\(name): its coefficient \(id.text) is none of the aspects beside or below it",
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
            guard
                let greatest = try? parts.map({ try $0.bounds(panel, group: group).upperBound })
                    .sum()
            else {
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
}
