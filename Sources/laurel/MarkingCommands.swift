import ArgumentParser
import Competition
import Findings
import Ledger
import Seal
import Secretariat

struct SheetCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sheet",
            abstract: tr("评分表(一位裁判或裁判组对一名选手一个单元)", "sheets of marks"),
            subcommands: [
                Template.self, Submit.self, Correct.self, Again.self, SendBack.self, List.self,
                Show.self,
            ]
        )
    }

    struct Submit: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "提交分数表:逐份签名,全部受理或全部不受理",
                    "hand in a table of marks: each sheet is signed; all come in or none"
                )
            )
        }

        @Argument(
            help: help(
                "分数表 (CSV: entrant,part,aspect,judge,mark),或填好的评分表 (.xlsx)",
                "the marks (CSV: entrant,part,aspect,judge,mark), or forms filled in (.xlsx)"
            )
        )
        var file: String

        @Option(help: help("比赛项目", "the item"))
        var item: String

        @Flag(help: help("只受理没有问题的评分表", "let the good sheets in alone"))
        var partial = false

        @Flag(help: help("只检查,不写入", "check only, write nothing"))
        var dryRun = false

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let item = try office.item(item).id
            if dryRun {
                let (count, findings) = try office.check(file, item: item)
                if !common.quiet {
                    for finding in findings { Console.note(finding.rendered(in: Console.language)) }
                }
                Console.note(Text("可提交 \(count) 份评分表", "\(count) sheets could be handed in"))
                return
            }
            let result = try office.submit(
                file,
                item: item,
                by: try speaker.key(),
                partial: partial
            )
            if !common.quiet {
                for finding in result.findings {
                    Console.note(finding.rendered(in: Console.language))
                }
            }
            let venue = try office.record.venue()
            let rows = result.receipts.map {
                [
                    "\($0.position)", $0.statement.short, localTime($0.admittedAt),
                    $0.isRepeat ? "repeat" : venue.map { "held at venue " + $0 } ?? "admitted",
                ]
            }
            let header = ["entry", "receipt", "admitted", "state"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            if result.findings.hasErrors { throw ExitCode(1) }
        }
    }

    struct Correct: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "更正已受理的评分表(只写要改的分数,并写明理由)",
                    "correct sheets that stand: only the marks that change, with a reason"
                )
            )
        }

        @Argument(help: help("要改的分数 (CSV 或 .xlsx)", "the marks that change (CSV or .xlsx)"))
        var file: String

        @Option(help: help("比赛项目", "the item"))
        var item: String

        @Option(help: help("理由", "the reason"))
        var reason: String

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let receipts = try office.correct(
                file,
                item: try office.item(item).id,
                reason: reason,
                by: try speaker.key()
            )
            for receipt in receipts { try acknowledge(receipt, in: office) }
            Console.note(
                Text("更正后的评分表须由另一人复核", "another person confirms what was corrected")
            )
        }
    }

    struct Again: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "复录:由另一人从纸质表再录一遍,只告知哪些评分点不同",
                    "enter the sheets a second time, as another person; only which aspects differ is told"
                )
            )
        }

        @Argument(help: help("分数表 (CSV 或 .xlsx)", "the marks (CSV or .xlsx)"))
        var file: String

        @Option(help: help("比赛项目", "the item"))
        var item: String

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let item = try office.item(item).id
            let result = try office.submitAgain(file, item: item, by: try speaker.key())
            let rows = result.map {
                [
                    $0.sheet, $0.differs.isEmpty ? "equal" : "differs",
                    $0.differs.joined(separator: " "),
                ]
            }
            let header = ["sheet", "state", "aspects"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            // Equal or not, both entries are in the record; a difference wants somebody's hand.
            if result.contains(where: { !$0.differs.isEmpty }) { throw ExitCode(1) }
        }
    }

    struct Template: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "空白评分表:仍缺的分数;--out 为 .xlsx 时是可打印的表格,否则是 CSV",
                    "the blank form of all marks still missing: for print with --out FILE.xlsx, else CSV"
                )
            )
        }

        @Argument(help: help("比赛项目", "the item"))
        var item: String

        @Option(help: help("只要一位裁判的(裁判组为 panel)", "of one judge only (panel: the panel's)"))
        var judge: String?

        @Option(
            help: help(
                "写入 .xlsx 或 .csv 文件,而不是标准输出",
                "write to a file, .xlsx or .csv, instead of standard output"
            )
        )
        var out: String?

        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func validate() throws {
            guard let out, !Self.endings.contains(where: out.lowercased().hasSuffix) else { return }
            throw ValidationError(
                tr("--out 应以 .xlsx 或 .csv 结尾:\(out)", "--out must end in .xlsx or .csv: \(out)")
            )
        }

        private static let endings = [".xlsx", ".csv"]

        func run() throws {
            let office = try event.open()
            let item = try office.item(item).id
            if let out, out.lowercased().hasSuffix(".xlsx") {
                let count = try office.writeForms(item, judge: judge, to: out)
                guard !common.quiet else { return }
                Console.note(Text("已写 \(count) 张评分表:\(out)", "\(count) forms written: \(out)"))
                return
            }
            let (header, rows) = try office.template(item, judge: judge)
            // Spreadsheets here need the mark to read UTF-8.
            let text = "\u{FEFF}" + ([header] + rows).map(csvLine).joined()
            try Output.write(text, to: out)
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("列出一个项目的评分表(不含分数)", "list the sheets of an item, without marks")
            )
        }

        @Argument(help: help("比赛项目", "the item"))
        var item: String

        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let rows = try office.record.sheets(of: try office.item(item).id).map {
                [
                    "\($0.position)", $0.entrant.text, $0.unit.text, $0.judge?.text ?? "",
                    "\($0.attempt)", $0.isConfirmed ? "confirmed" : "entered",
                ]
            }
            let header = ["entry", "entrant", "unit", "judge", "attempt", "state"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }
}

struct ConfirmCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "confirm",
            abstract: tr(
                "复核一个项目待复核的评分表(须为另一人);--again 复录",
                "confirm the sheets of an item as a second person; --again enters them a second time"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Flag(
        help: help(
            "复录:从纸质表盲录一遍,只告知哪些评分点不同",
            "enter them again, blind, from paper; only which aspects differ is told"
        )
    )
    var again = false

    @OptionGroup var seat: Seat
    @OptionGroup var common: Common

    func run() throws {
        if again { return try seat.sit(item: item, purpose: .again) }
        let office = try seat.event.open()
        let key = try seat.speaker.key()
        guard let receipt = try office.confirmAll(try office.item(item).id, by: key) else {
            Console.note(Text("没有待复核的评分表", "no sheet awaits confirmation"))
            return
        }
        try acknowledge(receipt, in: office)
    }
}

struct LockCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "lock",
            abstract: tr(
                "锁定项目(裁判长);加 --cosign 会签(监督)",
                "lock an item (chief judge); --cosign signs it again (supervisor)"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Flag(help: help("会签已锁定的项目", "co-sign a locked item"))
    var cosign = false

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let item = try office.item(item).id
        let key = try speaker.key()
        let receipt =
            try cosign
            ? office.say(.cosign, ["item": .string(item.text)], by: key)
            : office.lock(item, by: key)
        try acknowledge(receipt, in: office)
    }
}
