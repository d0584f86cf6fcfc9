public import Findings

/// Kleene's three values.
///
/// Source: S. C. Kleene, Introduction to Metamathematics (1952), section 64.
public enum Truth: Sendable, Hashable {
    /// It holds.
    case yes
    /// It does not hold.
    case no
    /// It can't be told from what is known.
    case unknown

    /// The opposite; the opposite of unknown is unknown.
    public var negated: Truth {
        switch self {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }
}

/// What a condition came to, and why.
public struct Verdict: Sendable, Hashable {
    /// What it came to.
    public let truth: Truth
    /// The facts that could still change it, sorted; empty unless it is unknown.
    public let missing: [String]
    /// What was asked, and what the fact was.
    public let text: Text
    /// Where the rule comes from.
    public let citation: Citation?
    /// The verdicts below.
    public let children: [Verdict]

    /// The verdicts of tests that decided this one: those that failed where it fails, those that
    /// held where it holds.
    public var deciding: [Verdict] {
        if children.isEmpty { return [self] }
        return children.filter { $0.truth == truth }.flatMap(\.deciding)
    }
}

extension Condition {
    /// Evaluates against what is known.
    ///
    /// A determined verdict never changes when a missing fact is added.
    public func verdict(_ facts: Facts, _ vocabulary: Vocabulary) -> Verdict {
        switch self {
        case .always:
            return Verdict(
                truth: .yes,
                missing: [],
                text: Text("无条件", "no condition"),
                citation: nil,
                children: []
            )
        case .all(let list):
            let children = list.map { $0.verdict(facts, vocabulary) }
            let truth: Truth =
                children.contains { $0.truth == .no }
                ? .no : children.contains { $0.truth == .unknown } ? .unknown : .yes
            return Self.joined(children, truth, Text("同时满足", "all of"))
        case .any(let list):
            let children = list.map { $0.verdict(facts, vocabulary) }
            let truth: Truth =
                children.contains { $0.truth == .yes }
                ? .yes : children.contains { $0.truth == .unknown } ? .unknown : .no
            return Self.joined(children, truth, Text("满足其一", "one of"))
        case .not(let inner):
            let child = inner.verdict(facts, vocabulary)
            return Verdict(
                truth: child.truth.negated,
                missing: child.missing,
                text: Text("不是:\(child.text.zh)", "not: \(child.text.en)"),
                citation: child.citation,
                children: []
            )
        case .cited(let inner, let citation):
            let child = inner.verdict(facts, vocabulary)
            return Verdict(
                truth: child.truth,
                missing: child.missing,
                text: child.text,
                citation: child.citation ?? citation,
                children: child.children
            )
        case .test(let fact, let test):
            return test.verdict(of: fact, facts, vocabulary)
        }
    }

    private static func joined(_ children: [Verdict], _ truth: Truth, _ text: Text) -> Verdict {
        // Only what is unknown can still change the answer; what is settled asks for nothing.
        let missing =
            truth == .unknown
            ? Set(children.filter { $0.truth == .unknown }.flatMap(\.missing)).sorted() : []
        return Verdict(
            truth: truth,
            missing: missing,
            text: text,
            citation: nil,
            children: children
        )
    }
}
