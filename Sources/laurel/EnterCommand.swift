import Synchronization
import ArgumentParser
import Competition
import Desk
import Findings
import Foundation
import Ledger
import Remote
import Secretariat
import Terminal

struct EnterCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "enter",
            abstract: tr(
                "裁判录分台(每个分数录入即存盘)",
                "the judge's desk: each value is safe the moment it is entered"
            )
        )
    }

    @Argument(help: help("比赛项目(默认:任职所属的项目)", "the item (default: that of the appointment)"))
    var item: String?

    @Flag(help: help("也录裁判组一致评定的分数", "also enter the values that the panel agrees on"))
    var panel = false

    @OptionGroup var seat: Seat
    @OptionGroup var common: Common

    func run() throws { try seat.sit(item: item, purpose: .entry, panel: panel) }
}

/// How one sits down at the judge's desk.
struct Seat: ParsableArguments {
    @Option(
        help: help(
            "次序:entrant(逐人)或 aspect(逐评分点;评价分宜用)",
            "the order: entrant or aspect (better for judgement)"
        )
    )
    var order: OrderName?

    @Flag(
        help: help(
            "逐行问答:读屏软件、简单终端和脚本",
            "a dialogue of lines: for screen readers, dumb terminals and scripts"
        )
    )
    var plain = false

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption

    enum OrderName: String, CaseIterable, ExpressibleByArgument {
        case entrant
        case aspect
    }

    func sit(item: String?, purpose: MarkingDesk.Purpose, panel: Bool = false) throws {
        let office = try event.open()
        (office.record.upstream as? WorkingCopy)?.keepUp(every: 5)
        let name = try speaker.named()
        let appointed = try office.record.appointments().first { $0.name == name }?.item
        guard let code = item ?? appointed else {
            throw Refusal("enter.item", Text("请写明比赛项目", "name the item"))
        }
        let id = try office.item(code).id
        let isScreen = !plain && Console.hasScreen
        if !plain, isatty(0) == 0 { throw Console.noTerminal("--plain") }
        let desk = try MarkingDesk(
            office: office,
            item: id,
            name: name,
            ring: try speaker.keys.open(),
            purpose: purpose,
            panel: panel
        )
        let wanted = order.flatMap { MarkingDesk.Order(rawValue: $0.rawValue) }
        guard isScreen, let terminal = TerminalScreen(hasColor: Console.hasColor) else {
            try PlainDesk(
                desk: desk,
                language: Console.language,
                order: wanted ?? .entrant,
                read: {
                    // A script's answer is not on the screen; the next line is a line of its own.
                    if isatty(0) == 0 { Console.write("\n") }
                    return readLine()
                },
                write: Console.write
            ).run()
            return
        }
        let screen = JudgeScreen(desk: desk, language: Console.language, order: wanted)
        terminal.show(screen.frame, screen.press)
        terminal.close()
        let kept = desk.progress.entered
        if kept > 0 {
            Console.note(
                Text(
                    "未提交的 \(kept) 个分数已加密存于密钥旁;下次从此处继续",
                    "\(kept) values that are not handed in are kept, encrypted, beside the key; the next time goes on here"
                )
            )
        }
    }
}

extension TerminalScreen {
    /// Shows frames and takes keys until a key leaves.
    ///
    /// - Parameters:
    ///   - frame: what is shown in a window of that size.
    ///   - press: what a key does.
    ///   - milliseconds: how often `press` hears of no key at all; never where negative.
    func show(
        _ frame: (Size) -> Frame,
        _ press: (Key) -> JudgeScreen.Outcome,
        every milliseconds: Int = -1
    ) {
        Console.isOnScreen.store(true, ordering: .relaxed)
        defer { Console.isOnScreen.store(false, ordering: .relaxed) }
        while true {
            draw(frame(size))
            let key = key(within: milliseconds)
            if key == .resize || key == .control("l") { repaint() }
            if press(key) == .leave { return }
        }
    }
}
