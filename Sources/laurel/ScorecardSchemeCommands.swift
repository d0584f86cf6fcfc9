import ArgumentParser
import Competition
import Exact
import Findings
import Foundation
import Secretariat

extension ScorecardCommand {
    struct Import: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "由 CIS 评分方案工作簿(.xlsx)写出评分表",
                    "make a card of a CIS marking scheme workbook (.xlsx)"
                )
            )
        }

        @Argument(help: help("CIS 工作簿", "the CIS workbook"))
        var scheme: String

        @Option(help: help("写入的评分表(已存在则拒绝)", "the card to write (refused where it exists)"))
        var out: String?

        @OptionGroup var common: Common

        func run() throws {
            let imported = ScorecardDesk.importScheme(scheme)
            guard let text = imported.text, let card = imported.card else {
                throw Refusal(imported.findings)
            }
            if !common.quiet { Console.report(imported.findings) }
            try NewFile.write(Data(text.utf8), to: out)
            guard !common.quiet else { return }
            let aspects = card.parts.flatMap(\.aspects)
            let judged = aspects.count { $0.marking.kind == .judgement }
            let max = card.total.max?.shortest ?? "–"
            Console.note(
                Text(
                    "\(card.parts.count) 个评分项,\(card.units.count) 个评分子项,测量 \(aspects.count - judged) 个、评价 \(judged) 个评分点,\(max) 分",
                    "\(card.parts.count) criteria, \(card.units.count) sub-criteria, \(aspects.count - judged) measurement and \(judged) judgement aspects, \(max) marks"
                )
            )
        }
    }

    struct Export: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "把评分表写成 CIS 评分方案工作簿(.xlsx),列出它装不下的",
                    "write a card as a CIS marking scheme workbook (.xlsx), and tell what it can't hold"
                )
            )
        }

        @Argument(help: help("比赛项目或评分表文件", "an item or a scorecard file"))
        var card: String

        @Option(
            help: help(
                "写入的工作簿(默认:评分表名.xlsx;已存在则拒绝)",
                "the workbook to write (default: the card's name.xlsx; refused where it exists)"
            )
        )
        var out: String?

        @OptionGroup var cards: CardOption
        @OptionGroup var standards: StandardsOption
        @OptionGroup var common: Common

        func run() throws {
            let found = try cards.found(card, quiet: common.quiet)
            let path = out ?? found.card.id.replacing("/", with: "-") + ".xlsx"
            guard !FileManager.default.fileExists(atPath: path) else { throw NewFile.exists(path) }
            let findings = try ScorecardDesk.exportScheme(
                found,
                sections: try sections(found),
                language: Console.language,
                to: path
            )
            if !common.quiet {
                Console.report(findings)
                Console.note(Text("已写入 \(path)", "written: \(path)"))
            }
        }

        /// The sections of the card's standard; none where there is no table of them.
        private func sections(_ found: ScorecardDesk.Found) throws -> [StandardSection] {
            guard let skill = found.card.standard?.skill else { return [] }
            let read = { (file: String?) throws -> [StandardSection] in
                try ScorecardDesk.sections(skill: skill, file: file, beside: found.file)
            }
            if let file = standards.standards { return try read(file) }
            return (try? read(nil)) ?? []
        }
    }
}
