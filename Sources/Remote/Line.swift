internal import Findings
internal import Foundation
internal import Ledger
internal import Seal
internal import Secretariat
internal import Synchronization

/// Signed requests to a server, and its problems as the findings that a local command would show.
final class Line: Sendable {
    private let wire: Wire
    private let key: SigningKey
    private let language: Language
    private let now: @Sendable () -> Int
    /// By how many seconds the server's clock is ahead, once it has complained.
    private let offset = Mutex(0)
    private let event = Mutex<String?>(nil)

    init(
        _ wire: Wire,
        key: SigningKey,
        language: Language,
        now: @escaping @Sendable () -> Int
    ) {
        self.wire = wire
        self.key = key
        self.language = language
        self.now = now
    }

    /// Asks which event the server keeps; the signatures name it.
    ///
    /// - Returns: the name of the record's genesis.
    func greet() throws -> String {
        let answer = try plain("GET", "/api/v1/event", [], [])
        guard let id = answer["id"]?.string, let record = answer["record"]?.string else {
            throw Unreachable("no event")
        }
        event.withLock { $0 = id }
        return record
    }

    func get(_ path: String, query: String = "") throws -> JSONValue {
        try signed("GET", path, query, [])
    }

    func post(_ path: String, query: String = "", _ body: JSONValue) throws -> JSONValue {
        try signed("POST", path, query, body.canonical)
    }

    /// Hands in a delivery, in which each statement is signed: the request itself is not, so that it is
    /// the record's door that judges it, whatever has become of the key.
    ///
    /// - Throws: a `Refusal` with the door's word; ``Unreachable`` where that did not come.
    func deliver(_ delivery: Delivery) throws -> JSONValue {
        try plain("POST", "/api/v1/statements", [], delivery.json.canonical)
    }

    private func signed(
        _ method: String,
        _ path: String,
        _ query: String,
        _ body: [UInt8],
        isSecond: Bool = false
    ) throws -> JSONValue {
        if event.withLock({ $0 }) == nil { _ = try greet() }
        let target = RequestSignature.Target(method: method, path: path, query: query, body: body)
        let fields = try RequestSignature.headers(
            for: target,
            event: event.withLock { $0 } ?? "",
            created: now() / 1000 + offset.withLock { $0 },
            by: key
        )
        let uri = path + (query.isEmpty ? "" : "?" + query)
        do {
            return try plain(method, uri, fields, body)
        } catch let clock as ClockIsOff where !isSecond {
            // A laptop's clock is nobody's business: the server's counts.
            offset.withLock { $0 = clock.serverTime - now() / 1000 }
            return try signed(method, path, query, body, isSecond: true)
        }
    }

    private struct ClockIsOff: Error {
        let serverTime: Int
    }

    private func plain(
        _ method: String,
        _ uri: String,
        _ fields: [(name: String, value: String)],
        _ body: [UInt8]
    ) throws -> JSONValue {
        var fields = fields
        fields.append(("Accept-Language", language.rawValue))
        if !body.isEmpty { fields.append(("Content-Type", "application/json")) }
        let answer = try wire.send(method, uri, fields, body)
        let value = try? JSONValue(parsing: answer.body)
        if answer.status == 200 {
            // Half an answer is none.
            guard let value else { throw Unreachable("no JSON") }
            return value
        }
        // What stands between may answer for the server; only the server's own word is a refusal.
        guard let value, answer.fields["content-type"] == "application/problem+json",
            (400...499).contains(answer.status), ![408, 425, 429].contains(answer.status)
        else { throw Unreachable("HTTP \(answer.status)") }
        if let time = value["server_time"]?.int { throw ClockIsOff(serverTime: time) }
        let refusal = Self.refusal(value, answer.status)
        // Something between sent it twice, and this is the answer to the second, or cut it short: what
        // became of the request is unknown.
        if refusal.findings.contains(where: {
            ["request.replay", "request.body"].contains($0.code)
        }) {
            throw Unreachable("replay")
        }
        throw refusal
    }

    static func refusal(_ problem: JSONValue, _ status: Int) -> Refusal {
        let findings = (problem["findings"]?.array ?? []).map { finding in
            Finding(
                finding["code"]?.string ?? "remote.problem",
                Text(finding["zh"]?.string ?? "", finding["en"]?.string ?? ""),
                at: finding["place"]?.string.map { Place(file: $0) }
            )
        }
        guard findings.isEmpty else { return Refusal(findings) }
        let title = problem["title"]?.string ?? "HTTP \(status)"
        return Refusal("remote.problem", Text(same: title))
    }
}
