public import Eligibility
public import Exact
public import Findings
internal import Interchange

/// A person with what policies come to.
public struct DecidedPerson: Sendable {
    /// What one policy came to.
    public struct ByPolicy: Sendable {
        /// The policy.
        public let policy: Policy
        /// A decision for each benefit.
        public let decisions: [Decision]
        /// The decisions with all that they hung on.
        public let record: DecisionRecord
        /// What is best taken together; nil where it was not asked for.
        public let plan: BenefitPlan?
    }

    /// The line of the table; 0 where there was none.
    public let line: Int
    /// The name.
    public let name: String
    /// The code of the city, where it is known.
    public let city: String?
    /// What each policy came to, in the order of the policies.
    public let policies: [ByPolicy]

    /// Every policy with each of its decisions, in one row.
    public var decisions: [(policy: Policy, decision: Decision)] {
        policies.flatMap { of in of.decisions.map { (of.policy, $0) } }
    }
}

extension PolicyDesk {
    /// What policies come to for one row of a table of people.
    public typealias Matched = DecidedPerson

    /// How people are decided.
    public struct Terms: Sendable {
        /// The policies.
        public var policies: [Policy]
        /// The day of decision.
        public var day: Day
        /// Whether only policies of a person's own city or province are tried.
        public var ownCity: Bool
        /// Whether the best plan is sought.
        public var hasPlan: Bool
        /// Over how many months; nil for the policy's own length.
        public var planMonths: Int?

        /// Makes terms.
        ///
        /// - Parameters:
        ///   - policies: the policies.
        ///   - day: the day of decision.
        ///   - ownCity: whether only policies of a person's own city or province are tried.
        ///   - hasPlan: whether the best plan is sought.
        ///   - planMonths: over how many months; nil for the policy's own length.
        public init(
            policies: [Policy],
            day: Day,
            ownCity: Bool = false,
            hasPlan: Bool = false,
            planMonths: Int? = nil
        ) {
            self.policies = policies
            self.day = day
            self.ownCity = ownCity
            self.hasPlan = hasPlan
            self.planMonths = planMonths
        }
    }

    /// Decides everything for one person.
    ///
    /// - Parameters:
    ///   - inputs: what is known.
    ///   - city: the code of the person's city, where it is known.
    ///   - line: the line of the table.
    ///   - terms: the policies, the day, and what else is wanted.
    /// - Returns: the person with what came out.
    public static func decide(
        _ inputs: DecisionInputs,
        city: String?,
        line: Int = 0,
        _ terms: Terms
    ) -> DecidedPerson {
        let speaking = speaking(terms.policies, on: terms.day)
        let tried = speaking.filter { policy in
            guard terms.ownCity else { return true }
            return city.map { covers(policy, $0) } ?? false
        }
        // The own city's come first; its province's and others follow.
        let ordered = tried.filter { $0.region == city } + tried.filter { $0.region != city }
        return DecidedPerson(
            line: line,
            name: inputs.name,
            city: city,
            policies: ordered.map { policy in
                let record = DecisionRecord(policy, inputs, on: terms.day)
                return DecidedPerson.ByPolicy(
                    policy: policy,
                    decisions: policy.decide(record.facts, on: terms.day, paid: record.paid),
                    record: record,
                    plan: terms.hasPlan
                        ? policy.plan(
                            record.facts,
                            from: terms.day,
                            paid: record.paid,
                            months: terms.planMonths
                        ) : nil
                )
            }
        )
    }

    /// Whether a policy is one of a city, or of its province.
    static func covers(_ policy: Policy, _ city: String) -> Bool {
        policy.region.hasSuffix("0000")
            ? policy.region.prefix(2) == city.prefix(2) : policy.region == city
    }

    /// Reads a table of people: a workbook where it is one, else a table of text.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - policies: the policies, which say what facts there are.
    /// - Returns: the people who could be read, and what was found in the other rows.
    /// - Throws: a ``Findings/Refusal`` where the table as a whole can't be read.
    public static func people(
        _ file: String,
        policies: [Policy]
    ) throws -> PeopleTable {
        let reading = try PeopleFile.read(path: file, vocabulary: try vocabulary(of: policies))
        let rows = reading.people.map {
            PeopleRow(
                file: file,
                line: $0.line,
                city: $0.city,
                idNumber: $0.idNumber,
                inputs: DecisionInputs(name: $0.name, facts: $0.facts)
            )
        }
        return PeopleTable(people: rows, findings: reading.findings, leftOut: reading.leftOut)
    }

    /// A table of people.
    public struct PeopleTable: Sendable {
        /// The rows that could be read.
        public var people: [PeopleRow]
        /// What was found in the others.
        public var findings: [Finding]
        /// How many others there are.
        public var leftOut: Int

        /// Makes a table.
        ///
        /// - Parameters:
        ///   - people: the rows that could be read.
        ///   - findings: what was found in the others.
        ///   - leftOut: how many others there are.
        public init(people: [PeopleRow], findings: [Finding], leftOut: Int) {
            self.people = people
            self.findings = findings
            self.leftOut = leftOut
        }
    }

    /// A row of a table of people.
    public struct PeopleRow: Sendable {
        /// The table's file.
        public let file: String
        /// The line of the table.
        public let line: Int
        /// The code of the city, if given.
        public let city: String?
        /// The identity number, if given.
        public let idNumber: String?
        /// What is known.
        public var inputs: DecisionInputs

        /// Makes a row.
        ///
        /// - Parameters:
        ///   - file: the table's file.
        ///   - line: the line of the table.
        ///   - city: the code of the city, if given.
        ///   - idNumber: the identity number, if given.
        ///   - inputs: what is known.
        public init(
            file: String,
            line: Int,
            city: String?,
            idNumber: String?,
            inputs: DecisionInputs
        ) {
            self.file = file
            self.line = line
            self.city = city
            self.idNumber = idNumber
            self.inputs = inputs
        }
    }

    /// Decides every benefit of every policy for a table of people.
    ///
    /// - Parameters:
    ///   - file: the table.
    ///   - policies: the policies.
    ///   - day: the day of decision.
    ///   - ownCity: whether only policies of a person's own city or province are tried.
    /// - Returns: the people who could be decided, and what was found in the other rows.
    /// - Throws: a ``Findings/Refusal`` where the table as a whole can't be read.
    public static func match(
        _ file: String,
        policies: [Policy],
        on day: Day,
        ownCity: Bool
    ) throws -> (matched: [Matched], findings: [Finding]) {
        let table = try people(file, policies: policies)
        let terms = Terms(policies: policies, day: day, ownCity: ownCity)
        let matched = table.people.map { decide($0.inputs, city: $0.city, line: $0.line, terms) }
        return (matched, table.findings)
    }
}
