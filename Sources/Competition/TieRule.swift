public import Exact

/// A value of the card that a tie key may look at.
public struct CardReference: Sendable, Hashable {
    /// The node: a part or below.
    public let node: NodeID
    /// The aspect, where one is meant rather than the node; of the top part that the node names.
    public let aspect: AspectID?

    /// Makes a reference.
    public init(node: NodeID, aspect: AspectID?) {
        self.node = node
        self.aspect = aspect
    }

    /// The reference as it is written: `B` or `B.time`.
    public var text: String { aspect.map { node.text + "." + $0.text } ?? node.text }
}

/// What a tie key compares (并列判定).
public enum TieMeasure: Sendable, Hashable {
    /// The sum of some nodes' or aspects' values, as weighed into the total.
    case marks([CardReference])
    /// The value as entered of an aspect, such as a time in seconds; the sum of several.
    case entered([CardReference])
    /// How many aspects have full marks, in the whole card or in one node.
    case fullMarks(NodeID?)
    /// All marks as entered, best first: more of the best wins, then more of the next.
    case countbackOfMarks([CardReference])
    /// All placings in the nodes named, best first: more firsts win, then more seconds.
    case countbackOfPlacings([NodeID])
    /// The marks of attempts at a node, best first.
    case attempts(NodeID)
    /// In how many of the nodes named the one beats the other.
    case headToHead([NodeID])
    /// A result from outside, such as a play-off: a column of the entrants' table.
    case external(String)
    /// A lot drawn and recorded; the seed is published.
    case lot(seed: String)
}

/// One key of a tie chain.
public struct TieKey: Sendable, Hashable {
    /// What it compares.
    public let measure: TieMeasure
    /// Whether the lower value stands before.
    public let lowerFirst: Bool
    /// Whether it holds only among those level for the first place.
    public let firstPlaceOnly: Bool
    /// A rounding of the values before they are compared.
    public let round: Rounding?

    /// Makes a key.
    public init(
        measure: TieMeasure,
        lowerFirst: Bool,
        firstPlaceOnly: Bool,
        round: Rounding? = nil
    ) {
        self.measure = measure
        self.lowerFirst = lowerFirst
        self.firstPlaceOnly = firstPlaceOnly
        self.round = round
    }
}

/// What happens to those whom no key tells apart.
public enum TieEnd: String, Sendable, Hashable, CaseIterable {
    /// They share the place (并列).
    case shared
    /// The chief judge rules, with a reason that is recorded.
    case chiefJudge = "chief-judge"
    /// Publication is refused until they are told apart.
    case mustSeparate = "must-separate"
}

/// How places are numbered after a shared one.
public enum Numbering: String, Sendable, Hashable, CaseIterable {
    /// 1, 1, 3.
    case competition
    /// 1, 1, 2.
    case dense
}

/// How level entrants are told apart: keys in order, and an explicit end.
public struct TieRule: Sendable, Hashable {
    /// The keys, in order.
    public let keys: [TieKey]
    /// What happens after the last.
    public let end: TieEnd
    /// How places are numbered.
    public let numbering: Numbering

    /// Makes a rule.
    public init(keys: [TieKey], end: TieEnd, numbering: Numbering) {
        self.keys = keys
        self.end = end
        self.numbering = numbering
    }
}
