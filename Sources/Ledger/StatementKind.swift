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
    /// 换钥: puts another key in the place of an appointment's.
    case rotate
    /// 吊销: ends whatever a key speaks for, for good.
    case revoke
    /// Registers entrants of an item.
    case entrants
    /// 抽签承诺: commits to the secret of a layer of blind numbers.
    case commit
    /// 抽签: draws the numbers of a layer.
    case draw
    /// 解密: asks that a layer be opened; its holder opens it as the second person.
    case reveal
    /// A sheet of marks.
    case sheet
    /// 复录: the same sheet entered blind by a second person, and compared.
    case reentry
    /// Confirms sheets as a second person.
    case confirm
    /// 退回: sends a sheet back to whoever entered it, with a reason; it counts as not confirmed until
    /// another takes its place.
    case sendBack = "return"
    /// 备注、提请裁判长: a remark of a judge, or a question to the chief judge and the answer to it.
    case remark
    /// States that an entrant was absent, withdrew or is disqualified.
    case standing
    /// 违规处理登记: marks off, a part void, disqualification, or a measure against a judge or staff.
    case penalty
    /// Rules on the order of level entrants.
    case order
    /// Locks an item.
    case lock
    /// Signs a locked item a second time.
    case cosign
    /// Asks that a closed item be opened again, with a reason.
    case reopen
    /// 附议: the second person of whatever takes two.
    case second
    /// Rules which of several sheets for one place stands.
    case settle
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
    /// 转入: brings in statements that were made at a venue without a network.
    case carry
    /// 删除个人信息: asks that a person's data be erased.
    case erase

    /// What it is called.
    public var text: Text {
        switch self {
        case .genesis: Text("建档", "genesis")
        case .appoint: Text("任命", "appointment")
        case .dismiss: Text("免职", "dismissal")
        case .rotate: Text("换钥", "change of key")
        case .revoke: Text("吊销密钥", "revocation of a key")
        case .entrants: Text("选手登记", "entrants")
        case .commit: Text("抽签承诺", "commitment to a draw")
        case .draw: Text("抽签", "draw")
        case .reveal: Text("解密", "reveal")
        case .sheet: Text("评分表", "sheet")
        case .reentry: Text("复录", "second entry")
        case .confirm: Text("复核", "confirmation")
        case .sendBack: Text("退回", "return of a sheet")
        case .remark: Text("备注", "remark")
        case .standing: Text("参赛状态", "entrant's status")
        case .penalty: Text("违规处理", "penalty")
        case .order: Text("并列裁定", "order ruling")
        case .lock: Text("锁定", "lock")
        case .cosign: Text("会签", "co-signature")
        case .reopen: Text("重新开放", "reopening")
        case .second: Text("附议", "second")
        case .settle: Text("重复裁定", "settlement")
        case .appeal: Text("申诉", "appeal")
        case .ruling: Text("申诉裁决", "ruling")
        case .publish: Text("发布", "publication")
        case .honour: Text("荣誉", "honour")
        case .pull: Text("数据调取", "pull of data")
        case .payment: Text("发放", "payment")
        case .carry: Text("转入", "import of a bundle")
        case .erase: Text("删除个人信息", "erasure")
        }
    }
}

extension StatementKind {
    /// The English name with its article.
    var articled: String { ("aeiou".contains(text.en.prefix(1)) ? "an " : "a ") + text.en }

    /// What changes neither who is appointed, nor who competes, nor how an item stands.
    static let leavingTheHouse: Set<String> = Set(
        [
            StatementKind.sheet, .confirm, .reentry, .sendBack, .remark, .order, .appeal, .ruling,
            .honour, .pull, .payment, .settle,
        ].map(\.rawValue)
    )
}

/// Where an item stands between its first sheet and its final result.
public enum ItemState: String, Sendable, Hashable, CaseIterable {
    /// Sheets come in and are confirmed.
    case open
    /// 已录齐: every expected sheet is in.
    case marked
    /// 已复核: a second person has confirmed every one of them.
    case confirmed
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
        case .marked: Text("已录齐", "marked")
        case .confirmed: Text("已复核", "confirmed")
        case .locked: Text("已锁定", "locked")
        case .cosigned: Text("已会签", "co-signed")
        case .provisional: Text("公示中", "provisional")
        case .final: Text("已终", "final")
        }
    }

    /// Before the lock: while marks may still come or change.
    public static let beforeLock: [ItemState] = [.open, .marked, .confirmed]
}

/// Who may say what in which state: the one table that the door goes by and `laurel roles` prints.
public struct RoleRule: Sendable, Hashable {
    /// The kind of statement.
    public let kind: StatementKind
    /// The roles that may make it.
    public let roles: [Role]
    /// The states of its item in which it may be made; empty where it is of no item.
    public let states: [ItemState]
    /// The roles of the second person that it takes; empty where one is enough.
    public let seconds: [Role]

    init(
        _ kind: StatementKind,
        _ roles: [Role],
        _ states: [ItemState] = [],
        seconds: [Role] = []
    ) {
        self.kind = kind
        self.roles = roles
        self.states = states
        self.seconds = seconds
    }

    /// The table.
    public static let table: [RoleRule] = [
        RoleRule(.genesis, [.organiser]),
        RoleRule(.appoint, [.organiser]),
        RoleRule(.dismiss, [.organiser]),
        // Everyone may change or end the own key; an organiser anybody's.
        RoleRule(.rotate, Role.allCases),
        RoleRule(.revoke, Role.allCases),
        RoleRule(.entrants, [.organiser], ItemState.beforeLock),
        RoleRule(.commit, [.encryptionJudge], [.open], seconds: [.supervisor, .chiefJudge]),
        RoleRule(.draw, [.encryptionJudge], [.open]),
        RoleRule(
            .reveal,
            [.supervisor, .chiefJudge, .organiser],
            [.locked, .cosigned],
            seconds: [.encryptionJudge]
        ),
        RoleRule(.sheet, [.judge, .recorder], ItemState.beforeLock),
        RoleRule(.reentry, [.judge, .recorder, .supervisor], ItemState.beforeLock),
        RoleRule(
            .confirm,
            [.judge, .recorder, .supervisor, .chiefJudge],
            ItemState.beforeLock
        ),
        RoleRule(.sendBack, [.chiefJudge, .supervisor, .recorder], ItemState.beforeLock),
        RoleRule(
            .remark,
            [.judge, .recorder, .supervisor, .chiefJudge],
            ItemState.beforeLock
        ),
        RoleRule(.standing, [.chiefJudge, .arbitration], ItemState.beforeLock),
        RoleRule(.penalty, [.chiefJudge, .arbitration], ItemState.beforeLock),
        RoleRule(.order, [.chiefJudge], ItemState.beforeLock),
        RoleRule(.settle, [.arbitration], ItemState.beforeLock),
        RoleRule(.lock, [.chiefJudge], [.confirmed]),
        RoleRule(.cosign, [.supervisor], [.locked]),
        RoleRule(
            .reopen,
            [.chiefJudge, .arbitration, .organiser],
            [.locked, .cosigned, .provisional, .final],
            seconds: [.supervisor, .arbitration, .organiser]
        ),
        RoleRule(.appeal, [.delegationLeader], [.provisional]),
        RoleRule(
            .ruling,
            [.arbitration],
            [.open, .marked, .confirmed, .locked, .cosigned, .provisional]
        ),
        RoleRule(.publish, [.organiser], [.cosigned, .provisional, .final]),
        RoleRule(.honour, [.organiser]),
        RoleRule(.pull, [.bureau, .organiser]),
        RoleRule(.payment, [.bureau]),
        RoleRule(.carry, [.organiser, .chiefJudge, .recorder, .supervisor]),
        RoleRule(.erase, [.organiser], seconds: [.organiser, .auditor]),
        // Whoever the statement that is seconded asks for; the state is that statement's too.
        RoleRule(
            .second,
            [.supervisor, .chiefJudge, .arbitration, .organiser, .auditor, .encryptionJudge]
        ),
    ]

    /// The rule of a kind.
    public static func rule(for kind: StatementKind) -> RoleRule? {
        table.first { $0.kind == kind }
    }
}
