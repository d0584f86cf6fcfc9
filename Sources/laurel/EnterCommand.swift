import Exact
import ArgumentParser
import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat

struct EnterCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "enter",
            abstract: tr(
                "裁判录分(逐行问答;每个分数录入即存盘)",
                "enter marks, line by line; each value is safe the moment it is entered"
            )
        )
    }

    @Argument(help: help("比赛项目(默认:任职所属的项目)", "the item (default: that of the appointment)"))
    var item: String?

    @Option(help: help("次序:entrant(逐人)或 aspect(逐评分点)", "the order: entrant or aspect"))
    var order: OrderName = .entrant

    @Flag(help: help("逐行问答(目前唯一的形式)", "the line-by-line dialogue (the only form so far)"))
    var plain = false

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    enum OrderName: String, CaseIterable, ExpressibleByArgument {
        case entrant
        case aspect
    }

    func run() throws {
        let office = try event.open()
        let name = try speaker.named()
        let appointed = try office.record.appointments().first { $0.name == name }?.item
        guard let code = item ?? appointed else {
            throw Refusal(
                "enter.item",
                Text("请写明比赛项目", "name the item")
            )
        }
        let desk = try MarkingDesk(
            office: office,
            item: try office.item(code).id,
            name: name,
            ring: try speaker.keys.open()
        )
        try PlainDesk(
            desk: desk,
            order: order == .aspect ? .aspect : .entrant,
            office: office
        ).run()
    }
}

/// The desk as a dialogue, for screen readers, dumb terminals and scripts.
struct PlainDesk {
    let desk: MarkingDesk
    let order: MarkingDesk.Order
    let office: Office

    private var language: Language { Console.language }

    init(desk: MarkingDesk, order: MarkingDesk.Order, office: Office) {
        self.desk = desk
        self.order = order
        self.office = office
    }

    func run() throws {
        let progress = desk.progress
        Console.say(
            tr(
                "待交评分表 \(desk.tasks.count) 份,分数 \(progress.all) 个,已录 \(progress.entered) 个。? 显示用法",
                "\(desk.tasks.count) sheets to hand in, \(progress.all) values, \(progress.entered) entered. ? shows the keys"
            )
        )
        let fields = desk.fields(in: order)
        // Where the judge stopped is the first field without a value.
        var index = fields.firstIndex { desk.value($0) == StoredMark.empty } ?? fields.count
        while true {
            if index >= fields.count {
                guard try sign(fields, &index) else { return }
                continue
            }
            show(fields[index], of: fields.count, index)
            guard let line = readLine() else {
                Console.say("")
                return left()
            }
            let words = line.trimmingBlanks()
            do {
                switch words {
                case "?", "？": keys()
                case "q": return left()
                case "<": index = max(0, index - 1)
                case ">", "": index += 1
                case "s": index = fields.count
                case "n":
                    try desk.markNotAttempted(fields[index])
                    index += 1
                case let text where text.hasPrefix("#"):
                    try desk.comment(String(text.dropFirst()).trimmingBlanks(), at: fields[index])
                    Console.say(tr("已记下备注", "the comment is kept"))
                default:
                    try desk.enter(words, at: fields[index])
                    index += 1
                }
            } catch let refusal as Refusal {
                for finding in refusal.findings { Console.say(finding.message[language]) }
            }
        }
    }

    private func show(_ field: MarkingDesk.Field, of count: Int, _ index: Int) {
        let task = desk.tasks[field.task]
        let slot = desk.slot(field)
        let who = task.judge.map { " " + $0.text } ?? tr(" 裁判组", " panel")
        let attempt = desk.units[task.unit].attempts > 1 ? " #\(task.attempt)" : ""
        var lines = [
            "[\(index + 1)/\(count)] \(task.entrant.text) \(slot.part.text).\(slot.aspect.id.text)\(attempt)\(who)",
            "  " + slot.aspect.title[language],
        ]
        if let description = slot.aspect.description { lines.append("  " + description[language]) }
        if let requirement = slot.aspect.requirement { lines.append("  " + requirement[language]) }
        switch slot.aspect.marking {
        case .judgement(_, _, let levels):
            lines += levels.enumerated().map { "    \($0) \($1[language])" }
        case .options(let options):
            lines += options.map { "    \($0.code.shortest) \($0.title?[language] ?? "")" }
        default: break
        }
        let value = desk.value(field)
        let known =
            value == StoredMark.empty
            ? "" : tr(",现为 ", ", now ") + slot.aspect.text(stored: value)
        lines.append("  (\(slot.aspect.expectation[language])\(known)) > ")
        Console.write(lines.joined(separator: "\n"))
        if isatty(0) == 0 { Console.say("") }
    }

    /// Review and signature; false where the judge is done or leaves.
    private func sign(_ fields: [MarkingDesk.Field], _ index: inout Int) throws -> Bool {
        let ready = desk.ready.count
        let progress = desk.progress
        Console.say(
            tr(
                "已录 \(progress.entered)/\(progress.all);可交 \(ready) 份,未录齐 \(desk.tasks.count - ready) 份",
                "\(progress.entered)/\(progress.all) entered; \(ready) sheets are ready, \(desk.tasks.count - ready) are not"
            )
        )
        guard ready > 0 else {
            left()
            return false
        }
        Console.say(
            tr("y 签名并提交,< 返回查看,q 离开", "y signs and hands in, < goes back, q leaves")
        )
        guard let answer = readLine()?.trimmingBlanks() else {
            left()
            return false
        }
        switch answer.lowercased() {
        case "y", "是":
            for receipt in try desk.handIn() {
                Console.say(
                    tr(
                        "回执 \(receipt.statement.short)(第 \(receipt.position) 条),请写在纸质表上",
                        "receipt \(receipt.statement.short) (entry \(receipt.position)): write it on the paper form"
                    )
                )
            }
            if !desk.tasks.isEmpty { left() }
            return false
        case "<":
            index = max(0, fields.count - 1)
            return true
        default:
            left()
            return false
        }
    }

    private func left() {
        let progress = desk.progress
        Console.say(
            tr(
                "未提交的分数已加密存于密钥旁(\(progress.entered) 个);下次从此处继续",
                "\(progress.entered) values are kept, encrypted, beside the key; the next time goes on here"
            )
        )
    }

    private func keys() {
        Console.say(
            tr(
                """
                直接输入分数后回车;< 上一项;> 或回车 跳过;n 未做;# 文字 备注;
                s 去签名;q 离开(已录的都在);? 本说明。时间可写 mm:ss.t,缺考写“缺考”。
                """,
                """
                Type a mark and Enter; < the field before; > or Enter leaves it open; n not attempted;
                # text a comment; s to the signature; q leaves (all is kept); ? this. Times as mm:ss.t.
                """
            )
        )
    }
}
