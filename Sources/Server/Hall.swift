internal import Competition
internal import Findings
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import Publishing
internal import Seal
internal import Secretariat

/// The pages of a hall: the judge's, which does what the terminal's desk does, and the board's.
///
/// Pages are made here, whole, as forms. Where the key is in the browser a script signs there, and
/// this side never sees the key; where the event lets the server hold it, the forms work without any
/// script.
struct Hall: Sendable {
    let house: ServerHouse

    /// A request to a hall's page.
    struct Visit: Sendable {
        let method: HTTPRequest.Method
        let language: Language
        /// The path behind the language, decoded.
        var parts: [String]
        let headers: HTTPFields
        let target: RequestSignature.Target
        let address: String
        /// What the cookie holds, and whose it is.
        var token: String?
        var session: HallSession?

        var words: HallWords { HallWords(language: language) }
        var wantsJSON: Bool { headers[.accept]?.contains("application/json") ?? false }

        /// The form that was posted, whose token must be the session's.
        ///
        /// - Throws: a ``Problem`` where the form did not come from a page of this session.
        func form() throws(Problem) -> HallForm {
            let form = try HallForm(target.body)
            guard let session, form["csrf"] == session.csrf else {
                throw Problem(
                    status: .forbidden,
                    title: Text(
                        "此表单不是本次登录的页面发出的,请重新打开页面",
                        "the form is of another session; open the page again"
                    )
                )
            }
            return form
        }
    }

    static let prefix = "/hall"

    /// Whether a path is one of these pages.
    static func has(_ path: String) -> Bool { path == prefix || path.hasPrefix(prefix + "/") }

    func respond(
        to request: Request,
        address: String,
        language: Language,
        body: () async throws -> [UInt8]
    ) async throws -> Response {
        var parts = request.uri.path.dropFirst(Self.prefix.count)
            .split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map { $0.removingPercentEncoding ?? "" }
        let chosen = parts.first.flatMap(Language.init(rawValue:))
        if chosen != nil { parts.removeFirst() }
        var visit = Visit(
            method: request.method == .head ? .get : request.method,
            language: chosen ?? language,
            parts: parts,
            headers: request.headers,
            target: RequestSignature.Target(
                method: request.method.rawValue,
                path: request.uri.path,
                query: request.uri.query ?? "",
                body: request.method == .post ? try await body() : []
            ),
            address: address
        )
        var reply: Reply
        do {
            if let file = HallFiles.file(parts) {
                reply = file
            } else if chosen == nil, parts.filter({ !$0.isEmpty }).isEmpty {
                reply = Self.redirect("/hall/\(language.rawValue)/")
            } else {
                try house.guardian.spend(1, of: address)
                try checkOrigin(visit)
                visit.token = Self.cookie(Self.cookieName, visit.headers)
                let seen = visit
                visit.session = try await house.wait { try current(seen) }
                reply = try await answer(visit)
            }
        } catch {
            if let problem = error as? Problem, problem.status == .unauthorized {
                try? house.guardian.spend(20, of: address)
            }
            reply = failure(error, visit)
        }
        for (name, value) in Self.guards where !reply.fields.contains(where: { $0.0 == name }) {
            reply.fields.append((name, value))
        }
        return reply.response(to: request)
    }

    // MARK: Who it is

    static let cookieName = "laurel-hall"

    /// The session of the cookie, if its key is still appointed: who is dismissed is out at once.
    private func current(_ visit: Visit) throws -> HallSession? {
        guard let token = visit.token, let session = house.hallSessions.find(token) else {
            return nil
        }
        guard try !HallSeats.appointments(of: session.key, house.office).isEmpty else {
            house.hallSessions.end(token)
            return nil
        }
        return session
    }

    /// A browser says where a request comes from; another site's is not answered.
    private func checkOrigin(_ visit: Visit) throws(Problem) {
        guard visit.method != .get, let name = HTTPField.Name("Sec-Fetch-Site"),
            let site = visit.headers[name], !["same-origin", "none"].contains(site)
        else { return }
        throw .forbidden
    }

    static func cookie(_ name: String, _ headers: HTTPFields) -> String? {
        for field in headers[values: .cookie] {
            for part in field.split(separator: ";") {
                let halves = part.split(separator: "=", maxSplits: 1)
                if halves.count == 2, halves[0].trimmingCharacters(in: .whitespaces) == name {
                    return halves[1].trimmingCharacters(in: .whitespaces)
                }
            }
        }
        return nil
    }

    /// A cookie that no script reads, no other site sends, and no plain connection carries where
    /// there is another.
    func cookie(
        _ name: String,
        _ value: String,
        seconds: Int,
        _ visit: Visit
    ) -> (
        HTTPField.Name, String
    ) {
        let forwarded = HTTPField.Name("X-Forwarded-Proto").flatMap { visit.headers[$0] }
        let isSecure =
            house.settings.tls != nil || house.settings.isBehindProxy && forwarded == "https"
        return (
            .setCookie,
            "\(name)=\(value); Path=/hall; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
                + (isSecure ? "; Secure" : "")
        )
    }

    // MARK: What is answered

    private func answer(_ visit: Visit) async throws -> Reply {
        let parts = visit.parts
        switch (visit.method, parts.first ?? "", parts.count) {
        case (.get, "", 0...1): return door(visit)
        case (.get, "challenge", 1): return challenge()
        case (.get, "key", 2): return try picture(parts[1])
        case (.post, "session", 1): return try await begin(visit)
        case (.post, "pin", 1): return try await beginByPIN(visit)
        case (.post, "out", 1): return try end(visit)
        case (.get, "board", 2): return try board(parts[1], visit)
        default: break
        }
        guard let session = visit.session else {
            if let reply = try signedOut(visit) { return reply }
            guard visit.method == .get, !visit.wantsJSON else {
                throw Problem.unknown(
                    "hall.session",
                    "未登录,或登录已结束",
                    "not signed in, or the session has ended"
                )
            }
            return Self.redirect("/hall/\(visit.language.rawValue)/")
        }
        switch (visit.method, parts.first ?? "", parts.count) {
        case (.get, "work", 1): return try await house.wait { try items(visit, session) }
        case (.get, "work", 2): return try await house.wait { try work(parts[1], visit, session) }
        case (.get, "sheet", 6), (.get, "again", 6):
            return try await house.wait { try sheet(visit, session) }
        case (.post, "sheet", 6), (.post, "again", 6): return try await post(visit, session)
        case (.get, "receipt", 2):
            return try await house.wait { try receipt(parts[1], visit, session) }
        default: throw Problem.missing
        }
    }

    static func redirect(_ path: String) -> Reply {
        Reply(status: .seeOther, type: "text/plain", body: [], fields: [(.location, path)])
    }

    /// What went wrong, as a page for a person or as a problem for the script.
    private func failure(_ error: any Error, _ visit: Visit) -> Reply {
        var reply = Gate.reply(to: error, visit.language)
        guard !visit.wantsJSON else { return reply }
        let problem = (error as? Problem) ?? (error as? Refusal).map(Problem.refused) ?? .inner
        let lines =
            problem.findings.map(\.message) + (problem.findings.isEmpty ? [problem.title] : [])
        reply.body = Array(
            page(
                visit,
                title: visit.words.tr("未能完成", "Not done"),
                body: """
                    <h1>\(visit.words.tr("未能完成", "Not done"))</h1>
                    <div class="warn" role="alert">\
                    \(lines.map { "<p>\($0[visit.language])</p>" as Markup }.joined())</div>
                    <p><a class="button plain" href="/hall/\(visit.language.rawValue)/">\
                    \(visit.words.tr("返回", "Back"))</a></p>
                    """
            ).utf8
        )
        reply.type = "text/html; charset=utf-8"
        return reply
    }

    private static let policy = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
        connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
        frame-ancestors 'none'
        """

    private static let guards: [(HTTPField.Name, String)] = [
        ("Content-Security-Policy", policy), ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
}
