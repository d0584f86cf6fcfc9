public import Competition

/// A promotion in skill level (晋升职业技能等级) that a result brings.
public struct Promotion: Sendable, Hashable {
    /// What somebody gets who holds the level already, or a higher one.
    public enum WhereHeld: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case nothing
        /// The next level.
        case oneHigher = "one-higher"
        /// The source does not say.
        case open
    }

    /// The level that is granted.
    public let level: SkillLevel
    /// What somebody gets who holds just this level.
    public let ifHeld: WhereHeld
    /// What somebody gets who holds a higher level; one higher is one above that.
    public let ifHigherHeld: WhereHeld
    /// The highest level that a result can bring.
    public let highest: SkillLevel

    /// Makes a promotion.
    ///
    /// - Parameters:
    ///   - level: the level that is granted.
    ///   - ifHeld: what somebody gets who holds just this level.
    ///   - ifHigherHeld: what somebody gets who holds a higher one.
    ///   - highest: the highest level that a result can bring.
    public init(
        to level: SkillLevel,
        ifHeld: WhereHeld,
        ifHigherHeld: WhereHeld,
        highest: SkillLevel
    ) {
        self.level = level
        self.ifHeld = ifHeld
        self.ifHigherHeld = ifHigherHeld
        self.highest = highest
    }

    /// What a promotion comes to for somebody.
    public enum Outcome: Sendable, Hashable {
        /// To this level.
        case to(SkillLevel)
        /// To none: what is held is not lower than what it could bring.
        case nothing
        /// The source does not say what comes to whom holds what this person holds.
        case open
    }

    /// What it comes to.
    ///
    /// - Parameter held: the level held; nil where none is.
    /// - Returns: the outcome.
    public func outcome(holding held: SkillLevel?) -> Outcome {
        guard let held, held >= level else { return .to(level) }
        switch held == level ? ifHeld : ifHigherHeld {
        case .nothing: return .nothing
        case .open: return .open
        case .oneHigher:
            guard let next = held.next, next <= highest else { return .nothing }
            return .to(next)
        }
    }
}
