public import Competition
internal import Exact
public import Seal

/// What the door must know of the event to judge a statement: read from the record's documents by
/// whoever opens it.
public struct Catalogue: Sendable {
    /// The event.
    public let event: Event
    /// The card of each item.
    public let cards: [ItemID: Scorecard]
    /// The hash of each item's card.
    public let cardHashes: [ItemID: Digest]
    let units: [ItemID: [NodeID: UnitLimits]]

    /// Makes a catalogue.
    public init(event: Event, cards: [ItemID: Scorecard], cardHashes: [ItemID: Digest]) {
        self.event = event
        self.cards = cards
        self.cardHashes = cardHashes
        // Many items share one card: its limits are worked out once.
        var byHash: [Digest: [NodeID: UnitLimits]] = [:]
        var units: [ItemID: [NodeID: UnitLimits]] = [:]
        for (item, card) in cards {
            guard let hash = cardHashes[item] else { continue }
            let limits = byHash[hash] ?? UnitLimits.all(of: card)
            byHash[hash] = limits
            units[item] = limits
        }
        self.units = units
    }

    /// The sheet units of an item, in no order.
    public func unitIDs(of item: ItemID) -> [NodeID] {
        (units[item] ?? [:]).keys.sorted()
    }
}

/// The limits of the marks of one sheet unit, in whole units of each aspect's decimals.
struct UnitLimits: Sendable {
    struct Limit: Sendable {
        let address: String
        let least: Int32
        let greatest: Int32
        let step: Int32
        /// The codes of an option list; empty where the aspect has none.
        let codes: Set<Int32>

        func allows(_ stored: Int32) -> Bool {
            guard StoredMark.isMark(stored) else { return true }
            guard stored >= least, stored <= greatest, (stored &- least) % step == 0 else {
                return false
            }
            return codes.isEmpty || codes.contains(stored)
        }
    }

    let unit: SheetUnit
    let judged: [Limit]
    let agreed: [Limit]

    static func all(of card: Scorecard) -> [NodeID: UnitLimits] {
        var limits: [NodeID: UnitLimits] = [:]
        for unit in card.units {
            limits[unit.id] = UnitLimits(
                unit: unit,
                judged: unit.judged.map(limit),
                agreed: unit.agreed.map(limit)
            )
        }
        return limits
    }

    private static func limit(_ slot: SheetUnit.Slot) -> Limit {
        let range = slot.aspect.marking.range
        func units(_ value: Rational) -> Int32 {
            (try? value.unscaled(Rounding(places: range.places))).flatMap {
                Int32(exactly: $0)
            } ?? 0
        }
        var codes: Set<Int32> = []
        if case .options(let options) = slot.aspect.marking {
            codes = Set(options.map { units($0.code) })
        }
        return Limit(
            address: slot.address,
            least: units(range.least),
            greatest: units(range.greatest),
            step: max(1, units(range.step)),
            codes: codes
        )
    }
}
