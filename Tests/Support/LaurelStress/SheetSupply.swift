import Competition
import Exact
import Foundation
import Ledger
import Seal
import Secretariat

/// An endless supply of sheets of one author, each freshly signed: first those that are still
/// missing, then corrections of those that stand.
struct SheetSupply {
    private struct Slot: Hashable {
        let entrant: EntrantID
        let unit: NodeID
    }

    private let office: Office
    private let key: SigningKey
    private let item: ItemID
    private let judge: JudgeID?
    private let card: Digest
    private let slots: [Slot]
    private let choices: [NodeID: [[Int32]]]
    private var standing: [Slot: Digest] = [:]
    private var random: SeededGenerator
    private var turn = 0

    init(office: Office, judge name: String, key: SigningKey, seed: UInt64) throws {
        let appointments = try office.record.appointments()
        guard let own = appointments.first(where: { $0.name == name }),
            let item = own.item.flatMap({ ItemID($0) }), let card = office.catalogue.cards[item],
            let hash = office.catalogue.cardHashes[item]
        else { throw Misuse(text: "--judge \(name) is appointed to no item") }
        let judge = own.role == .judge ? JudgeID(name) : nil
        var choices: [NodeID: [[Int32]]] = [:]
        for unit in card.units {
            let marked = judge == nil ? unit.agreed : unit.judged
            if !marked.isEmpty { choices[unit.id] = try marked.map { try Self.marks($0.aspect) } }
        }
        var slots: [Slot] = []
        for row in try office.record.entrants(of: item) {
            for unit in choices.keys.sorted() {
                slots.append(Slot(entrant: row.entrant.id, unit: unit))
            }
        }
        for row in try office.record.sheets(of: item) where row.judge == judge {
            let slot = Slot(entrant: row.entrant, unit: row.unit)
            standing[slot] = try office.record.statement(at: row.position)?.id
        }
        self.office = office
        self.key = key
        self.item = item
        self.judge = judge
        self.card = hash
        self.slots = slots
        self.choices = choices
        random = SeededGenerator.forked(seed, name)
    }

    /// Every mark that an aspect may have, as it is stored.
    private static func marks(_ aspect: Aspect) throws -> [Int32] {
        let range = aspect.marking.range
        var marks: [Int32] = []
        var value = range.least
        while value <= range.greatest {
            marks.append(try aspect.read(value.shortest))
            value = try value.plus(range.step)
        }
        return marks
    }

    mutating func next() throws -> SignedStatement {
        let slot = slots[turn % slots.count]
        turn += 1
        let marks = (choices[slot.unit] ?? []).map { $0.randomElement(using: &random) ?? 0 }
        let old = standing[slot]
        let sheet = SheetContent(
            item: item,
            unit: slot.unit,
            entrant: slot.entrant,
            judge: judge,
            attempt: 1,
            card: card,
            marks: marks,
            replaces: old,
            reason: old == nil ? nil : "虚构的更正"
        )
        let statement = try office.statement(.sheet, sheet.body, by: key)
        standing[slot] = statement.id
        return statement
    }
}
