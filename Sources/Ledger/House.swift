internal import Competition
internal import Foundation
internal import GRDB
internal import Seal

/// Who holds which role, who competes, and how the items stand: what the door looks at, read from
/// the projections and kept in step with them.
struct House {
    struct Appointment {
        let position: Int
        let key: VerifyingKey
        let role: Role
        let name: String
        let person: String
        let item: ItemID?
        let delegation: DelegationID?
        /// When it ends by itself, in milliseconds since 1970; nil where only a dismissal ends it.
        let until: Int?

        func isInForce(at now: Int) -> Bool { until.map { now < $0 } ?? true }
    }

    var appointments: [Appointment] = []
    var byKey: [VerifyingKey: [Int]] = [:]
    var judges: [ItemID: [Judge]] = [:]
    var entrants: [EntrantID: Entrant] = [:]
    var byItem: [ItemID: [EntrantID]] = [:]
    var states: [ItemID: ItemState] = [:]
    /// Since when an item's provisional results are out, in milliseconds.
    var provisionalSince: [ItemID: Int] = [:]
    var blind: [ItemID: BlindItem] = [:]
    var pending: [Pending] = []
    var revokedKeys: Set<VerifyingKey> = []
    /// The venue whose record this is; nil at the centre.
    var venue: String?

    /// A statement that waits for its second person.
    struct Pending {
        let position: Int
        let id: Digest
        let kind: StatementKind
        let item: ItemID?
        let person: String
        let body: JSONValue
    }

    init() {}

    init(_ db: Database) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT * FROM appointment WHERE ended_at IS NULL ORDER BY position"
        )
        while let row = try rows.next() {
            let keyBytes: [UInt8] = Array(try row.get("key") as Data)
            guard let key = VerifyingKey(bytes: keyBytes),
                let role = Role(rawValue: try row.get("role"))
            else { continue }
            add(
                Appointment(
                    position: try row.get("position"),
                    key: key,
                    role: role,
                    name: try row.get("name"),
                    person: try row.get("person"),
                    item: (try row.get("item") as String?).flatMap { ItemID($0) },
                    delegation: (try row.get("delegation") as String?).flatMap { DelegationID($0) },
                    until: try row.get("until")
                )
            )
        }
        let people = try Row.fetchCursor(db, sql: "SELECT * FROM entrant ORDER BY id")
        while let row = try people.next() {
            guard let entrant = try Entrant(row) else { continue }
            add(entrant)
        }
        let items = try Row.fetchCursor(
            db,
            sql: "SELECT item, state, provisional_at FROM item_state"
        )
        while let row = try items.next() {
            guard let item = ItemID(try row.get("item") as String),
                let state = ItemState(rawValue: try row.get("state"))
            else { continue }
            states[item] = state
            provisionalSince[item] = try row.get("provisional_at")
        }
        try readDraws(db)
        try readPending(db)
        for key in try Data.fetchAll(db, sql: "SELECT key FROM revoked_key") {
            if let key = VerifyingKey(bytes: Array(key)) { revokedKeys.insert(key) }
        }
        venue = try String.fetchOne(db, sql: "SELECT name FROM venue")
    }

    private mutating func readPending(_ db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT pending.*, entry.statement_id, entry.statement FROM pending
                JOIN entry USING (position) WHERE done_at IS NULL ORDER BY position
                """
        )
        for row in rows {
            guard let kind = StatementKind(rawValue: try row.get("kind")),
                let id = Digest(bytes: try row.get("statement_id") as Data),
                let statement = try? JSONValue(parsing: row.get("statement") as Data),
                let body = statement["body"]
            else { continue }
            pending.append(
                Pending(
                    position: try row.get("position"),
                    id: id,
                    kind: kind,
                    item: (try row.get("item") as String?).flatMap { ItemID($0) },
                    person: try row.get("person"),
                    body: body
                )
            )
        }
    }

    mutating func add(_ appointment: Appointment) {
        byKey[appointment.key, default: []].append(appointments.count)
        appointments.append(appointment)
        if appointment.role == .judge, let item = appointment.item,
            let id = JudgeID(appointment.name)
        {
            judges[item, default: []].append(
                Judge(id: id, item: item, delegation: appointment.delegation)
            )
        }
    }

    mutating func add(_ entrant: Entrant) {
        if entrants[entrant.id] == nil { byItem[entrant.item, default: []].append(entrant.id) }
        entrants[entrant.id] = entrant
    }

    /// What still can be seconded: a state that has moved on, or a later commitment, leaves it void.
    var openPending: [Pending] {
        pending.filter { first in
            guard let item = first.item, let rule = RoleRule.rule(for: first.kind) else {
                return true
            }
            if first.kind == .commit {
                return blind[item]?.layers.last?.position == first.position
            }
            if first.kind == .reveal, let layer = first.body["layer"]?.int,
                let layers = blind[item]?.layers, layers.indices.contains(layer - 1),
                layers[layer - 1].sources != nil
            {
                return false
            }
            return rule.states.contains(state(of: item))
        }
    }

    /// The state as it is kept: what comes before the lock is `open` here, whatever is in.
    func state(of item: ItemID) -> ItemState { states[item] ?? .open }

    /// The appointments of a key to any of these roles, whatever they are of.
    func appointments(of key: VerifyingKey, as roles: [Role]) -> [Appointment] {
        (byKey[key] ?? []).map { appointments[$0] }.filter { roles.contains($0.role) }
    }

    /// The appointments under which a key may say something of an item.
    func appointments(of key: VerifyingKey, as roles: [Role], for item: ItemID?) -> [Appointment] {
        (byKey[key] ?? []).map { appointments[$0] }.filter { appointment in
            roles.contains(appointment.role)
                && (appointment.item == nil || appointment.item == item)
        }
    }
}

extension Entrant {
    /// From the columns id, delegation, grp, guest, status, read by their places.
    init?(_ row: Row, of item: ItemID) throws {
        guard let id = EntrantID(try row.get(0) as String),
            let delegation = DelegationID(try row.get(1) as String),
            let status = EntrantStatus(rawValue: try row.get(4))
        else { return nil }
        self.init(
            id: id,
            item: item,
            delegation: delegation,
            group: try row.get(2),
            isGuest: try row.get(3),
            status: status
        )
    }

    init?(_ row: Row) throws {
        guard let id = EntrantID(try row.get("id") as String),
            let item = ItemID(try row.get("item") as String),
            let delegation = DelegationID(try row.get("delegation") as String),
            let status = EntrantStatus(rawValue: try row.get("status"))
        else { return nil }
        self.init(
            id: id,
            item: item,
            delegation: delegation,
            group: try row.get("grp"),
            isGuest: try row.get("guest"),
            status: status
        )
    }
}
