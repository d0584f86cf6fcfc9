internal import CColumns
internal import Competition
internal import Exact

/// A card made into whole-number arithmetic: every value is a 64-bit whole number over a denominator
/// that is known beforehand, and no step can leave 64 bits.
///
/// It counts rows on which every expected mark stands and nothing else; all others, and cards of which
/// a bound can't be shown, go the plain way of ``Evaluation``. Both give the same numbers.
struct FastProgram: Sendable {
    /// What all rows of a table came to, node by node.
    struct Counted {
        /// Whether a row was counted; the numbers of the others mean nothing.
        var isCounted: [Bool]
        /// For each node, the rows' settled values, and what they bring to the stage above.
        var values: [[Int64]]
        var contributions: [[Int64]]
        /// The rows' totals.
        var totals: [Int64]
    }

    let aspects: [FastAspect]
    let nodes: [FastNode]
    /// The nodes that are parts, in the card's order.
    let parts: [Int]
    /// The places of nodes by name, for those whom a tie key asks for.
    let nodeNumbers: [NodeID: Int]
    /// The denominator of the sum of the parts.
    let totalDenominator: Int64
    private let columns: FastColumns
    private let judges: Int

    /// Makes the program for a group of entrants; nil where the card needs the plain way.
    init?(plan: ScoringPlan, table: MarkTable, group: String) {
        guard !plan.isRelative else { return nil }
        var aspects: [FastAspect] = []
        for (number, planned) in plan.aspects.enumerated() {
            let panel = planned.panel.judges ?? table.panels[number]
            guard
                let aspect = FastAspect(
                    planned,
                    panel: panel,
                    minimum: planned.panel.minimum ?? panel,
                    judges: table.judges.count,
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
        var columns = FastColumns()
        for number in maker.nodes.indices {
            columns.take(from: &maker.nodes[number], maker.aspects)
        }
        self.aspects = maker.aspects
        self.columns = columns
        nodes = maker.nodes
        nodeNumbers = maker.numbers
        self.parts = parts
        judges = table.judges.count
        totalDenominator = total
    }

    /// Counts all rows.
    func count(_ table: MarkTable) -> Counted {
        let rows = table.entrants.count
        var flags = [UInt8](repeating: 1, count: rows)
        var values: [[Int64]] = []
        var contributions: [[Int64]] = []
        table.cells.withUnsafeBufferPointer { cells in
            for node in nodes {
                var sums = [Int64](repeating: 0, count: rows)
                for run in node.runs {
                    columns.add(run, table, cells, judges, to: &sums, flags: &flags)
                }
                for number in node.aspects {
                    aspects[number].add(
                        cells,
                        width: table.width,
                        layout: table.layout[number],
                        to: &sums,
                        flags: &flags
                    )
                }
                for child in node.children {
                    let below = contributions[child]
                    for row in 0..<rows { sums[row] &+= below[row] }
                }
                node.stage.settle(&sums)
                values.append(sums)
                node.stage.weigh(&sums)
                contributions.append(sums)
            }
        }
        var totals = [Int64](repeating: 0, count: rows)
        for part in parts {
            let below = contributions[part]
            for row in 0..<rows { totals[row] &+= below[row] }
        }
        var counted = Counted(
            isCounted: flags.map { $0 == 1 },
            values: values,
            contributions: contributions,
            totals: totals
        )
        var gathered: [Int64] = []
        table.cells.withUnsafeBufferPointer { cells in
            for row in counted.isCounted.indices where !counted.isCounted[row] {
                counted.isCounted[row] = count(row, table, cells, &gathered, &counted)
            }
        }
        return counted
    }

    /// What one aspect brings to its node, for a row that was counted.
    func contribution(of aspect: Int, _ row: Int, _ table: MarkTable) -> Int64? {
        var gathered: [Int64] = []
        return table.cells.withUnsafeBufferPointer { cells in
            aspects[aspect].contribution(
                cells,
                base: row * table.width,
                layout: table.layout[aspect],
                &gathered
            )
        }
    }

    /// Counts one row mark by mark, as where a judge of the panel is barred from it.
    private func count(
        _ row: Int,
        _ table: MarkTable,
        _ cells: UnsafeBufferPointer<Int32>,
        _ gathered: inout [Int64],
        _ counted: inout Counted
    ) -> Bool {
        for (number, node) in nodes.enumerated() {
            var sum: Int64 = 0
            for aspect in node.own {
                guard
                    let added = aspects[aspect].contribution(
                        cells,
                        base: row * table.width,
                        layout: table.layout[aspect],
                        &gathered
                    )
                else { return false }
                sum &+= added
            }
            for child in node.children { sum &+= counted.contributions[child][row] }
            let value = node.stage.settled(sum)
            counted.values[number][row] = value
            counted.contributions[number][row] = node.stage.weighted(value)
        }
        counted.totals[row] = parts.reduce(0) { $0 &+ counted.contributions[$1][row] }
        return true
    }
}

/// A node of the program: what is added up, and what becomes of the sum.
struct FastNode: Sendable {
    /// All aspects that it adds up.
    let own: [Int]
    /// Those of them that are counted one by one.
    var aspects: [Int]
    /// Aspects that stand side by side on the judges' sheets and are counted together.
    var runs: [FastColumns.Run] = []
    let children: [Int]
    var stage: FastStage
}

/// Aspects that are counted column by column: a multiplier and what is dropped for each.
struct FastColumns: Sendable {
    /// Neighbouring columns of a unit that enter one node.
    struct Run: Sendable {
        let unit: Int
        let column: Int
        let first: Int
        var count: Int
        /// What is added whatever the marks.
        var constant: Int64
    }

    private var multiplier: [Int32] = []
    private var dropGreatest: [Int32] = []
    private var dropLeast: [Int32] = []
    private var spread: [Int32] = []

    /// Takes over those aspects of a node that are plain enough.
    mutating func take(from node: inout FastNode, _ aspects: [FastAspect]) {
        var left: [Int] = []
        for number in node.aspects {
            let aspect = aspects[number]
            guard let line = aspect.columnLine else {
                left.append(number)
                continue
            }
            if let run = node.runs.last, run.unit == aspect.unit,
                run.column + run.count == aspect.column
            {
                node.runs[node.runs.count - 1].count += 1
                node.runs[node.runs.count - 1].constant &+= line.constant
            } else {
                node.runs.append(
                    Run(
                        unit: aspect.unit,
                        column: aspect.column,
                        first: multiplier.count,
                        count: 1,
                        constant: line.constant
                    )
                )
            }
            multiplier.append(line.multiplier)
            dropGreatest.append(line.dropsGreatest ? -1 : 0)
            dropLeast.append(line.dropsLeast ? -1 : 0)
            spread.append(line.spread)
        }
        node.aspects = left
    }

    /// Adds what a run brings to each row; clears the flag of a row on which a mark is missing or a
    /// word, or the judges differ too much.
    func add(
        _ run: Run,
        _ table: MarkTable,
        _ cells: UnsafeBufferPointer<Int32>,
        _ judges: Int,
        to sums: inout [Int64],
        flags: inout [UInt8]
    ) {
        let block = table.blocks[run.unit]
        let start = block.judged + run.column
        // The last cell that is read, so that nothing outside the table ever is.
        let last =
            (sums.count - 1) * table.width + start + (judges - 1) * block.judgedWidth + run.count
        guard !sums.isEmpty, judges > 0, last <= cells.count else {
            flags = flags.map { _ in 0 }
            return
        }
        for row in sums.indices { sums[row] &+= run.constant }
        multiplier.withUnsafeBufferPointer { multiplier in
            dropGreatest.withUnsafeBufferPointer { dropGreatest in
                dropLeast.withUnsafeBufferPointer { dropLeast in
                    spread.withUnsafeBufferPointer { spread in
                        guard let cells = cells.baseAddress, let a = multiplier.baseAddress,
                            let b = dropGreatest.baseAddress, let c = dropLeast.baseAddress,
                            let d = spread.baseAddress
                        else { return }
                        laurel_weigh_rows(
                            cells + start,
                            laurel_block(
                                rows: Int64(sums.count),
                                row_stride: Int64(table.width),
                                judges: Int64(judges),
                                judge_stride: Int64(block.judgedWidth),
                                count: Int64(run.count)
                            ),
                            laurel_columns(
                                multiplier: a + run.first,
                                drop_greatest: b + run.first,
                                drop_least: c + run.first,
                                spread: d + run.first
                            ),
                            StoredMark.lastWord,
                            &sums,
                            &flags
                        )
                    }
                }
            }
        }
    }
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
            guard let aspect = aspects[number].scaled(to: common) else { return nil }
            aspects[number] = aspect
            greatest += aspect.greatest
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
        return FastNode(own: own, aspects: own, children: children, stage: stage)
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
