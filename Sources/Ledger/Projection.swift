internal import Competition
internal import Foundation
internal import GRDB
internal import Seal

/// What an admitted statement changes in the projections; a pure function of the chain, so that all
/// of them can be dropped and made again.
struct Projection {
    let db: Database

    func apply(
        _ statement: Statement,
        at position: Int,
        admittedAt: Int,
        house: inout House
    ) throws {
        let body = statement.body
        func text(_ name: String) -> String { body[name]?.string ?? "" }
        switch statement.kind {
        case .genesis, .appoint:
            try appoint(statement, position: position, house: &house)
        case .dismiss:
            try db.execute(
                sql: "UPDATE appointment SET ended_at = ? WHERE name = ? AND ended_at IS NULL",
                arguments: [position, text("name")]
            )
            house = try House(db)
        case .entrants: try register(body, house: &house)
        case .sheet: try sheet(statement, at: position, house: house)
        case .confirm:
            let update = try db.cachedStatement(
                sql: """
                    UPDATE sheet SET confirmed_at = ? WHERE position =
                    (SELECT position FROM entry WHERE statement_id = ?)
                    """
            )
            for value in body["sheets"]?.array ?? [] {
                guard let id = value.string.flatMap({ Digest(hex: $0) }) else { continue }
                try update.execute(arguments: [position, Data(id.bytes)])
            }
        case .standing:
            try db.execute(
                sql: "UPDATE entrant SET status = ?, reason = ? WHERE id = ?",
                arguments: [text("status"), text("reason"), text("entrant")]
            )
            if let id = EntrantID(text("entrant")), var entrant = house.entrants[id],
                let status = EntrantStatus(rawValue: text("status"))
            {
                entrant.status = status
                house.add(entrant)
            }
        case .penalty:
            try db.execute(
                sql: "INSERT INTO penalty VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    position, text("item"), text("entrant"), text("deduction"),
                    body["void_part"]?.string, text("reason"),
                ]
            )
        case .order:
            for (place, value) in (body["entrants"]?.array ?? []).enumerated() {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO ordering VALUES (?, ?, ?, ?)",
                    arguments: [value.string, text("item"), place, text("reason")]
                )
            }
        case .lock:
            let person = house.appointments(
                of: statement.author,
                as: [.chiefJudge],
                for: ItemID(text("item"))
            ).first?.person
            try state(text("item"), .locked, position, &house, lockedBy: person)
        case .cosign: try state(text("item"), .cosigned, position, &house)
        case .reopen: try state(text("item"), .open, position, &house)
        case .appeal:
            try db.execute(
                sql: """
                    INSERT INTO appeal (position, item, entrant, delegation, grounds)
                    SELECT ?, item, id, delegation, ? FROM entrant WHERE id = ?
                    """,
                arguments: [position, text("grounds"), text("entrant")]
            )
        case .ruling:
            try db.execute(
                sql: "UPDATE appeal SET ruling = ?, upheld = ?, reason = ? WHERE position = ?",
                arguments: [position, body["upheld"]?.bool, text("reason"), body["appeal"]?.int]
            )
        case .publish: try publish(body, position, admittedAt, &house)
        case .honour: try honour(statement, position, house)
        case .pull: break
        case .payment:
            try db.execute(
                sql: "INSERT INTO payment VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    position, Digest(hex: text("person")).map { Data($0.bytes) } ?? Data(),
                    text("benefit"), body["month"]?.string, body["amount_fen"]?.int ?? 0,
                ]
            )
        }
    }

    /// Genesis appoints the root key as organiser.
    private func appoint(_ statement: Statement, position: Int, house: inout House) throws {
        let body = statement.body
        let isRoot = statement.kind == .genesis
        let key =
            isRoot
            ? statement.author : body["key"]?.string.flatMap { VerifyingKey(hex: $0) }
        let role = isRoot ? .organiser : body["role"]?.string.flatMap(Role.init(rawValue:))
        guard let key, let role, let name = body["name"]?.string,
            let person = body["person"]?.string
        else { return }
        let item = body["item"]?.string
        let delegation = body["delegation"]?.string
        try db.execute(
            sql: "INSERT INTO appointment VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
            arguments: [
                position, Data(key.bytes), role.rawValue, name, person, item, delegation,
            ]
        )
        house.add(
            House.Appointment(
                position: position,
                key: key,
                role: role,
                name: name,
                person: person,
                item: item.flatMap { ItemID($0) },
                delegation: delegation.flatMap { DelegationID($0) }
            )
        )
    }

    private func register(_ body: JSONValue, house: inout House) throws {
        let item = body["item"]?.string ?? ""
        for value in body["entrants"]?.array ?? [] {
            let members = (value["members"]?.array ?? []).compactMap(\.string)
            try db.execute(
                sql: "INSERT INTO entrant VALUES (?, ?, ?, ?, ?, ?, 'competing', NULL)",
                arguments: [
                    value["id"]?.string, item, value["delegation"]?.string, value["group"]?.string,
                    value["guest"]?.bool ?? false, members.joined(separator: " "),
                ]
            )
            if let row = try Row.fetchOne(
                db,
                sql: "SELECT * FROM entrant WHERE id = ?",
                arguments: [value["id"]?.string]
            ),
                let entrant = Entrant(row)
            {
                house.add(entrant)
            }
        }
    }

    private func sheet(_ statement: Statement, at position: Int, house: House) throws {
        guard let sheet = SheetContent(body: statement.body) else { return }
        if let replaces = sheet.replaces {
            try db.execute(
                sql: """
                    UPDATE sheet SET replaced_by = ? WHERE position =
                    (SELECT position FROM entry WHERE statement_id = ?)
                    """,
                arguments: [position, Data(replaces.bytes)]
            )
        }
        let person =
            house.appointments(of: statement.author, as: [.judge, .recorder], for: sheet.item)
            .first?.person ?? ""
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO sheet (position, item, unit, entrant, judge, attempt, marks, person)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try insert.execute(arguments: [
            position, sheet.item.text, sheet.unit.text, sheet.entrant.text,
            sheet.judge?.text ?? "", sheet.attempt, Data(SheetContent.packed(sheet.marks)), person,
        ])
    }

    private func state(
        _ item: String,
        _ state: ItemState,
        _ position: Int,
        _ house: inout House,
        lockedBy: String? = nil
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO item_state VALUES (?, ?, ?, ?)
                ON CONFLICT (item) DO UPDATE SET state = excluded.state,
                changed_at = excluded.changed_at, locked_by = ifnull(excluded.locked_by, locked_by)
                """,
            arguments: [item, state.rawValue, position, lockedBy]
        )
        if let id = ItemID(item) { house.states[id] = state }
    }

    private func publish(
        _ body: JSONValue,
        _ position: Int,
        _ admittedAt: Int,
        _ house: inout House
    ) throws {
        let kind = body["kind"]?.string ?? ""
        guard let hash = body["snapshot"]?.string.flatMap({ Digest(hex: $0) }) else { return }
        try db.execute(
            sql: "INSERT INTO publication VALUES (?, ?, ?, ?)",
            arguments: [position, kind, Data(hash.bytes), admittedAt]
        )
        for value in body["items"]?.array ?? [] {
            try state(
                value.string ?? "",
                kind == "final" ? .final : .provisional,
                position,
                &house
            )
        }
    }

    private func honour(_ statement: Statement, _ position: Int, _ house: House) throws {
        let body = statement.body
        func text(_ name: String) -> String { body[name]?.string ?? "" }
        switch text("action") {
        case "propose":
            let person = house.appointments(of: statement.author, as: [.organiser], for: nil)
                .first?.person
            try db.execute(
                sql: "INSERT INTO honour VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    text("honour"), text("rule"), text("kind"), text("item"), text("entrant"),
                    Data(Digest(hex: text("person"))?.bytes ?? []),
                    Data(Digest(hex: text("snapshot"))?.bytes ?? []),
                    text("kind") == "nominated" ? "nominated" : "proposed", person ?? "",
                    body["reason"]?.string, position,
                ]
            )
        default:
            try db.execute(
                sql: "UPDATE honour SET state = ?, reason = ?, changed_at = ? WHERE id = ?",
                arguments: [
                    text("action") == "confer" ? "conferred" : "revoked", body["reason"]?.string,
                    position, text("honour"),
                ]
            )
        }
    }
}
