internal import Eligibility
internal import Exact
internal import Findings
internal import Rules

/// Reads the benefits of a policy.
struct BenefitReader {
    let reader: TreeReader
    let conditions: ConditionReader
    /// The names of the policy's settings.
    let settings: [String]

    private enum Kind: String, CaseIterable {
        case monthly
        case once
        case discretionary
        case catalogue
    }

    func benefit(_ node: DataNode) -> Benefit? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let title = fields.text("title")
        let kind = kind(fields)
        let whenNode = fields.optional("when")
        let when = whenNode.map(conditions.condition) ?? .always
        let combine = fields.optional("combine").flatMap { reader.choice($0, TierRule.self) }
        let combineCite = fields.optional("combine_cite").flatMap(conditions.citation)
        let highestIf = fields.optional("highest_if").flatMap(setting)
        let nodes = fields.optional("tiers").map(reader.list) ?? []
        let isDiscretionary = kind == .discretionary
        let tiers = nodes.compactMap { tier($0, isDiscretionary: isDiscretionary) }
        let bring = (fields.optional("bring").map(reader.list) ?? []).compactMap(reader.text)
        let exclusionNodes = fields.optional("excludes").map(reader.list) ?? []
        let exclusions = exclusionNodes.compactMap(exclusion)
        let cite = fields.required("cite").flatMap(conditions.citation)
        guard let id, let title, let kind, let when, let cite, tiers.count == nodes.count,
            exclusions.count == exclusionNodes.count
        else { return nil }
        needsCitations(when, at: whenNode?.place ?? node.place)
        if combine == .highest, combineCite == nil {
            reader.report(
                "policy.combine",
                "就高须有原文依据:请写 combine_cite",
                "the highest is paid only where the text says so: give combine_cite",
                at: node.place
            )
        }
        if fields.keys.contains("highest_if"), combine != .open {
            reader.report(
                "policy.combine",
                "highest_if 只用于 combine: open(其余情形已定,与之矛盾)",
                "highest_if is for combine: open; with anything else it contradicts what is settled",
                at: fields.place(of: "highest_if")
            )
        }
        if (kind != .catalogue) == tiers.isEmpty {
            reader.report(
                "policy.tiers",
                "有金额的待遇需要 tiers,目录条目不能有",
                "a benefit with an amount needs tiers; a catalogue entry can't have any",
                at: fields.place
            )
        }
        let benefit = Benefit(
            id: id,
            title: title,
            kind: kind,
            when: when,
            combine: combine ?? .single,
            combineCitation: combineCite,
            highestSetting: highestIf,
            tiers: tiers,
            exclusions: exclusions,
            bring: bring,
            citation: cite
        )
        if !isDiscretionary { checkTiers(benefit, nodes, node.place) }
        return benefit
    }

    private func needsCitations(_ when: Condition, at place: Place) {
        for fact in Set(when.uncitedFacts).sorted() {
            reader.report(
                "policy.citation",
                "条件 \(fact) 没有引证",
                "the condition on \(fact) has no citation",
                at: place
            )
        }
    }

    /// Tiers that overlap, leave a gap, or can never hold.
    private func checkTiers(_ benefit: Benefit, _ nodes: [DataNode], _ place: Place) {
        func tierPlace(_ tier: String) -> Place {
            benefit.tiers.firstIndex { $0.id == tier }.map { nodes[$0].place } ?? place
        }
        var seen: Set<String> = []
        for (tier, node) in zip(benefit.tiers, nodes) where !seen.insert(tier.id).inserted {
            reader.report(
                "policy.duplicate",
                "档 \(tier.id) 重复",
                "the tier \(tier.id) stands twice",
                at: node.place
            )
        }
        for fault in TierCheck(benefit, conditions.vocabulary).faults {
            switch fault {
            case .overlap(let first, let second, let example):
                reader.report(
                    "policy.tiers-overlap",
                    "\(first) 和 \(second) 可同时成立而金额不同(\(example));原文写明就高的用 combine: highest,未写的用 open",
                    "\(first) and \(second) can both hold and pay differently (\(example)); use combine: highest where the text says so, open where it does not",
                    at: tierPlace(second)
                )
            case .gap(let fact, let value, let example):
                reader.report(
                    "policy.tiers-gap",
                    "\(fact) 为 \(value) 时没有一档成立,其上其下都有(\(example))",
                    "no tier holds where \(fact) is \(value), though one does below and above (\(example))",
                    at: place
                )
            case .never(let tier):
                reader.report(
                    "policy.tier-never",
                    "档 \(tier) 不可能成立",
                    "the tier \(tier) can never hold",
                    at: tierPlace(tier)
                )
            case .tooWide:
                reader.report(
                    "policy.tiers-wide",
                    "各档涉及的情形超过 \(TierCheck.mostCases) 种,无法检查重叠;请拆分",
                    "the tiers make more than \(TierCheck.mostCases) cases, too many to check; split the benefit",
                    at: place
                )
            }
        }
    }

    private func kind(_ fields: Fields) -> BenefitKind? {
        let term = fields.optional("term").flatMap(term)
        let kind = fields.required("kind").flatMap { reader.choice($0, Kind.self) }
        if kind != .monthly, kind != nil, fields.keys.contains("term") {
            reader.report(
                "policy.term",
                "只有按月的待遇有 term",
                "only a monthly benefit has a term",
                at: fields.place(of: "term")
            )
        }
        switch kind {
        case .monthly?: return .monthly(term)
        case .once?: return .once
        case .discretionary?: return .discretionary
        case .catalogue?: return .catalogue
        case nil: return nil
        }
    }

    private func term(_ node: DataNode) -> Term? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let months = fields.required("months").flatMap { reader.int($0, in: 1...600) }
        let breaks = fields.optional("breaks_put_off_end").flatMap(setting)
        let cite = fields.required("cite").flatMap(conditions.citation)
        guard let months, let cite else { return nil }
        return Term(months: months, breaksSetting: breaks, citation: cite)
    }

    /// The name of a setting that there is.
    func setting(_ node: DataNode) -> String? {
        guard let name = reader.string(node) else { return nil }
        guard settings.contains(name) else {
            reader.report(
                "policy.setting",
                "settings 中没有“\(name)”",
                "there is no setting \"\(name)\"",
                at: node.place
            )
            return nil
        }
        return name
    }

    private func exclusion(_ node: DataNode) -> Exclusion? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let names = (fields.required("benefits").map(reader.list) ?? []).compactMap(reader.string)
        let when = fields.optional("when").map(conditions.condition) ?? .always
        let oneWay = fields.optional("one_way").flatMap(reader.bool) ?? false
        let cite = fields.required("cite").flatMap(conditions.citation)
        if names.isEmpty {
            reader.report(
                "policy.exclusion",
                "不可兼得没有写明哪项待遇",
                "the exclusion names no benefit",
                at: node.place
            )
        }
        guard let cite, let when else { return nil }
        return Exclusion(benefits: names, when: when, isOneWay: oneWay, citation: cite)
    }

    private func tier(_ node: DataNode, isDiscretionary: Bool) -> BenefitTier? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let amount = AmountReader(reader: reader, settings: self).amount(
            fields,
            isDiscretionary: isDiscretionary
        )
        let when = fields.required("when").flatMap(conditions.condition)
        let cite = fields.required("cite").flatMap(conditions.citation)
        guard let id, let amount, let when, let cite else { return nil }
        return BenefitTier(id: id, amount: amount, when: when, citation: cite)
    }
}
