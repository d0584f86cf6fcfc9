internal import Competition
internal import Exact

/// A card made into whole-number arithmetic: every value is a 64-bit whole number over a denominator
/// that is known beforehand, and no step can leave 64 bits.
///
/// It counts rows on which every expected mark stands and nothing else; all others, and cards of which
/// a bound can't be shown, go the plain way of ``Evaluation``. Both give the same numbers.
struct FastProgram: Sendable {
    /// What a row came to; kept from row to row so that nothing is made anew.
    struct Scratch {
        /// What each aspect brings to its node.
        var aspects: [Int64]
        /// What each node brings to the stage above, and its settled value.
        var nodes: [Int64]
        var values: [Int64]
        /// Column by column: the sum, the least and the greatest of a unit's judges.
        var sums: [Int32]
        var least: [Int32]
        var greatest: [Int32]
        var gathered: [Int64]
    }

    let aspects: [FastAspect]
    let nodes: [FastNode]
    /// The nodes that are parts, in the card's order.
    let parts: [Int]
    /// The places of nodes by name, for those whom a tie key asks for.
    let nodeNumbers: [NodeID: Int]
    /// Units whose judges' sheets are added up column by column.
    let units: [Int]
    let judges: Int
    /// The denominator of the sum of the parts.
    let totalDenominator: Int64

    /// Makes the program for a group of entrants; nil where the card needs the plain way.
    init?(plan: ScoringPlan, table: MarkTable, group: String) {
        guard !plan.isRelative else { return nil }
        let judges = table.judges.count
        var aspects: [FastAspect] = []
        for (number, planned) in plan.aspects.enumerated() {
            let panel = planned.panel.judges ?? table.panels[number]
            guard
                let aspect = FastAspect(
                    planned,
                    panel: panel,
                    minimum: planned.panel.minimum ?? panel,
                    judges: judges,
                    lowerIsBetter: plan.card.total.lowerIsBetter,
                    group: group
                )
            else { return nil }
            aspects.append(aspect)
        }
        var maker = FastTreeMaker(aspects: aspects, group: group)
        var heads: [FastNode] = []
        var parts: [Int] = []
        for part in plan.parts {
            guard let head = maker.add(part) else { return nil }
            parts.append(maker.nodes.count)
            heads.append(head)
            maker.nodes.append(head)
            maker.numbers[part.node.id] = maker.nodes.count - 1
        }
        guard let total = FastTreeMaker.common(heads.map(\.stage.denominator)) else { return nil }
        var most: Int128 = 0
        for (head, number) in zip(heads, parts) {
            guard let stage = head.stage.scaled(to: total) else { return nil }
            maker.nodes[number].stage = stage
            most += stage.greatest
        }
        guard most < FastStage.limit else { return nil }
        self.aspects = maker.aspects
        nodes = maker.nodes
        nodeNumbers = maker.numbers
        self.parts = parts
        self.judges = judges
        totalDenominator = total
        units = plan.units.indices.filter { unit in
            maker.aspects.contains { $0.unit == unit && $0.isVertical }
        }
    }

    func scratch(_ table: MarkTable) -> Scratch {
        let widest = table.blocks.map(\.judgedWidth).max() ?? 0
        return Scratch(
            aspects: Array(repeating: 0, count: aspects.count),
            nodes: Array(repeating: 0, count: nodes.count),
            values: Array(repeating: 0, count: nodes.count),
            sums: Array(repeating: 0, count: widest * table.blocks.count),
            least: Array(repeating: 0, count: widest * table.blocks.count),
            greatest: Array(repeating: 0, count: widest * table.blocks.count),
            gathered: []
        )
    }

    /// Counts a row; nil where it is not one of full marks.
    func total(_ row: Int, _ table: MarkTable, _ scratch: inout Scratch) -> Int64? {
        let widest = scratch.sums.count / max(1, table.blocks.count)
        let isFull = table.cells.withUnsafeBufferPointer { cells -> Bool in
            let base = row * table.width
            for unit in units {
                let block = table.blocks[unit]
                add(
                    cells,
                    from: base + block.judged,
                    width: block.judgedWidth,
                    into: unit * widest,
                    &scratch
                )
            }
            for (number, aspect) in aspects.enumerated() {
                guard
                    let raw = aspect.raw(
                        cells,
                        base: base,
                        layout: table.layout[number],
                        column: aspect.unit * widest + aspect.column,
                        &scratch
                    )
                else { return false }
                scratch.aspects[number] = aspect.stage.contribution(raw)
            }
            return true
        }
        guard isFull else { return nil }
        for (number, node) in nodes.enumerated() {
            var sum: Int64 = 0
            for aspect in node.aspects { sum &+= scratch.aspects[aspect] }
            for child in node.children { sum &+= scratch.nodes[child] }
            let value = node.stage.settled(sum)
            scratch.values[number] = value
            scratch.nodes[number] = node.stage.weighted(value)
        }
        var total: Int64 = 0
        for part in parts { total &+= scratch.nodes[part] }
        return total
    }

    /// Adds up a unit's sheets column by column: one pass over the bytes as they are stored.
    private func add(
        _ cells: UnsafeBufferPointer<Int32>,
        from start: Int,
        width: Int,
        into first: Int,
        _ scratch: inout Scratch
    ) {
        guard width > 0 else { return }
        let cells = UnsafeBufferPointer(rebasing: cells[start..<(start + width * judges)])
        scratch.sums.withUnsafeMutableBufferPointer { sums in
            scratch.least.withUnsafeMutableBufferPointer { least in
                scratch.greatest.withUnsafeMutableBufferPointer { greatest in
                    for column in 0..<width {
                        let mark = cells[column]
                        sums[first + column] = mark
                        least[first + column] = mark
                        greatest[first + column] = mark
                    }
                    for judge in 1..<max(1, judges) {
                        let sheet = judge * width
                        for column in 0..<width {
                            let mark = cells[sheet + column]
                            sums[first + column] &+= mark
                            least[first + column] = min(least[first + column], mark)
                            greatest[first + column] = max(greatest[first + column], mark)
                        }
                    }
                }
            }
        }
    }
}

/// A node of the program: what is added up, and what becomes of the sum.
struct FastNode: Sendable {
    let aspects: [Int]
    let children: [Int]
    var stage: FastStage
}

/// Lays the card's tree out in the order in which it is counted.
struct FastTreeMaker {
    var aspects: [FastAspect]
    let group: String
    var nodes: [FastNode] = []
    var numbers: [NodeID: Int] = [:]

    /// Adds what stands below a node, and gives the node itself; nil where it needs the plain way.
    mutating func add(_ planned: PlannedNode) -> FastNode? {
        let node = planned.node
        guard node.attempts == nil, node.field == nil, planned.factor == nil,
            planned.coefficients.allSatisfy({ $0 == nil })
        else { return nil }
        var children: [Int] = []
        for child in planned.children {
            guard let made = add(child) else { return nil }
            nodes.append(made)
            children.append(nodes.count - 1)
            numbers[child.node.id] = nodes.count - 1
        }
        let own = planned.own.filter { aspects[$0].counts }
        let denominators =
            own.map { aspects[$0].stage.denominator }
            + children.map { nodes[$0].stage.denominator }
        guard let common = Self.common(denominators) else { return nil }
        var greatest: Int128 = 0
        for number in own {
            guard let stage = aspects[number].stage.scaled(to: common) else { return nil }
            aspects[number].stage = stage
            greatest += stage.greatest
        }
        for number in children {
            guard let stage = nodes[number].stage.scaled(to: common) else { return nil }
            nodes[number].stage = stage
            greatest += stage.greatest
        }
        let count: Int
        switch node.combine {
        case .sum: count = 1
        case .mean: count = max(1, denominators.count)
        default: return nil
        }
        guard
            let stage = FastStage(
                node.stage,
                of: greatest,
                over: Int128(common) * Int128(count),
                group: group
            )
        else { return nil }
        return FastNode(aspects: own, children: children, stage: stage)
    }

    /// The least common multiple; nil where it does not stay small.
    static func common(_ denominators: [Int64]) -> Int64? {
        var common: Int128 = 1
        for denominator in denominators {
            common = common / FastStage.divisor(common, Int128(denominator)) * Int128(denominator)
            guard common < 1 << 40 else { return nil }
        }
        return Int64(common)
    }
}
