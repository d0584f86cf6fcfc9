public import Exact
public import Rules
public import Seal

/// Everything that a decision hung on and what came out: the same content gives the same answer.
///
/// As canonical JSON it has one spelling and one hash, so that a bureau can file it, and years later
/// decide again and be told what has changed and why.
public struct DecisionRecord: Sendable, Hashable {
    /// The form of the document.
    public static let schema = "laurel-decision/1"

    /// The policy as it was.
    public struct PolicyStamp: Sendable, Hashable {
        /// Its short name.
        public let id: String
        /// Which state of it.
        public let version: String
        /// The hash of its content; nil for a policy that is from no file.
        public let hash: Digest?

        /// Takes the stamp of a policy.
        ///
        /// - Parameter policy: the policy.
        public init(_ policy: Policy) {
            (id, version, hash) = (policy.id, policy.version, policy.hash)
        }

        init(id: String, version: String, hash: Digest?) {
            (self.id, self.version, self.hash) = (id, version, hash)
        }
    }

    /// An honour as the register had it.
    public struct HonourStamp: Sendable, Hashable {
        /// Its number in the register.
        public let id: String
        /// The rule it stands on, by which policies name it.
        public let rule: String
        /// Its state, such as `conferred` or `revoked`.
        public let state: String
        /// The hash of the statement that conferred it, which its credential names.
        public let conferral: Digest?

        /// Makes a stamp.
        ///
        /// - Parameters:
        ///   - id: its number in the register.
        ///   - rule: the rule it stands on.
        ///   - state: its state.
        ///   - conferral: the hash of the statement that conferred it.
        public init(id: String, rule: String, state: String, conferral: Digest?) {
            self.id = id
            self.rule = rule
            self.state = state
            self.conferral = conferral
        }
    }

    /// Where the ledger stood.
    public struct LedgerStamp: Sendable, Hashable {
        /// How many entries it had.
        public let position: Int
        /// The hash of the last one's chain.
        public let head: Digest?

        /// Makes a stamp.
        ///
        /// - Parameters:
        ///   - position: how many entries it had.
        ///   - head: the hash at its head.
        public init(position: Int, head: Digest?) {
            self.position = position
            self.head = head
        }
    }

    /// What one benefit came to.
    public struct Outcome: Sendable, Hashable {
        /// The benefit.
        public let benefit: String
        /// What came out.
        public let entitlement: Entitlement
        /// The tiers that hold or may hold.
        public let tiers: [String]
        /// How many months remain payable.
        public let monthsLeft: Int?
        /// The facts that had a part in it.
        public let usedFacts: [String]
    }

    /// Who it is for: the name, and where there is a record the commitment by which it knows them.
    public let name: String
    /// The commitment; nil where a file named the person.
    public let person: Digest?
    /// The day of decision.
    public let on: Day
    /// The policy.
    public let policy: PolicyStamp
    /// What was told.
    public let facts: Facts
    /// The honours considered.
    public let honours: [HonourStamp]
    /// Where the ledger stood, where there is one.
    public let ledger: LedgerStamp?
    /// The payments considered.
    public let paid: [PaidMonth]
    /// What came out, in the policy's order.
    public let outcomes: [Outcome]

    /// Decides, and keeps all that it hung on.
    ///
    /// - Parameters:
    ///   - policy: the policy.
    ///   - inputs: what is known.
    ///   - day: the day of decision.
    public init(_ policy: Policy, _ inputs: DecisionInputs, on day: Day) {
        name = inputs.name
        person = inputs.person
        on = day
        self.policy = PolicyStamp(policy)
        var facts = inputs.facts
        // The day is said once, and what the policy does not ask for has no part in it.
        let asked = Set(policy.vocabulary.declarations.map(\.name))
        for name in facts.names where name == "decision_date" || !asked.contains(name) {
            facts[name] = nil
        }
        self.facts = facts
        honours = inputs.honours
        ledger = inputs.ledger
        paid = inputs.paid.filter { policy.counts($0) }
        outcomes = policy.decide(facts, on: day, paid: paid).map {
            Outcome(
                benefit: $0.benefit.id,
                entitlement: $0.entitlement,
                tiers: $0.tiers,
                monthsLeft: $0.monthsLeft,
                usedFacts: $0.usedFacts
            )
        }
    }

    init(
        name: String,
        person: Digest?,
        on: Day,
        policy: PolicyStamp,
        facts: Facts,
        honours: [HonourStamp],
        ledger: LedgerStamp?,
        paid: [PaidMonth],
        outcomes: [Outcome]
    ) {
        self.name = name
        self.person = person
        self.on = on
        self.policy = policy
        self.facts = facts
        self.honours = honours
        self.ledger = ledger
        self.paid = paid
        self.outcomes = outcomes
    }

    /// The hash of the canonical content.
    public var hash: Digest { Digest(of: content.canonical) }
}

/// What a decision is made from, beside the policy and the day.
public struct DecisionInputs: Sendable, Hashable {
    /// The person's name.
    public var name: String
    /// The person's commitment, where a record knows them.
    public var person: Digest?
    /// What is known.
    public var facts: Facts
    /// The honours in the register.
    public var honours: [DecisionRecord.HonourStamp]
    /// Where the ledger stands.
    public var ledger: DecisionRecord.LedgerStamp?
    /// What was paid.
    public var paid: [PaidMonth]

    /// Makes inputs.
    ///
    /// - Parameters:
    ///   - name: the person's name.
    ///   - person: the person's commitment, where a record knows them.
    ///   - facts: what is known.
    ///   - honours: the honours in the register.
    ///   - ledger: where the ledger stands.
    ///   - paid: what was paid.
    public init(
        name: String,
        person: Digest? = nil,
        facts: Facts,
        honours: [DecisionRecord.HonourStamp] = [],
        ledger: DecisionRecord.LedgerStamp? = nil,
        paid: [PaidMonth] = []
    ) {
        self.name = name
        self.person = person
        self.facts = facts
        self.honours = honours
        self.ledger = ledger
        self.paid = paid
    }
}
