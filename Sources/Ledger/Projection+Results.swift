internal import Competition
internal import Foundation
internal import GRDB
internal import Seal

extension Projection {
    func publish(_ entry: Entry, _ house: inout House) throws {
        let kind = entry.text("kind")
        guard let hash = entry.body["snapshot"]?.string.flatMap({ Digest(hex: $0) }) else { return }
        try db.execute(
            sql: "INSERT INTO publication VALUES (?, ?, ?, ?)",
            arguments: [entry.position, kind, Data(hash.bytes), entry.admittedAt]
        )
        for value in entry.body["items"]?.array ?? [] {
            try state(
                value.string ?? "",
                kind == "final" ? .final : .provisional,
                entry,
                &house
            )
        }
    }

    /// The register of violations (违规行为处理登记表); what bears on an entrant's result takes effect.
    func penalty(_ entry: Entry, house: inout House) throws {
        let body = entry.body
        let offender = body["offender"]?.string ?? "entrant"
        let measure =
            body["measure"]?.string ?? (body["void_part"] == nil ? "deduction" : "void-part")
        try db.execute(
            sql: "INSERT INTO penalty VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                entry.position, entry.text("item"), body["entrant"]?.string, offender,
                body["subject"]?.string ?? entry.text("entrant"), body["delegation"]?.string,
                body["occurred_at"]?.string, measure, body["deduction"]?.string ?? "0",
                body["void_part"]?.string, entry.text("reason"),
            ]
        )
        if measure == "disqualification" {
            try standing(entry.text("entrant"), .disqualified, entry, house: &house)
        }
    }

    func standing(_ entry: Entry, house: inout House) throws {
        guard let status = EntrantStatus(rawValue: entry.text("status")) else { return }
        try standing(entry.text("entrant"), status, entry, house: &house)
    }

    private func standing(
        _ code: String,
        _ status: EntrantStatus,
        _ entry: Entry,
        house: inout House
    ) throws {
        guard let id = EntrantID(code), let item = entry.item else { return }
        let isOwn = house.entrants[id] != nil
        let (table, column) = isOwn ? ("entrant", "id") : ("blind_number", "number")
        guard
            let row = try Row.fetchOne(
                db,
                sql: "SELECT status, status_id, contested FROM \(table) WHERE \(column) = ?",
                arguments: [code]
            )
        else { return }
        // Two venues may have said different things of one entrant: then neither counts before a
        // ruling, in whichever order they came.
        let named = entry.body["replaces"]?.string.flatMap { Digest(hex: $0) }.map {
            Data($0.bytes)
        }
        let last: Data? = try row.get("status_id")
        let isContested =
            try isCarried(entry.id)
            && (row.get("contested")
                || last != nil && last != named
                    && row.get("status") as String != status.rawValue)
        let stands = isContested ? EntrantStatus.competing : status
        try db.execute(
            sql: """
                UPDATE \(table) SET status = ?, reason = ?, status_id = ?, contested = ?
                WHERE \(column) = ?
                """,
            arguments: [
                stands.rawValue, isContested ? nil : entry.text("reason"), Data(entry.id.bytes),
                isContested, code,
            ]
        )
        if var entrant = house.entrants[id] {
            entrant.status = stands
            house.add(entrant)
        } else if let layer = house.blind[item]?.layers.indices.last {
            house.blind[item]?.layers[layer].numbers?[id]?.entrant.status = stands
        }
    }
}
