public import Rules

/// One person's result, as honour rules look at it.
public struct HonourCandidate: Sendable, Hashable {
    /// The item's code.
    public let item: String
    /// The entrant's code.
    public let entrant: String
    /// The person's name in the record: the hexadecimal commitment.
    public let person: String
    /// What is known.
    public let facts: Facts

    /// Makes a candidate.
    public init(item: String, entrant: String, person: String, facts: Facts) {
        self.item = item
        self.entrant = entrant
        self.person = person
        self.facts = facts
    }
}

/// An honour that a result brings, or would bring.
public struct HonourProposal: Sendable, Hashable {
    /// The rule.
    public let rule: HonourRule
    /// For whom.
    public let candidate: HonourCandidate
    /// What the rule came to, and why: yes, or unknown with what is missing.
    public let verdict: Verdict

    /// Its number: rule, item, entrant and the first of the person's commitment.
    public var id: String {
        "\(rule.id)/\(candidate.entrant)/\(candidate.person.prefix(8))"
    }
}

extension HonourRules {
    /// What results bring: every rule that holds, or may hold once a fact is known, for every
    /// candidate; sorted by item, entrant, person and rule.
    public func proposals(_ candidates: [HonourCandidate]) -> [HonourProposal] {
        var proposals: [HonourProposal] = []
        let ordered = candidates.sorted {
            ($0.item, $0.entrant, $0.person) < ($1.item, $1.entrant, $1.person)
        }
        for candidate in ordered {
            for rule in rules {
                let verdict = rule.when.verdict(candidate.facts, Self.vocabulary)
                guard verdict.truth != .no else { continue }
                proposals.append(
                    HonourProposal(rule: rule, candidate: candidate, verdict: verdict)
                )
            }
        }
        return proposals
    }
}
