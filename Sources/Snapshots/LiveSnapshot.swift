public import Findings

/// How an item stands while marking goes on, for a screen in the hall: incomplete, never citable, in
/// no record and without a hash.
public struct LiveSnapshot: Sendable, Hashable {
    /// An entrant whose every sheet is in and confirmed.
    public struct Row: Sendable, Hashable {
        /// The place among those who are through.
        public let rank: Int
        /// The entrant's code.
        public let entrant: String
        /// The members' names.
        public let names: [String]
        /// The delegation.
        public let delegation: NamedCode
        /// The total as of now.
        public let total: String

        /// Makes a row.
        public init(
            rank: Int,
            entrant: String,
            names: [String],
            delegation: NamedCode,
            total: String
        ) {
            self.rank = rank
            self.entrant = entrant
            self.names = names
            self.delegation = delegation
            self.total = total
        }
    }

    /// The event.
    public let event: Text
    /// Whether the event is a rehearsal.
    public let isRehearsal: Bool
    /// The item.
    public let item: NamedCode
    /// How many compete.
    public let entrants: Int
    /// When it was computed, in milliseconds since 1970.
    public let computedAt: Int
    /// Those who are through, place by place.
    public let rows: [Row]

    /// Makes a snapshot.
    public init(
        event: Text,
        isRehearsal: Bool,
        item: NamedCode,
        entrants: Int,
        computedAt: Int,
        rows: [Row]
    ) {
        self.event = event
        self.isRehearsal = isRehearsal
        self.item = item
        self.entrants = entrants
        self.computedAt = computedAt
        self.rows = rows
    }
}
