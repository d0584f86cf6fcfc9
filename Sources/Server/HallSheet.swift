internal import Competition
internal import Exact
internal import Findings
internal import Foundation
internal import HTTPTypes
internal import Ledger
internal import Publishing
internal import Seal
internal import Secretariat

/// One sheet on a page: where it stands, what the card says of it, what was entered.
struct HallSheet {
    let seat: DeskSeat
    let task: MarkingDesk.Task
    let returned: MarkingDesk.Return?
    var values: [Int32]
    /// What was typed and not taken, by column.
    var typed: [Int: String] = [:]
    var reason = ""
    /// What is wrong with a value, by column; -1 for the reason.
    var faults: [Int: Text] = [:]
    /// What is wrong with the whole.
    var refused: [Text] = []
    /// What was done, said once.
    var told: Text?
    /// A question that was typed and not asked yet.
    var question = ""
    /// Where what stands for it is in the record.
    let position: Int?

    init(_ seat: DeskSeat, _ task: MarkingDesk.Task, _ work: DeskSeat.Work) {
        self.seat = seat
        self.task = task
        returned = work.returns[task]
        position = (work.board.sheets[task] ?? nil)?.position
        values = seat.start(task, returned)
    }

    var slots: [SheetUnit.Slot] { seat.slots(task) }
    var cameBack: Bool { seat.purpose == .entry && !(returned?.causes ?? []).isEmpty }

    func isOpen(_ column: Int) -> Bool { seat.isOpen(column, returned) }

    /// Takes a form's values as the card takes them, without keeping them.
    mutating func read(_ form: HallForm) {
        for column in slots.indices where isOpen(column) {
            let text = form["n\(column)"] == "1" ? "not attempted" : form["v\(column)"] ?? ""
            do {
                let aspect = slots[column].aspect
                let stored = try aspect.read(text)
                values[column] =
                    stored == StoredMark.notAttempted ? try seat.notAttempted(aspect) : stored
            } catch {
                typed[column] = text
                values[column] = StoredMark.empty
                let refusal = error as? Refusal
                faults[column] = refusal?.findings.first?.message ?? Text("不成立", "can't be taken")
            }
        }
        reason = (form["reason"] ?? "").trimmingBlanks()
        question = (form["words"] ?? "").trimmingBlanks()
    }

    /// The hash of what a review shows: only that is signed.
    var seen: String {
        Digest(of: .array(values.map { .int(Int($0)) } + [.string(reason)])).hex
    }

    /// Says of every value that is missing that it is.
    mutating func demandAll() {
        for column in slots.indices
        where values[column] == StoredMark.empty && faults[column] == nil {
            faults[column] = Text("还没有录入", "nothing is entered yet")
        }
        if cameBack, reason.isEmpty {
            faults[-1] = Text(
                "退回的表须写明更正或维持原分的理由",
                "say why the sheet is corrected, or upheld"
            )
        }
    }

    /// What the script needs to check, to sign and to keep: the card's figures of this sheet.
    func data(
        _ card: Digest,
        _ event: String,
        _ place: String,
        _ language: Language
    ) throws
        -> JSONValue
    {
        let columns = try slots.enumerated().map { column, slot -> JSONValue in
            let aspect = slot.aspect
            let range = aspect.marking.range
            let places = Rounding(places: range.places)
            var options = JSONValue.null
            if case .options(let list) = aspect.marking {
                options = .array(try list.map { .int(Int(try $0.code.unscaled(places))) })
            }
            return [
                "a": .string(slot.address), "e": .string(aspect.expectation[language]),
                "h": .int(Int(try range.greatest.unscaled(places))), "i": options,
                "l": .int(Int(try range.least.unscaled(places))),
                "n": .bool(try seat.mayBeLeft(aspect)), "o": .bool(isOpen(column)),
                "p": .int(range.places), "s": .int(Int(try range.step.unscaled(places))),
                "t": .string(aspect.title[language]), "v": Self.json(values[column]),
                "y": .bool(Self.isTruth(aspect)),
            ]
        }
        return [
            "again": .bool(seat.purpose == .again), "attempt": .int(task.attempt),
            "card": .string(card.hex), "columns": .array(columns),
            "entrant": .string(task.entrant.text), "event": .string(event),
            "item": .string(seat.item.text), "judge": .optional(task.judge?.text),
            "place": .string(place), "reason": .bool(cameBack),
            "replaces": .optional(cameBack ? returned?.statement.hex : nil),
            "base": .optional(returned?.statement.short),
            "unit": .string(seat.units[task.unit].id.text),
        ]
    }

    /// Whether an aspect is answered by yes or no.
    static func isTruth(_ aspect: Aspect) -> Bool {
        if case .fullOrZero = aspect.marking { return true }
        return false
    }

    /// A stored mark as a statement has it.
    static func json(_ stored: Int32) -> JSONValue {
        if StoredMark.isMark(stored) { return .int(Int(stored)) }
        switch stored {
        case StoredMark.notAttempted: return "N"
        case StoredMark.absent: return "A"
        case StoredMark.withdrew: return "W"
        case StoredMark.disqualified: return "D"
        default: return .null
        }
    }

    /// The aspects by the criterion they stand under.
    func groups(_ plan: Scorecard) -> [(title: Text?, columns: [Int])] {
        let slots = slots
        func leaves(_ node: CardNode, _ title: Text?) -> [(title: Text?, columns: [Int])] {
            switch node.content {
            case .aspects(let aspects):
                let ids = Set(aspects.map(\.id))
                let columns = slots.indices.filter { ids.contains(slots[$0].aspect.id) }
                return columns.isEmpty ? [] : [(title, columns)]
            case .nodes(let nodes):
                return nodes.flatMap { child -> [(title: Text?, columns: [Int])] in
                    let own = Text(
                        child.id.text + " " + child.title.zh,
                        child.id.text + " " + child.title.en
                    )
                    let whole = title.map {
                        Text($0.zh + " · " + own.zh, $0.en + " · " + own.en)
                    }
                    return leaves(child, whole ?? own)
                }
            }
        }
        guard let node = plan.node(seat.units[task.unit].id) else {
            return [(nil, Array(slots.indices))]
        }
        return leaves(node, nil)
    }
}

extension Hall {
    /// The seat and the sheet that an address names, if they are the visitor's.
    ///
    /// - Throws: a ``Problem`` where there is no such sheet of theirs.
    func found(_ visit: Visit, _ session: HallSession) throws -> (HallSheet, isIn: Bool) {
        let parts = visit.parts
        let purpose: MarkingDesk.Purpose = parts[0] == "again" ? .again : .entry
        guard let item = ItemID(parts[1]).flatMap(house.office.catalogue.event.item),
            let seat = try HallSeats.seat(item.id, purpose, of: session.key, house.office),
            let entrant = EntrantID(parts[2]), let attempt = Int(parts[4]),
            let unit = seat.units.firstIndex(where: { $0.id.text == parts[3] })
        else { throw Problem.missing }
        let task = MarkingDesk.Task(
            entrant: entrant,
            unit: unit,
            judge: parts[5] == "-" ? nil : JudgeID(parts[5]),
            attempt: attempt
        )
        let work = try seat.work()
        if work.done.contains(task) { return (HallSheet(seat, task, work), true) }
        guard work.tasks.contains(task) else { throw Problem.missing }
        return (HallSheet(seat, task, work), false)
    }

    /// The page of a sheet that is to be marked.
    func sheet(_ visit: Visit, _ session: HallSession) throws -> Reply {
        var (sheet, isIn) = try found(visit, session)
        if isIn { return try standing(sheet, visit, session) }
        if let desk = try desk(session, sheet.seat) { sheet.take(desk) }
        sheet.told = visit.token.flatMap { house.hallSessions.told($0, visit.target.path) }
        return try show(sheet, visit, session)
    }

    /// Leads from a sheet that is in to its receipt, or to the list where somebody else signed it.
    func standing(_ sheet: HallSheet, _ visit: Visit, _ session: HallSession) throws -> Reply {
        let here = "/hall/\(visit.language.rawValue)/"
        let statement = try sheet.position.flatMap { try house.office.record.statement(at: $0) }
        guard let statement, statement.statement.author == session.key else {
            return Self.redirect(here + "work/" + Self.encoded(sheet.seat.item.text))
        }
        return Self.redirect(here + "receipt/" + statement.id.hex)
    }

    func show(
        _ sheet: HallSheet,
        _ visit: Visit,
        _ session: HallSession,
        _ status: HTTPResponse.Status = .ok
    ) throws -> Reply {
        var reply = Reply.page(
            page(
                visit,
                title: "\(sheet.task.entrant.text) \(sheet.seat.units[sheet.task.unit].id.text)",
                scripts: scripts(session),
                attributes: attributes(session),
                body: try HallSheetPage(hall: self, visit: visit, session: session, sheet: sheet)
                    .body
            )
        )
        reply.status = status
        return reply
    }
}

extension HallSheet {
    /// Takes what the desk of this server keeps of it.
    mutating func take(_ desk: MarkingDesk) {
        guard let number = desk.tasks.firstIndex(of: task) else { return }
        values = slots.indices.map {
            desk.value(MarkingDesk.Field(task: number, column: $0))
        }
        reason = desk.reason(task) ?? ""
    }
}
