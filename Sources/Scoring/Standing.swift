public import Competition
public import Findings

/// What told an entrant apart from a neighbour with the same total.
public struct TieDecision: Sendable, Hashable {
    /// The neighbour.
    public let against: EntrantID
    /// The place of the deciding key in the chain, from 1; nil where none decided.
    public let key: Int?
    /// What was compared, or that nothing told them apart.
    public let measure: Text
    /// The entrant's own value and the neighbour's, as text.
    public let own: String
    /// The neighbour's value.
    public let other: String
    /// Whether the entrant stands before the neighbour.
    public let isBefore: Bool

    /// The decision as one line: `2: P 63.50 > 63.25 (E-07)`.
    public func line(_ language: Language) -> String {
        guard let key else { return measure[language] + " (" + against.text + ")" }
        return
            "\(key): \(measure[language]) \(own) \(isBefore ? "≻" : "≺") \(other) (\(against.text))"
    }
}

/// One entrant's place.
public struct Standing: Sendable, Hashable {
    /// The entrant.
    public let entrant: Entrant
    /// The place; nil for guests and for those without a result.
    public let rank: Int?
    /// The score behind it.
    public let score: EntrantScore
    /// The total as it is shown; nil without a result.
    public let shownTotal: String?
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
        rows.filter { if case .gap = $0.score.total { true } else { false } }
    }

    /// The row of an entrant.
    public func row(of entrant: EntrantID) -> Standing? { rows.first { $0.entrant.id == entrant } }
}
