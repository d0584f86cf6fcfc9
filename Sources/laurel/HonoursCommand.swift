import ArgumentParser
import Competition
import Eligibility
import Exact
import Findings
import Honours
import Ledger
import Rules
import Seal
import Secretariat
import Snapshots

struct HonoursCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "honours",
            abstract: tr(
                "荣誉:提出、授予、登记、撤销、签发凭证",
                "honours: propose, confer, list, revoke, export"
            ),
            subcommands: [
                Propose.self, Confer.self, List.self, Revoke.self, Review.self, Export.self,
            ]
        )
    }

    struct Propose: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("按规则由已发布的成绩提出", "propose what the published results bring")
            )
        }
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let receipts = try event.open().proposeHonours(by: try speaker.key())
            Console.say(tr("提出 \(receipts.count) 项", "\(receipts.count) proposed"))
        }
    }

    struct Confer: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "授予(须为另一人);附条件或推荐的逐项授予并写明依据",
                    "confer, as another person; those with conditions one by one, with the evidence"
                )
            )
        }
        @Option(help: help("只授予这一项", "confer this one only")) var honour: String?
        @Option(help: help("主管部门的决定或证据", "the decision or evidence of the deciding body"))
        var evidence: String?
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            if let honour {
                guard let evidence, !evidence.isEmpty else {
                    throw ValidationError(
                        tr("--honour 须同时写明 --evidence", "--honour needs --evidence")
                    )
                }
                let office = try event.open()
                let receipt = try office.confer(
                    honour,
                    evidence: evidence,
                    by: try speaker.key()
                )
                try acknowledge(receipt, in: office)
                return
            }
            let receipts = try event.open().conferHonours(by: try speaker.key())
            Console.say(tr("授予 \(receipts.count) 项", "\(receipts.count) conferred"))
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("荣誉登记册", "the register"))
        }
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let register = try office.honoursSnapshot()
            let rows = register.entries.map {
                [
                    $0.id, $0.title[Console.language], $0.kind, $0.state, $0.item, $0.entrant,
                    $0.name,
                ]
            }
            let header = ["honour", "title", "kind", "state", "item", "entrant", "name"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            if !common.quiet { register.settings.forEach(Console.note) }
        }
    }

    struct Review: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "逐项列出规则、条件与所缺;更正后不再成立的荣誉",
                    "each rule with its conditions and what is missing; honours that no longer stand"
                )
            )
        }
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let language = Console.language
            var rows = try office.honourProposals().map { proposal in
                [
                    proposal.id, proposal.rule.title[language], proposal.rule.kind.text[language],
                    proposal.verdict.truth == .yes ? tr("成立", "holds") : tr("待定", "undetermined"),
                    proposal.verdict.missing.map {
                        HonourRules.vocabulary[$0]?.title[language] ?? $0
                    }
                    .joined(separator: ", "), proposal.rule.citation.text,
                ]
            }
            rows += try office.fallenHonours().map {
                [$0.id, $0.rule, $0.state, tr("不再成立", "no longer stands"), "", ""]
            }
            let header = ["honour", "title", "kind", "verdict", "missing", "source"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }

    struct Revoke: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("撤销(写明理由,不删除)", "revoke, with a reason; nothing is deleted")
            )
        }
        @Argument(help: help("荣誉编号", "the honour")) var honour: String
        @Option(help: help("理由", "the reason")) var reason: String
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let receipt = try office.say(
                .honour,
                ["action": "revoke", "honour": .string(honour), "reason": .string(reason)],
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
        }
    }
}
