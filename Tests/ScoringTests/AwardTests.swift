import Exact
import Findings
import Scoring
import Testing

@Suite struct AwardTests {
    private func letters(_ policy: String, _ scores: String) throws -> String {
        let numbers = try scores.split(separator: " ").map { try Rational(written: $0) }
        return Awarding.letters(try AwardPolicy(policy).awards(numbers))
    }

    @Test(arguments: [
        // Two share the first place: 1, 1, 3 and 1, 1, 2.
        ("rank-1-2-3", "10 10 9 8", "GGB-"),
        ("rank-1-2-3:numbering=dense", "10 10 9 8", "GGSB"),
        ("rank-1-2-3:upper=1/2", "10 9 8 7 6 5 4", "GSBM---"),
        ("rank-1-2-3:upper=1/2,upper_round=down", "10 9 8 7 6 5 4", "GSB----"),
        ("rank-1-2-3:least=60", "70 65 59 58", "GS--"),
        ("rank-1-2-3:medallion=700", "740 730 720 700 699", "GSBM-"),
        ("quota:gold=1,silver=2,bronze=3", "9 8 7 6 5 4 3", "GSSBBB-"),
        ("quota:gold=1,silver=2,bronze=3", "9 9 7 6 5 4 3", "GGSBBB-"),
        ("quota:gold=1,silver=2,bronze=3,ties=out", "9 9 7 6 5 4 3", "SSSBBB-"),
        ("quota:gold=1,silver=1,bronze=1,ties=out", "9 8 7 7", "GS--"),
        ("quota:gold=1,silver=1,bronze=1,ties=in", "9 8 7 7", "GSBB"),
        // A twelfth, a sixth and a quarter, cumulated and rounded up.
        ("share:gold=1/12,silver=1/6,bronze=1/4,round=up", "10 9 8 7 6 5 4 3 2 1", "GSSBB-----"),
        (
            "share:gold=1/12,silver=1/6,bronze=1/4,round=up,sizes=each", "10 9 8 7 6 5 4 3 2 1",
            "GSSBBB----"
        ),
        ("share:gold=10%,silver=20%,bronze=30%,cap_bronze=1", "10 9 8 7 6 5 4 3 2 1", "GSSB------"),
        ("share:gold=10%,silver=20%,bronze=30%", "10 9 8 7 6 5 4 3 2 1", "GSSBBB----"),
    ])
    func policiesGiveTheirAwards(policy: String, scores: String, expected: String) throws {
        #expect(try letters(policy, scores) == expected)
    }

    /// TB8 in the reading of domain-worldskills 3.5: from six all three, five gold and silver, four
    /// gold, three or fewer void.
    @Test(arguments: [
        (7, "GSB----"), (6, "GSB---"), (5, "GS---"), (4, "G---"), (3, "---"), (1, "-"),
    ])
    func tb8MedalsDependOnHowManyCompete(entrants: Int, expected: String) throws {
        let scores = (1...entrants).reversed().map(String.init).joined(separator: " ")
        #expect(try letters("steps:6=1/1/1,5=1/1/0,4=1/0/0", scores) == expected)
    }

    /// TB7: two golds leave no silver, three leave none and bronze only within two points.
    @Test(arguments: [
        ("530 529 520 510", "GGB-"), ("530 529 528 526", "GGGB"), ("530 529 528 525", "GGG-"),
    ])
    func tb7TwoPointsShareAMedal(scores: String, expected: String) throws {
        let numbers = try scores.split(separator: " ").map { try Rational(written: $0) }
        let given = try AwardPolicy("worldskills-to-2017").awards(numbers, centre: 600)
        #expect(Awarding.letters(given) == expected)
    }

    @Test func guestsTakeTheColourShownOrNothingAndNeverARank() throws {
        let entries = [(90, 1), (85, nil), (80, 2), (70, 3), (60, 4), (95, nil)].map {
            AwardEntry(score: Rational($0.0), rank: $0.1)
        }
        let nothing = try AwardPolicy("rank-1-2-3").awards(of: entries)
        #expect(Awarding.letters(nothing) == "G-SB--")
        let shown = try AwardPolicy("rank-1-2-3:guests=shown").awards(of: entries)
        #expect(Awarding.letters(shown) == "GSSB-G")
        #expect(shown.map(\.position) == [1, nil, 2, 3, 4, nil])
    }

    @Test func wherePointsAreFaultsTheGuestsColourIsThatOfThoseWithMore() throws {
        let entries = [(0, 1), (4, nil), (8, 2), (12, 3)].map {
            AwardEntry(score: Rational($0.0), rank: $0.1)
        }
        let shown = try AwardPolicy("rank-1-2-3:guests=shown")
            .awards(of: entries, lowerIsBetter: true)
        #expect(Awarding.letters(shown) == "GSSB")
    }

    @Test(arguments: [
        "nonsense", "share:gold=2", "share:gold=-1/2", "share:gld=1/2", "quota:gold=x",
        "steps", "steps:6=1/1", "rank-1-2-3:ties=maybe", "quota:gold=1,gold=2", "share:gold",
        "worldskills-2026:medallion=700",
    ])
    func aPolicyThatIsNoneIsRefusedWithWhatWasExpected(text: String) {
        #expect {
            try AwardPolicy(text)
        } throws: { error in
            let finding = (error as? Refusal)?.findings.first
            return finding?.code == "awards.policy" && finding?.message.en.contains(text) == true
        }
    }

    @Test func scaledScoresAreWhole() throws {
        let scores = [try Rational(written: "700.5")]
        #expect(throws: Refusal.self) { try AwardPolicy("worldskills-2026").awards(scores) }
    }
}
