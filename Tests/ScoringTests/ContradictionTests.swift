import Competition
import Exact
import Findings
import Interchange
import Scoring
import Testing

/// What a stranger found by writing cards from the documentation alone.
@Suite struct ContradictionTests {
    private static let good = """
        scorecard: 1
        id: x
        title: {zh: 甲, en: X}
        panel: {judges: 3}
        total: {max: open}
        ties: {keys: [{marks: P}, {entered: P.t}], end: shared}
        teams: {members: 3, keep: {best: 2}, ties: {keys: [{entered: P.t}], end: shared}}
        awards: quota:gold=1
        parts:
          - id: P
            title: {zh: 实操, en: Practical}
            combine: sum
            aspects:
              - {id: a, title: {zh: 工艺, en: Work}, score: {max: 100}, aggregate: agreed}
              - {id: t, title: {zh: 用时, en: Time}, score: {max: 999}, aggregate: agreed, counts: false}
        """

    @Test func theGoodCardIsRead() {
        #expect(ScorecardFile.read(Self.good, file: "x.yaml").findings.isEmpty)
    }

    @Test(arguments: [
        ("combine: sum", "combine: {best: 2}", "scorecard.combine"),
        ("combine: sum", "combine: {trimmed: {high: 1, low: 0}}", "scorecard.combine"),
        (
            "combine: sum", "attempts: {count: 2, keep: {trimmed: {high: 1, low: 1}}}",
            "scorecard.attempts"
        ),
        ("combine: sum", "attempts: {count: 2, keep: {best: 3}}", "scorecard.attempts"),
        ("combine: sum", "floor: 8\n    cap: 3", "scorecard.bounds"),
        ("combine: sum", "times: a", "scorecard.times"),
        ("keep: {best: 2}", "keep: {best: 4}", "scorecard.teams"),
        ("keep: {best: 2}", "keep: product", "scorecard.teams"),
        ("[{marks: P}, {entered: P.t}]", "[{marks: P}, {marks: P}]", "scorecard.tie-key"),
        ("quota:gold=1", "quota", "awards.policy"), ("quota:gold=1", "share", "awards.policy"),
        (
            "score: {max: 100}, aggregate: agreed",
            "score: {max: 100}, aggregate: agreed, judge_placing_points: {first: 9, step: -1}",
            "scorecard.field"
        ),
        (
            "{max: open}\n", "{max: open, better: lower}\n", ""
        ),
        ("combine: sum", "absent: zero", ""),
    ])
    func aContradictionIsRefused(from: String, to: String, code: String) {
        let text = Self.good.replacing(from, with: to)
        #expect(text != Self.good)
        let codes = ScorecardFile.read(text, file: "x.yaml").findings.map(\.code)
        #expect(code.isEmpty ? codes.isEmpty : codes.contains(code), "\(codes)")
    }

    @Test func theAbsentCannotWinWhereTheFewestDo() {
        let text = Self.good.replacing("combine: sum", with: "absent: zero")
            .replacing("{max: open}\n", with: "{max: open, better: lower}\n")
        let codes = ScorecardFile.read(text, file: "x.yaml").findings.map(\.code)
        #expect(codes == ["scorecard.absent"])
    }

    @Test func notAttemptedCannotWinWhereTheFewestDo() throws {
        let text = Self.good.replacing("{max: open}\n", with: "{max: open, better: lower}\n")
        #expect {
            try Counting.standings(text, ["E,P,a,,未做", "E,P,t,,5"])
        } throws: { error in
            (error as? Refusal)?.findings.contains { $0.code == "mark.not-attempted" } == true
        }
    }

    @Test func whereAllAttemptsWouldBeDroppedThereIsNoTotal() throws {
        let text = Self.good.replacing(
            "combine: sum",
            with: "attempts: {count: 4, keep: {trimmed: {high: 1, low: 1}}, need: any}"
        )
        let rows = [("A", [9, 9]), ("B", [1, 1, 1])].flatMap { id, marks in
            marks.enumerated().map { "\(id),P,a,,\($1),\($0 + 1)" }
        }
        let standings = try Counting.standings(text, rows).standings
        #expect(standings.rows.map(\.entrant.id.text) == ["B", "A"])
        #expect(standings.rows[1].rank == nil)
        #expect(standings.rows[1].total.value == nil)
    }

    @Test func anEmptyCellOfAReviewLeavesTheMark() throws {
        let rows = ["E,P,a,,7", "E,P,t,,5", "E,P,a,,,,1"]
        #expect(try Counting.standings(Self.good, rows).standings.rows[0].shownTotal == "7.00")
    }

    /// The better placed member counts; of level ones, the one whom the team's key prefers.
    @Test(arguments: [("A1", "A2"), ("A2", "A1")])
    func aTeamsTieDoesNotDependOnItsMembersCodes(slow: String, quick: String) throws {
        let card = Self.good.replacing("keep: {best: 2}", with: "keep: {best: 1}")
        let rows = [(slow, 120), (quick, 100), ("B1", 110)].flatMap { id, time in
            ["\(id),P,a,,90", "\(id),P,t,,\(time)"]
        }
        let tally = try Counting.standings(
            card,
            rows,
            make: { id in
                Counting.input(id).map {
                    EntrantInput(entrant: $0.entrant, team: String(id.text.prefix(1)))
                }
            }
        ).tally
        let teams = try tally.teams()
        #expect(teams.map(\.team) == ["A", "B"])
        #expect(teams[0].counted.map(\.text) == [quick])
    }
}
