internal import Competition
internal import Findings
internal import Foundation
internal import HTTPTypes
public import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Ledger
public import Logging
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
public import Secretariat

/// The secretariat over HTTP: the same door, no rules of its own.
public struct LaurelServer: Sendable {
    private let house: ServerHouse

    /// Serves an office.
    ///
    /// - Parameters:
    ///   - office: whose record it is.
    ///   - settings: how.
    ///   - logger: where it logs; nil to say nothing.
    /// - Throws: what the record throws where the published pages can't be built.
    public init(
        office: Office,
        settings: ServerSettings = ServerSettings(),
        logger: Logger? = nil
    ) throws {
        guard office.record.upstream == nil else {
            throw Refusal(
                "serve.copy",
                Text(
                    "工作副本不能作服务器:请给出档案文件,不用 --server(或 LAUREL_SERVER)",
                    "a working copy can't be served: name the record's file, without --server (or LAUREL_SERVER)"
                ),
                at: Place(file: "--server")
            )
        }
        house = try ServerHouse(office: office, settings: settings, logger: logger)
        guard settings.hallKeys == nil || office.catalogue.event.hallKeys == .server else {
            throw Refusal(
                "serve.hall-keys",
                Text(
                    "赛事不允许服务器保存裁判密钥(event.yaml 的 hall_keys: server)",
                    "the event does not let the server hold judges' keys (hall_keys: server in event.yaml)"
                ),
                at: Place(file: "--hall-keys")
            )
        }
        try house.pages.refresh()
    }

    /// The application, listening on an address when it is run; it stops gracefully on SIGTERM.
    ///
    /// - Parameter running: hears of the port when the server listens.
    /// - Returns: the application.
    /// - Throws: a `Refusal` where the certificate or its key can't be read.
    public func application(
        running: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let settings = house.settings
        var application = Application(
            responder: Gate(house: house),
            server: try channel(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                serverName: "laurel",
                availableConnectionsDelegate: MaximumConnections(settings.connections)
            ),
            onServerRunning: { channel in await running(channel.localAddress?.port ?? 0) },
            logger: house.logger
        )
        application.logger.logLevel = house.logger.logLevel
        return application
    }

    private func channel() throws -> HTTPServerBuilder {
        var decoder = HTTP1Channel.Configuration.DecoderConfiguration()
        decoder.maxHeaderFieldSize = 16 << 10
        decoder.maxHeaderListSize = 32 << 10
        decoder.maxHeaderFieldCount = 100
        let house = house
        var configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                PatienceHandler(patience: .seconds(Int64(house.settings.idleSeconds))),
                PageHandler(house.pages),
            ]
        )
        configuration.httpDecoder = decoder
        let plain = HTTPServerBuilder.http1(configuration: configuration)
        guard let tls = house.settings.tls else { return plain }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate)
            let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
            var tlsSettings = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
            tlsSettings.minimumTLSVersion = .tlsv12
            return try .tls(plain, tlsConfiguration: tlsSettings)
        } catch {
            throw Refusal(
                "serve.tls",
                Text("证书或私钥读不了:\(error)", "the certificate or its key can't be read: \(error)"),
                at: Place(file: "--tls")
            )
        }
    }
}

/// The rooms of a running server.
final class ServerHouse: Sendable {
    let office: Office
    /// The same on a connection of its own: who reads keeps nobody from the door.
    let reading: Office
    let settings: ServerSettings
    let logger: Logger
    let logsAll: Bool
    let pool: NIOThreadPool
    let guardian: RequestGuard
    let metrics: Metrics
    let door: GroupedDoor
    let hub: LiveHub
    let pages: PublishedPages
    let endpoints: [Endpoint]
    let hallSessions: HallSessions
    /// Nil where the server holds no judge's key.
    let hallKeyrings: HallKeyrings?

    /// How an address of this machine is called.
    static let here = "here"

    init(office: Office, settings: ServerSettings, logger: Logger?) throws {
        self.office = office
        self.settings = settings
        self.logger = logger ?? Logger(label: "laurel") { _ in SwiftLogNoOpLogHandler() }
        logsAll = logger != nil
        // Boards are read on a connection of their own: they don't wait for the door, nor it for them.
        let watched = try office.beside()
        reading = try office.beside()
        let pool = NIOThreadPool(numberOfThreads: 4)
        pool.start()
        self.pool = pool
        guardian = RequestGuard(office: reading, settings: settings)
        let metrics = Metrics()
        self.metrics = metrics
        let hub = LiveHub(office: watched, pool: pool, metrics: metrics)
        let pages = PublishedPages(office: reading, pool: pool, logger: self.logger)
        self.hub = hub
        self.pages = pages
        door = GroupedDoor(office: office, pool: pool) { submissions in
            metrics.admitted(submissions.reduce(0) { $0 + $1.statements.count })
            hub.changed(submissions)
            pages.changed(submissions)
        }
        let seconds: @Sendable () -> Int = { office.now() / 1000 }
        hallSessions = HallSessions(now: seconds)
        hallKeyrings = settings.hallKeys.map { HallKeyrings(folder: $0, now: seconds) }
        endpoints = Endpoints.table + Endpoints.upkeep(metrics)
    }

    deinit { pool.shutdownGracefully { _ in } }

    /// Runs what may have to wait for the disk, away from the threads that serve connections.
    func wait<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await pool.runIfActive(body)
    }

    /// The caller's address; behind a proxy, what that says.
    func address(_ request: Request, _ peer: String) -> String {
        guard peer.hasPrefix("127.") || peer == "::1" else { return peer }
        guard settings.isBehindProxy, let name = HTTPField.Name("X-Forwarded-For"),
            let last = request.headers[name]?.split(separator: ",").last
        else { return Self.here }
        return last.trimmingCharacters(in: .whitespaces)
    }
}

/// What a request comes from: the address at the other end.
struct RequestSource: InitializableFromSource, Sendable {
    let address: String
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        address = source.channel.remoteAddress?.ipAddress ?? ""
        channel = source.channel
    }

    /// Closes the connection, once what is being answered has had time to go out.
    func close() {
        let channel = channel
        channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
    }
}
