import Competition
import Exact
import Findings
import Interchange
import Scoring
import Testing

/// Ways of marking and stages of the tree, each with figures worked by hand.
@Suite struct StageTests {
    private func total(_ card: String, _ rows: [String]) throws -> String? {
        let standings = try Counting.standings(card, rows).standings
        return standings.rows.first?.total.value?.fraction
    }

    private func card(_ marking: String, more: String = "aggregate: agreed") -> String {
        """
        scorecard: 1
        id: t
        title: {zh: 测, en: Test}
        total: {max: open}
        ties: {end: shared}
        parts:
          - id: P
            title: {zh: 实操, en: Practical}
            aspects: [{id: a, title: {zh: 甲, en: A}, \(marking), \(more)}]
        """
    }

    @Test(arguments: [
        ("tolerance: {max: 1, free: 1, per: 1, loss: 0.1}", "-3.2", "7/10"),
        ("tolerance: {target: 250, max: 2, free: 0.5, per: 0.5, loss: 0.25}", "251.2", "3/2"),
        ("tolerance: {target: 250, max: 2, free: 0.5, per: 0.5, loss: 0.25}", "250.5", "2"),
        ("tolerance: {target: 250, side: over, max: 2, per: 1, loss: 1}", "240", "2"),
        ("tolerance: {target: 250, side: under, max: 2, per: 1, loss: 1, floor: -1}", "240", "-1"),
        ("tolerance: {max: 2, per: 2, loss: 1, units: whole}", "3.99", "1"),
        ("tolerance: {max: 2, per: 2, loss: 1, units: proportional}", "3", "1/2"),
        ("bands: {list: [{to: 900, marks: 10}, {to: 960, marks: 8}], otherwise: 1}", "900", "10"),
        (
            "bands: {list: [{to: 900, marks: 10}, {to: 960, marks: 8}], otherwise: 1}", "16:00.01",
            "1"
        ),
        ("bands: {list: [{from: 90, marks: 10}, {from: 80, marks: 8}], otherwise: 1}", "80", "8"),
        (
            "bands: {list: [{from: 90, marks: 10}, {from: 80, marks: 8}], otherwise: 1}", "79.99",
            "1"
        ),
        ("bands: {min: -10, list: [{to: -5, marks: 2}], otherwise: 0}", "-5", "2"),
        ("rate: {full: 120, max: 10}", "90", "15/2"), ("rate: {full: 120, max: 10}", "150", "10"),
        ("theory: {paper: 150, max: 30}", "100", "20"),
        ("count: {of: 3, max: 2}", "2", "4/3"), ("deduct: {max: 2, each: 0.75}", "3", "0"),
        ("linear: {at: 95, points: 60, per_unit: 2, max: 150, step: 0.5}", "98.5", "67"),
        ("options: [{code: 1, marks: 0.5}, {code: 2, marks: 3}]", "2", "3"),
        ("full_or_zero: {max: 2}", "是", "2"),
        ("score: {min: -30, max: 30, step: 0.1}", "-4.5", "-9/2"),
    ])
    func whatIsEnteredEarnsWhatTheKindSays(marking: String, mark: String, expected: String) throws {
        #expect(try total(card(marking), ["E,P,a,,\(mark)"]) == expected)
    }

    /// ≤ 900 s factor 1.0, falling to 0.1 at ≤ 1,200 s; score = (raw × f + 10) × 0.1.
    ///
    /// Source: domain-china 2.4.
    @Test(arguments: [(900, "10"), (1000, "5"), (1200, "19/10"), (1201, "1")])
    func timeMayBeAFactorOfTheWholePart(seconds: Int, expected: String) throws {
        let card = """
            scorecard: 1
            id: metro
            title: {zh: 地铁, en: Metro}
            total: {max: open}
            ties: {end: shared}
            parts:
              - id: P
                title: {zh: 实操, en: Practical}
                times: time
                weight: 0.1
                base: 1
                aspects:
                  - {id: a, title: {zh: 甲, en: A}, score: {max: 50}, aggregate: agreed}
                  - {id: b, title: {zh: 乙, en: B}, score: {max: 50}, aggregate: agreed}
                  - id: time
                    title: {zh: 用时, en: Time}
                    bands: {list: [{to: 900, marks: 1}, {to: 1050, marks: 4/9}, {to: 1200, marks: 0.1}], otherwise: 0}
                    counts: false
            """
        #expect(try total(card, ["E,P,a,,50", "E,P,b,,40", "E,P,time,,\(seconds)"]) == expected)
    }

    @Test(arguments: [
        ("sum", "12"), ("mean", "4"), ("best", "6"), ("{best: 2}", "10"), ("last", "6"),
        ("product", "48"), ("{trimmed: {high: 1, low: 1}}", "4"),
        ("{trimmed: {high: 1, low: 0, then: sum}}", "6"),
    ])
    func childrenAreCombinedAsTheCardSays(combine: String, expected: String) throws {
        let parts = ["X", "Y", "Z"].map {
            "      - {id: \($0), title: {zh: 子, en: Child}, aspects: [{id: m\($0), title: {zh: 分, en: M}, score: {max: 9}, aggregate: agreed}]}"
        }
        let card = """
            scorecard: 1
            id: t
            title: {zh: 测, en: Test}
            total: {max: open}
            ties: {end: shared}
            parts:
              - id: P
                title: {zh: 实操, en: Practical}
                combine: \(combine)
                criteria:
            \(parts.joined(separator: "\n"))
            """
        #expect(try total(card, ["E,P,mX,,2", "E,P,mY,,4", "E,P,mZ,,6"]) == expected)
    }

    /// Synchronised diving: two executions and the synchronisation have panels of their own.
    @Test func aspectsOfOnePartMayHaveTheirOwnPanels() throws {
        let aspect = { (id: String, judges: Int) in
            "      - {id: \(id), title: {zh: 分, en: M}, score: {max: 10, step: 0.5}, panel: {judges: \(judges)}, aggregate: {trimmed: {high: 1, low: 1, then: sum}}}"
        }
        let card = """
            scorecard: 1
            id: sync
            title: {zh: 双人, en: Pairs}
            total: {max: open, round: {places: 1}}
            ties: {end: shared}
            parts:
              - id: P
                title: {zh: 动作, en: Dive}
                weight: 0.6
                aspects:
            \([aspect("one", 3), aspect("two", 3), aspect("both", 5)].joined(separator: "\n"))
            """
        var rows: [String] = []
        for (name, marks) in [
            ("one", [7, 8, 9]), ("two", [6, 7, 7]), ("both", [8, 8, 7, 9, 8]),
        ] {
            rows += marks.enumerated().map { "E,P,\(name),\(name)\($0),\($1)" }
        }
        #expect(try total(card, rows) == "117/5")
        // A judge less is not averaged away.
        #expect(try total(card, Array(rows.dropLast())) == nil)
    }

    @Test func shownRankedAndStoredMayBeThreeRoundings() throws {
        let card = """
            scorecard: 1
            id: t
            title: {zh: 测, en: Test}
            total: {max: 100, round: {places: 1}, ranked: {places: 2}, stored: {places: 3, mode: down}}
            ties: {end: shared}
            parts:
              - id: P
                title: {zh: 实操, en: Practical}
                aspects: [{id: a, title: {zh: 甲, en: A}, score: {max: 100, step: 0.0001}, aggregate: agreed}]
            """
        let standings = try Counting.standings(
            card,
            ["X,P,a,,84.9951", "Y,P,a,,84.9949", "Z,P,a,,84.9999"]
        ).standings
        #expect(standings.rows.map(\.entrant.id.text) == ["X", "Z", "Y"])
        #expect(standings.rows.map(\.rank) == [1, 1, 3])
        #expect(standings.rows.map(\.shownTotal) == ["85.0", "85.0", "85.0"])
        #expect(standings.rows.map(\.storedTotal) == ["84.995", "84.999", "84.994"])
    }

    @Test func aReviewReplacesTheMarkAndTheOldOneStaysOnRecord() throws {
        let card = card("score: {max: 10}", more: "aggregate: mean")
        let rows = ["E,P,a,J1,5,,", "E,P,a,J2,7,,", "E,P,a,J1,9,,2", "E,P,a,J1,8,,1"]
        for order in [rows, rows.reversed()] {
            let (standings, tally) = try Counting.standings(card, order)
            #expect(standings.rows[0].total.value?.fraction == "8")
            #expect(tally.table.replaced.map(\.stored) == [5, 8])
            let lines = try tally.explanation(of: standings.rows[0]).map(\.text.en)
            #expect(lines.contains { $0.contains("J1=5→8→9 J2=7") })
        }
    }

    @Test func theSameReviewTwiceIsADuplicate() {
        let card = card("score: {max: 10}", more: "aggregate: mean")
        let rows = ["E,P,a,J1,5,,", "E,P,a,J1,9,,1", "E,P,a,J1,8,,1"]
        #expect(throws: Refusal.self) { try Counting.standings(card, rows) }
    }

    @Test func aPenaltyMakesATotalWorseWhicheverWayIsBetter() throws {
        for (better, expected) in [("higher", "7"), ("lower", "13")] {
            let text = card("score: {max: 99}").replacing(
                "total: {max: open}",
                with: "total: {max: open, better: \(better)}"
            )
            let standings = try Counting.standings(
                text,
                ["E,P,a,,10"],
                make: { id in
                    guard let input = Counting.input(id) else { return nil }
                    return EntrantInput(entrant: input.entrant, deduction: Rational(3))
                }
            ).standings
            #expect(standings.rows[0].total.value?.fraction == expected)
        }
    }
}

/// What holds for every card and every field.
@Suite struct PropertyTests {
    private func field(_ seed: UInt64) throws -> (card: String, rows: [String]) {
        var dice = Dice(seed: seed)
        let weights = (0..<3).map { _ in 1 + dice.roll(9) }
        let card = Self.card(weights, over: 1)
        var rows: [String] = []
        for entrant in 0..<12 {
            for part in 0..<3 {
                for judge in 0..<5 {
                    rows.append("E\(entrant),P\(part),m,J\(judge),\(dice.roll(3) + 2)")
                }
            }
        }
        return (card, rows)
    }

    static func card(_ weights: [Int], over: Int) -> String {
        let parts = weights.enumerated().map { index, weight in
            """
              - id: P\(index)
                title: {zh: 模块, en: Part}
                weight: \(weight)/\(over)
                aspects: [{id: m, title: {zh: 分, en: M}, score: {max: 5}, aggregate: {trimmed: {high: 1, low: 1}}}]
            """
        }
        return """
            scorecard: 1
            id: t
            title: {zh: 测, en: Test}
            panel: {judges: 5}
            total: {max: open, ranked: exact}
            ties: {keys: [{marks: P0}, {full_marks: all}, {countback_marks: [P0, P1, P2]}], end: shared}
            parts:
            \(parts.joined(separator: "\n"))
            """
    }

    private func order(_ standings: Standings) -> [String] {
        standings.rows.map { "\($0.rank ?? 0) \($0.entrant.id.text)" }
    }

    @Test func theOrderOfTheRowsChangesNothing() throws {
        for seed in 0..<UInt64(30) {
            let (card, rows) = try field(seed)
            var dice = Dice(seed: seed + 1000)
            var shuffled = rows
            for index in shuffled.indices.reversed() {
                shuffled.swapAt(index, dice.roll(index + 1))
            }
            let before = try Counting.standings(card, rows).standings
            #expect(try Counting.standings(card, shuffled).standings == before, "seed \(seed)")
        }
    }

    @Test func anEntrantBelowChangesNoRelationAbove() throws {
        for seed in 0..<UInt64(30) {
            let (card, rows) = try field(seed)
            let before = try Counting.standings(card, rows).standings
            let last = (0..<3).flatMap { part in (0..<5).map { "Z,P\(part),m,J\($0),0" } }
            let after = try Counting.standings(card, rows + last).standings
            #expect(order(before) == order(after).filter { !$0.hasSuffix("Z") }, "seed \(seed)")
        }
    }

    @Test func barePlacesAreThoseOfTheStandings() throws {
        var ties = 0
        for seed in 0..<UInt64(60) {
            let (card, rows) = try field(seed)
            let only =
                seed % 2 == 0
                ? card
                : card.replacing(
                    ", {full_marks: all}, {countback_marks: [P0, P1, P2]}",
                    with: ", {marks: P1}"
                )
            let (standings, tally) = try Counting.standings(only, rows)
            let placings = try tally.placings()
            for (input, rank) in zip(tally.inputs, placings.ranks) {
                #expect(standings.row(of: input.entrant.id)?.rank == Int(rank), "seed \(seed)")
            }
            ties += standings.rows.count { !$0.decisions.isEmpty }
        }
        #expect(ties > 50)
    }

    @Test func scalingAllWeightsChangesNoPlace() throws {
        for seed in 0..<UInt64(30) {
            var dice = Dice(seed: seed)
            let weights = (0..<3).map { _ in 1 + dice.roll(9) }
            let rows = try field(seed).rows
            let one = try Counting.standings(Self.card(weights, over: 1), rows).standings
            let other = try Counting.standings(
                Self.card(weights.map { $0 * 7 }, over: 13),
                rows
            ).standings
            #expect(order(one) == order(other), "seed \(seed)")
        }
    }
}
