internal import Findings
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Seal

/// What the server answers: JSON, or a problem as RFC 9457 has it, in the caller's language.
struct Reply: ResponseGenerator, Sendable {
    let status: HTTPResponse.Status
    let type: String
    let body: [UInt8]
    var tag: String?

    static func text(_ text: String) -> Reply {
        Reply(status: .ok, type: "text/plain; charset=utf-8", body: Array(text.utf8))
    }

    static func json(_ value: JSONValue, tag: String? = nil) -> Reply {
        Reply(status: .ok, type: "application/json", body: value.canonical, tag: tag)
    }

    static func notModified(_ tag: String) -> Reply {
        Reply(status: .notModified, type: "application/json", body: [], tag: tag)
    }

    /// Runs what answers a request; findings become a problem document, anything else a plain 500
    /// that tells nothing of the inside.
    static func answer(_ request: Request, _ body: () throws -> Reply) -> Reply {
        let chinese = request.headers[.acceptLanguage].map { !$0.lowercased().hasPrefix("en") }
        let language: Language = chinese ?? true ? .zh : .en
        do {
            return try body()
        } catch let refusal as Refusal {
            return problem(
                .unprocessableContent,
                Text("未受理", "not admitted"),
                refusal.findings,
                language
            )
        } catch is Missing {
            return problem(.notFound, Text("不存在或未发布", "not there, or not published"), [], language)
        } catch {
            return problem(.internalServerError, Text("服务器内部错误", "internal error"), [], language)
        }
    }

    private static func problem(
        _ status: HTTPResponse.Status,
        _ title: Text,
        _ findings: [Finding],
        _ language: Language
    ) -> Reply {
        let list = findings.map { finding -> JSONValue in
            [
                "code": .string(finding.code), "message": .string(finding.message[language]),
                "place": .optional(finding.place?.description),
                "severity": .string(finding.severity.text[.en]),
            ]
        }
        let value: JSONValue = [
            "findings": .array(list), "status": .int(status.code),
            "title": .string(title[language]),
            "type": "about:blank",
        ]
        return Reply(status: status, type: "application/problem+json", body: value.canonical)
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var headers: HTTPFields = [.contentType: type, .cacheControl: "no-cache"]
        if let tag { headers[.eTag] = tag }
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}
