import Eligibility
import Exact
import Findings
import Rules
import Seal
import Secretariat

/// Decisions as rows of a table, and as documents.
enum DecisionRows {
    static let header = [
        "line", "name", "city", "policy", "benefit", "title", "outcome", "yuan", "schedule",
        "clause", "excludes", "missing",
    ]

    /// A row a benefit; what a person is not eligible for only where all are wanted.
    static func rows(_ person: DecidedPerson, all: Bool) -> [[String]] {
        person.policies.flatMap { of in
            of.decisions.compactMap { decision in
                if case .ineligible = decision.entitlement, !all { return nil }
                return cells(decision, person)
            }
        }
    }

    private static func cells(_ decision: Decision, _ person: DecidedPerson) -> [String] {
        let language = Console.language
        return [
            person.line > 0 ? "\(person.line)" : "", person.name, person.city ?? "",
            decision.policy.id, decision.benefit.id, decision.benefit.title[language],
            decision.entitlement.name, yuan(decision.entitlement),
            decision.limitText?[language] ?? tr("指引", "pointed to"), clause(decision),
            decision.exclusions.map { decision.text(of: $0)[language] }.joined(separator: " | "),
            missing(decision).map { $0[language] }.joined(separator: "; "),
        ]
    }

    private static func yuan(_ entitlement: Entitlement) -> String {
        switch entitlement {
        case .eligible(let money): money.yuanText
        case .undetermined(_, let range?):
            "\(range.lowerBound.yuanText)–\(range.upperBound.yuanText)"
        default: ""
        }
    }

    /// The clauses of the tiers that hold or may hold, else the benefit's own.
    private static func clause(_ decision: Decision) -> String {
        let benefit = decision.benefit
        let tiers = benefit.tiers.filter { decision.tiers.contains($0.id) }.map(\.citation.text)
        var seen: Set<String> = []
        let clauses = (tiers.isEmpty ? [benefit.citation.text] : tiers).filter {
            seen.insert($0).inserted
        }
        return clauses.joined(separator: " | ")
    }

    private static func missing(_ decision: Decision) -> [Text] {
        guard case .undetermined(let missing, _) = decision.entitlement else { return [] }
        return missing.map(decision.policy.title(ofMissing:))
    }

    /// A person's decisions with the page that explains them.
    static func json(_ person: DecidedPerson) -> JSONValue {
        [
            "schema": "laurel-decided/1", "line": .int(person.line), "name": .string(person.name),
            "city": .optional(person.city),
            "policies": .array(
                person.policies.map { of in
                    [
                        "decision": of.record.json, "page": of.page(of: person.name).json,
                        "plan": of.plan?.json ?? .null,
                    ]
                }
            ),
        ]
    }
}
