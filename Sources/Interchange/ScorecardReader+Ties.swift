internal import Competition
internal import Exact
internal import Findings

extension ScorecardReader {
    func ties(_ node: DataNode, parts: [CardNode]) -> TieRule? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let keys = fields.optional("keys").map {
            reader.list($0).compactMap { key($0, parts: parts) }
        }
        if let keys, Set(keys).count < keys.count {
            reader.report(
                "scorecard.tie-key",
                "并列判定键重复:后一个永远用不到",
                "a tie key stands twice: the later one can never decide",
                at: fields.place(of: "keys")
            )
        }
        let end = fields.required("end").flatMap { reader.choice($0, TieEnd.self) }
        let numbering = fields.optional("numbering").flatMap { reader.choice($0, Numbering.self) }
        return end.map {
            TieRule(keys: keys ?? [], end: $0, numbering: numbering ?? .competition)
        }
    }

    private enum Order: String, CaseIterable {
        case descending
        case ascending
    }

    private enum For: String, CaseIterable {
        case all
        case first
    }

    private static let measures = [
        "marks", "entered", "full_marks", "countback_marks", "countback_placings", "attempts",
        "head_to_head", "external", "lot",
    ]

    private func key(_ node: DataNode, parts: [CardNode]) -> TieKey? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let order = fields.optional("order").flatMap { reader.choice($0, Order.self) }
        let scope = fields.optional("for").flatMap { reader.choice($0, For.self) }
        let round = fields.optional("round").flatMap(rounding)
        let named = Self.measures.filter { fields.keys.contains($0) }
        for measure in Self.measures { _ = fields.optional(measure) }
        guard named.count == 1, let name = named.first, let value = fields.optional(name) else {
            let measures = Self.measures.joined(separator: ", ")
            reader.report(
                "scorecard.tie-key",
                "每个并列判定键应恰有一种:\(measures)",
                "a tie key needs exactly one of: \(measures)",
                at: node.place
            )
            return nil
        }
        guard let measure = measure(name, value, parts: parts) else { return nil }
        // A time is better the lower it is; everything else the higher.
        let lower =
            order.map { $0 == .ascending }
            ?? {
                if case .entered = measure { return true }
                return false
            }()
        return TieKey(
            measure: measure,
            lowerFirst: lower,
            firstPlaceOnly: scope == .first,
            round: round
        )
    }

    private func measure(_ name: String, _ value: DataNode, parts: [CardNode]) -> TieMeasure? {
        switch name {
        case "marks": return references(value, parts).map(TieMeasure.marks)
        case "entered":
            guard let references = references(value, parts) else { return nil }
            guard references.allSatisfy({ $0.aspect != nil }) else {
                reader.report(
                    "scorecard.tie-key",
                    "entered 应指向评分点,如 B.time",
                    "entered must name an aspect, such as B.time",
                    at: value.place
                )
                return nil
            }
            return .entered(references)
        case "full_marks":
            if reader.string(value) == "all" { return .fullMarks(nil) }
            return nodeID(value, parts).map { .fullMarks($0) }
        case "countback_marks": return references(value, parts).map(TieMeasure.countbackOfMarks)
        case "countback_placings":
            return nodeIDs(value, parts).map(TieMeasure.countbackOfPlacings)
        case "attempts": return nodeID(value, parts).map(TieMeasure.attempts)
        case "head_to_head": return nodeIDs(value, parts).map(TieMeasure.headToHead)
        case "external": return reader.string(value).map(TieMeasure.external)
        default: return reader.string(value).map { .lot(seed: $0) }
        }
    }

    private func references(_ node: DataNode, _ parts: [CardNode]) -> [CardReference]? {
        guard case .list(let nodes) = node.value else {
            return reference(node, parts).map { [$0] }
        }
        let references = nodes.compactMap { reference($0, parts) }
        return references.count == nodes.count && !nodes.isEmpty ? references : nil
    }

    private func reference(_ node: DataNode, _ parts: [CardNode]) -> CardReference? {
        guard let text = reader.string(node) else { return nil }
        for card in Self.allNodes(parts) {
            if card.id.text == text { return CardReference(node: card.id, aspect: nil) }
            guard text.hasPrefix(card.id.text + "."),
                let aspect = AspectID(text.dropFirst(card.id.text.count + 1)),
                card.aspects.contains(where: { $0.id == aspect })
            else { continue }
            return CardReference(node: card.id, aspect: aspect)
        }
        // Where a part could not be read, what names it is no fault of the key.
        guard places.isWhole else { return nil }
        reader.report(
            "scorecard.unknown-node",
            "并列判定键指向不存在的“\(text)”",
            "a tie key names \"\(text)\", which the card does not have",
            at: node.place
        )
        return nil
    }

    private func nodeID(_ node: DataNode, _ parts: [CardNode]) -> NodeID? {
        guard let reference = reference(node, parts) else { return nil }
        guard reference.aspect == nil else {
            reader.report(
                "scorecard.tie-key",
                "此处应为模块,不是评分点",
                "expected a part here, not an aspect",
                at: node.place
            )
            return nil
        }
        return reference.node
    }

    private func nodeIDs(_ node: DataNode, _ parts: [CardNode]) -> [NodeID]? {
        let nodes = reader.list(node)
        let ids = nodes.compactMap { nodeID($0, parts) }
        return ids.count == nodes.count && !nodes.isEmpty ? ids : nil
    }
}
