import Competition
import Exact
import Findings
import Interchange
import Scoring
import Testing

@Suite struct CountingTests {
    private static func card(
        _ aspects: String,
        panel: String = "{judges: 3}",
        max: String = "open",
        ties: String = "{end: shared}"
    ) -> String {
        """
        scorecard: 1
        id: t
        title: {zh: 测试, en: Test}
        panel: \(panel)
        total: {max: \(max)}
        ties: \(ties)
        parts:
          - id: P
            title: {zh: 实操, en: Practical}
            aspects:
        \(aspects)
        """
    }

    private func total(
        _ card: String,
        _ rows: [String],
        of entrant: String = "E1"
    ) throws -> Outcome {
        let (standings, _) = try Counting.standings(card, rows)
        let row = try #require(EntrantID(entrant).flatMap(standings.row(of:)))
        return row.total
    }

    private static let ten = "score: {min: 0, max: 10, step: 0.5}"

    @Test(arguments: [
        ("mean", "25/3"), ("{trimmed: {high: 1, low: 1}}", "8"), ("median", "8"), ("sum", "25"),
        ("best", "10"), ("{trimmed: {high: 1, low: 0, then: sum}}", "15"),
    ])
    func aggregationsAreExact(aggregate: String, expected: String) throws {
        let card = Self.card(
            "      - {id: a, title: {zh: 甲, en: A}, \(Self.ten), aggregate: \(aggregate)}"
        )
        let outcome = try total(card, ["E1,P,a,J1,7,", "E1,P,a,J2,10,", "E1,P,a,J3,8,"])
        #expect(outcome.value?.fraction == expected)
    }

    @Test func anAbsentJudgeIsNeverReadAsZeroNorAveragedAway() throws {
        let aspect = "      - {id: a, title: {zh: 甲, en: A}, \(Self.ten), aggregate: mean}"
        let rows = ["E1,P,a,J1,7,", "E1,P,a,J2,10,"]
        #expect(
            try total(Self.card(aspect), rows) == .gap(.shortPanel(marks: 2, need: 3))
        )
        let shrinking = Self.card(aspect, panel: "{judges: 3, minimum: 2}")
        #expect(try total(shrinking, rows).value?.fraction == "17/2")
    }

    @Test func aPanelThatTheCardDoesNotNameIsTheOneThatTheMarksShow() throws {
        let aspect = "      - {id: a, title: {zh: 甲, en: A}, \(Self.ten), aggregate: mean}"
        let rows = ["E1,P,a,J1,7,", "E1,P,a,J2,9,", "E2,P,a,J1,8,"]
        let card = Self.card(aspect, panel: "{}")
        #expect(try total(card, rows).value == Rational(8))
        #expect(try total(card, rows, of: "E2") == .gap(.shortPanel(marks: 1, need: 2)))
    }

    @Test func theFiveNonResultsStayApart() throws {
        let aspect =
            "      - {id: a, title: {zh: 甲, en: A}, \(Self.ten), aggregate: agreed}"
        let card = Self.card(aspect)
        let rows = ["E1,P,a,,缺考,", "E2,P,a,,弃权,", "E3,P,a,,取消成绩,", "E4,P,a,,0,", "E5,P,a,,,"]
        #expect(try total(card, rows, of: "E1") == .status(.absent))
        #expect(try total(card, rows, of: "E2") == .status(.withdrew))
        #expect(try total(card, rows, of: "E3") == .status(.disqualified))
        #expect(try total(card, rows, of: "E4") == .value(.zero))
        #expect(try total(card, rows, of: "E5") == .gap(.unmarked))
        let (standings, _) = try Counting.standings(card, rows)
        #expect(standings.rows.filter { $0.rank != nil }.map(\.entrant.id.text) == ["E4"])
    }

    @Test func oneJudgesAbsenceWordBesideAnothersMarkIsAContradiction() throws {
        let card = Self.card(
            "      - {id: a, title: {zh: 甲, en: A}, \(Self.ten), aggregate: mean}",
            panel: "{judges: 3, minimum: 2}"
        )
        let rows = ["E1,P,a,J1,缺考,", "E1,P,a,J2,9,", "E1,P,a,J3,9,"]
        #expect(try total(card, rows) == .gap(.contradiction(.absent)))
    }

    @Test func aTimeAloneMakesAnAttemptHalfMarked() throws {
        let card = """
            scorecard: 1
            id: h
            title: {zh: 半, en: Half}
            total: {max: open}
            ties: {end: shared}
            parts:
              - id: P
                title: {zh: 轮, en: Runs}
                attempts: {count: 2, keep: best}
                aspects:
                  - {id: m, title: {zh: 分, en: Marks}, score: {max: 10}, aggregate: agreed}
                  - {id: t, title: {zh: 时, en: Time}, score: {max: 99}, aggregate: agreed, counts: false}
            """
        #expect(
            try total(card, ["E1,P,t,,70,1", "E1,P,m,,2,2", "E1,P,t,,50,2"]) == .gap(.incomplete)
        )
    }

    @Test func judgementIsTheShareOfThreeByThePanelAndASpreadSendsItBack() throws {
        let aspect =
            "      - {id: a, title: {zh: 甲, en: A}, judgement: {max: 0.5}, round: {places: 2}}"
        let card = Self.card(aspect)
        // domain-worldskills 1.3: 0.50 with scores 2, 2, 3 is 0.3889, so 0.39.
        let rows = ["E1,P,a,J1,2,", "E1,P,a,J2,2,", "E1,P,a,J3,3,"]
        #expect(try total(card, rows).value == DecimalText("0.39").value)
        let apart = ["E1,P,a,J1,1,", "E1,P,a,J2,2,", "E1,P,a,J3,3,"]
        #expect(
            try total(card, apart) == .gap(.spread(lowest: 1, highest: 3, allowed: 1))
        )
    }

    @Test(arguments: [
        ("full_or_zero: {max: 2}", "是", "2"), ("full_or_zero: {max: 2}", "否", "0"),
        ("options: [0, 0.25, 0.5]", "0.25", "1/4"),
        ("options: [{code: 1, marks: 2}, {code: 2, marks: 1}]", "2", "1"),
        ("count: {of: 5, max: 2}", "3", "6/5"), ("deduct: {max: 2, each: 0.25}", "3", "5/4"),
        ("deduct: {max: 2, each: 0.25}", "9", "0"),
        ("tolerance: {max: 1, per: 1, loss: 0.1, step: 0.5}", "2.5", "7/10"),
        (
            "tolerance: {max: 1, free: 1, per: 1, loss: 0.1, step: 0.5, units: whole}", "-2.5",
            "9/10"
        ),
        ("tolerance: {max: 1, per: 1, loss: 0.1, step: 0.5, units: proportional}", "2.5", "3/4"),
        ("bands: {list: [{to: 900, marks: 10}, {to: 960, marks: 8}]}", "900", "10"),
        ("bands: {list: [{to: 900, marks: 10}, {to: 960, marks: 8}]}", "15:00.5", "8"),
        ("bands: {list: [{to: 900, marks: 10}, {to: 960, marks: 8}], otherwise: 1}", "961", "1"),
        ("rate: {full: 120, max: 10}", "90", "15/2"), ("rate: {full: 120, max: 10}", "150", "10"),
        ("theory: {paper: 100, max: 30}", "85", "51/2"),
        ("linear: {at: 95, points: 60, per_unit: 2, max: 150, step: 0.5}", "101.5", "73"),
    ])
    func everyKindOfMeasurementEarnsWhatItSays(
        kind: String,
        mark: String,
        expected: String
    ) throws {
        let card = Self.card("      - {id: a, title: {zh: 甲, en: A}, \(kind)}")
        #expect(try total(card, ["E1,P,a,,\(mark),"]).value?.fraction == expected)
    }

    @Test func aCoefficientMultipliesEachAttemptAndTheAttemptsAreAddedUp() throws {
        let card = """
            scorecard: 1
            id: dives
            title: {zh: 跳水, en: Dives}
            panel: {judges: 5}
            total: {max: open}
            ties: {end: shared}
            parts:
              - id: D
                title: {zh: 动作, en: Dives}
                attempts: {count: 2, keep: sum}
                aspects:
                  - id: mark
                    title: {zh: 得分, en: Marks}
                    score: {min: 0, max: 10, step: 0.5}
                    aggregate: {trimmed: {high: 1, low: 1, then: sum}}
                    times: dd
                    round: {places: 2}
                  - id: dd
                    title: {zh: 难度系数, en: Degree of difficulty}
                    score: {min: 1, max: 5, step: 0.1}
                    aggregate: agreed
                    counts: false
            """
        var rows = ["E1,D,dd,,3.2,1", "E1,D,dd,,2.0,2"]
        for (index, mark) in ["7", "8", "8.5", "6", "9"].enumerated() {
            rows.append("E1,D,mark,J\(index),\(mark),1")
            rows.append("E1,D,mark,J\(index),5,2")
        }
        // (7 + 8 + 8.5) × 3.2 + 15 × 2.0
        #expect(try total(card, rows).value == DecimalText("105.2").value)
        #expect(try total(card, Array(rows.prefix(8))) == .gap(.shortPanel(marks: 3, need: 5)))
    }

    @Test func weightsMayDifferByGroupAndEachGroupMustAddUp() throws {
        let card = """
            scorecard: 1
            id: g
            title: {zh: 分组, en: Groups}
            total: {max: 100}
            ties: {end: shared}
            parts:
              - id: T
                title: {zh: 理论, en: Theory}
                weight: {standard: 30%, student: 40%}
                aspects: [{id: a, title: {zh: 甲, en: A}, score: {max: 100}, aggregate: agreed}]
              - id: P
                title: {zh: 实操, en: Practical}
                weight: {standard: 70%, student: 50%}
                aspects: [{id: a, title: {zh: 甲, en: A}, score: {max: 100}, aggregate: agreed}]
            """
        let findings = ScorecardFile.read(card, file: "g.yaml").findings
        #expect(findings.map(\.code) == ["scorecard.weights"])
        #expect(
            findings[0].message.en
                == "the weighted parts add up to 90 (group student), not to total.max 100"
        )
    }

    /// Any order of the rows gives the same standings.
    @Test func theOrderOfInputNeverMatters() throws {
        let card = Self.card(
            "      - {id: a, title: {zh: 甲, en: A}, \(Self.ten), aggregate: {trimmed: {high: 1, low: 1}}}",
            panel: "{judges: 4}"
        )
        var generator = SystemRandomNumberGenerator()
        var rows: [String] = []
        for entrant in 0..<30 {
            for judge in 0..<4 {
                rows.append("E\(entrant),P,a,J\(judge),\((entrant * 7 + judge * 3) % 20 / 2),")
            }
        }
        let first = try Counting.standings(card, rows).standings
        for _ in 0..<5 {
            rows.shuffle(using: &generator)
            #expect(try Counting.standings(card, rows).standings == first)
        }
    }
}
