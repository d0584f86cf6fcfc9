public import Exact

/// An aspect where it stands, with the marks of the total that it can bring.
public struct AspectShare: Sendable, Hashable {
    /// The nodes from the part down to the one that holds the aspect.
    public let path: [CardNode]
    /// The aspect.
    public let aspect: Aspect
    /// The most it brings to the total.
    public let marks: Rational

    /// The day it is marked: that of the nearest node that says one.
    public var day: Int? { path.last { $0.day != nil }?.day }

    /// The part that it stands in.
    public var part: CardNode? { path.first }
}

extension Scorecard {
    /// Every aspect with the marks of the total that it can bring, in the card's order.
    ///
    /// What a node can bring is divided among what stands below it in proportion to what each of
    /// these could bring alone; so the shares add up to the greatest total also where a node takes
    /// the best of its children, or bounds their sum.
    ///
    /// - Parameter group: the entrant's group; empty for any that no weight names.
    /// - Returns: one share for each aspect, 0 for one that does not count.
    /// - Throws: ``ExactError/overflow``.
    public func shares(group: String = "") throws(ExactError) -> [AspectShare] {
        var shares: [AspectShare] = []
        for part in parts {
            let most = try part.bounds(panel, group: group).upperBound
            shares += try Self.shares(of: [part], most, panel: part.panel ?? panel, group: group)
        }
        return shares
    }

    private static func shares(
        of path: [CardNode],
        _ most: Rational,
        panel: Panel,
        group: String
    ) throws(ExactError) -> [AspectShare] {
        guard let node = path.last else { return [] }
        var shares: [AspectShare] = []
        switch node.content {
        case .nodes(let nodes):
            var alone: [Rational] = []
            for child in nodes {
                alone.append(try child.bounds(panel, group: group).upperBound)
            }
            let parts = try divide(most, by: alone)
            for (child, marks) in zip(nodes, parts) {
                let panel = child.panel ?? panel
                shares += try Self.shares(of: path + [child], marks, panel: panel, group: group)
            }
        case .aspects(let aspects):
            var alone: [Rational] = []
            for aspect in aspects {
                let bounds = try aspect.bounds(panel, among: aspects, group: group)
                alone.append(aspect.counts ? bounds.upperBound : .zero)
            }
            let parts = try divide(most, by: alone)
            for (aspect, marks) in zip(aspects, parts) {
                shares.append(AspectShare(path: path, aspect: aspect, marks: marks))
            }
        }
        return shares
    }

    /// A number in parts that stand to each other as the weights do; all 0 where these are.
    private static func divide(
        _ whole: Rational,
        by weights: [Rational]
    ) throws(ExactError) -> [Rational] {
        let sum = try weights.sum()
        guard sum != .zero, sum != whole else { return weights }
        var parts: [Rational] = []
        for weight in weights { parts.append(try whole.times(weight).divided(by: sum)) }
        return parts
    }
}
