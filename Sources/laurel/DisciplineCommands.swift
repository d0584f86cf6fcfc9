import ArgumentParser
import Competition
import Findings
import Ledger
import Seal
import Secretariat

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
        guard keep == nil || drop.isEmpty else {
            throw ValidationError(tr("--keep 与 --drop 择一", "either --keep or --drop"))
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
