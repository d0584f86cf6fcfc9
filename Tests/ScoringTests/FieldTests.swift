import Competition
import Exact
import Findings
import Interchange
import Scoring
import Testing

/// Values that depend on the other entrants': standard scores and points for placings.
@Suite struct FieldTests {
    private func card(
        node: String = "",
        aspect: String = "aggregate: agreed",
        total: String = "{max: open}",
        score: String = "{max: 100, step: 0.01}"
    ) -> String {
        """
        scorecard: 1
        id: field
        title: {zh: 标准分, en: Field}
        total: \(total)
        ties: {end: shared}
        parts:
          - id: A
            title: {zh: 甲, en: A}
        \(node)
            aspects: [{id: m, title: {zh: 分, en: Mark}, score: \(score), \(aspect)}]
        """
    }

    private func totals(
        _ card: String,
        _ rows: [String],
        sessions: [String: String] = [:]
    ) throws -> [String: String] {
        let standings = try Counting.standings(
            card,
            rows,
            make: { id in
                guard let input = Counting.input(id) else { return nil }
                return EntrantInput(entrant: input.entrant, session: sessions[id.text] ?? "")
            }
        ).standings
        return Dictionary(
            standings.rows.map { ($0.entrant.id.text, $0.shownTotal ?? "") },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// 70 + 10 × (x − mean) / max(SD, 5), within 0 and 100, one decimal.
    ///
    /// Source: domain-china 2.1.
    private static let guangdong = """
            standard_score: {mean: 70, sd: 10, least_sd: 5, round_sd: {places: 4}, min: 0, max: 100}
            round: {places: 1}
        """

    @Test func aStandardScorePutsTheFieldOnItsMeanAndSpread() throws {
        // Mean 80; population SD √(200/3) = 8.1650 (to 4 places).
        let card = card(node: Self.guangdong, total: "{max: open, round: {places: 1}}")
        let found = try totals(card, ["X,A,m,,70", "Y,A,m,,80", "Z,A,m,,90"])
        #expect(found == ["X": "57.8", "Y": "70.0", "Z": "82.2"])
    }

    @Test func aSmallSpreadCountsAsTheLeastAndOneAloneGetsTheMean() throws {
        let card = card(node: Self.guangdong, total: "{max: open, round: {places: 1}}")
        #expect(try totals(card, ["X,A,m,,79", "Y,A,m,,81"]) == ["X": "68.0", "Y": "72.0"])
        #expect(try totals(card, ["X,A,m,,12.34"]) == ["X": "70.0"])
    }

    @Test func theSpreadOfASampleIsDividedByOneLess() throws {
        let card = card(
            node: "    standard_score: {mean: 0, sd: 1, divisor: sample, round_sd: {places: 6}}",
            total: "{max: open, round: {places: 3}}"
        )
        // SD of 70, 80, 90 as a sample is 10.
        let found = try totals(card, ["X,A,m,,70", "Y,A,m,,80", "Z,A,m,,90"])
        #expect(found == ["X": "-1.000", "Y": "0.000", "Z": "1.000"])
    }

    @Test func sessionsAreStandardisedApart() throws {
        let card = card(
            node:
                "    standard_score: {per: session, mean: 50, sd: 10, round_sd: {places: 4}}",
            total: "{max: open, round: {places: 2}}"
        )
        let rows = ["A,A,m,,10", "B,A,m,,20", "C,A,m,,80", "D,A,m,,90"]
        let found = try totals(
            card,
            rows,
            sessions: ["A": "上午", "B": "上午", "C": "下午", "D": "下午"]
        )
        #expect(found == ["A": "40.00", "B": "60.00", "C": "40.00", "D": "60.00"])
    }

    @Test func eachJudgesMarksMayBeStandardisedBeforeTheyAreAveraged() throws {
        let card = card(
            aspect:
                "aggregate: mean, judge_standard_score: {mean: 50, sd: 10, round_sd: {places: 4}, round: {places: 2}}",
            total: "{max: open, round: {places: 2}}"
        )
        // A severe and a mild judge who agree on everything give the same.
        let rows = [
            "X,A,m,J1,20", "Y,A,m,J1,40", "Z,A,m,J1,30", "X,A,m,J2,80", "Y,A,m,J2,100",
            "Z,A,m,J2,90",
        ]
        let found = try totals(card, rows)
        #expect(found == ["X": "37.75", "Y": "62.25", "Z": "50.00"])
    }

    /// First 100, five less for each place.
    ///
    /// Source: domain-china 2.1.
    @Test func pointsForPlacesFallByTheSameStep() throws {
        let card = card(node: "    placing_points: {first: 100, step: -5, floor: 90}")
        let rows = ["A,A,m,,9", "B,A,m,,8", "C,A,m,,8", "D,A,m,,7", "E,A,m,,6"]
        #expect(
            try totals(card, rows)
                == ["A": "100.00", "B": "95.00", "C": "95.00", "D": "90.00", "E": "90.00"]
        )
    }

    @Test func thoseWhoShareAPlaceMayShareItsPoints() throws {
        let card = card(node: "    placing_points: {points: [10, 9, 8], rest: 1, shared: mean}")
        let rows = ["A,A,m,,9", "B,A,m,,8", "C,A,m,,8", "D,A,m,,7"]
        #expect(
            try totals(card, rows)
                == ["A": "10.00", "B": "8.50", "C": "8.50", "D": "1.00"]
        )
    }

    @Test func placesMayBeThePointsAndTheFewestWin() throws {
        let card = """
            scorecard: 1
            id: low
            title: {zh: 低分, en: Low points}
            total: {max: open, round: {places: 0}, better: lower}
            ties: {end: shared}
            parts:
              - id: A
                title: {zh: 甲, en: A}
                placing_points: {first: 1, step: 1, better: lower}
                aspects: [{id: m, title: {zh: 秒, en: Seconds}, score: {max: 999}, aggregate: agreed}]
              - id: B
                title: {zh: 乙, en: B}
                placing_points: {first: 1, step: 1, better: higher}
                aspects: [{id: m, title: {zh: 分, en: Marks}, score: {max: 999}, aggregate: agreed}]
            """
        let rows = ["X,A,m,,50", "X,B,m,,9", "Y,A,m,,40", "Y,B,m,,7", "Z,A,m,,60", "Z,B,m,,8"]
        let standings = try Counting.standings(card, rows).standings
        #expect(standings.rows.map(\.shownTotal) == ["3", "4", "5"])
        #expect(standings.rows.map(\.entrant.id.text) == ["X", "Y", "Z"])
    }

    @Test func guestsAreMeasuredByTheFieldAndAreNoPartOfIt() throws {
        let card = card(node: "    placing_points: {points: [10, 9, 8], rest: 1}")
        let rows = ["A,A,m,,9", "B,A,m,,8", "G,A,m,,8.5"]
        let standings = try Counting.standings(
            card,
            rows,
            make: { id in
                guard let input = Counting.input(id) else { return nil }
                let entrant = input.entrant
                return EntrantInput(
                    entrant: Entrant(
                        id: id,
                        item: entrant.item,
                        delegation: entrant.delegation,
                        group: "worker",
                        isGuest: id.text == "G"
                    )
                )
            }
        ).standings
        #expect(standings.rows.map(\.shownTotal) == ["10.00", "9.00", "9.00"])
        #expect(standings.rows.map(\.rank) == [1, 2, nil])
    }

    @Test(arguments: [
        ("    standard_score: {mean: 70, sd: 10}", "data.missing"),
        ("    standard_score: {mean: 70, sd: 0, round_sd: {places: 4}}", "scorecard.field"),
        ("    placing_points: {points: [3, 2], first: 4, step: -1}", "scorecard.field"),
        ("    placing_points: {rest: 1}", "scorecard.field"),
        (
            "    standard_score: {mean: 1, sd: 1, round_sd: {places: 1}}\n    placing_points: {points: [1]}",
            "scorecard.field"
        ),
    ])
    func aRuleThatCannotHoldIsRefused(node: String, code: String) {
        let findings = ScorecardFile.read(card(node: node), file: "x.yaml").findings
        #expect(findings.contains { $0.code == code && ($0.place?.line ?? 0) >= 9 })
    }
}
