public import Competition
public import Exact
public import Findings

/// A team's place within one item, made of its members' totals (团体成绩).
public struct TeamStanding: Sendable, Hashable {
    /// The team.
    public let team: String
    /// The place; nil where too few members have a total.
    public let rank: Int?
    /// The sum of the totals that count.
    public let total: Rational?
    /// The members whose totals count, the best first.
    public let counted: [EntrantID]
    /// All members.
    public let members: [EntrantID]
    /// What told it apart from teams with the same total.
    public let decidedBy: [Text]
}

extension ItemTally {
    /// The teams of an item, in order, by the card's rule for them; empty where it has none.
    ///
    /// - Throws: ``CountingFault`` where a number does not fit in 128 bits.
    public func teams() throws(CountingFault) -> [TeamStanding] {
        guard let rule = plan.card.teams else { return [] }
        let standings = try standings()
        do throws(ExactError) {
            return try TeamRanking(tally: self, rule: rule, standings: standings).rows()
        } catch {
            throw CountingFault(entrant: nil, cause: error)
        }
    }
}

private struct TeamRanking {
    let tally: ItemTally
    let rule: TeamRule
    let standings: Standings

    private struct Team {
        let name: String
        let total: Rational?
        let counted: [EntrantID]
        let members: [EntrantID]
    }

    func rows() throws(ExactError) -> [TeamStanding] {
        let lower = tally.plan.card.total.lowerIsBetter
        var teams: [Team] = []
        let values = TieKeyValues(totals: try counted())
        for name in Set(tally.inputs.map(\.team)).subtracting([""]).sorted() {
            teams.append(try team(name, values))
        }
        var byTotal: [Rational: [Team]] = [:]
        for team in teams { if let total = team.total { byTotal[total, default: []].append(team) } }
        var rows: [TeamStanding] = []
        var places = 0
        for total in byTotal.keys.sorted(by: { lower ? $0 < $1 : $0 > $1 }) {
            let groups = try separate(byTotal[total] ?? [], from: 0, values)
            for (group, reasons) in groups {
                let rank = rule.ties.numbering == .dense ? places + 1 : rows.count + 1
                places += 1
                for team in group { rows.append(row(team, rank, reasons)) }
            }
        }
        let short = Text("有成绩的队员不足", "too few members have a total")
        return rows + teams.filter { $0.total == nil }.map { row($0, nil, [short]) }
    }

    private func counted() throws(ExactError) -> Totals {
        do throws(CountingFault) {
            return try Totals(tally)
        } catch {
            throw error.cause
        }
    }

    private func row(_ team: Team, _ rank: Int?, _ reasons: [Text]) -> TeamStanding {
        TeamStanding(
            team: team.name,
            rank: rank,
            total: team.total,
            counted: team.counted,
            members: team.members,
            decidedBy: reasons
        )
    }

    private struct Member {
        let id: EntrantID
        let total: Rational
        let rank: Int
        let keys: [TieValue]
    }

    private func team(_ name: String, _ values: TieKeyValues) throws(ExactError) -> Team {
        let lower = tally.plan.card.total.lowerIsBetter
        let members = tally.inputs.filter { $0.team == name && !$0.entrant.isGuest }
            .map(\.entrant.id)
        var totals: [Member] = []
        for row in standings.rows where members.contains(row.entrant.id) {
            guard let total = row.total.value else { continue }
            var keys: [TieValue] = []
            for key in rule.ties.keys {
                keys.append(try values.value(key, of: row.entrant.id, within: members))
            }
            totals.append(
                Member(
                    id: row.entrant.id,
                    total: try tally.plan.ranked(total),
                    rank: row.rank ?? .max,
                    keys: keys
                )
            )
        }
        // The better place counts first; of those who share one, whom the team's own keys prefer.
        totals.sort { a, b in
            if a.total != b.total { return (a.total > b.total) != lower }
            if a.rank != b.rank { return a.rank < b.rank }
            for (x, y) in zip(a.keys, b.keys) where x != y { return x > y }
            return a.id < b.id
        }
        var need = rule.members
        if case .best(let count) = rule.keep { need = count }
        guard totals.count >= need, members.count <= rule.members || need < rule.members else {
            return Team(name: name, total: nil, counted: [], members: members)
        }
        let kept = Array(totals.prefix(need))
        let total =
            rule.keep == .mean
            ? try Combination.mean.value(of: kept.map(\.total), lowerIsBetter: lower)
            : try kept.map(\.total).sum()
        return Team(name: name, total: total, counted: kept.map(\.id), members: members)
    }

    private func separate(
        _ group: [Team],
        from first: Int,
        _ values: TieKeyValues
    ) throws(ExactError) -> [([Team], [Text])] {
        guard group.count > 1 else { return [(group, [])] }
        for number in first..<rule.ties.keys.count {
            let key = rule.ties.keys[number]
            var bySum: [TieValue: [Team]] = [:]
            for team in group { bySum[try sum(key, team, values), default: []].append(team) }
            guard bySum.count > 1 else { continue }
            let order = bySum.keys.sorted(by: >)
            let measure = key.measure.title(in: tally.plan.card)
            let comparison = TieComparison(key: key, total: tally.plan.card.total)
            var groups: [([Team], [Text])] = []
            for (place, value) in order.enumerated() {
                let other = order[place + 1 < order.count ? place + 1 : place - 1]
                let against = bySum[other]?.first?.name ?? ""
                let text = comparison.text(value, other, isBefore: value > other)
                let reason = Text(
                    "第\(number + 1)键 \(measure.zh) \(text)(\(against))",
                    "\(TieDecision.ordinal(number + 1)) key: \(measure.en) \(text) (\(against))"
                )
                let parts = try separate(bySum[value] ?? [], from: number + 1, values)
                groups += parts.map { ($0.0, [reason] + $0.1) }
            }
            return groups
        }
        let word: Text =
            switch rule.ties.end {
            case .shared: Text("并列", "shared")
            case .chiefJudge: Text("待裁判长裁定", "awaits the chief judge")
            case .mustSeparate: Text("必须分出名次", "must be separated")
            }
        return [(group, [word])]
    }

    /// A key's value of a team: the sum of its counted members'; a member's missing value is the
    /// team's.
    private func sum(
        _ key: TieKey,
        _ team: Team,
        _ values: TieKeyValues
    ) throws(ExactError) -> TieValue {
        var sum = Rational.zero
        for member in team.counted {
            let value = try values.value(key, of: member, within: team.counted).values.first
            guard let number = value ?? nil else { return TieValue(values: [nil]) }
            sum = try sum.plus(number)
        }
        return TieValue(values: [sum])
    }
}
