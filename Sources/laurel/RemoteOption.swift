import Synchronization
import ArgumentParser
import Competition
import Findings
import Foundation
import Ledger
import Remote
import Seal
import Secretariat

/// The same command over the network: `--server` instead of a file.
struct RemoteOption: ParsableArguments {
    @Option(
        help: help(
            "服务器(https://主机:端口),代替档案文件(或 LAUREL_SERVER)",
            "the server (https://host:port) instead of a file (or LAUREL_SERVER)"
        )
    )
    var server: String?

    @Option(
        help: help(
            "信任的证书机构(PEM;或 LAUREL_TRUST)",
            "the certificate authority to trust (PEM; or LAUREL_TRUST)"
        )
    )
    var trust: String?

    @Option(
        help: help(
            "以哪把密钥读取服务器(默认:--as,或唯一的密钥)",
            "the key that reads from the server (default: --as, or the only key)"
        )
    )
    var reader: String?

    /// The working copy's office; nil where a file is meant.
    func open() throws -> Office? {
        guard let copy = try settings() else { return nil }
        do {
            return try WorkingCopy.open(copy)
        } catch let refusal as Refusal {
            guard refusal.findings.contains(where: { $0.code == "key.unappointed" }) else {
                throw refusal
            }
            // A key was replaced, and the answer was lost: the record knows the new one only.
            var ring = try KeyPlace.ofCommandLine.open()
            guard ring.advance(copy.name) else { throw refusal }
            var later = copy
            later.key = try ring.key(copy.name)
            let office = try WorkingCopy.open(later)
            try ring.save()
            return office
        }
    }

    /// How the server is spoken to; nil where a file is meant.
    func settings() throws -> WorkingCopy.Settings? {
        guard let text = server ?? Self.environment("LAUREL_SERVER") else { return nil }
        guard let address = ServerAddress(text) else {
            throw Refusal(
                "remote.server",
                Text(
                    "“\(text)”应为 https://主机:端口",
                    "\"\(text)\" must be https://host:port"
                ),
                at: Place(file: "--server")
            )
        }
        guard address.isSecure || address.isHere else {
            throw Refusal(
                "remote.tls",
                Text(
                    "经网络只用 https:服务器用 --init-tls 自建证书,客户端用 --trust",
                    "over a network it is https only: --init-tls at the server, --trust here"
                ),
                at: Place(file: "--server")
            )
        }
        let keys = KeyPlace.ofCommandLine
        let ring = try keys.open()
        let name = try name(in: ring)
        let folder =
            (keys.path as NSString).deletingLastPathComponent + "/remote/"
            + Digest(of: Array((address.text + "\n" + name).utf8)).hex.prefix(16)
        var settings = WorkingCopy.Settings(
            server: address,
            key: try ring.key(name),
            name: name,
            folder: folder
        )
        settings.authority = trust ?? Self.environment("LAUREL_TRUST")
        settings.language = Console.language
        settings.rest = 10
        settings.report = { text in
            guard !Console.isOnScreen.load(ordering: .relaxed) else { return }
            Console.note(text)
        }
        return settings
    }

    private func name(in ring: Keyring) throws -> String {
        if let name = reader ?? CommandLineValue.of("--as") { return name }
        guard ring.names.count == 1 else {
            throw Refusal(
                "remote.reader",
                Text(
                    "请用 --as 或 --reader 指明以哪把密钥读取服务器",
                    "say with --as or --reader which key reads from the server"
                )
            )
        }
        return ring.names[0]
    }

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// What stands behind an option on the command line, before the line is parsed: options of other
/// groups.
enum CommandLineValue {
    /// The options that say whose keys read from a server, which commands without a speaker lack.
    private static let ofKeys = ["--keys", "--pin-file"]

    /// The arguments as they are parsed: over the network every command takes the keys' options, and
    /// those that have none of their own leave them to who opens the server.
    static var arguments: [String] {
        let all = Array(CommandLine.arguments.dropFirst())
        let isRemote =
            of("--server") != nil || ProcessInfo.processInfo.environment["LAUREL_SERVER"] != nil
        guard isRemote else { return all }
        var rest: [String] = []
        var skips = false
        for argument in all {
            if skips {
                skips = false
            } else if ofKeys.contains(argument) {
                skips = true
            } else if !ofKeys.contains(where: { argument.hasPrefix($0 + "=") }) {
                rest.append(argument)
            }
        }
        return rest
    }

    static func of(_ option: String) -> String? {
        let arguments = CommandLine.arguments
        for (index, argument) in arguments.enumerated() {
            if argument == option, index + 1 < arguments.count { return arguments[index + 1] }
            if argument.hasPrefix(option + "=") {
                return String(argument.dropFirst(option.count + 1))
            }
        }
        return nil
    }
}

/// What waits to be sent, and what was refused after it had waited.
struct QueueCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "queue",
            abstract: tr(
                "待发送:断网时存于本机的提交",
                "what waits here for the network, and what the record refused of it"
            )
        )
    }

    @Flag(help: help("忘掉未被受理的各项", "forget what was refused"))
    var forget = false

    @Flag(help: help("把未被受理的各项再发送一次", "send once more what was refused"))
    var again = false

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        // Opening sends what waits, where the server answers.
        let office = try event.open()
        guard let copy = office.record.upstream as? WorkingCopy else {
            throw Refusal(
                "remote.server",
                Text("laurel queue 须与 --server 同用", "laurel queue goes with --server")
            )
        }
        if again { try copy.retryRefused() }
        let header = ["state", "kind", "item", "statement", "why"]
        func row(_ state: String, _ signed: SignedStatement, _ why: String) -> [String] {
            [
                state, signed.statement.kind.rawValue,
                signed.statement.body["item"]?.string ?? "", signed.id.short, why,
            ]
        }
        var rows = copy.waitingStatements.map { row("waiting", $0, "") }
        for entry in copy.refused {
            let why = entry.findings.map { $0.message[Console.language] }.joined(separator: "; ")
            rows += entry.statements.map { row("refused", $0, why) }
        }
        try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        if forget { try copy.forgetRefused() }
    }
}
