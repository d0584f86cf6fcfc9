import Competition
import Honours
import ArgumentParser
import Exact
import Findings
import Ledger
import Secretariat

extension HonoursCommand {
    struct Sanction: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "惩戒:一段期限内不得获荣誉;不带参数时列出",
                    "keep somebody from honours for a term; lists the sanctions where nobody is named"
                )
            )
        }
        @Argument(help: help("选手编号", "the entrant")) var entrant: String?
        @Option(help: help("比赛项目", "the item")) var item: String?
        @Option(help: help("措施(赛事规则所列)", "the measure, of those in the event's rules"))
        var measure: String?
        @Option(help: help("第一天", "the first day")) var from: String?
        @Option(
            help: help("最后一天(措施无固定期限时)", "the last day, of a measure without a term of its own")
        )
        var until: String?
        @Flag(help: help("无期限", "without end")) var endless = false
        @Option(help: help("理由", "the reason")) var reason: String?
        @OptionGroup var acting: Acting
        @OptionGroup var output: Output

        func run() throws {
            guard let entrant else { return try list(try acting.event.open()) }
            guard let item, let measure, let from, let reason else {
                throw ValidationError(
                    tr(
                        "须写明 --item、--measure、--from、--reason",
                        "--item, --measure, --from and --reason are needed"
                    )
                )
            }
            let first = try Today.day(from, of: "--from")
            let last = try until.map { try Today.day($0, of: "--until") }
            try acting.act { office, key in
                try office.sanction(
                    entrant,
                    in: try office.item(item).id,
                    measure: measure,
                    from: first,
                    until: last,
                    isEndless: endless,
                    reason: reason,
                    by: key
                )
            }
        }

        private func list(_ office: Office) throws {
            let sanctions = try office.record.sanctions()
            let people = try office.record.people(sanctions.map(\.person))
            let rows = try sanctions.map { row in
                [
                    "\(row.position)", people[row.person]?.name ?? "", row.measure,
                    row.from.description, row.until?.description ?? tr("无期限", "no end"),
                    row.liftedOn?.description ?? "", try office.record.note(row.reason) ?? "",
                ]
            }
            let header = ["entry", "name", "measure", "from", "until", "lifted", "reason"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            if !acting.common.quiet {
                for measure in office.honourRules.sanctions {
                    Console.note(
                        Text(
                            "\(measure.id)(\(measure.title.zh)):\(measure.note.zh)",
                            "\(measure.id) (\(measure.title.en)): \(measure.note.en)"
                        )
                    )
                }
            }
        }
    }

    struct Lift: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("提前解除惩戒", "lift a sanction before its end"))
        }
        @Argument(help: help("惩戒的条目号", "the sanction's entry")) var sanction: Int
        @Option(help: help("理由", "the reason")) var reason: String
        @OptionGroup var acting: Acting

        func run() throws {
            try acting.act { try $0.liftSanction(at: sanction, reason: reason, by: $1) }
        }
    }
}
