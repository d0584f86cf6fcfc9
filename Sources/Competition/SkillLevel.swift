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
        case .specialTechnician: Text("特级技师", "special technician")
        case .chiefTechnician: Text("首席技师", "chief technician")
        }
    }

    /// What it is called, with its number (五级 to 一级) where it has one.
    public var numbered: Text {
        switch self {
        case .junior: Text("初级工(五级)", "junior worker (level 5)")
        case .intermediate: Text("中级工(四级)", "intermediate worker (level 4)")
        case .senior: Text("高级工(三级)", "senior worker (level 3)")
        case .technician: Text("技师(二级)", "technician (level 2)")
        case .seniorTechnician: Text("高级技师(一级)", "senior technician (level 1)")
        case .apprentice, .specialTechnician, .chiefTechnician: text
        }
    }

    /// The words by which files state the level held, `none` among them.
    public static let words = allCases.map(\.rawValue) + ["none"]

    /// What those words are called.
    public static let wordTitles = Dictionary(
        allCases.map { ($0.rawValue, $0.numbered) } + [("none", Text("无", "none"))],
        uniquingKeysWith: { first, _ in first }
    )

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
