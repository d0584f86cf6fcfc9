internal import Competition
internal import Findings
internal import HTTPTypes
public import Hummingbird
internal import Ledger
internal import NIOCore
internal import Seal
public import Secretariat
internal import Snapshots

/// The secretariat over HTTP: the same door, no rules of its own.
public struct LaurelServer: Sendable {
    private let office: Office

    /// Serves an office.
    public init(office: Office) { self.office = office }

    /// The application, listening on an address when it is run; it stops gracefully on SIGTERM.
    public func application(host: String, port: Int) -> some ApplicationProtocol {
        Application(
            router: router(),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                serverName: "laurel"
            )
        )
    }

    /// The routes, apart from the socket, so that they can be tried without one.
    public func router() -> Router<BasicRequestContext> {
        let router = Router()
        let office = office
        router.get("health") { _, _ in Reply.text("ok\n") }
        router.get("ready") { request, _ in
            Reply.answer(request) { .json(["statements": .int(try office.record.length())]) }
        }
        router.get("api/v1/status") { request, _ in
            Reply.answer(request) { .json(try Self.status(office)) }
        }
        router.get("api/v1/results") { request, _ in
            Reply.answer(request) { try Self.results(office, request) }
        }
        router.get("api/v1/results/{item}") { request, context in
            let code = context.parameters.get("item") ?? ""
            return Reply.answer(request) { try Self.result(office, code) }
        }
        router.post("api/v1/statements") { request, _ in
            let body = try await request.body.collect(upTo: 4 << 20)
            let bytes = Array(body.readableBytesView)
            return Reply.answer(request) { .json(try Self.admit(office, bytes)) }
        }
        return router
    }

    private static func status(_ office: Office) throws -> JSONValue {
        .array(
            try office.catalogue.event.items.map { item in
                let progress = try office.record.progress(of: item.id)
                return [
                    "entered": .int(progress.entered), "expected": .int(progress.expected),
                    "item": .string(item.id.text), "state": .string(progress.state.rawValue),
                    "unconfirmed": .int(progress.unconfirmed),
                ]
            }
        )
    }

    /// What is published, under its hash; what is not published is not there.
    private static func results(_ office: Office, _ request: Request) throws -> Reply {
        guard let (hash, snapshot) = try office.published() else { throw Missing() }
        let tag = "\"\(hash.hex)\""
        if request.headers[.ifNoneMatch] == tag { return .notModified(tag) }
        return .json(snapshot.json, tag: tag)
    }

    private static func result(_ office: Office, _ code: String) throws -> Reply {
        guard let (hash, snapshot) = try office.published(),
            case .array(let items)? = snapshot.json["items"],
            let item = items.first(where: { $0["item"]?["code"]?.string == code })
        else { throw Missing() }
        return .json(item, tag: "\"\(hash.hex)-\(code)\"")
    }

    /// Statements come in as they are signed: `{"statements": [{"statement": "…", "signature": "…"}]}`,
    /// the statement's canonical text and the signature in hexadecimal; all are admitted or none.
    private static func admit(_ office: Office, _ bytes: [UInt8]) throws -> JSONValue {
        let body: JSONValue
        do throws(JSONError) {
            body = try JSONValue(parsing: bytes)
        } catch {
            throw Refusal(
                "request.json",
                Text(
                    "请求不是正确的 JSON(第 \(error.offset) 字节)",
                    "the request is no strict JSON (byte \(error.offset))"
                )
            )
        }
        guard let list = body["statements"]?.array, !list.isEmpty, list.count <= 10_000 else {
            throw Refusal(
                "request.statements",
                Text("statements 应为 1 到 10000 条陈述", "statements must be a list of 1 to 10,000")
            )
        }
        let statements = try list.map { value in
            guard let text = value["statement"]?.string,
                let signature = value["signature"]?.string.flatMap({ [UInt8](hex: $0) })
            else {
                throw Refusal(
                    "request.statements",
                    Text("每条应有 statement 与 signature", "each needs statement and signature")
                )
            }
            return try SignedStatement(bytes: Array(text.utf8), signature: signature)
        }
        let receipts = try office.record.admit(statements, at: office.now())
        return .array(
            receipts.map {
                [
                    "admitted_at": .int($0.admittedAt), "position": .int($0.position),
                    "repeat": .bool($0.isRepeat), "statement": .string($0.statement.hex),
                ]
            }
        )
    }
}

/// There is no such thing, or it is not published.
struct Missing: Error {}
