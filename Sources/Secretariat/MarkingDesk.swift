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

    let office: Office
    private let key: SigningKey
    private let roles: Set<Role>
    let persons: Set<String>
    /// The appointment that sits here.
    public let name: String
    /// The item.
    public let item: ItemID
    /// What is entered here.
    public let purpose: Purpose
    /// The card's units.
    public let units: [SheetUnit]
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
    private let isForPanel: Bool
    /// The entrants whom the judge may mark.
    private var expected: Set<EntrantID> = []
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
    ///   - name: the appointment, which is the key's name too.
    ///   - ring: the keyring.
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
        purpose: Purpose = .entry,
        panel: Bool = false
    ) throws {
        self.office = office
        self.item = item
        self.name = name
        self.purpose = purpose
        key = try ring.key(name)
        units = try office.plan(of: item).card.units
        let verifying = key.verifying
        let kind: StatementKind = purpose == .entry ? .sheet : .reentry
        let allowed = RoleRule.rule(for: kind)?.roles ?? []
        let appointed = try office.record.appointments().filter {
            $0.item == nil || $0.item == item.text
        }
        isForPanel = panel || !appointed.contains { $0.role == .recorder }
        let own = appointed.filter { $0.key == verifying && allowed.contains($0.role) }
        guard own.contains(where: { $0.name == name }) else {
            let texts = allowed.map(\.text)
            throw Refusal(
                "enter.role",
                Text(
                    "\(name) 不是 \(item.text) 的\(texts.map(\.zh).joined(separator: "、"))",
                    "\(name) is no \(texts.map(\.en).joined(separator: " or ")) of \(item.text)"
                )
            )
        }
        roles = Set(own.map(\.role))
        persons = Set(own.map(\.person))
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
        let board = try office.board(of: item)
        expected = Set(board.sheets.keys.filter { $0.judge?.text == name }.map(\.entrant))
        tasks = []
        done = []
        returns = [:]
        for (place, sheet) in board.sheets where isMine(place, sheet) {
            guard let sheet else {
                tasks.append(place)
                values[place] = blank(place)
                continue
            }
            let causes = purpose == .entry ? causes(place, sheet, board) : []
            let isOpen = purpose == .again && !sheet.isConfirmed && !sheet.isReturned
            guard isOpen || !causes.isEmpty,
                let statement = try office.record.statement(at: sheet.position)?.id
            else {
                done.append(place)
                continue
            }
            tasks.append(place)
            // Who enters a sheet again is told which aspects differ, and sees no mark of the first.
            let marks = purpose == .entry ? sheet.marks : blank(place)
            values[place] = marks
            let shown =
                isOpen && !sheet.differs.isEmpty ? [differing(place, sheet)] : causes
            returns[place] = Return(statement: statement, marks: marks, causes: shown)
        }
        tasks.sort { a, b in
            let (one, two) = (cameBack(a), cameBack(b))
            return one == two ? a < b : one
        }
        done.sort()
    }

    private func blank(_ task: Task) -> [Int32] {
        Array(repeating: StoredMark.empty, count: slots(task).count)
    }

    private func isMine(_ place: Task, _ sheet: SheetRow?) -> Bool {
        switch purpose {
        case .entry:
            if roles.contains(.recorder) { return true }
            guard let judge = place.judge else { return isForPanel && !isBarred(place.entrant) }
            return judge.text == name
        case .again: return sheet.map { !persons.contains($0.person) } ?? false
        }
    }

    /// Whether a judge may not mark somebody: then there is no place for the judge's own sheets.
    private func isBarred(_ entrant: EntrantID) -> Bool {
        units.contains { !$0.judged.isEmpty } && !expected.contains(entrant)
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
        let aspect = slot(field).aspect
        guard !(try office.plan(of: item).card.total.lowerIsBetter && aspect.counts) else {
            throw Refusal(
                "mark.not-attempted",
                Text(
                    "以少为胜时“未做”不能记 0(那是最好的成绩);请写应得的数",
                    "where the lower total is better, \"not attempted\" can't be 0, the best there is; write the number it earns"
                )
            )
        }
        try set(StoredMark.notAttempted, at: field)
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

    /// The sheets whose every value is entered, and whose reason is given where one is asked for.
    public var ready: [Task] {
        tasks.filter { task in
            let isFull = values[task]?.allSatisfy { $0 != StoredMark.empty } ?? false
            return isFull && (purpose == .again || !cameBack(task) || reasons[task] != nil)
        }
    }

    /// Signs the sheets that are ready and hands them in, all or none; they leave the desk.
    public func handIn() throws -> [Handed] {
        guard let card = office.catalogue.cardHashes[item] else {
            throw RecordError.damaged("card")
        }
        // What another desk handed in meanwhile (the panel's values, a recorder's) is not handed in again.
        try begin()
        let ready = ready
        guard !ready.isEmpty else { return [] }
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
        // A retry after a lost answer gets the first receipts: the record knows the words.
        let receipts = try office.record.admit(statements, notes: notes, at: office.now())
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

    private func subject(_ field: Field) -> RemarkSubject {
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
