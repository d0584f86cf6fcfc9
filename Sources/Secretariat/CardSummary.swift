public import Competition
public import Exact
public import Findings
public import Seal

/// What an entrant may see of a card: parts, criteria and sub-criteria with their marks and days,
/// and no aspect.
public struct CardSummary: Sendable {
    /// A node.
    public struct Row: Sendable, Hashable {
        /// How deep it stands; a part is at 0.
        public let depth: Int
        /// Its name.
        public let id: String
        /// What it is called.
        public let title: Text
        /// The day it is marked, if the card says.
        public let day: Int?
        /// Its marks of the total.
        public let marks: Rational
    }

    /// The nodes, in the card's order.
    public let rows: [Row]
    private let card: Scorecard

    /// Makes the summary of a card.
    ///
    /// - Throws: ``Exact/ExactError/overflow``.
    public init(_ card: Scorecard) throws(ExactError) {
        self.card = card
        let shares = try card.shares()
        func rows(_ node: CardNode, depth: Int) -> [Row] {
            let own = shares.filter { $0.path.contains { $0.id == node.id } }
            let row = Row(
                depth: depth,
                id: node.id.text,
                title: node.title,
                day: node.day,
                marks: (try? own.map(\.marks).sum()) ?? .zero
            )
            guard case .nodes(let nodes) = node.content else { return [row] }
            return [row] + nodes.flatMap { rows($0, depth: depth + 1) }
        }
        self.rows = card.parts.flatMap { rows($0, depth: 0) }
    }

    /// The summary as JSON, in both languages.
    public var json: JSONValue {
        let nodes = rows.map { row -> JSONValue in
            [
                "day": row.day.map { .int($0) } ?? .null, "depth": .int(row.depth),
                "id": .string(row.id), "marks": .string(row.marks.shortest),
                "title": row.title.json,
            ]
        }
        return [
            "card": .string(card.id), "max": .optional(card.total.max?.shortest),
            "nodes": .array(nodes), "note": card.note?.json ?? .null, "title": card.title.json,
        ]
    }
}
