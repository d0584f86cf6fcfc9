public import Exact

extension CardNode {
    /// The least and the greatest that the node brings to the stage above, weighed.
    ///
    /// - Parameters:
    ///   - panel: the panel where the node has none of its own.
    ///   - group: the entrant's group; empty for any that no weight names.
    /// - Returns: the bounds.
    /// - Throws: ``ExactError/overflow``.
    public func bounds(
        _ panel: Panel,
        group: String
    ) throws(ExactError) -> ClosedRange<Rational> {
        try Self.bounds(self, panel, group: group)
    }

    private static func bounds(
        _ node: CardNode,
        _ panel: Panel,
        group: String
    ) throws(ExactError) -> ClosedRange<Rational> {
        var values: [ClosedRange<Rational>] = []
        let panel = node.panel ?? panel
        switch node.content {
        case .nodes(let nodes):
            for child in nodes { values.append(try bounds(child, panel, group: group)) }
        case .aspects(let aspects):
            for aspect in aspects where aspect.counts {
                values.append(try aspect.bounds(panel, among: aspects, group: group))
            }
        }
        var range = try combined(values, node.combine)
        if let id = node.coefficient, let factor = node.aspects.first(where: { $0.id == id }) {
            range = try range.times(factor.marking.bounds())
        }
        if let attempts = node.attempts {
            range = try combined(
                Array(repeating: range, count: attempts.count),
                attempts.keep
            )
        }
        range = try node.field?.bounds(of: range) ?? range
        return try node.stage.contribution(of: range, group: group)
    }

    private static func combined(
        _ ranges: [ClosedRange<Rational>],
        _ combination: Combination
    ) throws(ExactError) -> ClosedRange<Rational> {
        guard !ranges.isEmpty else { return Rational.zero...Rational.zero }
        switch combination {
        case .sum:
            return try ranges.map(\.lowerBound).sum()...ranges.map(\.upperBound).sum()
        case .mean:
            let count = Rational(ranges.count)
            return try ranges.map(\.lowerBound).sum().divided(
                by: count
            )...ranges.map(\.upperBound)
                .sum().divided(by: count)
        case .best(let count):
            let low = ranges.map(\.lowerBound).sorted(by: >).prefix(count)
            let high = ranges.map(\.upperBound).sorted(by: >).prefix(count)
            return try Array(low).sum()...Array(high).sum()
        case .trimmed(let high, let low, let sum):
            let kept = Array(ranges.dropFirst(low).dropLast(high))
            return try combined(kept, sum ? .sum : .mean)
        case .product:
            var product = ranges[0]
            for range in ranges.dropFirst() { product = try product.times(range) }
            return product
        case .last:
            return
                (ranges.map(\.lowerBound).min() ?? .zero)...(ranges.map(\.upperBound).max()
                ?? .zero)
        }
    }
}

extension Aspect {
    /// The least and the greatest that the aspect brings to its node, weighed.
    ///
    /// - Parameters:
    ///   - panel: the panel of the node, for an aspect that has none of its own.
    ///   - aspects: the aspects beside it, among which its coefficient is.
    ///   - group: the entrant's group; empty for any that no weight names.
    /// - Returns: the bounds.
    /// - Throws: ``ExactError/overflow``.
    func bounds(
        _ panel: Panel,
        among aspects: [Aspect],
        group: String
    ) throws(ExactError) -> ClosedRange<Rational> {
        var range = try marking.bounds()
        range = try judgeField?.bounds(of: range) ?? range
        let times = Rational(added(self.panel ?? panel))
        range = try range.lowerBound.times(times)...range.upperBound.times(times)
        if let coefficient, let other = aspects.first(where: { $0.id == coefficient }) {
            range = try range.times(other.marking.bounds())
        }
        return try stage.contribution(of: range, group: group)
    }

    /// How many judges' marks are added up into one.
    private func added(_ panel: Panel) -> Int {
        switch aggregation {
        case .sum: panel.judges ?? 1
        case .trimmed(let high, let low, true): max(1, (panel.judges ?? 1) - high - low)
        default: 1
        }
    }
}

extension Stage {
    fileprivate func contribution(
        of range: ClosedRange<Rational>,
        group: String
    ) throws(ExactError) -> ClosedRange<Rational> {
        let low = try contribution(settled(range.lowerBound), group: group)
        let high = try contribution(settled(range.upperBound), group: group)
        return min(low, high)...max(low, high)
    }
}

extension ClosedRange<Rational> {
    /// What products of a value of each range may be.
    fileprivate func times(_ other: ClosedRange<Rational>) throws(ExactError) -> Self {
        var products: [Rational] = []
        for value in [lowerBound, upperBound] {
            for factor in [other.lowerBound, other.upperBound] {
                products.append(try value.times(factor))
            }
        }
        return (products.min() ?? .zero)...(products.max() ?? .zero)
    }
}

extension FieldRule {
    /// What may come out of it: the bounds of a standard score where it has any, else those of what
    /// goes in; the points of the first place and of those after the last.
    fileprivate func bounds(
        of range: ClosedRange<Rational>
    ) throws(ExactError) -> ClosedRange<Rational> {
        switch self {
        case .standard(let rule):
            let low = rule.floor ?? range.lowerBound
            return low...Swift.max(low, rule.cap ?? range.upperBound)
        case .placing(let rule):
            let ends: [Rational]
            switch rule.scale {
            case .list(let list, let rest): ends = list + [rest]
            case .steps(let first, let step, let floor):
                ends = [first, floor ?? (step < .zero ? .zero : first)]
            }
            return (ends.min() ?? .zero)...(ends.max() ?? .zero)
        }
    }
}
