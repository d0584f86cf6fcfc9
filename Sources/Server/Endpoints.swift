internal import HTTPTypes
internal import Competition
internal import Findings
internal import Foundation
internal import Ledger
internal import Seal
internal import Secretariat
internal import Snapshots

/// The API, one line each; OpenAPI's document is made from this table.
enum Endpoints {
    static let table: [Endpoint] = published + proofs + desk + bureau

    private static let digest = "^[0-9a-f]{64}$"

    // MARK: What anybody may read

    static let published: [Endpoint] = [
        Endpoint(
            method: .get,
            path: "/api/v1/event",
            summary: "The event that this server keeps, and how long its record is.",
            access: .anybody,
            gives: "Event",
            work: .reads { call in
                let event = call.office.catalogue.event
                return .json([
                    "id": .string(event.id.text), "length": .int(try call.office.record.length()),
                    "record": .string(try call.office.record.genesis().hex),
                    "rehearsal": .bool(call.office.isRehearsal), "time": .int(call.office.now()),
                    "title": ["en": .string(event.title.en), "zh": .string(event.title.zh)],
                ])
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/snapshots",
            summary: "The publications of results, the first one first.",
            access: .anybody,
            query: paging,
            gives: "Snapshots",
            work: .reads { call in
                let rows = try call.office.record.publications().map { row -> JSONValue in
                    [
                        "kind": .string(row.kind), "position": .int(row.position),
                        "snapshot": .string(row.snapshot.hex),
                    ]
                }
                return try page(rows, call)
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/snapshots/{snapshot}",
            summary: "A published snapshot, byte for byte as it is hashed.",
            access: .anybody,
            gives: "Snapshot",
            work: .reads { call in
                guard let hash = Digest(hex: call.path["snapshot"] ?? ""),
                    try call.office.record.publications().contains(where: { $0.snapshot == hash }),
                    let document = try call.office.record.document(hash)
                else { throw Problem.missing }
                return Reply(
                    status: .ok,
                    type: Reply.jsonType,
                    body: document.content,
                    tag: "\"\(hash.hex)\"",
                    cache: "public, max-age=31536000, immutable"
                )
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/results",
            summary: "The results that were published last, with names.",
            access: .anybody,
            gives: "Results",
            work: .reads { call in
                let (hash, snapshot) = try latest(call)
                return .json(
                    [
                        "items": .array(snapshot.items.map { named($0, in: snapshot) }),
                        "kind": .string(snapshot.overall.rawValue),
                        "position": .int(snapshot.position), "snapshot": .string(hash.hex),
                    ],
                    tag: "\"\(hash.hex)-n\"",
                    cache: fresh
                )
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/results/{item}",
            summary: "The published results of one item.",
            access: .anybody,
            gives: "ItemResults",
            work: .reads { call in
                let (hash, snapshot) = try latest(call)
                let code = try call.item().id.text
                guard
                    let item = snapshot.items.first(where: { $0.item.code == code })
                else { throw Problem.missing }
                return .json(
                    named(item, in: snapshot),
                    tag: "\"\(hash.hex)-\(code)\"",
                    cache: fresh
                )
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/honours",
            summary: "The public register of honours.",
            access: .anybody,
            gives: "Honours",
            work: .reads { call in
                let value = try call.office.honoursSnapshot().json
                guard case .object(let members) = value else { throw Problem.inner }
                // Where the ledger stands says nothing of the register.
                let told = JSONValue.object(members.filter { $0.name != "position" })
                return .json(value, tag: "\"\(Digest(of: told).hex)\"", cache: fresh)
            }
        ),
    ]

    static let fresh = "public, max-age=15"
    static let paging: [Endpoint.Parameter] = [
        .integer("after", "how many to pass over", 0...1_000_000_000),
        .integer("limit", "how many at most; 100 unless told", 1...1_000),
    ]

    /// An item's results with the names that are published with them.
    static func named(_ item: ItemResult, in snapshot: ResultsSnapshot) -> JSONValue {
        let rows = item.rows.map { row -> JSONValue in
            [
                "award": .string(row.award), "delegation": .string(row.delegation),
                "entrant": .string(row.entrant), "group": .string(row.group),
                "names": .array(row.names.map(JSONValue.string)),
                "parts": .array(row.parts.map(JSONValue.string)),
                "rank": row.rank.map(JSONValue.int) ?? .null, "status": .string(row.status),
                "ties": .array(row.ties.map(\.json)), "total": .optional(row.total),
            ]
        }
        let agreement = item.agreement.map { [JSONValue.Member("agreement", $0.json)] } ?? []
        return .object(
            agreement + [
                .init("item", .string(item.item.code)),
                .init("kind", .string(snapshot.kind(of: item).rawValue)),
                .init("parts", .array(item.parts.map { .string($0.code) })),
                .init("rows", .array(rows)), .init("title", item.item.title.json),
            ]
        )
    }

    static func latest(_ call: Call) throws -> (hash: Digest, snapshot: ResultsSnapshot) {
        guard let published = try call.office.published() else { throw Problem.missing }
        return published
    }

    /// A part of a list: `{"next": …, "rows": […]}`; `next` is null at the end.
    static func page(_ rows: [JSONValue], _ call: Call) throws -> Reply {
        let after = try call.number("after", in: 0...1_000_000_000, default: 0)
        let limit = try call.number("limit", in: 1...1_000, default: 100)
        let part = rows.dropFirst(after).prefix(limit)
        let end = after + part.count
        return .json([
            "next": end < rows.count ? .int(end) : .null, "rows": .array(Array(part)),
        ])
    }

    // MARK: What proves itself

    static let proofs: [Endpoint] = [
        Endpoint(
            method: .get,
            path: "/api/v1/receipts/{statement}",
            summary: "The receipt of a statement, by the hash that its author knows.",
            access: .anybody,
            gives: "Receipt",
            work: .reads { call in
                let receipt = try receipt(call)
                return .json(receipt.json)
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/proofs/{statement}",
            summary: "The RFC 6962 proof that a statement's leaf is in the tree.",
            access: .anybody,
            query: [.integer("size", "of the tree; the whole unless told", 1...1_000_000_000)],
            gives: "Proof",
            work: .reads { call in
                let receipt = try receipt(call)
                let tree = try call.office.record.leaves()
                let size = try call.number(
                    "size",
                    in: receipt.position...max(receipt.position, tree.leaves.count),
                    default: tree.leaves.count
                )
                guard let path = tree.inclusionProof(index: receipt.position - 1, size: size) else {
                    throw Problem.missing
                }
                return .json([
                    "leaf": .string(tree.leaves[receipt.position - 1].hex),
                    "path": .array(path.map { .string($0.hex) }),
                    "position": .int(receipt.position), "root": .string(tree.root(size: size).hex),
                    "size": .int(size),
                ])
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/checkpoint",
            summary: "The signed head of the tree that was kept last.",
            access: .anybody,
            gives: "Checkpoint",
            work: .reads { call in
                guard let note = try call.office.record.checkpoints().last else {
                    throw Problem.missing
                }
                return .json(["note": .string(note)])
            }
        ),
    ]

    private static func receipt(_ call: Call) throws -> Receipt {
        guard let id = Digest(hex: call.path["statement"] ?? ""),
            let receipt = try call.office.record.receipt(of: id)
        else { throw Problem.missing }
        return receipt
    }
}
