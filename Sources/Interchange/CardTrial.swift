internal import Competition
internal import Exact
internal import Scoring

/// Counts invented marks with a card, so that numbers that can't be held are found before an event
/// rather than in it.
struct CardTrial {
    private let card: Scorecard

    init(_ card: Scorecard) { self.card = card }

    /// Whether fields of high, low and uneven marks can be counted for every group.
    var fits: Bool {
        let plan = ScoringPlan(card: card)
        let panels = plan.aspects.compactMap { $0.panel.judges }
        let judges = (1...(panels.max() ?? 7)).compactMap { JudgeID("J\($0)") }
        let ids = (1...3).compactMap { EntrantID("E\($0)") }
        guard let item = ItemID("trial"), let delegation = DelegationID("none") else {
            return false
        }
        var table = MarkTable(plan: plan, entrants: ids, judges: judges)
        for (number, planned) in plan.aspects.enumerated() {
            // Only as many as its panel has, so that the mark is taken.
            let panel = planned.aspect.isAgreed ? 1 : planned.panel.judges ?? judges.count
            for row in ids.indices {
                for judge in 0..<panel {
                    for attempt in 0..<planned.attempts {
                        table[row, number, judge, attempt] = Self.mark(
                            planned.aspect,
                            row: row,
                            step: judge + attempt * 3 + number
                        )
                    }
                }
            }
        }
        for group in card.weighedGroups.union([""]) {
            let inputs = ids.map {
                EntrantInput(
                    entrant: Entrant(
                        id: $0,
                        item: item,
                        delegation: delegation,
                        group: group,
                        isGuest: false
                    )
                )
            }
            guard let tally = try? ItemTally(plan: plan, inputs: inputs, table: table),
                (try? tally.standings(isPlain: true)) != nil
            else { return false }
        }
        return true
    }

    /// A mark that may be entered: near the top, near the bottom, or uneven between.
    private static func mark(_ aspect: Aspect, row: Int, step: Int) -> Int32 {
        let range = aspect.marking.range
        if case .options(let options) = aspect.marking {
            return (try? aspect.read(options[(row + step) % options.count].code.shortest)) ?? 0
        }
        if case .judgement = aspect.marking { return Int32([3, 0, 2][row]) }
        guard let width = try? range.greatest.minus(range.least).divided(by: range.step) else {
            return 0
        }
        let steps = Int(clamping: width.floor)
        let places = [
            steps - step % (steps + 1), step % (steps + 1), (steps / 3 + step * 7) % (steps + 1),
        ]
        guard let above = try? range.step.times(Rational(places[row])),
            let value = try? range.least.plus(above)
        else { return 0 }
        return (try? aspect.read(value.shortest)) ?? 0
    }
}
