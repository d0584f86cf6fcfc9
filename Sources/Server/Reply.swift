internal import Findings
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Seal

/// What the server answers: bytes of a type, or a problem as RFC 9457 has it, in the caller's language.
struct Reply: Sendable {
    var status: HTTPResponse.Status
    var type: String
    var body: [UInt8]
    var tag: String?
    var cache = "no-store"
    var fields: [(HTTPField.Name, String)] = []

    static let jsonType = "application/json"

    static func text(_ text: String) -> Reply {
        Reply(status: .ok, type: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    static func json(_ value: JSONValue, tag: String? = nil, cache: String = "no-store") -> Reply {
        Reply(status: .ok, type: jsonType, body: value.canonical, tag: tag, cache: cache)
    }

    static func page(_ html: String) -> Reply {
        Reply(status: .ok, type: "text/html; charset=utf-8", body: Array(html.utf8))
    }

    /// The same findings as the command line shows, and nothing of the inside.
    static func problem(_ problem: Problem, _ language: Language) -> Reply {
        let findings = problem.findings.map { finding -> JSONValue in
            [
                "code": .string(finding.code),
                // Both, for who keeps them for somebody else.
                "en": .string(finding.message.en), "message": .string(finding.message[language]),
                "place": .optional(finding.place?.description),
                "severity": .string(finding.severity.text[.en]),
                "zh": .string(finding.message.zh),
            ]
        }
        var members: [JSONValue.Member] = [
            .init("findings", .array(findings)), .init("status", .int(problem.status.code)),
            .init("title", .string(problem.title[language])), .init("type", "about:blank"),
        ]
        if let time = problem.serverTime { members.append(.init("server_time", .int(time))) }
        return Reply(
            status: problem.status,
            type: "application/problem+json",
            body: JSONValue.object(members).canonical,
            fields: problem.fields
        )
    }

    func response(to request: Request) -> Response {
        var headers: HTTPFields = [.contentType: type, .cacheControl: cache]
        headers[.vary] = "Accept-Encoding, Accept-Language"
        headers[.xContentTypeOptions] = "nosniff"
        for (name, value) in fields { headers[name] = value }
        let isPacked = isLong && Gzip.isTaken(request.headers)
        if let tag {
            headers[.eTag] = isPacked ? Gzip.tag(tag) : tag
            if Self.holds(request.headers[.ifNoneMatch], tag) {
                return Response(status: .notModified, headers: headers)
            }
        }
        var body = body
        if isPacked, let packed = Gzip.pack(body) {
            headers[.contentEncoding] = "gzip"
            body = packed
        }
        if request.method == .head {
            headers[.contentLength] = "\(body.count)"
            return Response(status: status, headers: headers)
        }
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }

    /// Whether it is worth packing.
    var isLong: Bool { body.count > 1024 }

    /// Whether the caller holds it already, plain or packed.
    static func holds(_ field: String?, _ tag: String) -> Bool {
        guard let field else { return false }
        return field == "*"
            || field.split(separator: ",").contains {
                let held = $0.trimmingCharacters(in: .whitespaces).replacing("W/", with: "")
                return held == tag || held == Gzip.tag(tag)
            }
    }
}

/// Why a request is not answered as it was meant.
struct Problem: Error, Sendable {
    let status: HTTPResponse.Status
    let title: Text
    var findings: [Finding] = []
    var serverTime: Int?
    var fields: [(HTTPField.Name, String)] = []

    static let missing = Problem(
        status: .notFound,
        title: Text("不存在或未发布", "not there, or not published")
    )
    static let forbidden = Problem(
        status: .forbidden,
        title: Text("此身份无权读取", "not for this caller")
    )
    static let busy = Problem(
        status: .serviceUnavailable,
        title: Text("服务器正忙,请稍后再试", "the server is busy: come again"),
        fields: [(.retryAfter, "5")]
    )
    static let inner = Problem(
        status: .internalServerError,
        title: Text("服务器内部错误", "internal error")
    )

    static func refused(_ refusal: Refusal) -> Problem {
        Problem(
            status: .unprocessableContent,
            title: Text("未受理", "not admitted"),
            findings: refusal.findings
        )
    }

    static func unknown(_ code: String, _ zh: String, _ en: String, time: Int? = nil) -> Problem {
        Problem(
            status: .unauthorized,
            title: Text("未认证", "not authenticated"),
            findings: [Finding(code, Text(zh, en))],
            serverTime: time,
            fields: [(.wwwAuthenticate, "Bearer, Signature")]
        )
    }

    /// What the caller wrote that can't be understood.
    static func malformed(_ code: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            status: .badRequest,
            title: Text("请求不成立", "the request can't be understood"),
            findings: [Finding(code, Text(zh, en))]
        )
    }
}
