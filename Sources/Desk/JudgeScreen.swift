internal import Competition
public import Findings
internal import Ledger
internal import Seal
public import Secretariat
public import Terminal

/// The judge's desk on a screen: what a key does, and what is shown; it draws nothing itself.
///
/// Signs that take one column on some Chinese terminals and two on others (arrows, bullets, box
/// lines) are not used: states are words.
public final class JudgeScreen {
    /// What the caller does after a key.
    public enum Outcome: Sendable {
        /// Goes on.
        case stay
        /// Closes the desk; everything that was entered is kept.
        case leave
    }

    enum Mode: Equatable {
        /// All sheets at a glance.
        case overview
        /// The fields of a sheet, or an aspect across all entrants.
        case fields
        /// All that the card says of one aspect.
        case details
        /// What would be signed.
        case review
        /// What was handed in.
        case receipts
        /// The answers of the chief judge.
        case answers
        /// The keys.
        case help
        /// A line of text is asked for.
        case prompt(Prompt)
    }

    enum Prompt: Equatable {
        case comment(MarkingDesk.Field)
        case question(MarkingDesk.Field)
        case reason(MarkingDesk.Task)
    }

    /// The desk that it shows.
    public let desk: MarkingDesk
    let words: DeskWords
    var mode = Mode.fields
    var before = Mode.fields
    var order: MarkingDesk.Order
    var fields: [MarkingDesk.Field] = []
    var index = 0
    var typed = ""
    var message: DeskMessage?
    var handed: [MarkingDesk.Handed] = []
    var answers: [(question: RemarkRow, answer: String)] = []
    var scroll = 0
    var cell = (row: 0, column: 0)
    /// Set when a one-key value moved on by itself: a hand that adds Enter from habit skips nothing.
    var swallowsEnter = false

    /// Sits down where the judge last stood.
    ///
    /// - Parameters:
    ///   - desk: the desk.
    ///   - language: the language of the screen.
    ///   - order: the order to begin with; that of the last sitting where nil.
    public init(desk: MarkingDesk, language: Language, order: MarkingDesk.Order? = nil) {
        self.desk = desk
        words = DeskWords(language: language)
        self.order = order ?? desk.order ?? .entrant
        arrange(at: desk.focus)
        if fields.isEmpty { mode = .overview }
        answers = (try? desk.answers()) ?? []
    }

    /// The field where the judge stands.
    public var field: MarkingDesk.Field? { fields.indices.contains(index) ? fields[index] : nil }

    var language: Language { words.language }

    func tr(_ zh: String, _ en: String) -> String { words.tr(zh, en) }

    func arrange(at wanted: MarkingDesk.Field?) {
        fields = desk.fields(in: order)
        let open = fields.firstIndex { desk.value($0) == StoredMark.empty }
        index = wanted.flatMap { fields.firstIndex(of: $0) } ?? open ?? 0
    }

    // MARK: Keys

    /// Takes a key; what is refused, by the card or by the disk, is said on the screen.
    ///
    /// - Returns: whether the desk goes on.
    public func press(_ key: Key) -> Outcome {
        if key == .hangUp || key == .control("c") { return .leave }
        if [.resize, .nothing, .other].contains(key) { return .stay }
        message = nil
        // Text that is asked for stays as it was typed.
        let key = if case .prompt = mode { key } else { key.plain }
        let swallows = swallowsEnter
        swallowsEnter = false
        do {
            switch mode {
            case .fields: return try pressInFields(key, swallows)
            case .overview: return try pressInOverview(key)
            case .review: try pressInReview(key)
            case .prompt(let prompt): try pressInPrompt(key, prompt)
            case .details, .help, .receipts, .answers: pressInPage(key)
            }
        } catch let refusal as Refusal {
            refuse(refusal)
        } catch {
            // A full disk, a busy record: the value is not in, the desk stays open, and says so.
            let text = DeskMessage(error, in: language).text
            message = DeskMessage(tr("没有存上:", "not kept: ") + text, .bad)
        }
        return .stay
    }

    func refuse(_ refusal: Refusal) {
        message = DeskMessage(refusal, in: language)
    }

    func say(_ zh: String, _ en: String) {
        message = DeskMessage(tr(zh, en), .good)
    }

    private func pressInFields(_ key: Key, _ swallows: Bool) throws -> Outcome {
        switch key {
        case .character(let character):
            return try type(String(character))
        case .enter:
            if typed.isEmpty, swallows { return .stay }
            if typed.isEmpty { try move(1) } else { try accept() }
        case .backspace:
            if !typed.isEmpty { typed.removeLast() }
        case .delete:
            typed = ""
            if let field { try desk.enter("", at: field) }
        case .escape:
            if typed.isEmpty { show(.overview) } else { typed = "" }
        case .down, .tab: try move(1)
        case .up, .backTab: try move(-1)
        case .pageDown: try turn(1)
        case .pageUp: try turn(-1)
        case .home: try move(-index)
        case .end: try move(fields.count - 1 - index)
        case .help: show(.help)
        case .control("z"): try undo()
        default: break
        }
        return .stay
    }

    /// Digits and their like go into the field; what no value begins with is refused at the key, and
    /// letters that no value has are commands.
    private func type(_ text: String) throws -> Outcome {
        guard let field else { return .stay }
        let aspect = desk.slot(field).aspect
        guard desk.isOpen(field) else { return try command(text) }
        let wanted = typed + text
        if aspect.begins(with: wanted) {
            typed = wanted
            if aspect.isOneKey {
                try accept()
                swallowsEnter = mode == .fields
            }
            return .stay
        }
        let isValueLike = text.allSatisfy { $0.isNumber || ".:-".contains($0) }
        guard typed.isEmpty, !isValueLike else {
            do {
                _ = try aspect.read(wanted)
                message = DeskMessage(tr("应为 ", "expected ") + aspect.expectation[language], .bad)
            } catch {
                refuse(error)
            }
            return .stay
        }
        return try command(text)
    }

    private func command(_ text: String) throws -> Outcome {
        guard let field else { return .stay }
        switch text.lowercased() {
        case "x":
            try desk.markNotAttempted(field)
            try advance()
        case "c": ask(.comment(field), desk.comment(field) ?? "")
        case "f": ask(.question(field))
        case "r" where desk.cameBack(desk.tasks[field.task]):
            ask(.reason(desk.tasks[field.task]), desk.reason(desk.tasks[field.task]) ?? "")
        case "u": try undo()
        case "o":
            order = order == .entrant ? .aspect : .entrant
            arrange(at: field)
            try remember()
        case "d": show(.details)
        case "g": show(.overview)
        case "a" where !answers.isEmpty: show(.answers)
        case "s": show(.review)
        case "?": show(.help)
        case "q": return .leave
        default:
            message = DeskMessage(tr("没有这个键;按 ? 看说明", "no such key; ? shows the keys"), .bad)
        }
        return .stay
    }

    private func pressInOverview(_ key: Key) throws -> Outcome {
        let grid = grid
        switch key {
        case .down: cell.row = min(cell.row + 1, max(0, grid.rows.count - 1))
        case .up: cell.row = max(0, cell.row - 1)
        case .right, .tab: cell.column = min(cell.column + 1, max(0, grid.columns.count - 1))
        case .left, .backTab: cell.column = max(0, cell.column - 1)
        case .pageDown: cell.row = min(cell.row + 10, max(0, grid.rows.count - 1))
        case .pageUp: cell.row = max(0, cell.row - 10)
        case .enter:
            guard let task = grid.task(cell.row, cell.column),
                let number = desk.tasks.firstIndex(of: task),
                let first = fields.firstIndex(where: { field in
                    field.task == number && desk.value(field) == StoredMark.empty
                }) ?? fields.firstIndex(where: { $0.task == number })
            else { return .stay }
            index = first
            mode = .fields
            try remember()
        case .escape: if !fields.isEmpty { mode = .fields }
        case .help, .character("?"): show(.help)
        case .character("s"): show(.review)
        case .character("g") where !fields.isEmpty: mode = .fields
        case .character("a") where !answers.isEmpty: show(.answers)
        case .character("l"):
            // What has come back, or was answered, since the desk was opened.
            try reload()
        case .character("q"): return .leave
        default: break
        }
        return .stay
    }

    private func reload() throws {
        let field = field
        let task = field.map { desk.tasks[$0.task] }
        try desk.refresh()
        let number = task.flatMap { desk.tasks.firstIndex(of: $0) }
        arrange(
            at: number.flatMap { number in
                field.map { MarkingDesk.Field(task: number, column: $0.column) }
            }
        )
        answers = try desk.answers()
        say("已重新读取档案", "the record was read again")
    }

    private func pressInReview(_ key: Key) throws {
        switch key {
        case .character("y"), .character("Y"), .character("是"):
            guard !desk.ready.isEmpty else { return }
            handed = try desk.handIn()
            arrange(at: desk.focus)
            typed = ""
            show(.receipts)
            before = .overview
        case .down: scroll += 1
        case .up: scroll = max(0, scroll - 1)
        case .pageDown: scroll += 10
        case .pageUp: scroll = max(0, scroll - 10)
        case .escape, .character("q"), .character("s"):
            mode = fields.isEmpty ? .overview : .fields
        case .help, .character("?"): show(.help)
        default: break
        }
    }

    private func pressInPage(_ key: Key) {
        switch key {
        case .down: scroll += 1
        case .up: scroll = max(0, scroll - 1)
        default:
            mode = before == mode ? .overview : before
            if mode == .fields, fields.isEmpty { mode = .overview }
            scroll = 0
        }
    }

    private func pressInPrompt(_ key: Key, _ prompt: Prompt) throws {
        switch key {
        case .character(let character): typed.append(character)
        case .backspace: if !typed.isEmpty { typed.removeLast() }
        case .escape:
            typed = ""
            mode = .fields
        case .enter:
            let text = typed.trimmingBlanks()
            switch prompt {
            case .comment(let field):
                try desk.comment(text, at: field)
                say("备注已存,随评分表一并提交", "kept; the comment goes in with the sheet")
            case .question(let field):
                guard !text.isEmpty else { break }
                let receipt = try desk.ask(text, at: field)
                say(
                    "已提请裁判长(回执 \(receipt.statement.short))",
                    "the chief judge is asked (receipt \(receipt.statement.short))"
                )
            case .reason(let task):
                try desk.explain(text, of: task)
            }
            typed = ""
            mode = .fields
        default: break
        }
    }
}
