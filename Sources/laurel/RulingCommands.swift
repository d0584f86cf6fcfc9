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
        case .witnessed(let receipt): try acknowledge(receipt, in: office)
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

struct OrderCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "order",
            abstract: tr("裁判长裁定并列选手的先后", "the chief judge rules on the order of level entrants")
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Argument(help: help("选手,按先后", "the entrants, the first first"))
    var entrants: [String]

    @Option(help: help("理由,如加赛结果", "the reason, such as a play-off"))
    var reason: String

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        try acknowledge(
            try office.say(
                .order,
                [
                    "entrants": .array(entrants.map(JSONValue.string)),
                    "item": .string(try office.item(item).id.text), "reason": .string(reason),
                ],
                by: try speaker.key()
            ),
            in: office
        )
    }
}

struct SettleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "settle",
            abstract: tr(
                "仲裁:同一处有几份评分表时保留哪一份,或不受理转入的陈述",
                "the panel rules which of several sheets stands, or turns a held statement away"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String

    @Option(help: help("保留的评分表(回执)", "the sheet that stands (its receipt)"))
    var keep: String?

    @Option(help: help("不受理的陈述(回执)", "the held statement that is turned away (its receipt)"))
    var drop: [String] = []

    @Option(help: help("理由", "the reason"))
    var reason: String?

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let item = try office.item(item).id
        let sheets = try office.record.contested(of: item)
        guard keep != nil || !drop.isEmpty else {
            let rows = sheets.map { [$0.id.short, $0.place, $0.person, localTime($0.admittedAt)] }
            let header = ["receipt", "sheet", "person", "admitted"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            return
        }
        guard let reason else {
            throw ValidationError(tr("请用 --reason 写明理由", "give a reason with --reason"))
        }
        if let keep {
            try acknowledge(
                try office.settle(
                    item,
                    keep: try one(keep, of: sheets.map(\.id)),
                    reason: reason,
                    by: try speaker.key()
                ),
                in: office
            )
        }
        if !drop.isEmpty {
            let held = try office.record.held().map(\.id)
            let ids = try drop.map { JSONValue.string(try one($0, of: held).hex) }
            try acknowledge(
                try office.say(
                    .settle,
                    [.init("drop", .array(ids)), .init("item", .string(item.text))],
                    "reason",
                    reason,
                    by: try speaker.key()
                ),
                in: office
            )
        }
    }

    /// The only statement whose name begins so.
    private func one(_ beginning: String, of ids: [Digest]) throws -> Digest {
        let found = ids.filter { $0.hex.hasPrefix(beginning.lowercased()) }
        guard found.count == 1, beginning.count >= 4 else {
            throw Refusal(
                "settle.which",
                Text(
                    "“\(beginning)”不是唯一的回执(\(found.count) 个符合)",
                    "\"\(beginning)\" is not one receipt (\(found.count) fit)"
                )
            )
        }
        return found[0]
    }
}

struct PenaltyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "penalty",
            abstract: tr(
                "违规处理与参赛状态:扣分、模块作废、缺考、弃权、取消成绩,裁判与工作人员的处理;--list 列出登记表",
                "the register of violations: deductions, void parts, absence, disqualification; --list shows it"
            )
        )
    }

    @Argument(help: help("比赛项目", "the item"))
    var item: String?

    @Argument(
        help: help(
            "选手(解密前写加密号),或裁判、工作人员的名称",
            "the entrant (or blind number), judge or staff member"
        )
    )
    var subject: String?

    @Option(help: help("谁违规:entrant、judge、staff", "whose violation: entrant, judge or staff"))
    var of: OffenderName = OffenderName(offender: .entrant)

    @Option(help: help("从总分扣多少", "how much is taken off the total"))
    var deduct: String?

    @Option(help: help("作废的模块", "the part that is void"))
    var void: String?

    @Option(
        help: help(
            "处理:talk、warning、serious-warning、disqualification",
            "the measure: talk, warning, serious-warning, disqualification"
        )
    )
    var measure: MeasureName?

    @Option(help: help("状态:absent、withdrew、disqualified", "absent, withdrew or disqualified"))
    var status: String?

    @Option(help: help("发生时间", "when it happened"))
    var at: String?

    @Option(help: help("所属代表队", "the delegation"))
    var delegation: String?

    @Option(help: help("行为描述或理由", "what happened, or the reason"))
    var reason: String?

    @Flag(help: help("列出登记表", "list the register"))
    var list = false

    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    struct OffenderName: ExpressibleByArgument {
        let offender: Offender
        init(offender: Offender) { self.offender = offender }
        init?(argument: String) {
            guard let offender = Offender(rawValue: argument) else { return nil }
            self.offender = offender
        }
        static var allValueStrings: [String] { Offender.allCases.map(\.rawValue) }
        var defaultValueDescription: String { offender.rawValue }
    }

    struct MeasureName: ExpressibleByArgument {
        let measure: Measure
        init?(argument: String) {
            guard let measure = Measure(rawValue: argument) else { return nil }
            self.measure = measure
        }
        static var allValueStrings: [String] { Measure.allCases.map(\.rawValue) }
    }

    func validate() throws {
        guard !list else { return }
        guard item != nil, subject != nil, reason != nil else {
            throw ValidationError(
                tr("请写明项目、人员和 --reason", "name the item, the person and --reason")
            )
        }
        guard (status == nil) != (deduct == nil && void == nil && measure == nil) else {
            throw ValidationError(
                tr(
                    "--status 与 --deduct/--void/--measure 择一",
                    "either --status, or --deduct, --void or --measure"
                )
            )
        }
    }

    func run() throws {
        let office = try event.open()
        if list {
            try printRegister(office)
            return
        }
        let item = try office.item(item ?? "").id
        let (subject, reason) = (subject ?? "", reason ?? "")
        if let status {
            guard let status = EntrantStatus(rawValue: status) else {
                throw Refusal(
                    "standing.status",
                    Text(
                        "没有状态“\(status)”,应为 absent、withdrew、disqualified 或 competing",
                        "there is no status \"\(status)\"; expected absent, withdrew, disqualified or competing"
                    )
                )
            }
            let receipt = try office.state(
                status,
                of: subject,
                in: item,
                reason: reason,
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
            return
        }
        var violation = Violation(
            item: item,
            offender: of.offender,
            subject: subject,
            measure: measure?.measure ?? (void == nil ? .deduction : .voidPart),
            conduct: reason
        )
        violation.deduction = deduct
        violation.voidPart = void
        violation.occurredAt = at
        violation.delegation = delegation
        try acknowledge(try office.enter(violation, by: try speaker.key()), in: office)
    }

    private func printRegister(_ office: Office) throws {
        let language = Console.language
        let wanted = try item.map { try office.item($0).id.text }
        let rows = try office.record.violations().filter {
            wanted == nil || $0.item == wanted
        }.map { row in
            let effect = [row.deduction == "0" ? nil : "−" + row.deduction, row.voidPart]
            return [
                "\(row.position)", row.item, row.offender.text[language], row.subject,
                row.delegation ?? "", row.occurredAt ?? "", row.measure.text[language],
                effect.compactMap { $0 }.joined(separator: " "),
                try office.record.note(row.reason) ?? tr("(已删除)", "(erased)"),
            ]
        }
        let header = [
            "entry", "item", "offender", "subject", "delegation", "occurred", "measure", "effect",
            "conduct",
        ]
        try output.print(header: header, rows: rows, json: jsonRows(header, rows))
    }
}
