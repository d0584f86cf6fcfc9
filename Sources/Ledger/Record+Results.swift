internal import Competition
internal import Foundation
internal import GRDB
public import Seal

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
