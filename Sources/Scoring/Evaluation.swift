public import Competition
public import Exact

/// What counting one entrant needs beside the marks.
public struct EntrantInput: Sendable, Hashable {
    /// The entrant.
    public let entrant: Entrant
    /// Marks taken off the total by penalties.
    public let deduction: Rational
    /// Parts that count as 0 by a ruling (模块作废).
    public let voidParts: Set<NodeID>
    /// Values of the outside tie keys.
    public let external: [String: Rational]

    /// Makes the input.
    public init(
        entrant: Entrant,
        deduction: Rational = .zero,
        voidParts: Set<NodeID> = [],
        external: [String: Rational] = [:]
    ) {
        self.entrant = entrant
        self.deduction = deduction
        self.voidParts = voidParts
        self.external = external
    }
}

extension ScoringPlan {
    /// Counts one entrant from the marks: a pure function, the same for ranking and for explaining.
    public func score(_ input: EntrantInput, in table: MarkTable) throws(ExactError) -> EntrantScore
    {
        let evaluation = Evaluation(plan: self, table: table, input: input)
        var results: [NodeResult] = []
        for part in parts { results.append(try evaluation.node(part, attempt: 0)) }
        var total = try Evaluation.combined(
            results.map { ($0.outcome, $0.contribution) },
            .sum,
            lowerIsBetter: false
        )
        if case .value(var value) = total {
            value = try value.minus(input.deduction)
            if let floor = card.total.floor { value = max(value, floor) }
            total = .value(value)
        }
        if input.entrant.status != .competing { total = .status(input.entrant.status) }
        return EntrantScore(
            entrant: input.entrant.id,
            total: total,
            parts: results,
            deduction: input.deduction
        )
    }
}

private struct Evaluation {
    let plan: ScoringPlan
    let table: MarkTable
    let input: EntrantInput
    let row: Int?

    init(plan: ScoringPlan, table: MarkTable, input: EntrantInput) {
        self.plan = plan
        self.table = table
        self.input = input
        row = table.index(of: input.entrant.id)
    }

    func node(_ planned: PlannedNode, attempt: Int) throws(ExactError) -> NodeResult {
        let node = planned.node
        var attempts: [Outcome] = []
        var children: [NodeResult] = []
        var aspects: [AspectResult] = []
        var outcome: Outcome
        if let rule = node.attempts {
            for number in 0..<rule.count {
                let body = try body(planned, attempt: number)
                attempts.append(body.outcome)
                children += body.children
                aspects += body.aspects
            }
            outcome = try kept(attempts, rule)
        } else {
            let body = try body(planned, attempt: attempt)
            (outcome, children, aspects) = (body.outcome, body.children, body.aspects)
        }
        if input.voidParts.contains(node.id) { outcome = .value(.zero) }
        if case .status = outcome, node.absentIsZero { outcome = .value(.zero) }
        let exact = outcome.value
        if let exact { outcome = .value(try node.stage.settled(exact)) }
        let contribution = try contribution(of: outcome, node.stage)
        return NodeResult(
            id: node.id,
            outcome: outcome,
            exact: exact,
            contribution: contribution,
            attempts: attempts,
            children: children,
            aspects: aspects
        )
    }

    private func contribution(
        of outcome: Outcome,
        _ stage: Stage
    ) throws(ExactError) -> Rational? {
        guard let value = outcome.value else { return nil }
        return try stage.contribution(value, group: input.entrant.group)
    }

    private typealias Body = (outcome: Outcome, children: [NodeResult], aspects: [AspectResult])

    private func body(_ planned: PlannedNode, attempt: Int) throws(ExactError) -> Body {
        var children: [NodeResult] = []
        for child in planned.children { children.append(try node(child, attempt: attempt)) }
        var aspects: [AspectResult] = []
        for (index, number) in planned.own.enumerated() {
            aspects.append(
                try aspect(number, factor: planned.coefficients[index], attempt: attempt)
            )
        }
        var values = children.map { ($0.outcome, $0.contribution) }
        for result in aspects where plan.aspects[result.aspect].aspect.counts {
            values.append((result.outcome, result.contribution))
        }
        let outcome = try Self.combined(
            values,
            planned.node.combine,
            lowerIsBetter: plan.card.total.lowerIsBetter
        )
        // A time or a coefficient alone makes an attempt half marked, not one that was not made.
        if outcome == .gap(.unmarked), aspects.contains(where: { $0.outcome.value != nil }) {
            return (.gap(.incomplete), children, aspects)
        }
        return (outcome, children, aspects)
    }

    private func aspect(
        _ number: Int,
        factor: Int?,
        attempt: Int
    ) throws(ExactError) -> AspectResult {
        let aspect = plan.aspects[number].aspect
        var outcome = try raw(number, attempt: attempt)
        if let factor, case .value(let value) = outcome {
            let scale = try raw(factor, attempt: attempt)
            switch scale {
            case .value(let coefficient):
                let settled = try plan.aspects[factor].aspect.stage.settled(coefficient)
                outcome = .value(try value.times(settled))
            case .gap: outcome = .gap(.incomplete)
            case .status: outcome = scale
            }
        }
        let exact = outcome.value
        if let exact { outcome = .value(try aspect.stage.settled(exact)) }
        return AspectResult(
            aspect: number,
            attempt: attempt,
            outcome: outcome,
            exact: exact,
            contribution: try contribution(of: outcome, aspect.stage)
        )
    }

    private func raw(_ number: Int, attempt: Int) throws(ExactError) -> Outcome {
        guard let row else { return .gap(.unmarked) }
        let aspect = plan.aspects[number].aspect
        let panel = plan.card.panel
        let judges = panel.judges ?? table.panels[number]
        let panelling = Panelling(
            aspect: aspect,
            panel: judges,
            minimum: panel.minimum ?? judges,
            lowerIsBetter: plan.card.total.lowerIsBetter
        )
        return try panelling.outcome(
            table.marks(entrant: row, aspect: number, attempt: attempt)
        )
    }

    /// What counts of several attempts.
    private func kept(_ attempts: [Outcome], _ rule: Attempts) throws(ExactError) -> Outcome {
        let made = attempts.filter { $0.value != nil }
        // A half-marked attempt is a gap, not an attempt that was not made.
        if let gap = attempts.first(where: {
            if case .gap(let gap) = $0 { return gap != .unmarked }
            return false
        }) {
            return gap
        }
        if made.isEmpty || (rule.all && made.count < attempts.count) {
            let status = attempts.first { if case .status = $0 { true } else { false } }
            return status ?? .gap(made.isEmpty ? .unmarked : .incomplete)
        }
        return try Self.combined(
            made.map { ($0, $0.value) },
            rule.keep,
            lowerIsBetter: plan.card.total.lowerIsBetter
        )
    }

    static func combined(
        _ children: [(outcome: Outcome, contribution: Rational?)],
        _ combination: Combination,
        lowerIsBetter: Bool
    ) throws(ExactError) -> Outcome {
        var status: EntrantStatus?
        var gaps: [Gap] = []
        var values: [Rational] = []
        for (outcome, contribution) in children {
            switch outcome {
            case .status(let word): status = Panelling.graver(status, word)
            case .gap(let gap): gaps.append(gap)
            case .value: values.append(contribution ?? .zero)
            }
        }
        if let status { return .status(status) }
        if let first = gaps.first {
            let unmarked = values.isEmpty && gaps.allSatisfy { $0 == .unmarked }
            let grave = gaps.first { $0 != .unmarked && $0 != .incomplete }
            return .gap(unmarked ? first : grave ?? .incomplete)
        }
        switch combination {
        case .sum: return .value(try values.sum())
        case .mean:
            guard !values.isEmpty else { return .value(.zero) }
            return .value(try values.sum().divided(by: Rational(values.count)))
        case .best(let count):
            let best = values.sorted { lowerIsBetter ? $0 < $1 : $0 > $1 }
            return .value(try Array(best.prefix(count)).sum())
        case .last: return .value(values.last ?? .zero)
        }
    }
}
