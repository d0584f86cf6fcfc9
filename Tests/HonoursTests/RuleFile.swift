import Competition
import Exact
import Findings
import Honours
import Interchange
import Rules

/// Honour rules for tests: one invented document, and rules that are written as a file has them.
enum RuleFile {
    static func read(_ rules: String, more: String = "") throws -> HonourRules {
        let text =
            """
            honours: 1
            sources:
              - id: d
                title: {zh: 虚构文件, en: Invented document}
                number: 虚构〔2022〕1号
            \(more)
            rules:
            \(rules)
            """
        return try HonoursFile.read(try YAMLFile.parse(text, file: "honours.yaml"))
    }

    /// One rule of kind conferred.
    static func title(_ id: String, _ when: String, more: String = "") -> String {
        """
          - id: \(id)
            title: {zh: \(id), en: \(id)}
            kind: conferred
            \(when)
            cite: {paragraph: "一"}
            \(more)

        """
    }

    /// The codes with which rules are refused, each with its line.
    static func codes(_ rules: String, more: String = "") throws -> [String] {
        do {
            _ = try read(rules, more: more)
            return []
        } catch let refusal as Refusal {
            return refusal.findings.map { "\($0.code):\($0.place?.line ?? 0)" }
        }
    }

    static func candidate(_ facts: [String: FactValue]) -> HonourCandidate {
        HonourCandidate(item: "X01", entrant: "X01-001", person: "ab", facts: Facts(facts))
    }

    /// What the rules bring: rule, truth and level.
    static func found(_ rules: HonourRules, _ facts: [String: FactValue]) throws -> [String] {
        try rules.proposals([candidate(facts)]).map { proposal in
            let level = proposal.level.map { " \($0.rawValue)" } ?? ""
            let missing =
                proposal.missing.isEmpty ? "" : " ?" + proposal.missing.joined(separator: ",")
            return proposal.rule.id + level + missing
        }
    }
}

extension FactValue {
    static func number(_ number: Int) -> FactValue { .number(Rational(number)) }
}
