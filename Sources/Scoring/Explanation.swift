internal import Competition
public import Exact
public import Findings

/// One line of an explanation, as deep as what it explains stands in the card.
public struct ExplanationLine: Sendable, Hashable {
    /// How deep, from 0.
    public let depth: Int
    /// What it says.
    public let text: Text
}

extension ItemTally {
    /// A total down to each judge's mark, with every rounding shown; made by the code that ranked.
    public func explanation(of row: Standing) throws(ExactError) -> [ExplanationLine] {
        guard let score = try score(of: row.entrant.id) else { return [] }
        return try Explaining(tally: self, row: row, score: score).lines()
    }

    /// Why one entrant stands before another: by which number, or by which key of the chain.
    public func comparison(of first: Standing, with second: Standing) -> Text {
        let (a, b) = (first.entrant.id.text, second.entrant.id.text)
        guard let one = first.rank, let two = second.rank else {
            let without = (first.rank == nil ? first : second).entrant.id.text
            return Text(
                "\(without) 没有名次,不作比较",
                "\(without) has no place; there is nothing to compare"
            )
        }
        let order =
            one == two
            ? Text("\(a) 与 \(b) 并列第 \(one) 名", "\(a) and \(b) share place \(one)")
            : one < two
                ? Text(
                    "\(a)(第 \(one) 名)在 \(b)(第 \(two) 名)之前",
                    "\(a) (place \(one)) stands before \(b) (place \(two))"
                )
                : Text(
                    "\(a)(第 \(one) 名)在 \(b)(第 \(two) 名)之后",
                    "\(a) (place \(one)) stands after \(b) (place \(two))"
                )
        if let totals = differing(first, second) {
            return Text(
                "\(order.zh):总分 \(totals.0) 与 \(totals.1)",
                "\(order.en): total \(totals.0) against \(totals.1)"
            )
        }
        let level = first.shownTotal ?? ""
        let reasons = reasons(first, second)
        return Text(
            "\(order.zh):总分同为 \(level);" + reasons.map(\.zh).joined(separator: ";"),
            "\(order.en): both total \(level); " + reasons.map(\.en).joined(separator: "; ")
        )
    }

    /// The two totals where they rank apart: as shown, or in full where only the exact ones differ.
    private func differing(_ first: Standing, _ second: Standing) -> (String, String)? {
        guard let a = first.total.value, let b = second.total.value,
            let left = try? plan.ranked(a), let right = try? plan.ranked(b), left != right
        else { return nil }
        let shown = (first.shownTotal ?? "", second.shownTotal ?? "")
        return shown.0 == shown.1 ? (left.shortest, right.shortest) : shown
    }

    /// The keys that split the two, or the end of the chain: worked out for these two alone.
    private func reasons(_ first: Standing, _ second: Standing) -> [Text] {
        guard let totals = try? Totals(self) else { return [] }
        let values = TieKeyValues(totals: totals)
        let ids = [first.entrant.id, second.entrant.id]
        for (number, key) in plan.card.ties.keys.enumerated() {
            guard let a = try? values.value(key, of: ids[0], within: ids),
                let b = try? values.value(key, of: ids[1], within: ids), a != b
            else { continue }
            let decision = TieDecision(
                against: ids[1],
                key: number + 1,
                measure: key.measure.title(in: plan.card),
                values: TieComparison(key: key, total: plan.card.total).text(a, b, isBefore: a > b),
                isBefore: a > b
            )
            if first.decisions.contains(where: { $0.key == decision.key }) {
                return [Text(decision.line(.zh), decision.line(.en))]
            }
        }
        return first.decisions.map { Text($0.line(.zh), $0.line(.en)) }
    }
}

private struct Explaining {
    let tally: ItemTally
    let row: Standing
    let score: EntrantScore
    private var collected: [ExplanationLine] = []

    private var plan: ScoringPlan { tally.plan }
    private var table: MarkTable { tally.table }

    init(tally: ItemTally, row: Standing, score: EntrantScore) {
        self.tally = tally
        self.row = row
        self.score = score
    }

    consuming func lines() throws(ExactError) -> [ExplanationLine] {
        let place = row.rank.map(String.init) ?? "–"
        let exact = score.total.value?.shortest ?? "–"
        let rounding = plan.card.total.shown
        add(
            0,
            "\(row.entrant.id.text) 第 \(place) 名,总分 \(row.shownTotal ?? "–")(精确值 \(exact),\(rounding.text.zh))",
            "\(row.entrant.id.text) place \(place), total \(row.shownTotal ?? "–") (exactly \(exact), \(rounding.text.en))"
        )
        if score.deduction != .zero {
            let taken = score.deduction.shortest
            add(1, "违规扣分 −\(taken)", "penalty −\(taken)")
        }
        for (index, part) in score.parts.enumerated() {
            try node(part, plan.card.parts[index], depth: 1)
        }
        for decision in row.decisions { add(1, decision.line(.zh), decision.line(.en)) }
        return collected
    }

    private mutating func add(_ depth: Int, _ zh: String, _ en: String) {
        collected.append(ExplanationLine(depth: depth, text: Text(zh, en)))
    }

    private mutating func node(
        _ result: NodeResult,
        _ node: CardNode,
        depth: Int
    ) throws(ExactError) {
        let stage = stage(result.outcome, result.exact, node.stage, result.contribution)
        var field = Text("", "")
        if let gathered = result.gathered, node.field != nil, let exact = result.exact {
            let name = node.field?.name ?? Text("", "")
            field = Text(
                "\(gathered.shortest) \(name.zh) → \(exact.shortest);",
                "\(gathered.shortest) \(name.en) → \(exact.shortest); "
            )
        }
        add(
            depth,
            "\(node.id.text) \(node.title.zh):\(field.zh)\(stage.zh)",
            "\(node.id.text) \(node.title.en): \(field.en)\(stage.en)"
        )
        for (index, attempt) in result.attempts.enumerated() {
            let value = Self.words(attempt)
            add(depth + 1, "第 \(index + 1) 轮:\(value.zh)", "attempt \(index + 1): \(value.en)")
        }
        switch node.content {
        case .nodes(let nodes):
            for (index, child) in result.children.enumerated() {
                try self.node(child, nodes[index % nodes.count], depth: depth + 1)
            }
        case .aspects:
            for aspect in result.aspects { self.aspect(aspect, depth: depth + 1) }
        }
    }

    private mutating func aspect(_ result: AspectResult, depth: Int) {
        let planned = plan.aspects[result.aspect]
        let aspect = planned.aspect
        let stage = stage(result.outcome, result.exact, aspect.stage, result.contribution)
        let run = planned.attempts > 1 ? "#\(result.attempt + 1)" : ""
        let marks = marks(result)
        add(
            depth,
            "\(aspect.id.text)\(run) \(aspect.title.zh):\(marks) → \(aspect.method.zh) \(stage.zh)",
            "\(aspect.id.text)\(run) \(aspect.title.en): \(marks) → \(aspect.method.en) \(stage.en)"
        )
    }

    private func marks(_ result: AspectResult) -> String {
        guard let entrant = table.index(of: row.entrant.id) else { return "" }
        let aspect = plan.aspects[result.aspect].aspect
        let cells = table.marks(entrant: entrant, aspect: result.aspect, attempt: result.attempt)
        let old = table.replaced.filter {
            $0.entrant == row.entrant.id && $0.aspect == result.aspect
                && $0.attempt == result.attempt
        }
        func was(_ judge: JudgeID?) -> String {
            let marks = old.filter { $0.judge == judge }.map { aspect.text(stored: $0.stored) }
            return (marks + [""]).joined(separator: "→")
        }
        if aspect.isAgreed { return was(nil) + (cells.first.map(aspect.text(stored:)) ?? "") }
        return zip(table.judges, cells).filter { $0.1 != StoredMark.empty }.map {
            "\($0.text)=\(was($0))\(aspect.text(stored: $1))"
        }.joined(separator: " ")
    }

    private func stage(
        _ outcome: Outcome,
        _ exact: Rational?,
        _ stage: Stage,
        _ contribution: Rational?
    ) -> Text {
        guard case .value(let value) = outcome else { return Self.words(outcome) }
        var zh = value.shortest
        var en = zh
        if let exact, exact != value {
            zh = "\(exact.shortest) \(stage.round?.text.zh ?? "限值") → \(value.shortest)"
            en = "\(exact.shortest) \(stage.round?.text.en ?? "bounded") → \(value.shortest)"
        }
        if let contribution, contribution != value {
            zh += ",计入 \(contribution.shortest)"
            en += ", counts \(contribution.shortest)"
        }
        return Text(zh, en)
    }

    private static func words(_ outcome: Outcome) -> Text {
        switch outcome {
        case .value(let value): Text(same: value.shortest)
        case .status(let status): status.text
        case .gap(let gap): gap.text
        }
    }
}

extension Rounding {
    /// The rounding in words.
    var text: Text {
        let (zh, en) =
            switch mode {
            case .halfUp: ("四舍五入", "half up")
            case .halfEven: ("四舍六入五成双", "half even")
            case .down: ("舍去", "down")
            case .up: ("进一", "up")
            }
        return Text("\(zh)到 \(places) 位小数", "rounded \(en) to \(places) places")
    }
}

extension FieldRule {
    /// What it is called.
    var name: Text {
        switch self {
        case .standard: Text("标准分", "standard score")
        case .placing: Text("名次分", "points for the placing")
        }
    }
}

extension Aspect {
    /// How the judges' marks become one, in words.
    var method: Text {
        switch aggregation {
        case .agreed: Text("商定值", "agreed")
        case .mean: Text("平均", "mean")
        case .trimmed(let high, let low, let sum):
            Text(
                "去 \(high) 高 \(low) 低" + (sum ? "求和" : "平均"),
                "\(sum ? "sum" : "mean") without the \(high) highest and \(low) lowest"
            )
        case .median: Text("中位数", "median")
        case .sum: Text("求和", "sum")
        case .best: Text("取最高", "best")
        }
    }
}
