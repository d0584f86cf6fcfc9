public import Findings

/// How an entrant stands who holds no result; five things that are never one (五种非成绩).
///
/// The fifth, an earned zero, is a result like any other.
public enum EntrantStatus: String, Sendable, Hashable, CaseIterable {
    /// Competes, and has or will have a result.
    case competing
    /// 缺考: did not come.
    case absent
    /// 弃权: withdrew.
    case withdrew
    /// 取消成绩: disqualified.
    case disqualified

    /// What it is called.
    public var text: Text {
        switch self {
        case .competing: Text("参赛", "competing")
        case .absent: Text("缺考", "absent")
        case .withdrew: Text("弃权", "withdrew")
        case .disqualified: Text("取消成绩", "disqualified")
        }
    }

    /// Reads the words that stand in a marks table where a mark would.
    public init?(word: some StringProtocol) {
        switch word.lowercased() {
        case "缺考", "absent": self = .absent
        case "弃权", "withdrew": self = .withdrew
        case "取消成绩", "disqualified": self = .disqualified
        default: return nil
        }
    }
}

/// An entrant (参赛选手 / 参赛队): one or more persons in one item.
public struct Entrant: Sendable, Hashable {
    /// The entrant's code.
    public let id: EntrantID
    /// The item.
    public let item: ItemID
    /// The delegation.
    public let delegation: DelegationID
    /// The group (组别): `worker` (职工) or `student` (学生), or another that the card weighs.
    public let group: String
    /// Whether the entrant is a guest: scored, but without rank, medal or honour.
    public let isGuest: Bool
    /// How the entrant stands.
    public var status: EntrantStatus

    /// Makes an entrant.
    public init(
        id: EntrantID,
        item: ItemID,
        delegation: DelegationID,
        group: String,
        isGuest: Bool,
        status: EntrantStatus = .competing
    ) {
        self.id = id
        self.item = item
        self.delegation = delegation
        self.group = group
        self.isGuest = isGuest
        self.status = status
    }
}
