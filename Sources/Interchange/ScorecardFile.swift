public import Competition
internal import Exact
public import Findings
internal import Scoring

/// Scorecards as files; the format is described in `Documentation/scorecards.md`.
public enum ScorecardFile {
    /// A card that was read, with what is to be said of it.
    public struct Reading: Sendable {
        /// The card; nil where an error was found.
        public let card: Scorecard?
        /// All that was found, sorted.
        public let findings: [Finding]
        /// The content as it was written.
        public let content: DataNode?
    }

    /// Reads and checks a card.
    public static func read(_ text: String, file: String) -> Reading {
        let tree: DataNode
        do {
            tree = try YAMLFile.parse(text, file: file)
        } catch {
            return Reading(card: nil, findings: error.findings, content: nil)
        }
        return read(tree, isTried: true)
    }

    /// Reads and checks a card from its content, as a record holds it.
    public static func read(_ tree: DataNode) -> Reading { read(tree, isTried: false) }

    private static func read(_ tree: DataNode, isTried: Bool) -> Reading {
        let reader = TreeReader()
        let card = ScorecardReader(reader: reader).card(tree)
        if isTried, let card, !reader.findings.hasErrors, !CardTrial(card).fits {
            reader.report(
                "scorecard.overflow",
                "按此表计出的数超出精确计算的范围(128 位);请减少小数位、分母或连乘",
                "what this card comes to can't be held exactly (128 bits); use fewer decimals, smaller denominators or fewer products",
                at: tree.place
            )
        }
        let findings = reader.findings.sorted()
        return Reading(card: findings.hasErrors ? nil : card, findings: findings, content: tree)
    }
}

/// Where the nodes and aspects of a card stand in its file, in the card's order.
final class CardPlaces {
    var nodes: [Place] = []
    var aspects: [Place] = []
    /// Whether the whole tree could be read, so that what names a part may be checked against it.
    var isWhole = true
}

/// Reads the head of a card; the tree and the markings have files of their own.
struct ScorecardReader {
    let reader: TreeReader
    let places = CardPlaces()

    func card(_ tree: DataNode) -> Scorecard? {
        guard let fields = reader.fields(tree) else { return nil }
        defer { fields.close() }
        guard fields.string("scorecard") == "1" else {
            reader.report(
                "scorecard.version",
                "第一个键应为 scorecard: 1",
                "expected scorecard: 1",
                at: fields.place(of: "scorecard")
            )
            return nil
        }
        let id = fields.string("id")
        let title = fields.text("title")
        let note = fields.optionalText("note")
        let standard = fields.optional("standard").flatMap(standard)
        let panel = fields.optional("panel").flatMap(panel) ?? Panel(judges: nil, minimum: nil)
        let total = fields.required("total").flatMap(total)
        let isLower = total?.lowerIsBetter ?? false
        let awards = fields.optional("awards").map(awards)
        let partNodes = fields.required("parts").map(reader.list) ?? []
        let parts = partNodes.compactMap { node($0, level: 0, lowerIsBetter: isLower) }
        places.isWhole = parts.count == partNodes.count
        let ties =
            fields.optional("ties").flatMap { self.ties($0, parts: parts) }
            ?? TieRule(keys: [], end: .shared, numbering: .competition)
        let teams = fields.optional("teams").flatMap { self.teams($0, parts: parts) }
        let units =
            fields.optional("sheets").map { self.units($0, parts: parts) } ?? parts.map(\.id)
        guard parts.count == partNodes.count, !parts.isEmpty else {
            if partNodes.isEmpty {
                reader.report(
                    "scorecard.empty",
                    "至少要有一个模块",
                    "a card needs at least one part",
                    at: fields.place
                )
            }
            return nil
        }
        let areNamesApart = checkTree(parts, panel: panel)
        if areNamesApart { checkUnits(units, parts: parts, place: fields.place(of: "sheets")) }
        if let total {
            checkTotal(parts, panel: panel, total: total, place: fields.place(of: "total"))
        }
        guard let id, let title, let total else { return nil }
        return Scorecard(
            id: id,
            title: title,
            note: note,
            standard: standard,
            panel: panel,
            total: total,
            ties: ties,
            awards: awards ?? "rank-1-2-3",
            teams: teams,
            sheetUnits: units,
            parts: parts
        )
    }

    private func standard(_ node: DataNode) -> Standard? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let skill = fields.optionalString("skill")
        return fields.text("title").map { Standard(title: $0, skill: skill) }
    }

    /// A policy as it was written, checked here so that nothing can fail when awards are given.
    private func awards(_ node: DataNode) -> String {
        guard let text = reader.string(node) else { return "" }
        do throws(Refusal) {
            return try AwardPolicy(text).text
        } catch {
            reader.report(
                error.findings.map { finding in
                    var finding = finding
                    finding.place = node.place
                    return finding
                }
            )
            return text
        }
    }

    private func teams(_ node: DataNode, parts: [CardNode]) -> TeamRule? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let members = fields.required("members").flatMap { reader.int($0, in: 1...100) }
        let keep = fields.optional("keep").flatMap(combination) ?? .sum
        let ties = fields.required("ties").flatMap { self.ties($0, parts: parts) }
        guard let members, let ties else { return nil }
        let sums = ties.keys.allSatisfy { key in
            switch key.measure {
            case .marks, .entered: true
            default: false
            }
        }
        if !sums {
            reader.report(
                "scorecard.tie-key",
                "团体的并列判定键只能是 marks 或 entered(按队员求和)",
                "a team's tie keys are marks or entered, added up over its members",
                at: fields.place(of: "ties")
            )
        }
        switch keep {
        case .sum, .mean: break
        case .best(let count) where count <= members: break
        default:
            reader.report(
                "scorecard.teams",
                "keep 应为 sum、mean 或 {best: n},n 不大于 members",
                "keep: expected sum, mean, or {best: n} with n not above members",
                at: fields.place(of: "keep")
            )
        }
        return TeamRule(members: members, keep: keep, ties: ties)
    }

    func panel(_ node: DataNode) -> Panel? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let judges = fields.optional("judges").flatMap { reader.int($0, in: 1...1000) }
        let minimum = fields.optional("minimum").flatMap { reader.int($0, in: 1...1000) }
        if let judges, let minimum, minimum > judges {
            reader.report(
                "scorecard.panel",
                "minimum 不能多于 judges",
                "minimum can't be more than judges",
                at: fields.place(of: "minimum")
            )
        }
        return Panel(judges: judges, minimum: minimum ?? judges)
    }

    private func total(_ node: DataNode) -> TotalRule? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        var max: Rational?
        if let node = fields.required("max"), reader.string(node) != "open" {
            max = reader.rational(node)
        }
        let shown = fields.optional("round").flatMap(rounding) ?? Rounding(places: 2)
        let stored = fields.optional("stored").flatMap(rounding)
        var ranked = RankBasis.shown
        if let node = fields.optional("ranked") {
            if case .scalar(let word) = node.value {
                switch word {
                case "shown": ranked = .shown
                case "exact": ranked = .exact
                default:
                    reader.report(
                        "data.choice",
                        "“\(word)”应为 shown、exact 或 {places: …}",
                        "\"\(word)\": expected shown, exact or {places: …}",
                        at: node.place
                    )
                }
            } else if let rounding = rounding(node) {
                ranked = .rounded(rounding)
            }
        }
        let better = fields.optional("better").flatMap { reader.choice($0, Better.self) }
        let floor = fields.optionalRational("floor")
        return TotalRule(
            max: max,
            shown: shown,
            stored: stored,
            ranked: ranked,
            lowerIsBetter: better == .lower,
            floor: floor
        )
    }

    private enum Better: String, CaseIterable {
        case higher
        case lower
    }

    func rounding(_ node: DataNode) -> Rounding? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let mode = fields.optional("mode").flatMap { reader.choice($0, RoundingMode.self) }
        guard let places = fields.required("places").flatMap({ reader.int($0, in: 0...12) }) else {
            return nil
        }
        return Rounding(places: places, mode: mode ?? .halfUp)
    }

    private func units(_ node: DataNode, parts: [CardNode]) -> [NodeID] {
        let known = Self.allNodes(parts)
        return reader.list(node).compactMap { element in
            guard let id = reader.identifier(element, NodeID.self) else { return nil }
            guard known.contains(where: { $0.id == id }) else {
                guard places.isWhole else { return nil }
                reader.report(
                    "scorecard.unknown-node",
                    "sheets 中的 \(id.text) 不在本评分表中",
                    "sheets names \(id.text), which the card does not have",
                    at: element.place
                )
                return nil
            }
            return id
        }
    }

    static func allNodes(_ nodes: [CardNode]) -> [CardNode] {
        nodes.flatMap { node -> [CardNode] in
            guard case .nodes(let children) = node.content else { return [node] }
            return [node] + allNodes(children)
        }
    }
}
