import ArgumentParser
import Competition
import Exact
import Findings
import Foundation
import Interchange
import Seal
import Secretariat

struct ScorecardCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "scorecard",
            abstract: tr("评分表", "scorecards"),
            subcommands: [
                Check.self, Show.self, Stats.self, Allocation.self, Diff.self, New.self,
                Import.self, Export.self,
            ]
        )
    }

    struct Check: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("检查评分表,一次列出所有问题", "check scorecards; all findings at once")
            )
        }

        @Argument(help: help("评分表文件", "scorecard files"))
        var files: [String]

        @OptionGroup var common: Common

        func run() throws {
            let (cards, findings) = ScorecardDesk.check(files)
            guard !findings.hasErrors else { throw Refusal(findings) }
            Console.report(findings)
            for card in cards {
                let aspects = card.parts.flatMap(\.aspects).count
                let max = card.total.max?.shortest ?? "–"
                Console.say(
                    "\(card.id): "
                        + tr("\(aspects) 个评分点,满分 \(max)", "\(aspects) aspects, \(max) marks")
                )
            }
        }
    }

    /// A card by its file, or by the code of an item of an event.
    struct CardOption: ParsableArguments {
        @Option(
            help: help(
                "项目编号所属的赛事目录(默认:Events/liaoning-2022)",
                "the event's folder, for the code of an item (default: Events/liaoning-2022)"
            )
        )
        var eventFolder: String = ScorecardDesk.standardEvent

        /// Finds a card, and reports what is to be said of it.
        func find(_ name: String, quiet: Bool) throws -> Scorecard {
            try found(name, quiet: quiet).card
        }

        func found(_ name: String, quiet: Bool) throws -> ScorecardDesk.Found {
            let found = try ScorecardDesk.find(name, eventFolder: eventFolder)
            if !quiet { Console.report(found.findings) }
            return found
        }
    }

    /// The table of standards.
    struct StandardsOption: ParsableArguments {
        @Option(
            help: help(
                "职业标准表(默认:评分表旁的 wsos-2026.csv)",
                "the table of standards (default: wsos-2026.csv beside the card)"
            )
        )
        var standards: String?
    }
}

extension ScorecardCommand {
    struct Allocation: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "分数在职业标准各章节的分布;总偏差超过 5 分(满分 100)时退出码为 1",
                    "marks over the standard's sections; exit 1 where the total variation is above 5 of 100"
                )
            )
        }

        @Argument(help: help("比赛项目或评分表文件", "an item or a scorecard file"))
        var card: String

        @OptionGroup var cards: CardOption
        @OptionGroup var standards: StandardsOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let found = try cards.found(card, quiet: common.quiet)
            guard let skill = found.card.standard?.skill else {
                throw Failure(
                    Text(
                        "\(found.card.id) 没有写明世界技能职业标准,无从比较",
                        "\(found.card.id) names no WorldSkills standard to be laid beside"
                    ),
                    code: 3
                )
            }
            let sections = try ScorecardDesk.sections(
                skill: skill,
                file: standards.standards,
                beside: found.file
            )
            guard !sections.isEmpty else {
                throw Failure(
                    Text("标准表中没有技能 \(skill)", "the table of standards has no skill \(skill)"),
                    code: 3
                )
            }
            let allocation = try StandardAllocation(found.card, sections: sections)
            var rows = allocation.rows.map { row in
                [
                    row.section.map { "\($0.number)" } ?? "-",
                    row.section?.title ?? tr("(未归入章节)", "(no section)"),
                    row.section?.weight.shortest ?? "", row.marks.shortest,
                    row.difference.shortest,
                ]
            }
            let variation = allocation.variation.shortest
            rows.append(["", tr("总偏差", "total variation"), "", "", variation])
            let header = ["section", "title", "standard", "card", "difference"]
            let json = JSONValue.object([
                .init("card", .string(found.card.id)),
                .init("rows", jsonRows(header, rows.dropLast())),
                .init("skill", .string(skill)), .init("variation", .string(variation)),
                .init("within", .bool(allocation.isWithin)),
            ])
            try output.print(header: header, rows: rows, json: json)
            guard !allocation.isWithin else { return }
            Console.note(
                Text(
                    "\(found.card.id) 的总偏差 \(variation) 超过允许的 5 分",
                    "\(found.card.id): the total variation \(variation) is above the 5 marks allowed"
                )
            )
            throw ExitCode(1)
        }
    }

    struct Stats: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "评分点与分数的统计:评分方式、模块、评分日、组别、评价所占份额",
                    "aspects and marks counted by kind, part, day, group, and the share that is judged"
                )
            )
        }

        @Argument(help: help("比赛项目或评分表文件", "items or scorecard files"))
        var files: [String]

        @OptionGroup var cards: CardOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            var rows: [[String]] = []
            let language = Console.language
            let places = Rounding(places: 2)
            for file in files {
                let card = try cards.find(file, quiet: common.quiet)
                for row in try CardStatistics(card).rows {
                    let percent = try row.share.times(Rational(100)).text(places)
                    rows.append([
                        card.id, row.dimension.text[language], row.key, row.title[language],
                        "\(row.aspects)", row.marks.shortest, percent,
                    ])
                }
            }
            let header = ["card", "by", "key", "title", "aspects", "marks", "percent"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }

    struct Diff: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "两份评分表在含义上的不同;相同退出码为 0,不同为 1",
                    "how two cards differ in meaning; exit 0 where they do not, 1 where they do"
                )
            )
        }

        @Argument(help: help("较早的评分表:文件或项目", "the earlier card: a file or an item"))
        var before: String

        @Argument(help: help("较晚的评分表:文件或项目", "the later card: a file or an item"))
        var after: String

        @OptionGroup var cards: CardOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let old = try cards.find(before, quiet: common.quiet)
            let new = try cards.find(after, quiet: common.quiet)
            let changes = ScorecardDesk.difference(from: old, to: new)
            let language = Console.language
            let isData = output.format != .table
            let rows = changes.map { change in
                [
                    isData ? change.kind.rawValue : change.kind.text[language],
                    isData ? change.topic.rawValue : change.topic.text[language],
                    change.place, change.key, change.before[language], change.after[language],
                ]
            }
            let header = ["change", "about", "place", "key", "before", "after"]
            if changes.isEmpty, !isData {
                if !common.quiet {
                    Console.note(Text("两份评分表含义相同", "the two cards mean the same"))
                }
                return
            }
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            guard changes.isEmpty else { throw ExitCode(1) }
        }
    }
}
