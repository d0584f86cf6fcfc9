internal import Competition
internal import Exact
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Admission {
    func checkAppointment(_ body: JSONValue) throws -> [Finding] {
        var findings = Self.needText(body, "name", "person")
        if let key = body["key"]?.string.flatMap({ VerifyingKey(hex: $0) }) {
            if house.revokedKeys.contains(key) { findings.append(Self.revoked) }
        } else {
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
        findings += endFaults(body, role)
        switch catalogue.event.roles[role] {
        // A hall's screen is no office of the event.
        case nil where role != .screen:
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
        findings += recusalFaults(body, role)
        if role == .judge, let item = item.flatMap({ ItemID($0) }), body["delegation"] != nil,
            let layers = house.blind[item]?.layers, layers.first?.numbers != nil,
            layers.first?.sources == nil
        {
            findings.append(
                Self.refuse(
                    "appoint.drawn",
                    "\(item.text) 已抽签:只能增加中立裁判(无代表队),或重新抽签",
                    "numbers are drawn for \(item.text): add a neutral judge (of no delegation), or draw again"
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

    /// An end must lie ahead; an organiser's has none, or the record could be left without any.
    private func endFaults(_ body: JSONValue, _ role: Role) -> [Finding] {
        guard let until = body["until"] else { return [] }
        guard let end = until.int, end > now else {
            return [
                Self.refuse(
                    "appoint.until",
                    "到期时刻应晚于现在",
                    "the end must lie ahead"
                )
            ]
        }
        guard role == .organiser else { return [] }
        return [
            Self.refuse(
                "appoint.until",
                "组委会的任职不设到期时刻",
                "an organiser's appointment has no end"
            )
        ]
    }

    func checkDismissal(_ body: JSONValue) -> [Finding] {
        let name = body["name"]?.string ?? ""
        guard house.appointments.contains(where: { $0.name == name }) else {
            return [Self.refuse("dismiss.name", "没有在任的 \(name)", "nobody is appointed as \(name)")]
        }
        return Self.needText(body, "reason")
    }

    func checkEntrants(_ body: JSONValue) -> [Finding] {
        if let item = body["item"]?.string.flatMap({ ItemID($0) }),
            house.blind[item]?.layers.first?.numbers != nil
        {
            return [
                Self.refuse(
                    "entrants.drawn",
                    "\(item.text) 已抽签,不能再登记选手",
                    "numbers are drawn for \(item.text); no more entrants can be registered"
                )
            ]
        }
        guard let list = body["entrants"]?.array, !list.isEmpty else {
            return [Self.refuse("entrants.empty", "没有选手", "there are no entrants")]
        }
        var seen: Set<EntrantID> = []
        return list.compactMap { value in
            guard let id = value["id"]?.string.flatMap({ EntrantID($0) }) else {
                return Self.refuse("entrants.id", "选手编号不成立", "an entrant's code is none")
            }
            if let item = body["item"]?.string.flatMap({ ItemID($0) }), layers(of: item) > 0,
                Self.isNumberCode(id, of: item)
            {
                return Self.refuse(
                    "entrants.number",
                    "选手编号 \(id.text) 与加密号的写法相同,请换一种编号",
                    "the code \(id.text) looks like a blind number; use another"
                )
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

    /// Whether a code is written as the blind numbers of an item are.
    static func isNumberCode(_ id: EntrantID, of item: ItemID) -> Bool {
        guard id.text.hasPrefix(item.text + "-") else { return false }
        let rest = id.text.dropFirst(item.text.count + 1)
        return rest.count >= 4 && "ABC".contains(rest.prefix(1))
            && rest.dropFirst().allSatisfy(\.isNumber)
    }

    /// A person is of one delegation in every appointment, and who holds blind numbers marks nothing.
    private func recusalFaults(_ body: JSONValue, _ role: Role) -> [Finding] {
        guard let person = body["person"]?.string else { return [] }
        let own = house.appointments.filter { $0.person == person }
        var findings: [Finding] = []
        let stated = body["delegation"]?.string
        let judging: [Role] = [.judge, .chiefJudge]
        let sided: [Role] = [.judge, .chiefJudge, .delegationLeader]
        let clash = own.first { other in
            guard sided.contains(role), sided.contains(other.role) else { return false }
            guard judging.contains(role) || judging.contains(other.role) else { return false }
            return other.delegation?.text != stated
        }
        if let clash {
            let side = clash.delegation?.text ?? "-"
            findings.append(
                Self.refuse(
                    "appoint.recusal",
                    "此人在 \(clash.name) 任职中属于代表队 \(side);回避须以同一代表队计",
                    "as \(clash.name) this person is of delegation \(side); recusal needs the same delegation here"
                )
            )
        }
        if [.judge, .recorder, .chiefJudge].contains(role),
            let item = body["item"]?.string.flatMap({ ItemID($0) }),
            house.blind[item]?.layers.contains(where: { $0.holder == person }) ?? false
        {
            findings.append(Self.holderMarks)
        }
        return findings
    }

    static let ended = refuse(
        "key.ended",
        "此任职已到期",
        "the appointment has come to its end"
    )

    static let revoked = refuse("key.revoked", "此密钥已吊销", "the key is revoked")

    /// What the new key signs to show that somebody holds it.
    static func rotationProof(event: String, name: String, old: VerifyingKey) -> [UInt8] {
        Array("laurel-rotate/1\n\(event)\n\(name)\n\(old.hex)\n".utf8)
    }

    /// The own key, or anybody's by an organiser; the new key proves that it is held.
    func checkRotation(_ statement: Statement) -> [Finding] {
        let body = statement.body
        guard let name = body["name"]?.string,
            let old = house.appointments.first(where: { $0.name == name })
        else { return [Self.refuse("rotate.name", "没有这个任职", "there is no such appointment")] }
        guard old.key == statement.author || isOrganiser(statement.author) else {
            return [
                Self.refuse(
                    "rotate.other",
                    "只能更换自己的密钥;别人的由组委会更换",
                    "one changes the own key only; another's is the organiser's to change"
                )
            ]
        }
        guard let key = body["key"]?.string.flatMap({ VerifyingKey(hex: $0) }), key != old.key,
            let proof = body["proof"]?.string.flatMap({ [UInt8](hex: $0) }),
            key.accepts(
                proof,
                over: Self.rotationProof(
                    event: statement.event,
                    name: name,
                    old: old.key
                )
            )
        else {
            return [
                Self.refuse(
                    "rotate.proof",
                    "新密钥没有证明有人持有它",
                    "nothing shows that anybody holds the new key"
                )
            ]
        }
        return house.revokedKeys.contains(key) ? [Self.revoked] : []
    }

    func checkRevocation(_ statement: Statement) -> [Finding] {
        guard let key = statement.body["key"]?.string.flatMap({ VerifyingKey(hex: $0) }),
            house.byKey[key] != nil
        else {
            return [
                Self.refuse("revoke.key", "这把密钥没有任职", "nobody is appointed under that key")
            ]
        }
        guard key == statement.author || isOrganiser(statement.author) else {
            return [
                Self.refuse(
                    "revoke.other",
                    "只能吊销自己的密钥;别人的由组委会吊销",
                    "one revokes the own key only; another's is the organiser's to revoke"
                )
            ]
        }
        // A record without an organiser could never be led again.
        let others = house.appointments.contains { $0.role == .organiser && $0.key != key }
        guard others else {
            return [
                Self.refuse(
                    "revoke.last",
                    "这是组委会最后一把密钥",
                    "this is the organiser's last key"
                )
            ]
        }
        return Self.needText(statement.body, "reason")
    }

    private func isOrganiser(_ key: VerifyingKey) -> Bool {
        house.appointments(of: key, as: [.organiser], for: nil).contains { $0.isInForce(at: now) }
    }

    /// Whose data are erased must be in the annex; which notes go with them is said too.
    func checkErasure(_ body: JSONValue) throws -> [Finding] {
        if isReplay { return [] }
        let lists = ["persons": "person", "notes": "note"]
        var count = 0
        for (name, table) in lists {
            for value in body[name]?.array ?? [] {
                count += 1
                guard let digest = value.string.flatMap({ Digest(hex: $0) }),
                    try Int.fetchOne(
                        db,
                        sql: "SELECT 1 FROM \(table) WHERE commitment = ?",
                        arguments: [Data(digest.bytes)]
                    ) != nil
                else {
                    return [
                        Self.refuse(
                            "erase.unknown",
                            "附卷中没有这项个人信息",
                            "the annex holds no such personal data"
                        )
                    ]
                }
            }
        }
        guard count > 0 else {
            return [Self.refuse("erase.empty", "没有要删除的内容", "there is nothing to erase")]
        }
        return Self.needText(body, "reason")
    }

    func checkCarrying(_ body: JSONValue) -> [Finding] {
        guard let list = body["statements"]?.array,
            list.allSatisfy({ $0.string.flatMap { Digest(hex: $0) } != nil }),
            body["bundle"]?.string.flatMap({ Digest(hex: $0) }) != nil
        else {
            return [Self.refuse("carry.form", "转入的格式不成立", "the import is not of the right form")]
        }
        return []
    }
}
