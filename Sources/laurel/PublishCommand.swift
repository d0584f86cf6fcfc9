import ArgumentParser
import Competition
import Findings
import Foundation
import Interchange
import Ledger
import Publishing
import Seal
import Secretariat
import Snapshots

struct PublishCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "publish",
            abstract: tr(
                "发布:算出快照、写入档案、生成网站",
                "publish: compute the snapshot, state it, write the site"
            ),
            // Not options of this command itself: it would take those of the others from them.
            subcommands: [
                Results.self, List.self, Diff.self, SiteAgain.self, Workbook.self, Live.self,
            ],
            defaultSubcommand: Results.self
        )
    }

    static func say(_ report: SiteReport) throws {
        Console.say(
            tr(
                "已发布;网站在 \(report.index)(\(report.files) 个文件)",
                "published; the site is at \(report.index) (\(report.files) files)"
            )
        )
    }

    struct Results: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "发布成绩(laurel publish --provisional 即此命令)",
                    "publish results; laurel publish --provisional is this command"
                )
            )
        }
        @Flag(help: help("公示", "provisional results")) var provisional = false
        @Flag(help: help("最终成绩", "final results")) var final = false
        @Option(
            help: help(
                "只发布这些项目,以逗号分隔;已发布的其他项目原样保留",
                "only these items, separated by commas; what was published of others is carried on unchanged"
            )
        )
        var item: String?
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
            let only = try item.map { list in
                try list.split(separator: ",").map { try office.item(String($0)).id }
            }
            _ = try office.publish(
                final ? .final : .provisional,
                only: only,
                by: try speaker.key()
            )
            try PublishCommand.say(try office.writeSite(into: into))
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("历次发布", "all publications"))
        }
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let rows = try event.open().publications().map { publication in
                let snapshot = publication.snapshot
                let new = snapshot.items.count { $0.carried == nil }
                return [
                    String(publication.position), snapshot.kind.text[Console.language],
                    localTime(snapshot.computedAt), String(new), String(snapshot.items.count),
                    publication.hash.hex,
                ]
            }
            let header = ["entry", "kind", "computed", "computed_items", "items", "snapshot"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }

    struct Diff: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "两次发布之间的变化(默认最近两次)",
                    "what changed between two publications (by default the last two)"
                )
            )
        }
        @Argument(help: help("较早的发布(条号)", "the earlier publication (its entry)"))
        var earlier: Int?
        @Argument(help: help("较晚的发布(条号)", "the later publication (its entry)"))
        var later: Int?
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func validate() throws {
            guard (earlier == nil) == (later == nil) else {
                throw ValidationError(tr("请给出两次发布,或都不给", "give two publications, or none"))
            }
        }

        func run() throws {
            let office = try event.open()
            let all = try office.publications().map(\.position).suffix(2)
            guard let from = earlier ?? all.first, let to = later ?? all.last,
                earlier != nil || all.count == 2
            else {
                throw Refusal(
                    "publish.few",
                    Text("不足两次发布,无从比较", "there are not two publications to compare")
                )
            }
            let changes = try office.changes(from: from, to: to)
            let rows = changes.map {
                [
                    $0.item, $0.entrant, $0.names.joined(separator: tr("、", ", ")),
                    $0.text[Console.language],
                ]
            }
            let header = ["item", "entrant", "names", "change"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            guard rows.isEmpty, !common.quiet else { return }
            Console.note(Text("没有变化", "nothing changed"))
        }
    }

    struct SiteAgain: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "site",
                abstract: tr(
                    "再写一次网站:最近的发布,与此刻的荣誉名册",
                    "write the site again: the latest publication, and the register of honours as it stands"
                )
            )
        }
        @Option(help: help("网站目录", "the site's folder")) var into: String = "site"
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws { try PublishCommand.say(try event.open().writeSite(into: into)) }
    }

    struct Workbook: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "最近一次发布的工作簿:获奖名单、奖牌榜、各项目名次",
                    "a workbook of the latest publication: winners, medals, standings of each item"
                )
            )
        }
        @Option(help: help("写入的 XLSX 文件", "the XLSX to write")) var out: String
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            try WorkbookWriter.write(
                try event.open().workbook(Console.language),
                to: out
            )
        }
    }

    struct Live: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "现场大屏:已确认选手的暂列名次(未完成,不得引用,不入档案)",
                    "a screen in the hall: places so far of confirmed entrants (incomplete, not to be cited, in no record)"
                )
            )
        }
        @Argument(help: help("比赛项目", "the items")) var items: [String]
        @Option(help: help("大屏目录", "the board's folder")) var into: String = "live"
        @Flag(help: help("持续更新,直到中断或全部发布", "go on until interrupted, or all are published"))
        var follow = false
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            var open = try items.map { try office.item($0).id }
            // Nothing is written where one of them may not be shown; with --follow a published one may
            // be among them, which is closed.
            if !follow { for item in open { _ = try office.live(item) } }
            var last = -1
            repeat {
                let length = try office.record.length()
                if length != last {
                    let (pages, left) = try office.writeLive(open, into: into)
                    open = left
                    if !common.quiet {
                        for page in pages { Console.say(into + "/" + page) }
                    }
                }
                last = length
                if follow, !open.isEmpty { Thread.sleep(forTimeInterval: 1) }
            } while follow && !open.isEmpty
        }
    }
}
