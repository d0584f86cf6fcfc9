public import Findings

/// What one sheet covers: a node of the card, and its aspects in the card's order, those that the
/// panel agrees on apart from those that each judge marks.
public struct SheetUnit: Sendable, Hashable {
    /// The node.
    public let id: NodeID
    /// Its name.
    public let title: Text
    /// The aspects that a judge's own sheet holds.
    public let judged: [Slot]
    /// The aspects that the panel's sheet holds.
    public let agreed: [Slot]
    /// How many attempts a sheet may be for.
    public let attempts: Int

    /// An aspect and where it stands.
    public struct Slot: Sendable, Hashable {
        /// The part at the top of the tree.
        public let part: NodeID
        /// The aspect.
        public let aspect: Aspect

        /// Where the aspect stands on the card: part.aspect.
        public var address: String { part.text + "." + aspect.id.text }
    }
}

extension Scorecard {
    /// The sheet units, in the card's order.
    public var units: [SheetUnit] {
        sheetUnits.compactMap { id in
            for part in parts {
                guard let (node, attempts) = Self.find(id, in: part, attempts: 1) else { continue }
                let slots = node.aspects.map { SheetUnit.Slot(part: part.id, aspect: $0) }
                return SheetUnit(
                    id: id,
                    title: node.title,
                    judged: slots.filter { !$0.aspect.isAgreed },
                    agreed: slots.filter(\.aspect.isAgreed),
                    attempts: attempts
                )
            }
            return nil
        }
    }

    private static func find(
        _ id: NodeID,
        in node: CardNode,
        attempts: Int
    ) -> (CardNode, Int)? {
        let within = max(attempts, node.attempts?.count ?? 1)
        if node.id == id { return (node, deepestAttempts(node, within)) }
        guard case .nodes(let children) = node.content else { return nil }
        for child in children {
            if let found = find(id, in: child, attempts: within) { return found }
        }
        return nil
    }

    private static func deepestAttempts(_ node: CardNode, _ above: Int) -> Int {
        let here = max(above, node.attempts?.count ?? 1)
        guard case .nodes(let children) = node.content else { return here }
        return children.map { deepestAttempts($0, here) }.max() ?? here
    }
}

/// A mark as it is stored: a whole multiple of 10⁻ᵖˡᵃᶜᵉˢ of its aspect, or one of the words that
/// are no mark.
public enum StoredMark {
    /// Nothing was entered.
    public static let empty = Int32.min
    /// 未做: the judge says that it was not attempted; earns what nothing earns.
    public static let notAttempted = Int32.min + 1
    /// 缺考 for this aspect.
    public static let absent = Int32.min + 2
    /// 弃权 for this aspect.
    public static let withdrew = Int32.min + 3
    /// 取消成绩 for this aspect.
    public static let disqualified = Int32.min + 4

    /// The greatest stored value that is a word or kept for one; every mark is above it.
    public static let lastWord = Int32.min + 15

    /// Whether a stored value is a mark, rather than a word.
    @inlinable
    public static func isMark(_ stored: Int32) -> Bool { stored > lastWord }

    /// The word for a status.
    public static func word(_ status: EntrantStatus) -> Int32 {
        switch status {
        case .competing: empty
        case .absent: absent
        case .withdrew: withdrew
        case .disqualified: disqualified
        }
    }

    /// The status that a stored word gives.
    public static func status(_ stored: Int32) -> EntrantStatus? {
        switch stored {
        case absent: .absent
        case withdrew: .withdrew
        case disqualified: .disqualified
        default: nil
        }
    }
}
