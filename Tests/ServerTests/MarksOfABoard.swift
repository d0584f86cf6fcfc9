import Competition
import Ledger
import Seal

@testable import Secretariat

/// Invented sheets for every place of an item that still wants one.
struct MarksOfABoard {
    private let world: ServedWorld
    private let item: ItemID

    init(_ world: ServedWorld, _ item: ItemID) throws {
        self.world = world
        self.item = item
    }

    /// The sheets, each signed by its judge; the panel's by the recorder.
    func sheets(by recorder: SigningKey) throws -> [SignedStatement] {
        let board = try world.office.board(of: item)
        guard let card = world.office.catalogue.cardHashes[item] else { return [] }
        return try board.sheets.filter { $0.value == nil }.keys.sorted().map { place in
            let unit = board.units[place.unit]
            var random = SeededGenerator.forked(11, place.entrant.text)
            let marks = RehearsalMarks(unit: unit)
            let values =
                place.judge == nil
                ? marks.agreed(ability: 700, random: &random)
                : marks.judged(ability: 700, judges: 1, random: &random)[0]
            return try world.office.statement(
                .sheet,
                SheetContent(
                    item: item,
                    unit: unit.id,
                    entrant: place.entrant,
                    judge: place.judge,
                    attempt: place.attempt,
                    card: card,
                    marks: values
                ).body,
                by: try place.judge.map { try world.ring.key($0.text) } ?? recorder
            )
        }
    }
}
