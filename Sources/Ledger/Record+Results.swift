internal import Competition
internal import Foundation
internal import GRDB
public import Seal

/// An honour in the register.
public struct HonourRow: Sendable, Hashable {
    /// Its number.
    public let id: String
    /// The rule it stands on.
    public let rule: String
    /// Conferred, conditional, nominated or priority.
    public let kind: String
    /// The item.
    public let item: String
    /// The entrant.
    public let entrant: String
    /// The commitment to the person.
    public let person: Digest
    /// The snapshot it stands on.
    public let snapshot: Digest
    /// Proposed, nominated, conferred or revoked.
    public let state: String
    /// Why, where a reason was given.
    public let reason: String?
}

/// An appeal and its ruling.
public struct AppealRow: Sendable, Hashable {
    /// The position of the appeal, by which a ruling names it.
    public let position: Int
    /// The item.
    public let item: String
    /// The entrant.
    public let entrant: String
    /// What it rests on.
    public let grounds: String
    /// Whether it was upheld; nil while it is not ruled on.
    public let upheld: Bool?
    /// The reason of the ruling.
    public let reason: String?
}

/// A payment that a bureau has recorded.
public struct PaymentRow: Sendable, Hashable {
    /// The benefit.
    public let benefit: String
    /// The month it was for, `2023-05`, where it is monthly.
    public let month: String?
    /// The amount in fen.
    public let amountFen: Int
}

extension Record {
    /// The register of honours, by number.
    public func honours() throws -> [HonourRow] {
        try queue.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM honour ORDER BY id").compactMap { row in
                guard let person = Digest(bytes: try row.get("person") as Data),
                    let snapshot = Digest(bytes: try row.get("snapshot") as Data)
                else { return nil }
                return HonourRow(
                    id: try row.get("id"),
                    rule: try row.get("rule"),
                    kind: try row.get("kind"),
                    item: try row.get("item"),
                    entrant: try row.get("entrant"),
                    person: person,
                    snapshot: snapshot,
                    state: try row.get("state"),
                    reason: try row.get("reason")
                )
            }
        }
    }

    /// The appeals, in the order of their admission.
    public func appeals() throws -> [AppealRow] {
        try queue.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM appeal ORDER BY position").map { row in
                AppealRow(
                    position: try row.get("position"),
                    item: try row.get("item"),
                    entrant: try row.get("entrant"),
                    grounds: try row.get("grounds"),
                    upheld: try row.get("upheld"),
                    reason: try row.get("reason")
                )
            }
        }
    }

    /// Every payment, with the person it was made to, in the order of their admission.
    ///
    /// - Returns: the payments.
    /// - Throws: what SQLite throws where the record can't be read.
    public func payments() throws -> [(person: Digest, payment: PaymentRow)] {
        try queue.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM payment ORDER BY position").compactMap { row in
                guard let person = Digest(bytes: try row.get("person") as Data) else { return nil }
                return (
                    person,
                    PaymentRow(
                        benefit: try row.get("benefit"),
                        month: try row.get("month"),
                        amountFen: try row.get("amount_fen")
                    )
                )
            }
        }
    }

    /// What was paid to a person.
    public func payments(to person: Digest) throws -> [PaymentRow] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM payment WHERE person = ? ORDER BY position",
                arguments: [Data(person.bytes)]
            ).map {
                PaymentRow(
                    benefit: try $0.get("benefit"),
                    month: try $0.get("month"),
                    amountFen: try $0.get("amount_fen")
                )
            }
        }
    }
}
