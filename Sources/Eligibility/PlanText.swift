internal import Exact
internal import Findings

/// A plan in words.
struct PlanText {
    let plan: BenefitPlan
    let policy: Policy

    var lines: [Text] {
        if plan.parts.isEmpty && plan.choices.isEmpty { return [] }
        var lines = [
            Text(
                "最优的合法组合(自 \(plan.from.monthText) 起 \(plan.months) 个月):",
                "The best lawful combination (\(plan.months) months from \(plan.from.monthText)):"
            )
        ]
        lines += plan.parts.map(line)
        for choice in plan.choices { lines += self.lines(choice) }
        if let worth = plan.worth {
            lines.append(
                Text("  合计 \(text(worth).zh)", "  together \(text(worth).en)")
            )
        }
        if !plan.notCounted.isEmpty {
            let titles = plan.notCounted.map(title)
            lines.append(
                Text(
                    "  未计入(择优或一人一议,无金额):\(titles.map(\.zh).joined(separator: "、"))",
                    "  not counted (at discretion or case by case): \(titles.map(\.en).joined(separator: ", "))"
                )
            )
        }
        return lines
    }

    private func title(_ benefit: String) -> Text {
        policy.benefit(benefit)?.title ?? Text(same: benefit)
    }

    private func line(_ part: BenefitPlan.Part) -> Text {
        let (title, worth) = (title(part.benefit), text(part.worth))
        let spans = part.spans.map {
            $0.count == 1 ? $0.from : "\($0.from)–\($0.to)"
        }.joined(separator: ", ")
        let open = part.missing.map(policy.title(ofMissing:))
        return Text(
            "  + \(title.zh):\(spans),\(worth.zh)"
                + (open.isEmpty ? "" : "(待定:\(open.map(\.zh).joined(separator: "、")))"),
            "  + \(title.en): \(spans), \(worth.en)"
                + (open.isEmpty ? "" : " (open: \(open.map(\.en).joined(separator: "; ")))")
        )
    }

    private func lines(_ choice: BenefitPlan.Choice) -> [Text] {
        let among = choice.among.map(title)
        let (zh, en) = (among.map(\.zh), among.map(\.en))
        switch choice.outcome {
        case .chosen(let chosen):
            let head = Text(
                "  不可兼得(\(zh.joined(separator: " / "))),取其最值:",
                "  Not together (\(en.joined(separator: " / "))); worth most:"
            )
            return [head] + chosen.parts.map(line) + [next(chosen)]
        case .open(let missing, let worth):
            let facts = missing.map(policy.title(ofMissing:))
            let worth = text(worth)
            return [
                Text(
                    "  不可兼得(\(zh.joined(separator: " / "))):\(worth.zh);哪项最值取决于 \(facts.map(\.zh).joined(separator: "、"))",
                    "  Not together (\(en.joined(separator: " / "))): \(worth.en); which is worth most hangs on \(facts.map(\.en).joined(separator: "; "))"
                )
            ]
        case .tooMany:
            return [
                Text(
                    "  不可兼得(\(zh.joined(separator: " / "))):组合过多,未能逐一比较",
                    "  Not together (\(en.joined(separator: " / "))): too many schedules to compare each"
                )
            ]
        }
    }

    private func next(_ chosen: BenefitPlan.Chosen) -> Text {
        guard let other = chosen.runnerUp else {
            return Text("    没有其他选择", "    there is no other choice")
        }
        let titles = other.parts.map { title($0.benefit) }
        let (zh, en) = (titles.map(\.zh), titles.map(\.en))
        if chosen.isTie {
            return Text(
                "    次选 \(zh.joined(separator: "、")) 同值;按政策中的先后取前者",
                "    \(en.joined(separator: ", ")) is worth the same; the one that stands first in the policy is taken"
            )
        }
        return Text(
            "    次选 \(zh.joined(separator: "、")):\(other.worth.yuanText) 元,少 \(other.less.yuanText) 元",
            "    runner-up \(en.joined(separator: ", ")): ¥\(other.worth.yuanText), ¥\(other.less.yuanText) less"
        )
    }

    private func text(_ worth: BenefitPlan.WorthRange) -> Text {
        guard let high = worth.high else {
            return Text(
                "至少 \(worth.low.yuanText) 元,上限未知",
                "¥\(worth.low.yuanText) at least, no upper end known"
            )
        }
        return worth.low == high
            ? Text("\(high.yuanText) 元", "¥\(high.yuanText)")
            : Text(
                "\(worth.low.yuanText)–\(high.yuanText) 元",
                "¥\(worth.low.yuanText)–\(high.yuanText)"
            )
    }
}
