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

    static let holderMarks = refuse(
        "draw.marks",
        "持有加密号的人不能在本项目评分或录分",
        "who holds blind numbers neither marks in the item nor types in its sheets"
    )

    func marks(_ item: ItemID, _ persons: Set<String>) -> Bool {
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
        if let taken = house.byItem[item]?.first(where: { Self.isNumberCode($0, of: item) }) {
            return [
                Self.refuse(
                    "entrants.number",
                    "选手编号 \(taken.text) 与加密号的写法相同,不能抽签",
                    "the code \(taken.text) looks like a blind number; nothing can be drawn"
                )
            ]
        }
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
