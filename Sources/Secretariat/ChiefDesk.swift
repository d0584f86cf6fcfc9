public import Competition
internal import Exact
public import Findings
internal import Foundation
public import Ledger
public import Scoring
internal import Seal

/// The chief judge's desk without a screen: how the marking stands, and what may be done about it.
public final class ChiefDesk {
    private let office: Office
    private let key: SigningKey?
    /// The item.
    public let item: ItemID
    /// The appointment that sits here; nil for one who only looks.
    public let name: String?
    /// How the marking stands.
    public private(set) var board: MarkingBoard
    private var version: Int

    /// How many times something was said that waits for the network.
    public var waiting: Int { office.record.upstream?.waiting ?? 0 }

    /// Sits down at the desk of an item.
    ///
    /// - Parameters:
    ///   - office: the office of the record.
    ///   - item: the item.
    ///   - name: the appointment; nil to look on without any marks.
    ///   - ring: the keyring, where somebody is named.
    /// - Throws: a `Refusal` where the name has no key.
    public init(office: Office, item: ItemID, name: String?, ring: Keyring?) throws {
        self.office = office
        self.item = item
        self.name = name
        key = try name.flatMap { name in try ring?.key(name) }
        version = try office.record.version()
        board = try office.board(of: item)
    }

    /// The item's name.
    public var title: Text { office.catalogue.event.item(item)?.title ?? Text("", "") }

    /// Whether the event is a rehearsal.
    public var isRehearsal: Bool { office.isRehearsal }

    /// Reads the board again where the record has changed.
    ///
    /// - Returns: whether it had.
    public func refresh() throws -> Bool {
        let now = try office.record.version()
        guard now != version else { return false }
        try reload()
        return true
    }

    private func reload() throws {
        version = try office.record.version()
        board = try office.board(of: item)
    }

    /// The judges' marks of one entrant and unit side by side, once all of them are in.
    ///
    /// - Returns: nil while a sheet is missing.
    /// - Throws: a `Refusal` where the speaker may not look at single marks.
    public func marks(
        of entrant: EntrantID,
        unit: Int,
        attempt: Int
    ) throws -> [(judge: JudgeID?, marks: [Int32])]? {
        try office.mayLookAtMarks(of: item, by: key?.verifying)
        guard board.isComplete(entrant, unit: unit, attempt: attempt) else { return nil }
        return ([nil] + board.judges.map(Optional.some)).compactMap { judge in
            let place = MarkingBoard.Place(
                entrant: entrant,
                unit: unit,
                judge: judge,
                attempt: attempt
            )
            return board.sheets[place].flatMap { $0 }.map { (judge, $0.marks) }
        }
    }

    /// What a remark says.
    public func words(_ remark: RemarkRow) throws -> String? {
        try office.record.note(remark.words)
    }

    private func speaker() throws -> SigningKey {
        guard let key else {
            throw Refusal(
                "desk.who",
                Text("只看不能改;请用 --as 指明以谁的名义", "this desk only looks on; say who speaks with --as")
            )
        }
        return key
    }

    /// Confirms all that awaits it, but what the same person entered; nil where nothing does.
    public func confirmAll() throws -> Receipt? {
        let receipt = try office.confirmAll(item, by: speaker())
        try reload()
        return receipt
    }

    /// Sends a sheet back.
    public func sendBack(
        _ place: MarkingBoard.Place,
        aspects: [String],
        reason: String
    ) throws -> Receipt {
        let receipt = try office.sendBack(
            place,
            aspects: aspects,
            of: item,
            reason: reason,
            by: speaker()
        )
        try reload()
        return receipt
    }

    /// Answers a question.
    public func answer(_ question: RemarkRow, words: String) throws -> Receipt {
        let receipt = try office.answer(question.position, of: item, words: words, by: speaker())
        try reload()
        return receipt
    }

    /// Locks the item.
    public func lock() throws -> Receipt {
        let receipt = try office.lock(item, by: speaker())
        try reload()
        return receipt
    }

    /// How the judges marked.
    public func diagnosis() throws -> PanelDiagnosis {
        try office.diagnosis(of: item, by: speaker().verifying)
    }
}
