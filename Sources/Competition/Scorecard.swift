public import Exact
public import Findings

/// What becomes of several values that stand beside each other: the children of a node, or the
/// attempts at it.
public enum Combination: Sendable, Hashable {
    /// All added.
    case sum
    /// Their mean.
    case mean
    /// The best so many added; the best one where it is 1.
    case best(Int)
    /// The last one given.
    case last
    /// So many of the greatest and of the least dropped, one of equals each, and the rest's mean (or
    /// sum).
    case trimmed(high: Int, low: Int, sum: Bool)
    /// All multiplied.
    case product
}

/// Several attempts at the same (runs, rounds, performances) and what counts of them.
public struct Attempts: Sendable, Hashable {
    /// How many there may be.
    public let count: Int
    /// What counts.
    public let keep: Combination
    /// Whether every attempt must have a result; otherwise those without are left out.
    public let all: Bool

    /// Makes the rule.
    public init(count: Int, keep: Combination, all: Bool) {
        self.count = count
        self.keep = keep
        self.all = all
    }
}

/// What stands in a node of the card's tree.
public enum CardContent: Sendable, Hashable {
    /// Nodes of the next level.
    case nodes([CardNode])
    /// Aspects.
    case aspects([Aspect])
}

/// A node of the card's tree: a part (模块), a criterion, or a sub-criterion.
public struct CardNode: Sendable, Hashable {
    /// Its name, unique in the card.
    public let id: NodeID
    /// What it is called.
    public let title: Text
    /// Rounding, bounds and weight.
    public let stage: Stage
    /// How its children become its value.
    public let combine: Combination
    /// Several attempts at the whole node, if there are.
    public let attempts: Attempts?
    /// An aspect below whose value multiplies the node's, as a factor for time.
    public let coefficient: AspectID?
    /// How the value depends on the other entrants' values, if it does; after the attempts, before
    /// rounding.
    public let field: FieldRule?
    /// The panel of what stands below, where it is not the card's.
    public let panel: Panel?
    /// The day it is marked, if the card says.
    public let day: Int?
    /// What it takes to pass, if the card says.
    public let pass: Rational?
    /// Whether an entrant who did not come to this node earns 0 for it (缺考记零分), rather than
    /// having no result.
    public let absentIsZero: Bool
    /// Its children.
    public let content: CardContent

    /// Makes a node.
    public init(
        id: NodeID,
        title: Text,
        stage: Stage,
        combine: Combination,
        attempts: Attempts?,
        coefficient: AspectID? = nil,
        field: FieldRule? = nil,
        panel: Panel? = nil,
        day: Int?,
        pass: Rational?,
        absentIsZero: Bool,
        content: CardContent
    ) {
        self.id = id
        self.title = title
        self.stage = stage
        self.combine = combine
        self.attempts = attempts
        self.coefficient = coefficient
        self.field = field
        self.panel = panel
        self.day = day
        self.pass = pass
        self.absentIsZero = absentIsZero
        self.content = content
    }

    /// All aspects below, in the card's order.
    public var aspects: [Aspect] {
        switch content {
        case .aspects(let aspects): aspects
        case .nodes(let nodes): nodes.flatMap(\.aspects)
        }
    }
}

/// The panel (评分裁判组) of an item, and what happens when it is short.
public struct Panel: Sendable, Hashable {
    /// How many judges mark each aspect that is not agreed; nil where the marks show it.
    public let judges: Int?
    /// The fewest with whom a mark may still be taken; equal to ``judges`` where a short panel is
    /// refused.
    public let minimum: Int?

    /// Makes a panel.
    public init(judges: Int?, minimum: Int?) {
        self.judges = judges
        self.minimum = minimum
    }
}

/// Which number of the total decides a place.
public enum RankBasis: Sendable, Hashable {
    /// The total as it is shown: what the public can check.
    case shown
    /// The exact total.
    case exact
    /// The total under a rounding of its own.
    case rounded(Rounding)
}

/// The total: what it is out of, how it is shown, and which number ranks.
public struct TotalRule: Sendable, Hashable {
    /// The greatest total; nil where there is none.
    public let max: Rational?
    /// How it is shown.
    public let shown: Rounding
    /// How it is kept for other systems, where that differs from what is shown.
    public let stored: Rounding?
    /// Which number ranks.
    public let ranked: RankBasis
    /// Whether the lower total is the better one.
    public let lowerIsBetter: Bool
    /// The least that the total may be.
    public let floor: Rational?

    /// Makes a rule.
    public init(
        max: Rational?,
        shown: Rounding,
        stored: Rounding?,
        ranked: RankBasis,
        lowerIsBetter: Bool,
        floor: Rational?
    ) {
        self.max = max
        self.shown = shown
        self.stored = stored
        self.ranked = ranked
        self.lowerIsBetter = lowerIsBetter
        self.floor = floor
    }
}

/// Teams whose members compete one by one (团体成绩).
public struct TeamRule: Sendable, Hashable {
    /// How many members' results make the team's.
    public let members: Int
    /// What becomes of them: all added, or the best so many.
    public let keep: Combination
    /// How level teams are told apart; a key's value is the sum of the members' that count.
    public let ties: TieRule

    /// Makes a rule.
    public init(members: Int, keep: Combination, ties: TieRule) {
        self.members = members
        self.keep = keep
        self.ties = ties
    }
}

/// The occupational standard that a card follows.
public struct Standard: Sendable, Hashable {
    /// What it is called.
    public let title: Text
    /// The WorldSkills skill number, if it is one of theirs.
    public let skill: String?

    /// Makes a standard.
    public init(title: Text, skill: String?) {
        self.title = title
        self.skill = skill
    }
}

/// A marking scheme (评分标准) as data; versioned by the hash of its canonical content.
public struct Scorecard: Sendable, Hashable {
    /// Its short name.
    public let id: String
    /// What it is called.
    public let title: Text
    /// What must be said wherever it is shown, as that it is a reference scheme of Laurel's own.
    public let note: Text?
    /// The standard it follows.
    public let standard: Standard?
    /// The panel.
    public let panel: Panel
    /// The total.
    public let total: TotalRule
    /// How level entrants are told apart.
    public let ties: TieRule
    /// Its awards policy: a name, with parameters after a colon where it has any.
    public let awards: String
    /// How members' results become a team's, if they do.
    public let teams: TeamRule?
    /// The nodes that one sheet covers; the parts unless the card says otherwise.
    public let sheetUnits: [NodeID]
    /// The top of the tree.
    public let parts: [CardNode]

    /// Makes a card.
    public init(
        id: String,
        title: Text,
        note: Text?,
        standard: Standard?,
        panel: Panel,
        total: TotalRule,
        ties: TieRule,
        awards: String,
        teams: TeamRule? = nil,
        sheetUnits: [NodeID],
        parts: [CardNode]
    ) {
        self.id = id
        self.title = title
        self.note = note
        self.standard = standard
        self.panel = panel
        self.total = total
        self.ties = ties
        self.awards = awards
        self.teams = teams
        self.sheetUnits = sheetUnits
        self.parts = parts
    }

    /// The groups that some weight names, `standard` aside.
    public var weighedGroups: Set<String> {
        func groups(_ node: CardNode) -> Set<String> {
            let own = Set(node.stage.weight.byGroup.keys)
            switch node.content {
            case .aspects(let aspects):
                return aspects.reduce(own) { $0.union($1.stage.weight.byGroup.keys) }
            case .nodes(let nodes): return nodes.reduce(own) { $0.union(groups($1)) }
            }
        }
        return parts.reduce(into: []) { $0.formUnion(groups($1)) }
    }

    /// The node of that name.
    public func node(_ id: NodeID) -> CardNode? {
        func find(_ nodes: [CardNode]) -> CardNode? {
            for node in nodes {
                if node.id == id { return node }
                if case .nodes(let children) = node.content, let found = find(children) {
                    return found
                }
            }
            return nil
        }
        return find(parts)
    }
}
