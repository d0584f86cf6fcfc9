import Competition
import Exact
import Scoring
import Testing

/// The program of whole numbers, the way of exact fractions, and the plainly written reference agree.
@Suite struct FastPathTests {
    private struct Case {
        var reference: ReferenceTally
        let entrants: [String]
        let tally: ItemTally
        let rows: Int
    }

    private func make(seed: UInt64, isPlain: Bool) throws -> Case {
        var random = RandomCards(seed: seed)
        let card = try random.card(isPlain: isPlain)
        let plan = ScoringPlan(card: card)
        let judges = (1...(card.panel.judges ?? 1)).map { "J\($0)" }
        let entrants = (0..<8).map { "E\($0)" }
        var reference = ReferenceTally(card: card, judges: judges)
        var table = MarkTable(
            plan: plan,
            entrants: entrants.compactMap { EntrantID($0) },
            judges: judges.compactMap { JudgeID($0) }
        )
        for (row, entrant) in entrants.enumerated() {
            if random.dice.chance(30) { reference.groups[entrant] = "student" }
            // Most rows are full; some lack a mark, and some hold words.
            let care = random.dice.pick([100, 100, 100, 97])
            for (number, planned) in plan.aspects.enumerated() {
                for attempt in 0..<planned.attempts {
                    let names = planned.aspect.isAgreed ? [""] : judges
                    for (judge, name) in names.enumerated() {
                        let cell = ReferenceTally.Cell(
                            entrant: entrant,
                            address: planned.address,
                            judge: name,
                            attempt: attempt
                        )
                        if random.dice.chance(care) {
                            let mark = try random.mark(planned.aspect)
                            reference.marks[cell] = .mark(mark)
                            table[row, number, judge, attempt] = try planned.aspect.read(
                                mark.shortest
                            )
                        } else if random.dice.chance(30) {
                            reference.marks[cell] = .notAttempted
                            table[row, number, judge, attempt] = StoredMark.notAttempted
                        } else if random.dice.chance(30) {
                            reference.marks[cell] = .word(.absent)
                            table[row, number, judge, attempt] = StoredMark.absent
                        }
                    }
                }
            }
        }
        let inputs = try entrants.map { entrant in
            try #require(Counting.input(entrant, group: reference.groups[entrant] ?? "worker"))
        }
        let tally = try ItemTally(plan: plan, inputs: inputs, table: table)
        return Case(reference: reference, entrants: entrants, tally: tally, rows: entrants.count)
    }

    @Test(arguments: [true, false])
    func everyWayOfCountingGivesTheSameTotalsAndPlaces(isPlain: Bool) throws {
        var counted = 0
        for seed in 0..<UInt64(350) {
            let made = try make(seed: seed * 2 + (isPlain ? 1 : 0), isPlain: isPlain)
            let fast: Standings
            do throws(CountingFault) {
                fast = try made.tally.standings()
            } catch {
                // A product of products may pass 128 bits; it must do so on both ways.
                #expect(error.cause == .overflow)
                #expect(throws: CountingFault.self) { try made.tally.standings(isPlain: true) }
                continue
            }
            let plain = try made.tally.standings(isPlain: true)
            #expect(fast == plain, "seed \(seed)")
            let ranks = try made.reference.ranks(made.entrants)
            for row in fast.rows {
                let id = row.entrant.id.text
                switch try made.reference.total(id) {
                case .number(let number):
                    counted += 1
                    #expect(row.total == .value(number), "seed \(seed) \(id)")
                case .word(let status): #expect(row.total == .status(status), "seed \(seed)")
                case .missing, .begun: #expect(row.total.value == nil, "seed \(seed) \(id)")
                }
                #expect(row.rank == ranks[id], "seed \(seed) \(id)")
            }
        }
        #expect(counted > 1_000)
    }

    /// Fewer than this would mean that the program has stopped being used.
    @Test func plainCardsAreCountedByWholeNumbers() throws {
        var fast = 0
        for seed in 0..<UInt64(200) {
            let made = try make(seed: seed * 2 + 1, isPlain: true)
            if made.tally.countsByWholeNumbers { fast += 1 }
        }
        #expect(fast > 100)
    }
}
