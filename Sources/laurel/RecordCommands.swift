import ArgumentParser
import Competition
import Findings
import Ledger
import Seal
import Secretariat

struct InitCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "init",
            abstract: tr("由赛事目录建立一份档案", "make a record from an event's folder")
        )
    }

    @Argument(
        help: help(
            "赛事目录,如 Events/liaoning-2022",
            "the event's folder, such as Events/liaoning-2022"
        )
    )
    var folder: String

    @Option(help: help("新档案的文件名", "the new record's file"))
    var into: String

    @Option(help: help("组委会经手人", "the organiser's person"))
    var person: String = "organiser-1"

    @Flag(help: help("演练档案", "a rehearsal"))
    var rehearsal = false

    @OptionGroup var keys: KeysOption
    @OptionGroup var common: Common

    func run() throws {
        var ring = try keys.open()
        let isNew = !ring.names.contains("organiser")
        let root = isNew ? try ring.make("organiser") : try ring.key("organiser")
        // The key is kept before the record needs it: a record whose root key is lost is of no use.
        if isNew { try ring.save() }
        let office = try Office.create(
            folder: folder,
            into: into,
            root: root,
            person: person,
            isRehearsal: rehearsal
        )
        let event = office.catalogue.event
        Console.say(
            tr(
                "已建立 \(into):\(event.title.zh),\(event.items.count) 个项目,\(event.delegations.count) 个代表队",
                "made \(into): \(event.title.en), \(event.items.count) items, \(event.delegations.count) delegations"
            )
        )
        for note in event.notes { Console.note(note) }
    }
}

struct StatusCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: tr("各项目的进度,一行一项", "how the items stand, one line an item")
        )
    }

    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let language = Console.language
        let held = Dictionary(grouping: try office.record.held(), by: \.item)
        var rows: [[String]] = []
        for item in office.catalogue.event.items {
            let progress = try office.record.progress(of: item.id)
            let blind = progress.blind
            rows.append([
                item.id.text, item.title[language], progress.state.text[language],
                "\(progress.entered)", "\(progress.expected)", "\(progress.unconfirmed)",
                blind.layers == 0 ? "" : "\(blind.drawn)/\(blind.layers) \(blind.opened)",
                Self.next(progress, held[item.id.text]?.count ?? 0, office, language),
            ])
        }
        let header = [
            "item", "title", "state", "sheets", "expected", "unconfirmed", "blind", "next",
        ]
        try output.print(header: header, rows: rows, json: jsonRows(header, rows))
    }

    /// What is wanting, in a few words: one line must do for an item.
    private static func next(
        _ progress: Progress,
        _ held: Int,
        _ office: Office,
        _ language: Language
    ) -> String {
        var words = [progress.wanting[language]].filter { !$0.isEmpty }
        if let until = progress.appealsUntil {
            let now = office.now()
            words = [
                now <= until
                    ? Text("公示至 \(localTime(until))", "appeals until \(localTime(until))")[language]
                    : Text("公示期满,可发布最终成绩", "the window is over; final results may be published")[
                        language
                    ]
            ]
        }
        if let example = progress.missing.first, progress.missing.count < 10 {
            words.append(example.text + (progress.missing.count > 1 ? " …" : ""))
        }
        words += progress.differing.prefix(1).map {
            Text("复录不一致 \($0)", "second entry differs \($0)")[language]
        }
        words += progress.pending.map {
            Text("待附议:\($0.text.zh)", "to be seconded: \($0.text.en)")[language]
        }
        if held > 0 { words.append(Text("\(held) 项转入待定", "\(held) held")[language]) }
        return words.joined(separator: language == .zh ? ";" : "; ")
    }
}

struct RolesCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "roles",
            abstract: tr("谁在何种状态下可以作出何种陈述", "who may say what in which state")
        )
    }

    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let language = Console.language
        let rows = RoleRule.table.map { rule in
            [
                rule.kind.rawValue, rule.kind.text[language],
                rule.roles.count == Role.allCases.count
                    ? Text("任何任职者", "anyone appointed")[language]
                    : rule.roles.map { $0.text[language] }.joined(separator: ", "),
                rule.states.map { $0.text[language] }.joined(separator: ", "),
                rule.seconds.map { $0.text[language] }.joined(separator: ", "),
            ]
        }
        let header = ["kind", "statement", "roles", "states", "seconded_by"]
        try output.print(header: header, rows: rows, json: jsonRows(header, rows))
    }
}

/// Rows as JSON: an object a row, members by the header's names.
func jsonRows(_ header: [String], _ rows: [[String]]) -> JSONValue {
    .array(
        rows.map { row in
            .object(zip(header, row).map { JSONValue.Member($0, .string($1)) })
        }
    )
}
