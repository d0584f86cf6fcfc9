public import Exact
internal import Foundation
internal import GRDB
public import Seal

/// An honour in the register.
public struct HonourRow: Sendable, Hashable {
    /// Its number.
    public let id: String
    /// The rule it stands on.
    public let rule: String
    /// Conferred, conditional, nominated or promotion.
    public let kind: String
    /// The item.
    public let item: String
    /// The entrant.
    public let entrant: String
    /// The commitment to the person.
    public let person: Digest
    /// The snapshot it stands on: that of its conferral, before it that of its proposal.
    public let snapshot: Digest
    /// Proposed, nominated, conferred, declined, revoked or superseded.
    public let state: String
    /// Why it was reissued, declined or revoked; what ``Record/note(_:)`` opens.
    public let reason: String?
    /// The conditions that were open when it was proposed; nil of proposals that did not say.
    public let missing: [String]?
    /// Of a promotion: to which level.
    public let level: String?
    /// The honour that it is reissued for.
    public let replaces: String?
    /// The body that decided, where another one did.
    public let decidedBy: String?
    /// What shows each condition; what ``Record/note(_:)`` opens.
    public let evidence: [String: String]
    /// The position of the statement that made it what it is.
    public let changedAt: Int

    /// Whether it awaits a decision.
    public var isOpen: Bool { ["proposed", "nominated"].contains(state) }
}

/// A measure that keeps a person from honours.
public struct SanctionRow: Sendable, Hashable {
    /// The statement that imposed it.
    public let id: Digest
    /// Its position in the chain.
    public let position: Int
    /// The commitment to the person.
    public let person: Digest
    /// The measure.
    public let measure: String
    /// Its first day.
    public let from: Day
    /// Its last day; nil where it has no end.
    public let until: Day?
    /// Why; what ``Record/note(_:)`` opens.
    public let reason: String
    /// The day on which it was lifted; nil where it stands.
    public let liftedOn: Day?

    /// Whether it binds on a day.
    ///
    /// - Parameter day: the day.
    /// - Returns: whether it has begun, has not ended, and is not lifted.
    public func isInForce(on day: Day) -> Bool {
        from <= day && until.map { day <= $0 } ?? true && liftedOn.map { day < $0 } ?? true
    }
}

extension Record {
    /// The register of honours, by number.
    ///
    /// - Returns: every honour that was ever proposed.
    /// - Throws: what SQLite throws where the record can't be read.
    public func honours() throws -> [HonourRow] {
        try queue.read { db in
            var evidence: [String: [String: String]] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT * FROM honour_evidence") {
                evidence[try row.get("honour"), default: [:]][try row.get("fact")] =
                    try row.get("words")
            }
            return try Row.fetchAll(db, sql: "SELECT * FROM honour ORDER BY id").compactMap { row in
                try Self.honour(row, evidence)
            }
        }
    }

    private static func honour(
        _ row: Row,
        _ evidence: [String: [String: String]]
    ) throws -> HonourRow? {
        guard let person = Digest(bytes: try row.get("person") as Data),
            let snapshot = Digest(bytes: try row.get("snapshot") as Data)
        else { return nil }
        let id: String = try row.get("id")
        let missing: String? = try row.get("missing")
        return HonourRow(
            id: id,
            rule: try row.get("rule"),
            kind: try row.get("kind"),
            item: try row.get("item"),
            entrant: try row.get("entrant"),
            person: person,
            snapshot: snapshot,
            state: try row.get("state"),
            reason: try row.get("reason"),
            missing: missing.map { $0.split(separator: " ").map(String.init) },
            level: try row.get("level"),
            replaces: try row.get("replaces"),
            decidedBy: try row.get("decided_by"),
            evidence: evidence[id] ?? [:],
            changedAt: try row.get("changed_at")
        )
    }

    /// The sanctions, in the order in which they were imposed.
    ///
    /// - Returns: one row for each person of each sanction.
    /// - Throws: what SQLite throws where the record can't be read.
    public func sanctions() throws -> [SanctionRow] {
        try queue.read { try Self.sanctions($0) }
    }

    static func sanctions(_ db: Database) throws -> [SanctionRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM sanction ORDER BY position, person").compactMap {
            row in
            guard let id = Digest(bytes: try row.get("statement_id") as Data),
                let person = Digest(bytes: try row.get("person") as Data),
                let from = Day(try row.get("starts") as String)
            else { return nil }
            let until: String? = try row.get("ends")
            let lifted: Int? = try row.get("lifted_at")
            return SanctionRow(
                id: id,
                position: try row.get("position"),
                person: person,
                measure: try row.get("measure"),
                from: from,
                until: until.flatMap { Day($0) },
                reason: try row.get("reason"),
                liftedOn: lifted.flatMap { Day(inChinaAt: $0) }
            )
        }
    }
}
