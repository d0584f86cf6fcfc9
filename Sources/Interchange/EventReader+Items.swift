internal import Honours
internal import Rules
internal import Competition
internal import Exact
internal import Findings

/// Tracks, delegations, items, and the cards they are marked by.
extension EventReader {
    func track(_ node: DataNode) -> Track? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.string("id")
        let title = fields.text("title")
        guard let id, let title else { return nil }
        return Track(id: id, title: title)
    }

    func delegation(_ node: DataNode) -> Delegation? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.required("code").flatMap { reader.identifier($0, DelegationID.self) }
        let title = fields.text("title")
        let isCity = fields.optional("city").flatMap(reader.bool) ?? true
        guard let id, let title else { return nil }
        return Delegation(id: id, title: title, isCity: isCity)
    }

    func item(_ node: DataNode, tracks: [String]) -> ContestItem? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let id = fields.required("code").flatMap { reader.identifier($0, ItemID.self) }
        let track = fields.string("track")
        let zh = fields.string("name_zh")
        let en = fields.string("name_en")
        let size = fields.required("team_size").flatMap { reader.int($0, in: 1...6) }
        let skill = fields.optional("worldskills_skill").flatMap { node -> String? in
            if case .scalar(let text) = node.value, !text.isEmpty { return text }
            return nil
        }
        let provenance = fields.required("provenance").flatMap {
            reader.choice($0, Provenance.self)
        }
        let source = fields.string("source")
        guard let id, let track, let zh, let en, let size, let provenance, let source else {
            return nil
        }
        guard tracks.contains(track) else {
            reader.report(
                "event.track",
                "没有赛道“\(track)”",
                "there is no track \"\(track)\"",
                at: node.place
            )
            return nil
        }
        return ContestItem(
            id: id,
            track: track,
            title: Text(zh, en),
            teamSize: size,
            worldSkillsNumber: skill,
            provenance: provenance,
            source: source
        )
    }

    /// `scorecards`: a list of standard cards, dealt out in turn, and cards of single items; under
    /// `rehearsal` the same for a rehearsal, whose `items` keep their own.
    func cards(
        _ fields: Fields,
        _ items: [ContestItem]
    ) -> (event: [ItemID: String], rehearsal: [ItemID: String]) {
        guard let node = fields.required("scorecards"), let map = reader.fields(node) else {
            return ([:], [:])
        }
        defer { map.close() }
        var own: [ItemID: String] = [:]
        if let node = map.optional("items"), case .map(let entries) = node.value {
            for entry in entries {
                guard let item = items.first(where: { $0.id.text == entry.key }) else {
                    report(unknown: entry.key, at: entry.place)
                    continue
                }
                own[item.id] = reader.string(entry.value)
            }
        }
        let cards = dealt(files(map.optional("standard")), own, items)
        for item in items where cards[item.id] == nil {
            reader.report(
                "event.card",
                "\(item.id.text) 没有评分表",
                "\(item.id.text) has no scorecard",
                at: node.place
            )
        }
        guard let node = map.optional("rehearsal"), let rehearsal = reader.fields(node) else {
            return (cards, cards)
        }
        defer { rehearsal.close() }
        var kept: [ItemID: String] = [:]
        for code in rehearsal.optional("items").map(reader.list) ?? [] {
            guard let text = reader.string(code) else { continue }
            guard let item = items.first(where: { $0.id.text == text }) else {
                report(unknown: text, at: code.place)
                continue
            }
            kept[item.id] = cards[item.id]
        }
        let dealt = dealt(files(rehearsal.optional("standard")), kept, items)
        return (cards, cards.merging(dealt) { _, other in other })
    }

    func files(_ node: DataNode?) -> [String] {
        (node.map(reader.list) ?? []).compactMap(reader.string)
    }

    func dealt(
        _ standard: [String],
        _ own: [ItemID: String],
        _ items: [ContestItem]
    ) -> [ItemID: String] {
        guard !standard.isEmpty else { return own }
        let all = items.enumerated().map { ($1.id, standard[$0 % standard.count]) }
        return Dictionary(all) { first, _ in first }.merging(own) { _, own in own }
    }

    func report(unknown item: String, at place: Place) {
        reader.report("event.item", "没有比赛项目 \(item)", "there is no item \(item)", at: place)
    }
}
