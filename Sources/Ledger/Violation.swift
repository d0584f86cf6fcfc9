public import Findings

/// Whose violation it was: the three groups of Liaoning's register (domain-china 3.4).
public enum Offender: String, Sendable, Hashable, CaseIterable {
    /// 选手.
    case entrant
    /// 裁判.
    case judge
    /// 工作人员.
    case staff

    /// What it is called.
    public var text: Text {
        switch self {
        case .entrant: Text("选手", "entrant")
        case .judge: Text("裁判", "judge")
        case .staff: Text("工作人员", "staff")
        }
    }
}

/// What was done about a violation (处理结果).
///
/// Source: domain-china 2.6 and 3.4; the register's text for judges and staff is cut after the
/// serious warning, so that what follows there is unknown and not made up here.
public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// 约谈.
    case talk
    /// 警告.
    case warning
    /// 记 1 次严重警告.
    case seriousWarning = "serious-warning"
    /// 扣分.
    case deduction
    /// 模块作废.
    case voidPart = "void-part"
    /// 取消成绩.
    case disqualification

    /// Whether it changes an entrant's result.
    public var bearsOnResult: Bool {
        [.deduction, .voidPart, .disqualification].contains(self)
    }

    /// What it is called.
    public var text: Text {
        switch self {
        case .talk: Text("约谈", "talk")
        case .warning: Text("警告", "warning")
        case .seriousWarning: Text("严重警告", "serious warning")
        case .deduction: Text("扣分", "deduction")
        case .voidPart: Text("模块作废", "void part")
        case .disqualification: Text("取消成绩", "disqualification")
        }
    }
}

/// One entry of the register of violations.
public struct ViolationRow: Sendable {
    /// Its position in the chain.
    public let position: Int
    /// The item.
    public let item: String
    /// Whose it was.
    public let offender: Offender
    /// The entrant's code (or blind number), or the judge's or staff member's name in the record.
    public let subject: String
    /// The delegation, where it was stated.
    public let delegation: String?
    /// When it happened, as it was stated.
    public let occurredAt: String?
    /// What was done about it.
    public let measure: Measure
    /// The marks taken off.
    public let deduction: String
    /// The part that is void.
    public let voidPart: String?
    /// What happened: a text, or a commitment to one.
    public let reason: String
}
