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

    @OptionGroup var output: Output
    @OptionGroup var common: Common

    enum Detail: String, CaseIterable, ExpressibleByArgument {
        case aspect
    }

    func run() throws {
        let result = try Tally.run(scorecard: scorecard, marks: marks, entrants: entrants)
        if !common.quiet { Console.report(result.findings) }
        var options = StandingsTable.Options()
        options.aspects = detail == .aspect
        options.exact = exact
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
