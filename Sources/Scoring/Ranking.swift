public import Competition
public import Exact
public import Findings

extension ScoringPlan {
    /// Counts everyone and puts them in order.
    ///
    /// The order of the input never matters.
    ///
    /// - Parameters:
    ///   - inputs: the entrants.
    ///   - table: their marks.
    ///   - rulings: for entrants whom the chief judge ruled on, their order within the tie.
    /// - Returns: the standings, with what is open.
    /// - Throws: `ExactError` where a number does not fit in 128 bits.
    public func standings(
        _ inputs: [EntrantInput],
        in table: MarkTable,
        rulings: [EntrantID: Int] = [:]
    ) throws(ExactError) -> Standings {
        var scores: [EntrantID: EntrantScore] = [:]
        for input in inputs { scores[input.entrant.id] = try score(input, in: table) }
        let ranking = Ranking(
            plan: self,
            values: TieKeyValues(
                plan: self,
                table: table,
                scores: scores,
                inputs: Dictionary(
                    inputs.map { ($0.entrant.id, $0) },
                    uniquingKeysWith: { first, _ in first }
                )
            ),
            rulings: rulings
        )
        return try ranking.standings(inputs.map(\.entrant))
    }

    /// The number of a total that ranks.
    func ranked(_ total: Rational) throws(ExactError) -> Rational {
        switch card.total.ranked {
        case .exact: total
        case .shown: try total.rounded(card.total.shown)
        case .rounded(let rounding): try total.rounded(rounding)
        }
    }
}

private struct Ranking {
    let plan: ScoringPlan
    let values: TieKeyValues
    let rulings: [EntrantID: Int]

    private struct Place {
        let ids: [EntrantID]
        let isTie: Bool
    }

    func standings(_ entrants: [Entrant]) throws(ExactError) -> Standings {
        let byID = Dictionary(entrants.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        let all = byID.keys.sorted()
        var totals: [Rational: [EntrantID]] = [:]
        var guests: [(EntrantID, Rational)] = []
        var without: [EntrantID] = []
        for id in all {
            guard let entrant = byID[id], let total = values.scores[id]?.total.value else {
                without.append(id)
                continue
            }
            let number = try plan.ranked(total)
            if entrant.isGuest {
                guests.append((id, number))
            } else {
                totals[number, default: []].append(id)
            }
        }
        let lower = plan.card.total.lowerIsBetter
        var decisions: [EntrantID: [TieDecision]] = [:]
        var places: [Place] = []
        for total in totals.keys.sorted(by: { lower ? $0 < $1 : $0 > $1 }) {
            let level = totals[total] ?? []
            places += try separate(
                level,
                from: 0,
                isFirst: places.isEmpty,
                decisions: &decisions
            )
        }
        var rows: [Standing] = []
        var open: [OpenTie] = []
        var taken = 0
        for (index, place) in places.enumerated() {
            let rank = plan.card.ties.numbering == .dense ? index + 1 : taken + 1
            taken += place.ids.count
            if place.isTie, plan.card.ties.end != .shared {
                open.append(OpenTie(rank: rank, entrants: place.ids, end: plan.card.ties.end))
            }
            for id in place.ids {
                rows += try row(byID[id], rank: rank, decisions[id] ?? [])
            }
        }
        let guestOrder = guests.sorted {
            $0.1 != $1.1 ? ($0.1 > $1.1) != lower : $0.0 < $1.0
        }
        for id in guestOrder.map(\.0) + without { rows += try row(byID[id], rank: nil, []) }
        return Standings(rows: rows, openTies: open)
    }

    private func row(
        _ entrant: Entrant?,
        rank: Int?,
        _ decisions: [TieDecision]
    ) throws(ExactError) -> [Standing] {
        guard let entrant, let score = values.scores[entrant.id] else { return [] }
        var shown: String?
        if let total = score.total.value { shown = try total.text(plan.card.total.shown) }
        return [
            Standing(
                entrant: entrant,
                rank: rank,
                score: score,
                shownTotal: shown,
                decisions: decisions
            )
        ]
    }

    /// Splits a group of level entrants by the keys from one on; keeps their order otherwise.
    private func separate(
        _ group: [EntrantID],
        from first: Int,
        isFirst: Bool,
        decisions: inout [EntrantID: [TieDecision]]
    ) throws(ExactError) -> [Place] {
        guard group.count > 1 else { return [Place(ids: group, isTie: false)] }
        for number in first..<plan.card.ties.keys.count {
            let key = plan.card.ties.keys[number]
            if key.firstPlaceOnly, !isFirst { continue }
            var byValue: [TieValue: [EntrantID]] = [:]
            for id in group {
                byValue[try values.value(key, of: id, within: group), default: []].append(id)
            }
            guard byValue.count > 1 else { continue }
            let order = byValue.keys.sorted(by: >)
            let groups = order.map { (value: $0, ids: byValue[$0] ?? []) }
            note(groups, key: key, number: number, in: &decisions)
            var places: [Place] = []
            // A key for the first place takes the best out and leaves the others level.
            let parts =
                key.firstPlaceOnly
                ? [groups[0].ids, groups.dropFirst().flatMap(\.ids).sorted()] : groups.map(\.ids)
            for part in parts {
                places += try separate(
                    part,
                    from: number + 1,
                    isFirst: isFirst && places.isEmpty,
                    decisions: &decisions
                )
            }
            return places
        }
        return try rule(group, decisions: &decisions)
    }

    /// The chief judge's order where there is one for all; else they stay level.
    private func rule(
        _ group: [EntrantID],
        decisions: inout [EntrantID: [TieDecision]]
    ) throws(ExactError) -> [Place] {
        let ruled = group.compactMap { id in rulings[id].map { (id, $0) } }
        if ruled.count == group.count, Set(ruled.map(\.1)).count == group.count {
            let order = ruled.sorted { $0.1 < $1.1 }.map(\.0)
            let word = Text("裁判长裁定", "chief judge's ruling")
            for (index, id) in order.enumerated() {
                let other = index > 0 ? order[index - 1] : order[1]
                decisions[id, default: []].append(
                    TieDecision(
                        against: other,
                        key: nil,
                        measure: word,
                        own: "",
                        other: "",
                        isBefore: index == 0
                    )
                )
            }
            return order.map { Place(ids: [$0], isTie: false) }
        }
        let word =
            switch plan.card.ties.end {
            case .shared: Text("并列", "shared")
            case .chiefJudge: Text("待裁判长裁定", "awaits the chief judge")
            case .mustSeparate: Text("必须分出名次", "must be separated")
            }
        for (index, id) in group.enumerated() {
            decisions[id, default: []].append(
                TieDecision(
                    against: group[index == 0 ? 1 : 0],
                    key: nil,
                    measure: word,
                    own: "",
                    other: "",
                    isBefore: false
                )
            )
        }
        return [Place(ids: group, isTie: true)]
    }

    private func note(
        _ groups: [(value: TieValue, ids: [EntrantID])],
        key: TieKey,
        number: Int,
        in decisions: inout [EntrantID: [TieDecision]]
    ) {
        let measure = key.measure.title
        for (index, group) in groups.enumerated() {
            let neighbour = index + 1 < groups.count ? groups[index + 1] : groups[index - 1]
            guard let against = neighbour.ids.first else { continue }
            for id in group.ids {
                decisions[id, default: []].append(
                    TieDecision(
                        against: against,
                        key: number + 1,
                        measure: measure,
                        own: text(group.value, key),
                        other: text(neighbour.value, key),
                        isBefore: index + 1 < groups.count
                    )
                )
            }
        }
    }

    private func text(_ value: TieValue, _ key: TieKey) -> String {
        value.values.map { value in
            guard let value else { return "–" }
            let plain = key.lowerFirst ? (try? value.negated()) ?? value : value
            return plain.shown(for: key, plan).shortest
        }.joined(separator: " ")
    }
}

extension Rational {
    /// Placings, and marks of which the lower is the better, are compared turned and shown as they are.
    fileprivate func shown(for key: TieKey, _ plan: ScoringPlan) -> Rational {
        switch key.measure {
        case .countbackOfPlacings: return magnitude
        case .attempts, .countbackOfMarks:
            return plan.card.total.lowerIsBetter ? (try? negated()) ?? self : self
        default: return self
        }
    }
}

extension TieMeasure {
    /// What is compared, in words.
    public var title: Text {
        switch self {
        case .marks(let references):
            let sum = references.map(\.text).joined(separator: "+")
            return Text(same: sum)
        case .entered(let reference): return Text(same: reference.text)
        case .fullMarks: return Text("满分项数", "aspects with full marks")
        case .countbackOfMarks: return Text("最高分个数依次比较", "countback of marks")
        case .countbackOfPlacings: return Text("名次个数依次比较", "countback of placings")
        case .attempts(let node):
            return Text("\(node.text) 各次成绩依次比较", "attempts at \(node.text), best first")
        case .headToHead: return Text("相互比较", "head to head")
        case .external(let name): return Text(same: name)
        case .lot: return Text("抽签", "lot")
        }
    }
}
