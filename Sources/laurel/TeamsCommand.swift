import ArgumentParser
import Exact
import Findings
import Scoring
import Seal
import Secretariat

struct TeamsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "teams",
            abstract: tr(
                "代表队榜:奖牌积分、名次积分(依次比较名次个数)、总分之和、项目平均",
                "tables of delegations: medal points, place points with countback, sums of totals, averages per item"
            )
        )
    }

    @Option(
        help: help(
            "方法:medal-points、place-points:points=10/9/8,rest=1、sum:best=3;加 per=item 为项目平均",
            "the method: medal-points, place-points:points=10/9/8,rest=1, sum:best=3; per=item for averages"
        )
    )
    var method = "medal-points"

    @Option(
        help: help(
            "成绩表 (CSV: item,delegation,rank,total,award);不给则用最近一次发布",
            "results (CSV: item,delegation,rank,total,award); the latest publication where none are given"
        )
    )
    var results: String?

    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let method = try DelegationMethod(method)
        let list =
            try results.map { try DelegationDesk.read($0) } ?? event.open().delegationResults()
        let table = try method.table(list)
        let header = [
            "rank", "delegation", "value", "items", "results", "gold", "silver", "bronze",
            "medallion",
        ]
        let rows = try table.map { row in
            [
                "\(row.rank)", row.delegation,
                row.value.isWhole ? row.value.shortest : try row.value.text(Rounding(places: 2)),
                "\(row.items)", "\(row.results)",
            ] + row.awards.map(String.init)
        }
        try output.print(
            header: header,
            rows: rows,
            json: .array(
                zip(rows, table).map { texts, row in
                    .object(
                        zip(header, texts).map { JSONValue.Member($0, .string($1)) }
                            + [.init("exact", .string(row.value.fraction))]
                    )
                }
            )
        )
    }
}
