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
        pin: String,
        from address: String? = nil,
        with typed: [(String, String)] = []
    ) async throws -> Client.Answer {
        var headers = HTTPFields()
        let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
        headers[forwarded] = address
        let door = try await client.get("/hall/en/", headers)
        let cookie = String(try #require(door.headers[.setCookie]).prefix { $0 != ";" })
        let token = String(cookie.dropFirst("laurel-hall-door=".count))
        #expect(text(door).contains("name=\"door\" value=\"\(token)\""))
        headers[.cookie] = cookie
        return try await client.post(
            "/hall/en/pin",
            form([("door", token), ("name", name), ("pin", pin)] + typed),
            headers
        )
    }

    /// A signed-in judge's browser without scripts, on one sheet.
    struct FormDesk: Sendable {
        let client: Client
        let cookie: HTTPFields
        let uri: String
        let csrf: String

        init(_ client: Client, _ uri: String, name: String = "J-S01-02") async throws {
            let entered = try await HallTests.signIn(client, name: name, pin: HallWorld.pin)
            let field = try #require(
                entered.headers[values: .setCookie].first { $0.hasPrefix("laurel-hall=") }
            )
            self.client = client
            self.uri = uri
            cookie = [.cookie: String(field.prefix { $0 != ";" })]
            let page = HallTests.text(try await client.get(uri, cookie))
            csrf = try #require(HallTests.hidden("csrf", page))
        }

        func post(
            _ action: String,
            _ values: [(String, String)] = []
        ) async throws -> Client.Answer {
            let body = HallTests.form([("action", action), ("csrf", csrf)] + values)
            return try await client.post(uri, body, cookie)
        }

        func page() async throws -> String {
            HallTests.text(try await client.get(uri, cookie))
        }
    }

    /// What a form carries unseen.
    static func hidden(_ name: String, _ page: String) -> String? {
        page.range(of: "name=\"\(name)\" value=\"").map { mark in
            String(page[mark.upperBound...].prefix { $0 != "\"" })
        }
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
            // Who guesses from one place does not shut the judge out at another.
            let tablet = try await Self.signIn(
                client,
                name: "J-S01-02",
                pin: HallWorld.pin,
                from: "192.0.2.7"
            )
            #expect(tablet.headers[.location] == "/hall/en/work")
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
            let desk = try await FormDesk(client, "/hall/en/" + Self.pPath)
            let page = try await desk.page()
            #expect(page.contains("the server signs in your name"))
            #expect(!page.contains("<script") && !page.contains(" inert"))
            // What is good is kept, what is not is told, and comes back as it was typed.
            let half = try await desk.post("review", [("v0", "2"), ("v3", "99")])
            #expect(half.status == .unprocessableContent)
            #expect(Self.text(half).contains("is out of range"))
            #expect(Self.text(half).contains("value=\"99\""))
            #expect(Self.text(half).contains("nothing is entered yet"))
            let work = try await client.get("/hall/en/work/S01", desk.cookie)
            #expect(Self.text(work).contains("1/4"))
            #expect(try await desk.post("sign").status == .conflict)
            let whole = [("v0", "2"), ("v1", "1"), ("v2", "not attempted"), ("v3", "19.5")]
            #expect(try await desk.post("save", whole).headers[.location] == desk.uri)
            #expect(try await desk.page().contains("Kept, encrypted"))
            #expect(try await !desk.page().contains("Kept, encrypted"))
            let review = Self.text(try await desk.post("review", whole))
            #expect(review.contains("Let the server sign"))
            let seen = [("seen", try #require(Self.hidden("seen", review)))]
            let signed = try await desk.post("sign", seen)
            #expect(signed.status == .seeOther)
            let receipt = try #require(signed.headers[.location])
            let shown = Self.text(try await client.get(receipt, desk.cookie))
            #expect(shown.contains(String(receipt.suffix(64).prefix(12))))
            #expect(shown.contains("19.5"))
            // A second click, a page loaded again: it is in, and that is said.
            for again in [try await desk.post("sign", seen), try await desk.post("save", whole)] {
                #expect(again.headers[.location] == receipt)
            }
            #expect(try await client.get(desk.uri, desk.cookie).headers[.location] == receipt)
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
            let desk = try await FormDesk(client, "/hall/zh/" + Self.pPath)
            let work = Self.text(try await client.get("/hall/zh/work/S01", desk.cookie))
            #expect(work.contains("退回 P.a:请再看 &lt;照片&gt;"))
            let page = try await desk.page()
            #expect(page.contains("name=\"v0\"") && !page.contains("name=\"v3\""))
            let without = try await desk.post("review", [("v0", "3"), ("v3", "1")])
            #expect(without.status == .unprocessableContent)
            let why = [("v0", "3"), ("reason", "照片上无裂纹")]
            let review = Self.text(try await desk.post("review", why))
            let seen = try #require(Self.hidden("seen", review))
            // Another reason than the one that was reviewed is not signed.
            _ = try await desk.post("save", [("v0", "3"), ("reason", "另一个理由")])
            #expect(try await desk.post("sign", [("seen", seen)]).status == .conflict)
            _ = try await desk.post("save", why)
            #expect(try await desk.post("sign", [("seen", seen)]).status == .seeOther)
        }
        let row = try #require(try world.record.sheets(of: item).first)
        #expect(row.marks == [3, 1, 0, 195])
        #expect(row.position != first.position)
    }

    @Test func onlyWhatWasReviewedIsSigned() async throws {
        let world = try HallWorld(hallKeys: "server")
        try await Self.serve(world, hallKeys: true) { client in
            let desk = try await FormDesk(client, "/hall/en/" + Self.pPath)
            let whole = [("v0", "2"), ("v1", "1"), ("v2", "1"), ("v3", "19.5")]
            let review = Self.text(try await desk.post("review", whole))
            let seen = try #require(Self.hidden("seen", review))
            // Another page of the same judge changes a mark meanwhile.
            _ = try await desk.post("save", whole.dropLast() + [("v3", "3.5")])
            for old in [[("seen", seen)], []] {
                let refused = try await desk.post("sign", old)
                #expect(refused.status == .conflict)
                #expect(Self.text(refused).contains("Nothing was signed"))
                #expect(Self.text(refused).contains("3.5"))
            }
            #expect(try world.record.sheets(of: #require(ItemID("S01"))).isEmpty)
            let anew = Self.text(try await desk.post("sign", []))
            let now = [("seen", try #require(Self.hidden("seen", anew)))]
            #expect(try await desk.post("sign", now).status == .seeOther)
        }
    }

    @Test func askingTheChiefJudgeLosesNoMarks() async throws {
        let world = try HallWorld(hallKeys: "server")
        let item = try #require(ItemID("S01"))
        try await Self.serve(world, hallKeys: true) { client in
            let desk = try await FormDesk(client, "/hall/en/" + Self.pPath)
            #expect(try await desk.page().contains("value=\"ask\" form=\"sheet\""))
            let marks = [("v0", "2"), ("v3", "99")]
            let question = marks + [("column", "3"), ("words", "Is <page 2> part of it?")]
            // Without words nothing is asked; with a value that is not taken, that stays as typed.
            let silent = try await desk.post("ask", marks)
            #expect(silent.status == .unprocessableContent)
            #expect(Self.text(silent).contains("value=\"99\""))
            #expect(try world.record.remarks(of: item).isEmpty)
            let asked = Self.text(try await desk.post("ask", question))
            #expect(asked.contains("Sent, and on record") && asked.contains("value=\"99\""))
            #expect(try world.record.remarks(of: item).map(\.aspect) == ["P.d"])
            let page = try await desk.page()
            #expect(page.contains("name=\"v0\" value=\"2\" aria-describedby=\"f0\" checked"))
            // A question that is not sent is not lost by keeping the values.
            let kept = try await desk.post("save", [("v0", "1"), ("words", "And <this>?")])
            #expect(Self.text(kept).contains("And &lt;this&gt;?"))
            #expect(Self.text(kept).contains("was not sent"))
        }
    }

    @Test func whatIsPostedAfterTheSessionEndedComesBackAfterSigningIn() async throws {
        let world = try HallWorld(hallKeys: "server")
        try await Self.serve(world, hallKeys: true) { client in
            let uri = "/hall/en/" + Self.pPath
            let typed = [("v0", "2"), ("v3", "<b>12.5"), ("words", "Why?"), ("csrf", "x")]
            let out = try await client.post(uri, Self.form([("action", "save")] + typed))
            #expect(out.status == .unauthorized)
            let door = Self.text(out)
            #expect(door.contains("You are signed out"))
            #expect(door.contains("name=\"v3\" value=\"&lt;b&gt;12.5\""))
            #expect(!door.contains("name=\"csrf\""))
            let left = try ["back", "v0", "v3", "words"].map {
                ($0, try #require(Self.hidden($0, door)).replacing("&lt;b&gt;", with: ""))
            }
            let back = Self.text(
                try await Self.signIn(client, name: "J-S01-02", pin: HallWorld.pin, with: left)
            )
            #expect(back.contains("what you had typed"))
            #expect(back.contains("value=\"12.5\"") && back.contains(">Why?</textarea>"))
            #expect(back.contains("action=\"\(uri)\""))
            // Nobody else's sheet comes back with it.
            let foreign = [("back", "sheet/S02/S02-001/P/1/J-S02-01"), ("v0", "2")]
            let work = try await Self.signIn(
                client,
                name: "J-S01-02",
                pin: HallWorld.pin,
                with: foreign
            )
            #expect(work.headers[.location] == "/hall/en/work")
        }
    }

    @Test func choicesWithoutTitlesShowTheirValues() async throws {
        let card = HallWorld.card
            .replacing(
                "{code: 0, marks: 0, title: {zh: 不足 4 次, en: fewer than 4}}",
                with: "{code: 0, marks: 0}"
            )
            .replacing("- {code: 1, marks: 10, title: {zh: 4 至 7 次, en: 4 to 7}}", with: "")
            .replacing(
                "{code: 2, marks: 20, title: {zh: 8 次以上, en: 8 or more}}",
                with: "{code: 1, marks: 20}"
            )
        let world = try HallWorld(hallKeys: "server", card: card)
        try await Self.serve(world, hallKeys: true) { client in
            let desk = try await FormDesk(client, "/hall/en/" + Self.pPath)
            let page = try await desk.page()
            for value in ["0", "1"] {
                #expect(page.contains("value=\"\(value)\" aria-describedby=\"f2\"><b>\(value)</b>"))
            }
            #expect(page.contains("aria-describedby=\"f1\"><b>yes</b>"))
        }
    }

    @Test func oneKeySitsUnderTwoAppointments() async throws {
        let world = try HallWorld(hallKeys: "server")
        try world.say(
            .appoint,
            Office.appointment(
                name: "J-S02-02",
                key: try world.ring.key("J-S01-02").verifying,
                role: .judge,
                person: "P-J-S01-02",
                item: "S02",
                delegation: "210200"
            ),
            by: "organiser"
        )
        try await Self.serve(world, hallKeys: true) { client in
            let desk = try await FormDesk(client, "/hall/en/sheet/S02/S02-001/P/1/J-S02-02")
            let whole = [("v0", "2"), ("v1", "1"), ("v2", "1"), ("v3", "19.5")]
            let review = Self.text(try await desk.post("review", whole))
            let seen = [("seen", try #require(Self.hidden("seen", review)))]
            let receipt = try await desk.post("sign", seen).headers[.location]
            #expect(receipt?.contains("/receipt/") == true)
        }
    }
}
