public import Competition
public import Findings
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
    /// Sheets whose two entries differ (复录不一致), as entrant/unit/judge and the aspects.
    public let differing: [String]
    /// How many of those that stand were sent back and await another in their place.
    public let returned: Int
    /// How many questions the chief judge has not answered.
    public let flags: Int
    /// How many sheets and statuses await a ruling because what came from two places differs.
    public let contested: Int
    /// How many layers of blind numbers the item has, are drawn, and are opened.
    public let blind: (layers: Int, drawn: Int, opened: Int)
    /// Entrants whose judges are fewer, or more, than the card's panel: they would have no total.
    public let unjudgeable: Int
    /// What waits for a second person: kinds of statements.
    public let pending: [StatementKind]
    /// Until when appeals may come, in milliseconds; nil where the item is not provisional.
    public let appealsUntil: Int?

    /// What is wanting for the next state, in words; empty where nothing is.
    public var wanting: Text {
        var zh: [String] = []
        var en: [String] = []
        func add(_ count: Int, _ chinese: String, _ english: String) {
            guard count > 0 else { return }
            zh.append("\(count) " + chinese)
            en.append("\(count) " + english)
        }
        if [.open, .marked, .confirmed].contains(state) {
            if blind.drawn < blind.layers {
                zh.append("第 \(blind.drawn + 1) 层加密号未抽签")
                en.append("layer \(blind.drawn + 1) not drawn")
            } else if expected == 0 {
                zh.append("没有选手")
                en.append("no entrants")
            }
            add(unjudgeable, "名选手的裁判人数与评分标准不符", "entrants with too few or too many judges")
            add(missing.count, "份评分表未交", "sheets missing")
            add(unconfirmed, "份未复核", "not confirmed")
            add(returned, "份已退回", "sent back")
            add(flags, "项提请未答复", "questions not answered")
            add(contested, "份待裁定", "await a ruling")
        }
        if [.locked, .cosigned].contains(state), blind.opened < blind.layers {
            zh.append("第 \(blind.layers - blind.opened) 层未解密")
            en.append("layer \(blind.layers - blind.opened) not revealed")
        }
        let next: [ItemState: Text] = [
            .confirmed: Text("待裁判长锁定", "to be locked"),
            .locked: Text("待监督会签", "to be co-signed"),
            .cosigned: Text("待公示", "to be published"),
            .provisional: Text("公示中", "open to appeals"),
        ]
        if let step = next[state] {
            zh.append(step.zh)
            en.append(step.en)
        }
        return Text(zh.joined(separator: ","), en.joined(separator: ", "))
    }

    static func of(
        _ item: ItemID,
        db: Database,
        house: House,
        catalogue: Catalogue
    ) throws -> Progress {
        var missing: Set<Expected> = []
        var unjudgeable = 0
        let panel = catalogue.cards[item]?.panel
        let units = (catalogue.units[item] ?? [:]).values.map { $0 }
        let judges = house.judges[item] ?? []
        let layers = catalogue.event.blindLayers[item] ?? 0
        let subjects = house.subjectList(of: item, layers: layers)
        let competing = Set(
            subjects.filter { $0.entrant.status == .competing }.map(\.entrant.id)
        )
        for (entrant, barred) in subjects where entrant.status == .competing {
            if let full = panel?.judges, units.contains(where: { !$0.judged.isEmpty }) {
                let count = judges.filter { !barred.contains($0.id.text) }.count
                if count < panel?.minimum ?? full || count > full { unjudgeable += 1 }
            }
            for limits in units {
                if !limits.agreed.isEmpty {
                    missing.insert(Expected(entrant: entrant.id, unit: limits.unit.id, judge: ""))
                }
                guard !limits.judged.isEmpty else { continue }
                for judge in judges where !barred.contains(judge.id.text) {
                    missing.insert(
                        Expected(entrant: entrant.id, unit: limits.unit.id, judge: judge.id.text)
                    )
                }
            }
        }
        let expected = missing.count
        var entered: Set<Expected> = []
        var unconfirmed = 0
        var returned = 0
        var differing: [String] = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT entrant, unit, judge, confirmed_at, differs, returned_at FROM sheet
                WHERE item = ? AND replaced_by IS NULL AND contested = 0
                """,
            arguments: [item.text]
        )
        while let row = try rows.next() {
            guard let entrant = EntrantID(try row.get(0) as String),
                let unit = NodeID(try row.get(1) as String)
            else { continue }
            // A sheet of one who has since withdrawn is kept, and no longer counts as expected.
            guard competing.contains(entrant) else { continue }
            if try row.get(3) as Int? == nil || row.get(5) as Int? != nil { unconfirmed += 1 }
            if try row.get(5) as Int? != nil { returned += 1 }
            let sheet = Expected(entrant: entrant, unit: unit, judge: try row.get(2))
            if let aspects = try row.get(4) as String? {
                differing.append(sheet.text + ": " + aspects)
            }
            missing.remove(sheet)
            entered.insert(sheet)
        }
        let contested =
            try Int.fetchOne(
                db,
                sql: """
                    SELECT (SELECT count(*) FROM sheet
                        WHERE item = ?1 AND contested = 1 AND replaced_by IS NULL)
                    + (SELECT count(*) FROM entrant WHERE item = ?1 AND contested = 1)
                    + (SELECT count(*) FROM blind_number
                        WHERE item = ?1 AND contested = 1 AND source IS NULL)
                    """,
                arguments: [item.text]
            ) ?? 0
        var state = house.state(of: item)
        if state == .open, expected > 0, missing.isEmpty, contested == 0 {
            state = unconfirmed == 0 ? .confirmed : .marked
        }
        let held = house.blind[item]?.layers ?? []
        return Progress(
            item: item,
            state: state,
            expected: expected,
            entered: entered.count,
            unconfirmed: unconfirmed,
            missing: missing.sorted(),
            differing: differing.sorted(),
            returned: returned,
            flags: try openFlags(of: item, db),
            contested: contested,
            blind: (
                layers, held.filter { $0.numbers != nil }.count,
                held.filter { $0.sources != nil }.count
            ),
            unjudgeable: unjudgeable,
            pending: house.openPending.filter { $0.item == item }.map(\.kind),
            appealsUntil: state == .provisional
                ? house.provisionalSince[item].map {
                    $0 + catalogue.event.appealMinutes * 60_000
                } : nil
        )
    }

    /// How many questions the chief judge has not answered.
    static func openFlags(of item: ItemID, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db,
            sql:
                "SELECT count(*) FROM remark WHERE item = ? AND is_flag = 1 AND answered_by IS NULL",
            arguments: [item.text]
        ) ?? 0
    }
}
