import ArgumentParser
import Competition
import Desk
import Findings
import Foundation
import Ledger
import Seal
import Remote
import Secretariat
import Terminal

struct DeskCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "desk",
            abstract: tr(
                "裁判长席:各裁判 × 选手的进度、分歧、复核、退回、锁定",
                "the chief judge's desk: judges × entrants, disagreements, confirm, send back, lock"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Flag(help: help("只打印一次,不开全屏", "print it once instead of a screen"))
    var plain = false

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let id = try office.item(item).id
        let isScreen = !plain && output.format == .table && output.out == nil && Console.hasScreen
        guard isScreen else { return try printed(try office.board(of: id)) }
        let desk = try ChiefDesk(
            office: office,
            item: id,
            name: speaker.name,
            ring: speaker.name == nil ? nil : try speaker.keys.open()
        )
        guard let terminal = TerminalScreen(hasColor: Console.hasColor) else {
            return try printed(desk.board)
        }
        (office.record.upstream as? WorkingCopy)?.keepUp(every: 3)
        let screen = ChiefScreen(desk: desk, language: Console.language)
        terminal.show(screen.frame, screen.press, every: 1000)
        terminal.close()
    }

    /// A row a place: what the grid shows, for scripts and screen readers.
    private func printed(_ board: MarkingBoard) throws {
        let header = ["entrant", "unit", "attempt", "judge", "state", "too_far_apart"]
        let rows = board.sheets.keys.sorted().map { place in
            let apart = board.spreads.filter {
                place.judge != nil && $0.entrant == place.entrant && $0.unit == place.unit
                    && $0.attempt == place.attempt
            }.map { board.units[$0.unit].judged[$0.column].aspect.id.text }
            return [
                place.entrant.text, board.units[place.unit].id.text, "\(place.attempt)",
                place.judge?.text ?? "", board.state(place)?.rawValue ?? "",
                apart.joined(separator: " "),
            ]
        }
        try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        if !common.quiet { Console.note(board.progress.wanting) }
    }
}

struct RemarkCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "remark",
            abstract: tr("备注、提请裁判长、答复", "remarks, questions to the chief judge, answers"),
            subcommands: [Add.self, Answer.self, List.self]
        )
    }

    struct Add: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("备注;--ask 提请裁判长", "a remark; --ask asks the chief judge")
            )
        }

        @Argument(help: help("比赛项目", "the item"))
        var item: String

        @Argument(help: help("内容", "what is said"))
        var words: String

        @Option(help: help("选手编号或加密号", "the entrant or blind number"))
        var entrant: String?

        @Option(help: help("评分点,如 B.B1", "the aspect, such as B.B1"))
        var aspect: String?

        @Flag(help: help("提请裁判长答复", "asks the chief judge"))
        var ask = false

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let receipt = try office.remark(
                words,
                on: RemarkSubject(entrant: entrant, aspect: aspect),
                of: try office.item(item).id,
                isFlag: ask,
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
        }
    }

    struct Answer: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("裁判长答复一项提请", "the chief judge answers a question"))
        }

        @Argument(help: help("比赛项目", "the item"))
        var item: String

        @Argument(help: help("提请的条号(见 remark list)", "the question's entry (see remark list)"))
        var question: Int

        @Argument(help: help("答复", "the answer"))
        var words: String

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let receipt = try office.answer(
                question,
                of: try office.item(item).id,
                words: words,
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "列出备注和提请(锁定前只给裁判长等)",
                    "list remarks and questions (before the lock for the chief judge and the like)"
                )
            )
        }

        @Argument(help: help("比赛项目", "the item"))
        var item: String

        @Flag(help: help("只列未答复的提请", "only questions that are open"))
        var open = false

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let id = try office.item(item).id
            try office.mayLookAtMarks(of: id, by: try speaker.optionalKey()?.verifying)
            let remarks = try office.record.remarks(of: id).filter {
                !open || $0.isFlag && $0.answeredBy == nil
            }
            let rows = try remarks.map { remark in
                [
                    "\(remark.position)", remark.author, remark.isFlag ? "question" : "remark",
                    remark.entrant?.text ?? "", remark.aspect ?? "",
                    remark.answers.map(String.init) ?? "", remark.answeredBy.map(String.init) ?? "",
                    try office.record.note(remark.words) ?? tr("(已删除)", "(erased)"),
                ]
            }
            let header = [
                "entry", "author", "kind", "entrant", "aspect", "answers", "answered_by", "words",
            ]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }
}
