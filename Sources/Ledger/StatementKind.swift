public import Competition
public import Findings

/// What a statement may be about.
public enum StatementKind: String, Sendable, Hashable, CaseIterable {
    /// Opens the record: the event, its cards, the root key.
    case genesis
    /// Appoints a key to a role.
    case appoint
    /// Ends an appointment.
    case dismiss
    /// Registers entrants of an item.
    case entrants
    /// A sheet of marks.
    case sheet
    /// Confirms sheets as a second person.
    case confirm
    /// States that an entrant was absent, withdrew or is disqualified.
    case standing
    /// Takes marks off, or voids a part.
    case penalty
    /// Rules on the order of level entrants.
    case order
    /// Locks an item.
    case lock
    /// Signs a locked item a second time.
    case cosign
    /// Opens a locked item again, with a reason.
    case reopen
    /// Appeals for a delegation.
    case appeal
    /// Rules on an appeal.
    case ruling
    /// Publishes a snapshot.
    case publish
    /// Proposes, confers or revokes an honour.
    case honour
    /// Notes that a bureau has pulled personal data.
    case pull
    /// Records what a bureau has paid.
    case payment

    /// What it is called.
    public var text: Text {
        switch self {
        case .genesis: Text("建档", "genesis")
        case .appoint: Text("任命", "appointment")
        case .dismiss: Text("免职", "dismissal")
        case .entrants: Text("选手登记", "entrants")
        case .sheet: Text("评分表", "sheet")
        case .confirm: Text("复核", "confirmation")
        case .standing: Text("参赛状态", "entrant's status")
        case .penalty: Text("违规处理", "penalty")
        case .order: Text("并列裁定", "order ruling")
        case .lock: Text("锁定", "lock")
        case .cosign: Text("会签", "co-signature")
        case .reopen: Text("重新开放", "reopening")
        case .appeal: Text("申诉", "appeal")
        case .ruling: Text("申诉裁决", "ruling")
        case .publish: Text("发布", "publication")
        case .honour: Text("荣誉", "honour")
        case .pull: Text("数据调取", "pull of data")
        case .payment: Text("发放", "payment")
        }
    }
}

/// Where an item stands between its first sheet and its final result.
public enum ItemState: String, Sendable, Hashable, CaseIterable {
    /// Sheets come in and are confirmed.
    case open
    /// 锁定: by the chief judge; nothing changes any more.
    case locked
    /// 会签: by the supervisor; may be published.
    case cosigned
    /// 公示: published, appeals may come.
    case provisional
    /// Final.
    case final

    /// What it is called.
    public var text: Text {
        switch self {
        case .open: Text("评分中", "open")
        case .locked: Text("已锁定", "locked")
        case .cosigned: Text("已会签", "co-signed")
        case .provisional: Text("公示中", "provisional")
        case .final: Text("已终", "final")
        }
    }
}

/// Who may say what in which state: the one table that the door goes by and `laurel roles` prints.
public struct RoleRule: Sendable, Hashable {
    /// The kind of statement.
    public let kind: StatementKind
    /// The roles that may make it.
    public let roles: [Role]
    /// The states of its item in which it may be made; empty where it is of no item.
    public let states: [ItemState]

    /// The table.
    public static let table: [RoleRule] = [
        RoleRule(kind: .genesis, roles: [.organiser], states: []),
        RoleRule(kind: .appoint, roles: [.organiser], states: []),
        RoleRule(kind: .dismiss, roles: [.organiser], states: []),
        RoleRule(kind: .entrants, roles: [.organiser], states: [.open]),
        RoleRule(kind: .sheet, roles: [.judge, .recorder], states: [.open]),
        RoleRule(
            kind: .confirm,
            roles: [.judge, .recorder, .supervisor, .chiefJudge],
            states: [.open]
        ),
        RoleRule(kind: .standing, roles: [.chiefJudge, .arbitration], states: [.open]),
        RoleRule(kind: .penalty, roles: [.chiefJudge, .arbitration], states: [.open]),
        RoleRule(kind: .order, roles: [.chiefJudge], states: [.open]),
        RoleRule(kind: .lock, roles: [.chiefJudge], states: [.open]),
        RoleRule(kind: .cosign, roles: [.supervisor], states: [.locked]),
        RoleRule(
            kind: .reopen,
            roles: [.arbitration, .organiser],
            states: [.locked, .cosigned, .provisional]
        ),
        RoleRule(kind: .appeal, roles: [.delegationLeader], states: [.provisional]),
        RoleRule(kind: .ruling, roles: [.arbitration], states: [.provisional]),
        RoleRule(kind: .publish, roles: [.organiser], states: []),
        RoleRule(kind: .honour, roles: [.organiser], states: []),
        RoleRule(kind: .pull, roles: [.bureau, .organiser], states: []),
        RoleRule(kind: .payment, roles: [.bureau], states: []),
    ]

    /// The rule of a kind.
    public static func rule(for kind: StatementKind) -> RoleRule? {
        table.first { $0.kind == kind }
    }
}
