import ArgumentParser
import Competition
import Findings
import Scoring
import Seal
import Secretariat

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

    @Flag(
        help: help("加上奖项,以及世界技能规则的量表分", "add the award, and the scaled score of WorldSkills rules")
    )
    var awards = false

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let id = try office.item(item).id
        if detail == .aspect {
            try office.mayLookAtMarks(of: id, by: try speaker.optionalKey()?.verifying)
        }
        let tally = try office.tally(of: id)
        let standings = try office.standings(of: id)
        if !common.quiet { Console.report(Office.open(standings, in: tally)) }
        var options = StandingsTable.Options()
        options.aspects = detail == .aspect
        options.exact = exact
        options.awards = awards
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

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let id = try office.item(item).id
        try office.mayLookAtMarks(of: id, by: try speaker.optionalKey()?.verifying)
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
