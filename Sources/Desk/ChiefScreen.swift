internal import Competition
public import Findings
internal import Ledger
internal import Scoring
internal import Seal
public import Secretariat
public import Terminal

/// The chief judge's desk on a screen: a live grid of judges × entrants, and what is done about it.
public final class ChiefScreen {
    enum Mode: Equatable {
        case grid
        case marks
        case flags
        case diagnosis
        case help
        case prompt(Prompt)
    }

    enum Prompt: Equatable {
        case aspects(MarkingBoard.Place)
        case reason(MarkingBoard.Place, [String])
        case answer(RemarkRow)
        case lock
    }

    let desk: ChiefDesk
    let words: DeskWords
    var mode = Mode.grid
    var row = 0
    var column = 0
    var unit = 0
    var attempt = 1
    var flag = 0
    var scroll = 0
    var typed = ""
    var message: DeskMessage?
    var page: [Line] = []

    /// Sits down at a desk.
    public init(desk: ChiefDesk, language: Language) {
        self.desk = desk
        words = DeskWords(language: language)
    }

    var language: Language { words.language }

    func tr(_ zh: String, _ en: String) -> String { words.tr(zh, en) }

    var board: MarkingBoard { desk.board }

    /// The columns of the grid: the panel where it agrees on anything, then the judges.
    var columns: [JudgeID?] {
        guard board.units.indices.contains(unit) else { return [] }
        let panel: [JudgeID?] = board.units[unit].agreed.isEmpty ? [] : [nil]
        return panel + (board.units[unit].judged.isEmpty ? [] : board.judges.map(Optional.some))
    }

    var place: MarkingBoard.Place? {
        guard board.entrants.indices.contains(row), columns.indices.contains(column) else {
            return nil
        }
        return MarkingBoard.Place(
            entrant: board.entrants[row],
            unit: unit,
            judge: columns[column],
            attempt: attempt
        )
    }

    /// Takes a key; where nothing was pressed in time the record is asked for news.
    ///
    /// - Returns: whether the desk goes on.
    public func press(_ key: Key) -> JudgeScreen.Outcome {
        if key == .hangUp || key == .control("c") { return .leave }
        do {
            if key == .nothing {
                _ = try desk.refresh()
                settle()
                return .stay
            }
            if [.resize, .other].contains(key) { return .stay }
            message = nil
            switch mode {
            case .grid: return try pressInGrid(key.plain)
            case .flags: try pressInFlags(key.plain)
            case .prompt(let prompt): try pressInPrompt(key, prompt)
            case .marks, .diagnosis, .help: pressInPage(key.plain)
            }
        } catch {
            message = DeskMessage(error, in: language)
        }
        return .stay
    }

    private func pressInGrid(_ key: Key) throws -> JudgeScreen.Outcome {
        switch key {
        case .down: row += 1
        case .up: row -= 1
        case .pageDown: row += 10
        case .pageUp: row -= 10
        case .home: row = 0
        case .end: row = board.entrants.count - 1
        case .right: column += 1
        case .left: column -= 1
        case .tab: turn(1)
        case .backTab: turn(-1)
        case .enter: try showMarks()
        case .character("c"):
            if let receipt = try desk.confirmAll() {
                done("已复核", "confirmed", receipt)
            } else {
                message = DeskMessage(tr("没有待复核的", "nothing awaits confirmation"), .good)
            }
        case .character("b"):
            guard let place, let sheet = board.sheets[place], sheet != nil else {
                message = DeskMessage(tr("这里没有评分表", "there is no sheet here"), .bad)
                return .stay
            }
            ask(.aspects(place), suggested(place))
        case .character("l"): ask(.lock)
        case .character("f"): show(.flags)
        case .character("d"):
            page = diagnosisLines(try desk.diagnosis())
            show(.diagnosis)
        case .character("?"), .help: show(.help)
        case .character("q"), .escape: return .leave
        default: break
        }
        settle()
        return .stay
    }

    /// Keeps the cursor on the board, which others change.
    private func settle() {
        row = min(max(0, row), max(0, board.entrants.count - 1))
        column = min(max(0, column), max(0, columns.count - 1))
        flag = min(max(0, flag), max(0, board.openFlags.count - 1))
    }

    private func turn(_ direction: Int) {
        let places = board.units.indices.flatMap { unit in
            (1...max(1, board.units[unit].attempts)).map { (unit, $0) }
        }
        guard let here = places.firstIndex(where: { $0 == (unit, attempt) }) else { return }
        (unit, attempt) = places[(here + direction + places.count) % places.count]
    }

    /// The aspects in which the judges lie too far apart, as those to send a sheet back for.
    private func suggested(_ place: MarkingBoard.Place) -> String {
        guard place.judge != nil else { return "" }
        return board.spreads.filter {
            $0.entrant == place.entrant && $0.unit == place.unit && $0.attempt == place.attempt
        }.map { board.units[$0.unit].judged[$0.column].address }.joined(separator: " ")
    }

    private func showMarks() throws {
        guard let place else { return }
        guard
            let panel = try desk.marks(of: place.entrant, unit: unit, attempt: attempt)
        else {
            message = DeskMessage(
                tr(
                    "各裁判的评分表未交齐,不能并列查看",
                    "not all judges' sheets are in: no mark is shown beside another's"
                ),
                .bad
            )
            return
        }
        page = marksLines(place, panel)
        show(.marks)
    }

    private func pressInFlags(_ key: Key) throws {
        switch key {
        case .down: flag += 1
        case .up: flag -= 1
        case .enter:
            if board.openFlags.indices.contains(flag) { ask(.answer(board.openFlags[flag])) }
        default: mode = .grid
        }
        settle()
    }

    private func pressInPage(_ key: Key) {
        switch key {
        case .down: scroll += 1
        case .up: scroll = max(0, scroll - 1)
        case .pageDown: scroll += 10
        case .pageUp: scroll = max(0, scroll - 10)
        default: mode = .grid
        }
    }

    private func pressInPrompt(_ key: Key, _ prompt: Prompt) throws {
        switch key {
        case .character(let character): typed.append(character)
        case .backspace: if !typed.isEmpty { typed.removeLast() }
        case .escape:
            typed = ""
            mode = .grid
        case .enter:
            let text = typed.trimmingBlanks()
            typed = ""
            mode = .grid
            try answer(prompt, text)
        default: break
        }
    }

    private func answer(_ prompt: Prompt, _ text: String) throws {
        switch prompt {
        case .aspects(let place):
            let aspects = text.split(whereSeparator: \.isWhitespace).map(String.init)
            ask(.reason(place, aspects))
        case .reason(let place, let aspects):
            done(
                "已退回",
                "sent back",
                try desk.sendBack(place, aspects: aspects, reason: text)
            )
        case .answer(let question):
            done("已答复", "answered", try desk.answer(question, words: text))
            if !board.openFlags.isEmpty { mode = .flags }
        case .lock:
            guard ["y", "yes", "是"].contains(text.lowercased()) else { return }
            done("已锁定", "locked", try desk.lock())
        }
    }

    private func ask(_ prompt: Prompt, _ text: String = "") {
        typed = text
        mode = .prompt(prompt)
    }

    private func show(_ next: Mode) {
        mode = next
        scroll = 0
    }

    private func done(_ zh: String, _ en: String, _ receipt: Receipt) {
        let short = receipt.statement.short
        message = DeskMessage(tr("\(zh)(回执 \(short))", "\(en) (receipt \(short))"), .good)
    }
}
