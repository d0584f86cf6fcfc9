internal import Findings
internal import Seal
internal import Snapshots

/// An entrant's row with the item that it stands in.
struct Entry {
    let item: ItemResult
    let row: ResultRow
}

/// What one edition of the site is made from: the snapshots, and what every page looks up.
struct Edition {
    let snapshot: ResultsSnapshot
    let hash: Digest
    let honours: HonoursSnapshot?
    /// Every publication so far, the first one first.
    let history: [PastPublication]
    /// Every delegation of the event; one that only a row names comes last, under its code.
    let delegations: [NamedCode]
    /// The medal table.
    let medals: [MedalLine]

    private let titles: [String: NamedCode]
    private let entries: [String: [Entry]]
    private let items: [String: ItemResult]
    private let itemPages: [String: String]
    private let delegationPages: [String: String]

    /// Indexes the snapshots; refuses codes that would share a page.
    init(
        _ snapshot: ResultsSnapshot,
        hash: Digest,
        honours: HonoursSnapshot?,
        history: [PastPublication] = []
    ) throws(SiteError) {
        if let honours, honours.event.code != snapshot.event.code {
            throw .otherEvent(honours.event.code)
        }
        self.snapshot = snapshot
        self.hash = hash
        self.honours = honours
        self.history = history
        var delegations = snapshot.delegations
        var known = Set(delegations.map(\.code))
        var entries: [String: [Entry]] = [:]
        for item in snapshot.items {
            for row in item.rows {
                entries[row.delegation, default: []].append(Entry(item: item, row: row))
                guard known.insert(row.delegation).inserted else { continue }
                let code = row.delegation
                delegations.append(NamedCode(code: code, title: Text(same: code)))
            }
        }
        self.delegations = delegations
        self.entries = entries
        itemPages = try Self.pages(
            snapshot.items.map(\.item.code),
            reserved: ["medals", "winners"]
        )
        delegationPages = try Self.pages(delegations.map(\.code), reserved: [])
        titles = Dictionary(
            delegations.map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        items = Dictionary(
            snapshot.items.map { ($0.item.code, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        medals = MedalLine.table(delegations, entries)
    }

    /// The name of an item's page and table; nothing where the item is none of this edition.
    func page(ofItem code: String) -> String { itemPages[code] ?? "" }

    /// The name of a delegation's page.
    func page(ofDelegation code: String) -> String { delegationPages[code] ?? "" }

    /// The delegation of a code.
    func delegation(_ code: String) -> NamedCode {
        titles[code] ?? NamedCode(code: code, title: Text(same: code))
    }

    /// The item of a code.
    func item(_ code: String) -> ItemResult? { items[code] }

    /// The entrants of a delegation, item by item.
    func entries(of delegation: String) -> [Entry] { entries[delegation] ?? [] }

    private static func pages(
        _ codes: [String],
        reserved: Set<String>
    ) throws(SiteError) -> [String: String] {
        var pages: [String: String] = [:]
        // A USB stick does not tell `d01` from `D01`.
        var taken = reserved
        for code in codes {
            let name = fileName(code)
            guard !name.isEmpty, taken.insert(name.lowercased()).inserted else {
                throw .code(code)
            }
            pages[code] = name
        }
        return pages
    }

    /// A code as a name that every file system takes: other bytes as `_` and two digits.
    static func fileName(_ code: String) -> String {
        var name = ""
        for byte in code.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default: name += "_" + [byte].hex
            }
        }
        return name.utf8.count > 120 ? "_" + Digest(of: code.utf8).hex : name
    }
}
