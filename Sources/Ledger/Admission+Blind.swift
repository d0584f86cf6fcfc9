internal import Competition
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Admission {
    /// What a commitment is bound to.
    static func lotSubject(event: String, item: ItemID, layer: Int) -> String {
        "\(event)/\(item.text)/\(layer)"
    }

    private func layerFault(_ body: JSONValue, _ item: ItemID) -> (Int, Finding?) {
        let layer = body["layer"]?.int ?? 0
        let count = layers(of: item)
        guard (1...max(1, count)).contains(layer), count > 0 else {
            return (
                layer,
                Self.refuse(
                    "draw.layer",
                    "\(item.text) 有 \(count) 层加密,没有第 \(layer) 层",
                    "\(item.text) has \(count) layers of blind numbers and no layer \(layer)"
                )
            )
        }
        return (layer, nil)
    }

    /// A layer is committed to after the one outside it is drawn, by somebody who holds no other
    /// layer of the item and marks nothing in it.
    func checkCommitment(
        _ body: JSONValue,
        item: ItemID?,
        speakers: [Appointment]
    ) throws -> [Finding] {
        guard let item else { return [] }
        let (layer, fault) = layerFault(body, item)
        if let fault { return [fault] }
        guard body["commitment"]?.string.flatMap({ Digest(hex: $0) }) != nil else {
            return [Self.refuse("draw.commitment", "承诺不成立", "the commitment is none")]
        }
        let held = house.blind[item]?.layers ?? []
        guard layer == 1 || (held.count >= layer - 1 && held[layer - 2].numbers != nil) else {
            return [
                Self.refuse(
                    "draw.order",
                    "第 \(layer - 1) 层尚未抽签",
                    "layer \(layer - 1) is not drawn yet"
                )
            ]
        }
        let persons = Set(speakers.map(\.person))
        if held.prefix(layer - 1).contains(where: { persons.contains($0.holder) }) {
            return [
                Self.refuse(
                    "draw.holder",
                    "各层须由不同的人持有",
                    "each layer is held by another person"
                )
            ]
        }
        if marks(item, persons) { return [Self.holderMarks] }
        if held.count >= layer {
            let sheets = try Int.fetchOne(
                db,
                sql: "SELECT 1 FROM sheet WHERE item = ? LIMIT 1",
                arguments: [item.text]
            )
            guard sheets == nil else {
                return [
                    Self.refuse(
                        "draw.marked",
                        "已有评分表,不能重新抽签",
                        "there are sheets; the numbers can't be drawn again"
                    )
                ]
            }
            return Self.needText(body, "reason")
        }
        return []
    }

    private static let holderMarks = refuse(
        "draw.marks",
        "持有加密号的人不能在本项目评分或录分",
        "who holds blind numbers neither marks in the item nor types in its sheets"
    )

    private func marks(_ item: ItemID, _ persons: Set<String>) -> Bool {
        house.appointments.contains {
            [.judge, .recorder].contains($0.role) && $0.item == item && persons.contains($0.person)
        }
    }

    /// The numbers say of their bearers what the roster (or the layer outside) says: that many, with
    /// these groups and these barred judges; who is who shows at the reveal.
    func checkDraw(_ body: JSONValue, item: ItemID?, speakers: [Appointment]) -> [Finding] {
        guard let item else { return [] }
        let (layer, fault) = layerFault(body, item)
        if let fault { return [fault] }
        let held = house.blind[item]?.layers ?? []
        guard held.count == layer, held[layer - 1].numbers == nil else {
            return [
                Self.refuse(
                    "draw.committed",
                    "第 \(layer) 层没有待抽签的承诺",
                    "layer \(layer) has no commitment that awaits its draw"
                )
            ]
        }
        guard speakers.contains(where: { $0.person == held[layer - 1].holder }) else {
            return [
                Self.refuse("draw.holder", "由承诺者抽签", "who committed draws")
            ]
        }
        guard held[layer - 1].witness != nil else {
            return [
                Self.refuse(
                    "draw.witness",
                    "须先由监督或裁判长附议(提供随机数)",
                    "the supervisor or chief judge must second it first (their random number decides)"
                )
            ]
        }
        let source = drawSource(item, layer)
        let from = (body["from"]?.array ?? []).compactMap { $0.string }
        guard !source.isEmpty, from == source.map(\.id.text) else {
            return [
                Self.refuse(
                    "draw.from",
                    "抽签的名单不是现在的参赛名单",
                    "the draw is from another list than that of those who compete now"
                )
            ]
        }
        let letter = ["A", "B", "C"][layer - 1]
        let codes = (1...source.count).map { Self.numberCode(item, letter, $0) }
        let numbers = body["numbers"]?.array ?? []
        guard numbers.map({ $0["number"]?.string ?? "" }) == codes else {
            return [
                Self.refuse(
                    "draw.numbers",
                    "号码应为 \(codes[0]) 起的 \(codes.count) 个",
                    "the numbers must be \(codes.count) from \(codes[0]) on"
                )
            ]
        }
        let said = numbers.map(DrawnTraits.init).sorted()
        guard said == source.map(\.traits).sorted() else {
            return [
                Self.refuse(
                    "draw.barred",
                    "回避裁判、组别与名单不符",
                    "barred judges and groups are not those of the list"
                )
            ]
        }
        return []
    }

    /// Whom a layer is drawn from: those who compete, or the numbers of the layer outside it.
    func drawSource(_ item: ItemID, _ layer: Int) -> [DrawSource] {
        guard layer > 1 else {
            return (house.byItem[item] ?? []).compactMap { house.entrants[$0] }
                .filter { $0.status == .competing }.sorted { $0.id < $1.id }.map { entrant in
                    DrawSource(
                        id: entrant.id,
                        traits: DrawnTraits(
                            barred: house.barred(from: entrant.delegation, item).sorted(),
                            group: entrant.group,
                            isGuest: entrant.isGuest
                        )
                    )
                }
        }
        let numbers = house.blind[item]?.layers[layer - 2].numbers ?? [:]
        return numbers.values.sorted { $0.entrant.id < $1.entrant.id }.map { number in
            DrawSource(
                id: number.entrant.id,
                traits: DrawnTraits(
                    barred: number.barred.sorted(),
                    group: number.entrant.group,
                    isGuest: number.entrant.isGuest
                )
            )
        }
    }

    static func numberCode(_ item: ItemID, _ letter: String, _ number: Int) -> String {
        item.text + "-" + letter + String(String(1000 + number).suffix(3))
    }

    /// Innermost first.
    func checkReveal(_ body: JSONValue, item: ItemID?) -> [Finding] {
        guard let item else { return [] }
        let (layer, fault) = layerFault(body, item)
        if let fault { return [fault] }
        let held = house.blind[item]?.layers ?? []
        let next = held.last { $0.numbers != nil && $0.sources == nil }.flatMap { layer in
            held.firstIndex { $0.position == layer.position }
        }
        guard let next else {
            return [Self.refuse("reveal.open", "没有待解密的层", "no layer is still closed")]
        }
        guard layer == next + 1 else {
            return [
                Self.refuse(
                    "reveal.order",
                    "应先解密第 \(next + 1) 层(由内到外)",
                    "layer \(next + 1) comes first (from the inside out)"
                )
            ]
        }
        return []
    }

    // MARK: The second person

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
        let speakers = house.appointments(of: statement.author, as: rule.seconds, for: first.item)
        guard !speakers.isEmpty else {
            let roles = rule.seconds.map(\.text)
            return [
                Self.refuse(
                    "statement.role",
                    "\(first.kind.text.zh)须由\(roles.map(\.zh).joined(separator: "或"))附议",
                    "a \(first.kind.text.en) is seconded by \(roles.map(\.en).joined(separator: " or "))"
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
                    "a \(first.kind.text.en) takes two persons"
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

/// What is public of whoever bears a number: what marking must know.
struct DrawnTraits: Hashable, Comparable {
    var barred: [String]
    let group: String
    let isGuest: Bool

    init(barred: [String], group: String, isGuest: Bool) {
        self.barred = barred
        self.group = group
        self.isGuest = isGuest
    }

    init(_ json: JSONValue) {
        barred = (json["barred"]?.array ?? []).compactMap { $0.string }.sorted()
        group = json["group"]?.string ?? ""
        isGuest = json["guest"]?.bool ?? false
    }

    init(_ number: BlindItem.Number) {
        barred = number.barred.sorted()
        group = number.entrant.group
        isGuest = number.entrant.isGuest
    }

    func among(_ judges: Set<String>) -> DrawnTraits {
        var traits = self
        traits.barred = barred.filter(judges.contains)
        return traits
    }

    static func < (a: DrawnTraits, b: DrawnTraits) -> Bool {
        let (left, right) = (a.barred.joined(separator: " "), b.barred.joined(separator: " "))
        if left != right { return left < right }
        if a.group != b.group { return a.group < b.group }
        return !a.isGuest && b.isGuest
    }
}

/// One of those that a layer is drawn from.
struct DrawSource {
    let id: EntrantID
    let traits: DrawnTraits
}
