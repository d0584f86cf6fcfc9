import Competition
import Snapshots
import ArgumentParser
import Findings
import Honours
import Ledger
import Rules
import Seal
import Secretariat

struct HonoursCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "honours",
            abstract: tr(
                "荣誉:提出、授予、登记、换发、撤销、惩戒、签发凭证",
                "honours: propose, confer, list, reissue, revoke, sanction, export"
            ),
            subcommands: [
                Propose.self, Review.self, Confer.self, Decline.self, List.self, Show.self,
                Reissue.self, Revoke.self, Sanction.self, Lift.self, Export.self,
            ]
        )
    }

    struct Propose: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("按规则由已发布的成绩提出", "propose what the published results bring")
            )
        }
        @OptionGroup var acting: Acting

        func run() throws {
            let office = try acting.event.open()
            let receipts = try office.proposeHonours(by: try acting.speaker.key())
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
        @Option(
            help: help(
                "所缺条件的证据,如 conditions_confirmed=文号(可多次)",
                "what shows an open condition, such as conditions_confirmed=NUMBER (repeatable)"
            )
        )
        var evidence: [String] = []
        @Option(help: help("作出决定的主管部门", "the body that decided")) var decidedBy: String?
        @Option(
            help: help(
                "晋升的等级(提出时等级未知的)",
                "the level granted, of a promotion whose level was open"
            )
        )
        var level: String?
        @Option(help: help("决定的文号或理由", "the number of its decision, or its reason"))
        var reason: String?
        @OptionGroup var acting: Acting

        func validate() throws {
            let isAlone = evidence.isEmpty && decidedBy == nil && reason == nil && level == nil
            guard honour != nil || isAlone else {
                throw ValidationError(
                    tr(
                        "--evidence、--decided-by、--level、--reason 须与 --honour 同用",
                        "--evidence, --decided-by, --level and --reason go with --honour"
                    )
                )
            }
        }

        func run() throws {
            guard let honour else {
                let office = try acting.event.open()
                let done = try office.conferHonours(by: try acting.speaker.key())
                Console.say(tr("授予 \(done.receipts.count) 项", "\(done.receipts.count) conferred"))
                if !done.left.isEmpty {
                    Console.note(
                        Text(
                            "另有 \(done.left.count) 项须逐项决定(laurel honours review)",
                            "\(done.left.count) more are to be decided one by one (laurel honours review)"
                        )
                    )
                }
                return
            }
            var shown: [String: String] = [:]
            for item in evidence {
                let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, shown[parts[0]] == nil else {
                    throw Refusal(
                        "honour.evidence",
                        Text(
                            "“\(item)”应写作 条件=证据,每个条件一次",
                            "\"\(item)\": expected CONDITION=EVIDENCE, each condition once"
                        ),
                        at: Place(file: "--evidence")
                    )
                }
                shown[parts[0]] = parts[1]
            }
            let level = try level.map(HonoursCommand.skillLevel)
            try acting.act { office, key in
                try office.confer(
                    honour,
                    evidence: shown,
                    decidedBy: decidedBy,
                    level: level,
                    reason: reason,
                    by: key
                )
            }
        }
    }

    private static func skillLevel(_ text: String) throws -> SkillLevel {
        guard let level = SkillLevel(rawValue: text) else {
            let known = SkillLevel.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                "data.choice",
                Text("“\(text)”应为以下之一:\(known)", "\"\(text)\": expected one of \(known)"),
                at: Place(file: "--level")
            )
        }
        return level
    }

    struct Decline: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "登记主管部门不予授予的决定(不删除)",
                    "note that the body that decides said no; nothing is deleted"
                )
            )
        }
        @Argument(help: help("荣誉编号", "the honour")) var honour: String
        @Option(help: help("作出决定的主管部门", "the body that decided")) var decidedBy: String
        @Option(help: help("理由", "its reason")) var reason: String
        @OptionGroup var acting: Acting

        func run() throws {
            try acting.act {
                try $0.decline(honour, decidedBy: decidedBy, reason: reason, by: $1)
            }
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

    struct Show: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "一项荣誉的全部:条款、成绩、条件与证据、经过",
                    "all of one honour: clause, result, conditions with their evidence, what was done"
                )
            )
        }
        @Argument(help: help("荣誉编号", "the honour")) var honour: String
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let page = HonourPage(dossier: try event.open().dossier(ofHonour: honour))
            switch output.format {
            case .json: try output.write(page.json.canonicalText + "\n")
            case .table: try output.write(page.text(Console.language))
            case .csv, .xlsx:
                let rows = page.lines(Console.language).map { [$0.0, $0.1] }
                try output.print(
                    header: ["what", "is"],
                    rows: rows,
                    json: jsonRows(["what", "is"], rows)
                )
            }
        }
    }

    struct Review: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "对照最新成绩:应有、待定、新增、不再成立、成绩已变的荣誉",
                    "hold the register to the latest results: what stands, is open, rises, falls or changed"
                )
            )
        }
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let language = Console.language
            let review = try office.reviewHonours()
            let vocabulary = office.honourRules.vocabulary
            let changed = Set(review.changed.map(\.id))
            var rows = review.proposals.map { proposal, row in
                [
                    row?.id ?? proposal.id, proposal.title[language],
                    proposal.rule.kind.text[language], row?.state ?? "",
                    row.map { changed.contains($0.id) } ?? false
                        ? tr("成立,成绩已变,可换发", "stands on a result that changed")
                        : standing(proposal, row),
                    proposal.missing.map { vocabulary[$0]?.title[language] ?? $0 }
                        .joined(separator: ", "), proposal.rule.citation.text,
                ]
            }
            rows += review.fallen.map { row in
                [
                    row.id, office.title(of: row)[language],
                    HonourKind(rawValue: row.kind)?.text[language] ?? row.kind, row.state,
                    tr("不再成立", "no longer stands"), "",
                    office.honourRules.rule(row.rule)?.citation.text ?? "",
                ]
            }
            let header = ["honour", "title", "kind", "state", "verdict", "missing", "source"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }

        private func standing(_ proposal: HonourProposal, _ row: HonourRow?) -> String {
            if let measure = proposal.candidate.sanction {
                return tr("惩戒期内(\(measure)),排除", "excluded by a sanction (\(measure))")
            }
            if let row, row.state == "conferred", !proposal.holds {
                return tr("成立,条件已有证据", "holds, its conditions shown")
            }
            guard proposal.holds else { return tr("待定", "undetermined") }
            if proposal.rule.kind == .priority {
                return tr("优先推荐(不登记)", "priority (not registered)")
            }
            return row == nil ? tr("成立,新增", "holds, rises") : tr("成立", "holds")
        }
    }

    struct Reissue: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "换发:成绩更正后重新提出,授予时原荣誉作废(不删除)",
                    "propose anew after a correction; the earlier one is superseded when it is conferred"
                )
            )
        }
        @Argument(help: help("原荣誉编号", "the earlier honour")) var honour: String
        @Option(help: help("理由", "the reason")) var reason: String
        @OptionGroup var acting: Acting

        func run() throws {
            try acting.act { office, key in
                let done = try office.reissueHonour(honour, reason: reason, by: key)
                Console.say(done.honour)
                return done.receipt
            }
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
        @OptionGroup var acting: Acting

        func run() throws {
            try acting.act { try $0.revokeHonour(honour, reason: reason, by: $1) }
        }
    }
}
