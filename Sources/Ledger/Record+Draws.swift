public import Competition
internal import Findings
internal import Foundation
internal import GRDB
public import Seal

/// A layer of blind numbers as everybody may see it.
public struct DrawLayer: Sendable {
    /// Its number, 1 outermost.
    public let layer: Int
    /// The commitment's statement, by which a second person witnesses it.
    public let statement: Digest
    /// What was committed to.
    public let commitment: Digest
    /// Who holds the secret.
    public let holder: String
    /// Whether a second person has given the random number.
    public let isWitnessed: Bool
    /// Its numbers, in order; empty before the draw.
    public let numbers: [EntrantID]
    /// Whom each number stands for; empty before it is opened.
    public let sources: [EntrantID: EntrantID]
}

/// A statement that waits for its second person.
public struct PendingRow: Sendable {
    /// Its name, by which it is seconded.
    public let id: Digest
    /// Its position.
    public let position: Int
    /// What it asks for.
    public let kind: StatementKind
    /// The item, where it is of one.
    public let item: ItemID?
    /// Who said it.
    public let person: String
    /// The layer, where it is of one.
    public let layer: Int?
}

extension Record {
    /// The layers of blind numbers of an item, outermost first; those not yet committed to are not
    /// there.
    public func draws(of item: ItemID) throws -> [DrawLayer] {
        try queue.read { db in
            let (house, _) = try current(db)
            return try (house.blind[item]?.layers ?? []).enumerated().compactMap { index, layer in
                let id = try Data.fetchOne(
                    db,
                    sql: "SELECT statement_id FROM entry WHERE position = ?",
                    arguments: [layer.position]
                )
                return id.flatMap { Digest(bytes: $0) }.map {
                    DrawLayer(
                        layer: index + 1,
                        statement: $0,
                        commitment: layer.commitment,
                        holder: layer.holder,
                        isWitnessed: layer.witness != nil,
                        numbers: (layer.numbers ?? [:]).keys.sorted(),
                        sources: layer.sources ?? [:]
                    )
                }
            }
        }
    }

    /// What a commitment of that layer is bound to.
    public static func lotSubject(event: EventID, item: ItemID, layer: Int) -> String {
        Admission.lotSubject(event: event.text, item: item, layer: layer)
    }

    /// The body of the draw that a lot gives, once it is witnessed.
    public func drawBody(item: ItemID, layer: Int, lot: Lot, at now: Int) throws -> JSONValue {
        try queue.read { db in
            let (house, catalogue) = try current(db)
            guard let layers = house.blind[item]?.layers, layers.indices.contains(layer - 1),
                let witness = layers[layer - 1].witness
            else {
                throw Refusal(
                    Admission.refuse(
                        "draw.witness",
                        "第 \(layer) 层须先承诺并由监督或裁判长附议",
                        "layer \(layer) must be committed to and seconded first"
                    )
                )
            }
            let door = Admission(db: db, house: house, catalogue: catalogue, now: now)
            let source = door.drawSource(item, layer)
            let order = lot.order(of: source.count, witness: witness)
            let letter = ["A", "B", "C"][min(layer, 3) - 1]
            let numbers = order.enumerated().map { place, index -> JSONValue in
                let traits = source[index].traits
                return [
                    "barred": .array(traits.barred.map(JSONValue.string)),
                    "group": .string(traits.group), "guest": .bool(traits.isGuest),
                    "number": .string(Admission.numberCode(item, letter, place + 1)),
                ]
            }
            return [
                "from": .array(source.map { .string($0.id.text) }), "item": .string(item.text),
                "layer": .int(layer), "numbers": .array(numbers),
            ]
        }
    }

    /// What waits for a second person, the oldest first.
    public func pending() throws -> [PendingRow] {
        try queue.read { db in
            try current(db).0.openPending.map {
                PendingRow(
                    id: $0.id,
                    position: $0.position,
                    kind: $0.kind,
                    item: $0.item,
                    person: $0.person,
                    layer: $0.body["layer"]?.int
                )
            }
        }
    }

    /// The statement that gave an entrant, or the bearer of a number, the present status; nil where
    /// none did.
    public func statusStatement(of entrant: EntrantID) throws -> Digest? {
        try queue.read { db in
            try Data.fetchOne(
                db,
                sql: """
                    SELECT status_id FROM entrant WHERE id = ?1 AND status_id IS NOT NULL
                    UNION ALL SELECT status_id FROM blind_number
                    WHERE number = ?1 AND status_id IS NOT NULL
                    """,
                arguments: [entrant.text]
            ).flatMap { Digest(bytes: $0) }
        }
    }

    /// The register of violations (违规行为处理登记表), in the order of admission.
    public func violations() throws -> [ViolationRow] {
        try queue.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM penalty ORDER BY position").map { row in
                ViolationRow(
                    position: try row.get("position"),
                    item: try row.get("item"),
                    offender: Offender(rawValue: try row.get("offender")) ?? .entrant,
                    subject: try row.get("subject"),
                    delegation: try row.get("delegation"),
                    occurredAt: try row.get("occurred_at"),
                    measure: Measure(rawValue: try row.get("measure")) ?? .deduction,
                    deduction: try row.get("deduction"),
                    voidPart: try row.get("void_part"),
                    reason: try row.get("reason")
                )
            }
        }
    }
}
