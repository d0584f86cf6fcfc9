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

@Suite struct HallTests {
    typealias Client = ServedWorld.Client

    static let pPath = "sheet/S01/S01-001/P/1/J-S01-02"

    static func serve(
        _ world: HallWorld,
        hallKeys: Bool = false,
        _ body: @escaping @Sendable (Client) async throws -> Void
    ) async throws {
        var settings = ServerSettings()
        settings.port = 0
        settings.isBehindProxy = true
        if hallKeys { settings.hallKeys = world.folder + "/hall-keys" }
        let server = try LaurelServer(office: world.office, settings: settings)
        let event = world.office.catalogue.event.id.text
        let now = world.office.now
        try await server.application().test(.live) { client in
            try await body(Client(client: client, event: event, now: now))
        }
    }

    /// Signs in with a key; gives the cookie, and the token that forms carry.
    static func signIn(
        _ client: Client,
        _ key: SigningKey
    ) async throws -> (cookie: HTTPFields, csrf: String) {
        let headers = try client.signed(.post, "/hall/en/session", by: key)
        let answer = try await client.post("/hall/en/session", [], headers)
        #expect(answer.status == .ok)
        let field = try #require(answer.headers[.setCookie])
        for attribute in ["HttpOnly", "SameSite=Strict", "Path=/hall", "Max-Age=43200"] {
            #expect(field.contains(attribute))
        }
        let cookie = String(field.prefix { $0 != ";" })
        return ([.cookie: cookie], try #require(try answer.json["csrf"]?.string))
    }

    static func text(_ answer: Client.Answer) -> String {
        String(decoding: answer.bytes, as: UTF8.self)
    }

    static func field(_ name: String, _ answer: Client.Answer) -> String? {
        HTTPField.Name(name).flatMap { answer.headers[$0] }
    }

    static func form(_ fields: [(String, String)]) -> [UInt8] {
        let parts = fields.map { name, value in
            name + "=" + (value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        }
        return Array(parts.joined(separator: "&").utf8)
    }

    // MARK: Who sees what

    @Test func pagesNeedASession() async throws {
        let world = try HallWorld()
        try await Self.serve(world) { client in
            for path in [
                "work", "work/S01", Self.pPath, "receipt/" + String(repeating: "0", count: 64),
            ] {
                let answer = try await client.get("/hall/en/" + path)
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location] == "/hall/en/")
                let json = try await client.get("/hall/en/" + path, [.accept: "application/json"])
                #expect(json.status == .unauthorized)
            }
            let forged = try await client.get("/hall/en/work", [.cookie: "laurel-hall=00"])
            #expect(forged.status == .seeOther)
            let posted = try await client.post(
                "/hall/en/" + Self.pPath,
                Self.form([("action", "check")])
            )
            #expect(posted.status == .unauthorized)
            let door = try await client.get("/hall/", [.acceptLanguage: "en"])
            #expect(door.headers[.location] == "/hall/en/")
        }
    }

    @Test func everyPageIsShutAgainstFramesScriptsAndCaches() async throws {
        let world = try HallWorld()
        try await Self.serve(world) { client in
            for path in ["zh/", "en/", "en/work", "en/board/S02", "en/nothing", "challenge"] {
                let answer = try await client.get("/hall/" + path)
                let policy = try #require(Self.field("Content-Security-Policy", answer))
                #expect(policy.contains("default-src 'none'"))
                #expect(policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(Self.field("Referrer-Policy", answer) == "no-referrer")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                let page = Self.text(answer)
                #expect(
                    !page.contains("<style") && !page.contains(" style=")
                        && !page.contains("onclick")
                )
                #expect(!page.contains("<script>"))
            }
        }
    }

    @Test func aJudgeSeesTheOwnWorkOnly() async throws {
        let world = try HallWorld()
        let (own, other) = (try world.ring.key("J-S01-02"), try world.ring.key("J-S02-01"))
        try await Self.serve(world) { client in
            let (cookie, _) = try await Self.signIn(client, own)
            let work = Self.text(try await client.get("/hall/en/work/S01", cookie))
            // 210200 is the judge's own delegation: S01-002, S01-005 and S01-008 are of it.
            for code in ["S01-001", "S01-003", "S01-004"] { #expect(work.contains(code)) }
            for code in ["S01-002", "S01-005", "S01-008"] { #expect(!work.contains(code)) }
            // A draft in the browser is of this event; what it types into is shut without a script.
            #expect(work.contains("data-place=\"hall entry S01 S01-001 P 1 J-S01-02\""))
            let sheet = Self.text(try await client.get("/hall/en/" + Self.pPath, cookie))
            #expect(sheet.contains("<form id=\"sheet\" inert"))
            #expect(sheet.contains("<noscript>"))
            let barred = try await client.get("/hall/en/sheet/S01/S01-002/P/1/J-S01-02", cookie)
            #expect(barred.status == .notFound)
            let (theirs, _) = try await Self.signIn(client, other)
            for path in ["work/S01", Self.pPath] {
                #expect(try await client.get("/hall/en/" + path, theirs).status == .notFound)
            }
        }
    }

    @Test func whatTheDataSayIsEscaped() async throws {
        let world = try HallWorld()
        let key = try world.ring.key("J-S01-02")
        try await Self.serve(world) { client in
            let (cookie, _) = try await Self.signIn(client, key)
            for path in ["work/S01", Self.pPath, "board/S01"] {
                let page = Self.text(try await client.get("/hall/en/" + path, cookie))
                #expect(page.contains("Invented &lt;item&gt; &amp; &quot;one&quot;&#39;s"))
                #expect(!page.contains("<item>"))
                #expect(!page.contains("虚人"))
            }
        }
    }

    // MARK: Sessions

    @Test func aSessionEndsAtOnceWithItsAppointment() async throws {
        let world = try HallWorld()
        let key = try world.ring.key("J-S01-02")
        try await Self.serve(world) { client in
            let (cookie, _) = try await Self.signIn(client, key)
            #expect(try await client.get("/hall/en/work/S01", cookie).status == .ok)
            try world.say(.dismiss, ["name": "J-S01-02", "reason": "试"], by: "organiser")
            #expect(try await client.get("/hall/en/work/S01", cookie).status == .seeOther)
            var headers = try client.signed(.post, "/hall/en/session", by: key)
            headers[.accept] = "application/json"
            let again = try await client.post("/hall/en/session", [], headers)
            #expect(again.status == .unauthorized)
            #expect(again.codes == ["key.unappointed"])
        }
    }

    @Test func aSignatureSignsInOnceAndOnlyWhoMarks() async throws {
        let world = try HallWorld()
        let key = try world.ring.key("J-S01-02")
        // A supervisor marks only where sheets are entered twice.
        let idle = try ["organiser", "SV"].map { try world.ring.key($0) }
        let screen = world.token
        try await Self.serve(world) { client in
            let headers = try client.signed(.post, "/hall/en/session", by: key)
            #expect(try await client.post("/hall/en/session", [], headers).status == .ok)
            var again = headers
            again[.accept] = "application/json"
            let replay = try await client.post("/hall/en/session", [], again)
            #expect(replay.codes == ["request.replay"])
            for key in idle {
                let other = try client.signed(.post, "/hall/en/session", by: key)
                #expect(try await client.post("/hall/en/session", [], other).status == .forbidden)
            }
            let bearer: HTTPFields = [.authorization: "Bearer " + screen.text]
            #expect(try await client.post("/hall/en/session", [], bearer).status == .unauthorized)
            let bare = try await client.post("/hall/en/session", [])
            #expect(bare.status == .unauthorized)
        }
    }

    @Test func formsOfAnotherPageAreRefused() async throws {
        let world = try HallWorld()
        let key = try world.ring.key("J-S01-02")
        try await Self.serve(world) { client in
            let (cookie, csrf) = try await Self.signIn(client, key)
            let uri = "/hall/en/" + Self.pPath
            for token in ["", "0", String(csrf.reversed())] where token != csrf {
                let body = Self.form([("action", "check"), ("csrf", token)])
                #expect(try await client.post(uri, body, cookie).status == .forbidden)
            }
            let body = Self.form([("action", "check"), ("csrf", csrf)])
            #expect(try await client.post(uri, body, cookie).status == .ok)
            var foreign = cookie
            let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
            foreign[site] = "cross-site"
            #expect(try await client.post(uri, body, foreign).status == .forbidden)
            let out = Self.form([("csrf", csrf)])
            #expect(
                try await client.post("/hall/en/out", Self.form([]), cookie).status == .forbidden
            )
            #expect(try await client.post("/hall/en/out", out, cookie).status == .seeOther)
            #expect(try await client.get("/hall/en/work/S01", cookie).status == .seeOther)
        }
    }

    // MARK: Marks

    @Test func valuesAreCheckedAsTheDeskChecksThem() async throws {
        let world = try HallWorld()
        let key = try world.ring.key("J-S01-02")
        let item = try #require(ItemID("S01"))
        let slots = try world.office.plan(of: item).card.units[1].judged
        let typed = ["7", "perhaps", "3", "20.25"]
        try await Self.serve(world) { client in
            let (cookie, csrf) = try await Self.signIn(client, key)
            let fields =
                [("action", "check"), ("csrf", csrf)]
                + typed.enumerated().map { ("v\($0.offset)", $0.element) }
            let answer = try await client.post("/hall/en/" + Self.pPath, Self.form(fields), cookie)
            let faults = try #require(try answer.json["faults"]?.array)
            let said = faults.compactMap { $0["message"]?.string }
            let wanted = zip(slots, typed).map { slot, text -> String in
                do throws(Refusal) {
                    _ = try slot.aspect.read(text)
                    return ""
                } catch {
                    return error.findings.first?.message.en ?? ""
                }
            }
            #expect(said == wanted)
            #expect(!wanted.contains(""))
            let good = [("v0", "3"), ("v1", "是"), ("v2", "not attempted"), ("v3", "19.5")]
            let right = try await client.post(
                "/hall/en/" + Self.pPath,
                Self.form([("action", "check"), ("csrf", csrf)] + good),
                cookie
            )
            let marks = try #require(try right.json["marks"]?.array)
            #expect(marks == [3, 1, "N", 195])
            #expect(try right.json["subtotal"]?.string == "49.5")
        }
    }

    @Test func withoutAKeyInTheBrowserTheServerSignsNothingItDoesNotHold() async throws {
        let world = try HallWorld()
        let key = try world.ring.key("J-S01-02")
        try await Self.serve(world) { client in
            let (cookie, csrf) = try await Self.signIn(client, key)
            let length = try world.record.length()
            for action in ["save", "review", "sign", "ask", "note"] {
                let body = Self.form([("action", action), ("csrf", csrf), ("v0", "3")])
                let answer = try await client.post("/hall/en/" + Self.pPath, body, cookie)
                #expect(answer.status == .conflict)
            }
            #expect(try world.record.length() == length)
        }
    }

    @Test func aSecondEntryIsBlindAndItsReceiptSaysWhatDiffers() async throws {
        var world = try HallWorld(doubleEntry: "all")
        try world.appoint("J-S01-03", .judge, item: "S01")
        let item = try #require(ItemID("S01"))
        let card = try #require(world.office.catalogue.cardHashes[item])
        func sheet(_ mark: Int32) throws -> JSONValue {
            SheetContent(
                item: item,
                unit: try #require(NodeID("T")),
                entrant: try #require(EntrantID("S01-001")),
                judge: nil,
                attempt: 1,
                card: card,
                marks: [mark]
            ).body
        }
        try world.say(.sheet, try sheet(275), by: "J-S01-02")
        let key = try world.ring.key("J-S01-03")
        let again = Delivery([try world.office.statement(.reentry, try sheet(280), by: key)])
        let first = try world.ring.key("J-S01-02")
        try await Self.serve(world) { client in
            let (cookie, _) = try await Self.signIn(client, key)
            let uri = "/hall/en/again/S01/S01-001/T/1/-"
            #expect(Self.text(try await client.get("/hall/en/work/S01", cookie)).contains(uri))
            let page = Self.text(try await client.get(uri, cookie))
            #expect(page.contains("second entry"))
            let words = page.split { !($0.isLetter || $0.isNumber || $0 == ".") }
            #expect(!words.contains("27.5") && !words.contains("275"))
            let (theirs, _) = try await Self.signIn(client, first)
            #expect(try await client.get(uri, theirs).status == .notFound)
            // As the browser does it: signed there, through the API's door.
            let answer = try await client.post("/api/v1/statements", again.json.canonical)
            #expect(answer.status == .ok)
            let receipt = try #require(again.statements.first).id
            let path = "/hall/en/receipt/\(receipt.hex)"
            let shown = Self.text(try await client.get(path, cookie))
            #expect(shown.contains("Differs from the first entry: T.t"))
            #expect(try await client.get(path, theirs).status == .notFound)
        }
    }
}
