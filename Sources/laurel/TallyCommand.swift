import Seal
import Scoring
import ArgumentParser
import Findings
import Secretariat

struct TallyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "tally",
            abstract: tr("按评分表给一张分数表算出名次", "score a table of marks with a scorecard")
        )
    }

    @Option(help: help("评分表 (YAML)", "the scorecard (YAML)"))
    var scorecard: String

    @Option(
        help: help(
            "分数表 (CSV: entrant,part,aspect,judge,mark)",
            "the marks (CSV: entrant,part,aspect,judge,mark)"
        )
    )
    var marks: String

    @Option(
        help: help(
            "选手表 (CSV: entrant,name,group,delegation,status…)",
            "the entrants (CSV: entrant,name,group,delegation,status…)"
        )
    )
    var entrants: String?

    @Option(help: help("加上每个评分点:aspect", "add a column an aspect: aspect"))
    var detail: Detail?

    @Flag(help: help("加上未舍入的总分(分数形式)", "add the unrounded total as a fraction"))
    var exact = false

    @Flag(
        help: help("加上奖项,以及世界技能规则的量表分", "add the award, and the scaled score of WorldSkills rules")
    )
    var awards = false

    @Flag(help: help("团体名次(选手表的 team 列)", "the teams' places (column team of the entrants)"))
    var teams = false

    @Option(
        parsing: .upToNextOption,
        help: help("说明一名选手的总分,或两名谁先谁后", "why: one entrant's total, or which of two stands first")
    )
    var explain: [String] = []

    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func validate() throws {
        guard explain.count <= 2, Set(explain).count == explain.count else {
            throw ValidationError(
                tr("--explain 后写一名或两名不同的选手", "--explain takes one entrant, or two that differ")
            )
        }
    }

    enum Detail: String, CaseIterable, ExpressibleByArgument {
        case aspect
    }

    func run() throws {
        let result = try Tally.run(scorecard: scorecard, marks: marks, entrants: entrants)
        if !common.quiet { Console.report(result.findings) }
        if let first = explain.first {
            let explained = try result.explain(first, explain.count > 1 ? explain[1] : nil)
            return try output.print(explained)
        }
        if teams {
            let table = TeamTable(try result.teams(), card: result.tally.plan.card)
            let texts = table.rows(Console.language)
            return try output.print(
                header: TeamTable.header,
                rows: texts,
                json: .array(
                    texts.map { row in
                        .object(zip(TeamTable.header, row).map { .init($0, .string($1)) })
                    }
                )
            )
        }
        var options = StandingsTable.Options()
        options.aspects = detail == .aspect
        options.exact = exact
        options.awards = awards
        options.language = Console.language
        let table = StandingsTable(
            result.standings,
            plan: result.tally.plan,
            tally: result.tally,
            options: options
        )
        try output.print(header: table.header, rows: table.rows, json: table.json)
    }
}
