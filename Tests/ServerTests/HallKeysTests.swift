import Competition
import Findings
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Scoring
import Seal
import Secretariat
import Server
import Testing

/// Judges whose keys the server holds.
extension HallTests {
    @Test func theServerHoldsKeysOnlyWhereTheEventLetsIt() throws {
        let world = try HallWorld()
        var settings = ServerSettings()
        settings.hallKeys = world.folder + "/hall-keys"
        let office = world.office
        #expect(throws: Refusal.self) { try LaurelServer(office: office, settings: settings) }
        #expect(throws: Refusal.self) { try HallWorld(hallKeys: "anywhere") }
    }

    /// A browser without any script: the token of the door, the PIN, and the session.
    static func signIn(
        _ client: Client,
        name: String,
        pin: String
    ) async throws -> Client.Answer {
        let door = try await client.get("/hall/en/")
        let cookie = String(try #require(door.headers[.setCookie]).prefix { $0 != ";" })
        let token = String(cookie.dropFirst("laurel-hall-door=".count))
        #expect(text(door).contains("name=\"door\" value=\"\(token)\""))
        return try await client.post(
            "/hall/en/pin",
            form([("door", token), ("name", name), ("pin", pin)]),
            [.cookie: cookie]
        )
    }

    @Test func aWrongPINAndAnUnknownNameAreOneAnswerAndSoonNone() async throws {
        let world = try HallWorld(hallKeys: "server")
        try await Self.serve(world, hallKeys: true) { client in
            let unknown = try await Self.signIn(client, name: "../keys", pin: HallWorld.pin)
            let wrong = try await Self.signIn(client, name: "J-S01-02", pin: "1")
            for answer in [unknown, wrong] {
                #expect(answer.status == .unauthorized)
                #expect(Self.text(answer).contains("the name or the PIN is wrong"))
            }
            _ = try await Self.signIn(client, name: "J-S01-02", pin: "2")
            _ = try await Self.signIn(client, name: "J-S01-02", pin: "3")
            let shut = try await Self.signIn(client, name: "J-S01-02", pin: HallWorld.pin)
            #expect(shut.status == .unauthorized)
            #expect(Self.text(shut).contains("try again in"))
            let without = try await client.post(
                "/hall/en/pin",
                Self.form([("door", "x"), ("name", "J-S01-02"), ("pin", HallWorld.pin)])
            )
            #expect(without.status == .forbidden)
        }
    }

    @Test func aSheetGoesInByFormsAloneWhereTheServerHoldsTheKey() async throws {
        let world = try HallWorld(hallKeys: "server")
        let key = try world.ring.key("J-S01-02").verifying
        try await Self.serve(world, hallKeys: true) { client in
            let entered = try await Self.signIn(client, name: "J-S01-02", pin: HallWorld.pin)
            #expect(entered.headers[.location] == "/hall/en/work")
            let field = try #require(
                entered.headers[values: .setCookie].first { $0.hasPrefix("laurel-hall=") }
            )
            let cookie: HTTPFields = [.cookie: String(field.prefix { $0 != ";" })]
            let uri = "/hall/en/" + Self.pPath
            let page = Self.text(try await client.get(uri, cookie))
            #expect(page.contains("the server signs in your name"))
            #expect(!page.contains("<script"))
            let mark = try #require(page.range(of: "name=\"csrf\" value=\""))
            let csrf = String(page[mark.upperBound...].prefix(32))
            func post(
                _ action: String,
                _ values: [(String, String)] = []
            ) async throws -> Client.Answer {
                try await client.post(
                    uri,
                    Self.form([("action", action), ("csrf", csrf)] + values),
                    cookie
                )
            }
            // What is good is kept, what is not is told, and comes back as it was typed.
            let half = try await post("review", [("v0", "2"), ("v3", "99")])
            #expect(half.status == .unprocessableContent)
            #expect(Self.text(half).contains("is out of range"))
            #expect(Self.text(half).contains("value=\"99\""))
            #expect(Self.text(half).contains("nothing is entered yet"))
            #expect(Self.text(try await client.get("/hall/en/work/S01", cookie)).contains("1/4"))
            #expect(try await post("sign").status == .conflict)
            let whole = [("v0", "2"), ("v1", "1"), ("v2", "not attempted"), ("v3", "19.5")]
            let review = try await post("review", whole)
            #expect(Self.text(review).contains("Let the server sign"))
            let signed = try await post("sign")
            #expect(signed.status == .seeOther)
            let receipt = try #require(signed.headers[.location])
            let shown = Self.text(try await client.get(receipt, cookie))
            #expect(shown.contains(String(receipt.suffix(64).prefix(12))))
            #expect(shown.contains("19.5"))
            #expect(try await post("sign").status == .conflict)
        }
        let item = try #require(ItemID("S01"))
        let sheet = try #require(try world.record.sheets(of: item).first)
        let statement = try #require(try world.record.statement(at: sheet.position))
        #expect(statement.statement.author == key)
        #expect(statement.isGenuine)
        #expect(sheet.marks == [2, 1, StoredMark.notAttempted, 195])
    }

    @Test func aSheetThatCameBackTakesAReasonAndShowsWhatItCameBackFor() async throws {
        let world = try HallWorld(hallKeys: "server")
        let item = try #require(ItemID("S01"))
        let card = try #require(world.office.catalogue.cardHashes[item])
        let content = SheetContent(
            item: item,
            unit: try #require(NodeID("P")),
            entrant: try #require(EntrantID("S01-001")),
            judge: JudgeID("J-S01-02"),
            attempt: 1,
            card: card,
            marks: [2, 1, 0, 195]
        )
        let first = try world.say(.sheet, content.body, by: "J-S01-02")
        try world.say(
            .sendBack,
            [
                "aspects": ["P.a"], "item": "S01", "reason": "请再看 <照片>",
                "sheet": .string(first.statement.hex),
            ],
            by: "CJ-S01"
        )
        try await Self.serve(world, hallKeys: true) { client in
            let entered = try await Self.signIn(client, name: "J-S01-02", pin: HallWorld.pin)
            let field = try #require(
                entered.headers[values: .setCookie].first { $0.hasPrefix("laurel-hall=") }
            )
            let cookie: HTTPFields = [.cookie: String(field.prefix { $0 != ";" })]
            let work = Self.text(try await client.get("/hall/zh/work/S01", cookie))
            #expect(work.contains("退回 P.a:请再看 &lt;照片&gt;"))
            let uri = "/hall/zh/" + Self.pPath
            let page = Self.text(try await client.get(uri, cookie))
            #expect(page.contains("name=\"v0\"") && !page.contains("name=\"v3\""))
            let mark = try #require(page.range(of: "name=\"csrf\" value=\""))
            let csrf = String(page[mark.upperBound...].prefix(32))
            let without = Self.form([
                ("action", "review"), ("csrf", csrf), ("v0", "3"), ("v3", "1"),
            ])
            #expect(try await client.post(uri, without, cookie).status == .unprocessableContent)
            let why = Self.form([
                ("action", "review"), ("csrf", csrf), ("v0", "3"), ("reason", "照片上无裂纹"),
            ])
            #expect(try await client.post(uri, why, cookie).status == .ok)
            let sign = Self.form([("action", "sign"), ("csrf", csrf)])
            #expect(try await client.post(uri, sign, cookie).status == .seeOther)
        }
        let row = try #require(try world.record.sheets(of: item).first)
        #expect(row.marks == [3, 1, 0, 195])
        #expect(row.position != first.position)
    }
}
