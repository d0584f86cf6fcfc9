import Snapshots
import Findings
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Seal
import Secretariat
import Server
import Testing

@Suite struct ServerTests {
    @Test func publishedResultsAreServedUnderTheirHash() async throws {
        let world = try ServedWorld()
        let hash = try #require(try world.office.published()?.hash.hex)
        try await world.test { client in
            let response = try await client.get("/api/v1/snapshots/\(hash)")
            #expect(response.status == .ok)
            #expect(response.headers[.eTag] == "\"\(hash)\"")
            #expect(Digest(of: response.bytes).hex == hash)
            #expect(response.headers[.cacheControl]?.contains("immutable") == true)
            let again = try await client.get(
                "/api/v1/snapshots/\(hash)",
                [.ifNoneMatch: "\"\(hash)\""]
            )
            #expect(again.status == .notModified)
            #expect(again.bytes.isEmpty)
            let missing = try await client.get("/api/v1/results/X99")
            #expect(missing.status == .notFound)
            #expect(missing.headers[.contentType] == "application/problem+json")
        }
    }

    @Test func thePanelsAgreementIsServedWhereTheEventStatesIt() async throws {
        let world = try ServedWorld {
            $0.entrantsPerItem = 6
            $0.items = 6
            $0.isAtFullSize = false
        }
        let published = try world.office.published()?.snapshot.items ?? []
        let judged = try #require(published.first { $0.agreement != nil })
        let stated = try #require(judged.agreement)
        try await world.test { client in
            let item = try await client.get("/api/v1/results/\(judged.item.code)").json
            #expect(item["agreement"]?["kendalls_w"]?.string == stated.kendallsW)
            #expect(item["agreement"]?["entrants"]?.int == stated.entrants)
            #expect(item["kind"]?.string == "final")
        }
        // Four entrants are too few to state one.
        let silent = try ServedWorld()
        try await silent.test { client in
            let item = try await client.get("/api/v1/results/\(silent.item)").json
            #expect(item["rows"]?.array?.isEmpty == false)
            #expect(item["agreement"] == nil)
        }
    }

    @Test func whatTheDoorRefusesComesBackAsFindingsInTheCallersLanguage() async throws {
        let body = #"{"statements":[{"statement":"{}","signature":"00"}]}"#
        try await ServedWorld().test { client in
            for (language, title) in [("en", "not admitted"), ("zh-CN", "未受理")] {
                let response = try await client.post(
                    "/api/v1/statements",
                    Array(body.utf8),
                    [.acceptLanguage: language]
                )
                #expect(response.status == .unprocessableContent)
                #expect(response.headers[.contentType] == "application/problem+json")
                let problem = try response.json
                #expect(problem["title"]?.string == title)
                #expect(problem["findings"]?.array?.first?["code"]?.string == "statement.form")
            }
            let broken = try await client.post("/api/v1/statements", Array("{".utf8))
            #expect(broken.status == .badRequest)
        }
    }
}
