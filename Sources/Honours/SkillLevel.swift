public import Findings

/// 职业技能等级: the eight levels (新八级), from the lowest.
///
/// Source: 人社部发〔2022〕14号, as domain-china.md names its levels.
public enum SkillLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    /// 学徒工.
    case apprentice
    /// 初级工 (五级).
    case junior
    /// 中级工 (四级).
    case intermediate
    /// 高级工 (三级).
    case senior
    /// 技师 (二级).
    case technician
    /// 高级技师 (一级).
    case seniorTechnician = "senior-technician"
    /// 特级技师.
    case specialTechnician = "special-technician"
    /// 首席技师.
    case chiefTechnician = "chief-technician"

    /// What it is called.
    public var text: Text {
        switch self {
        case .apprentice: Text("学徒工", "apprentice")
        case .junior: Text("初级工", "junior worker")
        case .intermediate: Text("中级工", "intermediate worker")
        case .senior: Text("高级工", "senior worker")
        case .technician: Text("技师", "technician")
        case .seniorTechnician: Text("高级技师", "senior technician")
        case .specialTechnician: Text("特级技师", "special-grade technician")
        case .chiefTechnician: Text("首席技师", "chief technician")
        }
    }

    /// The next level; nil above the highest.
    public var next: SkillLevel? {
        Self.allCases.firstIndex(of: self).flatMap { place in
            Self.allCases.indices.contains(place + 1) ? Self.allCases[place + 1] : nil
        }
    }

    /// Orders by height.
    public static func < (a: SkillLevel, b: SkillLevel) -> Bool {
        (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
}

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
