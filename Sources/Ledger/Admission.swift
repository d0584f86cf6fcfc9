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

    typealias Appointment = House.Appointment

    /// All that keeps the statement out, and whom it was said as.
    func check(_ signed: SignedStatement) throws -> (findings: [Finding], speaker: Appointment?) {
        let statement = signed.statement
        guard statement.event == catalogue.event.id.text else {
            return (
                [Self.refuse("statement.event", "陈述属于另一赛事", "the statement is of another event")],
                nil
            )
        }
        guard let rule = RoleRule.rule(for: statement.kind) else { return ([], nil) }
        let item = statement.body["item"]?.string.flatMap { ItemID($0) }
        if !rule.states.isEmpty {
            guard let item, catalogue.event.item(item) != nil else {
                return ([Self.refuse("statement.item", "没有这个比赛项目", "there is no such item")], nil)
            }
            let state = house.state(of: item)
            guard rule.states.contains(state) else {
                let allowed = rule.states.map(\.text)
                return (
                    [
                        Self.refuse(
                            "statement.state",
                            "\(item.text) 现为“\(state.text.zh)”,\(statement.kind.text.zh)须在“\(allowed.map(\.zh).joined(separator: "、"))”时作出",
                            "\(item.text) is \(state.text.en); a \(statement.kind.text.en) needs it \(allowed.map(\.en).joined(separator: " or "))"
                        )
                    ], nil
                )
            }
        }
        let speakers = house.appointments(of: statement.author, as: rule.roles, for: item)
        guard let speaker = speakers.first else {
            let roles = rule.roles.map(\.text)
            return (
                [
                    Self.refuse(
                        "statement.role",
                        "此密钥不是\(item.map { " \($0.text) 的" } ?? "")\(roles.map(\.zh).joined(separator: "或")),不能作出\(statement.kind.text.zh)",
                        "this key is not \(roles.map(\.en).joined(separator: " or "))\(item.map { " of \($0.text)" } ?? ""); it can't make a \(statement.kind.text.en)"
                    )
                ], nil
            )
        }
        return (try check(statement, item: item, speakers: speakers), speaker)
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
        case .entrants: return checkEntrants(body)
        case .sheet:
            return try SheetAdmission(door: self).check(body, speakers: speakers)
        case .confirm: return try checkConfirmation(body, speakers: speakers)
        case .standing, .penalty, .appeal: return checkEntrant(statement.kind, body, speakers)
        case .order: return checkOrder(body)
        case .lock: return try checkLock(item)
        case .cosign: return try checkCosign(item, speakers: speakers)
        case .reopen: return Self.needText(body, "reason")
        case .ruling: return try checkRuling(body)
        case .publish: return try checkPublication(body)
        case .honour: return try checkHonour(body, speakers: speakers)
        case .pull, .payment: return []
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

    private func checkAppointment(_ body: JSONValue) throws -> [Finding] {
        var findings = Self.needText(body, "name", "person")
        if body["key"]?.string.flatMap({ VerifyingKey(hex: $0) }) == nil {
            findings.append(Self.refuse("appoint.key", "密钥不成立", "the key is no key"))
        }
        guard let role = body["role"]?.string.flatMap(Role.init(rawValue:)) else {
            return findings + [Self.refuse("appoint.role", "没有这个角色", "there is no such role")]
        }
        let item = body["item"]?.string
        if let item, ItemID(item).flatMap(catalogue.event.item) == nil {
            findings.append(
                Self.refuse("appoint.item", "没有比赛项目 \(item)", "there is no item \(item)")
            )
        }
        switch catalogue.event.roles[role] {
        case nil:
            findings.append(
                Self.refuse(
                    "appoint.role",
                    "本赛事不设\(role.text.zh)",
                    "the event appoints no \(role.text.en)"
                )
            )
        case .item? where item == nil:
            findings.append(
                Self.refuse(
                    "appoint.item",
                    "\(role.text.zh)必须属于一个项目",
                    "a \(role.text.en) must be of an item"
                )
            )
        case .delegation? where body["delegation"]?.string == nil:
            findings.append(
                Self.refuse(
                    "appoint.delegation",
                    "\(role.text.zh)必须属于一个代表队",
                    "a \(role.text.en) must be of a delegation"
                )
            )
        default: break
        }
        if let delegation = body["delegation"]?.string,
            DelegationID(delegation).flatMap(catalogue.event.delegation) == nil
        {
            findings.append(
                Self.refuse(
                    "appoint.delegation",
                    "没有代表队 \(delegation)",
                    "there is no delegation \(delegation)"
                )
            )
        }
        if let name = body["name"]?.string, house.appointments.contains(where: { $0.name == name })
        {
            findings.append(
                Self.refuse(
                    "appoint.name",
                    "名称 \(name) 已在任",
                    "\(name) is appointed already"
                )
            )
        }
        return findings
    }

    private func checkDismissal(_ body: JSONValue) -> [Finding] {
        let name = body["name"]?.string ?? ""
        guard house.appointments.contains(where: { $0.name == name }) else {
            return [Self.refuse("dismiss.name", "没有在任的 \(name)", "nobody is appointed as \(name)")]
        }
        return Self.needText(body, "reason")
    }

    private func checkEntrants(_ body: JSONValue) -> [Finding] {
        guard let list = body["entrants"]?.array, !list.isEmpty else {
            return [Self.refuse("entrants.empty", "没有选手", "there are no entrants")]
        }
        var seen: Set<EntrantID> = []
        return list.compactMap { value in
            guard let id = value["id"]?.string.flatMap({ EntrantID($0) }) else {
                return Self.refuse("entrants.id", "选手编号不成立", "an entrant's code is none")
            }
            guard seen.insert(id).inserted, house.entrants[id] == nil else {
                return Self.refuse(
                    "entrants.duplicate",
                    "选手 \(id.text) 已登记",
                    "entrant \(id.text) is registered already"
                )
            }
            guard let delegation = value["delegation"]?.string.flatMap({ DelegationID($0) }),
                catalogue.event.delegation(delegation) != nil
            else {
                return Self.refuse(
                    "entrants.delegation",
                    "选手 \(id.text) 的代表队不存在",
                    "entrant \(id.text): there is no such delegation"
                )
            }
            guard value["group"]?.string != nil, let members = value["members"]?.array,
                members.allSatisfy({ $0.string.flatMap { Digest(hex: $0) } != nil })
            else {
                return Self.refuse(
                    "entrants.form",
                    "选手 \(id.text) 的登记不完整",
                    "entrant \(id.text): incomplete"
                )
            }
            return nil
        }
    }

    private func checkConfirmation(
        _ body: JSONValue,
        speakers: [Appointment]
    ) throws -> [Finding] {
        guard let item = body["item"]?.string, let sheets = body["sheets"]?.array, !sheets.isEmpty
        else { return [Self.refuse("confirm.empty", "没有评分表", "there are no sheets")] }
        let persons = Set(speakers.map(\.person))
        let query = try db.cachedStatement(
            sql: """
                SELECT sheet.item, sheet.person, sheet.confirmed_at, sheet.replaced_by
                FROM entry JOIN sheet USING (position) WHERE statement_id = ?
                """
        )
        var findings: [Finding] = []
        for value in sheets {
            guard let id = value.string.flatMap({ Digest(hex: $0) }),
                let row = try Row.fetchOne(query, arguments: [Data(id.bytes)]),
                row["item"] as String == item
            else {
                findings.append(
                    Self.refuse("confirm.unknown", "没有这份评分表", "there is no such sheet")
                )
                continue
            }
            let short = id.short
            if persons.contains(row["person"]) {
                findings.append(
                    Self.refuse(
                        "confirm.same-person",
                        "评分表 \(short) 由本人录入,须由另一人复核",
                        "sheet \(short) was entered by the same person; another must confirm it"
                    )
                )
            } else if row["replaced_by"] as Int? != nil {
                findings.append(
                    Self.refuse(
                        "confirm.replaced",
                        "评分表 \(short) 已被更正",
                        "sheet \(short) has been replaced"
                    )
                )
            } else if row["confirmed_at"] as Int? != nil {
                findings.append(
                    Self.refuse(
                        "confirm.twice",
                        "评分表 \(short) 已复核",
                        "sheet \(short) is confirmed already"
                    )
                )
            }
        }
        return findings
    }

    private func checkEntrant(
        _ kind: StatementKind,
        _ body: JSONValue,
        _ speakers: [Appointment]
    ) -> [Finding] {
        guard let id = body["entrant"]?.string.flatMap({ EntrantID($0) }),
            let entrant = house.entrants[id], entrant.item.text == body["item"]?.string
        else { return [Self.refuse("statement.entrant", "没有这名选手", "there is no such entrant")] }
        switch kind {
        case .standing:
            guard body["status"]?.string.flatMap(EntrantStatus.init(rawValue:)) != nil else {
                return [Self.refuse("standing.status", "没有这种状态", "there is no such status")]
            }
            return Self.needText(body, "reason")
        case .penalty:
            let deduction = body["deduction"]?.string.flatMap { try? DecimalText($0).value }
            guard let deduction, deduction >= .zero else {
                return [
                    Self.refuse(
                        "penalty.deduction",
                        "扣分应为不小于 0 的数",
                        "the deduction must be a number from 0"
                    )
                ]
            }
            return Self.needText(body, "reason")
        default:
            let own = speakers.contains { $0.delegation == entrant.delegation }
            guard own else {
                return [
                    Self.refuse(
                        "appeal.delegation",
                        "领队只能为本代表队申诉",
                        "a delegation leader appeals for the own delegation only"
                    )
                ]
            }
            return Self.needText(body, "grounds")
        }
    }

    private func checkOrder(_ body: JSONValue) -> [Finding] {
        guard let list = body["entrants"]?.array, list.count > 1,
            list.allSatisfy({
                $0.string.flatMap { EntrantID($0) }.flatMap { house.entrants[$0] } != nil
            })
        else {
            return [Self.refuse("order.entrants", "至少两名已登记的选手", "two registered entrants or more")]
        }
        return Self.needText(body, "reason")
    }

    private func checkRuling(_ body: JSONValue) throws -> [Finding] {
        guard let position = body["appeal"]?.int,
            let row = try Row.fetchOne(
                db,
                sql: "SELECT item, ruling FROM appeal WHERE position = ?",
                arguments: [position]
            ),
            row["item"] as String == body["item"]?.string
        else { return [Self.refuse("ruling.appeal", "没有这项申诉", "there is no such appeal")] }
        guard row["ruling"] as Int? == nil else {
            return [Self.refuse("ruling.twice", "此申诉已裁决", "the appeal is ruled on already")]
        }
        guard body["upheld"]?.bool != nil else {
            return [Self.refuse("ruling.upheld", "必须写明是否成立", "must say whether it is upheld")]
        }
        return Self.needText(body, "reason")
    }
}
