internal import Competition
internal import Exact

/// Everyone's total and parts, without words: what ranking needs, and no more.
///
/// Rows that a ``FastProgram`` counts stay whole numbers over its denominators until they are asked
/// for.
struct Totals {
    /// How one entrant's total is held.
    enum Total {
        case fast(Int64, program: Int)
        case plain(Outcome)
    }

    let tally: ItemTally
    private(set) var totals: [Total] = []
    private var plainParts: [Int: [PartScore]] = [:]
    private(set) var programs: [FastProgram] = []
    private(set) var counted: [FastProgram.Counted] = []

    /// Counts everyone.
    ///
    /// - Parameters:
    ///   - tally: what to count.
    ///   - isPlain: whether to count every row the plain way.
    /// - Throws: ``CountingFault`` where a number does not fit in 128 bits.
    init(_ tally: ItemTally, isPlain: Bool = false) throws(CountingFault) {
        self.tally = tally
        totals.reserveCapacity(tally.inputs.count)
        let numbers = tally.groups.map { makeProgram($0, isPlain: isPlain) }
        for index in tally.inputs.indices {
            let number = numbers[Int(tally.groupNumbers[index])]
            let row = Int(tally.rows[index])
            if number >= 0, row >= 0, tally.isPlain[index], counted[number].isCounted[row] {
                totals.append(.fast(counted[number].totals[row], program: number))
            } else {
                try countPlainly(index)
            }
        }
    }

    /// The place of a group's program; below 0 where its rows are counted the plain way.
    private mutating func makeProgram(_ group: String, isPlain: Bool) -> Int {
        guard !isPlain,
            let made = tally.plan.programs.program(tally.plan, tally.table, group: group)
        else { return -1 }
        programs.append(made)
        counted.append(made.count(tally.table))
        return programs.count - 1
    }

    private mutating func countPlainly(_ index: Int) throws(CountingFault) {
        let input = tally.inputs[index]
        do throws(ExactError) {
            let score = try Evaluation(tally: tally, input: input).score()
            plainParts[index] = PartScore.heads(score.parts)
            totals.append(.plain(score.total))
        } catch {
            throw CountingFault(entrant: input.entrant.id, cause: error)
        }
    }

    /// The total of an entrant, after penalties.
    func total(_ index: Int) throws(ExactError) -> Outcome {
        switch totals[index] {
        case .plain(let outcome): return outcome
        case .fast(let units, let program):
            let value = try Rational(
                Int128(units),
                over: Int128(programs[program].totalDenominator)
            )
            return try tally.plan.settledTotal(.value(value), tally.inputs[index])
        }
    }

    /// The parts of an entrant.
    func parts(_ index: Int) throws(ExactError) -> [PartScore] {
        guard case .fast(_, let number) = totals[index] else { return plainParts[index] ?? [] }
        let program = programs[number]
        var parts: [PartScore] = []
        let row = Int(tally.rows[index])
        for (node, part) in zip(program.parts, tally.plan.parts) {
            let stage = program.nodes[node].stage
            parts.append(
                PartScore(
                    id: part.node.id,
                    outcome: .value(
                        try Rational(
                            Int128(counted[number].values[node][row]),
                            over: Int128(stage.valueDenominator)
                        )
                    ),
                    contribution: try Rational(
                        Int128(counted[number].contributions[node][row]),
                        over: Int128(stage.denominator)
                    )
                )
            )
        }
        return parts
    }

    /// The number that ranks, as a whole number, where the whole field has such numbers over one
    /// denominator; nil where it does not, or where the entrant has no total.
    func wholeRanking() -> [Int64?]? {
        let card = tally.plan.card
        let rounding: Rounding?
        switch card.total.ranked {
        case .exact: rounding = nil
        case .shown: rounding = card.total.shown
        case .rounded(let other): rounding = other
        }
        var numbers: [Int64?] = []
        numbers.reserveCapacity(totals.count)
        guard rounding != nil || programs.count == 1 else { return nil }
        let power = rounding.flatMap { rounding in
            (try? Rational.one.unscaled(Rounding(places: rounding.places))).flatMap {
                Int64(exactly: $0)
            }
        }
        for total in totals {
            switch total {
            case .fast(var units, let program):
                let denominator = programs[program].totalDenominator
                if let floor = card.total.floor {
                    guard let least = try? floor.times(Rational(Int(denominator))),
                        least.isWhole, let bound = Int64(exactly: least.numerator)
                    else { return nil }
                    units = max(units, bound)
                }
                guard let rounding else {
                    numbers.append(units)
                    continue
                }
                guard let power else { return nil }
                let (scaled, overflow) = units.multipliedReportingOverflow(by: power)
                guard !overflow, scaled.magnitude < 1 << 62 else { return nil }
                numbers.append(FastStage.rounded(scaled, denominator, rounding.mode))
            case .plain(let outcome):
                guard let value = outcome.value else {
                    numbers.append(nil)
                    continue
                }
                guard let rounding, let unscaled = try? value.unscaled(rounding),
                    let number = Int64(exactly: unscaled)
                else { return nil }
                numbers.append(number)
            }
        }
        return numbers
    }
}

extension EntrantInput {
    /// Whether nothing but the marks makes the total: no penalty, no void part, no status.
    var isPlain: Bool {
        entrant.status == .competing && deduction == .zero && voidParts.isEmpty
    }
}
