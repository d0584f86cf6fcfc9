public import Competition
public import Exact
internal import Findings
public import Ledger
internal import Scoring
public import Seal

/// A place at the judge's desk, known by the public half of a key: what is to be marked there, and by
/// which rules; the terminal's desks and the hall's pages show the same.
public struct DeskSeat: Sendable {
    let office: Office
    /// The item.
    public let item: ItemID
    /// The appointment that sits here.
    public let name: String
    /// What is entered here.
    public let purpose: MarkingDesk.Purpose
    /// The card's units.
    public let units: [SheetUnit]
    private let roles: Set<Role>
    private let persons: Set<String>
    private let isForPanel: Bool

    /// What there is to do at a seat.
    public struct Work: Sendable {
        /// The sheets that are to be handed in: those that came back, then the others in the order of
        /// entrants and the card.
        public var tasks: [MarkingDesk.Task] = []
        /// The sheets of this desk that are in already.
        public var done: [MarkingDesk.Task] = []
        /// Why sheets came back, or what is entered a second time.
        public var returns: [MarkingDesk.Task: MarkingDesk.Return] = [:]
        /// How the item stands.
        public let board: MarkingBoard
    }

    /// Finds a seat.
    ///
    /// - Parameters:
    ///   - office: the office of the record.
    ///   - item: the item.
    ///   - name: the appointment.
    ///   - key: its key.
    ///   - purpose: what is entered.
    ///   - panel: whether a judge also enters the values that the panel agreed on; of an item without
    ///     a recorder every judge may.
    /// - Throws: a `Refusal` where the name is none that may enter them.
    public init(
        office: Office,
        item: ItemID,
        name: String,
        key: VerifyingKey,
        purpose: MarkingDesk.Purpose = .entry,
        panel: Bool = false
    ) throws {
        self.office = office
        self.item = item
        self.name = name
        self.purpose = purpose
        units = try office.plan(of: item).card.units
        let allowed = purpose.roles
        let now = office.now()
        let appointed = try office.record.appointments().filter {
            ($0.item == nil || $0.item == item.text) && $0.isInForce(at: now)
        }
        isForPanel = panel || !appointed.contains { $0.role == .recorder }
        let own = appointed.filter { $0.key == key && allowed.contains($0.role) }
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
    }

    /// What is mine, as the record has it now.
    ///
    /// - Returns: the work.
    /// - Throws: what the record throws where it can't be read.
    public func work() throws -> Work {
        let board = try office.board(of: item)
        let expected = Set(board.sheets.keys.filter { $0.judge?.text == name }.map(\.entrant))
        var work = Work(board: board)
        for (place, sheet) in board.sheets where isMine(place, sheet, expected) {
            guard let sheet else {
                work.tasks.append(place)
                continue
            }
            let causes = purpose == .entry ? try causes(place, sheet, board) : []
            let isOpen = purpose == .again && !sheet.isConfirmed && !sheet.isReturned
            guard isOpen || !causes.isEmpty,
                let statement = try office.record.statement(at: sheet.position)?.id
            else {
                work.done.append(place)
                continue
            }
            work.tasks.append(place)
            // Who enters a sheet again is told which aspects differ, and sees no mark of the first.
            work.returns[place] = MarkingDesk.Return(
                statement: statement,
                marks: purpose == .entry ? sheet.marks : blank(place),
                causes: isOpen && !sheet.differs.isEmpty ? [differing(place, sheet)] : causes
            )
        }
        let returns = work.returns
        work.tasks.sort { a, b in
            let (one, two) = (Self.cameBack(returns[a]), Self.cameBack(returns[b]))
            return one == two ? a < b : one
        }
        work.done.sort()
        return work
    }

    private func isMine(
        _ place: MarkingDesk.Task,
        _ sheet: SheetRow?,
        _ expected: Set<EntrantID>
    )
        -> Bool
    {
        // Who may not mark somebody has no place for that entrant's sheets.
        let isBarred =
            roles == [.judge] && units.contains { !$0.judged.isEmpty }
            && !expected.contains(place.entrant)
        switch purpose {
        case .entry:
            if roles.contains(.recorder) { return true }
            guard let judge = place.judge else { return isForPanel && !isBarred }
            return judge.text == name
        case .again: return !isBarred && (sheet.map { !persons.contains($0.person) } ?? false)
        }
    }

    private func blank(_ task: MarkingDesk.Task) -> [Int32] {
        Array(repeating: StoredMark.empty, count: slots(task).count)
    }

    static func cameBack(_ returned: MarkingDesk.Return?) -> Bool {
        !(returned?.causes ?? []).isEmpty
    }

    // MARK: Why sheets come back

    private func causes(
        _ place: MarkingDesk.Task,
        _ sheet: SheetRow,
        _ board: MarkingBoard
    ) throws -> [MarkingDesk.Cause] {
        // What somebody else entered for a judge is theirs to correct, unless it is the judge's own.
        let isOwn = place.judge?.text == name || persons.contains(sheet.person)
        guard isOwn else { return [] }
        var causes: [MarkingDesk.Cause] = []
        if let returned = board.returned[sheet.position] {
            let columns = returned.aspects.compactMap { column(of: $0, place) }
            let reason = (try? office.record.note(returned.reason)) ?? nil
            causes.append(.sentBack(columns: columns, reason: reason ?? ""))
        }
        if !sheet.differs.isEmpty { causes.append(differing(place, sheet)) }
        if place.judge != nil {
            causes += board.spreads.filter {
                $0.entrant == place.entrant && $0.unit == place.unit && $0.attempt == place.attempt
            }.map {
                .spread(
                    column: $0.column,
                    lowest: $0.lowest,
                    highest: $0.highest,
                    allowed: $0.allowed
                )
            }
        }
        return causes
    }

    private func differing(_ place: MarkingDesk.Task, _ sheet: SheetRow) -> MarkingDesk.Cause {
        .differs(columns: sheet.differs.compactMap { column(of: $0, place) })
    }

    private func column(of address: String, _ task: MarkingDesk.Task) -> Int? {
        slots(task).firstIndex { $0.address == address }
    }
}

extension DeskSeat {
    /// The aspects of a sheet, in its order.
    ///
    /// - Parameter task: the sheet.
    /// - Returns: the judged ones of a judge's sheet, the agreed ones of the panel's.
    public func slots(_ task: MarkingDesk.Task) -> [SheetUnit.Slot] {
        task.judge == nil ? units[task.unit].agreed : units[task.unit].judged
    }

    /// The values with which a sheet begins.
    ///
    /// - Parameters:
    ///   - task: the sheet.
    ///   - returned: why it came back, if it did.
    /// - Returns: those that stand, or none.
    public func start(_ task: MarkingDesk.Task, _ returned: MarkingDesk.Return?) -> [Int32] {
        returned?.marks ?? blank(task)
    }

    /// Whether a value may be changed: of a sheet that came back, what it came back for.
    ///
    /// - Parameters:
    ///   - column: the value's column.
    ///   - returned: why the sheet came back, if it did.
    /// - Returns: whether it may.
    public func isOpen(_ column: Int, _ returned: MarkingDesk.Return?) -> Bool {
        guard purpose == .entry, let causes = returned?.causes else { return true }
        return causes.contains { $0.columns.isEmpty || $0.columns.contains(column) }
    }

    /// What stands for an aspect that was not attempted (未做).
    ///
    /// - Parameter aspect: the aspect.
    /// - Returns: the stored word.
    /// - Throws: a `Refusal` where that would be the best there is.
    public func notAttempted(_ aspect: Aspect) throws -> Int32 {
        guard try mayBeLeft(aspect) else {
            throw Refusal(
                "mark.not-attempted",
                Text(
                    "以少为胜时“未做”不能记 0(那是最好的成绩);请写应得的数",
                    "where the lower total is better, \"not attempted\" can't be 0, the best there is; write the number it earns"
                )
            )
        }
        return StoredMark.notAttempted
    }

    /// Whether an aspect may be marked as not attempted.
    ///
    /// - Parameter aspect: the aspect.
    /// - Returns: false where the lower total is the better one.
    /// - Throws: a `Refusal` where the item has no card.
    public func mayBeLeft(_ aspect: Aspect) throws -> Bool {
        !(try office.plan(of: item).card.total.lowerIsBetter && aspect.counts)
    }

    /// What values earn so far, weighed, before any judges are put together.
    ///
    /// - Parameters:
    ///   - task: the sheet.
    ///   - marks: its stored values.
    /// - Returns: nil where it can't be counted exactly.
    public func subtotal(_ task: MarkingDesk.Task, _ marks: [Int32]) -> Rational? {
        zip(slots(task), marks).reduce(Rational.zero as Rational?) { sum, pair in
            let (slot, stored) = pair
            guard slot.aspect.counts, StoredMark.isMark(stored) else { return sum }
            guard let sum, let entered = try? slot.aspect.entered(stored),
                let award = try? slot.aspect.marking.award(entered),
                let weighed = try? slot.aspect.stage.contribution(award, group: "")
            else { return nil }
            return try? sum.plus(weighed)
        }
    }

    /// The questions of this seat that were answered, and the answers, oldest first.
    ///
    /// - Returns: each with its answer.
    /// - Throws: what the record throws where it can't be read.
    public func answers() throws -> [(question: RemarkRow, answer: String)] {
        let remarks = try office.record.remarks(of: item)
        return try remarks.compactMap { remark in
            guard remark.author == name, remark.isFlag, let position = remark.answeredBy,
                let answer = remarks.first(where: { $0.position == position }),
                let words = try office.record.note(answer.words)
            else { return nil }
            return (remark, words)
        }
    }
}

extension MarkingDesk.Purpose {
    /// Who may enter for that purpose.
    public var roles: [Role] {
        RoleRule.rule(for: self == .entry ? .sheet : .reentry)?.roles ?? []
    }
}
