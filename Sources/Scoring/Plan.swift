public import Competition

/// A scorecard made ready for counting: every aspect has a number, in the card's order.
public struct ScoringPlan: Sendable {
    /// The card.
    public let card: Scorecard
    /// All aspects, in the card's order.
    public let aspects: [PlannedAspect]
    let parts: [PlannedNode]
    private let numbers: [String: Int]

    /// Makes a plan of a card.
    public init(card: Scorecard) {
        var aspects: [PlannedAspect] = []
        parts = card.parts.map {
            PlannedNode($0, part: $0.id, attempts: 1, aspects: &aspects)
        }
        self.card = card
        self.aspects = aspects
        numbers = Dictionary(
            aspects.enumerated().map { ($1.address, $0) },
            uniquingKeysWith: { first, _ in first }
        )
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
}

/// An aspect with its place in the plan.
public struct PlannedAspect: Sendable {
    /// The part at the top.
    public let part: NodeID
    /// The aspect.
    public let aspect: Aspect
    /// How many attempts it may be marked for.
    public let attempts: Int

    /// The aspect's name in the card: `part.aspect`.
    public var address: String { part.text + "." + aspect.id.text }
}

/// A node whose aspects are numbers.
struct PlannedNode: Sendable {
    let node: CardNode
    let children: [PlannedNode]
    /// The numbers of its own aspects, where it has aspects and not nodes.
    let own: [Int]
    /// For each of ``own``, the number of the aspect that multiplies it.
    let coefficients: [Int?]

    init(_ node: CardNode, part: NodeID, attempts: Int, aspects: inout [PlannedAspect]) {
        let within = max(attempts, node.attempts?.count ?? 1)
        self.node = node
        switch node.content {
        case .nodes(let nodes):
            own = []
            coefficients = []
            children = nodes.map {
                PlannedNode($0, part: part, attempts: within, aspects: &aspects)
            }
        case .aspects(let list):
            let first = aspects.count
            children = []
            own = Array(first..<(first + list.count))
            coefficients = list.map { aspect in
                aspect.coefficient.flatMap { id in
                    list.firstIndex { $0.id == id }.map { first + $0 }
                }
            }
            aspects += list.map { PlannedAspect(part: part, aspect: $0, attempts: within) }
        }
    }

    var aspectNumbers: [Int] { own + children.flatMap(\.aspectNumbers) }

    func find(_ id: NodeID) -> PlannedNode? {
        if node.id == id { return self }
        return children.lazy.compactMap { $0.find(id) }.first
    }
}
