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
            subcommands: [New.self, List.self, Rotate.self, Revoke.self]
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

extension KeyCommand {
    struct Rotate: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "换钥:任职改用新密钥(本人用旧密钥,或 --as 组委会)",
                    "put a new key in the place of an appointment's (by its own key, or --as an organiser)"
                )
            )
        }

        @Argument(help: help("任职名", "the name of the appointment"))
        var name: String

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            var ring = try speaker.keys.open()
            let receipt = try office.rotate(
                name,
                by: try speaker.name.map { try ring.key($0) },
                in: &ring
            )
            try acknowledge(receipt, in: office)
            Console.say("\(name)  \(try ring.key(name).verifying.hex)")
        }
    }

    struct Revoke: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "吊销:此密钥的全部任职结束,不能再用",
                    "revoke: all that a key speaks for ends, and it can't be appointed again"
                )
            )
        }

        @Argument(help: help("任职名", "the name of the appointment"))
        var name: String

        @Option(help: help("理由", "the reason"))
        var reason: String

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            guard
                let row = try office.record.appointments().first(where: { $0.name == name })
            else {
                throw Refusal(
                    "revoke.key",
                    Text("没有在任的 \(name)", "nobody is appointed as \(name)")
                )
            }
            try acknowledge(
                try office.say(
                    .revoke,
                    ["key": .string(row.key.hex), "reason": .string(reason)],
                    by: try speaker.key()
                ),
                in: office
            )
        }
    }
}

struct DismissCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "dismiss",
            abstract: tr("免职:一项任职结束", "end an appointment")
        )
    }

    @Argument(help: help("任职名", "the name of the appointment"))
    var name: String

    @Option(help: help("理由", "the reason"))
    var reason: String

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        try acknowledge(
            try office.say(
                .dismiss,
                ["name": .string(name), "reason": .string(reason)],
                by: try speaker.key()
            ),
            in: office
        )
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

    @Option(
        help: help(
            "公钥(64 位十六进制),密钥不在本机时用,如大厅平板所示",
            "the public key, 64 hexadecimal digits, where the key is elsewhere, as a hall's tablet shows it"
        )
    )
    var key: String?

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
        let key = try self.key.map(Self.read) ?? speaker.keys.open().key(name).verifying
        try acknowledge(
            try office.say(
                .appoint,
                Office.appointment(
                    name: name,
                    key: key,
                    role: role.role,
                    person: person,
                    item: item,
                    delegation: delegation
                ),
                by: try speaker.key()
            ),
            in: office
        )
    }

    /// Reads a public key; blanks and hyphens between its groups count for nothing.
    private static func read(_ text: String) throws -> VerifyingKey {
        let digits = text.filter { !$0.isWhitespace && $0 != "-" }.lowercased()
        guard let key = VerifyingKey(hex: digits) else {
            throw Refusal(
                "key.form",
                Text(
                    "不是公钥:应为 64 位十六进制数字,收到 \(digits.count) 位",
                    "this is no public key: expected 64 hexadecimal digits, got \(digits.count) characters"
                ),
                at: Place(file: "--key")
            )
        }
        return key
    }
}

struct EntrantsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "entrants",
            abstract: tr("选手", "entrants"),
            subcommands: [Import.self, List.self, Erase.self]
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
            let office = try event.open()
            for receipt in try office.importEntrants(file, by: try speaker.key()) {
                try acknowledge(receipt, in: office)
            }
        }
    }

    struct Erase: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "请求依法删除一名选手的个人信息;由另一人用 laurel second 附议后删除",
                    "ask that an entrant's personal data be erased; done once another person seconds it"
                )
            )
        }

        @Argument(help: help("比赛项目", "the item"))
        var item: String

        @Argument(help: help("选手", "the entrant"))
        var entrant: String

        @Option(help: help("理由(依据)", "the reason (the legal ground)"))
        var reason: String

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let receipt = try office.askErasure(
                of: entrant,
                in: try office.item(item).id,
                reason: reason,
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
            Console.note(
                Text(
                    "须由另一名组委会成员或审计附议:laurel second。备份和已导出的文件不在此列,须另行处理",
                    "another organiser or an auditor seconds it: laurel second. Backups and exported files are not reached by this"
                )
            )
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
