public import Exact
public import Findings

/// Whether a fact of the data has a public source.
public enum Provenance: String, Sendable, Hashable, CaseIterable {
    /// A public source says so.
    case sourced
    /// Ours, plausible, and shown as such wherever it appears.
    case representative

    /// What it is called.
    public var text: Text {
        switch self {
        case .sourced: Text("有来源", "sourced")
        case .representative: Text("代表性数据", "representative")
        }
    }
}

/// A track (赛道): items that are shown together.
public struct Track: Sendable, Hashable {
    /// Its short name.
    public let id: String
    /// Its title.
    public let title: Text

    /// Makes a track.
    public init(id: String, title: Text) {
        self.id = id
        self.title = title
    }
}

/// A delegation (代表队) and where it stands.
public struct Delegation: Sendable, Hashable {
    /// Its code: GB/T 2260, or a local one where there is none.
    public let id: DelegationID
    /// Its name.
    public let title: Text
    /// Whether it is a city whose bureau may pull winners.
    public let isCity: Bool

    /// Makes a delegation.
    public init(id: DelegationID, title: Text, isCity: Bool) {
        self.id = id
        self.title = title
        self.isCity = isCity
    }
}

/// A contest item (比赛项目) of an event.
public struct ContestItem: Sendable, Hashable {
    /// Its code.
    public let id: ItemID
    /// The track it belongs to.
    public let track: String
    /// Its name.
    public let title: Text
    /// How many persons make an entrant, from 1 to 6.
    public let teamSize: Int
    /// The number of the WorldSkills skill it corresponds to, if any.
    public let worldSkillsNumber: String?
    /// Whether its place in the event is sourced.
    public let provenance: Provenance
    /// What the place of the item rests on.
    public let source: String

    /// Makes an item.
    public init(
        id: ItemID,
        track: String,
        title: Text,
        teamSize: Int,
        worldSkillsNumber: String?,
        provenance: Provenance,
        source: String
    ) {
        self.id = id
        self.track = track
        self.title = title
        self.teamSize = teamSize
        self.worldSkillsNumber = worldSkillsNumber
        self.provenance = provenance
        self.source = source
    }
}

/// Whose sheets are entered twice (双人录入) before they count as confirmed.
public enum DoubleEntry: String, Sendable, Hashable, CaseIterable {
    /// Nobody's: a second person's confirmation is enough.
    case none
    /// Those that a recorder typed in from paper.
    case recorder
    /// All.
    case all
}

/// Where the keys of judges at a hall's page may be.
public enum HallKeys: String, Sendable, Hashable, CaseIterable {
    /// In the judge's browser only.
    case browser
    /// Also on the server, behind a PIN, for browsers that can't hold one.
    case server
}

/// A competition (大赛) as data: what an organiser writes down before anyone enters.
public struct Event: Sendable, Hashable {
    /// Its short name.
    public let id: EventID
    /// Its title.
    public let title: Text
    /// The first and the last day.
    public let days: ClosedRange<Day>
    /// Its tracks, in the order shown.
    public let tracks: [Track]
    /// Its items, in the order of their codes.
    public let items: [ContestItem]
    /// Its delegations, in the order shown.
    public let delegations: [Delegation]
    /// Notes that are shown wherever the data are: what is sourced, what is representative.
    public let notes: [Text]
    /// How long an appeal may be entered after the provisional results, in minutes.
    public let appealMinutes: Int
    /// Which roles are appointed, and of what.
    public let roles: [Role: RoleScope]
    /// How many layers of blind numbers (加密层数) an item has, from 1 to 3; items that are not blind
    /// are not there.
    public let blindLayers: [ItemID: Int]
    /// Whose sheets are entered twice.
    public let doubleEntry: DoubleEntry
    /// Whether judges see what their sheets add up to; they judge, they do not steer a sum.
    public let showsTotals: Bool
    /// 赛事类别, as honour rules ask for it, such as `provincial-1`; nil where it is not known.
    public let eventClass: String?
    /// The address of the page on which honours are looked up, which QR codes hold; nil where the event
    /// has none.
    public let lookupURL: String?
    /// The items that a hall's screen may follow while marking goes on; never blind ones.
    public let liveItems: Set<ItemID>
    /// Whether publications state how far the panel of an item agrees, as one figure.
    public let showsAgreement: Bool
    /// Where the keys of judges at a hall's page may be.
    public let hallKeys: HallKeys

    /// Makes an event.
    public init(
        id: EventID,
        title: Text,
        days: ClosedRange<Day>,
        tracks: [Track],
        items: [ContestItem],
        delegations: [Delegation],
        notes: [Text],
        appealMinutes: Int,
        roles: [Role: RoleScope],
        blindLayers: [ItemID: Int] = [:],
        doubleEntry: DoubleEntry = .none,
        showsTotals: Bool = false,
        eventClass: String? = nil,
        lookupURL: String? = nil,
        liveItems: Set<ItemID> = [],
        showsAgreement: Bool = false,
        hallKeys: HallKeys = .browser
    ) {
        self.id = id
        self.title = title
        self.days = days
        self.tracks = tracks
        self.items = items
        self.delegations = delegations
        self.notes = notes
        self.appealMinutes = appealMinutes
        self.roles = roles
        self.blindLayers = blindLayers
        self.doubleEntry = doubleEntry
        self.showsTotals = showsTotals
        self.eventClass = eventClass
        self.lookupURL = lookupURL
        self.liveItems = liveItems
        self.showsAgreement = showsAgreement
        self.hallKeys = hallKeys
    }

    /// The item of that code.
    public func item(_ id: ItemID) -> ContestItem? { items.first { $0.id == id } }

    /// The delegation of that code.
    public func delegation(_ id: DelegationID) -> Delegation? {
        delegations.first { $0.id == id }
    }
}
