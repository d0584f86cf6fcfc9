public import Competition
internal import Exact
internal import Findings
internal import Foundation
public import Ledger
internal import Scoring
internal import Seal

/// The judge's desk without a screen: what is to be marked, the values, the next field, the sheet.
///
/// The full-screen desk and the plain dialogue both drive it.
public final class MarkingDesk {
    /// A sheet's place.
    public typealias Task = MarkingBoard.Place

    /// Where the judge sits, and what follows from it.
    public let seat: DeskSeat
    private let key: SigningKey
    /// The sheets that are to be handed in: those that came back, then the others in the order of
    /// entrants and the card.
    public private(set) var tasks: [Task] = []
    /// The sheets of this desk that are in already.
    public private(set) var done: [Task] = []
    /// Why sheets came back.
    public private(set) var returns: [Task: Return] = [:]
    /// The field where the judge stands, kept from one sitting to the next.
    public private(set) var focus: Field?
    /// The order that the judge last chose.
    public private(set) var order: Order?
    private(set) var values: [Task: [Int32]] = [:]
    private(set) var reasons: [Task: String] = [:]
    private(set) var comments: [Field: String] = [:]
    private var history: [(field: Field, old: Int32)] = []
    private let draft: DraftFile

    /// Sits down at the desk: finds what is mine to mark, and what the draft beside the keys holds.
    ///
    /// - Parameters:
    ///   - office: the office of the record.
    ///   - item: the item.
    ///   - name: the appointment.
    ///   - ring: the keyring.
    ///   - keyName: the key's name in the keyring; the appointment's where nil.
    ///   - purpose: what is entered.
    ///   - panel: whether a judge also enters the values that the panel agreed on; of an item without
    ///     a recorder every judge may.
    /// - Throws: a `Refusal` where the name is none that may enter them, or where another desk has the
    ///   draft open.
    public init(
        office: Office,
        item: ItemID,
        name: String,
        ring: Keyring,
        keyName: String? = nil,
        purpose: Purpose = .entry,
        panel: Bool = false
    ) throws {
        key = try ring.key(keyName ?? name)
        seat = try DeskSeat(
            office: office,
            item: item,
            name: name,
            key: key.verifying,
            purpose: purpose,
            panel: panel
        )
        let event = office.catalogue.event.id.text
        let sealer = Sealer(secret: key.seed, purpose: "laurel-draft/1/\(event)")
        let folder = (ring.path as NSString).deletingLastPathComponent + "/drafts"
        let suffix = purpose == .entry ? "" : "-again"
        let opened = try DraftFile.open(
            folder + "/\(event)-\(item.text)-\(name)\(suffix).draft",
            sealer: sealer
        )
        draft = opened.file
        try gather()
        let known = opened.entries.filter(recall).count
        // What was handed in is in the record: a draft without anything else begins anew.
        if known == 0, !opened.entries.isEmpty { try draft.clear() }
    }

    /// What is mine, as the record has it now.
    private func gather() throws {
        let work = try seat.work()
        tasks = work.tasks
        done = work.done
        returns = work.returns
        for task in tasks { values[task] = seat.start(task, returns[task]) }
    }

    // MARK: Entering

    /// Enters a value; it is on the disk when this returns.
    ///
    /// - Throws: a `Refusal` that says why the card does not take it; the field is as it was.
    public func enter(_ text: String, at field: Field) throws {
        try set(try slot(field).aspect.read(text), at: field)
    }

    /// States that a field was not attempted (未做).
    public func markNotAttempted(_ field: Field) throws {
        try set(try seat.notAttempted(slot(field).aspect), at: field)
    }

    private func set(_ stored: Int32, at field: Field) throws {
        guard isOpen(field) else {
            throw Refusal(
                "enter.closed",
                Text("退回的不是这一项,不能改", "the sheet did not come back for this aspect")
            )
        }
        let old = value(field)
        guard stored != old else { return }
        try draft.add(entry(field, [.init("v", .int(Int(stored)))]))
        history.append((field, old))
        values[tasks[field.task]]?[field.column] = stored
    }

    /// Takes back the last value that was entered or changed.
    ///
    /// - Returns: its field; nil where there is nothing to take back.
    public func undo() throws -> Field? {
        guard let last = history.last else { return nil }
        try draft.add(entry(last.field, [.init("z", .bool(true))]))
        history.removeLast()
        values[tasks[last.field.task]]?[last.field.column] = last.old
        return last.field
    }

    /// Keeps a comment beside a field; it goes into the record with the sheet.
    public func comment(_ text: String, at field: Field) throws {
        try draft.add(entry(field, [.init("n", .string(text))]))
        comments[field] = text.isEmpty ? nil : text
    }

    /// Keeps why a sheet that came back is corrected, or upheld.
    public func explain(_ text: String, of task: Task) throws {
        guard let index = tasks.firstIndex(of: task) else { return }
        try draft.add(entry(Field(task: index, column: 0), [.init("r", .string(text))]))
        reasons[task] = text.isEmpty ? nil : text
    }

    /// Remembers where the judge stands, for the next sitting.
    public func stand(at field: Field, order: Order) throws {
        guard field != focus || order != self.order else { return }
        focus = field
        self.order = order
        try draft.add(
            entry(field, [.init("o", .string(order.rawValue))]),
            isPrecious: false
        )
    }

    /// 提请裁判长: asks the chief judge, at once.
    public func ask(_ text: String, at field: Field) throws -> Receipt {
        try office.remark(text, on: subject(field), of: item, isFlag: true, by: key)
    }

    /// Signs a question to the chief judge, or a comment, and hands nothing in.
    ///
    /// - Parameters:
    ///   - text: the words.
    ///   - field: what they are about.
    ///   - isFlag: whether it is a question.
    /// - Returns: what goes through the door.
    /// - Throws: what signing throws.
    public func asked(_ text: String, at field: Field, isFlag: Bool) throws -> Delivery {
        let note = NoteRecord(text: text, by: key)
        let words = JSONValue.Member("words", .string(text.isEmpty ? "" : note.commitment.hex))
        let body = subject(field).members(item, isFlag: isFlag) + [words]
        return Delivery([try office.statement(.remark, .object(body), by: key)], notes: [note])
    }

    /// The sheets whose every value is entered, and whose reason is given where one is asked for.
    public var ready: [Task] {
        tasks.filter { task in
            let isFull = values[task]?.allSatisfy { $0 != StoredMark.empty } ?? false
            return isFull && (purpose == .again || !cameBack(task) || reasons[task] != nil)
        }
    }

    /// Signs the sheets that are ready and hands them in, all or none; they leave the desk.
    public func handIn() throws -> [Handed] {
        // What another desk handed in meanwhile (the panel's values, a recorder's) is not handed in again.
        try begin()
        let ready = ready
        guard !ready.isEmpty else { return [] }
        // A retry after a lost answer gets the first receipts: the record knows the words.
        let delivery = try signed(ready)
        let receipts = try office.record.admit(
            delivery.statements,
            notes: delivery.notes,
            at: office.now()
        )
        let handed = try zip(ready, receipts).map { task, receipt in
            Handed(
                task: task,
                receipt: receipt,
                differs: purpose == .again
                    ? try office.record.differences(at: receipt.position) : []
            )
        }
        try begin()
        return handed
    }

    /// Signs sheets and the comments on them, and hands nothing in: a statement a sheet, in their
    /// order, then the comments.
    ///
    /// - Parameter ready: sheets of ``ready``.
    /// - Returns: what goes through the door, all or none.
    /// - Throws: what signing throws.
    public func signed(_ ready: [Task]) throws -> Delivery {
        guard let card = office.catalogue.cardHashes[item] else {
            throw RecordError.damaged("card")
        }
        var notes: [NoteRecord] = []
        var statements = try ready.map { task in
            var reason: NoteRecord?
            if purpose == .entry, cameBack(task) {
                let note = NoteRecord(text: reasons[task] ?? "", by: key)
                notes.append(note)
                reason = note
            }
            return try office.statement(
                purpose == .entry ? .sheet : .reentry,
                SheetContent(
                    item: item,
                    unit: units[task.unit].id,
                    entrant: task.entrant,
                    judge: task.judge,
                    attempt: task.attempt,
                    card: card,
                    marks: values[task] ?? [],
                    replaces: reason == nil ? nil : returns[task]?.statement,
                    reason: reason?.commitment.hex
                ).body,
                by: key
            )
        }
        for (index, task) in tasks.enumerated() where ready.contains(task) {
            for column in slots(task).indices {
                let field = Field(task: index, column: column)
                guard let comment = comments[field] else { continue }
                let note = NoteRecord(text: comment, by: key)
                notes.append(note)
                let words = JSONValue.Member("words", .string(note.commitment.hex))
                let members = subject(field).members(item, isFlag: false) + [words]
                statements.append(try office.statement(.remark, .object(members), by: key))
            }
        }
        return Delivery(statements, notes: notes)
    }

    /// Looks at the record again; what was entered and not handed in stays.
    public func refresh() throws { try begin() }

    private func begin() throws {
        let entries = try draft.entries()
        values = [:]
        reasons = [:]
        comments = [:]
        history = []
        focus = nil
        try gather()
        let known = entries.filter(recall).count
        if known == 0, !entries.isEmpty { try draft.clear() }
    }

    func subject(_ field: Field) -> RemarkSubject {
        let task = tasks[field.task]
        return RemarkSubject(
            entrant: task.entrant.text,
            aspect: slot(field).address,
            unit: units[task.unit].id,
            judge: task.judge,
            attempt: task.attempt
        )
    }

    // MARK: The draft

    private func entry(_ field: Field, _ more: [JSONValue.Member]) -> JSONValue {
        let task = tasks[field.task]
        var members: [JSONValue.Member] = [
            .init("a", .int(task.attempt)), .init("c", .int(field.column)),
            .init("e", .string(task.entrant.text)), .init("j", .optional(task.judge?.text)),
            .init("u", .string(units[task.unit].id.text)),
        ]
        // A value for a sheet that came back is not one for the sheet before it.
        if let base = returns[task]?.statement { members.append(.init("b", .string(base.short))) }
        return .object(members + more)
    }

    private func recall(_ entry: JSONValue) -> Bool {
        guard let entrant = entry["e"]?.string.flatMap({ EntrantID($0) }),
            let unit = units.firstIndex(where: { $0.id.text == entry["u"]?.string }),
            let attempt = entry["a"]?.int, let column = entry["c"]?.int
        else { return false }
        let task = Task(
            entrant: entrant,
            unit: unit,
            judge: entry["j"]?.string.flatMap { JudgeID($0) },
            attempt: attempt
        )
        guard let index = tasks.firstIndex(of: task), slots(task).indices.contains(column),
            entry["b"]?.string == returns[task]?.statement.short
        else { return false }
        let field = Field(task: index, column: column)
        if let stored = entry["v"]?.int.flatMap({ Int32(exactly: $0) }) {
            history.append((field, value(field)))
            values[task]?[column] = stored
        }
        if entry["z"]?.bool == true, let last = history.popLast() {
            values[tasks[last.field.task]]?[last.field.column] = last.old
        }
        if let text = entry["n"]?.string { comments[field] = text.isEmpty ? nil : text }
        if let text = entry["r"]?.string { reasons[task] = text.isEmpty ? nil : text }
        if let order = entry["o"]?.string.flatMap(Order.init(rawValue:)) {
            self.order = order
            focus = field
        }
        return true
    }
}
