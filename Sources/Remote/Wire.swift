internal import Findings
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// The server that a command speaks to.
public struct ServerAddress: Sendable, Hashable {
    /// The host's name or address.
    public let host: String
    /// The port.
    public let port: Int
    /// Whether it speaks TLS.
    public let isSecure: Bool

    /// Reads `https://host:port` or `http://host:port`; nil where the text is none.
    public init?(_ text: String) {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.query == nil, parts.path.isEmpty || parts.path == "/",
            parts.scheme == "http" || parts.scheme == "https"
        else { return nil }
        isSecure = parts.scheme == "https"
        self.host = host.trimmingCharacters(in: ["[", "]"])
        port = parts.port ?? (isSecure ? 443 : 80)
    }

    /// As it is written.
    public var text: String { (isSecure ? "https://" : "http://") + host + ":\(port)" }

    /// Whether it is this machine, where nobody listens in.
    public var isHere: Bool {
        guard let address = try? SocketAddress(ipAddress: host, port: 0) else {
            return host == "localhost"
        }
        switch address {
        case .v4: return host.hasPrefix("127.")
        default: return host == "::1"
        }
    }
}

/// No whole answer came: whether the request did is not known.
struct Unreachable: Error {
    let reason: Text

    init(_ reason: String) {
        // A person can do something about the first.
        let known: [(String, Text)] = [
            (
                "CERTIFICATE_VERIFY_FAILED",
                Text("其证书不受信任,见 --trust", "its certificate is not trusted, see --trust")
            ), ("refused", Text("连接被拒绝", "connection refused")),
            ("imeout", Text("超时", "timed out")), ("closed", Text("连接中断", "cut off")),
            ("nreachable", Text("网络不通", "no network")),
            ("another record", Text("那里是另一份档案", "it keeps another record")),
            ("nknown", Text("找不到主机", "no such host")),
        ]
        self.reason =
            known.first { reason.contains($0.0) }?.1 ?? Text(same: String(reason.prefix(80)))
    }
}

/// One request and its answer, on a connection of its own.
struct Wire: Sendable {
    struct Answer: Sendable {
        var status = 0
        var fields: [String: String] = [:]
        var body: [UInt8] = []
    }

    let server: ServerAddress
    /// How long an answer may take, in seconds.
    let patience: Int
    private let tls: NIOSSLContext?

    /// Prepares to speak to a server.
    ///
    /// - Parameters:
    ///   - server: which.
    ///   - authority: a PEM file with the authority to trust in place of the system's; nil for those.
    ///   - patience: how long an answer may take, in seconds.
    /// - Throws: a `Refusal` where the authority can't be read.
    init(_ server: ServerAddress, authority: String?, patience: Int) throws {
        self.server = server
        self.patience = patience
        guard server.isSecure else {
            tls = nil
            return
        }
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        do {
            if let authority {
                settings.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority))
            }
            tls = try NIOSSLContext(configuration: settings)
        } catch {
            throw Refusal(
                "remote.trust",
                Text("证书机构文件读不了", "the authority's file can't be read"),
                at: Place(file: authority ?? "--trust")
            )
        }
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Throws: ``Unreachable`` where none came.
    func send(
        _ method: String,
        _ uri: String,
        _ fields: [(name: String, value: String)],
        _ body: [UInt8]
    ) throws -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: Answer.self)
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(
            .seconds(Int64(min(patience, 10)))
        )
        .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                if let tls {
                    try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
                }
                try pipeline.addHTTPClientHandlers()
                try pipeline.addHandler(AnswerReader(promise: promise))
            }
        }
        var head = HTTPRequestHead(version: .http1_1, method: .RAW(value: method), uri: uri)
        head.headers.add(name: "Host", value: server.host + ":\(server.port)")
        head.headers.add(name: "Connection", value: "close")
        head.headers.add(name: "Content-Length", value: "\(body.count)")
        for (name, value) in fields { head.headers.add(name: name, value: value) }
        do {
            let channel = try bootstrap.connect(host: server.host, port: server.port).wait()
            let deadline = loop.scheduleTask(in: .seconds(Int64(patience))) {
                promise.fail(Unreachable("timeout"))
                channel.close(promise: nil)
            }
            defer {
                deadline.cancel()
                channel.close(promise: nil)
            }
            channel.write(HTTPClientRequestPart.head(head), promise: nil)
            channel.write(
                HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))),
                promise: nil
            )
            channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
            return try promise.futureResult.wait()
        } catch let error as Unreachable {
            throw error
        } catch {
            promise.fail(error)
            throw Unreachable("\(error)")
        }
    }

    /// An address is no name that a certificate's server name extension may carry.
    private var name: String? {
        (try? SocketAddress(ipAddress: server.host, port: 0)) == nil ? server.host : nil
    }
}

/// Gathers one answer.
private final class AnswerReader: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private static let limit = 256 << 20
    private let promise: EventLoopPromise<Wire.Answer>
    private var answer = Wire.Answer()

    init(promise: EventLoopPromise<Wire.Answer>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            answer.status = Int(head.status.code)
            for (name, value) in head.headers { answer.fields[name.lowercased()] = value }
        case .body(let part):
            answer.body.append(contentsOf: part.readableBytesView)
            if answer.body.count > Self.limit { fail(context, "too large") }
        case .end:
            promise.succeed(answer)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        // After the whole answer this says nothing more.
        promise.fail(Unreachable("closed"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(context, "\(error)")
    }

    private func fail(_ context: ChannelHandlerContext, _ reason: String) {
        promise.fail(Unreachable(reason))
        context.close(promise: nil)
    }
}
