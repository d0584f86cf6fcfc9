internal import Findings
public import Seal
public import Snapshots

/// One publication of the event, and what it changed.
public struct PastPublication: Sendable, Hashable {
    /// Its entry in the ledger.
    public let position: Int
    /// The hash of its results.
    public let hash: Digest
    /// Provisional or final.
    public let kind: ResultsKind
    /// When it was computed, in milliseconds since 1970.
    public let computedAt: Int
    /// What changed since the publication before; none for the first.
    public let changes: [ResultsChange]

    /// Names a publication.
    public init(
        position: Int,
        hash: Digest,
        kind: ResultsKind,
        computedAt: Int,
        changes: [ResultsChange]
    ) {
        self.position = position
        self.hash = hash
        self.kind = kind
        self.computedAt = computedAt
        self.changes = changes
    }
}

/// The publications as a feed (JSON Feed 1.1), the latest first; what it says of changes beyond the
/// texts stands under `_laurel`, schema `laurel-changes/1`.
struct ChangesFeed {
    private let edition: Edition

    init(_ edition: Edition) { self.edition = edition }

    var json: JSONValue {
        let event = edition.snapshot.event
        return [
            "items": .array(edition.history.reversed().map(item)),
            "title": .string("\(event.title.zh) · \(event.title.en)"),
            "version": "https://jsonfeed.org/version/1.1",
        ]
    }

    private func item(_ publication: PastPublication) -> JSONValue {
        let kind = publication.kind.text
        let count = publication.changes.count
        return [
            "_laurel": [
                "changes": .array(
                    publication.changes.map {
                        [
                            "entrant": .string($0.entrant), "item": .string($0.item),
                            "text": $0.text.json,
                        ]
                    }
                ), "kind": .string(publication.kind.rawValue),
                "position": .int(publication.position), "schema": "laurel-changes/1",
                "snapshot": .string(publication.hash.hex),
            ], "content_text": .string("\(kind.zh),\(count) 处变化 · \(kind.en), \(count) changes"),
            "date_published": .string(Moment(publication.computedAt).iso),
            "id": .string(publication.hash.hex),
        ]
    }
}
