public import Findings

/// One thing in which two cards differ in meaning.
public struct CardChange: Sendable, Hashable {
    /// What happened to it.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It is new.
        case added
        /// It is gone.
        case removed
        /// It stands below another node.
        case moved
        /// What stands beside it is in another order.
        case order
        /// It says something else.
        case changed

        /// What the kind is called.
        public var text: Text {
            switch self {
            case .added: Text("新增", "added")
            case .removed: Text("删去", "removed")
            case .moved: Text("移动", "moved")
            case .order: Text("次序", "order")
            case .changed: Text("改动", "changed")
            }
        }
    }

    /// What a change is about.
    public enum Topic: String, Sendable, Hashable, CaseIterable {
        /// Parts, nodes and aspects themselves.
        case structure
        /// What people read.
        case text
        /// How an aspect is marked: another kind of marking.
        case marking
        /// The figures of a marking, of bounds and of the total.
        case limit
        /// Weights and constants.
        case weight
        /// Roundings.
        case rounding
        /// The tie chain.
        case ties
        /// The awards policy.
        case awards
        /// Judges, sheets, and how judges' marks become one.
        case panel
        /// The standard and its sections.
        case standard
        /// Anything else.
        case other

        /// What the topic is called.
        public var text: Text {
            switch self {
            case .structure: Text("结构", "structure")
            case .text: Text("文字", "text")
            case .marking: Text("评分方式", "marking")
            case .limit: Text("限值", "limits")
            case .weight: Text("权重", "weights")
            case .rounding: Text("取舍", "rounding")
            case .ties: Text("并列", "ties")
            case .awards: Text("奖项", "awards")
            case .panel: Text("裁判组", "panel")
            case .standard: Text("标准", "standard")
            case .other: Text("其他", "other")
            }
        }

        /// The topic of a key of the format, from its steps.
        init(_ steps: [String]) {
            let first = steps.first ?? ""
            let last = steps.last ?? ""
            switch first {
            case "ties", "teams": self = .ties
            case "awards": self = .awards
            case "panel", "sheets", "aggregate": self = .panel
            case "standard", "section": self = .standard
            case "weight", "base": self = .weight
            case "marking": self = .marking
            case _ where ["zh", "en"].contains(last) || first == "id": self = .text
            case _ where first.hasPrefix("round"): self = .rounding
            case "total":
                self =
                    ["round", "stored", "ranked"].contains(steps.dropFirst().first)
                    ? .rounding : .limit
            case "combine", "attempts", "times", "counts", "day", "absent": self = .other
            case _ where first.hasSuffix("standard_score") || first.hasSuffix("placing_points"):
                self = .other
            default: self = .limit
            }
        }
    }

    /// What happened.
    public let kind: Kind
    /// What it is about.
    public let topic: Topic
    /// Where: the nodes and the aspect, as `P.P2.P201`; empty for the card's head.
    public let place: String
    /// The key of the format that differs, as `tolerance.free`; empty where the whole is meant.
    public let key: String
    /// What stood there.
    public let before: Text
    /// What stands there now.
    public let after: Text
}
