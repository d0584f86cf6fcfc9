internal import Competition
internal import Findings
internal import Foundation
internal import HTTPTypes
internal import Ledger
internal import Publishing
internal import Seal
internal import Secretariat

/// Coming in and going out.
extension Hall {
    private static let doorCookie = "laurel-hall-door"

    /// The page at the door: a key in this browser, or a PIN.
    ///
    /// - Parameters:
    ///   - visit: who is there.
    ///   - fault: why it is shown, where somebody was refused.
    ///   - left: what was typed on a sheet before the session ended; it comes along.
    /// - Returns: the page.
    func door(
        _ visit: Visit,
        fault: Text? = nil,
        left: (sheet: String, form: HallForm)? = nil
    )
        -> Reply
    {
        if visit.session != nil, fault == nil {
            return Self.redirect("/hall/\(visit.language.rawValue)/work")
        }
        let words = visit.words
        let event = house.office.catalogue.event
        var fields: [(HTTPField.Name, String)] = []
        var pin: Markup = ""
        if house.hallKeyrings != nil {
            let token = randomBytes(16).hex
            fields.append(cookie(Self.doorCookie, token, seconds: 3_600, visit))
            pin = pinForm(visit, token, left)
        }
        let alert: Markup =
            fault.map { "<p class=\"warn\" role=\"alert\">\($0[visit.language])</p>" } ?? ""
        var reply = Reply.page(
            page(
                visit,
                title: words.tr("裁判评分", "Judges' desk"),
                scripts: ["hall.js"],
                attributes: " data-event=\"\(event.id.text)\"",
                body: """
                    <div class="narrow"><p class="eyebrow">\(event.title[visit.language])</p>
                    <h1>\(words.tr("裁判评分", "Judges' desk"))</h1>
                    \(alert)\(seats(words))\(pin)</div>
                    """
            )
        )
        reply.fields = fields
        if fault != nil { reply.status = .unauthorized }
        return reply
    }

    /// What the script shows one of: no key yet, a key, or no way to have one.
    private func seats(_ words: HallWords) -> Markup {
        """
        <noscript><p class="warn">\(words.tr("密钥保存在浏览器里,需要启用 JavaScript。", "The key is kept in the browser, which takes JavaScript."))</p></noscript>
        <section id="unable" class="card" hidden>
        <h2>\(words.tr("此浏览器不能保存密钥", "This browser can't hold a key"))</h2>
        <p id="why"></p></section>
        <section id="nokey" class="card" hidden>
        <h2>\(words.tr("此平板还没有密钥", "This tablet has no key yet"))</h2>
        <p>\(words.tr("生成一把只在此平板上的签名密钥,取不出来,也不会发给服务器。然后请组委会用它任命您。", "Make a signing key that stays on this tablet: it can't be taken out and is never sent. The organiser then appoints you by it."))</p>
        <p><button id="make" class="button">\(words.tr("生成密钥", "Make a key"))</button></p></section>
        <section id="haskey" class="card" hidden>
        <h2>\(words.tr("用此平板的密钥登录", "Sign in with this tablet's key"))</h2>
        <p><button id="enter" class="button">\(words.tr("登录", "Sign in"))</button></p>
        <p id="said" class="warn" role="alert" hidden></p>
        <details id="about"><summary>\(words.tr("公钥与任命", "The public key, and how to be appointed"))</summary>
        <div class="key"><img id="code" alt="\(words.tr("公钥二维码", "QR code of the public key"))" width="220" height="220">
        <dl><div><dt>\(words.tr("核对码(口头核对)", "Short code, to be compared aloud"))</dt><dd id="short" class="big"></dd></div>
        <div><dt>\(words.tr("公钥", "Public key"))</dt><dd><code id="hex"></code></dd></div></dl></div>
        <p>\(words.tr("组委会执行:", "The organiser runs:"))</p>
        <pre id="command" tabindex="0"></pre>
        <p><button id="forget" class="button plain">\(words.tr("从此平板删除密钥", "Remove the key from this tablet"))</button></p></details></section>
        """
    }

    private func pinForm(
        _ visit: Visit,
        _ token: String,
        _ left: (sheet: String, form: HallForm)?
    ) -> Markup {
        let words = visit.words
        let typed = left.map { [("back", $0.sheet)] + $0.form.typed } ?? []
        let hidden = typed.map { name, value -> Markup in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">\n"
        }
        return """
            <section class="card"><h2>\(words.tr("用 PIN 登录", "Sign in with a PIN"))</h2>
            <p>\(words.tr("这样登录时,密钥在服务器上,由服务器以您的名义签名。", "Signed in this way your key is on the server, and the server signs in your name."))</p>
            <form method="post" action="/hall/\(visit.language.rawValue)/pin" class="fields">
            \(hidden.joined())<input type="hidden" name="door" value="\(token)">
            <label for="name">\(words.tr("任职名", "Name of the appointment"))</label>
            <input id="name" name="name" required autocomplete="username" autocapitalize="none" spellcheck="false">
            <label for="pin">PIN</label>
            <input id="pin" name="pin" type="password" required autocomplete="current-password">
            <p><button class="button">\(words.tr("登录", "Sign in"))</button></p></form></section>
            """
    }

    /// The time and a nonce, for the browser to sign.
    func challenge() -> Reply {
        .json([
            "event": .string(house.office.catalogue.event.id.text),
            "nonce": .string(randomBytes(16).hex), "time": .int(house.office.now() / 1000),
        ])
    }

    /// A public key as a QR code.
    func picture(_ name: String) throws -> Reply {
        guard name.hasSuffix(".svg"), VerifyingKey(hex: name.dropLast(4)) != nil,
            let picture = PageKit.code(String(name.dropLast(4)))
        else { throw Problem.missing }
        return Reply(status: .ok, type: "image/svg+xml", body: Array(picture.utf8))
    }

    /// Signs in whoever signed the request with a key that is appointed.
    func begin(_ visit: Visit) async throws -> Reply {
        let caller = try await house.wait { [house] in
            try house.guardian.caller(visit.headers, visit.target)
        }
        guard let caller, caller.token == nil else { throw Call.nobody }
        guard try !HallSeats.appointments(of: caller.key, house.office).isEmpty else {
            throw Problem(
                status: .forbidden,
                title: Text("此密钥没有评分的任职", "the key is appointed to nothing that marks")
            )
        }
        let (token, session) = house.hallSessions.begin(caller.key)
        var reply = Reply.json(["csrf": .string(session.csrf)])
        reply.fields = [cookie(Self.cookieName, token, seconds: HallSessions.longest, visit)]
        return reply
    }

    /// Signs in by a name and a PIN, where the server may hold keys.
    func beginByPIN(_ visit: Visit) async throws -> Reply {
        guard let keyrings = house.hallKeyrings else { throw Problem.missing }
        let form = try HallForm(visit.target.body)
        guard let shown = form["door"], shown == Self.cookie(Self.doorCookie, visit.headers),
            let name = form["name"]?.trimmingBlanks(), let pin = form["pin"]
        else { throw Problem.forbidden }
        do {
            let (ring, key) = try await keyrings.turns.take { [house] in
                try await house.wait { () throws -> (Keyring, VerifyingKey) in
                    let ring = try keyrings.open(name, pin: pin, from: visit.address)
                    return (ring, try ring.key(name).verifying)
                }
            }
            guard try !HallSeats.appointments(of: key, house.office).isEmpty else {
                return door(
                    visit,
                    fault: Text("此密钥没有评分的任职", "the key is appointed to nothing that marks")
                )
            }
            let (token, session) = house.hallSessions.begin(key, ring: ring, name: name)
            var reply =
                try await house.wait { try back(form, visit, session) }
                ?? Self.redirect("/hall/\(visit.language.rawValue)/work")
            reply.fields.append(
                cookie(Self.cookieName, token, seconds: HallSessions.longest, visit)
            )
            return reply
        } catch let problem as Problem {
            try house.guardian.spend(20, of: visit.address)
            return self.door(
                visit,
                fault: problem.findings.first?.message ?? problem.title,
                left: form["back"].map { ($0, form) }
            )
        }
    }

    /// A sheet that is posted after its session ended: the door, with what was typed.
    func signedOut(_ visit: Visit) throws -> Reply? {
        guard visit.method == .post, !visit.wantsJSON, house.hallKeyrings != nil,
            Self.isSheet(visit.parts)
        else { return nil }
        return door(
            visit,
            fault: Text(
                "登录已结束。请重新登录;您填写的内容会带回评分表。",
                "You are signed out. Sign in again; what you typed comes back to its sheet."
            ),
            left: (
                visit.parts.map(Self.encoded).joined(separator: "/"),
                try HallForm(visit.target.body)
            )
        )
    }

    /// The sheet that was posted before signing in, as it was typed.
    private func back(_ form: HallForm, _ visit: Visit, _ session: HallSession) throws -> Reply? {
        let parts = (form["back"] ?? "").split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.removingPercentEncoding ?? "" }
        guard Self.isSheet(parts) else { return nil }
        var there = visit
        there.parts = parts
        there.session = session
        guard let (found, isIn) = try? found(there, session), !isIn else { return nil }
        var sheet = found
        sheet.read(form)
        sheet.told = Text(
            "已重新登录。这是您填写的内容,尚未存下。",
            "Signed in again. This is what you had typed; it is not kept yet."
        )
        return try show(sheet, there, session)
    }

    private static func isSheet(_ parts: [String]) -> Bool {
        parts.count == 6 && ["sheet", "again"].contains(parts[0])
    }

    func end(_ visit: Visit) throws -> Reply {
        if visit.session != nil {
            _ = try visit.form()
            if let token = visit.token { house.hallSessions.end(token) }
        }
        var reply = Self.redirect("/hall/\(visit.language.rawValue)/")
        reply.fields.append(cookie(Self.cookieName, "", seconds: 0, visit))
        return reply
    }
}

/// Which seats a key has.
enum HallSeats {
    /// What a key is appointed to that enters marks, and that still holds.
    static func appointments(of key: VerifyingKey, _ office: Office) throws -> [AppointmentRow] {
        let now = office.now()
        // Second entry is somebody else's work, and only where the event asks for it.
        let hasAgain = office.catalogue.event.doubleEntry != .none
        let purposes: [MarkingDesk.Purpose] = hasAgain ? [.entry, .again] : [.entry]
        let roles = purposes.flatMap(\.roles)
        return try office.record.appointments(of: key).filter {
            roles.contains($0.role) && $0.isInForce(at: now)
        }
    }

    /// The items of a key, in the event's order.
    static func items(of key: VerifyingKey, _ office: Office) throws -> [ContestItem] {
        let rows = try appointments(of: key, office)
        return office.catalogue.event.items.filter { item in
            rows.contains { $0.item == nil || $0.item == item.id.text }
        }
    }

    /// A key's seat at an item for a purpose; nil where it has none.
    static func seat(
        _ item: ItemID,
        _ purpose: MarkingDesk.Purpose,
        of key: VerifyingKey,
        _ office: Office
    ) throws -> DeskSeat? {
        let row = try appointments(of: key, office).first {
            purpose.roles.contains($0.role) && ($0.item == nil || $0.item == item.text)
        }
        guard let row else { return nil }
        if purpose == .again, office.catalogue.event.doubleEntry == .none { return nil }
        return try DeskSeat(
            office: office,
            item: item,
            name: row.name,
            key: key,
            purpose: purpose
        )
    }
}
