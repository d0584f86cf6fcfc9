import ArgumentParser
import Competition
import Findings
import Ledger
import Seal
import Secretariat

struct AppealCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "appeal",
            abstract: tr("申诉与裁决", "appeals and rulings"),
            subcommands: [File.self, Rule.self, List.self]
        )
    }

    struct File: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("领队在公示期内提出申诉", "a delegation leader appeals, within the window")
            )
        }
        @Argument(help: help("比赛项目", "the item")) var item: String
        @Argument(help: help("选手", "the entrant")) var entrant: String
        @Option(help: help("依据", "the grounds")) var grounds: String
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let receipt = try office.appeal(
                try office.item(item).id,
                entrant,
                grounds: grounds,
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
        }
    }

    struct Rule: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "仲裁组裁决:先列出后果(名次、荣誉、发放),确认后写入",
                    "the arbitration panel rules: what follows (places, honours, payments) is listed first"
                )
            )
        }
        @Argument(help: help("申诉的条号(见 appeal list)", "the entry of the appeal (see appeal list)"))
        var appeal: Int
        @Option(help: help("比赛项目(可不写)", "the item (may be left out)")) var item: String?
        @Flag(inversion: .prefixedNo, help: help("申诉成立", "the appeal is upheld")) var upheld: Bool
        @Option(help: help("理由", "the reason")) var reason: String
        @Option(help: help("更正的分数 (CSV)", "corrected marks (CSV)")) var correct: String?
        @Option(help: help("被扣分、作废或改状态的选手", "the entrant who is ruled against"))
        var against: String?
        @Option(help: help("扣分", "marks off")) var deduct: String?
        @Option(help: help("作废的模块", "the part that is void")) var void: String?
        @Option(help: help("状态", "the status")) var status: String?
        @Flag(help: help("只列出后果,不写入", "only list what would follow")) var dryRun = false
        @Flag(help: help("不再询问", "don't ask")) var yes = false
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func validate() throws {
            let isAgainst = deduct != nil || void != nil || status != nil
            guard !reason.isEmpty else {
                throw ValidationError(tr("理由不能为空", "the reason is empty"))
            }
            guard upheld || (correct == nil && !isAgainst) else {
                throw ValidationError(
                    tr("申诉不成立时没有处理措施", "an appeal that is dismissed has no remedy")
                )
            }
            guard !isAgainst || against != nil else {
                throw ValidationError(
                    tr("请用 --against 写明对谁", "say against whom with --against")
                )
            }
            guard correct == nil || !isAgainst else {
                throw ValidationError(
                    tr("--correct 与 --against 择一", "either --correct or --against")
                )
            }
        }

        func run() throws {
            let office = try event.open()
            guard let row = try office.record.appeals().first(where: { $0.position == appeal })
            else {
                throw Refusal(
                    "ruling.appeal",
                    Text("第 \(appeal) 条不是申诉", "entry \(appeal) is no appeal")
                )
            }
            if let item, item != row.item {
                throw Refusal(
                    "ruling.appeal",
                    Text(
                        "第 \(appeal) 条申诉属于 \(row.item),不是 \(item)",
                        "appeal \(appeal) is of \(row.item), not \(item)"
                    )
                )
            }
            let id = try office.item(row.item).id
            let remedy = try remedy(row)
            let consequences = try remedy.map { try office.consequences(of: $0, in: id) }
            for line in consequences?.lines ?? [] { Console.say(line[Console.language]) }
            if upheld, remedy == nil {
                Console.note(
                    Text(
                        "没有写明如何处理(--correct 或 --against),后果无从列出",
                        "no remedy is given (--correct or --against), so nothing that follows can be listed"
                    )
                )
            }
            if dryRun { return }
            guard try yes || Console.agree(Text("写入裁决?", "enter the ruling?")) else {
                Console.note(Text("没有写入", "nothing was entered"))
                return
            }
            let receipt = try office.rule(
                on: row,
                upheld: upheld,
                reason: reason,
                consequences: consequences,
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
        }

        private func remedy(_ row: AppealRow) throws -> Remedy? {
            if let correct { return .marks(file: correct) }
            guard deduct != nil || void != nil || status != nil else { return nil }
            let known = status.map { EntrantStatus(rawValue: $0) }
            if known == .some(nil) {
                throw Refusal(
                    "standing.status",
                    Text("没有这种状态", "there is no such status")
                )
            }
            return .ruling(
                entrant: against ?? row.entrant,
                deduct: deduct,
                void: void,
                status: known ?? nil
            )
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("列出申诉", "list the appeals"))
        }
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let record = try event.open().record
            let gone = tr("(已删除)", "(erased)")
            let rows = try record.appeals().map {
                [
                    "\($0.position)", $0.item, $0.entrant, try record.note($0.grounds) ?? gone,
                    $0.upheld.map { $0 ? tr("成立", "upheld") : tr("不成立", "dismissed") }
                        ?? tr("待裁决", "open"), try record.note($0.reason ?? "") ?? gone,
                ]
            }
            let header = ["appeal", "item", "entrant", "grounds", "ruling", "reason"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }
}
