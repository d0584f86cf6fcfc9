internal import Competition
public import Findings
internal import Exact
internal import Ledger
internal import Seal
public import Secretariat

/// The judge's desk as a dialogue of lines, for screen readers, dumb terminals and scripts.
public struct PlainDesk {
    let desk: MarkingDesk
    let words: DeskWords
    let order: MarkingDesk.Order
    let read: () -> String?
    let write: (String) -> Void

    /// Sets up a dialogue.
    ///
    /// - Parameters:
    ///   - desk: the desk.
    ///   - language: the language of what is written.
    ///   - order: in which order the fields come.
    ///   - read: the next line of the judge; nil where there is none.
    ///   - write: writes text, with the ends of its lines.
    public init(
        desk: MarkingDesk,
        language: Language,
        order: MarkingDesk.Order,
        read: @escaping () -> String?,
        write: @escaping (String) -> Void
    ) {
        self.desk = desk
        words = DeskWords(language: language)
        self.order = order
        self.read = read
        self.write = write
    }

    private func tr(_ zh: String, _ en: String) -> String { words.tr(zh, en) }

    private func say(_ zh: String, _ en: String) { write(tr(zh, en) + "\n") }

    /// Goes through the fields until the judge leaves or the input ends.
    ///
    /// - Throws: what the record refuses at the end; values that were taken are kept.
    public func run() throws {
        let progress = desk.progress
        say(
            "待交评分表 \(desk.tasks.count) 份,分数 \(progress.all) 个,已录 \(progress.entered) 个。? 显示用法",
            "\(desk.tasks.count) sheets to hand in, \(progress.all) values, \(progress.entered) entered. ? shows the keys"
        )
        for (question, answer) in try desk.answers() {
            say(
                "裁判长答复第 \(question.position) 条:\(answer)",
                "the chief judge answers entry \(question.position): \(answer)"
            )
        }
        var fields = desk.fields(in: order)
        var index = start(fields)
        while true {
            guard index < fields.count else {
                guard try sign(fields, &index) else { return }
                fields = desk.fields(in: order)
                continue
            }
            show(fields[index], of: fields.count, index)
            guard let line = read() else {
                write("\n")
                return left()
            }
            do {
                guard try take(line.trimmingBlanks(), fields, &index) else { return left() }
            } catch let refusal as Refusal {
                for finding in refusal.findings { write(finding.message[words.language] + "\n") }
            }
        }
    }

    /// Where the judge stopped: the first field without a value, or of a sheet that came back.
    private func start(_ fields: [MarkingDesk.Field]) -> Int {
        fields.firstIndex { field in
            let task = desk.tasks[field.task]
            return desk.value(field) == StoredMark.empty
                || desk.purpose == .entry && desk.cameBack(task) && desk.reason(task) == nil
        } ?? fields.count
    }

    /// Takes a line; false where the judge leaves.
    private func take(
        _ line: String,
        _ fields: [MarkingDesk.Field],
        _ index: inout Int
    ) throws -> Bool {
        let field = fields[index]
        switch Aspect.plain(line) {
        case "?": keys()
        case "q": return false
        case "<": index = max(0, index - 1)
        case ">", "": index += 1
        case "s": index = fields.count
        case "x":
            try desk.markNotAttempted(field)
            index += 1
        case "u":
            guard let undone = try desk.undo() else {
                say("没有可撤销的", "nothing to take back")
                break
            }
            index = fields.firstIndex(of: undone) ?? index
        case let text where text.hasPrefix("#"):
            try desk.comment(rest(line), at: field)
            say("备注已存,随评分表提交", "the comment is kept and goes in with the sheet")
        case let text where text.hasPrefix("!"):
            let receipt = try desk.ask(rest(line), at: field)
            say(
                "已提请裁判长(回执 \(receipt.statement.short))",
                "the chief judge is asked (receipt \(receipt.statement.short))"
            )
        case let text where text.hasPrefix("="):
            try desk.explain(rest(line), of: desk.tasks[field.task])
            say("理由已存", "the reason is kept")
        default:
            try desk.enter(line, at: field)
            index += 1
        }
        return true
    }

    private func rest(_ line: String) -> String { String(line.dropFirst()).trimmingBlanks() }

    private func show(_ field: MarkingDesk.Field, of count: Int, _ index: Int) {
        let task = desk.tasks[field.task]
        let slot = desk.slot(field)
        let aspect = slot.aspect
        let who = task.judge.map { " " + $0.text } ?? tr(" 裁判组", " panel")
        let attempt = desk.units[task.unit].attempts > 1 ? " #\(task.attempt)" : ""
        var lines = [
            "[\(index + 1)/\(count)] \(task.entrant.text) \(slot.address)\(attempt)\(who)",
            "  " + aspect.title[words.language],
        ]
        for cause in desk.returns[task]?.causes ?? [] {
            lines.append("  " + words.text(cause, desk.slots(task)))
        }
        for text in [aspect.description, aspect.requirement].compactMap({ $0 }) {
            lines.append("  " + text[words.language])
        }
        switch aspect.marking {
        case .judgement(_, _, let levels):
            lines += levels.enumerated().map { "    \($0) \($1[words.language])" }
        case .options(let options):
            lines += options.map { "    \($0.code.shortest) \($0.title?[words.language] ?? "")" }
        default: break
        }
        let value = words.text(desk.value(field), aspect)
        let known = value.isEmpty ? "" : tr(",现为 ", ", now ") + value
        lines.append("  (\(aspect.expectation[words.language])\(known)) > ")
        write(lines.joined(separator: "\n"))
    }

    /// Review and signature; false where the judge is done or leaves.
    private func sign(_ fields: [MarkingDesk.Field], _ index: inout Int) throws -> Bool {
        let ready = desk.ready.count
        let progress = desk.progress
        let open = desk.tasks.count - ready
        say(
            "已录 \(progress.entered)/\(progress.all);可交 \(ready) 份,未录齐 \(open) 份",
            "\(progress.entered)/\(progress.all) entered; \(ready) sheets are ready, \(open) are not"
        )
        let unexplained = desk.tasks.filter {
            desk.purpose == .entry && desk.cameBack($0) && desk.reason($0) == nil
        }
        for task in unexplained {
            say(
                "\(words.text(task, desk)):退回的表须写明理由(= 理由)",
                "\(words.text(task, desk)) came back: say why it is corrected or upheld (= reason)"
            )
        }
        guard ready > 0 else {
            left()
            return false
        }
        say("y 签名并提交,< 返回查看,q 离开", "y signs and hands in, < goes back, q leaves")
        guard let answer = read()?.trimmingBlanks() else {
            left()
            return false
        }
        switch Aspect.plain(answer).lowercased() {
        case "y", "是":
            for sheet in try desk.handIn() {
                let short = sheet.receipt.statement.short
                let place =
                    desk.waiting > 0
                    ? Text("断网,存于本机待发送", "off line: kept here, waiting to be sent")
                    : Text(
                        "第 \(sheet.receipt.position) 条",
                        "entry \(sheet.receipt.position)"
                    )
                say(
                    "\(words.text(sheet.task, desk)):回执 \(short)(\(place.zh)),请写在纸质表上",
                    "\(words.text(sheet.task, desk)): receipt \(short) (\(place.en)): write it on the paper form"
                )
                if !sheet.differs.isEmpty {
                    let list = sheet.differs.joined(separator: " ")
                    say("  与第一次录入不同:\(list)", "  differs from the first entry: \(list)")
                }
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
        let entered = desk.progress.entered
        say(
            "未提交的分数已加密存于密钥旁(\(entered) 个);下次从此处继续",
            "\(entered) values are kept, encrypted, beside the key; the next time goes on here"
        )
    }

    private func keys() {
        say(
            """
            直接输入分数后回车;< 上一项;> 或空行 跳过;x 未做;u 撤销;# 文字 备注;! 文字 提请裁判长;
            = 文字 退回的表更正或维持原分的理由;s 去签名;q 离开(已录的都在);? 本说明。时间可写 mm:ss.t。
            """,
            """
            Type a mark and Enter; < the field before; > or an empty line leaves it open; x not attempted;
            u takes back; # text a comment; ! text asks the chief judge; = text why a sheet that came back
            is corrected or upheld; s to the signature; q leaves (all is kept); ? this. Times as mm:ss.t.
            """
        )
    }
}
