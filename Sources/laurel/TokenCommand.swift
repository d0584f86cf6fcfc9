import ArgumentParser
import Competition
import Exact
import Findings
import Foundation
import Ledger
import Seal
import Secretariat

/// Tokens for bureaus' programs and halls' screens: appointments with an end, made and ended in the
/// record like every other.
struct TokenCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token",
            abstract: tr("令牌:供人社局的程序和会场大屏使用", "tokens for bureaus' programs and halls' screens"),
            subcommands: [New.self, List.self, Revoke.self]
        )
    }

    /// The roles that a token may have: it reads, and its pulls are recorded; it never marks.
    static let roles: [Role] = [.bureau, .screen, .auditor]

    struct New: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("新建令牌(只显示这一次)", "make a token, which is shown this once")
            )
        }

        @Argument(help: help("令牌名,如 T-210100", "its name, such as T-210100"))
        var name: String

        @Option(help: help("角色:bureau、screen 或 auditor", "its role: bureau, screen or auditor"))
        var role: AppointCommand.RoleName

        @Option(help: help("所属城市(bureau)", "the city (bureau)"))
        var delegation: String?

        @Option(help: help("比赛项目(screen;默认全部)", "the item (screen; all unless told)"))
        var item: String?

        @Option(help: help("有效至哪天(含当天)", "the last day on which it holds"))
        var until: String

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            guard TokenCommand.roles.contains(role.role) else {
                throw Refusal(
                    "token.role",
                    Text(
                        "令牌只用于 bureau、screen、auditor",
                        "a token is for bureau, screen or auditor only"
                    ),
                    at: Place(file: "--role")
                )
            }
            let office = try event.open()
            let token = try BearerToken()
            let end = try Today.day(until, of: "--until").endInChina
            try acknowledge(
                try office.say(
                    .appoint,
                    Office.appointment(
                        name: name,
                        key: token.key.verifying,
                        role: role.role,
                        person: name,
                        item: item,
                        delegation: delegation,
                        until: end
                    ),
                    by: try speaker.key()
                ),
                in: office
            )
            Console.say(token.text)
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("列出令牌", "list the tokens"))
        }

        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let rows = try office.record.appointments().filter { $0.until != nil }.map { row in
                [
                    row.name, row.role.rawValue, row.delegation ?? row.item ?? "",
                    row.until.map(localTime) ?? "",
                    row.isInForce(at: office.now())
                        ? tr("有效", "in force") : tr("已到期", "ended"),
                    "\(row.position)",
                ]
            }
            let header = ["name", "role", "of", "until", "state", "entry"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }

    struct Revoke: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("撤销令牌:立即失效", "revoke a token: it holds no more, at once")
            )
        }

        @Argument(help: help("令牌名", "its name"))
        var name: String

        @Option(help: help("理由", "the reason"))
        var reason: String

        @OptionGroup var acting: Acting

        func run() throws {
            try acting.act { office, key in
                let isToken = try office.record.appointments().contains {
                    $0.name == name && $0.until != nil
                }
                guard isToken else {
                    throw Refusal(
                        "token.unknown",
                        Text("没有令牌 \(name)", "there is no token \(name)")
                    )
                }
                return try office.say(
                    .dismiss,
                    ["name": .string(name), "reason": .string(reason)],
                    by: key
                )
            }
        }
    }
}

extension Day {
    /// The moment at which the day ends in China, in milliseconds since 1970.
    fileprivate var endInChina: Int { (daysSince1970 + 1) * 86_400_000 - 8 * 3_600_000 }
}
