internal import Competition
internal import Foundation
internal import GRDB
internal import Seal

/// The blind numbers (加密) of an item: up to three layers, each drawn and held by another person.
struct BlindItem {
    /// One layer, 1 outermost.
    struct Layer {
        /// Where the commitment stands, and what it is.
        let position: Int
        let commitment: Digest
        /// Who holds its secret.
        let holder: String
        /// The hash of the second person's nonce, which the holder could not foresee.
        var witness: Digest?
        /// The codes that it was drawn from, sorted.
        var drawnFrom: [EntrantID] = []
        /// Its numbers by code; nil before the draw.
        var numbers: [EntrantID: Number]?
        /// Which number or entrant each stands for; nil until it is opened.
        var sources: [EntrantID: EntrantID]?
    }

    /// One number: what marking must know of whoever bears it, and nothing else.
    struct Number {
        var entrant: Entrant
        let barred: Set<String>
    }

    /// By layer, from 1.
    var layers: [Layer] = []

    /// Whether the outermost layer has been opened, so that entrants go by their own codes.
    var isOpen: Bool { layers.first?.sources != nil }

    /// The numbers that sheets are entered against; nil while a layer is not drawn.
    func innermost(of required: Int) -> [EntrantID: Number]? {
        layers.count == required ? layers.last?.numbers : nil
    }
}

extension House {
    /// Whom sheets and rulings of an item may name just now.
    enum Subjects {
        /// Entrants by their own codes: no layer, or all of them opened.
        case entrants
        /// Blind numbers.
        case numbers([EntrantID: BlindItem.Number])
        /// Nobody yet: a layer is still to be drawn.
        case undrawn(layer: Int)
    }

    func subjects(of item: ItemID, layers required: Int) -> Subjects {
        guard required > 0 else { return .entrants }
        guard let blind = blind[item] else { return .undrawn(layer: 1) }
        if blind.isOpen { return .entrants }
        guard let numbers = blind.innermost(of: required) else {
            let drawn = blind.layers.prefix { $0.numbers != nil }.count
            return .undrawn(layer: drawn + 1)
        }
        return .numbers(numbers)
    }

    /// The entrant, or the bearer of a blind number, of that code.
    func subject(_ code: EntrantID, of item: ItemID, layers: Int) -> Entrant? {
        switch subjects(of: item, layers: layers) {
        case .entrants: entrants[code].flatMap { $0.item == item ? $0 : nil }
        case .numbers(let numbers): numbers[code]?.entrant
        case .undrawn: nil
        }
    }

    /// Everyone of an item who is to be marked, by code, with the judges barred from each.
    func subjectList(
        of item: ItemID,
        layers: Int
    ) -> [(entrant: Entrant, barred: Set<String>)] {
        switch subjects(of: item, layers: layers) {
        case .entrants:
            (byItem[item] ?? []).compactMap { entrants[$0] }.sorted { $0.id < $1.id }.map {
                ($0, barred(from: $0.delegation, item))
            }
        case .numbers(let numbers):
            numbers.values.sorted { $0.entrant.id < $1.entrant.id }.map { ($0.entrant, $0.barred) }
        case .undrawn: []
        }
    }

    /// The names of the item's judges who may not mark entrants of that delegation.
    func barred(from delegation: DelegationID, _ item: ItemID) -> Set<String> {
        Set((judges[item] ?? []).filter { $0.isBarred(from: delegation) }.map(\.id.text))
    }

    /// Whether a judge may not mark whoever bears that code.
    func isBarred(_ judge: Judge, from entrant: Entrant, layers: Int) -> Bool {
        if case .numbers(let numbers) = subjects(of: entrant.item, layers: layers) {
            return numbers[entrant.id]?.barred.contains(judge.id.text) ?? true
        }
        return judge.isBarred(from: entrant.delegation)
    }

    mutating func readDraws(_ db: Database) throws {
        let layers = try Row.fetchAll(db, sql: "SELECT * FROM blind_layer ORDER BY item, layer")
        for row in layers {
            guard let item = ItemID(try row.get("item") as String),
                let commitment = Digest(bytes: try row.get("commitment") as Data)
            else { continue }
            var layer = BlindItem.Layer(
                position: try row.get("position"),
                commitment: commitment,
                holder: try row.get("holder"),
                witness: (try row.get("witness") as Data?).flatMap { Digest(bytes: $0) }
            )
            let numbers = try Row.fetchAll(
                db,
                sql: "SELECT * FROM blind_number WHERE item = ? AND layer = ? ORDER BY number",
                arguments: [item.text, row.get("layer") as Int]
            )
            if let from = try row.get("drawn_from") as String? {
                layer.drawnFrom = from.split(separator: " ").compactMap { EntrantID($0) }
                layer.numbers = [:]
                for row in numbers {
                    guard let number = try BlindItem.Number(row, item: item) else { continue }
                    layer.numbers?[number.entrant.id] = number
                    if let source = (try row.get("source") as String?).flatMap({ EntrantID($0) }) {
                        layer.sources = layer.sources ?? [:]
                        layer.sources?[number.entrant.id] = source
                    }
                }
            }
            blind[item, default: BlindItem()].layers.append(layer)
        }
    }
}

extension BlindItem.Number {
    init?(_ row: Row, item: ItemID) throws {
        guard let id = EntrantID(try row.get("number") as String),
            let status = EntrantStatus(rawValue: try row.get("status")),
            let hidden = DelegationID("blind")
        else { return nil }
        self.init(
            entrant: Entrant(
                id: id,
                item: item,
                delegation: hidden,
                group: try row.get("grp"),
                isGuest: try row.get("guest"),
                status: status
            ),
            barred: Set((try row.get("barred") as String).split(separator: " ").map(String.init))
        )
    }
}
