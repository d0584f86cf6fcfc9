internal import Competition
internal import Exact
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

/// The door: says of one statement why it may not be admitted, or nothing.
///
/// Form and signature were checked before; here it is the rules of the office: right role, right
/// state, not the same person twice, not one's own delegation.
struct Admission {
    let db: Database
    let house: House
    let catalogue: Catalogue
    /// The time of admission, in milliseconds.
    let now: Int
    /// Whether the statement comes in a bundle: then it may have been made before others that are
    /// here already, and what it contradicts is held for a ruling.
    var isCarried = false
    /// Whether an audit asks again, when the annex may have forgotten what it held.
    var isReplay = false

    typealias Appointment = House.Appointment

    /// All that keeps the statement out.
    func check(_ statement: Statement) throws -> [Finding] {
        guard statement.event == catalogue.event.id.text else {
            return [Self.refuse("statement.event", "陈述属于另一赛事", "the statement is of another event")]
        }
        guard let rule = RoleRule.rule(for: statement.kind) else { return [] }
        let item = statement.body["item"]?.string.flatMap { ItemID($0) }
        if !rule.states.isEmpty, statement.kind != .publish {
            guard let item, catalogue.event.item(item) != nil else {
                return [Self.refuse("statement.item", "没有这个比赛项目", "there is no such item")]
            }
            if let finding = try stateFault(rule, item) { return [finding] }
        }
        if house.venue != nil, Self.centreOnly.contains(statement.kind) {
            return [
                Self.refuse(
                    "statement.venue",
                    "这是赛点的档案;\(statement.kind.text.zh)只能在总档案中作出",
                    "this is a venue's record; \(statement.kind.articled) is for the centre's"
                )
            ]
        }
        let appointed =
            Self.ofNoItem.contains(statement.kind)
            ? house.appointments(of: statement.author, as: rule.roles)
            : house.appointments(of: statement.author, as: rule.roles, for: item)
        let speakers = appointed.filter { $0.isInForce(at: now) }
        guard !speakers.isEmpty else {
            if house.revokedKeys.contains(statement.author) { return [Self.revoked] }
            guard appointed.isEmpty else { return [Self.ended] }
            return [roleFault(statement.kind, rule.roles, item)]
        }
        return try check(statement, item: item, speakers: speakers)
    }

    /// What a key may say whatever item it is appointed for.
    private static let ofNoItem: Set<StatementKind> = [.rotate, .revoke, .second, .carry]

    /// What a venue's record does not take: it is said once, at the centre.
    private static let centreOnly: Set<StatementKind> = [
        .publish, .honour, .payment, .pull, .erase, .appeal, .ruling,
    ]

    /// The state of an item as the table means it.
    func exactState(of item: ItemID) throws -> ItemState {
        let kept = house.state(of: item)
        guard kept == .open else { return kept }
        return try Progress.of(item, db: db, house: house, catalogue: catalogue).state
    }

    private func stateFault(_ rule: RoleRule, _ item: ItemID) throws -> Finding? {
        let kept = house.state(of: item)
        if kept == .open, ItemState.beforeLock.allSatisfy(rule.states.contains) { return nil }
        // What was said at a venue was said in the venue's state; a lock that it undoes is undone.
        if isCarried, ItemState.beforeLock.allSatisfy(rule.states.contains),
            [.locked, .cosigned].contains(kept)
        {
            return nil
        }
        let state = try exactState(of: item)
        guard !rule.states.contains(state) else { return nil }
        let allowed = rule.states.map(\.text)
        let zh = allowed.map(\.zh).joined(separator: "、")
        let en = allowed.map(\.en).joined(separator: " or ")
        return Self.refuse(
            "statement.state",
            "\(item.text) 现为“\(state.text.zh)”,\(rule.kind.text.zh)须在“\(zh)”时作出\(try lacking(item).zh)",
            "\(item.text) is \(state.text.en); \(rule.kind.articled) needs it \(en)\(try lacking(item).en)"
        )
    }

    /// What keeps an item from its next state, for the message.
    private func lacking(_ item: ItemID) throws -> Text {
        guard house.state(of: item) == .open else { return Text("", "") }
        let progress = try Progress.of(item, db: db, house: house, catalogue: catalogue)
        let wanting = progress.wanting
        return Text(
            wanting.zh.isEmpty ? "" : ":" + wanting.zh,
            wanting.en.isEmpty ? "" : ": " + wanting.en
        )
    }

    private func roleFault(_ kind: StatementKind, _ roles: [Role], _ item: ItemID?) -> Finding {
        let texts = roles.map(\.text)
        return Self.refuse(
            "statement.role",
            "此密钥不是\(item.map { " \($0.text) 的" } ?? "")\(texts.map(\.zh).joined(separator: "或")),不能作出\(kind.text.zh)",
            "this key is not \(texts.map(\.en).joined(separator: " or "))\(item.map { " of \($0.text)" } ?? ""); it can't make \(kind.articled)"
        )
    }

    private func check(
        _ statement: Statement,
        item: ItemID?,
        speakers: [Appointment]
    ) throws -> [Finding] {
        let body = statement.body
        switch statement.kind {
        case .genesis:
            return [Self.refuse("statement.genesis", "档案已经建立", "the record is open already")]
        case .appoint: return try checkAppointment(body)
        case .dismiss: return checkDismissal(body)
        case .rotate: return checkRotation(statement)
        case .revoke: return checkRevocation(statement)
        case .entrants: return checkEntrants(body)
        case .commit: return try checkCommitment(body, item: item, speakers: speakers)
        case .draw: return checkDraw(body, item: item, speakers: speakers)
        case .reveal: return checkReveal(body, item: item)
        case .second: return try checkSecond(statement)
        case .sheet:
            return try SheetAdmission(door: self).check(body, speakers: speakers)
        case .reentry:
            return try SheetAdmission(door: self).checkAgain(body, speakers: speakers)
        case .confirm: return try checkConfirmation(body, speakers: speakers)
        case .sendBack: return try checkSendingBack(body, speakers: speakers)
        case .remark: return try checkRemark(body, item: item, speakers: speakers)
        case .settle: return try checkSettlement(body)
        case .standing, .appeal: return try checkEntrant(statement.kind, body, speakers)
        case .penalty: return try checkPenalty(body, speakers: speakers)
        case .order: return try checkOrder(body)
        case .lock: return try checkLock(item, body)
        case .cosign: return try checkCosign(item, speakers: speakers)
        case .reopen: return Self.needText(body, "reason")
        case .ruling: return try checkRuling(body, speakers: speakers)
        case .publish: return try checkPublication(body, speakers: speakers)
        case .honour: return try checkHonour(body, speakers: speakers)
        case .erase: return try checkErasure(body)
        case .carry: return checkCarrying(body)
        case .pull: return checkPull(body, speakers: speakers)
        case .payment: return try checkPayment(body, speakers: speakers)
        }
    }

    static func refuse(_ code: String, _ zh: String, _ en: String) -> Finding {
        Finding(code, Text(zh, en))
    }

    static func needText(_ body: JSONValue, _ names: String...) -> [Finding] {
        names.filter { (body[$0]?.string ?? "").isEmpty }.map {
            refuse("statement.\($0)", "必须写明 \($0)", "\($0) must be stated")
        }
    }

    /// How many layers of blind numbers an item has.
    func layers(of item: ItemID) -> Int { catalogue.event.blindLayers[item] ?? 0 }
}
