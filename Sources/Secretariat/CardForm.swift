public import Competition
public import Exact
public import Findings
public import Seal

/// A card as a judge sees it: sheet by sheet, every aspect with how it is marked.
public struct CardForm: Sendable {
    /// A line, as deep as what it tells stands in the card.
    public struct Line: Sendable, Hashable {
        /// How deep.
        public let depth: Int
        /// The line.
        public let text: Text
    }

    private let card: Scorecard
    private let shares: [AspectShare]

    /// Makes the form of a card.
    ///
    /// - Throws: ``Exact/ExactError/overflow``.
    public init(_ card: Scorecard) throws(ExactError) {
        self.card = card
        shares = try card.shares()
    }

    // MARK: Lines

    /// The form as lines.
    public var lines: [Line] {
        head + card.sheetUnits.flatMap(sheet)
    }

    private var head: [Line] {
        var lines = [
            Line(
                depth: 0,
                text: Text(card.title.zh + "  " + card.id, card.title.en + "  " + card.id)
            )
        ]
        if let note = card.note { lines.append(Line(depth: 0, text: note)) }
        if let standard = card.standard {
            let skill = standard.skill.map { " (\($0))" } ?? ""
            lines.append(
                Line(
                    depth: 0,
                    text: Text(
                        "依据:\(standard.title.zh)\(skill)",
                        "Follows: \(standard.title.en)\(skill)"
                    )
                )
            )
        }
        let max = card.total.max?.shortest
        let shown = card.total.shown.text
        var total = Text(
            "满分 \(max ?? "不限"),\(shown.zh)",
            "\(max.map { "\($0) marks" } ?? "No greatest total"), \(shown.en)"
        )
        if card.total.lowerIsBetter {
            total = Text(total.zh + ",以少为胜", total.en + ", the fewest win")
        }
        if let judges = card.panel.judges {
            total = Text("\(total.zh);裁判 \(judges) 人", "\(total.en); \(judges) judges")
        }
        lines.append(Line(depth: 0, text: total))
        return lines
    }

    private func sheet(_ id: NodeID) -> [Line] {
        guard let node = card.node(id) else { return [] }
        let path = shares.first { $0.path.contains { $0.id == id } }?.path ?? [node]
        let above = path.prefix { $0.id != id }
        let zh = (above.map(\.title.zh) + [node.title.zh]).joined(separator: " · ")
        let en = (above.map(\.title.en) + [node.title.en]).joined(separator: " · ")
        let title = Text("评分表 \(id.text)  \(zh)", "Sheet \(id.text)  \(en)")
        let blank = Line(depth: 0, text: Text(same: ""))
        return [blank, heading(node, title, depth: 0)] + below(node, depth: 1)
    }

    /// A node's title with its day, its marks of the total, and what happens to its value.
    private func heading(_ node: CardNode, _ title: Text, depth: Int) -> Line {
        var (zh, en) = (title.zh, title.en)
        if let day = node.day {
            zh += "  第 \(day) 天"
            en += "  day \(day)"
        }
        let marks = marks(of: node).shortest
        zh += "  [\(marks)]"
        en += "  [\(marks)]"
        if let attempts = node.attempts {
            zh += "  共 \(attempts.count) 次"
            en += "  \(attempts.count) attempts"
        }
        if node.absentIsZero {
            zh += "  缺考记零分"
            en += "  absent earns 0"
        }
        return Line(depth: depth, text: Text(zh, en))
    }

    private func below(_ node: CardNode, depth: Int) -> [Line] {
        switch node.content {
        case .nodes(let nodes):
            nodes.flatMap { child in
                let title = Text(
                    "\(child.id.text)  \(child.title.zh)",
                    "\(child.id.text)  \(child.title.en)"
                )
                return [heading(child, title, depth: depth)] + below(child, depth: depth + 1)
            }
        case .aspects(let aspects): aspects.flatMap { self.aspect($0, depth: depth) }
        }
    }

    private func aspect(_ aspect: Aspect, depth: Int) -> [Line] {
        func line(_ text: Text) -> Line { Line(depth: depth + 1, text: text) }
        let most = (try? aspect.marking.bounds().upperBound.shortest) ?? ""
        let counts = aspect.counts ? Text(same: "[\(most)]") : Text("[不计分]", "[not counted]")
        let kind = aspect.marking.kind.text
        let section = aspect.section.map { Text("  标准 \($0)", "  section \($0)") } ?? Text(same: "")
        var lines = [
            Line(
                depth: depth,
                text: Text(
                    "\(aspect.id.text)  \(aspect.title.zh)  \(counts.zh)  \(kind.zh)\(section.zh)  ______",
                    "\(aspect.id.text)  \(aspect.title.en)  \(counts.en)  \(kind.en)\(section.en)  ______"
                )
            )
        ]
        if let description = aspect.description { lines.append(line(description)) }
        if let requirement = aspect.requirement {
            lines.append(line(Text("要求:\(requirement.zh)", "Required: \(requirement.en)")))
        }
        let sentence = aspect.marking.sentence
        let by = aspect.aggregation.text
        lines.append(line(Text("\(sentence.zh)。\(by.zh)", "\(sentence.en). Taken: \(by.en)")))
        switch aspect.marking {
        case .judgement(_, _, let levels):
            for (level, text) in levels.enumerated() {
                lines.append(line(Text("  \(level)  \(text.zh)", "  \(level)  \(text.en)")))
            }
        case .options(let options):
            for option in options {
                guard let title = option.title else { continue }
                let code = option.code.shortest
                lines.append(line(Text("  \(code)  \(title.zh)", "  \(code)  \(title.en)")))
            }
        default: break
        }
        return lines
    }

    private func marks(of node: CardNode) -> Rational {
        let own = shares.filter { $0.path.contains { $0.id == node.id } }
        return (try? own.map(\.marks).sum()) ?? .zero
    }

    // MARK: JSON

    /// The form as JSON, in both languages.
    public var json: JSONValue {
        .object([
            .init("card", .string(card.id)), .init("title", card.title.json),
            .init("note", card.note?.json ?? .null),
            .init("standard", card.standard?.title.json ?? .null),
            .init("skill", .optional(card.standard?.skill)),
            .init("max", .optional(card.total.max?.shortest)),
            .init("judges", card.panel.judges.map { .int($0) } ?? .null),
            .init("sheets", .array(card.sheetUnits.compactMap(sheetJSON))),
        ])
    }

    private func sheetJSON(_ id: NodeID) -> JSONValue? {
        guard let node = card.node(id) else { return nil }
        let own = shares.filter { $0.path.contains { $0.id == id } }
        return [
            "aspects": .array(own.map(aspectJSON)), "day": node.day.map { .int($0) } ?? .null,
            "marks": .string(marks(of: node).shortest), "sheet": .string(id.text),
            "title": node.title.json,
        ]
    }

    private func aspectJSON(_ share: AspectShare) -> JSONValue {
        let aspect = share.aspect
        var levels: [JSONValue] = []
        if case .judgement(_, _, let texts) = aspect.marking { levels = texts.map(\.json) }
        return [
            "aggregate": aspect.aggregation.text.json, "aspect": .string(aspect.id.text),
            "counts": .bool(aspect.counts), "description": aspect.description?.json ?? .null,
            "kind": .string(aspect.marking.kind.rawValue), "levels": .array(levels),
            "marking": aspect.marking.sentence.json,
            "max": .optional((try? aspect.marking.bounds())?.upperBound.shortest),
            "node": .string(share.path.map(\.id.text).joined(separator: ".")),
            "of_total": .string(share.marks.shortest),
            "requirement": aspect.requirement?.json ?? .null,
            "section": aspect.section.map { .int($0) } ?? .null, "title": aspect.title.json,
        ]
    }
}

extension Text {
    /// Both wordings.
    var json: JSONValue { ["en": .string(en), "zh": .string(zh)] }
}
