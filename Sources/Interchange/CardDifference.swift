public import Competition
internal import Exact
internal import Findings

/// What changed from one card to another in meaning, not in lines.
///
/// Both cards are written as their canonical trees, and the trees are compared: comments, layout, the
/// order of keys and defaults that are written out make no difference. Nodes are the same by their
/// names, aspects by their names and parts; an aspect that went to another part is found by its name
/// where that is the only one.
public struct CardDifference: Sendable, Hashable {
    /// The changes: the head's, then those of nodes and aspects in the order of the later card, then
    /// what is gone.
    public let changes: [CardChange]

    /// Compares two cards.
    ///
    /// - Parameters:
    ///   - before: the earlier card.
    ///   - after: the later card.
    public init(from before: Scorecard, to after: Scorecard) {
        let old = Side(before)
        let new = Side(after)
        var changes = Self.changes(
            old.tree.head,
            new.tree.head,
            place: "",
            except: ["scorecard"]
        )
        changes += Self.nodes(old, new)
        changes += Self.aspects(old, new)
        self.changes = changes
    }

    /// A card, taken apart.
    private struct Side {
        let tree: ScorecardTree
        var nodes: [(node: CardNode, path: [NodeID])] = []
        var aspects: [(aspect: Aspect, path: [NodeID])] = []

        init(_ card: Scorecard) {
            tree = ScorecardTree(card: card)
            for part in card.parts { add(part, below: []) }
        }

        private mutating func add(_ node: CardNode, below: [NodeID]) {
            let path = below + [node.id]
            nodes.append((node, path))
            switch node.content {
            case .nodes(let nodes): for child in nodes { add(child, below: path) }
            case .aspects(let list): for aspect in list { aspects.append((aspect, path)) }
            }
        }

        /// The aspect of that name: in the same part, else the only one in the whole card.
        func position(of id: AspectID, part: NodeID?) -> Int? {
            let named = aspects.indices.filter { aspects[$0].aspect.id == id }
            return named.first { aspects[$0].path.first == part }
                ?? (named.count == 1 ? named.first : nil)
        }
    }

    private static func text(_ path: [NodeID], _ aspect: AspectID? = nil) -> String {
        (path.map(\.text) + (aspect.map { [$0.text] } ?? [])).joined(separator: ".")
    }

    // MARK: Nodes

    private static func nodes(_ old: Side, _ new: Side) -> [CardChange] {
        var changes: [CardChange] = []
        for (node, path) in new.nodes {
            guard let match = old.nodes.first(where: { $0.node.id == node.id }) else {
                changes.append(whole(.added, path: text(path), after: node.title))
                continue
            }
            if match.path != path {
                // What stands below a node that moved has moved with it.
                let isOwn = match.path.dropLast().last != path.dropLast().last
                if isOwn {
                    changes.append(
                        whole(
                            .moved,
                            path: text(path),
                            before: Text(same: text(match.path)),
                            after: Text(same: text(path))
                        )
                    )
                }
            }
            changes += Self.changes(old.tree.own(match.node), new.tree.own(node), place: text(path))
            changes += order(children(match.node), children(node), place: text(path))
        }
        for (node, path) in old.nodes where !new.nodes.contains(where: { $0.node.id == node.id }) {
            changes.append(whole(.removed, path: text(path), before: node.title))
        }
        let parts = { (side: Side) in side.nodes.filter { $0.path.count == 1 }.map(\.node.id.text) }
        return order(parts(old), parts(new), place: "") + changes
    }

    private static func children(_ node: CardNode) -> [String] {
        switch node.content {
        case .nodes(let nodes): nodes.map(\.id.text)
        case .aspects(let aspects): aspects.map(\.id.text)
        }
    }

    /// One change where those that both lists have stand in another order.
    private static func order(_ old: [String], _ new: [String], place: String) -> [CardChange] {
        let left = old.filter(new.contains)
        let right = new.filter(old.contains)
        guard left != right else { return [] }
        return [
            CardChange(
                kind: .order,
                topic: .structure,
                place: place,
                key: "",
                before: Text(same: left.joined(separator: ", ")),
                after: Text(same: right.joined(separator: ", "))
            )
        ]
    }

    private static func whole(
        _ kind: CardChange.Kind,
        path: String,
        before: Text = Text(same: ""),
        after: Text = Text(same: "")
    ) -> CardChange {
        CardChange(
            kind: kind,
            topic: .structure,
            place: path,
            key: "",
            before: before,
            after: after
        )
    }

    // MARK: Aspects

    private static func aspects(_ old: Side, _ new: Side) -> [CardChange] {
        var changes: [CardChange] = []
        var met: Set<Int> = []
        for (aspect, path) in new.aspects {
            let place = text(path, aspect.id)
            guard let at = old.position(of: aspect.id, part: path.first), met.insert(at).inserted
            else {
                changes.append(whole(.added, path: place, after: aspect.title))
                continue
            }
            let match = old.aspects[at]
            if match.path.last != path.last {
                changes.append(
                    whole(
                        .moved,
                        path: place,
                        before: Text(same: text(match.path, aspect.id)),
                        after: Text(same: place)
                    )
                )
            }
            changes += Self.changes(match.aspect, aspect, old, new, place: place)
        }
        for at in old.aspects.indices where !met.contains(at) {
            let (aspect, path) = old.aspects[at]
            changes.append(
                whole(.removed, path: text(path, aspect.id), before: aspect.title)
            )
        }
        return changes
    }

    private static func changes(
        _ before: Aspect,
        _ after: Aspect,
        _ old: Side,
        _ new: Side,
        place: String
    ) -> [CardChange] {
        var changes: [CardChange] = []
        var kinds: [String] = []
        if before.marking.kind != after.marking.kind {
            let (left, right) = (
                ScorecardTree.marking(before.marking), ScorecardTree.marking(after.marking)
            )
            kinds = [left.0, right.0]
            changes.append(
                CardChange(
                    kind: .changed,
                    topic: .marking,
                    place: place,
                    key: "marking",
                    before: Text(same: left.0 + " " + (left.1?.line ?? "")),
                    after: Text(same: right.0 + " " + (right.1?.line ?? ""))
                )
            )
        }
        return changes
            + Self.changes(
                old.tree.aspect(before),
                new.tree.aspect(after),
                place: place,
                except: kinds
            )
    }

    // MARK: Values

    private static func changes(
        _ before: YAMLValue,
        _ after: YAMLValue,
        place: String,
        except: [String] = []
    ) -> [CardChange] {
        var differing: [(steps: [String], before: YAMLValue?, after: YAMLValue?)] = []
        compare(before, after, [], into: &differing)
        return differing.compactMap { steps, before, after in
            guard let first = steps.first, !except.contains(first) else { return nil }
            return CardChange(
                kind: .changed,
                topic: CardChange.Topic(steps),
                place: place,
                key: steps.joined(separator: "."),
                before: Text(same: before.map(plain) ?? ""),
                after: Text(same: after.map(plain) ?? "")
            )
        }
    }

    /// A value as it is shown: a text without its quotes.
    private static func plain(_ value: YAMLValue) -> String {
        if case .text(let text) = value { text } else { value.line }
    }

    private static func compare(
        _ before: YAMLValue?,
        _ after: YAMLValue?,
        _ steps: [String],
        into differing: inout [(steps: [String], before: YAMLValue?, after: YAMLValue?)]
    ) {
        guard before != after else { return }
        switch (before, after) {
        case (.map(let old)?, .map(let new)?):
            let keys =
                old.map(\.key) + new.map(\.key).filter { key in !old.contains { $0.key == key } }
            for key in keys {
                compare(before?[key], after?[key], steps + [key], into: &differing)
            }
        // The keys of a tie chain and the sheets are lists of which each element hangs on the others.
        case (.list(let old)?, .list(let new)?)
        where old.count == new.count
            && steps.last != "keys" && steps.last != "sheets":
            for (index, pair) in zip(old, new).enumerated() {
                compare(pair.0, pair.1, steps + ["\(index)"], into: &differing)
            }
        default: differing.append((steps, before, after))
        }
    }
}
