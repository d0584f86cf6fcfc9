internal import Competition
internal import Findings
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Seal
internal import Secretariat
internal import ServiceLifecycle

/// What every request passes: the published pages at once, everything else by the table of endpoints.
struct Gate: HTTPResponder {
    let house: ServerHouse

    func respond(to request: Request, context: RequestSource) async throws -> Response {
        let path = request.uri.path
        if !Self.hasBody(request.headers), let page = house.pages.answer(to: request.head) {
            return Response(
                status: page.head.status,
                headers: page.head.headerFields,
                body: page.body.map(ResponseBody.init(byteBuffer:)) ?? ResponseBody()
            )
        }
        let start = ContinuousClock.now
        let language = Self.language(request)
        var name = "none"
        var response: Response
        var isRead = false
        do {
            let address = house.address(request, context.address)
            if Hall.has(path) {
                name = Hall.prefix
                let body = try await body(of: request)
                isRead = true
                response = try await Hall(house: house)
                    .respond(to: request, address: address, language: language) { body }
            } else {
                let (endpoint, values) = try find(request, path)
                name = endpoint.path
                try house.guardian.spend(1, of: address)
                let body = try await body(of: request)
                isRead = true
                response = try await answer(endpoint, values, request, body, address, language)
            }
        } catch {
            response = Self.reply(to: error, language).response(to: request)
            if !isRead, Self.hasBody(request.headers) {
                // Nobody waits for the rest of a body that is not wanted.
                response.headers[.connection] = "close"
                context.close()
            }
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        let spent = (ContinuousClock.now - start).components
        let micros = Int(spent.seconds) * 1_000_000 + Int(spent.attoseconds / 1_000_000_000_000)
        house.metrics.count(name, response.status.code, microseconds: micros)
        if response.status.code >= 500 || house.logsAll {
            // No address, no key, no query: a log is read by more people than the record.
            house.logger.info(
                "request",
                metadata: [
                    "method": "\(request.method.rawValue)", "endpoint": "\(name)",
                    "status": "\(response.status.code)", "us": "\(micros)",
                ]
            )
        }
        return response
    }

    private func find(
        _ request: Request,
        _ path: String
    ) throws -> (Endpoint, [String: String]) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        var allowed: [String] = []
        for endpoint in house.endpoints {
            guard let values = endpoint.match(parts) else { continue }
            // Only what merely reads can be asked for its head alone.
            if endpoint.method == request.method || request.method == .head && endpoint.isRead {
                return (endpoint, values)
            }
            allowed.append(endpoint.method.rawValue)
        }
        guard !allowed.isEmpty else { throw Problem.missing }
        throw Problem(
            status: .methodNotAllowed,
            title: Text("不支持此方法", "the method is not supported"),
            fields: [(.allow, allowed.joined(separator: ", "))]
        )
    }

    private func answer(
        _ endpoint: Endpoint,
        _ values: [String: String],
        _ request: Request,
        _ body: [UInt8],
        _ address: String,
        _ language: Language
    ) async throws -> Response {
        let target = RequestSignature.Target(
            method: request.method.rawValue,
            path: request.uri.path,
            query: request.uri.query ?? "",
            body: body
        )
        let caller: Caller?
        do {
            // Most who come show nothing: their statements are signed. Only others are looked up.
            caller =
                RequestGuard.isShown(request.headers)
                ? try await house.wait { try house.guardian.caller(request.headers, target) } : nil
        } catch let problem as Problem {
            // Guessing costs more than asking.
            try house.guardian.spend(20, of: address)
            throw problem
        }
        try admit(endpoint.access, caller, values["item"], address)
        let isRead = endpoint.isRead
        let call = Call(
            office: isRead ? house.reading : house.office,
            policies: house.settings.policies,
            language: language,
            caller: caller,
            path: values,
            query: try Self.query(request, endpoint),
            body: body,
            headers: request.headers
        )
        switch endpoint.work {
        case .reads(let work):
            return try await house.wait { try work(call).response(to: request) }
        case .admits(let work):
            do {
                let reply = try await work(call, house.door)
                return reply.isLong
                    ? try await house.wait { reply.response(to: request) }
                    : reply.response(to: request)
            } catch let refusal as Refusal {
                house.metrics.refused()
                throw refusal
            }
        case .follows: return try await follow(try call.item().id, caller?.key)
        }
    }

    /// Whether a request says that a body follows its head.
    static func hasBody(_ headers: HTTPFields) -> Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
    }

    /// The body, within its size and its time.
    private func body(of request: Request) async throws -> [UInt8] {
        guard Self.hasBody(request.headers) else { return [] }
        let limit = house.settings.bodyBytes
        let seconds = house.settings.bodySeconds
        let large = Problem(
            status: .contentTooLarge,
            title: Text("请求过大(至多 \(limit) 字节)", "the request is larger than \(limit) bytes")
        )
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
            throw large
        }
        return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                do {
                    for try await part in request.body {
                        bytes.append(contentsOf: part.readableBytesView)
                        guard bytes.count <= limit else { throw large }
                    }
                } catch let problem as Problem {
                    throw problem
                } catch {
                    // Cut off, or no HTTP: who sent it hears so, and it is no fault of the server's.
                    throw Problem.malformed(
                        "request.body",
                        "请求体不完整或不成立",
                        "the body did not come whole"
                    )
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let bytes = first else {
                throw Problem(
                    status: .requestTimeout,
                    title: Text("请求来得太慢", "the request came too slowly")
                )
            }
            return bytes
        }
    }

    private func admit(
        _ access: Access,
        _ caller: Caller?,
        _ item: String?,
        _ address: String
    ) throws(Problem) {
        switch access {
        case .anybody: return
        case .here:
            if address == ServerHouse.here { return }
            guard let caller else { throw Call.nobody }
            guard caller.has([.auditor, .organiser]) else { throw .forbidden }
        case .roles(let roles):
            guard let caller else { throw Call.nobody }
            guard caller.has(roles, item: item) else { throw .forbidden }
        }
    }

    /// The query's parameters, each once, and none that the endpoint does not know.
    private static func query(
        _ request: Request,
        _ endpoint: Endpoint
    ) throws(Problem) -> [String: String] {
        var values: [String: String] = [:]
        for (name, value) in request.uri.queryParameters {
            let name = String(name)
            guard endpoint.query.contains(where: { $0.name == name }) else {
                throw .malformed("request.query", "没有参数 \(name)", "there is no parameter \(name)")
            }
            guard values.updateValue(String(value), forKey: name) == nil else {
                throw .malformed("request.query", "参数 \(name) 重复", "\(name) stands twice")
            }
        }
        for parameter in endpoint.query where parameter.isRequired && values[parameter.name] == nil
        {
            throw .malformed(
                "request.query",
                "缺少参数 \(parameter.name)",
                "the parameter \(parameter.name) is missing"
            )
        }
        return values
    }

    /// A stream of the item's board, with a sign of life every fifteen seconds for as long as the
    /// watcher's key or token holds.
    private func follow(_ item: ItemID, _ key: VerifyingKey?) async throws -> Response {
        let house = house
        let first = try await house.wait { try house.hub.first(of: item) }
        let stream = house.hub.follow(item, first: first)
        let headers: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-store",
            .xContentTypeOptions: "nosniff",
        ]
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (merged, continuation) = AsyncStream<[UInt8]>.makeStream(
                        bufferingPolicy: .bufferingNewest(4)
                    )
                    group.addTask {
                        // A server that is told to stop ends its streams: nobody else would.
                        for await event in stream.cancelOnGracefulShutdown() {
                            continuation.yield(event)
                        }
                        continuation.finish()
                    }
                    group.addTask {
                        while !Task.isCancelled {
                            try await Task.sleep(for: .seconds(15))
                            if let key,
                                try await !house.wait({ try house.guardian.isAppointed(key) })
                            {
                                return continuation.finish()
                            }
                            continuation.yield(Array(": alive\n\n".utf8))
                        }
                    }
                    defer { group.cancelAll() }
                    for await event in merged { try await writer.write(ByteBuffer(bytes: event)) }
                }
                try await writer.finish(nil)
            }
        )
    }

    private static func language(_ request: Request) -> Language {
        let field = request.headers[.acceptLanguage]?.lowercased() ?? ""
        let first = field.split(separator: ",").first ?? ""
        return first.trimmingCharacters(in: .whitespaces).hasPrefix("en") ? .en : .zh
    }

    static func reply(to error: any Error, _ language: Language) -> Reply {
        switch error {
        case let problem as Problem: .problem(problem, language)
        case let refusal as Refusal: .problem(.refused(refusal), language)
        default: .problem(.inner, language)
        }
    }
}
