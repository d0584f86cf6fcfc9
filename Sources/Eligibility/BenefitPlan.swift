public import Exact

/// What a person does best to take, month by month, where not everything may be taken together.
///
/// Of the benefits that exclude each other the schedule worth most is chosen only where it is worth
/// most whatever the open facts turn out to be; otherwise the choice stays open and names them.
///
/// Of schedules of equal worth the first is taken when they are compared month by month: in the first
/// month in which they differ, the one that takes the benefit which stands earlier in the policy.
public struct BenefitPlan: Sendable, Hashable {
    /// Months in a row.
    public struct Span: Sendable, Hashable {
        /// The first month, `2023-05`.
        public let from: String
        /// The last month.
        public let to: String
        /// How many months.
        public let count: Int
    }

    /// One benefit of the plan.
    public struct Part: Sendable, Hashable {
        /// The benefit.
        public let benefit: String
        /// When it is taken: one month for what is paid once.
        public let spans: [Span]
        /// What it comes to over the plan; the upper end is nil where nobody can bound it.
        public let worth: WorthRange
        /// The facts that are missing for its amount.
        public let missing: [String]
    }

    /// A choice between benefits that exclude each other.
    public struct Choice: Sendable, Hashable {
        /// The benefits between which it lies, in the policy's order.
        public let among: [String]
        /// What came of it.
        public let outcome: Outcome
    }

    /// What came of a choice.
    public enum Outcome: Sendable, Hashable {
        /// One schedule is worth most whatever is still open.
        case chosen(Chosen)
        /// What is open decides which is worth most.
        case open(missing: [String], worth: WorthRange)
        /// There are more schedules than are compared.
        case tooMany
    }

    /// The schedule that is worth most, and the next best.
    public struct Chosen: Sendable, Hashable {
        /// What is taken.
        public let parts: [Part]
        /// What it is worth.
        public let worth: WorthRange
        /// What else could be taken: the most that is left when one of the chosen is given up; nil
        /// where nothing is.
        public let runnerUp: RunnerUp?
        /// Whether the runner-up is worth as much, so that only the order of the policy decided.
        public var isTie: Bool { runnerUp?.less == .zero }
    }

    /// The next best schedule.
    public struct RunnerUp: Sendable, Hashable {
        /// The benefit of the best schedule that it does without.
        public let without: String
        /// What is taken.
        public let parts: [Part]
        /// What it is worth, at the least that the open facts leave.
        public let worth: Money
        /// How much less that is.
        public let less: Money
    }

    /// An amount between two bounds.
    public struct WorthRange: Sendable, Hashable {
        /// The least.
        public let low: Money
        /// The most; nil where nobody can bound it.
        public let high: Money?

        /// Makes a range.
        ///
        /// - Parameters:
        ///   - low: the least.
        ///   - high: the most; nil where nobody can bound it.
        public init(low: Money, high: Money?) {
            self.low = low
            self.high = high
        }
    }

    /// The day from which it counts; each month is decided on the same day of it.
    public let from: Day
    /// Over how many months it looks.
    public let months: Int
    /// What excludes nothing else that the person may have, and is taken in any case.
    public let parts: [Part]
    /// The choices.
    public let choices: [Choice]
    /// Benefits that a person meets and that are no amount: settled case by case or at discretion.
    public let notCounted: [String]
    /// What everything is worth together; nil where a choice could not be compared.
    public let worth: WorthRange?
}
