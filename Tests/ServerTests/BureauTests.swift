import Competition
import Findings
import Foundation
import HTTPTypes
import Ledger
import Seal
import Secretariat
import Server
import Testing

/// Bureaus that pull by themselves, and pages that everybody reads.
@Suite struct BureauTests {
    @Test func eachPullIsAStatementOfTheTokenAndOfItsOwnCityOnly() async throws {
        let world = try ServedWorld { $0.entrantsPerItem = 30 }
        let city = "210100"
        let token = try world.token("T-city", .bureau, delegation: city)
        let expected = try world.office.winners(city: city).winners
        try await world.test { client in
            let fields: HTTPFields = [.authorization: "Bearer " + token.text]
            let before = try world.office.record.length()
            let uri = "/api/v1/winners?city=\(city)"
            let answer = try await client.get(uri, fields)
            #expect(answer.status == .ok)
            let rows = try #require(try answer.json["winners"]?.array)
            #expect(rows.map { $0["entrant"]?.string } == expected.map(\.entrant))
            #expect(rows.allSatisfy { $0["city"]?.string == city })
            #expect(!rows.isEmpty)
            let pulls = try world.office.record.statements(of: .pull, after: before, through: .max)
            #expect(pulls.map(\.statement.author) == [token.key.verifying])
            let stated = try #require(try answer.json["pull"]?.string)
            #expect(pulls.map(\.id.hex) == [stated])
            // From the cursor on nothing is new.
            let cursor = try #require(try answer.json["cursor"]?.int)
            let later = try await client.get(uri + "&after=\(cursor)", fields)
            #expect(try later.json["winners"]?.array?.isEmpty == true)
            let length = try world.office.record.length()
            let other = try await client.get("/api/v1/winners?city=210200", fields)
            #expect(other.status == .forbidden)
            #expect(try world.office.record.length() == length, "nothing was pulled")
        }
        #expect(try world.office.record.audit().findings.isEmpty)
    }

    @Test func decisionsCarryTheirClausesAndArePulled() async throws {
        let world = try ServedWorld { $0.entrantsPerItem = 30 }
        let token = try world.token("T-city", .bureau, delegation: "210100")
        var settings = ServerSettings()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        settings.policies = root.path + "/Policies"
        try await world.test(settings) { client in
            let fields: HTTPFields = [.authorization: "Bearer " + token.text]
            let uri = "/api/v1/decisions?city=210100&on=2023-05-01"
            let answer = try await client.get(uri, fields)
            #expect(answer.status == .ok)
            let records = try #require(try answer.json["decisions"]?.array)
            #expect(!records.isEmpty)
            #expect(
                records.allSatisfy { $0["schema"]?.string?.hasPrefix("laurel-decision") == true }
            )
            let kinds = try world.office.record.statements(of: .pull, after: 0, through: .max)
            #expect(kinds.last?.statement.body["what"]?.string == "decisions")
            let bad = try await client.get("/api/v1/decisions?city=210100&on=soon", fields)
            #expect(bad.status == .badRequest)
        }
    }

    @Test func publishedPagesComeFromMemoryPackedAndTagged() async throws {
        let world = try ServedWorld()
        try await world.test { client in
            let plain = try await client.get("/zh/index.html")
            #expect(plain.status == .ok)
            #expect(plain.headers[.contentType] == "text/html; charset=utf-8")
            let tag = try #require(plain.headers[.eTag])
            let packed = try await client.get("/zh/index.html", [.acceptEncoding: "gzip, br"])
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(packed.headers[.eTag] == tag.dropLast() + "-gzip\"")
            #expect(packed.bytes.count < plain.bytes.count)
            #expect(packed.bytes.starts(with: [0x1F, 0x8B]))
            let same = try await client.get("/zh/index.html", [.ifNoneMatch: tag])
            #expect(same.status == .notModified)
            let head = try await client.send(.head, "/zh/index.html")
            #expect(head.bytes.isEmpty)
            #expect(head.headers[.contentLength] == "\(plain.bytes.count)")
            for path in ["/zh/../zh/index.html", "/../etc/passwd", "/.laurel-site", "/zh/nothing"] {
                #expect(try await client.get(path).status == .notFound, "\(path)")
            }
        }
    }

    @Test func statementsComeInAllOrNoneAndTwiceIsOnce() async throws {
        let world = try ServedWorld(.registered)
        let item = try #require(ItemID(world.item))
        let recorder = try world.holder(of: .recorder)
        let sheets = try MarksOfABoard(world, item).sheets(by: recorder.key)
        try await world.test { client in
            let good = Delivery(Array(sheets.prefix(3))).json.canonical
            let first = try await client.post("/api/v1/statements", good)
            #expect(first.status == .ok)
            let again = try await client.post("/api/v1/statements", good)
            let receipts = try #require(try again.json["receipts"]?.array)
            #expect(receipts.allSatisfy { $0["repeat"]?.bool == true })
            let positions = receipts.map { $0["position"]?.int }
            #expect(try first.json["receipts"]?.array?.map { $0["position"]?.int } == positions)
            // The receipt is found by its name, with the proof that it is in the tree.
            let name = sheets[0].id.hex
            let receipt = try await client.get("/api/v1/receipts/\(name)")
            #expect(try receipt.json["position"]?.int == positions[0])
            let proof = try await client.get("/api/v1/proofs/\(name)").json
            let path = (proof["path"]?.array ?? []).compactMap {
                $0.string.flatMap { Digest(hex: $0) }
            }
            let leaf = try #require(proof["leaf"]?.string.flatMap { Digest(hex: $0) })
            let root = try #require(proof["root"]?.string.flatMap { Digest(hex: $0) })
            let isIn = MerkleTree.verifyInclusion(
                of: leaf,
                index: try #require(proof["position"]?.int) - 1,
                size: try #require(proof["size"]?.int),
                path: path,
                root: root
            )
            #expect(isIn)
            // One false signature: none of them comes in.
            let length = try world.office.record.length()
            let forged = try SignedStatement(
                bytes: sheets[4].bytes,
                signature: sheets[3].signature
            )
            let mixed = try await client.post(
                "/api/v1/statements",
                Delivery([sheets[3], forged]).json.canonical
            )
            #expect(mixed.codes == ["statement.signature"])
            #expect(try world.office.record.length() == length)
            // What no statement names is not taken.
            let smuggled = Delivery(
                [sheets[5]],
                people: [PersonRecord(content: ["name": "虚人"], salt: [1])]
            )
            let answer = try await client.post("/api/v1/statements", smuggled.json.canonical)
            #expect(answer.codes == ["request.attachment"])
        }
    }
}
