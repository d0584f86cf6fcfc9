import ArgumentParser
import Competition
import Findings
import Ledger
import Seal
import Secretariat

struct KeyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "key",
            abstract: tr("密钥", "keys"),
            subcommands: [New.self, List.self]
        )
    }

    struct New: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("生成密钥(一把或多把)", "make keys, one or more"))
        }

        @Argument(help: help("密钥名,如 J-M05-03", "names, such as J-M05-03"))
        var names: [String]

        @OptionGroup var keys: KeysOption
        @OptionGroup var common: Common

        func run() throws {
            var ring = try keys.open()
            let made = try names.map { ($0, try ring.make($0)) }
            try ring.save()
            for (name, key) in made { Console.say("\(name)  \(key.verifying.hex)") }
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("列出密钥", "list the keys"))
        }

        @OptionGroup var keys: KeysOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let ring = try keys.open()
            let rows = try ring.names.map { [$0, try ring.key($0).verifying.hex] }
            try output.print(
                header: ["name", "key"],
                rows: rows,
                json: jsonRows(["name", "key"], rows)
            )
        }
    }
}

struct AppointCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "appoint",
            abstract: tr("任命:一把密钥在某项目担任某角色", "appoint a key to a role")
        )
    }

    @Argument(help: help("密钥名(也是任职名)", "the name of the key, and of the appointment"))
    var name: String

    @Option(help: help("角色,见 laurel roles", "the role; see laurel roles"))
    var role: RoleName

    @Option(help: help("本人编号(同一人在各任职中相同)", "the person (the same in every appointment)"))
    var person: String

    @Option(help: help("比赛项目", "the item"))
    var item: String?

    @Option(help: help("所属代表队(裁判回避用)", "the delegation (for recusal, and for leaders)"))
    var delegation: String?

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    struct RoleName: ExpressibleByArgument {
        let role: Role
        init?(argument: String) {
            guard let role = Role(rawValue: argument) else { return nil }
            self.role = role
        }
        static var allValueStrings: [String] { Role.allCases.map(\.rawValue) }
    }

    func run() throws {
        let office = try event.open()
        let key = try speaker.keys.open().key(name)
        acknowledge(
            try office.say(
                .appoint,
                Office.appointment(
                    name: name,
                    key: key.verifying,
                    role: role.role,
                    person: person,
                    item: item,
                    delegation: delegation
                ),
                by: try speaker.key()
            )
        )
    }
}

struct EntrantsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "entrants",
            abstract: tr("选手", "entrants"),
            subcommands: [Import.self, List.self]
        )
    }

    struct Import: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "登记选手表 (CSV: entrant,item,delegation,name,id_number…)",
                    "register a table (CSV: entrant,item,delegation,name,id_number…)"
                )
            )
        }

        @Argument(help: help("选手表", "the table"))
        var file: String

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let receipts = try event.open().importEntrants(file, by: try speaker.key())
            for receipt in receipts { acknowledge(receipt) }
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("列出一个项目的选手(不含姓名)", "list the entrants of an item, without names")
            )
        }

        @Argument(help: help("比赛项目", "the item"))
        var item: String

        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let rows = try office.record.entrants(of: try office.item(item).id).map { row in
                [
                    row.entrant.id.text, row.entrant.delegation.text, row.entrant.group,
                    row.entrant.isGuest ? "guest" : row.entrant.status.rawValue,
                    "\(row.members.count)",
                ]
            }
            let header = ["entrant", "delegation", "group", "status", "members"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }
}
