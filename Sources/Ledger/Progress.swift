public import Competition
internal import GRDB

/// What an item still lacks.
public struct Progress: Sendable {
    /// A sheet that is expected.
    public struct Expected: Sendable, Hashable, Comparable {
        /// The entrant.
        public let entrant: EntrantID
        /// The sheet unit.
        public let unit: NodeID
        /// The judge; empty for the panel.
        public let judge: String

        /// The sheet in words: entrant/unit/judge.
        public var text: String {
            entrant.text + "/" + unit.text + "/" + (judge.isEmpty ? "panel" : judge)
        }

        /// Orders by entrant, unit, judge.
        public static func < (a: Expected, b: Expected) -> Bool {
            (a.entrant.text, a.unit.text, a.judge) < (b.entrant.text, b.unit.text, b.judge)
        }
    }

    /// The item.
    public let item: ItemID
    /// Its state.
    public let state: ItemState
    /// How many sheets are expected.
    public let expected: Int
    /// How many stand.
    public let entered: Int
    /// How many of them no second person has confirmed.
    public let unconfirmed: Int
    /// Those that are missing, sorted.
    public let missing: [Expected]

    static func of(
        _ item: ItemID,
        db: Database,
        house: House,
        catalogue: Catalogue
    ) throws -> Progress {
        var missing: Set<Expected> = []
        let units = (catalogue.units[item] ?? [:]).values.map { $0 }
        let judges = house.judges[item] ?? []
        for id in house.byItem[item] ?? [] {
            guard let entrant = house.entrants[id], entrant.status == .competing else { continue }
            for limits in units {
                if !limits.agreed.isEmpty {
                    missing.insert(Expected(entrant: id, unit: limits.unit.id, judge: ""))
                }
                guard !limits.judged.isEmpty else { continue }
                for judge in judges where !judge.isBarred(from: entrant.delegation) {
                    missing.insert(
                        Expected(entrant: id, unit: limits.unit.id, judge: judge.id.text)
                    )
                }
            }
        }
        let expected = missing.count
        var entered: Set<Expected> = []
        var unconfirmed = 0
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT entrant, unit, judge, confirmed_at FROM sheet
                WHERE item = ? AND replaced_by IS NULL
                """,
            arguments: [item.text]
        )
        while let row = try rows.next() {
            guard let entrant = EntrantID(row[0] as String), let unit = NodeID(row[1] as String)
            else { continue }
            // A sheet of one who has since withdrawn is kept, and no longer counts as expected.
            guard house.entrants[entrant]?.status == .competing else { continue }
            if row[3] as Int? == nil { unconfirmed += 1 }
            let sheet = Expected(entrant: entrant, unit: unit, judge: row[2])
            missing.remove(sheet)
            entered.insert(sheet)
        }
        return Progress(
            item: item,
            state: house.state(of: item),
            expected: expected,
            entered: entered.count,
            unconfirmed: unconfirmed,
            missing: missing.sorted()
        )
    }
}
