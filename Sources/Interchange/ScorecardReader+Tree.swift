internal import Competition
internal import Exact
internal import Findings

extension ScorecardReader {
    /// The keys under which children of a level stand.
    private static let levels = ["parts", "criteria", "sub_criteria"]

    func node(_ tree: DataNode, level: Int, lowerIsBetter: Bool) -> CardNode? {
        places.nodes.append(tree.place)
        guard let fields = reader.fields(tree) else { return nil }
        defer { fields.close() }
        let id = fields.required("id").flatMap { reader.identifier($0, NodeID.self) }
        let title = fields.text("title")
        let stage = stage(fields)
        let combine = fields.optional("combine").flatMap(combination) ?? .sum
        let attempts = fields.optional("attempts").flatMap(attempts)
        let coefficient = fields.optional("times").flatMap {
            reader.identifier($0, AspectID.self)
        }
        let field = fieldRule(
            fields,
            standard: "standard_score",
            placing: "placing_points",
            lowerIsBetter: lowerIsBetter
        )
        let panel = fields.optional("panel").flatMap(panel)
        let day = fields.optional("day").flatMap { reader.int($0, in: -4...30) }
        let pass = fields.optionalRational("pass")
        let absent = fields.optional("absent").flatMap { reader.choice($0, Absent.self) }
        let content = content(fields, level: level, lowerIsBetter: lowerIsBetter)
        checkBounds(stage, at: tree.place)
        if absent == .zero, lowerIsBetter {
            reader.report(
                "scorecard.absent",
                "以少为胜的评分表不能用 absent: zero(缺考者会得第一)",
                "absent: zero can't stand where the lower total is better: the absent would win",
                at: fields.place(of: "absent")
            )
        }
        guard let content, let id, let title else { return nil }
        let parts: Int
        switch content {
        case .nodes(let nodes): parts = nodes.count
        case .aspects(let aspects): parts = aspects.count { $0.counts }
        }
        if !Self.fits(combine, parts) {
            reader.report(
                "scorecard.combine",
                "combine 取的或去掉的多于下面的 \(parts) 个值",
                "combine takes or drops more than the \(parts) values below",
                at: fields.place(of: "combine")
            )
        }
        return CardNode(
            id: id,
            title: title,
            stage: stage,
            combine: combine,
            attempts: attempts,
            coefficient: coefficient,
            field: field,
            panel: panel,
            day: day,
            pass: pass,
            absentIsZero: absent == .zero,
            content: content
        )
    }

    private enum Absent: String, CaseIterable {
        case noResult = "no-result"
        case zero
    }

    private func content(_ fields: Fields, level: Int, lowerIsBetter: Bool) -> CardContent? {
        for deeper in (level + 1)..<max(level + 2, Self.levels.count) {
            guard deeper < Self.levels.count else { break }
            guard let tree = fields.optional(Self.levels[deeper]) else { continue }
            let trees = reader.list(tree)
            let nodes = trees.compactMap { node($0, level: deeper, lowerIsBetter: lowerIsBetter) }
            return nodes.count == trees.count && !nodes.isEmpty ? .nodes(nodes) : nil
        }
        guard let tree = fields.required("aspects") else { return nil }
        let trees = reader.list(tree)
        let aspects = trees.compactMap { aspect($0, lowerIsBetter: lowerIsBetter) }
        if trees.isEmpty {
            reader.report(
                "scorecard.empty",
                "至少要有一个评分点",
                "at least one aspect is needed",
                at: tree.place
            )
        }
        return aspects.count == trees.count && !aspects.isEmpty ? .aspects(aspects) : nil
    }

    private func checkBounds(_ stage: Stage, at place: Place) {
        guard let floor = stage.floor, let cap = stage.cap, floor > cap else { return }
        reader.report(
            "scorecard.bounds",
            "floor \(floor.shortest) 大于 cap \(cap.shortest)",
            "the floor \(floor.shortest) is above the cap \(cap.shortest)",
            at: place
        )
    }

    func stage(_ fields: Fields) -> Stage {
        Stage(
            weight: fields.optional("weight").flatMap(weight) ?? .one,
            base: fields.optionalRational("base") ?? .zero,
            round: fields.optional("round").flatMap(rounding),
            roundWeighted: fields.optional("round_weighted").flatMap(rounding),
            floor: fields.optionalRational("floor"),
            cap: fields.optionalRational("cap")
        )
    }

    /// A weight: a number or share, or a map of groups with `standard` for the others.
    private func weight(_ node: DataNode) -> Weight? {
        guard case .map(let entries) = node.value else {
            return reader.rational(node).map { Weight($0) }
        }
        var groups: [String: Rational] = [:]
        var standard: Rational?
        for entry in entries {
            let value = reader.rational(entry.value)
            if entry.key == "standard" { standard = value } else { groups[entry.key] = value }
        }
        guard let standard else {
            reader.report(
                "scorecard.weight",
                "分组权重缺少 standard(未列出的组用它)",
                "weights by group need \"standard\", for groups that are not named",
                at: node.place
            )
            return nil
        }
        return Weight(standard, byGroup: groups)
    }

    /// `sum`, `mean`, `last`, `best`, `product`, `{best: 2}`, or `{trimmed: {high: 1, low: 1}}`.
    func combination(_ node: DataNode) -> Combination? {
        if case .map = node.value, let fields = reader.fields(node) {
            defer { fields.close() }
            if let trim = fields.optional("trimmed").flatMap(trimming) {
                return .trimmed(high: trim.high, low: trim.low, sum: trim.sum)
            }
            return fields.required("best").flatMap { reader.int($0, in: 1...1000) }
                .map(Combination.best)
        }
        switch reader.string(node) {
        case "sum"?: return .sum
        case "mean"?: return .mean
        case "last"?: return .last
        case "best"?: return .best(1)
        case "product"?: return .product
        case let other?:
            reader.report(
                "data.choice",
                "“\(other)”应为 sum、mean、last、best、product、{best: n} 或 {trimmed: {high: 1, low: 1}}",
                "\"\(other)\": expected sum, mean, last, best, product, {best: n} or {trimmed: {high: 1, low: 1}}",
                at: node.place
            )
            return nil
        case nil: return nil
        }
    }

    private func attempts(_ node: DataNode) -> Attempts? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let keep = fields.required("keep").flatMap(combination)
        let need = fields.optional("need").flatMap { reader.choice($0, Need.self) }
        guard let count = fields.required("count").flatMap({ reader.int($0, in: 1...1000) }),
            let keep
        else { return nil }
        // Adding up needs every attempt; picking the best needs one.
        let all = need.map { $0 == .all } ?? !Self.picks(keep)
        if !Self.fits(keep, count) {
            reader.report(
                "scorecard.attempts",
                "最多 \(count) 次,keep 取的或去掉的多于这个数",
                "there are at most \(count) attempts; keep takes or drops more than these",
                at: node.place
            )
        }
        return Attempts(count: count, keep: keep, all: all)
    }

    /// Whether a combination has enough of so many values.
    private static func fits(_ combination: Combination, _ count: Int) -> Bool {
        switch combination {
        case .best(let best): best <= count
        case .trimmed(let high, let low, _): high + low < count
        default: true
        }
    }

    /// Whether a combination picks some of the attempts, rather than taking them all.
    private static func picks(_ combination: Combination) -> Bool {
        switch combination {
        case .best, .last: true
        case .sum, .mean, .trimmed, .product: false
        }
    }

    private enum Need: String, CaseIterable {
        case any
        case all
    }

    func aspect(_ tree: DataNode, lowerIsBetter: Bool) -> Aspect? {
        places.aspects.append(tree.place)
        guard let fields = reader.fields(tree) else { return nil }
        defer { fields.close() }
        let id = fields.required("id").flatMap { reader.identifier($0, AspectID.self) }
        let title = fields.text("title")
        let description = fields.optionalText("description")
        let requirement = fields.optionalText("requirement")
        let marking = MarkingReader(reader: reader).marking(fields)
        let aggregation = fields.optional("aggregate").flatMap(aggregation)
        let roundJudge = fields.optional("round_judge").flatMap(rounding)
        let judgeField = fieldRule(
            fields,
            standard: "judge_standard_score",
            placing: "judge_placing_points",
            lowerIsBetter: lowerIsBetter
        )
        let panel = fields.optional("panel").flatMap(panel)
        let stage = stage(fields)
        let coefficient = fields.optional("times").flatMap {
            reader.identifier($0, AspectID.self)
        }
        let counts = fields.optional("counts").flatMap(reader.bool) ?? true
        let section = fields.optional("section").flatMap { reader.int($0, in: 1...99) }
        checkBounds(stage, at: tree.place)
        guard let id, let title, let marking else { return nil }
        if judgeField != nil, (aggregation ?? Self.standardAggregation(marking)) == .agreed {
            reader.report(
                "scorecard.field",
                "评分点 \(id.text) 是商定值,没有各裁判的分数可作标准分或名次分;请写 aggregate: mean 等",
                "aspect \(id.text) is agreed: no judge's own marks to standardise or place; say aggregate: mean or another",
                at: tree.place
            )
        }
        return Aspect(
            id: id,
            title: title,
            description: description,
            requirement: requirement,
            marking: marking,
            aggregation: aggregation ?? Self.standardAggregation(marking),
            roundJudge: roundJudge,
            judgeField: judgeField,
            panel: panel,
            stage: stage,
            coefficient: coefficient,
            counts: counts,
            section: section
        )
    }

    /// Scores and judgements are each judge's own; what is measured is agreed on.
    private static func standardAggregation(_ marking: Marking) -> Aggregation {
        switch marking {
        case .score, .judgement: .mean
        default: .agreed
        }
    }

    private func aggregation(_ node: DataNode) -> Aggregation? {
        if case .map = node.value, let fields = reader.fields(node) {
            defer { fields.close() }
            return fields.required("trimmed").flatMap(trimming).map {
                .trimmed(high: $0.high, low: $0.low, sum: $0.sum)
            }
        }
        switch reader.string(node) {
        case "agreed"?: return .agreed
        case "mean"?: return .mean
        case "median"?: return .median
        case "sum"?: return .sum
        case "best"?: return .best
        case let other?:
            reader.report(
                "data.choice",
                "“\(other)”应为 agreed、mean、median、sum、best 或 {trimmed: {high: 1, low: 1}}",
                "\"\(other)\": expected agreed, mean, median, sum, best or {trimmed: {high: 1, low: 1}}",
                at: node.place
            )
            return nil
        case nil: return nil
        }
    }

    private func trimming(_ node: DataNode) -> (high: Int, low: Int, sum: Bool)? {
        guard let trim = reader.fields(node) else { return nil }
        defer { trim.close() }
        let high = trim.required("high").flatMap { reader.int($0, in: 0...100) }
        let low = trim.required("low").flatMap { reader.int($0, in: 0...100) }
        let sum = trim.optional("then").flatMap { reader.choice($0, Then.self) } == .sum
        guard let high, let low else { return nil }
        return (high, low, sum)
    }

    private enum Then: String, CaseIterable {
        case mean
        case sum
    }
}
