import ArgumentParser
import Competition
import Exact
import Findings
import Foundation
import Seal
import Secretariat

extension ScorecardCommand {
    struct Show: ParsableCommand {
        enum Reader: String, CaseIterable, ExpressibleByArgument {
            case judge
            case entrant
        }

        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "显示评分表:裁判所见的全表,或选手可见的摘要(不含评分点)",
                    "show a card: the form that a judge sees, or the summary that an entrant may see (no aspects)"
                )
            )
        }

        @Argument(help: help("比赛项目或评分表文件", "an item or a scorecard file"))
        var card: String

        @Option(
            name: .customLong("for"),
            help: help("给谁看:judge 或 entrant", "for whom: judge or entrant")
        )
        var reader: Reader = .judge

        @OptionGroup var cards: CardOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let card = try cards.find(card, quiet: common.quiet)
            switch reader {
            case .judge: try showForm(CardForm(card), card)
            case .entrant: try showSummary(CardSummary(card), card)
            }
        }

        private func showForm(_ form: CardForm, _ card: Scorecard) throws {
            let language = Console.language
            switch output.format {
            case .json: try output.write(form.json.canonicalText + "\n")
            case .table:
                let lines = form.lines.map { line in
                    let text = String(repeating: "  ", count: line.depth) + line.text[language]
                    return text + "\n"
                }
                try output.write(lines.joined())
            case .csv, .xlsx:
                let rows = try card.shares().map { share in
                    [
                        share.path.map(\.id.text).joined(separator: "."), share.aspect.id.text,
                        share.aspect.title[language], share.aspect.marking.kind.rawValue,
                        share.aspect.marking.sentence[language],
                        share.aspect.requirement?[language] ?? "",
                        share.aspect.section.map { "\($0)" } ?? "", share.marks.shortest,
                    ]
                }
                let header = [
                    "node", "aspect", "title", "kind", "marking", "requirement", "section", "marks",
                ]
                try output.print(header: header, rows: rows, json: .null)
            }
        }

        private func showSummary(_ summary: CardSummary, _ card: Scorecard) throws {
            let language = Console.language
            let isTable = output.format == .table
            let rows = summary.rows.map { row in
                [
                    (isTable ? String(repeating: "  ", count: row.depth) : "") + row.id,
                    row.title[language], row.day.map { "\($0)" } ?? "", row.marks.shortest,
                ]
            }
            if isTable, output.out == nil {
                Console.say(card.title[language] + "  " + card.id)
                if let note = card.note { Console.say(note[language]) }
            }
            let header = ["node", "title", "day", "marks"]
            try output.print(header: header, rows: rows, json: summary.json)
        }
    }

    struct New: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "为一个项目写出带注释的评分表骨架",
                    "write a commented skeleton of a card for an item"
                )
            )
        }

        @Argument(help: help("比赛项目", "the item"))
        var item: String

        @Option(help: help("写入的文件(已存在则拒绝)", "the file to write (refused where it exists)"))
        var out: String?

        @OptionGroup var cards: CardOption
        @OptionGroup var standards: StandardsOption
        @OptionGroup var common: Common

        func run() throws {
            let item = try ScorecardDesk.item(item, eventFolder: cards.eventFolder)
            var sections: [StandardSection] = []
            if let skill = item.worldSkillsNumber {
                sections = try ScorecardDesk.sections(
                    skill: skill,
                    file: standards.standards,
                    // The table stands beside the cards that the event has.
                    beside: try? ScorecardDesk.find(
                        item.id.text,
                        eventFolder: cards.eventFolder
                    ).file
                )
            }
            let text = ScorecardDesk.skeleton(for: item, sections: sections)
            try NewFile.write(Data(text.utf8), to: out)
        }
    }
}

/// A file that a person asked for, which never takes the place of another.
enum NewFile {
    static func exists(_ path: String) -> Refusal {
        Refusal(
            "file.exists",
            Text("文件已存在,不会覆盖", "the file exists and is not written over"),
            at: Place(file: path)
        )
    }

    /// Writes to a file that is not there yet, or to standard output.
    ///
    /// - Throws: a ``Refusal`` where the file exists, a ``Failure`` where it can't be written.
    static func write(_ data: Data, to path: String?) throws {
        guard let path else {
            FileHandle.standardOutput.write(data)
            return
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw exists(path)
        }
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
            throw Failure(Text("写不了文件 \(path)", "can't write the file \(path)"))
        }
    }
}
