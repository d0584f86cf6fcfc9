internal import Scoring
public import Competition
internal import Findings
internal import Foundation
public import Ledger
internal import Seal

/// The judge's desk without a screen: what is to be marked, the values, the next field, the sheet.
///
/// The full-screen desk and the plain dialogue both drive it.
public final class MarkingDesk {
    /// One sheet that is mine to mark.
    public struct Task: Sendable, Hashable {
        /// The entrant, or the blind number.
        public let entrant: EntrantID
        /// The unit of the card.
        public let unit: Int
        /// The judge named on the sheet; nil for the panel's agreed values.
        public let judge: JudgeID?
        /// The attempt, from 1.
        public let attempt: Int
    }

    /// In which order the fields come.
    public enum Order: String, Sendable, CaseIterable {
        /// One entrant through all aspects.
        case entrant
        /// One aspect across all entrants: the recommended order for judgement.
        case aspect
    }

    /// One value to be entered.
    public struct Field: Sendable, Hashable {
        /// The sheet, by its place in ``MarkingDesk/tasks``.
        public let task: Int
        /// The column of the sheet.
        public let column: Int
    }

    private let office: Office
    private let key: SigningKey
    /// The item.
    public let item: ItemID
    /// The card's units.
    public let units: [SheetUnit]
    /// The sheets that are still to be handed in, in the order of entrants and the card.
    public private(set) var tasks: [Task] = []
    private var values: [Task: [Int32]] = [:]
    private var comments: [Field: String] = [:]
    private let draft: DraftFile

    /// Sits down at the desk: finds what is mine to mark, and what the draft beside the keys holds.
    ///
    /// - Parameters:
    ///   - office: the office of the record.
    ///   - item: the item.
    ///   - name: the appointment, which is the key's name too.
    ///   - ring: the keyring.
    /// - Throws: a `Refusal` where the name is no judge or recorder of the item.
    public init(office: Office, item: ItemID, name: String, ring: Keyring) throws {
        self.office = office
        self.item = item
        key = try ring.key(name)
        units = try office.plan(of: item).card.units
        let verifying = key.verifying
        let roles = try office.record.appointments().filter {
            $0.key == verifying && $0.name == name && ($0.item == nil || $0.item == item.text)
                && [.judge, .recorder].contains($0.role)
        }
        guard let role = roles.first?.role else {
            throw Refusal(
                "enter.role",
                Text(
                    "\(name) 不是 \(item.text) 的裁判员或录分员",
                    "\(name) is no judge or recorder of \(item.text)"
                )
            )
        }
        let sealer = Sealer(
            secret: key.seed,
            purpose: "laurel-draft/1/\(office.catalogue.event.id.text)"
        )
        let folder = (ring.path as NSString).deletingLastPathComponent + "/drafts"
        let file = "\(office.catalogue.event.id.text)-\(item.text)-\(name).draft"
        let opened = try DraftFile.open(folder + "/" + file, sealer: sealer)
        draft = opened.file
        for missing in try office.record.progress(of: item).missing {
            let judge = missing.judge.isEmpty ? nil : JudgeID(missing.judge)
            guard role == .recorder || judge?.text == name,
                let unit = units.firstIndex(where: { $0.id == missing.unit })
            else { continue }
            for attempt in 1...units[unit].attempts {
                tasks.append(
                    Task(entrant: missing.entrant, unit: unit, judge: judge, attempt: attempt)
                )
            }
        }
        tasks.sort {
            ($0.entrant.text, $0.unit, $0.judge?.text ?? "", $0.attempt)
                < ($1.entrant.text, $1.unit, $1.judge?.text ?? "", $1.attempt)
        }
        for task in tasks {
            values[task] = Array(repeating: StoredMark.empty, count: slots(task).count)
        }
        let known = opened.entries.filter(recall).count
        // What was handed in is in the record: a draft without anything else begins anew.
        if known == 0, !opened.entries.isEmpty { try draft.clear() }
    }

    /// The aspects of a sheet, in its order.
    public func slots(_ task: Task) -> [SheetUnit.Slot] {
        task.judge == nil ? units[task.unit].agreed : units[task.unit].judged
    }

    /// The aspect of a field.
    public func slot(_ field: Field) -> SheetUnit.Slot { slots(tasks[field.task])[field.column] }

    /// What was entered; ``StoredMark/empty`` where nothing was.
    public func value(_ field: Field) -> Int32 {
        values[tasks[field.task]]?[field.column] ?? StoredMark.empty
    }

    /// The comment on a field.
    public func comment(_ field: Field) -> String? { comments[field] }

    /// Every field, in an order.
    public func fields(in order: Order) -> [Field] {
        let all = tasks.indices.flatMap { task in
            slots(tasks[task]).indices.map { Field(task: task, column: $0) }
        }
        guard order == .aspect else { return all }
        return all.sorted { a, b in
            let (one, two) = (tasks[a.task], tasks[b.task])
            return (one.unit, a.column, one.judge?.text ?? "", one.attempt, one.entrant.text)
                < (two.unit, b.column, two.judge?.text ?? "", two.attempt, two.entrant.text)
        }
    }

    /// How many values are entered, and of how many.
    public var progress: (entered: Int, all: Int) {
        let marks = tasks.flatMap { values[$0] ?? [] }
        return (marks.filter { $0 != StoredMark.empty }.count, marks.count)
    }

    /// Enters a value; it is on the disk when this returns.
    ///
    /// - Throws: a `Refusal` that says why the card does not take it; the field is as it was.
    public func enter(_ text: String, at field: Field) throws {
        let task = tasks[field.task]
        let stored: Int32
        do throws(Refusal) {
            stored = try slot(field).aspect.read(text)
        } catch {
            throw error
        }
        guard stored != value(field) else { return }
        try draft.add(entry(task, field.column, value: stored))
        values[task]?[field.column] = stored
    }

    /// States that a field was not attempted (未做).
    public func markNotAttempted(_ field: Field) throws {
        try draft.add(entry(tasks[field.task], field.column, value: StoredMark.notAttempted))
        values[tasks[field.task]]?[field.column] = StoredMark.notAttempted
    }

    /// Keeps a comment beside a field; it stays in the draft.
    public func comment(_ text: String, at field: Field) throws {
        try draft.add(entry(tasks[field.task], field.column, comment: text))
        comments[field] = text
    }

    /// The sheets whose every value is entered.
    public var ready: [Task] {
        tasks.filter { values[$0]?.allSatisfy { $0 != StoredMark.empty } ?? false }
    }

    /// Signs the sheets that are ready and hands them in, all or none; they leave the desk.
    public func handIn() throws -> [Receipt] {
        guard let card = office.catalogue.cardHashes[item] else {
            throw RecordError.damaged("card")
        }
        let ready = ready
        guard !ready.isEmpty else { return [] }
        let statements = try ready.map { task in
            try office.statement(
                .sheet,
                SheetContent(
                    item: item,
                    unit: units[task.unit].id,
                    entrant: task.entrant,
                    judge: task.judge,
                    attempt: task.attempt,
                    card: card,
                    marks: values[task] ?? []
                ).body,
                by: key
            )
        }
        // A retry after a lost answer gets the first receipts: the record knows the words.
        let receipts = try office.record.admit(statements, at: office.now())
        let done = Set(ready)
        tasks.removeAll(where: done.contains)
        for task in ready { values[task] = nil }
        return receipts
    }

    // MARK: The draft

    private func entry(
        _ task: Task,
        _ column: Int,
        value: Int32? = nil,
        comment: String? = nil
    ) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("a", .int(task.attempt)), .init("c", .int(column)),
            .init("e", .string(task.entrant.text)), .init("j", .optional(task.judge?.text)),
            .init("u", .string(units[task.unit].id.text)),
        ]
        if let value { members.append(.init("v", .int(Int(value)))) }
        if let comment { members.append(.init("n", .string(comment))) }
        return .object(members)
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
        guard let index = tasks.firstIndex(of: task), slots(task).indices.contains(column) else {
            return false
        }
        if let value = entry["v"]?.int.flatMap({ Int32(exactly: $0) }) {
            values[task]?[column] = value
        }
        if let comment = entry["n"]?.string {
            comments[Field(task: index, column: column)] = comment
        }
        return true
    }
}
