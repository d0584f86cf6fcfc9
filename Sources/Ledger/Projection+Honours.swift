internal import Competition
internal import Exact
internal import Foundation
internal import GRDB
internal import Seal

extension Projection {
    /// The register of honours: nothing is deleted from it.
    func honour(_ entry: Entry, _ house: House) throws {
        switch entry.text("action") {
        case "propose": try propose(entry, house)
        case "sanction": try sanction(entry)
        case "lift":
            try db.execute(
                sql: "UPDATE sanction SET lifted_at = ? WHERE statement_id = ?",
                arguments: [
                    entry.admittedAt,
                    Data(Digest(hex: entry.text("sanction"))?.bytes ?? []),
                ]
            )
        default: try settle(entry, as: entry.text("action"))
        }
    }

    private func propose(_ entry: Entry, _ house: House) throws {
        let missing = entry.body["missing"]?.array?.compactMap(\.string).joined(separator: " ")
        try db.execute(
            sql: "INSERT INTO honour VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                entry.text("honour"), entry.text("rule"), entry.text("kind"),
                entry.text("item"), entry.text("entrant"),
                Data(Digest(hex: entry.text("person"))?.bytes ?? []),
                Data(Digest(hex: entry.text("snapshot"))?.bytes ?? []),
                entry.text("kind") == "nominated" ? "nominated" : "proposed",
                house.appointments(
                    of: entry.statement.author,
                    as: [.organiser],
                    for: nil
                ).first?.person ?? "",
                entry.body["reason"]?.string, entry.position, missing,
                entry.body["level"]?.string, entry.body["replaces"]?.string, nil,
            ]
        )
    }

    private func settle(_ entry: Entry, as action: String) throws {
        let states = ["confer": "conferred", "decline": "declined", "revoke": "revoked"]
        let snapshot = entry.body["snapshot"]?.string.flatMap { Digest(hex: $0) }
        try db.execute(
            sql: """
                UPDATE honour SET state = ?, reason = coalesce(?, reason), changed_at = ?,
                    snapshot = coalesce(?, snapshot), decided_by = coalesce(?, decided_by),
                    level = coalesce(?, level)
                WHERE id = ?
                """,
            arguments: [
                states[action], entry.body["reason"]?.string, entry.position,
                snapshot.map { Data($0.bytes) }, entry.body["decided_by"]?.string,
                entry.body["level"]?.string, entry.text("honour"),
            ]
        )
        if case .object(let members)? = entry.body["evidence"] {
            for member in members {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO honour_evidence VALUES (?, ?, ?)",
                    arguments: [entry.text("honour"), member.name, member.value.string ?? ""]
                )
            }
        }
        if let superseded = entry.body["supersedes"]?.string {
            try db.execute(
                sql: """
                    UPDATE honour SET state = 'superseded', changed_at = ?
                    WHERE id = ? AND state = 'conferred'
                    """,
                arguments: [entry.position, superseded]
            )
        }
    }

    private func sanction(_ entry: Entry) throws {
        for value in entry.body["persons"]?.array ?? [] {
            guard let person = value.string.flatMap({ Digest(hex: $0) }) else { continue }
            try db.execute(
                sql: "INSERT OR IGNORE INTO sanction VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                arguments: [
                    entry.position, Data(entry.id.bytes), Data(person.bytes),
                    entry.text("measure"), entry.text("from"), entry.body["until"]?.string,
                    entry.text("reason"),
                ]
            )
        }
    }
}
