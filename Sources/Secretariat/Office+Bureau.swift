public import Competition
public import Eligibility
public import Exact
internal import Findings
public import Ledger
public import Rules
public import Seal
internal import Snapshots

/// A winner as a bureau asks for them (domain-china 5).
public struct Winner: Sendable {
    /// The commitment by which the record knows the person.
    public let person: Digest
    /// The personal data: name, ID number, employer, phone.
    public let record: PersonRecord?
    /// The item's code and name.
    public let item: ContestItem
    /// The entrant's code.
    public let entrant: String
    /// The place.
    public let rank: Int
    /// The medal.
    public let award: String
    /// The honours in the register, with their state.
    public let honours: [HonourRow]
    /// The city, and whether it is that of insurance (参保地) or of the employer.
    public let city: String
    /// Which of the two it is.
    public let cityBasis: CityBasis
    /// The snapshot in which the place was published.
    public let publication: Digest

    /// What a winner's city was read from.
    public enum CityBasis: String, Sendable {
        /// 参保地.
        case insurance
        /// The employer's city.
        case employer
    }
}

extension Office {
    /// The city of a person for a bureau: of insurance where known, else of the employer; never the
    /// delegation alone.
    static func city(of person: PersonRecord?) -> (code: String, basis: Winner.CityBasis)? {
        if let code = person?.content["insured_city"]?.string { return (code, .insurance) }
        if let code = person?.content["employer_city"]?.string { return (code, .employer) }
        return nil
    }

    /// Who won a medal by the latest publication and is of a city; and of how many winners no city
    /// is known.
    public func winners(city: String) throws -> (winners: [Winner], unknownCity: Int) {
        guard let (hash, snapshot) = try published() else {
            throw Refusal("winners.unpublished", Text("成绩尚未发布", "nothing is published yet"))
        }
        return try winners(city: city, snapshot, hash)
    }

    /// Who won a medal by a publication and is of a city.
    func winners(
        city: String,
        _ snapshot: ResultsSnapshot,
        _ hash: Digest
    ) throws -> (winners: [Winner], unknownCity: Int) {
        let register = Dictionary(grouping: try record.honours()) { $0.person }
        var winners: [Winner] = []
        var unknown = 0
        for result in snapshot.items {
            let item = try item(result.item.code)
            let medallists = result.rows.filter { ["gold", "silver", "bronze"].contains($0.award) }
            let entrants = Dictionary(
                try record.entrants(of: item.id).map { ($0.entrant.id.text, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            for row in medallists {
                let members = entrants[row.entrant]?.members ?? []
                let people = try record.people(members)
                for member in members {
                    // In a bureau's working copy whoever is of another city is nobody it knows.
                    if record.upstream != nil, people[member] == nil { continue }
                    guard let home = Self.city(of: people[member]) else {
                        unknown += 1
                        continue
                    }
                    guard home.code == city else { continue }
                    winners.append(
                        Winner(
                            person: member,
                            record: people[member],
                            item: item,
                            entrant: row.entrant,
                            rank: row.rank ?? 0,
                            award: row.award,
                            honours: register[member] ?? [],
                            city: home.code,
                            cityBasis: home.basis,
                            publication: hash
                        )
                    )
                }
            }
        }
        return (winners, record.upstream?.winnersOfNoCity ?? unknown)
    }

    /// Notes in the ledger that a bureau has pulled its winners: what, how many, up to where.
    public func notePull(city: String, count: Int, by key: SigningKey) throws -> Receipt {
        try pull("winners", city: city, count: count, by: key)
    }

    /// What the record itself knows of a person, for policies: birth date and sex from the ID number,
    /// honours that are conferred and stand, and the skill level that was handed in.
    public func facts(of person: Digest) throws -> Facts {
        var facts = try record.people([person])[person]?.facts ?? Facts()
        // Another honour may have been conferred elsewhere: what is not here is not known.
        facts["honours"] = .someWords(Set(try conferred(to: person)))
        return facts
    }

    /// The honours of a person that are conferred and stand in this record.
    public func conferred(to person: Digest) throws -> [String] {
        try record.honours().filter { $0.person == person && $0.state == "conferred" }.map(\.rule)
    }

    /// What was paid to a person, as exclusions and limits read it: `shenyang-2022/living-skilled`.
    ///
    /// - Parameter person: the person's commitment.
    /// - Returns: the payments, in the order they were recorded.
    /// - Throws: what the record throws where it can't be read.
    public func paid(to person: Digest) throws -> [PaidMonth] {
        try record.payments(to: person).map { row in
            let parts = row.benefit.split(separator: "/", maxSplits: 1).map(String.init)
            return parts.count == 2
                ? PaidMonth(policy: parts[0], benefit: parts[1], month: row.month)
                : PaidMonth(benefit: row.benefit, month: row.month)
        }
    }

    /// Decides every benefit of a policy for a person of the record.
    ///
    /// - Parameters:
    ///   - person: the person's commitment.
    ///   - policy: the policy.
    ///   - day: the day of decision.
    ///   - extra: facts that the bureau adds, such as a first home; they stand over the record's.
    /// - Returns: a decision for each benefit.
    /// - Throws: what the record throws where it can't be read.
    public func decide(
        _ person: Digest,
        policy: Policy,
        on day: Day,
        extra: Facts = Facts()
    ) throws -> [Decision] {
        let inputs = try inputs(for: person, extra: extra)
        return policy.decide(inputs.facts, on: day, paid: inputs.paid)
    }
}
