internal import Competition
public import Eligibility
internal import Findings
public import Ledger
public import Rules
public import Seal

extension Office {
    /// Everything that the record knows of a person for a decision: facts, honours in their states, what
    /// was paid, and where the ledger stands.
    ///
    /// - Parameters:
    ///   - person: the person's commitment.
    ///   - extra: facts that the bureau adds, such as a first home; they stand over the record's.
    /// - Returns: the inputs.
    /// - Throws: what the record throws where it can't be read.
    public func inputs(for person: Digest, extra: Facts = Facts()) throws -> DecisionInputs {
        let same = try commitments(ofWhoIs: person)
        var facts = try facts(of: person)
        // Honours and payments are the human's, under whichever commitment they were stated.
        facts["honours"] = .someWords(Set(try same.flatMap(conferred)))
        for name in extra.names { facts[name] = extra[name] }
        let trails = try HonourTrail.all(in: record)
        let honours = try record.honours().filter { same.contains($0.person) }.map { row in
            DecisionRecord.HonourStamp(
                id: row.id,
                rule: row.rule,
                state: row.state,
                conferral: trails[row.id]?.conferral?.signed.id
            )
        }
        return DecisionInputs(
            name: try record.people([person])[person]?.name ?? "",
            person: person,
            facts: facts,
            honours: honours,
            ledger: try ledgerStamp(),
            paid: try same.flatMap(paid)
        )
    }

    /// The commitments by which the record knows one human: one for each entry, by the identity number.
    func commitments(ofWhoIs person: Digest) throws -> [Digest] {
        guard let number = try record.people([person])[person]?.idNumber else { return [person] }
        let same = try entries(ofNumbers: [number]).flatMap(\.members)
        return Set(same + [person]).sorted { $0.hex < $1.hex }
    }

    /// Where the ledger stands.
    func ledgerStamp() throws -> DecisionRecord.LedgerStamp {
        let length = try record.length()
        return DecisionRecord.LedgerStamp(
            position: length,
            head: try record.statement(at: length)?.id
        )
    }

    /// The person of an honour, for a bureau: that the data is pulled is stated in the ledger first,
    /// which refuses a bureau of another city.
    ///
    /// - Parameters:
    ///   - honour: the honour's number.
    ///   - key: who asks.
    /// - Returns: the person, the city by which the pull was stated, and the receipt.
    /// - Throws: a ``Findings/Refusal`` where there is no such honour, no city is known, or the ledger
    ///   refuses.
    public func pullPerson(
        honour: String,
        by key: SigningKey
    ) throws -> (person: Digest, city: String, receipt: Receipt) {
        let row = try self.honour(honour)
        guard let city = Self.city(of: try record.people([row.person])[row.person])?.code else {
            throw Refusal(
                "pull.no-city",
                Text(
                    "此人的参保地和单位所在地均未知,没有人社局可以调取",
                    "neither city of insurance nor employer is known, so that no bureau may ask"
                )
            )
        }
        let receipt = try pull("decision", city: city, count: 1, by: key)
        return (row.person, city, receipt)
    }

    /// States in the ledger that somebody has been given personal data.
    func pull(_ what: String, city: String, count: Int, by key: SigningKey) throws -> Receipt {
        try say(
            .pull,
            [
                "city": .string(city), "count": .int(count),
                "position": .int(try record.length()), "what": .string(what),
            ],
            by: key
        )
    }

    /// Joins a table of people with what the record knows of them, by their identity numbers.
    ///
    /// Of each city a pull is stated; the people of a city that the speaker may not ask for are left
    /// out with a finding, as are none of those whom the record does not know.
    ///
    /// - Parameters:
    ///   - table: the people.
    ///   - key: who asks.
    /// - Returns: the table with the record's facts, honours and payments, and the receipts.
    /// - Throws: what the record throws where it can't be read.
    public func join(
        _ table: PolicyDesk.PeopleTable,
        by key: SigningKey
    ) throws -> (table: PolicyDesk.PeopleTable, receipts: [Receipt]) {
        let wanted = Set(table.people.compactMap(\.idNumber))
        let known = try people(withNumbers: wanted)
        let cities = Dictionary(grouping: known.values.compactMap(\.city)) { $0 }
        var refused: Set<String> = []
        var receipts: [Receipt] = []
        for (city, people) in cities.sorted(by: { $0.key < $1.key }) {
            do {
                receipts.append(try pull("decisions", city: city, count: people.count, by: key))
            } catch is Refusal {
                refused.insert(city)
            }
        }
        var joined = table
        joined.people = []
        for row in table.people {
            guard let number = row.idNumber, let found = known[number] else {
                joined.people.append(row)
                continue
            }
            guard let city = found.city, !refused.contains(city) else {
                joined.findings.append(Self.otherCity(row))
                joined.leftOut += 1
                continue
            }
            var row = row
            let name = row.inputs.name
            row.inputs = try inputs(for: found.person, extra: row.inputs.facts)
            if !name.isEmpty { row.inputs.name = name }
            joined.people.append(row)
        }
        return (joined, receipts)
    }

    private static func otherCity(_ row: PolicyDesk.PeopleRow) -> Finding {
        Finding(
            "person.other-city",
            Text(
                "档案中此人不属本市,人社局只能核定本市人员",
                "the record has this person in another city; a bureau decides its own people only"
            ),
            at: Place(file: row.file, line: row.line)
        )
    }

    /// The people of the record who bear some identity numbers, with their cities.
    private func people(
        withNumbers numbers: Set<String>
    ) throws -> [String: (person: Digest, city: String?)] {
        guard !numbers.isEmpty else { return [:] }
        let members = try catalogue.event.items.flatMap {
            try record.entrants(of: $0.id).flatMap(\.members)
        }
        var found: [String: (person: Digest, city: String?)] = [:]
        for (commitment, person) in try record.people(members) {
            guard let number = person.idNumber?.uppercased(), numbers.contains(number) else {
                continue
            }
            // One human may stand in the annex more than once; the order decides nothing by chance.
            if let other = found[number], other.person.hex < commitment.hex { continue }
            found[number] = (commitment, Self.city(of: person)?.code)
        }
        return found
    }
}
