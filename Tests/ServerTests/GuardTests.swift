import Competition
import Findings
import Foundation
import HTTPTypes
import Ledger
import Seal
import Secretariat
import Server
import Testing

/// Who asks, how often, and what is shown for it.
@Suite struct GuardTests {
    @Test func aSignedRequestIsAnsweredOnceAndNeverAgain() async throws {
        let world = try ServedWorld()
        let key = try world.holder(of: .supervisor).key
        try await world.test { client in
            let headers = try client.signed(.get, "/api/v1/status", by: key)
            let first = try await client.get("/api/v1/status", headers)
            #expect(first.status == .ok)
            #expect(first.headers[.cacheControl] == "no-store")
            let again = try await client.get("/api/v1/status", headers)
            #expect(again.status == .unauthorized)
            #expect(again.codes == ["request.replay"])
        }
    }

    @Test func aSignatureCoversMethodPathQueryAndBody() async throws {
        let world = try ServedWorld()
        let key = try world.holder(of: .supervisor).key
        try await world.test { client in
            let path = "/api/v1/record?after=3"
            let cases: [(HTTPRequest.Method, String, [UInt8])] = [
                (.get, "/api/v1/record?after=4", []), (.get, "/api/v1/record", []),
                (.get, "/api/v1/tasks", []), (.get, path, [1]), (.head, path, []),
            ]
            for (method, uri, body) in cases {
                let headers = try client.signed(.get, path, by: key)
                let answer = try await client.send(method, uri, body, headers)
                #expect(answer.status == .unauthorized, "\(method) \(uri)")
            }
            let right = try client.signed(.get, path, by: key)
            #expect(try await client.get(path, right).status == .ok)
        }
    }

    @Test func aRequestThatIsOldOrOfTheFutureOrOfAnotherEventIsRefused() async throws {
        let world = try ServedWorld()
        let key = try world.holder(of: .supervisor).key
        world.clock.advance(seconds: 1)
        let other = ServedWorld.Client.Sample(event: "another-event")
        try await world.test { client in
            let now = client.now() / 1000
            for seconds in [now - 301, now + 301, now - 1, 0] {
                let headers = try client.signed(.get, "/api/v1/status", by: key, at: seconds)
                let answer = try await client.get("/api/v1/status", headers)
                #expect(answer.codes == ["request.time"], "\(seconds - now)")
                // A laptop whose clock is off learns the time from this.
                #expect(try answer.json["server_time"]?.int == now)
            }
            let headers = try other.signed(client, "/api/v1/status", by: key)
            let answer = try await client.get("/api/v1/status", headers)
            #expect(answer.codes == ["request.signature"])
            let broken = try await client.get(
                "/api/v1/status",
                [
                    try #require(HTTPField.Name("Signature-Input")): "laurel=()",
                    try #require(HTTPField.Name("Signature")): "laurel=:AA==:",
                ]
            )
            #expect(broken.codes == ["request.signature"])
        }
    }

    @Test(arguments: [Int.min, -1, Int.max])
    func aTimeThatNoClockShowsIsNoSignature(seconds: Int) async throws {
        let world = try ServedWorld()
        let key = try world.holder(of: .supervisor).key
        try await world.test { client in
            let headers = try client.signed(.get, "/api/v1/status", by: key, at: seconds)
            let answer = try await client.get("/api/v1/status", headers)
            #expect(answer.codes == ["request.signature"])
            #expect(try await client.get("/health").status == .ok)
        }
    }

    @Test func aWorkingCopyIsNotServed() throws {
        let world = try ServedWorld()
        let copy = try world.office.beside()
        copy.record.upstream = Nowhere()
        let refusal = #expect(throws: Refusal.self) { _ = try LaurelServer(office: copy) }
        #expect(refusal?.findings.map(\.code) == ["serve.copy"])
    }

    /// What a copy's statements would go to.
    private struct Nowhere: Upstream {
        let waiting = 0
        let winnersOfNoCity: Int? = nil

        func admit(
            _ statements: [SignedStatement],
            documents: [Document],
            people: [PersonRecord],
            notes: [NoteRecord]
        ) -> [Receipt] { [] }
        func keep(checkpoint: SignedNote) {}
    }

    @Test func whoIsDismissedIsNobodyAtOnce() async throws {
        let world = try ServedWorld()
        let (name, key) = try world.holder(of: .supervisor)
        try await world.test { client in
            let before = try client.signed(.get, "/api/v1/status", by: key)
            #expect(try await client.get("/api/v1/status", before).status == .ok)
            try world.office.say(
                .dismiss,
                ["name": .string(name), "reason": "invented"],
                by: try world.ring.key("organiser")
            )
            let after = try client.signed(.get, "/api/v1/status", by: key)
            #expect(try await client.get("/api/v1/status", after).codes == ["key.unappointed"])
        }
    }

    @Test func aTokenHoldsUntilItEndsOrIsRevoked() async throws {
        let world = try ServedWorld()
        let token = try world.token("T-screen", .screen)
        let second = try world.token("T-screen-2", .screen)
        try await world.test { client in
            let fields: HTTPFields = [.authorization: "Bearer " + token.text]
            #expect(try await client.get("/api/v1/status", fields).status == .ok)
            // A screen reads no record, no honours' holders, no standings.
            for path in ["/api/v1/record", "/api/v1/winners?city=210100"] {
                #expect(try await client.get(path, fields).status == .forbidden)
            }
            let wrong = String(token.text.dropLast()) + (token.text.hasSuffix("0") ? "1" : "0")
            let stranger = try await client.get(
                "/api/v1/status",
                [.authorization: "Bearer " + wrong]
            )
            #expect(stranger.codes == ["key.unappointed"])
            try world.office.say(
                .dismiss,
                ["name": "T-screen", "reason": "invented"],
                by: try world.ring.key("organiser")
            )
            #expect(try await client.get("/api/v1/status", fields).status == .unauthorized)
            let other: HTTPFields = [.authorization: "Bearer " + second.text]
            #expect(try await client.get("/api/v1/status", other).status == .ok)
            world.clock.advance(seconds: 3_600)
            #expect(try await client.get("/api/v1/status", other).codes == ["key.ended"])
        }
        // The record holds nothing that opens anything.
        let bytes = try #require(FileManager.default.contents(atPath: world.path))
        for secret in [token.text, String(token.text.dropFirst(7))] {
            #expect(bytes.firstRange(of: Data(secret.utf8)) == nil)
        }
    }

    @Test func whoAsksTooOftenIsToldWhenToComeBack() async throws {
        let world = try ServedWorld()
        var settings = ServerSettings()
        settings.requestsPerSecond = 2
        try await world.test(settings) { client in
            var last: ServedWorld.Client.Answer?
            for _ in 0..<21 { last = try await client.get("/health") }
            #expect(last?.status == .tooManyRequests)
            #expect(last?.headers[.retryAfter] == "1")
            world.clock.advance(seconds: 1)
            #expect(try await client.get("/health").status == .ok)
        }
    }

    @Test func guessingKeysIsCostly() async throws {
        let world = try ServedWorld()
        var settings = ServerSettings()
        settings.requestsPerSecond = 5
        try await world.test(settings) { client in
            var statuses: [HTTPResponse.Status] = []
            for number in 0..<5 {
                let guess = "Bearer laurel_" + String(repeating: "\(number)", count: 64)
                statuses.append(
                    try await client.get("/api/v1/status", [.authorization: guess]).status
                )
            }
            #expect(statuses.first == .unauthorized)
            #expect(statuses.last == .tooManyRequests)
        }
    }

    @Test func whatIsNotUnderstoodIsSaidSo() async throws {
        var settings = ServerSettings()
        settings.bodyBytes = 1_000
        let world = try ServedWorld()
        try await world.test(settings) { client in
            let cases: [(HTTPRequest.Method, String, HTTPResponse.Status)] = [
                (.get, "/api/v1/nothing", .notFound), (.get, "/api/v1/results/S99", .notFound),
                (.get, "/api/v1/snapshots?limit=0", .badRequest),
                (.get, "/api/v1/snapshots?limit=many", .badRequest),
                (.get, "/api/v1/snapshots?nothing=1", .badRequest),
                (.get, "/api/v1/snapshots?limit=1&limit=2", .badRequest),
                (.get, "/api/v1/snapshots/00", .notFound),
                (.delete, "/api/v1/event", .methodNotAllowed),
                (.post, "/api/v1/event", .methodNotAllowed),
            ]
            for (method, uri, status) in cases {
                let answer = try await client.send(method, uri)
                #expect(answer.status == status, "\(method) \(uri)")
                #expect(answer.headers[.contentType] == "application/problem+json")
                #expect(try answer.json["status"]?.int == status.code)
            }
            let allowed = try await client.send(.delete, "/api/v1/event")
            #expect(allowed.headers[.allow] == "GET")
            let large = try await client.post(
                "/api/v1/statements",
                [UInt8](repeating: 0x20, count: 1_001)
            )
            #expect(large.status == .contentTooLarge)
        }
    }

    @Test func metricsAreForThisMachineAndForAuditors() async throws {
        let world = try ServedWorld()
        let auditor = try world.token("T-au", .auditor)
        let screen = try world.token("T-s", .screen)
        var settings = ServerSettings()
        settings.isBehindProxy = true
        try await world.test(settings) { client in
            let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
            #expect(try await client.get("/metrics").status == .ok)
            #expect(
                try await client.get("/metrics", [forwarded: "192.0.2.7"]).status == .unauthorized
            )
            let other: HTTPFields = [
                forwarded: "192.0.2.7", .authorization: "Bearer " + screen.text,
            ]
            #expect(try await client.get("/metrics", other).status == .forbidden)
            let own: HTTPFields = [
                forwarded: "192.0.2.7", .authorization: "Bearer " + auditor.text,
            ]
            let answer = try await client.get("/metrics", own)
            let text = String(decoding: answer.bytes, as: UTF8.self)
            #expect(text.contains("laurel_requests_total{endpoint=\"/metrics\",status=\"403\"} 1"))
        }
    }
}

extension ServedWorld.Client {
    /// A caller that believes it speaks to another event.
    struct Sample: Sendable {
        let event: String

        func signed(
            _ client: ServedWorld.Client,
            _ uri: String,
            by key: SigningKey
        ) throws
            -> HTTPFields
        {
            try ServedWorld.Client(client: client.client, event: event, now: client.now).signed(
                .get,
                uri,
                by: key
            )
        }
    }
}
