public import Findings
public import Seal

/// One honour as it is published.
public struct HonourEntry: Sendable, Hashable {
    /// Its number.
    public let id: String
    /// What it is called.
    public let title: Text
    /// Its legal mode.
    public let kind: String
    /// Proposed, nominated, conferred or revoked.
    public let state: String
    /// The item's code.
    public let item: String
    /// The entrant's code.
    public let entrant: String
    /// The person's name; empty where erased.
    public let name: String
    /// The number of its credential, once it was conferred; no file shows it beside a name.
    public let credential: String?
    /// The day in China on which it was conferred, as ISO 8601 has it; nil before.
    public let conferredOn: String?
    /// Whether the latest results still carry it.
    public let stands: Bool

    /// Makes an entry.
    public init(
        id: String,
        title: Text,
        kind: String,
        state: String,
        item: String,
        entrant: String,
        name: String,
        credential: String? = nil,
        conferredOn: String? = nil,
        stands: Bool = true
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.state = state
        self.item = item
        self.entrant = entrant
        self.name = name
        self.credential = credential
        self.conferredOn = conferredOn
        self.stands = stands
    }
}

/// The register of honours at a position of the ledger.
public struct HonoursSnapshot: Sendable, Hashable {
    /// The event.
    public let event: NamedCode
    /// How many statements it was computed from.
    public let position: Int
    /// The results on which the honours stand.
    public let results: Digest
    /// The points that the source leaves open, and what was done.
    public let settings: [Text]
    /// The honours, by number.
    public let entries: [HonourEntry]

    /// Makes a snapshot.
    public init(
        event: NamedCode,
        position: Int,
        results: Digest,
        settings: [Text],
        entries: [HonourEntry]
    ) {
        self.event = event
        self.position = position
        self.results = results
        self.settings = settings
        self.entries = entries
    }

    /// The snapshot as canonical JSON.
    public var json: JSONValue {
        [
            "entries": .array(
                entries.map {
                    [
                        "conferred_on": .optional($0.conferredOn),
                        "entrant": .string($0.entrant), "id": .string($0.id),
                        "item": .string($0.item), "kind": .string($0.kind),
                        "name": .string($0.name), "stands": .bool($0.stands),
                        "state": .string($0.state), "title": $0.title.json,
                    ]
                }
            ), "event": event.json, "position": .int(position),
            "results": .string(results.hex), "schema": "laurel-honours/2",
            "settings": .array(settings.map(\.json)),
        ]
    }
}
