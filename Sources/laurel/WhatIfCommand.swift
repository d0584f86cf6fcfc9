import ArgumentParser
import Competition
import Findings
import Honours
import Scoring
import Seal
import Secretariat
import Snapshots

struct WhatIfCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "what-if",
            abstract: tr(
                "改评分表或改分会改变哪些名次、奖牌和荣誉;什么也不写入",
                "which places, medals and honours another card or corrected marks would change; writes nothing"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Option(help: help("另一份评分表 (YAML)", "another scorecard (YAML)"))
    var scorecard: String?

    @Option(
        help: help(
            "更正的分数 (CSV,只写要改的分)",
            "corrected marks (CSV, only those that would change)"
        )
    )
    var correct: String?

    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func validate() throws {
        guard (scorecard == nil) != (correct == nil) else {
            throw ValidationError(
                tr("请给出 --scorecard 或 --correct 之一", "give either --scorecard or --correct")
            )
        }
    }

    func run() throws {
        let office = try event.open()
        let id = try office.item(item).id
        let result: WhatIf
        if let scorecard {
            result = try office.whatIf(id, scorecard: scorecard)
        } else {
            result = try office.whatIf(id, correct: correct ?? "")
        }
        if !common.quiet { Console.report(result.findings) }
        let honours =
            result.lost.map { ("honour-lost", $0) } + result.gained.map { ("honour-gained", $0) }
        let changes = result.changes.map { change in
            [
                "result", change.entrant, Self.place(change.before), Self.place(change.after),
                change.before.total ?? change.before.status,
                change.after.total ?? change.after.status, change.before.award,
                change.after.award, "",
            ]
        }
        let rows =
            changes
            + honours.map { kind, proposal in
                [
                    kind, proposal.candidate.entrant, "", "", "", "", "", "",
                    proposal.rule.title[Console.language],
                ]
            }
        let header = [
            "change", "entrant", "rank_before", "rank_after", "total_before", "total_after",
            "award_before", "award_after", "honour",
        ]
        try output.print(
            header: header,
            rows: rows,
            json: .array(
                rows.map { row in
                    .object(zip(header, row).map { .init($0, .string($1)) })
                }
            )
        )
        if rows.isEmpty {
            Console.note(Text("名次、奖牌、荣誉都不变", "no place, medal or honour would change"))
        }
    }

    private static func place(_ row: ResultRow) -> String { row.rank.map(String.init) ?? "" }
}
