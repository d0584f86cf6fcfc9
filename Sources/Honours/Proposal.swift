public import Competition
internal import Exact
public import Findings
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
    /// The sanction that keeps the person from honours on the day of the result, if one does.
    public let sanction: String?

    /// Makes a candidate.
    ///
    /// - Parameters:
    ///   - item: the item's code.
    ///   - entrant: the entrant's code.
    ///   - person: the hexadecimal commitment.
    ///   - facts: what is known.
    ///   - sanction: the measure that keeps the person from honours, if one does.
    public init(
        item: String,
        entrant: String,
        person: String,
        facts: Facts,
        sanction: String? = nil
    ) {
        self.item = item
        self.entrant = entrant
        self.person = person
        self.facts = facts
        self.sanction = sanction
    }
}

/// An honour that a result brings, or would bring.
public struct HonourProposal: Sendable, Hashable {
    /// The rule.
    public let rule: HonourRule
    /// For whom.
    public let candidate: HonourCandidate
    /// What the rule came to, and why: yes, or unknown.
    public let verdict: Verdict
    /// The facts that are still missing, sorted; of a promotion also the level held.
    public let missing: [String]
    /// Of a promotion: to which level; nil where that is not known yet.
    public let level: SkillLevel?

    /// Its number: rule, item, entrant and the first of the person's commitment.
    public var id: String {
        "\(rule.id)/\(candidate.entrant)/\(candidate.person.prefix(8))"
    }

    /// Whether it holds as it stands, without another fact.
    public var holds: Bool { missing.isEmpty && verdict.truth == .yes && candidate.sanction == nil }

    /// What the honour is called, with the level of a promotion.
    public var title: Text { rule.title(level: level) }
}

extension HonourRule {
    /// What the honour is called, with the level of a promotion.
    ///
    /// - Parameter level: the level; nil where it is not known or the rule is no promotion.
    /// - Returns: the title.
    public func title(level: SkillLevel?) -> Text {
        guard let level else { return title }
        return Text("\(title.zh)(\(level.text.zh))", "\(title.en) (\(level.text.en))")
    }

    /// Whether the rule applies to a result of that day; nil where the day is not known and matters.
    func applies(on day: FactValue?) -> Bool? {
        guard let inForce else { return true }
        guard case .day(let day)? = day else { return nil }
        return inForce.contains(day)
    }
}

extension HonourRules {
    /// What results bring: every rule that holds, or may hold once a fact is known, for every
    /// candidate; sorted by item, entrant, person and rule.
    ///
    /// - Parameter candidates: the results.
    /// - Returns: the proposals; those of sanctioned people too, which say by what.
    /// - Throws: a ``Findings/Refusal`` that names every two rules that give one person outcomes that
    ///   contradict each other.
    public func proposals(_ candidates: [HonourCandidate]) throws(Refusal) -> [HonourProposal] {
        var proposals: [HonourProposal] = []
        var findings: [Finding] = []
        let vocabulary = vocabulary
        let ordered = candidates.sorted {
            ($0.item, $0.entrant, $0.person) < ($1.item, $1.entrant, $1.person)
        }
        for candidate in ordered {
            let own = rules.compactMap { proposal($0, candidate, vocabulary) }
            findings += contradictions(own)
            proposals += own
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        return proposals
    }

    private func proposal(
        _ rule: HonourRule,
        _ candidate: HonourCandidate,
        _ vocabulary: Vocabulary
    ) -> HonourProposal? {
        var facts = candidate.facts
        for day in days { facts[day.id] = .day(day.day) }
        let applies = rule.applies(on: facts["result_date"])
        guard applies != false else { return nil }
        let verdict = rule.when.verdict(facts, vocabulary)
        guard verdict.truth != .no else { return nil }
        var missing = verdict.missing + (applies == nil ? ["result_date"] : [])
        var level: SkillLevel?
        if let promotion = rule.promotion {
            switch promotion.outcome(of: facts["skill_level"]) {
            case .to(let granted)?: level = granted
            case .nothing?: return nil
            case .open?: missing.append(Self.unsettled)
            case nil: missing.append("skill_level")
            }
        }
        return HonourProposal(
            rule: rule,
            candidate: candidate,
            verdict: verdict,
            missing: Set(missing).sorted(),
            level: level
        )
    }

    /// Two rules that give one person, for one result, what can't both be.
    private func contradictions(_ proposals: [HonourProposal]) -> [Finding] {
        var findings: [Finding] = []
        for (place, first) in proposals.enumerated() {
            for second in proposals[(place + 1)...]
            where first.holds && second.holds && first.rule.excludes(second.rule) {
                let candidate = first.candidate
                findings.append(
                    Finding(
                        "honours.contradiction",
                        Text(
                            "\(candidate.item) 选手 \(candidate.entrant):规则 \(first.rule.id) 与 \(second.rule.id) 得出相互矛盾的结果(“\(first.title.zh)”与“\(second.title.zh)”)",
                            "\(candidate.item) \(candidate.entrant): the rules \(first.rule.id) and \(second.rule.id) contradict each other (\"\(first.title.en)\" and \"\(second.title.en)\")"
                        )
                    )
                )
            }
        }
        return findings
    }
}

extension Promotion {
    /// What it comes to; nil where the level held is not known.
    fileprivate func outcome(of held: FactValue?) -> Outcome? {
        guard case .word(let word)? = held else { return nil }
        if word == "none" { return outcome(holding: nil) }
        return SkillLevel(rawValue: word).map { outcome(holding: $0) }
    }
}
