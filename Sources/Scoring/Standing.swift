public import Competition
public import Exact
public import Findings

/// What told an entrant apart from a neighbour with the same total.
public struct TieDecision: Sendable, Hashable {
    /// The neighbour.
    public let against: EntrantID
    /// The place of the deciding key in the chain, from 1; nil where none decided.
    public let key: Int?
    /// What was compared, or that nothing told them apart.
    public let measure: Text
    /// The entrant's own value, the sign between, and the neighbour's; empty where none decided.
    public let values: String
    /// Whether the entrant stands before the neighbour.
    public let isBefore: Bool

    /// The decision as one line: `second key: Practical 63.50 > 63.25 (before E-07)`.
    public func line(_ language: Language) -> String {
        guard let key else { return measure[language] + " (" + against.text + ")" }
        switch language {
        case .zh:
            let order = isBefore ? "先于" : "后于"
            return "第\(key)键 \(measure.zh) \(values)(\(order) \(against.text))"
        case .en:
            let order = isBefore ? "before" : "after"
            return "\(Self.ordinal(key)) key: \(measure.en) \(values) (\(order) \(against.text))"
        }
    }

    static func ordinal(_ number: Int) -> String {
        let names = [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth",
        ]
        return number <= names.count ? names[number - 1] : "\(number)th"
    }
}

/// What a part came to.
public struct PartScore: Sendable, Hashable {
    /// The part.
    public let id: NodeID
    /// Its value after rounding and bounds.
    public let outcome: Outcome
    /// What it brings to the total.
    public let contribution: Rational?

    /// The heads of the parts' trees.
    static func heads(_ results: [NodeResult]) -> [PartScore] {
        results.map {
            PartScore(id: $0.id, outcome: $0.outcome, contribution: $0.contribution)
        }
    }
}

/// One entrant's place.
public struct Standing: Sendable, Hashable {
    /// The entrant.
    public let entrant: Entrant
    /// The place; nil for guests and for those without a result.
    public let rank: Int?
    /// The exact total.
    public let total: Outcome
    /// The parts, in the card's order.
    public let parts: [PartScore]
    /// The total as it is shown; nil without a result.
    public let shownTotal: String?
    /// The total as it is kept for other systems, where the card says so.
    public let storedTotal: String?
    /// What told it apart from those with the same total; empty where nobody has.
    public let decisions: [TieDecision]
}

/// Those who are level after every key although the card wants them told apart.
public struct OpenTie: Sendable, Hashable {
    /// The place they share for now.
    public let rank: Int
    /// The entrants.
    public let entrants: [EntrantID]
    /// What the card wants: the chief judge's ruling, or separation.
    public let end: TieEnd
}

/// The standings of one item: everyone, in order, with what is open.
public struct Standings: Sendable, Hashable {
    /// Ranked entrants in order, then guests, then those without a result, by code.
    public let rows: [Standing]
    /// Ties that keep the standings from being published.
    public let openTies: [OpenTie]

    /// Entrants who compete and whose total is not known yet.
    public var incomplete: [Standing] {
        rows.filter { if case .gap = $0.total { true } else { false } }
    }

    /// The row of an entrant.
    public func row(of entrant: EntrantID) -> Standing? { rows.first { $0.entrant.id == entrant } }
}
