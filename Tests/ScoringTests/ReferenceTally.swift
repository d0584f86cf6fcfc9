import Competition
import Exact

/// The card's format written down a second time, as plainly as it can be.
///
/// No packing, no programs, no early ways out: slow, and there to be compared with.
struct ReferenceTally {
    enum Value: Equatable {
        case number(Rational)
        case word(EntrantStatus)
        case missing
        case begun

        var number: Rational? { if case .number(let number) = self { number } else { nil } }
    }

    enum Entry: Equatable {
        case mark(Rational)
        case notAttempted
        case word(EntrantStatus)
    }

    struct Cell: Hashable {
        let entrant: String
        let address: String
        let judge: String
        let attempt: Int
    }

    let card: Scorecard
    let judges: [String]
    var marks: [Cell: Entry] = [:]
    var groups: [String: String] = [:]

    func total(_ entrant: String) throws -> Value {
        var parts: [Value] = []
        for part in card.parts {
            let value = try self.value(part, in: part, entrant, attempt: 0, panel: card.panel)
            parts.append(try brought(value, part.stage, entrant))
        }
        var total = try together(parts, .sum)
        if case .number(let number) = total, let floor = card.total.floor {
            total = .number(max(number, floor))
        }
        return total
    }

    /// The place of every entrant who has a total: one more than how many are better.
    func ranks(_ entrants: [String]) throws -> [String: Int] {
        var numbers: [String: Rational] = [:]
        for entrant in entrants {
            guard let total = try total(entrant).number else { continue }
            switch card.total.ranked {
            case .shown: numbers[entrant] = try total.rounded(card.total.shown)
            case .exact: numbers[entrant] = total
            case .rounded(let rounding): numbers[entrant] = try total.rounded(rounding)
            }
        }
        return numbers.mapValues { own in
            1 + numbers.values.count { card.total.lowerIsBetter ? $0 < own : $0 > own }
        }
    }

    private func brought(_ value: Value, _ stage: Stage, _ entrant: String) throws -> Value {
        guard case .number(let number) = value else { return value }
        let weight =
            stage.weight.byGroup[groups[entrant] ?? "worker"] ?? stage.weight.standard
        var result = try stage.base.plus(number.times(weight))
        if let rounding = stage.roundWeighted { result = try result.rounded(rounding) }
        return .number(result)
    }

    private func settled(_ value: Value, _ stage: Stage) throws -> Value {
        guard case .number(var number) = value else { return value }
        if let rounding = stage.round { number = try number.rounded(rounding) }
        if let floor = stage.floor, number < floor { number = floor }
        if let cap = stage.cap, number > cap { number = cap }
        return .number(number)
    }

    private func value(
        _ node: CardNode,
        in part: CardNode,
        _ entrant: String,
        attempt: Int,
        panel: Panel
    ) throws -> Value {
        let panel = node.panel ?? panel
        var value: Value
        if let rule = node.attempts {
            var runs: [Value] = []
            for run in 0..<rule.count {
                runs.append(try body(node, in: part, entrant, attempt: run, panel: panel))
            }
            value = try kept(runs, rule)
        } else {
            value = try body(node, in: part, entrant, attempt: attempt, panel: panel)
        }
        if value == .word(.absent), node.absentIsZero { value = .number(.zero) }
        return try settled(value, node.stage)
    }

    private func kept(_ runs: [Value], _ rule: Attempts) throws -> Value {
        if runs.contains(.begun) { return .begun }
        let made = runs.compactMap(\.number)
        if made.isEmpty || (rule.all && made.count < runs.count) {
            if let word = runs.first(where: { if case .word = $0 { true } else { false } }) {
                return word
            }
            return made.isEmpty ? .missing : .begun
        }
        return dropsAll(made, rule.keep) ? .begun : .number(try combined(made, rule.keep))
    }

    private func dropsAll(_ numbers: [Rational], _ how: Combination) -> Bool {
        if case .trimmed(let high, let low, _) = how { return numbers.count <= high + low }
        return false
    }

    private func body(
        _ node: CardNode,
        in part: CardNode,
        _ entrant: String,
        attempt: Int,
        panel: Panel
    ) throws -> Value {
        var values: [Value] = []
        var isBegun = false
        switch node.content {
        case .nodes(let nodes):
            for child in nodes {
                let value = try value(child, in: part, entrant, attempt: attempt, panel: panel)
                values.append(try brought(value, child.stage, entrant))
            }
        case .aspects(let aspects):
            for aspect in aspects {
                var value = try raw(aspect, part, entrant, attempt, aspect.panel ?? panel)
                if let id = aspect.coefficient, let other = aspects.first(where: { $0.id == id }) {
                    value = try times(value, other, part, entrant, attempt, other.panel ?? panel)
                }
                value = try settled(value, aspect.stage)
                if value.number != nil { isBegun = true }
                if aspect.counts {
                    values.append(try brought(value, aspect.stage, entrant))
                }
            }
        }
        let value = try together(values, node.combine)
        return value == .missing && isBegun ? .begun : value
    }

    private func times(
        _ value: Value,
        _ factor: Aspect,
        _ part: CardNode,
        _ entrant: String,
        _ attempt: Int,
        _ panel: Panel
    ) throws -> Value {
        guard case .number(let number) = value else { return value }
        let scale = try settled(try raw(factor, part, entrant, attempt, panel), factor.stage)
        switch scale {
        case .number(let other): return .number(try number.times(other))
        case .word: return scale
        case .missing, .begun: return .begun
        }
    }

    private func raw(
        _ aspect: Aspect,
        _ part: CardNode,
        _ entrant: String,
        _ attempt: Int,
        _ panel: Panel
    ) throws -> Value {
        let address = part.id.text + "." + aspect.id.text
        let names = aspect.isAgreed ? [""] : judges
        let entries = names.compactMap {
            marks[Cell(entrant: entrant, address: address, judge: $0, attempt: attempt)]
        }
        let words = entries.compactMap { entry -> EntrantStatus? in
            if case .word(let status) = entry { status } else { nil }
        }
        if let gravest = Self.gravest(words) {
            return words.count == entries.count ? .word(gravest) : .begun
        }
        if entries.isEmpty { return .missing }
        if !aspect.isAgreed {
            let size = panel.judges ?? judges.count
            let fewest = max(panel.minimum ?? size, aspect.aggregation.fewest)
            if entries.count > size || entries.count < fewest { return .begun }
        }
        var earned: [Rational] = []
        var scores: [Rational] = []
        for entry in entries {
            guard case .mark(let mark) = entry else {
                earned.append(.zero)
                scores.append(.zero)
                continue
            }
            var marks = try Self.award(aspect.marking, mark)
            if let rounding = aspect.roundJudge { marks = try marks.rounded(rounding) }
            earned.append(marks)
            scores.append(mark)
        }
        if case .judgement(_, let spread, _) = aspect.marking, let low = scores.min(),
            let high = scores.max(), try high.minus(low) > Rational(spread)
        {
            return .begun
        }
        earned.sort()
        return .number(try aggregated(earned, aspect.aggregation))
    }

    static func gravest(_ words: [EntrantStatus]) -> EntrantStatus? {
        [.disqualified, .withdrew, .absent].first { words.contains($0) }
    }

    private func aggregated(_ sorted: [Rational], _ how: Aggregation) throws -> Rational {
        switch how {
        case .agreed: return sorted[0]
        case .best: return card.total.lowerIsBetter ? sorted[0] : sorted[sorted.count - 1]
        case .sum: return try sum(sorted)
        case .mean: return try sum(sorted).divided(by: Rational(sorted.count))
        case .median:
            let low = sorted[(sorted.count - 1) / 2]
            let high = sorted[sorted.count / 2]
            return try low.plus(high).divided(by: Rational(2))
        case .trimmed(let high, let low, let isSum):
            let rest = Array(sorted.dropFirst(low).dropLast(high))
            return isSum ? try sum(rest) : try sum(rest).divided(by: Rational(rest.count))
        }
    }

    private func sum(_ values: [Rational]) throws -> Rational {
        var sum = Rational.zero
        for value in values { sum = try sum.plus(value) }
        return sum
    }

    private func together(_ values: [Value], _ how: Combination) throws -> Value {
        let words = values.compactMap { value -> EntrantStatus? in
            if case .word(let status) = value { status } else { nil }
        }
        if let gravest = Self.gravest(words) { return .word(gravest) }
        if values.contains(.begun) { return .begun }
        let numbers = values.compactMap(\.number)
        if numbers.count < values.count { return numbers.isEmpty ? .missing : .begun }
        return dropsAll(numbers, how) ? .begun : .number(try combined(numbers, how))
    }

    private func combined(_ numbers: [Rational], _ how: Combination) throws -> Rational {
        switch how {
        case .sum: return try sum(numbers)
        case .mean:
            return numbers.isEmpty
                ? .zero : try sum(numbers).divided(by: Rational(numbers.count))
        case .last: return numbers.last ?? .zero
        case .best(let count):
            let sorted = numbers.sorted()
            return try sum(
                Array(
                    card.total.lowerIsBetter ? sorted.prefix(count) : sorted.suffix(count)
                )
            )
        case .trimmed(let high, let low, let isSum):
            let rest = Array(numbers.sorted().dropFirst(low).dropLast(high))
            if rest.isEmpty { return .zero }
            return isSum ? try sum(rest) : try sum(rest).divided(by: Rational(rest.count))
        case .product:
            var product = Rational.one
            for number in numbers { product = try product.times(number) }
            return numbers.isEmpty ? .zero : product
        }
    }

    static func award(_ marking: Marking, _ mark: Rational) throws -> Rational {
        switch marking {
        case .score: return mark
        case .judgement(let max, _, _): return try max.times(mark).divided(by: Rational(3))
        case .fullOrZero(let max): return mark == .zero ? .zero : max
        case .options(let options): return options.first { $0.code == mark }?.marks ?? .zero
        case .count(let of, let max): return try max.times(mark).divided(by: Rational(of))
        case .deduct(let max, let each, let floor):
            let left = try max.minus(each.times(mark))
            return left < floor ? floor : left
        case .tolerance(let rule): return try tolerance(rule, mark)
        case .bands(let bands):
            for band in bands.list where bands.isFrom ? mark >= band.end : mark <= band.end {
                return band.marks
            }
            return bands.otherwise
        case .linear(let line):
            var marks = try line.points.plus(mark.minus(line.at).times(line.perUnit))
            if let floor = line.floor, marks < floor { marks = floor }
            if let cap = line.cap, marks > cap { marks = cap }
            return marks
        }
    }

    private static func tolerance(_ rule: Marking.Tolerance, _ mark: Rational) throws -> Rational {
        var distance = try mark.minus(rule.target)
        switch rule.side {
        case .both: if distance < .zero { distance = try distance.negated() }
        case .over: break
        case .under: distance = try distance.negated()
        }
        let over = try distance.minus(rule.free)
        guard over > .zero else { return rule.max }
        var units = try over.divided(by: rule.per)
        if let mode = rule.units { units = try units.rounded(Rounding(places: 0, mode: mode)) }
        let left = try rule.max.minus(units.times(rule.loss))
        return left < rule.floor ? rule.floor : left
    }
}
