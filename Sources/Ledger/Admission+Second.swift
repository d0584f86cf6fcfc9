internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Admission {
    /// The second is another person, in a role that the table asks for, while what is seconded is
    /// still possible.
    func checkSecond(_ statement: Statement) throws -> [Finding] {
        let body = statement.body
        guard let of = body["of"]?.string.flatMap({ Digest(hex: $0) }),
            let first = house.pending.first(where: { $0.id == of }),
            let rule = RoleRule.rule(for: first.kind)
        else {
            return [
                Self.refuse(
                    "second.unknown",
                    "没有等待附议的这项陈述",
                    "no such statement awaits a second person"
                )
            ]
        }
        let speakers = house.appointments(
            of: statement.author,
            as: rule.seconds,
            for: first.item
        ).filter { $0.isInForce(at: now) }
        guard !speakers.isEmpty else {
            let roles = rule.seconds.map(\.text)
            return [
                Self.refuse(
                    "statement.role",
                    "\(first.kind.text.zh)须由\(roles.map(\.zh).joined(separator: "或"))附议",
                    "\(first.kind.articled) is seconded by \(roles.map(\.en).joined(separator: " or "))"
                )
            ]
        }
        // Whoever is the first person in another role is still the first person.
        let persons = house.byKey[statement.author, default: []].map {
            house.appointments[$0].person
        }
        guard !persons.contains(first.person) else {
            return [
                Self.refuse(
                    "second.same-person",
                    "\(first.kind.text.zh)须由两人作出",
                    "\(first.kind.articled) takes two persons"
                )
            ]
        }
        if let item = first.item, !rule.states.isEmpty {
            let state = try exactState(of: item)
            guard rule.states.contains(state) else {
                return [
                    Self.refuse(
                        "statement.state",
                        "\(item.text) 现为“\(state.text.zh)”,此项\(first.kind.text.zh)已失效",
                        "\(item.text) is \(state.text.en); that \(first.kind.text.en) is void now"
                    )
                ]
            }
        }
        switch first.kind {
        case .reveal: return checkSecret(first, body, speakers)
        case .commit:
            guard let item = first.item,
                house.blind[item]?.layers.last?.position == first.position
            else {
                return [
                    Self.refuse("second.void", "此承诺已被取代", "another commitment stands now")
                ]
            }
            return marks(item, Set(speakers.map(\.person))) ? [Self.holderMarks] : []
        case .erase: return try checkErasure(first.body)
        case .reopen: return []
        default: return []
        }
    }

    private func checkSecret(
        _ first: House.Pending,
        _ body: JSONValue,
        _ speakers: [Appointment]
    ) -> [Finding] {
        guard let item = first.item, let number = first.body["layer"]?.int,
            let layers = house.blind[item]?.layers, layers.indices.contains(number - 1)
        else { return [Self.refuse("reveal.open", "没有待解密的层", "no layer is still closed")] }
        let again = checkReveal(first.body, item: item)
        guard again.isEmpty else { return again }
        let layer = layers[number - 1]
        guard speakers.contains(where: { $0.person == layer.holder }) else {
            return [
                Self.refuse(
                    "reveal.holder",
                    "第 \(number) 层由另一人持有",
                    "layer \(number) is held by another person"
                )
            ]
        }
        let subject = Self.lotSubject(event: catalogue.event.id.text, item: item, layer: number)
        guard let lot = body["secret"]?.string.flatMap({ [UInt8](hex: $0) }).flatMap(Lot.init),
            lot.commitment(to: subject) == layer.commitment
        else {
            return [
                Self.refuse(
                    "reveal.secret",
                    "密钥与抽签前的承诺不符",
                    "the secret is not the one committed to before the draw"
                )
            ]
        }
        return checkList(item, number, layer, lot)
    }

    /// Each number's barred judges must be those of whom it stands for: a false list shows here.
    private func checkList(
        _ item: ItemID,
        _ number: Int,
        _ layer: BlindItem.Layer,
        _ lot: Lot
    ) -> [Finding] {
        guard let sources = layer.sources(of: lot) else {
            return [Self.refuse("reveal.open", "没有待解密的层", "no layer is still closed")]
        }
        // Judges may have been dismissed since; none of a delegation can have come.
        let judges = Set((house.judges[item] ?? []).map(\.id.text))
        func traits(_ source: EntrantID) -> DrawnTraits? {
            if number == 1 {
                return house.entrants[source].map {
                    DrawnTraits(
                        barred: house.barred(from: $0.delegation, item).sorted(),
                        group: $0.group,
                        isGuest: $0.isGuest
                    )
                }
            }
            return house.blind[item]?.layers[number - 2].numbers?[source].map {
                DrawnTraits($0).among(judges)
            }
        }
        for (code, entry) in (layer.numbers ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let source = sources[code], traits(source) == DrawnTraits(entry).among(judges)
            else {
                return [
                    Self.refuse(
                        "reveal.list",
                        "\(code.text) 的回避裁判或组别与其本人不符:抽签名单有误",
                        "barred judges or group of \(code.text) are not its bearer's: the draw's list was wrong"
                    )
                ]
            }
        }
        return []
    }
}
