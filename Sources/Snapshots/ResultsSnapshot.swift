public import Findings
public import Seal

/// What kind of results a snapshot states.
public enum ResultsKind: String, Sendable, Hashable, CaseIterable {
    /// 公示: appeals may still come.
    case provisional
    /// Final.
    case final

    /// What it is called.
    public var text: Text {
        switch self {
        case .provisional: Text("公示(非最终)", "provisional")
        case .final: Text("最终成绩", "final")
        }
    }
}

/// A name with its code.
public struct NamedCode: Sendable, Hashable {
    /// The code.
    public let code: String
    /// What it is called.
    public let title: Text

    /// Makes one.
    public init(code: String, title: Text) {
        self.code = code
        self.title = title
    }
}

/// One entrant's published result: no judge's mark, no number of a person.
public struct ResultRow: Sendable, Hashable {
    /// The entrant's code.
    public let entrant: String
    /// The members' names, joined from the personal annex when the snapshot is read; those of erased
    /// persons are left out.
    public var names: [String]
    /// The salted commitments to the members: what the snapshot itself says of who they are, so that a
    /// person can be erased from a record that never changes.
    public let people: [Digest]
    /// The delegation's code.
    public let delegation: String
    /// The group.
    public let group: String
    /// The place; nil without one.
    public let rank: Int?
    /// The total as published; nil without one.
    public let total: String?
    /// The parts as published, in the card's order; empty where there is none.
    public let parts: [String]
    /// competing, guest, absent, withdrew or disqualified.
    public let status: String
    /// gold, silver, bronze, medallion or none.
    public let award: String
    /// What decided ties.
    public let ties: [Text]

    /// Makes a row.
    public init(
        entrant: String,
        names: [String],
        delegation: String,
        group: String,
        rank: Int?,
        total: String?,
        parts: [String],
        status: String,
        award: String,
        ties: [Text],
        people: [Digest] = []
    ) {
        self.people = people
        self.entrant = entrant
        self.names = names
        self.delegation = delegation
        self.group = group
        self.rank = rank
        self.total = total
        self.parts = parts
        self.status = status
        self.award = award
        self.ties = ties
    }
}

/// Where a result comes from that a later publication carries on unchanged.
public struct EarlierPublication: Sendable, Hashable {
    /// Provisional or final.
    public let kind: ResultsKind
    /// The hash of the publication that computed it.
    public let snapshot: Digest
    /// How many statements of the ledger it was computed from.
    public let position: Int
    /// When, in milliseconds since 1970.
    public let computedAt: Int

    /// Names a publication.
    public init(kind: ResultsKind, snapshot: Digest, position: Int, computedAt: Int) {
        self.kind = kind
        self.snapshot = snapshot
        self.position = position
        self.computedAt = computedAt
    }
}

/// How far the panel of an item agrees, as the event lets it be published: never by judge.
public struct PanelFigure: Sendable, Hashable {
    /// Kendall's W as published, of two places.
    public let kendallsW: String
    /// How many judges.
    public let judges: Int
    /// How many entrants, whom all of them marked whole.
    public let entrants: Int

    /// States it.
    public init(kendallsW: String, judges: Int, entrants: Int) {
        self.kendallsW = kendallsW
        self.judges = judges
        self.entrants = entrants
    }
}

/// The published result of one item.
public struct ItemResult: Sendable, Hashable {
    /// Code and name.
    public let item: NamedCode
    /// The track's short name.
    public let track: String
    /// How many make an entrant.
    public let teamSize: Int
    /// Whether the item's place in the event is sourced: `sourced` or `representative`.
    public let provenance: String
    /// The hash of the scorecard.
    public let card: Digest
    /// What must be said of the scorecard.
    public let cardNote: Text?
    /// What the total is out of; empty where it is open.
    public let maximum: String
    /// The parts, in the card's order.
    public let parts: [NamedCode]
    /// The awards policy.
    public let policy: String
    /// Everyone, in the order of the standings.
    public internal(set) var rows: [ResultRow]
    /// How far the panel agrees; nil where that is not stated.
    public let agreement: PanelFigure?
    /// The publication that computed it; nil where it is the one that states it.
    public var carried: EarlierPublication?

    /// Makes a result.
    public init(
        item: NamedCode,
        track: String,
        teamSize: Int,
        provenance: String,
        card: Digest,
        cardNote: Text?,
        maximum: String,
        parts: [NamedCode],
        policy: String,
        rows: [ResultRow],
        agreement: PanelFigure? = nil,
        carried: EarlierPublication? = nil
    ) {
        self.item = item
        self.track = track
        self.teamSize = teamSize
        self.provenance = provenance
        self.card = card
        self.cardNote = cardNote
        self.maximum = maximum
        self.parts = parts
        self.policy = policy
        self.rows = rows
        self.agreement = agreement
        self.carried = carried
    }
}

/// The published results of an event: immutable, canonical, named by their hash.
public struct ResultsSnapshot: Sendable, Hashable {
    /// Provisional or final.
    public let kind: ResultsKind
    /// The event.
    public let event: NamedCode
    /// What must be said wherever the results are shown.
    public let notes: [Text]
    /// Whether the event is a rehearsal.
    public let isRehearsal: Bool
    /// How many statements of the ledger the results were computed from.
    public let position: Int
    /// The root of the ledger's tree at that position.
    public let root: Digest
    /// When it was computed, in milliseconds since 1970.
    public let computedAt: Int
    /// The tracks.
    public let tracks: [NamedCode]
    /// The delegations.
    public let delegations: [NamedCode]
    /// The items, by code.
    public internal(set) var items: [ItemResult]

    /// Makes a snapshot.
    public init(
        kind: ResultsKind,
        event: NamedCode,
        notes: [Text],
        isRehearsal: Bool,
        position: Int,
        root: Digest,
        computedAt: Int,
        tracks: [NamedCode],
        delegations: [NamedCode],
        items: [ItemResult]
    ) {
        self.kind = kind
        self.event = event
        self.notes = notes
        self.isRehearsal = isRehearsal
        self.position = position
        self.root = root
        self.computedAt = computedAt
        self.tracks = tracks
        self.delegations = delegations
        self.items = items
    }
}

extension ResultsSnapshot {
    /// Whether an item's result is provisional or final.
    public func kind(of item: ItemResult) -> ResultsKind { item.carried?.kind ?? kind }

    /// The publication that computed an item's result: this one, or the one that it is carried on from.
    ///
    /// - Parameters:
    ///   - item: an item of this snapshot.
    ///   - hash: the hash of this snapshot.
    /// - Returns: the publication.
    public func origin(of item: ItemResult, hash: Digest) -> EarlierPublication {
        item.carried
            ?? EarlierPublication(
                kind: kind,
                snapshot: hash,
                position: position,
                computedAt: computedAt
            )
    }

    /// Final where every item is.
    public var overall: ResultsKind {
        items.allSatisfy { kind(of: $0) == .final } ? .final : .provisional
    }

    /// Everybody whom the snapshot commits to.
    public var people: [Digest] { items.flatMap { $0.rows.flatMap(\.people) } }

    /// The snapshot with the names that the annex still knows.
    public func naming(_ names: [Digest: String]) -> ResultsSnapshot {
        var named = self
        for item in named.items.indices {
            for row in named.items[item].rows.indices {
                let people = named.items[item].rows[row].people
                guard !people.isEmpty else { continue }
                named.items[item].rows[row].names = people.compactMap { names[$0] }
            }
        }
        return named
    }
}
