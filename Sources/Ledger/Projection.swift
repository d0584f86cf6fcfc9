internal import Competition
internal import Foundation
internal import GRDB
internal import Seal

/// What an admitted statement changes in the projections; a pure function of the chain, so that all
/// of them can be dropped and made again.
struct Projection {
    let db: Database
    let catalogue: Catalogue?

    /// A statement and where it stands.
    struct Entry {
        let statement: Statement
        let id: Digest
        let position: Int
        let admittedAt: Int

        var body: JSONValue { statement.body }
        func text(_ name: String) -> String { body[name]?.string ?? "" }
        var item: ItemID? { body["item"]?.string.flatMap { ItemID($0) } }
    }

    func apply(_ entry: Entry, house: inout House) throws {
        switch entry.statement.kind {
        case .genesis, .appoint: try appoint(entry, house: &house)
        case .dismiss:
            try db.execute(
                sql: "UPDATE appointment SET ended_at = ? WHERE name = ? AND ended_at IS NULL",
                arguments: [entry.position, entry.text("name")]
            )
            house = try House(db)
        case .rotate: try rotate(entry, house: &house)
        case .revoke: try revoke(entry, house: &house)
        case .entrants: try register(entry.body, house: &house)
        case .commit, .draw: try draw(entry, house: &house)
        case .reveal, .erase, .reopen: try wait(entry, house: &house)
        case .second: try second(entry, house: &house)
        case .sheet: try sheet(entry, house: &house)
        case .reentry: try reentry(entry, house: house)
        case .confirm: try confirm(entry)
        case .sendBack: try sendBack(entry, house)
        case .remark: try remark(entry, house)
        case .settle: try settle(entry)
        case .standing: try standing(entry, house: &house)
        case .penalty: try penalty(entry, house: &house)
        case .order:
            for (place, value) in (entry.body["entrants"]?.array ?? []).enumerated() {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO ordering VALUES (?, ?, ?, ?)",
                    arguments: [value.string, entry.text("item"), place, entry.text("reason")]
                )
            }
        case .lock:
            let person = self.person(entry, house)
            try state(entry.text("item"), .locked, entry, &house, lockedBy: person)
        case .cosign: try state(entry.text("item"), .cosigned, entry, &house)
        case .appeal:
            try db.execute(
                sql: """
                    INSERT INTO appeal (position, item, entrant, delegation, grounds, person)
                    SELECT ?, item, id, delegation, ?, ? FROM entrant WHERE id = ?
                    """,
                arguments: [
                    entry.position, entry.text("grounds"), person(entry, house),
                    entry.text("entrant"),
                ]
            )
        case .ruling:
            try db.execute(
                sql: """
                    UPDATE appeal SET ruling = ?, upheld = ?, remedy = ?, reason = ?
                    WHERE position = ?
                    """,
                arguments: [
                    entry.position, entry.body["upheld"]?.bool,
                    // While the item is open the remedy is under way.
                    entry.body["consequences"] != nil
                        && entry.item.map { house.state(of: $0) } != .open,
                    entry.text("reason"), entry.body["appeal"]?.int,
                ]
            )
        case .publish: try publish(entry, &house)
        case .honour: try honour(entry, house)
        case .pull: break
        case .payment:
            try db.execute(
                sql: "INSERT INTO payment VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    entry.position,
                    Digest(hex: entry.text("person")).map { Data($0.bytes) } ?? Data(),
                    entry.text("benefit"), entry.body["month"]?.string,
                    entry.body["amount_fen"]?.int ?? 0,
                ]
            )
        case .carry: try carry(entry, house: &house)
        }
    }

    /// The person behind an entry's author, in a role that may say it.
    func person(_ entry: Entry, _ house: House) -> String {
        let roles = RoleRule.rule(for: entry.statement.kind)?.roles ?? []
        return house.appointments(of: entry.statement.author, as: roles, for: entry.item).first?
            .person ?? ""
    }

    // MARK: Keys and entrants

    /// Genesis appoints the root key as organiser.
    private func appoint(_ entry: Entry, house: inout House) throws {
        let body = entry.body
        let isRoot = entry.statement.kind == .genesis
        let key =
            isRoot
            ? entry.statement.author : body["key"]?.string.flatMap { VerifyingKey(hex: $0) }
        let role = isRoot ? .organiser : body["role"]?.string.flatMap(Role.init(rawValue:))
        guard let key, let role, let name = body["name"]?.string,
            let person = body["person"]?.string
        else { return }
        try insert(
            House.Appointment(
                position: entry.position,
                key: key,
                role: role,
                name: name,
                person: person,
                item: entry.item,
                delegation: body["delegation"]?.string.flatMap { DelegationID($0) },
                until: body["until"]?.int
            ),
            house: &house
        )
    }

    private func insert(_ appointment: House.Appointment, house: inout House) throws {
        try db.execute(
            sql: "INSERT INTO appointment VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)",
            arguments: [
                appointment.position, Data(appointment.key.bytes), appointment.role.rawValue,
                appointment.name, appointment.person, appointment.item?.text,
                appointment.delegation?.text, appointment.until,
            ]
        )
        house.add(appointment)
    }

    /// The appointment ends under the old key and goes on, under its name, under the new one.
    private func rotate(_ entry: Entry, house: inout House) throws {
        guard let key = VerifyingKey(hex: entry.text("key")),
            let old = house.appointments.first(where: { $0.name == entry.text("name") })
        else { return }
        try db.execute(
            sql: "UPDATE appointment SET ended_at = ? WHERE name = ? AND ended_at IS NULL",
            arguments: [entry.position, old.name]
        )
        try insert(
            House.Appointment(
                position: entry.position,
                key: key,
                role: old.role,
                name: old.name,
                person: old.person,
                item: old.item,
                delegation: old.delegation,
                until: old.until
            ),
            house: &house
        )
        house = try House(db)
    }

    private func revoke(_ entry: Entry, house: inout House) throws {
        guard let key = VerifyingKey(hex: entry.text("key")) else { return }
        try db.execute(
            sql: "UPDATE appointment SET ended_at = ? WHERE key = ? AND ended_at IS NULL",
            arguments: [entry.position, Data(key.bytes)]
        )
        try db.execute(
            sql: "INSERT OR IGNORE INTO revoked_key VALUES (?, ?)",
            arguments: [Data(key.bytes), entry.position]
        )
        house = try House(db)
    }

    private func register(_ body: JSONValue, house: inout House) throws {
        let item = body["item"]?.string ?? ""
        for value in body["entrants"]?.array ?? [] {
            let members = (value["members"]?.array ?? []).compactMap(\.string)
            try db.execute(
                sql: "INSERT INTO entrant VALUES (?, ?, ?, ?, ?, ?, 'competing', NULL, NULL, 0)",
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
                let entrant = try Entrant(row)
            {
                house.add(entrant)
            }
        }
    }

    // MARK: What takes two

    func wait(_ entry: Entry, house: inout House) throws {
        let person = self.person(entry, house)
        try db.execute(
            sql: "INSERT INTO pending VALUES (?, ?, ?, ?, NULL)",
            arguments: [
                entry.position, entry.statement.kind.rawValue, entry.item?.text, person,
            ]
        )
        house.pending.append(
            House.Pending(
                position: entry.position,
                id: entry.id,
                kind: entry.statement.kind,
                item: entry.item,
                person: person,
                body: entry.body
            )
        )
    }

    private func second(_ entry: Entry, house: inout House) throws {
        guard let of = Digest(hex: entry.text("of")),
            let index = house.pending.firstIndex(where: { $0.id == of })
        else { return }
        let first = house.pending.remove(at: index)
        try db.execute(
            sql: "UPDATE pending SET done_at = ? WHERE position = ?",
            arguments: [entry.position, first.position]
        )
        switch first.kind {
        case .commit: try witness(first, by: entry, house: &house)
        case .reveal: try reveal(first, by: entry, house: &house)
        case .reopen: try state(first.item?.text ?? "", .open, entry, &house)
        case .erase:
            for name in ["persons", "notes"] {
                for value in first.body[name]?.array ?? [] {
                    guard let digest = value.string.flatMap({ Digest(hex: $0) }) else { continue }
                    try db.execute(
                        sql: "INSERT OR IGNORE INTO erased VALUES (?, ?)",
                        arguments: [Data(digest.bytes), entry.position]
                    )
                }
            }
        default: break
        }
    }

    private func carry(_ entry: Entry, house: inout House) throws {
        for value in entry.body["statements"]?.array ?? [] {
            guard let id = value.string.flatMap({ Digest(hex: $0) }) else { continue }
            try db.execute(
                sql: "INSERT OR IGNORE INTO carried VALUES (?, ?)",
                arguments: [Data(id.bytes), entry.position]
            )
        }
        if let venue = entry.body["venue"]?.string {
            try db.execute(
                sql: "INSERT OR REPLACE INTO venue VALUES (?, ?)",
                arguments: [venue, entry.position]
            )
            house.venue = venue
        }
    }

    // MARK: States

    func state(
        _ item: String,
        _ state: ItemState,
        _ entry: Entry,
        _ house: inout House,
        lockedBy: String? = nil
    ) throws {
        guard let id = ItemID(item) else { return }
        let old = house.state(of: id)
        // 公示 runs from the first time that these results are out, not from the last.
        let since: Int? =
            switch state {
            case .provisional:
                old == .provisional ? house.provisionalSince[id] : entry.admittedAt
            case .final: house.provisionalSince[id]
            default: nil
            }
        try db.execute(
            sql: """
                INSERT INTO item_state VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (item) DO UPDATE SET state = excluded.state,
                opened_at = ifnull(excluded.opened_at, opened_at),
                changed_at = excluded.changed_at, locked_by = ifnull(excluded.locked_by, locked_by),
                provisional_at = excluded.provisional_at
                """,
            arguments: [
                item, state.rawValue, entry.position, lockedBy, since,
                state == .open ? entry.position : nil,
            ]
        )
        house.states[id] = state
        house.provisionalSince[id] = since
    }
}
