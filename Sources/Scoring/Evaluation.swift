internal import Competition
internal import Exact

/// Counts one entrant, node by node: a pure function, the same for ranking and for explaining.
struct Evaluation {
    let tally: ItemTally
    let input: EntrantInput
    private let row: Int?

    private var plan: ScoringPlan { tally.plan }

    init(tally: ItemTally, input: EntrantInput) {
        self.tally = tally
        self.input = input
        row = tally.table.index(of: input.entrant.id)
    }

    func score() throws(ExactError) -> EntrantScore {
        var results: [NodeResult] = []
        for part in plan.parts { results.append(try node(part, attempt: 0)) }
        let total = try Self.combined(
            results.map { ($0.outcome, $0.contribution) },
            .sum,
            lowerIsBetter: false
        )
        return EntrantScore(
            entrant: input.entrant.id,
            total: try plan.settledTotal(total, input),
            parts: results,
            deduction: input.deduction
        )
    }

    private func node(_ planned: PlannedNode, attempt: Int) throws(ExactError) -> NodeResult {
        let node = planned.node
        let body = try gathered(planned, attempt: attempt)
        var outcome = body.outcome
        if let rule = node.field, case .value(let value) = outcome {
            let norms = tally.field.nodes[.init(node: node.id, attempt: attempt)]
            if let norm = norms?[input.scope(rule.scope)] {
                outcome = .value(try norm.applied(to: value))
            }
        }
        if input.voidParts.contains(node.id) { outcome = .value(.zero) }
        if outcome == .status(.absent), node.absentIsZero { outcome = .value(.zero) }
        let exact = outcome.value
        if let exact { outcome = .value(try node.stage.settled(exact)) }
        return NodeResult(
            id: node.id,
            outcome: outcome,
            gathered: body.outcome.value,
            exact: exact,
            contribution: try contribution(of: outcome, node.stage),
            attempts: body.attempts,
            children: body.children,
            aspects: body.aspects
        )
    }

    /// A node's value as its children and attempts give it, before it is compared with the field's.
    func gathered(_ planned: PlannedNode, attempt: Int) throws(ExactError) -> Body {
        guard let rule = planned.node.attempts else { return try body(planned, attempt: attempt) }
        var whole = Body(outcome: .gap(.unmarked))
        for number in 0..<rule.count {
            let body = try body(planned, attempt: number)
            whole.attempts.append(body.outcome)
            whole.children += body.children
            whole.aspects += body.aspects
        }
        whole.outcome = try kept(whole.attempts, rule)
        return whole
    }

    struct Body {
        var outcome: Outcome
        var attempts: [Outcome] = []
        var children: [NodeResult] = []
        var aspects: [AspectResult] = []
    }

    private func contribution(
        of outcome: Outcome,
        _ stage: Stage
    ) throws(ExactError) -> Rational? {
        guard let value = outcome.value else { return nil }
        return try stage.contribution(value, group: input.entrant.group)
    }

    private func body(_ planned: PlannedNode, attempt: Int) throws(ExactError) -> Body {
        var body = Body(outcome: .gap(.unmarked))
        for child in planned.children { body.children.append(try node(child, attempt: attempt)) }
        for (index, number) in planned.own.enumerated() {
            body.aspects.append(
                try aspect(number, factor: planned.coefficients[index], attempt: attempt)
            )
        }
        var values = body.children.map { ($0.outcome, $0.contribution) }
        for result in body.aspects where plan.aspects[result.aspect].aspect.counts {
            values.append((result.outcome, result.contribution))
        }
        let outcome = try Self.combined(
            values,
            planned.node.combine,
            lowerIsBetter: plan.card.total.lowerIsBetter
        )
        // A time or a coefficient alone makes an attempt half marked, not one that was not made.
        let isBegun = body.aspects.contains { $0.outcome.value != nil }
        body.outcome =
            outcome == .gap(.unmarked) && isBegun
            ? .gap(.incomplete) : try multiplied(outcome, by: planned.factor, attempt: attempt)
        return body
    }

    private func aspect(
        _ number: Int,
        factor: Int?,
        attempt: Int
    ) throws(ExactError) -> AspectResult {
        let aspect = plan.aspects[number].aspect
        var outcome = try multiplied(
            try raw(number, attempt: attempt),
            by: factor,
            attempt: attempt
        )
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

    /// A value times the settled value of a coefficient, where there is one.
    private func multiplied(
        _ outcome: Outcome,
        by factor: Int?,
        attempt: Int
    ) throws(ExactError) -> Outcome {
        guard let factor, case .value(let value) = outcome else { return outcome }
        let scale = try raw(factor, attempt: attempt)
        switch scale {
        case .value(let coefficient):
            let settled = try plan.aspects[factor].aspect.stage.settled(coefficient)
            return .value(try value.times(settled))
        case .gap: return .gap(.incomplete)
        case .status: return scale
        }
    }

    private func raw(_ number: Int, attempt: Int) throws(ExactError) -> Outcome {
        guard let row else { return .gap(.unmarked) }
        let planned = plan.aspects[number]
        let judges = planned.panel.judges ?? tally.table.panels[number]
        let panelling = Panelling(
            aspect: planned.aspect,
            panel: judges,
            minimum: planned.panel.minimum ?? judges,
            lowerIsBetter: plan.card.total.lowerIsBetter,
            norms: norms(number, attempt: attempt)
        )
        return try panelling.outcome(
            tally.table.marks(entrant: row, aspect: number, attempt: attempt)
        )
    }

    private func norms(_ number: Int, attempt: Int) -> [Int: FieldNorm] {
        guard let rule = plan.aspects[number].aspect.judgeField else { return [:] }
        let scope = input.scope(rule.scope)
        var norms: [Int: FieldNorm] = [:]
        for judge in tally.table.judges.indices {
            norms[judge] =
                tally.field.judges[
                    .init(aspect: number, attempt: attempt, judge: judge)
                ]?[scope]
        }
        return norms
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
        // Where all would be dropped there is nothing to count, and nothing is not 0.
        if case .trimmed(let high, let low, _) = combination, values.count <= high + low {
            return .gap(.incomplete)
        }
        return .value(try combination.value(of: values, lowerIsBetter: lowerIsBetter))
    }
}

extension Combination {
    /// What becomes of values that stand beside each other.
    func value(of values: [Rational], lowerIsBetter: Bool) throws(ExactError) -> Rational {
        switch self {
        case .sum: return try values.sum()
        case .mean: return try values.mean()
        case .best(let count):
            let best = values.sorted { lowerIsBetter ? $0 < $1 : $0 > $1 }
            return try Array(best.prefix(count)).sum()
        case .last: return values.last ?? .zero
        case .trimmed(let high, let low, let sum):
            return try Panelling.trimmed(values.sorted(), high: high, low: low, sum: sum)
        case .product:
            var product = values.first ?? .zero
            for value in values.dropFirst() { product = try product.times(value) }
            return product
        }
    }
}
