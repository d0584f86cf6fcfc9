import Competition
import Findings
import Foundation
import HTTPTypes
import Ledger
import Seal
import Secretariat
import Server
import Testing

/// Every role at every endpoint, and nobody at each.
@Suite struct RoleEndpointTests {
    private static let all = Set(Role.allCases)
    private static let markers: Set<Role> = [
        .organiser, .auditor, .arbitration, .chiefJudge, .supervisor,
    ]

    /// Who may; nil where anybody may.
    ///
    /// It is written here once more so that it can differ.
    private func table(_ item: String) -> [(HTTPRequest.Method, String, Set<Role>?)] {
        [
            (.get, "/health", nil), (.get, "/ready", nil), (.get, "/metrics", nil),
            (.get, "/api/v1/openapi.json", nil), (.get, "/api/v1/event", nil),
            (.get, "/api/v1/snapshots", nil), (.get, "/api/v1/results", nil),
            (.get, "/api/v1/results/\(item)", nil), (.get, "/api/v1/honours", nil),
            (.get, "/api/v1/checkpoint", nil),
            (.get, "/api/v1/record", Self.all.subtracting([.screen])),
            (.post, "/api/v1/record", [.organiser, .bureau]), (.get, "/api/v1/status", Self.all),
            (.get, "/api/v1/tasks", Self.all),
            (.get, "/api/v1/items/\(item)/standings", Self.markers),
            (.get, "/api/v1/items/\(item)/live", Self.all),
            (.get, "/api/v1/winners?city=210100", [.bureau]),
            (.get, "/api/v1/decisions?city=210100&on=2023-05-01", [.bureau]),
        ]
    }

    @Test func everyRoleAtEveryEndpointIsAnsweredAsTheTableSays() async throws {
        let world = try ServedWorld()
        var keys: [Role: SigningKey] = [:]
        for role in Role.allCases {
            keys[role] = try? world.holder(of: role).key
            guard keys[role] == nil else { continue }
            let token = try world.token(
                "T-" + role.rawValue,
                role,
                delegation: [.bureau, .delegationLeader].contains(role) ? "210100" : nil,
                item: role == .encryptionJudge ? world.item : nil
            )
            keys[role] = token.key
        }
        let holders = keys
        let table = table(world.item)
        try await world.test { client in
            var tried = 0
            for (method, uri, allowed) in table {
                let nobody = try await client.send(method, uri)
                #expect((nobody.status == .unauthorized) == (allowed != nil), "nobody \(uri)")
                for role in Role.allCases {
                    let key = try #require(holders[role])
                    let headers = try client.signed(method, uri, by: key)
                    let answer = try await client.send(method, uri, [], headers)
                    let isLetIn = answer.status != .forbidden
                    #expect(isLetIn == (allowed?.contains(role) ?? true), "\(role) \(uri)")
                    #expect(answer.status.code < 500, "\(role) \(uri)")
                    tried += 1
                }
            }
            #expect(tried == table.count * Role.allCases.count)
            // Nothing is served that the table does not try, but for what needs a name in its path.
            let document = try await client.get("/api/v1/openapi.json").json
            guard case .object(let paths)? = document["paths"] else {
                Issue.record("no paths")
                return
            }
            let tested = Set(table.map { $0.1.split(separator: "?")[0] }).map(String.init)
            let rest = paths.map(\.name).filter { path in
                !tested.contains(path.replacing("{item}", with: world.item))
            }
            #expect(
                Set(rest) == [
                    "/api/v1/snapshots/{snapshot}", "/api/v1/receipts/{statement}",
                    "/api/v1/proofs/{statement}", "/api/v1/statements", "/api/v1/checkpoints",
                    "/api/v1/items/{item}/live/events",
                ]
            )
        }
    }

    @Test func aChiefJudgeOfOneItemHasNoStandingsOfAnother() async throws {
        let world = try ServedWorld { $0.items = 2 }
        let items = Set(try world.office.record.appointments().compactMap(\.item)).sorted()
        let (mine, other) = (items[0], items[1])
        let key = try world.ring.key("CJ-" + mine)
        try await world.test { client in
            for (item, status) in [(mine, HTTPResponse.Status.ok), (other, .forbidden)] {
                let uri = "/api/v1/items/\(item)/standings"
                let headers = try client.signed(.get, uri, by: key)
                #expect(try await client.get(uri, headers).status == status)
            }
        }
    }
}
