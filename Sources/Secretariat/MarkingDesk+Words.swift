public import Ledger
public import Seal

extension MarkingDesk {
    /// What is entered here.
    public enum Purpose: String, Sendable, CaseIterable {
        /// Sheets, for the first time or in the place of those that came back.
        case entry
        /// 复录: the sheets that another person entered, once more and blind.
        case again
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

        /// Names a field.
        public init(task: Int, column: Int) {
            self.task = task
            self.column = column
        }
    }

    /// Why a sheet came back.
    public enum Cause: Sendable, Hashable {
        /// The judges' scores lie too far apart.
        case spread(column: Int, lowest: Int, highest: Int, allowed: Int)
        /// The second entry differs.
        case differs(columns: [Int])
        /// Somebody sent it back, with a reason; no columns are all of them.
        case sentBack(columns: [Int], reason: String)

        /// The columns it is about.
        public var columns: [Int] {
            switch self {
            case .spread(let column, _, _, _): [column]
            case .differs(let columns), .sentBack(let columns, _): columns
            }
        }
    }

    /// A sheet that came back.
    public struct Return: Sendable {
        /// The statement that stands.
        public let statement: Digest
        /// Its marks.
        public let marks: [Int32]
        /// Why it came back.
        public let causes: [Cause]
    }

    /// What handing a sheet in came to.
    public struct Handed: Sendable {
        /// The sheet.
        public let task: Task
        /// Its receipt.
        public let receipt: Receipt
        /// Of a second entry: the aspects that differ.
        public let differs: [String]
    }
}
