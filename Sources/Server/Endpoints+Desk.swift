internal import Scoring
internal import HTTPTypes
internal import Competition
internal import Findings
internal import Ledger
internal import Seal
internal import Secretariat
internal import Snapshots

extension Endpoints {
    /// What judges, organisers and screens do.
    static let desk: [Endpoint] = [
        Endpoint(
            method: .post,
            path: "/api/v1/statements",
            summary:
                "Hands in signed statements, all or none; each is signed, so the request need not be.",
            access: .anybody,
            takes: "Delivery",
            gives: "Receipts",
            work: .admits { call, door in
                let submission = try await door.aside {
                    CheckedDelivery(try refused { try Delivery(json: try call.json()) })
                }
                let receipts = try await door.admit(submission)
                return .json(["receipts": .array(receipts.map(\.json))])
            }
        ),
        Endpoint(
            method: .post,
            path: "/api/v1/checkpoints",
            summary: "Hands in a signed head of the tree.",
            access: .anybody,
            takes: "Checkpoint",
            gives: "Done",
            work: .admits { call, door in
                guard let text = try call.json()["note"]?.string,
                    let note = SignedNote(parsing: text)
                else {
                    throw Problem.malformed("request.note", "应有签名的检查点", "needs a signed note")
                }
                try await door.aside { try call.office.record.keep(checkpoint: note) }
                return .json(["done": true])
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/record",
            summary: "The next piece of the caller's working copy: what its appointments may see.",
            access: .roles(Access.everyRole.filter { $0 != .screen }),
            query: [
                .integer("after", "the position that the copy reaches", 0...1_000_000_000),
                .text("leaf", "the leaf there, in hexadecimal", pattern: digest),
            ],
            gives: "Piece",
            work: .reads { call in try piece(call, nil) }
        ),
        Endpoint(
            method: .post,
            path: "/api/v1/record",
            summary:
                "The same with personal data, against a signed pull that goes into the record.",
            access: .roles([.organiser, .bureau]),
            query: [.integer("after", "the position that the copy reaches", 0...1_000_000_000)],
            takes: "Delivery",
            gives: "Piece",
            work: .admits { call, door in
                let caller = try call.known()
                let submission = try await door.aside {
                    try refused { try Delivery(json: try call.json()) }
                }
                guard
                    submission.statements.allSatisfy({
                        let said = $0.statement
                        return said.kind == .pull && said.author == caller.key
                            && said.body["what"]?.string == "copy"
                    })
                else {
                    throw Problem.malformed(
                        "record.pull",
                        "应为本人签署的工作副本数据调取",
                        "needs pulls for a working copy that the caller signed"
                    )
                }
                let receipts = try await door.admit(submission)
                let pull = Pull(submission.statements, receipts)
                return try await door.aside { try piece(call, pull) }
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/status",
            summary: "How far each item is.",
            access: .roles(Access.everyRole),
            gives: "Status",
            work: .reads { call in
                .json(
                    [
                        "items": .array(
                            try call.office.catalogue.event.items.map { item in
                                let progress = try call.office.record.progress(of: item.id)
                                return [
                                    "entered": .int(progress.entered),
                                    "expected": .int(progress.expected),
                                    "item": .string(item.id.text),
                                    "state": .string(progress.state.rawValue),
                                    "unconfirmed": .int(progress.unconfirmed),
                                ]
                            }
                        )
                    ]
                )
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/tasks",
            summary: "What the caller's appointments still have to do.",
            access: .roles(Access.everyRole),
            gives: "Tasks",
            work: .reads { call in
                let caller = try call.known()
                return .json([
                    "tasks": .array(try caller.appointments.map { try task($0, call.office) })
                ])
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/items/{item}/standings",
            summary: "The standings as they are now, before or after publication.",
            access: .roles([.organiser, .auditor, .arbitration, .chiefJudge, .supervisor]),
            gives: "Standings",
            work: .reads { call in
                let item = try call.item()
                let standings = try call.office.standings(of: item.id)
                let rows = standings.rows.map { row -> JSONValue in
                    [
                        "entrant": .string(row.entrant.id.text),
                        "rank": row.rank.map(JSONValue.int) ?? .null,
                        "status": .string(row.entrant.status.rawValue),
                        "total": .optional(row.shownTotal),
                    ]
                }
                return .json(["item": .string(item.id.text), "rows": .array(rows)])
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/items/{item}/live",
            summary: "The board of an item whose marking goes on, where the event allows it.",
            access: .roles(Access.everyRole),
            gives: "Live",
            work: .reads { call in
                .json(try live(try call.item().id, call.office))
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/items/{item}/live/events",
            summary: "The same as server-sent events: one at once, one after each change.",
            access: .roles(Access.everyRole),
            type: "text/event-stream",
            work: .follows
        ),
    ]

    private static let digest = "^[0-9a-f]{64}$"

    static func live(_ item: ItemID, _ office: Office) throws -> JSONValue {
        let board = try office.live(item)
        return [
            "computed_at": .int(board.computedAt), "entrants": .int(board.entrants),
            // A live board is never the result.
            "incomplete": true, "item": .string(board.item.code),
            "rehearsal": .bool(board.isRehearsal),
            "rows": .array(
                board.rows.map {
                    [
                        "delegation": .string($0.delegation.code),
                        "delegation_en": .string($0.delegation.title.en),
                        "delegation_zh": .string($0.delegation.title.zh),
                        "entrant": .string($0.entrant),
                        "names": .array($0.names.map(JSONValue.string)), "rank": .int($0.rank),
                        "total": .string($0.total),
                    ]
                }
            ),
        ]
    }

    /// Refusals of a form are the caller's mistake, not the door's.
    private static func refused<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let refusal as Refusal {
            throw Problem(
                status: .unprocessableContent,
                title: Text("未受理", "not admitted"),
                findings: refusal.findings
            )
        }
    }

    private static func piece(_ call: Call, _ pull: Pull?) throws -> Reply {
        let caller = try call.known()
        let after = try call.number("after", in: 0...1_000_000_000, default: 0)
        guard let sight = try call.office.sight(of: caller.key) else { throw Problem.forbidden }
        if let leaf = call.query["leaf"],
            try call.office.record.hash(at: after)?.hex != leaf
        {
            throw Problem(
                status: .conflict,
                title: Text("副本与档案不符", "the copy is not of this record")
            )
        }
        return .json(
            try call.office.piece(for: sight, after: after, pull: pull).json
        )
    }

    /// What one appointment still has to do, in numbers.
    private static func task(_ row: AppointmentRow, _ office: Office) throws -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("as", .string(row.name)), .init("role", .string(row.role.rawValue)),
        ]
        if let until = row.until { members.append(.init("until", .int(until))) }
        if let code = row.item, let item = ItemID(code) {
            let progress = try office.record.progress(of: item)
            members.append(.init("item", .string(code)))
            members.append(.init("state", .string(progress.state.rawValue)))
            if row.role == .judge {
                let own = try office.board(of: item).sheets.filter {
                    $0.key.judge?.text == row.name
                }
                members.append(.init("entered", .int(own.count { $0.value != nil })))
                members.append(.init("expected", .int(own.count)))
            } else {
                members.append(.init("entered", .int(progress.entered)))
                members.append(.init("expected", .int(progress.expected)))
                members.append(.init("unconfirmed", .int(progress.unconfirmed)))
            }
        }
        return .object(members)
    }
}
