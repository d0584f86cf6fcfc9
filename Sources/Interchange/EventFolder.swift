internal import Honours
internal import Rules
public import Competition
internal import Exact
public import Findings

/// An event as a folder: `event.yaml`, `items.csv`, `honours.yaml`, and the scorecards it names.
public enum EventFolder {
    /// What `event.yaml` says: the event, and which card each item has.
    public struct Reading: Sendable {
        /// The event.
        public let event: Event
        /// The card file of each item, relative to the folder.
        public let cards: [ItemID: String]
        /// The card file of each item in a rehearsal at full size; those above where the event names no
        /// others.
        public let rehearsalCards: [ItemID: String]
        /// What a card takes that has no `ties` or `awards` of its own.
        public let defaults: [DataNode.Entry]
        /// What stands in every card instead of its own `ties` and `awards`.
        public let overrides: [DataNode.Entry]
        /// The event's own content, items included: what its hash is taken of.
        public let content: DataNode

        /// A card's content as this event holds it.
        public func card(_ content: DataNode) -> DataNode {
            content.setting(overrides).adding(defaults)
        }
    }

    /// Reads the folder's event.
    ///
    /// - Throws: a ``Findings/Refusal`` with every error.
    public static func read(_ folder: String) throws(Refusal) -> Reading {
        let path = folder + "/event.yaml"
        let tree = try YAMLFile.parse(try TextFile.read(path), file: path)
        let items = folder + "/items.csv"
        let table = try CSVTable(try TextFile.read(items), file: items)
        guard case .map(let entries) = tree.value else {
            throw Refusal(
                "data.shape",
                Text("此处应为键和值", "expected keys with values"),
                at: tree.place
            )
        }
        let withItems = DataNode(
            .map(
                entries + [
                    DataNode.Entry(key: "items", place: Place(file: items), value: rows(table))
                ]
            ),
            at: tree.place
        )
        return try read(withItems)
    }

    /// Reads an event from its whole content, as a record keeps it.
    public static func read(_ content: DataNode) throws(Refusal) -> Reading {
        let reader = TreeReader()
        let reading = EventReader(reader: reader).reading(content)
        guard let reading, !reader.findings.hasErrors else { throw Refusal(reader.findings) }
        return reading
    }

    private static func rows(_ table: CSVTable) -> DataNode {
        let nodes = table.rows.map { row in
            let place = Place(file: table.file, line: row.line, column: 1)
            return DataNode(
                .map(
                    zip(table.header, row.fields).enumerated().map { index, pair in
                        let place = table.place(row, index)
                        return DataNode.Entry(
                            key: pair.0,
                            place: place,
                            value: DataNode(.scalar(pair.1.trimmingBlanks()), at: place)
                        )
                    }
                ),
                at: place
            )
        }
        return DataNode(.list(nodes), at: Place(file: table.file))
    }
}

/// Reads the tree of an event, collecting every finding.
struct EventReader {
    let reader: TreeReader

    func reading(_ tree: DataNode) -> EventFolder.Reading? {
        guard let fields = reader.fields(tree) else { return nil }
        defer { fields.close() }
        if fields.string("event") != "1" {
            reader.report("event.version", "第一个键应为 event: 1", "expected event: 1", at: fields.place)
        }
        let id = fields.required("id").flatMap { reader.identifier($0, EventID.self) }
        let title = fields.text("title")
        let first = fields.day("first_day")
        let last = fields.day("last_day")
        let notes = (fields.required("notes").map(reader.list) ?? []).compactMap(reader.text)
        let tracks = (fields.required("tracks").map(reader.list) ?? []).compactMap(track)
        let delegations = (fields.required("delegations").map(reader.list) ?? []).compactMap(
            delegation
        )
        // 申诉时限: two hours where the event says nothing (domain-china 3.5).
        let appeal =
            fields.optional("appeal_minutes").map { reader.int($0, in: 0...100_000) } ?? 120
        let items = (fields.required("items").map(reader.list) ?? []).compactMap {
            item($0, tracks: tracks.map(\.id))
        }
        let cards = cards(fields, items)
        let roles = roles(fields)
        let blind = blind(fields, items)
        let double = fields.optional("double_entry").flatMap {
            reader.choice($0, DoubleEntry.self)
        }
        let totals = fields.optional("show_totals").flatMap(reader.bool)
        let agreement = fields.optional("show_agreement").flatMap(reader.bool)
        let eventClass = fields.optional("class").flatMap(eventClass)
        let live = live(fields, items, blind: Set(blind.keys))
        let hallKeys = fields.optional("hall_keys").flatMap {
            reader.choice($0, HallKeys.self)
        }
        let lookup = fields.optional("lookup_url").flatMap(address)
        let defaults = defaults(fields)
        let overrides = overrides(fields)
        checkNames(items, delegations, place: fields.place)
        guard let id, let title, let first, let last, let appeal else { return nil }
        guard first <= last else {
            reader.report(
                "event.days",
                "last_day 早于 first_day",
                "last_day is before first_day",
                at: fields.place
            )
            return nil
        }
        return EventFolder.Reading(
            event: Event(
                id: id,
                title: title,
                days: first...last,
                tracks: tracks,
                items: items.sorted { $0.id < $1.id },
                delegations: delegations,
                notes: notes,
                appealMinutes: appeal,
                roles: roles,
                blindLayers: blind,
                doubleEntry: double ?? .none,
                showsTotals: totals ?? false,
                eventClass: eventClass,
                lookupURL: lookup,
                liveItems: live,
                showsAgreement: agreement ?? false,
                hallKeys: hallKeys ?? .browser
            ),
            cards: cards.event,
            rehearsalCards: cards.rehearsal,
            defaults: defaults,
            overrides: overrides,
            content: tree
        )
    }

    private func eventClass(_ node: DataNode) -> String? {
        let words = HonourRules.vocabulary["event_class"]?.words ?? []
        guard let word = reader.string(node) else { return nil }
        guard words.contains(word) else {
            let known = words.joined(separator: ", ")
            reader.report(
                "event.class",
                "“\(word)”应为以下之一:\(known)",
                "\"\(word)\": expected one of \(known)",
                at: node.place
            )
            return nil
        }
        return word
    }

    /// `live_board`: the items that a screen in the hall may follow, or `all` that are not blind.
    private func live(
        _ fields: Fields,
        _ items: [ContestItem],
        blind: Set<ItemID>
    ) -> Set<ItemID> {
        guard let node = fields.optional("live_board") else { return [] }
        if case .scalar("all") = node.value { return Set(items.map(\.id)).subtracting(blind) }
        var live: Set<ItemID> = []
        for node in reader.list(node) {
            guard let code = reader.string(node) else { continue }
            guard let item = items.first(where: { $0.id.text == code }) else {
                reader.report(
                    "event.item",
                    "没有比赛项目 \(code)",
                    "there is no item \(code)",
                    at: node.place
                )
                continue
            }
            if blind.contains(item.id) {
                reader.report(
                    "event.live",
                    "项目 \(code) 是加密项目,不能上实时大屏",
                    "item \(code) is blind and can't be on the live board",
                    at: node.place
                )
            }
            live.insert(item.id)
        }
        return live
    }

    /// The address of the look-up page; a credential's number goes after a `#`.
    private func address(_ node: DataNode) -> String? {
        guard let text = reader.string(node) else { return nil }
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), isPlain,
            !text.contains("#"), text.utf8.count <= 200
        else {
            reader.report(
                "event.lookup",
                "应为查询页的网址,如 https://…/zh/lookup.html,不含 # 和空白,至多 200 个字符",
                "expected the address of the look-up page, such as https://…/zh/lookup.html, without # or blanks, 200 characters at most",
                at: node.place
            )
            return nil
        }
        return text
    }

    private func checkNames(_ items: [ContestItem], _ delegations: [Delegation], place: Place) {
        var seen: Set<String> = []
        for name in items.map(\.id.text) + delegations.map(\.id.text)
        where !seen.insert(name).inserted {
            reader.report(
                "event.duplicate",
                "编号 \(name) 重复",
                "the code \(name) stands twice",
                at: place
            )
        }
    }

    private func roles(_ fields: Fields) -> [Role: RoleScope] {
        var roles: [Role: RoleScope] = [:]
        for node in fields.required("roles").map(reader.list) ?? [] {
            guard let entry = reader.fields(node) else { continue }
            let role = entry.required("role").flatMap { reader.choice($0, Role.self) }
            let scope = entry.required("of").flatMap { reader.choice($0, RoleScope.self) }
            entry.close()
            if let role, let scope { roles[role] = scope }
        }
        return roles
    }

    /// `blind`: how many layers of blind numbers an item has; `{S03: 3, D13: 1}`.
    private func blind(_ fields: Fields, _ items: [ContestItem]) -> [ItemID: Int] {
        guard let node = fields.optional("blind") else { return [:] }
        guard case .map(let entries) = node.value else {
            reader.report("data.shape", "此处应为键和值", "expected keys with values", at: node.place)
            return [:]
        }
        var layers: [ItemID: Int] = [:]
        for entry in entries {
            guard let item = items.first(where: { $0.id.text == entry.key }) else {
                reader.report(
                    "event.item",
                    "没有比赛项目 \(entry.key)",
                    "there is no item \(entry.key)",
                    at: entry.place
                )
                continue
            }
            layers[item.id] = reader.int(entry.value, in: 1...3)
        }
        return layers
    }

    /// The defaults are checked as part of each card that takes them.
    private func defaults(_ fields: Fields) -> [DataNode.Entry] {
        guard let node = fields.required("defaults"), case .map(let entries) = node.value,
            let map = reader.fields(node)
        else { return [] }
        _ = map.required("provenance").flatMap { reader.choice($0, Provenance.self) }
        _ = map.required("ties")
        _ = map.required("awards")
        map.close()
        return entries.filter { ["ties", "awards"].contains($0.key) }
    }

    /// `overrides`: ties and awards of the event that hold for every card, as an event that takes
    /// reference cards and has medal rules of its own needs them.
    private func overrides(_ fields: Fields) -> [DataNode.Entry] {
        guard let node = fields.optional("overrides"), let map = reader.fields(node),
            case .map(let entries) = node.value
        else { return [] }
        _ = map.optional("ties")
        _ = map.optional("awards")
        map.close()
        return entries
    }
}
