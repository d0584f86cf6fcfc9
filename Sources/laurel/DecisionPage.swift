import Eligibility
import Exact
import Findings
import Rules

/// Decisions as a page that a clerk can read to the person.
struct DecisionPage {
    let name: String
    let policy: Policy
    let day: Day
    let decisions: [Decision]

    func text(_ language: Language) -> String {
        func say(_ zh: String, _ en: String) -> String { Text(zh, en)[language] }
        var page =
            say(
                "\(name):按《\(policy.title.zh)》\(day.description) 核定",
                "\(name): decided for \(day.description) by \(policy.title.en)"
            ) + "\n"
        if let stated = policy.statedCurrentOn {
            page +=
                say(
                    "(原文未写有效期;所述为 \(stated.description) 的现行政策)",
                    "(the text gives no dates in force; it states what was current on \(stated.description))"
                ) + "\n"
        }
        for decision in decisions {
            let benefit = decision.benefit
            let outcome = decision.entitlement
            page +=
                "\n● \(benefit.title[language]) — \(outcome.text[language])\(amount(decision, language))\n"
            page += "  " + say("依据:", "source: ") + benefit.citation.text + "\n"
            if case .undetermined(let missing, _) = outcome {
                let names = missing.map { title($0)[language] }
                page +=
                    "  " + say("还需知道:", "still to be known: ")
                    + names.joined(separator: language == .zh ? "、" : "; ") + "\n"
            }
            if case .ineligible = outcome {
                let reasons = decision.verdicts.filter { $0.truth == .no }.flatMap(\.deciding)
                for reason in unique(reasons.map { $0.text[language] }).prefix(3) {
                    page += "  – " + reason + "\n"
                }
            }
            if case .eligible = outcome {
                for tier in benefit.tiers where decision.tiers.contains(tier.id) {
                    page += "  " + say("金额出处:", "amount from: ") + tier.citation.text + "\n"
                }
            }
            if !decision.exclusions.isEmpty, outcome.name != "ineligible" {
                page +=
                    "  " + say("当月不可兼得:", "not beside, for the month: ")
                    + exclusions(decision, language) + "\n"
            }
            if let left = decision.monthsLeft, case .eligible = outcome {
                page += "  " + say("最长还可发 \(left) 个月", "for \(left) months more at most") + "\n"
            }
            if case .ineligible = outcome { continue }
            let bring = benefit.bring.map { $0[language] }
            if !bring.isEmpty {
                page +=
                    "  " + say("携带:", "bring: ")
                    + bring.joined(separator: language == .zh ? "、" : "; ") + "\n"
            }
        }
        return page
    }

    /// What could not be paid beside a benefit, where it is open by what that would be settled, and
    /// the clause.
    func exclusions(_ decision: Decision, _ language: Language) -> String {
        decision.exclusions.map { binding in
            let names = binding.exclusion.benefits.map {
                policy.benefit($0)?.title[language] ?? $0
            }
            let open = binding.missing.map { title($0)[language] }.joined(separator: "; ")
            let note = Text("(未定:\(open))", " (open: \(open))")[language]
            return names.joined(separator: language == .zh ? "、" : ", ")
                + (binding.missing.isEmpty ? "" : note) + " — " + binding.exclusion.citation.text
        }
        .joined(separator: " | ")
    }

    func title(_ fact: String) -> Text {
        fact.hasSuffix("/which-tier")
            ? Text(
                "适用哪一档(原文无叠加规则,由人社局确定)",
                "which tier applies (the text has no rule; the bureau decides)"
            )
            : fact == "policy/in-force"
                ? Text(
                    "该日政策是否有效(原文未写)",
                    "whether the policy was in force that day (the text does not say)"
                )
                : policy.vocabulary[fact]?.title ?? Text(same: fact)
    }

    private func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }

    private func amount(_ decision: Decision, _ language: Language) -> String {
        let monthly = if case .monthly = decision.benefit.kind { true } else { false }
        let per = monthly ? Text("/月", " a month")[language] : ""
        switch decision.entitlement {
        case .eligible(let money):
            return Text(" \(money.yuanText) 元", " ¥\(money.yuanText)")[language] + per
        case .undetermined(_, let range?):
            let (low, high) = (range.lowerBound.yuanText, range.upperBound.yuanText)
            return Text(" \(low)–\(high) 元", " ¥\(low)–\(high)")[language] + per
        default: return ""
        }
    }

    static func cells(_ decision: Decision, _ policy: Policy, _ language: Language) -> [String] {
        var yuan = ""
        var missing: [String] = []
        switch decision.entitlement {
        case .eligible(let money): yuan = money.yuanText
        case .undetermined(let names, let range):
            missing = names
            yuan = range.map { "\($0.lowerBound.yuanText)–\($0.upperBound.yuanText)" } ?? ""
        default: break
        }
        return [
            decision.benefit.id, decision.benefit.title[language], decision.entitlement.name, yuan,
            missing.joined(separator: " "), decision.benefit.citation.text,
        ]
    }
}
