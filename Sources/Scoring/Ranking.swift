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

    /// A place and those who hold it, by their places in the tally.
    private struct Place {
        let members: [Int32]
        let isTie: Bool
    }

    /// What told entrants apart, collected where somebody asks.
    private struct Reasons {
        var isAsked: Bool
        var decisions: [EntrantID: [TieDecision]] = [:]
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

    func placings(explains: Bool) throws(ExactError) -> Placings {
        let field = try sorted()
        var ranks = [Int32](repeating: 0, count: tally.inputs.count)
        var order: [Int32] = []
        order.reserveCapacity(tally.inputs.count)
        var ties: [Placings.Tie] = []
        var reasons = Reasons(isAsked: explains)
        var places = 0
        let isDense = plan.card.ties.numbering == .dense
        for run in field.runs {
            if run.count == 1 {
                let index = field.ranked[run.lowerBound]
                ranks[Int(index)] = Int32(isDense ? places + 1 : order.count + 1)
                order.append(index)
                places += 1
                continue
            }
            if !explains, run.count == 2,
                let isInOrder = values.isInOrder(
                    field.ranked[run.lowerBound],
                    field.ranked[run.lowerBound + 1],
                    isFirst: run.lowerBound == 0
                )
            {
                // Most ties are of two, told apart by whole numbers: nothing is made for them.
                for place in 0..<2 {
                    let index = field.ranked[run.lowerBound + (isInOrder ? place : 1 - place)]
                    ranks[Int(index)] = Int32(isDense ? places + 1 : order.count + 1)
                    order.append(index)
                    places += 1
                }
                continue
            }
            let separated = try separate(
                Array(field.ranked[run]),
                from: 0,
                isFirst: run.lowerBound == 0,
                reasons: &reasons
            )
            for place in separated {
                let rank = isDense ? places + 1 : order.count + 1
                places += 1
                if place.isTie {
                    ties.append(.init(rank: rank, entrants: place.members.map(id)))
                }
                for member in place.members { ranks[Int(member)] = Int32(rank) }
                order += place.members
            }
        }
        let ranked = order.count
        order += field.guests + field.without
        return Placings(
            ranks: ranks,
            order: order,
            ranked: ranked,
            ties: ties,
            decisions: reasons.decisions
        )
    }

    private func id(_ index: Int32) -> EntrantID { tally.inputs[Int(index)].entrant.id }

    func standings() throws(ExactError) -> Standings {
        let placings = try placings(explains: true)
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
        let lower = plan.card.total.lowerIsBetter
        if let numbers = totals.wholeRanking() {
            var keys: [Int64] = []
            keys.reserveCapacity(numbers.count)
            // Where both fit, one whole number holds the ranking number (turned, so that the best is
            // the least) and the place in the tally, and sorting looks at nothing else.
            let bits = 24
            let isSmall =
                numbers.count < 1 << bits
                && numbers.allSatisfy { ($0?.magnitude ?? 0) < 1 << (62 - bits) }
            for (index, number) in numbers.enumerated() {
                guard let number else {
                    field.without.append(Int32(index))
                    continue
                }
                let turned = lower ? number : -number
                keys.append(isSmall ? turned << bits | Int64(index) : Int64(index))
            }
            if isSmall {
                keys.sort()
            } else {
                keys.sort { a, b in
                    let (x, y) = (numbers[Int(a)] ?? 0, numbers[Int(b)] ?? 0)
                    return x != y ? (x < y) == lower : a < b
                }
            }
            var last: Int64?
            for key in keys {
                let index = Int32(isSmall ? key & (1 << bits - 1) : key)
                if tally.isGuest[Int(index)] {
                    field.guests.append(index)
                    continue
                }
                field.add(index, isLevel: last == numbers[Int(index)])
                last = numbers[Int(index)]
            }
            return field
        }
        var keys: [(number: Rational, index: Int32)] = []
        for index in tally.inputs.indices {
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
            if tally.isGuest[Int(key.index)] {
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
        _ group: [Int32],
        from first: Int,
        isFirst: Bool,
        reasons: inout Reasons
    ) throws(ExactError) -> [Place] {
        guard group.count > 1 else { return [Place(members: group, isTie: false)] }
        for number in first..<plan.card.ties.keys.count {
            let key = plan.card.ties.keys[number]
            if key.firstPlaceOnly, !isFirst { continue }
            let groups = try values.split(group, by: number)
            guard groups.count > 1 else { continue }
            if reasons.isAsked { try note(groups, number, among: group, &reasons) }
            var places: [Place] = []
            // A key for the first place takes the best out and leaves the others level.
            let parts =
                key.firstPlaceOnly
                ? [groups[0], groups.dropFirst().flatMap { $0 }.sorted()] : groups
            for part in parts {
                places += try separate(
                    part,
                    from: number + 1,
                    isFirst: isFirst && places.isEmpty,
                    reasons: &reasons
                )
            }
            return places
        }
        return rule(group, &reasons)
    }

    /// The chief judge's order where there is one for all; else they stay level.
    private func rule(_ group: [Int32], _ reasons: inout Reasons) -> [Place] {
        let ids = group.map(id)
        let rulings = ids.compactMap { tally.rulings[$0] }
        if rulings.count == group.count, Set(rulings).count == group.count {
            let order = zip(group, rulings).sorted { $0.1 < $1.1 }.map(\.0)
            let word = Text("裁判长裁定", "chief judge's ruling")
            for (index, member) in order.enumerated() {
                let other = id(order[index > 0 ? index - 1 : 1])
                note(id(member), other, word, isBefore: index == 0, &reasons)
            }
            return order.map { Place(members: [$0], isTie: false) }
        }
        let word =
            switch plan.card.ties.end {
            case .shared: Text("并列", "shared")
            case .chiefJudge: Text("待裁判长裁定", "awaits the chief judge")
            case .mustSeparate: Text("必须分出名次", "must be separated")
            }
        for (index, id) in ids.enumerated() {
            note(id, ids[index == 0 ? 1 : 0], word, isBefore: false, &reasons)
        }
        return [Place(members: group, isTie: true)]
    }

    private func note(
        _ id: EntrantID,
        _ other: EntrantID,
        _ word: Text,
        isBefore: Bool,
        _ reasons: inout Reasons
    ) {
        guard reasons.isAsked else { return }
        reasons.decisions[id, default: []].append(
            TieDecision(against: other, key: nil, measure: word, values: "", isBefore: isBefore)
        )
    }

    private func note(
        _ groups: [[Int32]],
        _ number: Int,
        among level: [Int32],
        _ reasons: inout Reasons
    ) throws(ExactError) {
        let key = plan.card.ties.keys[number]
        let measure = key.measure.title(in: plan.card)
        let comparison = TieComparison(key: key, total: plan.card.total)
        let ids = level.map(id)
        var seen: [TieValue] = []
        for group in groups { seen.append(try values.value(key, of: id(group[0]), within: ids)) }
        for (index, group) in groups.enumerated() {
            let isBefore = index + 1 < groups.count
            let neighbour = isBefore ? index + 1 : index - 1
            let decision = TieDecision(
                against: id(groups[neighbour][0]),
                key: number + 1,
                measure: measure,
                values: comparison.text(seen[index], seen[neighbour], isBefore: isBefore),
                isBefore: isBefore
            )
            for member in group { reasons.decisions[id(member), default: []].append(decision) }
        }
    }
}
