internal import Competition
internal import Exact
internal import Findings

/// Puts those who are counted in order, and says why.
struct Ranking {
    let totals: Totals
    let values: TieKeyValues

    private var tally: ItemTally { totals.tally }
    private var plan: ScoringPlan { totals.tally.plan }

    init(totals: Totals) {
        self.totals = totals
        values = TieKeyValues(totals: totals)
    }

    private struct Place {
        let ids: [EntrantID]
        let isTie: Bool
    }

    private struct Field {
        var ranked: [Int32] = []
        var guests: [Int32] = []
        var without: [Int32] = []
        /// Runs of equal ranking numbers among ``ranked``.
        var runs: [Range<Int>] = []

        mutating func add(_ index: Int32, isLevel: Bool) {
            if isLevel, let run = runs.popLast() {
                runs.append(run.lowerBound..<(run.upperBound + 1))
            } else {
                runs.append(ranked.count..<(ranked.count + 1))
            }
            ranked.append(index)
        }
    }

    func placings() throws(ExactError) -> Placings {
        let field = try sorted()
        let inputs = tally.inputs
        var ranks = [Int32](repeating: 0, count: inputs.count)
        var order: [Int32] = []
        order.reserveCapacity(inputs.count)
        var ties: [Placings.Tie] = []
        var decisions: [EntrantID: [TieDecision]] = [:]
        var places = 0
        let isDense = plan.card.ties.numbering == .dense
        for run in field.runs {
            if run.count == 1 {
                ranks[Int(field.ranked[run.lowerBound])] = Int32(
                    isDense ? places + 1 : order.count + 1
                )
                order.append(field.ranked[run.lowerBound])
                places += 1
                continue
            }
            var indices: [EntrantID: Int32] = [:]
            var level: [EntrantID] = []
            for index in field.ranked[run] {
                let id = inputs[Int(index)].entrant.id
                indices[id] = index
                level.append(id)
            }
            let separated = try separate(
                level,
                from: 0,
                isFirst: run.lowerBound == 0,
                decisions: &decisions
            )
            for place in separated {
                let rank = isDense ? places + 1 : order.count + 1
                places += 1
                if place.isTie { ties.append(.init(rank: rank, entrants: place.ids)) }
                for id in place.ids {
                    guard let index = indices[id] else { continue }
                    ranks[Int(index)] = Int32(rank)
                    order.append(index)
                }
            }
        }
        let ranked = order.count
        order += field.guests + field.without
        return Placings(
            ranks: ranks,
            order: order,
            ranked: ranked,
            ties: ties,
            decisions: decisions
        )
    }

    func standings() throws(ExactError) -> Standings {
        let placings = try placings()
        var rows: [Standing] = []
        rows.reserveCapacity(placings.order.count)
        for index in placings.order {
            let rank = placings.ranks[Int(index)]
            rows.append(
                try row(
                    Int(index),
                    rank: rank == 0 ? nil : Int(rank),
                    placings.decisions[tally.inputs[Int(index)].entrant.id] ?? []
                )
            )
        }
        let end = plan.card.ties.end
        let open =
            end == .shared
            ? [] : placings.ties.map { OpenTie(rank: $0.rank, entrants: $0.entrants, end: end) }
        return Standings(rows: rows, openTies: open)
    }

    private func row(
        _ index: Int,
        rank: Int?,
        _ decisions: [TieDecision]
    ) throws(ExactError) -> Standing {
        let total = try totals.total(index)
        var shown: String?
        var stored: String?
        if let value = total.value {
            shown = try value.text(plan.card.total.shown)
            if let rounding = plan.card.total.stored { stored = try value.text(rounding) }
        }
        return Standing(
            entrant: tally.inputs[index].entrant,
            rank: rank,
            total: total,
            parts: try totals.parts(index),
            shownTotal: shown,
            storedTotal: stored,
            decisions: decisions
        )
    }

    /// Everyone in the order of the ranking number; those with the same number by code, for now.
    private func sorted() throws(ExactError) -> Field {
        var field = Field()
        let inputs = tally.inputs
        let lower = plan.card.total.lowerIsBetter
        if let numbers = totals.wholeRanking() {
            // One whole number holds the ranking number (turned, so that the best is the least) and
            // the place in the tally: sorting it needs no look at anything else.
            var keys: [(number: Int64, index: Int32)] = []
            keys.reserveCapacity(numbers.count)
            for (index, number) in numbers.enumerated() {
                guard let number else {
                    field.without.append(Int32(index))
                    continue
                }
                keys.append((lower ? number : -number, Int32(index)))
            }
            keys.sort { $0.number != $1.number ? $0.number < $1.number : $0.index < $1.index }
            var last: Int64?
            for key in keys {
                if inputs[Int(key.index)].entrant.isGuest {
                    field.guests.append(key.index)
                    continue
                }
                field.add(key.index, isLevel: last == key.number)
                last = key.number
            }
            return field
        }
        var keys: [(number: Rational, index: Int32)] = []
        for index in inputs.indices {
            guard let value = try totals.total(index).value else {
                field.without.append(Int32(index))
                continue
            }
            keys.append((try plan.ranked(value), Int32(index)))
        }
        keys.sort { a, b in
            guard a.number != b.number else { return a.index < b.index }
            return lower ? a.number < b.number : a.number > b.number
        }
        var last: Rational?
        for key in keys {
            if inputs[Int(key.index)].entrant.isGuest {
                field.guests.append(key.index)
                continue
            }
            field.add(key.index, isLevel: last == key.number)
            last = key.number
        }
        return field
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
        return rule(group, decisions: &decisions)
    }

    /// The chief judge's order where there is one for all; else they stay level.
    private func rule(
        _ group: [EntrantID],
        decisions: inout [EntrantID: [TieDecision]]
    ) -> [Place] {
        let ruled = group.compactMap { id in tally.rulings[id].map { (id, $0) } }
        func note(_ id: EntrantID, _ other: EntrantID, _ word: Text, isBefore: Bool) {
            decisions[id, default: []].append(
                TieDecision(
                    against: other,
                    key: nil,
                    measure: word,
                    values: "",
                    isBefore: isBefore
                )
            )
        }
        if ruled.count == group.count, Set(ruled.map(\.1)).count == group.count {
            let order = ruled.sorted { $0.1 < $1.1 }.map(\.0)
            let word = Text("裁判长裁定", "chief judge's ruling")
            for (index, id) in order.enumerated() {
                note(id, order[index > 0 ? index - 1 : 1], word, isBefore: index == 0)
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
            note(id, group[index == 0 ? 1 : 0], word, isBefore: false)
        }
        return [Place(ids: group, isTie: true)]
    }

    private func note(
        _ groups: [(value: TieValue, ids: [EntrantID])],
        key: TieKey,
        number: Int,
        in decisions: inout [EntrantID: [TieDecision]]
    ) {
        let measure = key.measure.title(in: plan.card)
        for (index, group) in groups.enumerated() {
            let isBefore = index + 1 < groups.count
            let neighbour = isBefore ? groups[index + 1] : groups[index - 1]
            guard let against = neighbour.ids.first else { continue }
            let shown = TieComparison(key: key, total: plan.card.total)
                .text(group.value, neighbour.value, isBefore: isBefore)
            for id in group.ids {
                decisions[id, default: []].append(
                    TieDecision(
                        against: against,
                        key: number + 1,
                        measure: measure,
                        values: shown,
                        isBefore: isBefore
                    )
                )
            }
        }
    }
}
