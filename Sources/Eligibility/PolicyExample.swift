public import Exact
public import Rules

/// A worked example that a policy file carries: run whenever the file is read.
public struct PolicyExample: Sendable, Hashable {
    /// What it shows.
    public let name: String
    /// The benefit.
    public let benefit: String
    /// The day of the decision.
    public let on: Day
    /// What is known.
    public let facts: Facts
    /// What was paid before.
    public let paid: [PaidMonth]
    /// What must come out, by its short name, such as `eligible`.
    public let outcome: String
    /// The amount, or the range, where one must come out.
    public let amount: ClosedRange<Money>?
    /// The missing facts that must be named.
    public let missing: [String]
    /// The payment that must be named, where it is excluded.
    public let by: String?
    /// How many payments must be counted, where it is used up.
    public let used: Int?

    /// Makes an example.
    public init(
        name: String,
        benefit: String,
        on: Day,
        facts: Facts,
        paid: [PaidMonth],
        outcome: String,
        amount: ClosedRange<Money>?,
        missing: [String],
        by: String?,
        used: Int?
    ) {
        self.name = name
        self.benefit = benefit
        self.on = on
        self.facts = facts
        self.paid = paid
        self.outcome = outcome
        self.amount = amount
        self.missing = missing
        self.by = by
        self.used = used
    }
}
