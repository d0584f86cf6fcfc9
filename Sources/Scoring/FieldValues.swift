internal import Competition
internal import Exact

/// What the values of all entrants come to where a card counts by them: means and spreads, places.
struct FieldValues: Sendable {
    struct NodeKey: Hashable {
        let node: NodeID
        let attempt: Int
    }

    struct JudgeKey: Hashable {
        let aspect: Int
        let attempt: Int
        let judge: Int
    }

    /// By node and scope.
    var nodes: [NodeKey: [String: FieldNorm]] = [:]
    /// By judge and scope.
    var judges: [JudgeKey: [String: FieldNorm]] = [:]
}

extension EntrantInput {
    func scope(_ scope: FieldScope) -> String {
        switch scope {
        case .field: ""
        case .session: session
        case .group: entrant.group
        }
    }

    /// Guests and those who hold no result are measured by the field, but are no part of it.
    var isInField: Bool { !entrant.isGuest && entrant.status == .competing }
}

/// One field's mean and spread, or its places, ready to be applied to a value.
enum FieldNorm: Sendable {
    case standard(StandardScore, mean: Rational, deviation: Rational)
    /// Different values, the best first, and how many hold each.
    case placing(PlacingPoints, values: [(value: Rational, count: Int)])

    init(_ rule: FieldRule, of values: [Rational]) throws(ExactError) {
        switch rule {
        case .standard(let rule):
            self = .standard(
                rule,
                mean: try Self.mean(values, rule),
                deviation: try Self.deviation(values, rule)
            )
        case .placing(let rule):
            var counts: [Rational: Int] = [:]
            for value in values { counts[value, default: 0] += 1 }
            let order = counts.sorted { rule.lowerIsBetter ? $0.key < $1.key : $0.key > $1.key }
            self = .placing(rule, values: order.map { (value: $0.key, count: $0.value) })
        }
    }

    private static func mean(
        _ values: [Rational],
        _ rule: StandardScore
    ) throws(ExactError) -> Rational {
        let mean = try values.mean()
        guard let round = rule.roundMean else { return mean }
        return try mean.rounded(round)
    }

    /// The spread about the exact mean; 0 where it has no meaning.
    private static func deviation(
        _ values: [Rational],
        _ rule: StandardScore
    ) throws(ExactError) -> Rational {
        guard values.count > 1, let first = values.first else { return .zero }
        if values.allSatisfy({ $0 == first }) { return rule.leastDeviation ?? .zero }
        let divisor = rule.isSample ? values.count - 1 : values.count
        let root = try values.squaresAboutMean().divided(by: Rational(divisor))
            .squareRoot(rule.roundDeviation)
        return rule.leastDeviation.map { max(root, $0) } ?? root
    }

    /// The value that counts in place of one.
    func applied(to value: Rational) throws(ExactError) -> Rational {
        switch self {
        case .standard(let rule, let mean, let deviation):
            var result = rule.mean
            if deviation != .zero {
                var units = try value.minus(mean).divided(by: deviation)
                if let round = rule.roundUnits { units = try units.rounded(round) }
                result = try result.plus(rule.deviation.times(units))
            }
            if let round = rule.roundResult { result = try result.rounded(round) }
            if let floor = rule.floor { result = max(result, floor) }
            if let cap = rule.cap { result = min(result, cap) }
            return result
        case .placing(let rule, let values):
            var place = 1
            for entry in values {
                if entry.value == value {
                    return try rule.points(from: place, sharedBy: entry.count)
                }
                if (entry.value > value) == rule.lowerIsBetter { break }
                place += entry.count
            }
            return try rule.points(at: place)
        }
    }
}

extension ItemTally {
    /// Takes the values that the card's rules of the field need, from the lowest node up.
    mutating func observeField() throws(ExactError) {
        guard plan.isRelative else { return }
        for (number, planned) in plan.aspects.enumerated() {
            guard let rule = planned.aspect.judgeField else { continue }
            for attempt in 0..<planned.attempts {
                for judge in table.judges.indices {
                    field.judges[.init(aspect: number, attempt: attempt, judge: judge)] =
                        try judgeNorms(rule, number, attempt, judge)
                }
            }
        }
        for part in plan.parts { try observe(part, attempts: 1) }
    }

    private func judgeNorms(
        _ rule: FieldRule,
        _ number: Int,
        _ attempt: Int,
        _ judge: Int
    ) throws(ExactError) -> [String: FieldNorm] {
        var values: [String: [Rational]] = [:]
        for input in inputs where input.isInField {
            guard let row = table.index(of: input.entrant.id) else { continue }
            let mark = table[row, number, judge, attempt]
            guard mark != StoredMark.empty, StoredMark.status(mark) == nil else { continue }
            let value = try plan.aspects[number].aspect.award(stored: mark)
            values[input.scope(rule.scope), default: []].append(value)
        }
        return try Self.norms(rule, values)
    }

    private mutating func observe(_ planned: PlannedNode, attempts: Int) throws(ExactError) {
        let within = max(attempts, planned.node.attempts?.count ?? 1)
        for child in planned.children { try observe(child, attempts: within) }
        guard let rule = planned.node.field else { return }
        for attempt in 0..<attempts {
            var values: [String: [Rational]] = [:]
            for input in inputs where input.isInField {
                let raw = try Evaluation(tally: self, input: input)
                    .gathered(planned, attempt: attempt)
                guard let value = raw.outcome.value else { continue }
                values[input.scope(rule.scope), default: []].append(value)
            }
            field.nodes[.init(node: planned.node.id, attempt: attempt)] =
                try Self.norms(rule, values)
        }
    }

    private static func norms(
        _ rule: FieldRule,
        _ values: [String: [Rational]]
    ) throws(ExactError) -> [String: FieldNorm] {
        var norms: [String: FieldNorm] = [:]
        for (scope, list) in values { norms[scope] = try FieldNorm(rule, of: list) }
        return norms
    }
}

extension Aspect {
    /// What a judge's stored mark earns, after its own rounding; a mark not attempted earns nothing.
    func award(stored: Int32) throws(ExactError) -> Rational {
        let value = StoredMark.isMark(stored) ? try marking.award(entered(stored)) : .zero
        guard let roundJudge else { return value }
        return try value.rounded(roundJudge)
    }
}
