import Ledger
import Secretariat
import ArgumentParser
import Findings
import Foundation
import Hummingbird
import Logging
import Server

struct ServeCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "serve",
            abstract: tr("把档案作为服务提供", "serve the record over HTTP")
        )
    }

    @Argument(help: help("档案文件(或 --event)", "the record (or --event)"))
    var record: String?

    @Option(help: help("监听地址", "the address to listen on")) var listen: String = "127.0.0.1:8080"

    @Option(
        parsing: .upToNextOption,
        help: help("证书链与私钥(两个 PEM 文件)", "the certificate chain and its key, two PEM files")
    )
    var tls: [String] = []

    @Option(
        help: help(
            "在此目录自建证书机构和服务器证书,然后退出",
            "make a certificate authority and a server's certificate in this folder, and stop"
        )
    )
    var initTls: String?

    @Option(
        help: help("证书上的主机名或地址(可多次)", "a name or address for the certificate, repeatable")
    )
    var name: [String] = []

    @Flag(
        help: help(
            "本机有反向代理,由 X-Forwarded-For 得知来访地址",
            "a proxy on this machine names callers in X-Forwarded-For"
        )
    )
    var behindProxy = false

    @Option(
        help: help(
            "每个来访地址每秒的请求数(长期;一时可十倍)",
            "requests a second from one address, for long; ten times as many at once"
        )
    )
    var rate: Int = ServerSettings().requestsPerSecond

    @Option(help: help("供人社局决定的政策目录", "a folder of policies that bureaus decide by"))
    var policies: String?

    @Option(
        help: help(
            "大厅网页:裁判密钥所在目录(每人一个子目录,赛事须设 hall_keys: server)",
            "hall pages: the folder of judges' keyrings, one folder a judge (needs hall_keys: server)"
        )
    )
    var hallKeys: String?

    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() async throws {
        if let initTls {
            let names = name.isEmpty ? ["localhost", "127.0.0.1"] : name
            let now = Int(Date().timeIntervalSince1970 * 1000)
            let made = try LocalAuthority.make(in: initTls, names: names, now: now)
            Console.say("--tls \(made.certificate) \(made.key)")
            Console.note(
                Text(
                    "各台电脑信任 \(made.authority):laurel … --server https://… --trust ca.pem;机构私钥 ca-key.pem 请离线保存",
                    "laptops trust \(made.authority): laurel … --server https://… --trust ca.pem; keep ca-key.pem off line"
                )
            )
            return
        }
        var settings = ServerSettings()
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[colon...].dropFirst()),
            (0...65535).contains(port)
        else {
            throw ValidationError(tr("--listen 应为 主机:端口", "--listen must be host:port"))
        }
        guard [0, 2].contains(tls.count) else {
            throw ValidationError(
                tr("--tls 应为证书和私钥两个文件", "--tls takes two files, certificate and key")
            )
        }
        settings.host = String(listen[..<colon]).trimmingCharacters(in: ["[", "]"])
        settings.port = port
        if tls.count == 2 { settings.tls = (tls[0], tls[1]) }
        guard rate >= 1 else {
            throw ValidationError(tr("--rate 应为正整数", "--rate must be at least 1"))
        }
        settings.requestsPerSecond = rate
        settings.isBehindProxy = behindProxy
        settings.policies = policies
        settings.hallKeys = hallKeys
        OpenFiles.raise()
        var chosen = event
        if let record { chosen.event = record }
        let office = try chosen.open()
        let isQuiet = common.quiet
        let server = try LaurelServer(
            office: office,
            settings: settings,
            logger: isQuiet ? nil : Logger(label: "laurel") { _ in LineLog() }
        )
        let (host, scheme) = (settings.host, settings.tls == nil ? "http" : "https")
        let application = try server.application { port in
            Console.note(
                Text("监听 \(scheme)://\(host):\(port)", "listening on \(scheme)://\(host):\(port)")
            )
        }
        try await application.runService()
        try office.record.close()
    }
}

/// Lines of `key=value` on standard error, as journald keeps them.
struct LineLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = (metadata.merging(event.metadata ?? [:]) { $1 }).sorted { $0.key < $1.key }
        let line =
            "level=\(event.level) event=\(event.message)"
            + fields.map { " \($0.key)=\($0.value)" }.joined()
        Console.note(line)
    }
}
