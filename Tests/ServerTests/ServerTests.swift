import Findings
import Foundation
import Hummingbird
import HummingbirdTesting
import Seal
import Secretariat
import Server
import Testing

@Suite struct ServerTests {
    private func office() throws -> Office {
        let folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var settings = Rehearsal.Settings(
            eventFolder: root.path + "/Events/liaoning-2022",
            folder: folder,
            seed: 3
        )
        settings.items = 1
        settings.entrantsPerItem = 4
        settings.vault = .rehearsal
        var rehearsal = try Rehearsal(settings) { _ in }
        try rehearsal.appoint()
        try rehearsal.register()
        try rehearsal.mark()
        _ = try rehearsal.publish()
        return rehearsal.office
    }

    @Test func publishedResultsAreServedUnderTheirHash() async throws {
        let office = try office()
        let hash = try #require(try office.published()?.hash.hex)
        let app = Application(router: LaurelServer(office: office).router())
        try await app.test(.router) { client in
            try await client.execute(uri: "/api/v1/results", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.eTag] == "\"\(hash)\"")
                let bytes = Array(response.body.readableBytesView)
                #expect(Digest(of: bytes).hex == hash)
            }
            try await client.execute(
                uri: "/api/v1/results",
                method: .get,
                headers: [.ifNoneMatch: "\"\(hash)\""]
            ) { response in
                #expect(response.status == .notModified)
            }
            try await client.execute(uri: "/api/v1/results/X99", method: .get) { response in
                #expect(response.status == .notFound)
            }
        }
    }

    @Test func whatTheDoorRefusesComesBackAsFindingsInTheCallersLanguage() async throws {
        let app = Application(router: LaurelServer(office: try office()).router())
        let body = #"{"statements":[{"statement":"{}","signature":"00"}]}"#
        try await app.test(.router) { client in
            for (language, title) in [("en", "not admitted"), ("zh-CN", "未受理")] {
                try await client.execute(
                    uri: "/api/v1/statements",
                    method: .post,
                    headers: [.acceptLanguage: language],
                    body: .init(string: body)
                ) { response in
                    #expect(response.status == .unprocessableContent)
                    #expect(response.headers[.contentType] == "application/problem+json")
                    let problem = try JSONValue(parsing: response.body.readableBytesView)
                    #expect(problem["title"]?.string == title)
                    #expect(problem["findings"]?.array?.first?["code"]?.string == "statement.form")
                }
            }
            try await client.execute(
                uri: "/api/v1/statements",
                method: .post,
                body: .init(string: "{")
            ) { response in
                #expect(response.status == .unprocessableContent)
            }
        }
    }
}
