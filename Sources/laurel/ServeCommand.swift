import ArgumentParser
import Findings
import Hummingbird
import Server

struct ServeCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "serve",
            abstract: tr("把档案作为服务提供", "serve the record over HTTP")
        )
    }

    @Option(help: help("监听地址", "the address to listen on")) var listen: String = "127.0.0.1:8080"
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() async throws {
        let halves = listen.split(separator: ":")
        guard halves.count == 2, let port = Int(halves[1]), (1...65535).contains(port) else {
            throw ValidationError(tr("--listen 应为 主机:端口", "--listen must be host:port"))
        }
        let server = LaurelServer(office: try event.open())
        Console.note(Text("监听 \(listen)", "listening on \(listen)"))
        try await server.application(host: String(halves[0]), port: port).runService()
    }
}
