public import Findings
internal import Exact
internal import Rules

/// One benefit clause by clause, as a policy has it, before anybody is decided.
public struct BenefitExplanation {
    private let policy: Policy
    private let benefit: Benefit

    /// Prepares the explanation.
    ///
    /// - Parameters:
    ///   - policy: the policy.
    ///   - benefit: one of its benefits.
    public init(policy: Policy, benefit: Benefit) {
        self.policy = policy
        self.benefit = benefit
    }

    /// The lines, indented by depth.
    public var lines: [Text] {
        var lines = [
            Text(
                "● \(benefit.title.zh)(\(benefit.id),\(benefit.kind.text.zh))",
                "● \(benefit.title.en) (\(benefit.id), \(benefit.kind.text.en))"
            ), cited("  ", Text("依据", "source"), benefit.citation),
        ]
        if benefit.when != .always {
            lines.append(Text("  条件:", "  conditions:"))
            lines += tree(benefit.when, "    ")
        }
        for tier in benefit.tiers {
            let amount = tier.amount.text
            lines.append(Text("  档 \(tier.id):\(amount.zh)", "  tier \(tier.id): \(amount.en)"))
            lines.append(cited("    ", Text("依据", "source"), tier.citation))
            if tier.when != .always { lines += tree(tier.when, "    ") }
        }
        if benefit.tiers.count > 1 { lines.append(combination) }
        if case .monthly(let term) = benefit.kind {
            lines.append(
                term.map {
                    cited(
                        "  ",
                        Text("期限 最长 \($0.months) 个月", "term: \($0.months) months at most"),
                        $0.citation
                    )
                } ?? Text("  期限:原文未写", "  term: the text gives none")
            )
        }
        for exclusion in benefit.exclusions {
            let titles = exclusion.benefits.map { policy.benefit($0)?.title ?? Text(same: $0) }
            let (zh, en) = (titles.map(\.zh), titles.map(\.en))
            lines.append(
                Text(
                    "  当月不可兼得:\(zh.joined(separator: "、")) — \(exclusion.citation.text)",
                    "  not beside, for the month: \(en.joined(separator: ", ")) — \(exclusion.citation.text)"
                )
            )
            if exclusion.when != .always { lines += tree(exclusion.when, "    ") }
        }
        for item in benefit.bring {
            lines.append(Text("  携带:\(item.zh)", "  bring: \(item.en)"))
        }
        let count = policy.examples.count { $0.benefit == benefit.id }
        lines.append(Text("  例子:\(count) 个", "  examples: \(count)"))
        return lines
    }

    private var combination: Text {
        switch benefit.combine {
        case .highest:
            Text(
                "  几档都符合的取最高 — \(benefit.combineCitation?.text ?? "")",
                "  who meets several is paid the highest — \(benefit.combineCitation?.text ?? "")"
            )
        case .single:
            Text("  各档不会同时成立而金额不同", "  no two of them that pay differently can both hold")
        case .open:
            Text(
                "  几档都符合的,原文未写按哪一档,由人社局确定",
                "  where several hold the text does not say which is paid; the bureau decides"
            )
        }
    }

    private func cited(_ indent: String, _ label: Text, _ citation: Citation) -> Text {
        Text(
            "\(indent)\(label.zh):\(citation.text)",
            "\(indent)\(label.en): \(citation.text)"
        )
    }

    /// A condition as a tree; the words come from a verdict on somebody of whom nothing is known.
    private func tree(_ condition: Condition, _ indent: String) -> [Text] {
        lines(condition.verdict(Facts(), policy.vocabulary), indent)
    }

    private func lines(_ verdict: Verdict, _ indent: String) -> [Text] {
        let source = verdict.citation.map { " — " + $0.text } ?? ""
        func plain(_ text: String) -> String {
            for ending in [":未知", ": not known"] where text.hasSuffix(ending) {
                return String(text.dropLast(ending.count))
            }
            return text
        }
        let own = Text(
            "\(indent)\(plain(verdict.text.zh))\(source)",
            "\(indent)\(plain(verdict.text.en))\(source)"
        )
        return [own] + verdict.children.flatMap { lines($0, indent + "  ") }
    }
}
