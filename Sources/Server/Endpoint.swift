internal import Foundation
internal import Ledger
internal import Competition
internal import Findings
internal import HTTPTypes
internal import Secretariat
internal import Seal

/// A request, taken apart.
struct Call: Sendable {
    let office: Office
    /// The folder of the policies that are served.
    let policies: String?
    let language: Language
    let caller: Caller?
    /// What stands in the path's braces.
    let path: [String: String]
    let query: [String: String]
    let body: [UInt8]
    let headers: HTTPFields

    /// The item in the path.
    ///
    /// - Throws: a ``Problem`` where the event has no such item.
    func item() throws -> ContestItem {
        guard let item = ItemID(path["item"] ?? "").flatMap(office.catalogue.event.item) else {
            throw Problem.missing
        }
        return item
    }

    /// A number in the query.
    ///
    /// - Throws: a ``Problem`` where it is none, or out of range.
    func number(_ name: String, in range: ClosedRange<Int>, default value: Int) throws -> Int {
        guard let text = query[name] else { return value }
        guard let number = Int(text), range.contains(number) else {
            throw Problem.malformed(
                "request.query",
                "\(name) 应为 \(range.lowerBound) 到 \(range.upperBound) 的整数",
                "\(name) must be an integer from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    /// The body as JSON.
    ///
    /// - Throws: a ``Problem`` where it is none.
    func json() throws -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: body)
        } catch {
            throw Problem.malformed(
                "request.json",
                "请求不是正确的 JSON(第 \(error.offset) 字节)",
                "the request is no strict JSON (byte \(error.offset))"
            )
        }
    }

    /// Who asks, where the endpoint is not for anybody.
    ///
    /// - Throws: a ``Problem`` where nobody says so.
    func known() throws -> Caller {
        guard let caller else { throw Self.nobody }
        return caller
    }

    static let nobody = Problem.unknown(
        "request.nobody",
        "须以密钥签名请求,或出示令牌",
        "sign the request with a key, or show a token"
    )
}

extension Endpoint {
    /// Whether it reads the record and no more.
    var isRead: Bool { if case .reads = work { true } else { false } }
}

/// One thing that the API does: its path, who may, and its description for OpenAPI.
struct Endpoint: Sendable {
    /// A parameter of the query.
    struct Parameter: Sendable {
        let name: String
        let about: String
        /// Its JSON Schema.
        let schema: JSONValue
        var isRequired = false

        static func integer(_ name: String, _ about: String, _ range: ClosedRange<Int>) -> Self {
            Parameter(
                name: name,
                about: about,
                schema: [
                    "maximum": .int(range.upperBound), "minimum": .int(range.lowerBound),
                    "type": "integer",
                ]
            )
        }

        static func text(
            _ name: String,
            _ about: String,
            pattern: String? = nil,
            isRequired: Bool = false
        ) -> Self {
            var members: [JSONValue.Member] = [.init("type", "string")]
            if let pattern { members.insert(.init("pattern", .string(pattern)), at: 0) }
            return Parameter(
                name: name,
                about: about,
                schema: .object(members),
                isRequired: isRequired
            )
        }
    }

    enum Work: Sendable {
        /// Reads, on a thread that may wait.
        case reads(@Sendable (Call) throws -> Reply)
        /// Hands in.
        case admits(@Sendable (Call, GroupedDoor) async throws -> Reply)
        /// Follows an item.
        case follows
    }

    let method: HTTPRequest.Method
    let path: String
    let summary: String
    let access: Access
    var query: [Parameter] = []
    /// The name of the schema of the body, and of the answer.
    var takes: String?
    var gives: String?
    var type = Reply.jsonType
    let work: Work

    /// The parts of the path.
    var parts: [Substring] { path.split(separator: "/", omittingEmptySubsequences: false) }

    /// What a path holds in the braces; nil where it is another path.
    func match(_ parts: [Substring]) -> [String: String]? {
        let own = self.parts
        guard own.count == parts.count else { return nil }
        var values: [String: String] = [:]
        for (mine, given) in zip(own, parts) {
            if mine.hasPrefix("{") {
                values[String(mine.dropFirst().dropLast())] = given.removingPercentEncoding
            } else if mine != given {
                return nil
            }
        }
        return values
    }
}
