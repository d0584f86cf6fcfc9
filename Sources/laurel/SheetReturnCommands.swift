import ArgumentParser
import Competition
import Findings
import Ledger
import Secretariat

/// Which sheets of an item: an entrant's, in a unit, a judge's or the panel's.
struct SheetPlace: ParsableArguments {
    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Argument(help: help("选手编号或加密号", "the entrant or blind number"))
    var entrant: String

    @Option(help: help("评分单元(只有一个时可省)", "the unit (needed where there are several)"))
    var unit: String?

    @Option(help: help("轮次,从 1 起", "the attempt, from 1"))
    var attempt = 1

    /// The entrant and the unit's place on the card.
    func find(_ board: MarkingBoard) throws -> (entrant: EntrantID, unit: Int) {
        guard let id = EntrantID(entrant), board.entrants.contains(id) else {
            throw Refusal(
                "entrant.unknown",
                Text("\(item) 没有选手 \(entrant)", "\(item) has no entrant \(entrant)")
            )
        }
        let names = board.units.map(\.id.text)
        let known = names.joined(separator: ", ")
        guard let number = unit.map(names.firstIndex(of:)) ?? (names.count == 1 ? 0 : nil) else {
            throw Refusal(
                "sheet.unit",
                Text("请用 --unit 指明评分单元:\(known)", "name the unit with --unit: \(known)")
            )
        }
        return (id, number)
    }
}

extension SheetCommand {
    struct SendBack: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "return",
                abstract: tr(
                    "退回一份评分表(裁判长、监督、录分员)",
                    "send a sheet back (chief judge, supervisor, recorder)"
                )
            )
        }

        @OptionGroup var place: SheetPlace

        @Option(help: help("裁判(不写则为裁判组的)", "the judge (the panel's where none is named)"))
        var judge: String?

        @Option(
            name: .customLong("aspect"),
            help: help("评分点,如 B.B1,可重复;不写为全部", "an aspect such as B.B1, repeatable; none is all")
        )
        var aspects: [String] = []

        @Option(help: help("理由", "the reason"))
        var reason: String

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let item = try office.item(place.item).id
            let found = try place.find(try office.board(of: item))
            let receipt = try office.sendBack(
                MarkingBoard.Place(
                    entrant: found.entrant,
                    unit: found.unit,
                    judge: judge.flatMap { JudgeID($0) },
                    attempt: place.attempt
                ),
                aspects: aspects,
                of: item,
                reason: reason,
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
        }
    }

    struct Show: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "各裁判的分数并列(交齐之后;锁定前只给裁判长等)",
                    "the judges' marks side by side, once all are in (before the lock for the chief judge and the like)"
                )
            )
        }

        @OptionGroup var place: SheetPlace
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let item = try office.item(place.item).id
            let desk = try ChiefDesk(
                office: office,
                item: item,
                name: speaker.name,
                ring: speaker.name == nil ? nil : try speaker.keys.open()
            )
            let (entrant, unit) = try place.find(desk.board)
            guard
                let panel = try desk.marks(of: entrant, unit: unit, attempt: place.attempt)
            else {
                throw Refusal(
                    "marks.incomplete",
                    Text(
                        "各裁判的评分表未交齐,不能并列查看",
                        "not all judges' sheets are in: no mark is shown beside another's"
                    )
                )
            }
            var rows: [[String]] = []
            for sheet in panel {
                let card = desk.board.units[unit]
                let slots = sheet.judge == nil ? card.agreed : card.judged
                for (slot, mark) in zip(slots, sheet.marks) {
                    rows.append([
                        slot.part.text, slot.aspect.id.text, sheet.judge?.text ?? "",
                        slot.aspect.text(stored: mark),
                    ])
                }
            }
            let header = ["part", "aspect", "judge", "mark"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }
}
