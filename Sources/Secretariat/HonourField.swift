internal import Seal
internal import Competition
internal import Exact
internal import Ledger
internal import Rules
internal import Snapshots

/// A published result as honour rules look at it: places by every numbering, and how many took part.
struct HonourField {
    private let result: ItemResult
    private let common: Facts
    /// What a part takes to be passed, by the card; nil where the card does not say.
    private let passes: [Rational?]

    /// Takes a result.
    ///
    /// - Parameters:
    ///   - result: the result.
    ///   - parts: the card's parts.
    ///   - event: the event.
    ///   - publishedAt: when the result was computed, in milliseconds since 1970.
    init(_ result: ItemResult, parts: [CardNode], of event: Event, publishedAt: Int) {
        self.result = result
        passes = parts.map(\.pass)
        var facts = Facts()
        facts["team_size"] = .number(Rational(result.teamSize))
        facts["entrants"] = .number(Rational(result.rows.filter(Self.tookPart).count))
        facts["track"] = .word(result.track)
        facts["item"] = .word(result.item.code)
        facts["event_class"] = event.eventClass.map { .word($0) }
        facts["result_date"] = Day(inChinaAt: publishedAt).map { .day($0) }
        facts["first_day"] = .day(event.days.lowerBound)
        common = facts
    }

    /// Guests stand outside the field; who did not come took no part.
    private static func tookPart(_ row: ResultRow) -> Bool {
        !["guest", "absent", "withdrew"].contains(row.status)
    }

    /// What the result says of one row.
    func facts(_ row: ResultRow) -> Facts {
        var facts = common
        facts["guest"] = .truth(row.status == "guest")
        facts["award"] = .word(row.award)
        facts["all_parts_passed"] = hasPassed(row).map { .truth($0) }
        // A group that nobody stated is not known to be the workers'.
        let group = result.rows.filter { $0.group == row.group }
        if !row.group.isEmpty {
            facts["group"] = .word(row.group)
            facts["group_entrants"] = .number(Rational(group.filter(Self.tookPart).count))
        }
        guard let rank = row.rank else { return facts }
        facts["rank"] = .number(Rational(rank))
        let better = result.rows.compactMap(\.rank).filter { $0 < rank }
        facts["dense_rank"] = .number(Rational(Set(better).count + 1))
        if !row.group.isEmpty {
            let place = group.compactMap(\.rank).filter { $0 < rank }.count + 1
            facts["group_rank"] = .number(Rational(place))
        }
        let count = result.rows.filter(Self.tookPart).count
        if count > 0, let share = try? Rational(100 * rank).divided(by: Rational(count)) {
            facts["rank_percent"] = .number(share)
        }
        return facts
    }

    /// Whether every part is passed; nil where the card or the result does not say.
    private func hasPassed(_ row: ResultRow) -> Bool? {
        let parts = zip(row.parts, passes).map { text, pass -> Bool? in
            guard let pass, let value = try? Rational(written: text) else { return nil }
            return value >= pass
        }
        if parts.contains(false) { return false }
        return parts.isEmpty || parts.contains(nil) ? nil : true
    }
}

extension PersonRecord {
    /// What the annex says of a person: birth date and sex by the ID number, and the level handed in.
    var facts: Facts {
        var facts = Facts()
        if let id = idNumber.flatMap({ try? NationalID($0) }) {
            facts["sex"] = .word(id.isFemale ? "female" : "male")
            facts["birth_date"] = .day(id.birthDate)
        }
        facts["skill_level"] = content["skill_level"]?.string.map { .word($0) }
        return facts
    }

    /// What the annex says of a person, as honour rules ask for it.
    ///
    /// - Parameter honours: the person's honours that stand in this record.
    /// - Returns: the facts that are known.
    func honourFacts(_ honours: [String]) -> Facts {
        var facts = facts
        switch content["employed"]?.string {
        case "yes": facts["employed"] = .truth(true)
        case "no": facts["employed"] = .truth(false)
        default: break
        }
        // Another title may have been conferred elsewhere: what is not here is not known.
        let named = (content["titles"]?.string ?? "").split { ";;、".contains($0) }
        facts["titles"] = .someWords(
            Set(named.map { String($0).trimmingBlanks() }.filter { !$0.isEmpty } + honours)
        )
        return facts
    }
}
