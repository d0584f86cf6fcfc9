public import Competition

/// A scorecard made ready for counting: every aspect has a number, in the card's order.
public struct ScoringPlan: Sendable {
    /// The card.
    public let card: Scorecard
    /// All aspects, in the card's order.
    public let aspects: [PlannedAspect]
    /// The sheet units, in the card's order.
    public let units: [SheetUnit]
    let parts: [PlannedNode]
    let programs = ProgramShelf()
    private let numbers: [String: Int]

    /// Makes a plan of a card.
    public init(card: Scorecard) {
        var aspects: [PlannedAspect] = []
        parts = card.parts.map {
            PlannedNode($0, part: $0.id, attempts: 1, panel: card.panel, aspects: &aspects)
        }
        self.card = card
        units = card.units
        numbers = Dictionary(
            aspects.enumerated().map { ($1.address, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for (unit, content) in units.enumerated() {
            for slots in [content.judged, content.agreed] {
                for (column, slot) in slots.enumerated() {
                    guard let number = numbers[slot.address] else {
                        continue
                    }
                    aspects[number].unit = unit
                    aspects[number].column = column
                }
            }
        }
        self.aspects = aspects
    }

    /// The number of an aspect of a part.
    public func number(part: NodeID, aspect: AspectID) -> Int? {
        numbers[part.text + "." + aspect.text]
    }

    /// The numbers of the aspects that a reference means.
    func numbers(of reference: CardReference) -> [Int] {
        guard let node = parts.lazy.compactMap({ $0.find(reference.node) }).first else { return [] }
        return node.aspectNumbers.filter {
            reference.aspect == nil || aspects[$0].aspect.id == reference.aspect
        }
    }

    /// Whether an entrant's total depends on the other entrants' marks.
    public var isRelative: Bool {
        parts.contains(where: \.isRelative) || aspects.contains { $0.aspect.judgeField != nil }
    }
}

/// An aspect with its place in the plan.
public struct PlannedAspect: Sendable {
    /// The part at the top.
    public let part: NodeID
    /// The aspect.
    public let aspect: Aspect
    /// How many attempts it may be marked for.
    public let attempts: Int
    /// The panel that marks it: its own, or that of the nearest node above that names one.
    public let panel: Panel
    /// The sheet unit on which it stands.
    public internal(set) var unit = 0
    /// Its place among the unit's judged aspects, or among its agreed ones.
    public internal(set) var column = 0

    /// The aspect's name in the card: `part.aspect`.
    public var address: String { part.text + "." + aspect.id.text }

    init(part: NodeID, aspect: Aspect, attempts: Int, panel: Panel) {
        self.part = part
        self.aspect = aspect
        self.attempts = attempts
        self.panel = panel
    }
}

/// A node whose aspects are numbers.
struct PlannedNode: Sendable {
    let node: CardNode
    let children: [PlannedNode]
    /// The numbers of its own aspects, where it has aspects and not nodes.
    let own: [Int]
    /// For each of ``own``, the number of the aspect that multiplies it.
    let coefficients: [Int?]
    /// The number of the aspect that multiplies the node.
    let factor: Int?

    init(
        _ node: CardNode,
        part: NodeID,
        attempts: Int,
        panel: Panel,
        aspects: inout [PlannedAspect]
    ) {
        let within = max(attempts, node.attempts?.count ?? 1)
        let panel = node.panel ?? panel
        let first = aspects.count
        self.node = node
        switch node.content {
        case .nodes(let nodes):
            own = []
            coefficients = []
            children = nodes.map {
                PlannedNode($0, part: part, attempts: within, panel: panel, aspects: &aspects)
            }
        case .aspects(let list):
            children = []
            own = Array(first..<(first + list.count))
            coefficients = list.map { aspect in
                aspect.coefficient.flatMap { id in
                    list.firstIndex { $0.id == id }.map { first + $0 }
                }
            }
            aspects += list.map {
                PlannedAspect(
                    part: part,
                    aspect: $0,
                    attempts: within,
                    panel: $0.panel ?? panel
                )
            }
        }
        factor = node.coefficient.flatMap { id in
            aspects[first...].firstIndex { $0.aspect.id == id }
        }
    }

    var aspectNumbers: [Int] { own + children.flatMap(\.aspectNumbers) }

    var isRelative: Bool { node.field != nil || children.contains(where: \.isRelative) }

    func find(_ id: NodeID) -> PlannedNode? {
        if node.id == id { return self }
        return children.lazy.compactMap { $0.find(id) }.first
    }
}
