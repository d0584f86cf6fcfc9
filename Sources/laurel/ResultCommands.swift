import ArgumentParser
import Competition
import Findings
import Foundation
import Ledger
import Publishing
import Scoring
import Seal
import Secretariat
import Snapshots

struct StandingsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "standings",
            abstract: tr("一个项目此刻的名次(未发布)", "the standings of an item as of now, unpublished")
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Option(help: help("加上每个评分点:aspect", "add a column an aspect: aspect"))
    var detail: TallyCommand.Detail?

    @Flag(help: help("加上未舍入的总分", "add the unrounded total"))
    var exact = false

    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let id = try office.item(item).id
        let tally = try office.tally(of: id)
        let standings = try office.standings(of: id)
        if !common.quiet { Console.report(Office.open(standings, in: tally)) }
        var options = StandingsTable.Options()
        options.aspects = detail == .aspect
        options.exact = exact
        options.language = Console.language
        let table = StandingsTable(standings, plan: tally.plan, tally: tally, options: options)
        try output.print(header: table.header, rows: table.rows, json: table.json)
    }
}

struct ExplainCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "explain",
            abstract: tr(
                "说明一名选手的总分,直到每位裁判的每一分;给两名则说明谁先谁后",
                "why: a total down to each judge's mark; of two entrants, who stands before whom"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Argument(help: help("选手", "the entrant"))
    var entrant: String

    @Argument(help: help("与之比较的选手", "another entrant"))
    var other: String?

    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let id = try office.item(item).id
        let explained = try office.explain(id, entrant, other)
        try output.print(explained)
    }
}

extension Output {
    /// An explanation: lines as deep as what they explain stands in the card, or JSON.
    func print(_ explained: Explained) throws {
        let language = Console.language
        if format == .json {
            try write(
                JSONValue.object([
                    .init("comparison", .optional(explained.comparison?[language])),
                    .init(
                        "lines",
                        .array(
                            explained.lines.map {
                                ["depth": .int($0.depth), "text": .string($0.text[language])]
                            }
                        )
                    ),
                ]).canonicalText + "\n"
            )
            return
        }
        var text = explained.comparison.map { $0[language] + "\n\n" } ?? ""
        for line in explained.lines {
            text += String(repeating: "  ", count: line.depth) + line.text[language] + "\n"
        }
        try write(text)
    }
}

struct AppealCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "appeal",
            abstract: tr("申诉与裁决", "appeals and rulings"),
            subcommands: [File.self, Rule.self, List.self]
        )
    }

    struct File: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("领队提出申诉", "a delegation leader appeals"))
        }
        @Argument(help: help("比赛项目", "the item")) var item: String
        @Argument(help: help("选手", "the entrant")) var entrant: String
        @Option(help: help("依据", "the grounds")) var grounds: String
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            acknowledge(
                try office.say(
                    .appeal,
                    [
                        "entrant": .string(entrant), "grounds": .string(grounds),
                        "item": .string(try office.item(item).id.text),
                    ],
                    by: try speaker.key()
                )
            )
        }
    }

    struct Rule: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("仲裁组裁决", "the arbitration panel rules"))
        }
        @Argument(help: help("申诉的条号(见 appeal list)", "the entry of the appeal (see appeal list)"))
        var appeal: Int
        @Option(help: help("比赛项目", "the item")) var item: String
        @Flag(inversion: .prefixedNo, help: help("申诉成立", "the appeal is upheld")) var upheld: Bool
        @Option(help: help("理由", "the reason")) var reason: String
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            acknowledge(
                try office.say(
                    .ruling,
                    [
                        "appeal": .int(appeal), "item": .string(try office.item(item).id.text),
                        "reason": .string(reason), "upheld": .bool(upheld),
                    ],
                    by: try speaker.key()
                )
            )
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("列出申诉", "list the appeals"))
        }
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let rows = try event.open().record.appeals().map {
                [
                    "\($0.position)", $0.item, $0.entrant, $0.grounds,
                    $0.upheld.map { $0 ? tr("成立", "upheld") : tr("不成立", "dismissed") }
                        ?? tr("待裁决", "open"), $0.reason ?? "",
                ]
            }
            let header = ["appeal", "item", "entrant", "grounds", "ruling", "reason"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }
}

struct PublishCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "publish",
            abstract: tr(
                "发布:算出快照、写入档案、生成网站",
                "publish: compute the snapshot, state it, write the site"
            ),
            subcommands: [Diff.self]
        )
    }

    @Flag(help: help("公示", "provisional results")) var provisional = false
    @Flag(help: help("最终成绩", "final results")) var final = false
    @Option(help: help("网站目录", "the site's folder")) var into: String = "site"
    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() throws {
        guard provisional != final else {
            throw ValidationError(
                tr("请选 --provisional 或 --final", "choose --provisional or --final")
            )
        }
        let office = try event.open()
        _ = try office.publish(final ? .final : .provisional, by: try speaker.key())
        let report = try office.writeSite(into: into)
        Console.say(
            tr(
                "已发布;网站在 \(report.index)(\(report.files) 个文件)",
                "published; the site is at \(report.index) (\(report.files) files)"
            )
        )
    }

    struct Diff: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("两次发布之间的变化", "what changed between two publications"))
        }
        @Argument(help: help("较早的发布(条号)", "the earlier publication (its entry)")) var earlier: Int
        @Argument(help: help("较晚的发布(条号)", "the later publication (its entry)")) var later: Int
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let changes = try event.open().changes(from: earlier, to: later)
            let rows = changes.map { [$0.item, $0.entrant, $0.text[Console.language]] }
            let header = ["item", "entrant", "change"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }
}

struct AuditCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "audit",
            abstract: tr("审计", "the record's truth"),
            subcommands: [Verify.self, Log.self, Proof.self]
        )
    }

    struct Verify: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "核对全部哈希、签名、检查点,并重建各表比对",
                    "check every hash, signature and checkpoint; rebuild and compare"
                )
            )
        }
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let report = try event.open().record.audit()
            for finding in report.findings { Console.note(finding.rendered(in: Console.language)) }
            guard report.findings.isEmpty else {
                throw Failure(
                    Text("档案与陈述不符,已被改动", "the record does not hold: it was changed"),
                    code: 5
                )
            }
            Console.say(
                tr(
                    "档案完好:\(report.statements) 条陈述,\(report.people) 人资料(已删除 \(report.erased)),\(report.checkpoints) 个检查点",
                    "the record holds: \(report.statements) statements, \(report.people) persons (\(report.erased) erased), \(report.checkpoints) checkpoints"
                )
            )
            Console.say(tr("树根 ", "root ") + report.root.hex)
        }
    }

    struct Log: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("列出陈述", "list the statements"))
        }
        @Option(help: help("从第几条起", "from which entry")) var from: Int = 1
        @Option(help: help("最多几条", "how many at most")) var limit: Int = 50
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let record = try event.open().record
            let names = Dictionary(
                try record.appointments().map { ($0.key, $0.name) },
                uniquingKeysWith: { first, _ in first }
            )
            var rows: [[String]] = []
            let last = min(try record.length(), from + max(0, limit) - 1)
            for position in stride(from: from, through: last, by: 1) {
                guard let signed = try record.statement(at: position) else { continue }
                let statement = signed.statement
                rows.append([
                    "\(position)", statement.kind.text[Console.language],
                    names[statement.author] ?? String(statement.author.hex.prefix(12)),
                    statement.body["item"]?.string ?? "", signed.id.short,
                    localTime(statement.saidAt),
                ])
            }
            let header = ["entry", "statement", "by", "item", "receipt", "said"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }

    struct Proof: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("一条陈述在树中的证明", "the proof that a statement is in the tree")
            )
        }
        @Argument(help: help("条号", "the entry")) var entry: Int
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let tree = try event.open().record.leaves()
            let size = tree.leaves.count
            guard let path = tree.inclusionProof(index: entry - 1, size: size) else {
                throw Refusal("audit.entry", Text("没有第 \(entry) 条", "there is no entry \(entry)"))
            }
            let proof: JSONValue = [
                "entry": .int(entry), "leaf": .string(tree.leaves[entry - 1].hex),
                "path": .array(path.map { .string($0.hex) }), "root": .string(tree.root().hex),
                "size": .int(size),
            ]
            Console.say(proof.canonicalText)
        }
    }
}
