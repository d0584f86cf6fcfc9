import ArgumentParser
import Competition
import Findings
import Ledger
import Seal
import Secretariat

struct ReopenCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reopen",
            abstract: tr(
                "请求重新开放项目(写明理由);另一人用 laurel second 附议后生效",
                "ask that an item be opened again, with a reason; another person seconds it (laurel second)"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Option(help: help("理由", "the reason"))
    var reason: String

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let item = try office.item(item).id
        try acknowledge(
            try office.say(
                .reopen,
                [.init("item", .string(item.text))],
                "reason",
                reason,
                by: try speaker.key()
            ),
            in: office
        )
        Console.note(
            Text(
                "须由另一人附议:laurel second \(item.text)",
                "another person must second it: laurel second \(item.text)"
            )
        )
    }
}

struct SecondCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "second",
            abstract: tr(
                "附议(第二人):重新开放、抽签承诺、解密、删除个人信息",
                "second, as another person: a reopening, a draw, a reveal, an erasure"
            )
        )
    }

    @Argument(help: help("比赛项目(删除个人信息时不写)", "the item (none for an erasure)"))
    var item: String?

    @Option(
        help: help("哪一种:commit、reveal、reopen、erase", "which kind: commit, reveal, reopen, erase")
    )
    var kind: String?

    @Flag(help: help("只列出等待附议的陈述", "only list what waits"))
    var list = false

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        if list {
            let rows = try office.record.pending().map {
                [
                    "\($0.position)", $0.kind.text[Console.language], $0.item?.text ?? "",
                    $0.layer.map { "\($0)" } ?? "", $0.person, $0.id.short,
                ]
            }
            let header = ["entry", "kind", "item", "layer", "person", "receipt"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            return
        }
        let (row, receipt) = try office.second(
            try item.map { try office.item($0).id },
            kind: try kind.map(Self.kind),
            by: try speaker.named(),
            in: try speaker.keys.open()
        )
        let what = row.kind.text
        Console.note(Text("已附议:\(what.zh)", "seconded: \(what.en)"))
        try acknowledge(receipt, in: office)
    }
}

extension SecondCommand {
    private static func kind(_ word: String) throws -> StatementKind {
        let kinds = RoleRule.table.filter { !$0.seconds.isEmpty }.map(\.kind)
        guard let kind = kinds.first(where: { $0.rawValue == word }) else {
            let known = kinds.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                "second.kind",
                Text("没有“\(word)”;应为 \(known)", "there is no \"\(word)\"; expected \(known)")
            )
        }
        return kind
    }
}

struct DrawCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "draw",
            abstract: tr(
                "加密抽签的下一步:承诺,或(附议之后)抽签",
                "the next step of a draw of blind numbers: commit, or (once seconded) draw"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Option(help: help("第几层(默认下一层)", "which layer (the next by default)"))
    var layer: Int?

    @Option(help: help("重新抽签的理由(评分开始前)", "why it is drawn again (before marking begins)"))
    var again: String?

    @Flag(help: help("列出号码与回避裁判", "list the numbers and the judges barred from each"))
    var list = false

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let item = try office.item(item).id
        if list {
            let rows = try office.record.subjects(of: item).map {
                [
                    $0.entrant.id.text, $0.entrant.status.rawValue,
                    $0.barred.sorted().joined(separator: " "),
                ]
            }
            let header = ["number", "status", "barred"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            return
        }
        var ring = try speaker.keys.open()
        let step = try office.nextDraw(
            item,
            layer: layer,
            by: try speaker.named(),
            in: &ring,
            again: again
        )
        switch step {
        case .committed(let receipt):
            try acknowledge(receipt, in: office)
            Console.note(
                Text(
                    "已承诺;请监督或裁判长附议(laurel second \(item.text)),然后再次运行 laurel draw",
                    "committed; the supervisor or chief judge seconds it (laurel second \(item.text)), then run laurel draw again"
                )
            )
            Console.note(
                Text(
                    "抽签密钥在密钥文件 \(ring.path) 中:丢失则无法解密,请备份",
                    "the secret of the draw is in \(ring.path): without it nothing can be revealed; keep a copy"
                )
            )
        case .drawn(let receipt):
            try acknowledge(receipt, in: office)
            let numbers = try office.record.draws(of: item).last?.numbers ?? []
            Console.note(
                Text("已抽签:\(numbers.count) 个号码", "drawn: \(numbers.count) numbers")
            )
        }
    }
}

struct RevealCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reveal",
            abstract: tr(
                "请求解密最内一层;由该层持有人用 laurel second 打开",
                "ask that the innermost closed layer be opened; its holder opens it (laurel second)"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let item = try office.item(item).id
        try acknowledge(try office.askReveal(item, by: try speaker.key()), in: office)
        if let layer = try office.record.draws(of: item).last(where: { $0.sources.isEmpty }) {
            Console.note(
                Text(
                    "第 \(layer.layer) 层由 \(layer.holder) 持有,请其运行 laurel second \(item.text)",
                    "layer \(layer.layer) is held by \(layer.holder), who runs laurel second \(item.text)"
                )
            )
        }
    }
}
