public import Findings

/// What a key may speak as.
public enum Role: String, Sendable, Hashable, CaseIterable {
    /// 组委会: the root of the record; appoints, registers and publishes.
    case organiser
    /// 裁判长: locks an item.
    case chiefJudge = "chief-judge"
    /// 裁判员: marks.
    case judge
    /// 录分员: types in paper sheets, naming the judge.
    case recorder
    /// 监督: second signature, and confirmations.
    case supervisor
    /// 加密裁判: draws and holds blind numbers.
    case encryptionJudge = "encryption-judge"
    /// 领队: appeals for a delegation.
    case delegationLeader = "delegation-leader"
    /// 仲裁组: rules on appeals.
    case arbitration
    /// 人社局: pulls winners of its city, records payments.
    case bureau
    /// 审计: reads everything, changes nothing.
    case auditor
    /// 大屏: a screen in a hall that follows an item; says nothing and reads no personal data.
    case screen

    /// What the role is called.
    public var text: Text {
        switch self {
        case .organiser: Text("组委会", "organiser")
        case .chiefJudge: Text("裁判长", "chief judge")
        case .judge: Text("裁判员", "judge")
        case .recorder: Text("录分员", "recorder")
        case .supervisor: Text("监督", "supervisor")
        case .encryptionJudge: Text("加密裁判", "encryption judge")
        case .delegationLeader: Text("领队", "delegation leader")
        case .arbitration: Text("仲裁组", "arbitration panel")
        case .bureau: Text("人社局", "bureau")
        case .auditor: Text("审计", "auditor")
        case .screen: Text("大屏", "screen")
        }
    }
}

/// What an appointment to a role is of.
public enum RoleScope: String, Sendable, Hashable, CaseIterable {
    /// Of the whole event, or of one item if the appointment names one.
    case event
    /// Of one item, which must be named.
    case item
    /// Of one delegation or city, which must be named.
    case delegation
}

/// A judge (裁判员) of one item.
public struct Judge: Sendable, Hashable {
    /// The judge's name in the record.
    public let id: JudgeID
    /// The item judged.
    public let item: ItemID
    /// The judge's own delegation, whose entrants the judge does not mark; nil for a neutral judge.
    public let delegation: DelegationID?

    /// Makes a judge.
    public init(id: JudgeID, item: ItemID, delegation: DelegationID?) {
        self.id = id
        self.item = item
        self.delegation = delegation
    }

    /// Whether the judge is barred from marking that delegation's entrants.
    public func isBarred(from delegation: DelegationID) -> Bool { self.delegation == delegation }
}
