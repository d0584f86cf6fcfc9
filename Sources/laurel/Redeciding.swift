import ArgumentParser
import Eligibility
import Exact
import Findings
import Foundation
import Interchange
import Rules
import Seal
import Secretariat

/// A decision made again: what changed since, and why.
struct Redeciding {
    let file: String
    let decided: DecidedPerson
    let inputs: DecisionInputs

    /// Prints the differences; leaves with 1 where there are any, with 5 where the document is not
    /// what it says.
    func run(_ output: Output) throws {
        let redecisions = try earlier().map { before -> (Policy, Redecision) in
            let now = decided.policies.first {
                $0.policy.id == before.policy.id || $0.policy.replaces.contains(before.policy.id)
            }
            guard let now else {
                throw Refusal(
                    "decision.policy",
                    Text(
                        "先前的核定依据 \(before.policy.id),现在没有这份政策",
                        "the earlier decision was by \(before.policy.id), which is not here"
                    ),
                    at: Place(file: file)
                )
            }
            return (
                now.policy,
                Redecision(before, policy: now.policy, inputs: inputs, on: now.record.on)
            )
        }
        let header = ["policy", "benefit", "title", "before", "after", "because"]
        let rows = redecisions.flatMap { policy, redecision in
            redecision.differences.map { row($0, policy) }
                + redecision.notReproduced.map { notReproduced($0, policy) }
        }
        switch output.format {
        case .table where rows.isEmpty:
            try output.write(tr("与先前的核定一致", "nothing changed") + "\n")
        default: try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
        var said: Set<Text> = []
        for (policy, redecision) in redecisions {
            for change in redecision.changes {
                let text = change.text(policy)
                guard said.insert(text).inserted else { continue }
                Console.note(Text("变化:\(text.zh)", "changed: \(text.en)"))
            }
        }
        if redecisions.contains(where: { !$0.1.notReproduced.isEmpty }) { throw ExitCode(5) }
        if !rows.isEmpty { throw ExitCode(1) }
    }

    private func earlier() throws -> [DecisionRecord] {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: try TextFile.bytes(file))
        } catch is JSONError {
            throw tampered(Text("不是严格的 JSON", "this is no strict JSON"))
        }
        return try (json.array ?? [json]).map { document in
            guard DecisionRecord.isDecision(document) else {
                throw Refusal(
                    "decision.schema",
                    Text(
                        "不是核定记录(\(DecisionRecord.schema))",
                        "this is no decision (\(DecisionRecord.schema))"
                    ),
                    at: Place(file: file)
                )
            }
            guard let record = DecisionRecord(json: document) else {
                throw tampered(
                    Text(
                        "核定记录被改动:内容与其哈希不符",
                        "the decision was tampered with: its hash is not that of its content"
                    )
                )
            }
            return record
        }
    }

    private func tampered(_ text: Text) -> Failure {
        Failure(Text("\(file):\(text.zh)", "\(file): \(text.en)"), code: 5)
    }

    private func row(_ difference: Redecision.Difference, _ policy: Policy) -> [String] {
        let language = Console.language
        func text(_ entitlement: Entitlement?) -> String {
            guard let entitlement else { return tr("(无此项)", "(no such benefit)") }
            return entitlement.summary[language]
        }
        return [
            policy.id, difference.benefit,
            policy.benefit(difference.benefit)?.title[language] ?? difference.benefit,
            text(difference.before), text(difference.after),
            difference.because.map { $0.text(policy)[language] }.joined(separator: "; "),
        ]
    }

    private func notReproduced(_ benefit: String, _ policy: Policy) -> [String] {
        [
            policy.id, benefit, policy.benefit(benefit)?.title[Console.language] ?? benefit, "", "",
            tr(
                "政策和所依据的都未变,结果却不同:记录不是由此得出",
                "policy and inputs are the same but it comes out otherwise: the record does not follow from them"
            ),
        ]
    }
}

extension Entitlement {
    /// The outcome with its amount, in a few words.
    var summary: Text {
        switch self {
        case .eligible(let money):
            Text("\(text.zh) \(money.yuanText) 元", "\(text.en) ¥\(money.yuanText)")
        case .undetermined(let missing, let range):
            Text(
                text.zh
                    + (range.map { " \($0.lowerBound.yuanText)–\($0.upperBound.yuanText) 元" } ?? "")
                    + "(\(missing.joined(separator: ", ")))",
                text.en
                    + (range.map { " ¥\($0.lowerBound.yuanText)–\($0.upperBound.yuanText)" } ?? "")
                    + " (\(missing.joined(separator: ", ")))"
            )
        case .excluded(let other): Text("\(text.zh)(\(other))", "\(text.en) by \(other)")
        case .exhausted(let used, let limit):
            Text("\(text.zh)(\(used)/\(limit))", "\(text.en) (\(used) of \(limit))")
        default: text
        }
    }
}

extension Redecision.Change {
    /// The change in words.
    func text(_ policy: Policy) -> Text {
        func value(_ fact: FactValue?, of name: String) -> Text {
            guard let fact else { return Text("未知", "not known") }
            return policy.vocabulary[name]?.text(of: fact) ?? fact.text
        }
        switch self {
        case .policy(let before, let after):
            return Text(
                "政策由 \(before.id) 版本 \(before.version)(\(before.hash?.short ?? "-"))变为 \(after.id) 版本 \(after.version)(\(after.hash?.short ?? "-"))",
                "the policy, from \(before.id) version \(before.version) (\(before.hash?.short ?? "-")) to \(after.id) version \(after.version) (\(after.hash?.short ?? "-"))"
            )
        case .day(let before, let after):
            return Text(
                "核定日由 \(before.description) 变为 \(after.description)",
                "the day, from \(before.description) to \(after.description)"
            )
        case .fact(let name, let before, let after):
            let title = policy.title(ofMissing: name)
            let (old, new) = (value(before, of: name), value(after, of: name))
            return Text(
                "事实“\(title.zh)”由 \(old.zh) 变为 \(new.zh)",
                "the fact \(name), from \(old.en) to \(new.en)"
            )
        case .honour(let id, let rule, let before, let after):
            return Text(
                "荣誉 \(id)(\(rule))由 \(before ?? "无") 变为 \(after ?? "无")",
                "the honour \(id) (\(rule)), from \(before ?? "none") to \(after ?? "none")"
            )
        case .payment(let payment, let isNew):
            let month = payment.month ?? ""
            return isNew
                ? Text(
                    "此后记录了发放 \(payment.benefit) \(month)",
                    "a payment of \(payment.benefit) \(month) was recorded since"
                )
                : Text(
                    "发放 \(payment.benefit) \(month) 已不在记录中",
                    "the payment of \(payment.benefit) \(month) is no longer there"
                )
        }
    }
}
