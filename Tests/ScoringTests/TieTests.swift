import Competition
import Exact
import Findings
import Interchange
import Scoring
import Testing

/// The rules and worked cases of `domain-china.md` 2.5.
@Suite struct TieTests {
    private func card(_ parts: [String: Int], ties: String, round: String = "{places: 2}") -> String
    {
        let list = parts.sorted { $0.key < $1.key }.map { id, max in
            """
              - id: \(id)
                title: {zh: \(id), en: \(id)}
                aspects:
                  - {id: m, title: {zh: 分, en: Marks}, score: {max: \(max), step: 0.0001}, aggregate: agreed}
            """
        }
        return """
            scorecard: 1
            id: ties
            title: {zh: 并列, en: Ties}
            total: {max: open, round: \(round)}
            ties: \(ties)
            parts:
            \(list.joined(separator: "\n"))
            """
    }

    private func ranks(
        _ card: String,
        _ entrants: [String: [String: String]]
    ) throws -> [String: Int] {
        let rows = entrants.flatMap { entrant, marks in
            marks.map { "\(entrant),\($0.key),m,,\($0.value)," }
        }
        let standings = try Counting.standings(card, rows).standings
        return Dictionary(
            uniqueKeysWithValues: standings.rows.compactMap { row in
                row.rank.map { (row.entrant.id.text, $0) }
            }
        )
    }

    private static let sheet = [
        "P": ["A": "28", "B": "18", "C": "18", "D": "18"],
        "Q": ["A": "27", "B": "19", "C": "18", "D": "18"],
    ]

    @Test(arguments: [
        ("{keys: [{marks: [B, C, D]}, {marks: D}, {marks: C}, {marks: B}], end: chief-judge}", "Q"),
        ("{keys: [{marks: C}, {marks: A}, {marks: [B, D]}], end: shared}", "P"),
    ])
    func oneSheetAndTwoRulesHaveTwoWinners(ties: String, winner: String) throws {
        let card = card(["A": 30, "B": 20, "C": 20, "D": 30], ties: ties)
        #expect(try ranks(card, Self.sheet)[winner] == 1)
    }

    @Test func theRoundedTotalDecidesUnlessTheCardSaysExact() throws {
        let close = ["X": ["A": "84.9951"], "Y": ["A": "84.9999"]]
        let shared = "{end: shared}"
        #expect(try ranks(card(["A": 100], ties: shared), close) == ["X": 1, "Y": 1])
        let exact = card(["A": 100], ties: shared).replacing(
            "round: {places: 2}",
            with: "round: {places: 2}, ranked: exact"
        )
        #expect(try ranks(exact, close) == ["Y": 1, "X": 2])
        let apart = ["X": ["A": "84.994"], "Y": ["A": "84.996"]]
        #expect(try ranks(card(["A": 100], ties: shared), apart) == ["Y": 1, "X": 2])
    }

    @Test(arguments: [("competition", 3), ("dense", 2)])
    func numberingAfterASharedPlaceIsStated(numbering: String, third: Int) throws {
        let card = card(["A": 100], ties: "{end: shared, numbering: \(numbering)}")
        let places = try ranks(card, ["X": ["A": "90"], "Y": ["A": "90"], "Z": ["A": "80"]])
        #expect(places == ["X": 1, "Y": 1, "Z": third])
    }

    @Test func timeComesFirstAndThenOnlyWhatMustBeSeparated() throws {
        let yaml =
            card(
                ["A": 100],
                ties: "{keys: [{entered: T.time}, {marks: A}], end: shared}"
            ) + """

                  - id: T
                    title: {zh: 时间, en: Time}
                    aspects:
                      - {id: time, title: {zh: 用时, en: Time}, score: {max: 9999, step: 1}, aggregate: agreed, counts: false}
                      - {id: zero, title: {zh: 零, en: Zero}, full_or_zero: {max: 1}}
                """
        let rows = ["X", "Y"].flatMap { ["\($0),A,m,,90,", "\($0),T,zero,,0,"] }
        let standings = try Counting.standings(
            yaml,
            rows + ["X,T,time,,3000,", "Y,T,time,,49:50,"]
        ).standings
        #expect(standings.rows.map(\.entrant.id.text) == ["Y", "X"])
        let line = try #require(standings.rows[0].decisions.first?.line(.en))
        #expect(line == "first key: Time 2990 < 3000 (before X)")
    }

    @Test func whatMustBeSeparatedStaysOpenUntilItIs() throws {
        let yaml = card(["A": 100], ties: "{end: must-separate}")
        let rows = ["X,A,m,,90,", "Y,A,m,,90,"]
        let (standings, tally) = try Counting.standings(yaml, rows)
        #expect(standings.openTies.map(\.rank) == [1])
        #expect(standings.openTies[0].entrants.map(\.text) == ["X", "Y"])
        let reading = MarksFile.read(
            try CSVTable("entrant,part,aspect,judge,mark\nX,A,m,,90\nY,A,m,,90", file: "m"),
            plan: tally.plan
        )
        let table = MarksFile.table(reading.marks, plan: tally.plan, entrants: []).table
        let order = [try #require(EntrantID("Y")): 0, try #require(EntrantID("X")): 1]
        let ruled = try ItemTally(
            plan: tally.plan,
            inputs: table.entrants.compactMap(Counting.input),
            table: table,
            rulings: order
        ).standings()
        #expect(ruled.openTies.isEmpty)
        #expect(ruled.rows.map(\.entrant.id.text) == ["Y", "X"])
        #expect(ruled.rows.map(\.rank) == [1, 2])
    }

    /// TB11: order by row or id is what can never happen.
    @Test func levelEntrantsNeverGetAnOrderFromTheirRowOrName() throws {
        let card = card(["A": 100], ties: "{end: shared}")
        let places = try ranks(card, ["Z": ["A": "90"], "A1": ["A": "90"], "M": ["A": "90"]])
        #expect(Set(places.values) == [1])
    }

    @Test func aKeyForTheFirstPlaceLeavesTheOthersLevel() throws {
        let yaml = card(
            ["A": 100, "B": 100],
            ties: "{keys: [{marks: B, for: first}], end: shared}"
        )
        let places = try ranks(
            yaml,
            [
                "P": ["A": "50", "B": "60"], "Q": ["A": "60", "B": "50"],
                "R": ["A": "40", "B": "50"], "S": ["A": "50", "B": "40"],
            ]
        )
        #expect(places == ["P": 1, "Q": 2, "R": 3, "S": 3])
    }

    @Test func aKeyForTheFirstPlaceTakesOneOutOfThreeAndLeavesTwo() throws {
        let yaml = card(
            ["A": 100, "B": 100],
            ties: "{keys: [{marks: B, for: first}], end: shared}"
        )
        let places = try ranks(
            yaml,
            [
                "P": ["A": "50", "B": "50"], "Q": ["A": "55", "B": "45"],
                "R": ["A": "60", "B": "40"],
            ]
        )
        #expect(places == ["P": 1, "Q": 2, "R": 2])
    }

    @Test func whereTheLowerIsBetterTheBestAttemptIsTheLowest() throws {
        let yaml = """
            scorecard: 1
            id: faults
            title: {zh: 罚分, en: Faults}
            total: {max: open, better: lower}
            ties: {keys: [{attempts: R}], end: shared}
            parts:
              - id: R
                title: {zh: 轮, en: Rounds}
                attempts: {count: 3, keep: {best: 2}}
                aspects: [{id: f, title: {zh: 罚分, en: Faults}, score: {max: 99}, aggregate: agreed}]
            """
        let marks = ["a": [40, 20, 30], "b": [10, 40, 60]]
        let rows = marks.flatMap { entrant, values in
            values.enumerated().map { "\(entrant),R,f,,\($1),\($0 + 1)" }
        }
        let standings = try Counting.standings(yaml, rows).standings
        #expect(standings.rows.map(\.entrant.id.text) == ["b", "a"])
        #expect(standings.rows.map(\.shownTotal) == ["50.00", "50.00"])
        #expect(standings.rows[0].decisions.first?.values == "10: 1× > 0×")
    }

    @Test func lotsComeOutTheSameFromTheSameSeed() throws {
        let yaml = card(["A": 100], ties: "{keys: [{lot: seed-2022}], end: shared}")
        let marks = ["X": ["A": "90"], "Y": ["A": "90"], "Z": ["A": "90"]]
        let first = try ranks(yaml, marks)
        #expect(Set(first.values) == [1, 2, 3])
        #expect(try ranks(yaml, marks) == first)
    }
}

@Suite struct ScaleTests {
    /// domain-worldskills 2.1: a real export of the system that WorldSkills uses.
    @Test func allThirtyTwoResultsOfTheRealExportComeOut() throws {
        let totals = """
            61.42 54.33 39.58 37.75 35.50 28.75 28.42 28.40 19.00 16.92 13.50 13.05 12.80 12.25 9.50 \
            8.75 7.25 6.00 6.00 4.25 3.25 2.75 2.00 1.50 1.40 1.25 0.75 0.50 0.50 0.50 0.25 0.00
            """
        let scaled = """
            854 834 791 786 779 760 759 759 732 726 716 715 714 712 704 702 698 694 694 689 686 685 \
            683 681 681 680 679 678 678 678 678 677
            """
        let numbers = try totals.split(separator: " ").map { try DecimalText($0).value }
        let expected = scaled.split(separator: " ").compactMap { Int($0) }
        #expect(try WorldSkillsScale.median700.scaled(numbers) == expected)
        #expect(expected.count == 32)
    }

    @Test func theScaleOf2015IsMeanAndPopulationDeviation() throws {
        let numbers = [40, 50, 60].map { Rational($0) }
        // SD = sqrt(200/3) = 8.165; 30 · 10 / 8.165 = 36.74.
        #expect(try WorldSkillsScale.mean500.scaled(numbers) == [463, 500, 537])
    }

    @Test func aSpreadOfNothingLeavesTheScaleUndefined() throws {
        #expect(try WorldSkillsScale.median700.scaled([5, 5, 5, 9].map { Rational($0) }) == nil)
        #expect(try WorldSkillsScale.median700.scaled([5, 5].map { Rational($0) }) == [700, 700])
    }

    /// Every vector of domain-worldskills 7.5.
    @Test(arguments: [
        ("worldskills-2019-2024", 700, "739 734 734 733 732 731 722", "GSSSSBM"),
        ("worldskills-2019-2024", 700, "735 732 731 729 723", "GSSBM"),
        ("worldskills-2019-2024", 700, "746 739 739 733", "GSSM"),
        ("worldskills-2019-2024", 700, "729 727 722 721 711", "GGBBM"),
        ("worldskills-2019-2024", 700, "722 720 718 717 706", "GGBBM"),
        ("worldskills-to-2017", 700, "734 734 733 732 730 730 728 725", "GGGGBBMM"),
        ("worldskills-2019-2024", 700, "745 743 743 727", "GGGM"),
        ("worldskills-2019-2024", 700, "736 733 729 728 727 723", "GSBBBM"),
        ("worldskills-2019-2024", 700, "725 720 700 693 641", "GSB--"),
        ("worldskills-to-2017", 500, "562 560 558 558 556 520", "GGBBBM"),
        ("worldskills-to-2017", 500, "505 500 499 489", "GSS-"),
        ("worldskills-to-2017", 500, "553 537 536 533 531", "GSSMM"),
        ("worldskills-2026", 700, "743 743 742 739 736", "GGSBM"),
        ("worldskills-2026", 700, "735 728 728 723 723 722", "GSSBBM"),
        ("worldskills-2026", 700, "731 731 729 727 725", "GGSBM"),
        ("worldskills-2026", 700, "741 740 729 729 729 727", "GSBBBM"),
        ("worldskills-2026", 700, "728 724 722 721 720", "GSBMM"),
        ("worldskills-2026", 700, "792 738 738 723 720", "GSSBM"),
    ])
    func officialVectorsComeOut(
        name: String,
        scale: Int,
        scores: String,
        expected: String
    ) throws {
        let numbers = scores.split(separator: " ").compactMap { Int($0) }.map { Rational($0) }
        let policy = try AwardPolicy(name)
        #expect(Awarding.letters(try policy.awards(numbers, centre: scale)) == expected)
        // Not sorted, each still gets its own.
        let turned = try policy.awards(numbers.reversed(), centre: scale)
        #expect(Awarding.letters(turned.reversed()) == expected)
    }
}

enum Awarding {
    static func letters(_ awards: [GivenAward]) -> String {
        let letters: [Award: String] = [
            .gold: "G", .silver: "S", .bronze: "B", .medallion: "M", .none: "-",
        ]
        return awards.compactMap { letters[$0.award] }.joined()
    }
}
