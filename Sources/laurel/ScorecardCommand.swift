import ArgumentParser
import Exact
import Competition
import Findings
import Secretariat

struct ScorecardCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "scorecard",
            abstract: tr("评分表", "scorecards"),
            subcommands: [Check.self]
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
}
