public import Competition
public import Exact
public import Findings

/// Why there is no number although the entrant competes.
public enum Gap: Sendable, Hashable {
    /// Nobody has marked it.
    case unmarked
    /// Some of what stands below is marked, and some is not.
    case incomplete
    /// Fewer judges marked it than the card wants.
    case shortPanel(marks: Int, need: Int)
    /// More judges marked it than the panel has.
    case longPanel(marks: Int, panel: Int)
    /// Some judges say that the entrant was absent (or withdrew, or is disqualified), others marked.
    case contradiction(EntrantStatus)
    /// The judges' scores lie further apart than the spread rule allows: to be marked again.
    case spread(lowest: Int, highest: Int, allowed: Int)

    /// Whether it goes by itself once the sheets that are missing come in.
    public var isMissing: Bool {
        switch self {
        case .unmarked, .incomplete, .shortPanel: true
        case .longPanel, .contradiction, .spread: false
        }
    }

    /// What it is, in words.
    public var text: Text {
        switch self {
        case .unmarked: Text("尚未评分", "not marked yet")
        case .incomplete: Text("评分不全", "marked in part")
        case .shortPanel(let marks, let need):
            Text("只有 \(marks) 名裁判评分,至少需 \(need) 名", "marked by \(marks) judges; \(need) are needed")
        case .longPanel(let marks, let panel):
            Text(
                "有 \(marks) 名裁判评分,多于裁判组的 \(panel) 名",
                "marked by \(marks) judges; the panel has \(panel)"
            )
        case .contradiction(let status):
            Text(
                "有的裁判记“\(status.text.zh)”,有的给了分",
                "some judges say \(status.text.en), others gave marks"
            )
        case .spread(let lowest, let highest, let allowed):
            Text(
                "裁判分差 \(highest)-\(lowest) 超过 \(allowed),须复议重评",
                "judges differ (\(lowest) to \(highest), \(allowed) allowed): to be marked again"
            )
        }
    }
}

/// What counting gives: a number, one of the non-results, or a gap.
///
/// Never a number that stands for one of the others.
public enum Outcome: Sendable, Hashable {
    /// A number; an earned zero is one.
    case value(Rational)
    /// Absent, withdrawn or disqualified.
    case status(EntrantStatus)
    /// Not known yet.
    case gap(Gap)

    /// The number, where there is one.
    public var value: Rational? {
        guard case .value(let value) = self else { return nil }
        return value
    }
}

/// What one attempt at an aspect came to.
public struct AspectResult: Sendable, Hashable {
    /// The number of the aspect in the plan.
    public let aspect: Int
    /// The attempt, from 0.
    public let attempt: Int
    /// The value after aggregation, coefficient, rounding and bounds.
    public let outcome: Outcome
    /// The value before it was rounded.
    public let exact: Rational?
    /// What it brings to its node.
    public let contribution: Rational?
}

/// What a node of the card's tree came to.
public struct NodeResult: Sendable, Hashable {
    /// The node.
    public let id: NodeID
    /// Its value after rounding and bounds.
    public let outcome: Outcome
    /// Its value before it was compared with the field's; the same as ``exact`` where it is not.
    public let gathered: Rational?
    /// Its value before it was rounded.
    public let exact: Rational?
    /// What it brings to the stage above.
    public let contribution: Rational?
    /// What each attempt came to, where the node has attempts.
    public let attempts: [Outcome]
    /// The nodes below; of all attempts, in their order.
    public let children: [NodeResult]
    /// The aspects below; of all attempts, in their order.
    public let aspects: [AspectResult]

    /// The node of that name, here or below.
    public func find(_ id: NodeID) -> NodeResult? {
        if self.id == id { return self }
        return children.lazy.compactMap { $0.find(id) }.first
    }

    /// All aspects below.
    public var allAspects: [AspectResult] { aspects + children.flatMap(\.allAspects) }
}

/// What one entrant came to.
public struct EntrantScore: Sendable, Hashable {
    /// The entrant.
    public let entrant: EntrantID
    /// The exact total.
    public let total: Outcome
    /// The parts, in the card's order.
    public let parts: [NodeResult]
    /// Marks taken off the total by penalties.
    public let deduction: Rational

    /// The part or node of that name.
    public func node(_ id: NodeID) -> NodeResult? {
        parts.lazy.compactMap { $0.find(id) }.first
    }
}
