import Competition
import ArgumentParser
import Exact
import Findings
import Scoring
import Seal
import Secretariat

struct DiagnoseCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "diagnose",
            abstract: tr(
                "裁判评分诊断:宽严、稳定、用分范围、一致性、对本队的偏向;只给裁判长和审计看,不影响成绩",
                "how judges marked: severity, steadiness, range, agreement, lean to their own; for chief judge and auditor, never part of a score"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let id = try office.item(item).id
        let result = try office.diagnosis(of: id, by: try speaker.key().verifying)
        let header = [
            "judge", "marks", "severity", "consistency", "lowest", "highest", "range_use", "lean",
            "lean_marks",
        ]
        func text(_ value: Rational?) -> String { value?.shortest ?? "" }
        let rows = result.judges.map { judge in
            [
                judge.judge.text, "\(judge.marks)", text(judge.severity), text(judge.consistency),
                text(judge.lowest), text(judge.highest), text(judge.rangeUse), text(judge.lean),
                judge.lean == nil ? "" : "\(judge.leanMarks)",
            ]
        }
        try output.print(
            header: header,
            rows: rows,
            json: [
                "entrants": .int(result.entrants),
                "icc": .optional(result.intraclass?.shortest),
                "judges": .array(
                    rows.map { row in .object(zip(header, row).map { .init($0, .string($1)) }) }
                ),
                "kendalls_w": .optional(result.kendallsW?.shortest),
            ]
        )
        Console.note(
            Text(
                "裁判组:Kendall W \(text(result.kendallsW)),ICC(2,1) \(text(result.intraclass)),依据 \(result.entrants) 名全部裁判都评完的选手;数值为占分值范围的百分比,四舍五入到 2 位",
                "panel: Kendall's W \(text(result.kendallsW)), ICC(2,1) \(text(result.intraclass)), on \(result.entrants) entrants whom all judges marked whole; figures are percent of the range, rounded half up to 2 places"
            )
        )
    }
}
