import Competition
import Exact
import Findings
import Scoring
import Testing

/// The tie rules of `domain-china.md` 2.5, one by one, with the cases worked there.
@Suite struct TieCatalogueTests {
    /// Theory 30 %, practical 70 %, and the time that assembly took.
    private func lamps(_ ties: String, teams: String = "") -> String {
        """
        scorecard: 1
        id: lamps
        title: {zh: 灯饰, en: Lamps}
        total: {max: 100}
        ties: \(ties)
        \(teams)
        parts:
          - id: T
            title: {zh: 理论, en: Theory}
            weight: 30%
            aspects: [{id: t, title: {zh: 卷, en: Paper}, score: {max: 100, step: 0.0001}, aggregate: agreed}]
          - id: P
            title: {zh: 实操, en: Practical}
            weight: 70%
            aspects:
              - {id: p, title: {zh: 装配, en: Assembly}, score: {max: 100, step: 0.0001}, aggregate: agreed}
              - {id: time, title: {zh: 用时, en: Time}, score: {max: 9999}, aggregate: agreed, counts: false}
        """
    }

    private func four(_ ties: String) -> String {
        let parts = [("A", 35), ("B", 25), ("C", 20), ("D", 20)].map { id, max in
            """
              - id: \(id)
                title: {zh: \(id), en: \(id)}
                aspects: [{id: m, title: {zh: 分, en: Mark}, score: {max: \(max), step: 0.0001}, aggregate: agreed}]
            """
        }
        return """
            scorecard: 1
            id: four
            title: {zh: 四模块, en: Four}
            total: {max: 100}
            ties: \(ties)
            parts:
            \(parts.joined(separator: "\n"))
            """
    }

    private func rows(
        _ entrant: String,
        _ theory: String,
        _ practical: String,
        _ time: Int
    ) -> [String] {
        ["\(entrant),T,t,,\(theory)", "\(entrant),P,p,,\(practical)", "\(entrant),P,time,,\(time)"]
    }

    private func places(_ standings: Standings) -> [String: Int] {
        Dictionary(
            standings.rows.compactMap { row in row.rank.map { (row.entrant.id.text, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    @Test func tb1TheShorterAssemblyTimeFirst() throws {
        let card = lamps("{keys: [{entered: P.time}], end: shared}")
        let marks = rows("A", "90", "90", 3000) + rows("B", "90", "90", 2990)
        #expect(places(try Counting.standings(card, marks).standings) == ["A": 2, "B": 1])
    }

    @Test func tb1ThenSharedUnlessTheyMustBeSeparated() throws {
        // 95 and 87.857… against 88 and 90.857…: both 90.00 at two places.
        let marks =
            rows("X", "95", "87.8571", 3000) + rows("Y", "88", "90.8571", 3000)
            + rows("Z", "80", "80", 2000)
        let shared = lamps("{keys: [{entered: P.time}], end: shared}")
        #expect(
            places(try Counting.standings(shared, marks).standings) == ["X": 1, "Y": 1, "Z": 3]
        )
        let separated = lamps(
            "{keys: [{entered: P.time}, {marks: P}, {marks: T}], end: must-separate}"
        )
        #expect(
            places(try Counting.standings(separated, marks).standings)
                == ["X": 2, "Y": 1, "Z": 3]
        )
    }

    @Test func tb1tTeamsOfThreeByTheSumAndThenByTheirTimeTogether() throws {
        let card = lamps(
            "{end: shared}",
            teams: "teams: {members: 3, ties: {keys: [{entered: P.time}], end: shared}}"
        )
        var marks: [String] = []
        for (index, time) in [100, 200, 300, 150, 150, 299].enumerated() {
            marks += rows("E\(index)", "90", "90", time)
        }
        let tally = try Counting.standings(
            card,
            marks,
            make: { id in
                guard let input = Counting.input(id) else { return nil }
                return EntrantInput(
                    entrant: input.entrant,
                    team: ["E0", "E1", "E2"].contains(id.text) ? "甲" : "乙"
                )
            }
        ).tally
        let teams = try tally.teams()
        #expect(teams.map(\.team) == ["乙", "甲"])
        #expect(teams.map(\.rank) == [1, 2])
        #expect(teams.map { $0.total?.shortest } == ["270", "270"])
        #expect(teams[0].decidedBy.first?.en == "first key: Time 599 < 600 (甲)")
    }

    /// One sheet, two rules, two winners.
    @Test func tb2AndTb3OfOneTradePutDifferentEntrantsFirst() throws {
        let marks = [
            "P,A,m,,28", "P,B,m,,18", "P,C,m,,18", "P,D,m,,18", "Q,A,m,,27", "Q,B,m,,19",
            "Q,C,m,,18", "Q,D,m,,18",
        ]
        let tb2 = four(
            "{keys: [{marks: [B, C, D]}, {marks: D}, {marks: C}, {marks: B}], end: chief-judge}"
        )
        #expect(places(try Counting.standings(tb2, marks).standings) == ["P": 2, "Q": 1])
        let tb3 = four("{keys: [{marks: C}, {marks: A}, {marks: [B, D]}], end: shared}")
        #expect(places(try Counting.standings(tb3, marks).standings) == ["P": 1, "Q": 2])
    }

    @Test func tb2EndsWithTheChiefJudgesRuling() throws {
        let card = four("{keys: [{marks: [B, C, D]}], end: chief-judge}")
        let marks = ["P", "Q"].flatMap { id in
            ["A", "B", "C", "D"].map { "\(id),\($0),m,,10" }
        }
        let open = try Counting.standings(card, marks).standings
        #expect(open.openTies.map(\.end) == [.chiefJudge])
        let order = [try #require(EntrantID("Q")): 1, try #require(EntrantID("P")): 2]
        let ruled = try Counting.standings(card, marks, rulings: order).standings
        #expect(ruled.openTies.isEmpty)
        #expect(places(ruled) == ["P": 2, "Q": 1])
    }

    /// 84.994 and 84.996 are no tie; 84.9951 and 84.9999 are one at two places, and none before.
    @Test(arguments: [
        ("84.994", "84.996", "shown", [2, 1]), ("84.9951", "84.9999", "shown", [1, 1]),
        ("84.9951", "84.9999", "exact", [2, 1]), ("84.9951", "84.9999", "{places: 1}", [1, 1]),
    ])
    func tb3TheRankedNumberIsTheCardsToSay(
        first: String,
        second: String,
        ranked: String,
        expected: [Int]
    ) throws {
        let card = """
            scorecard: 1
            id: one
            title: {zh: 一, en: One}
            total: {max: 100, ranked: \(ranked)}
            ties: {end: shared}
            parts:
              - id: A
                title: {zh: 甲, en: A}
                aspects: [{id: m, title: {zh: 分, en: Mark}, score: {max: 100, step: 0.0001}, aggregate: agreed}]
            """
        let standings = try Counting.standings(card, ["X,A,m,,\(first)", "Y,A,m,,\(second)"])
            .standings
        let places = places(standings)
        #expect([places["X"], places["Y"]] == expected)
    }

    /// TB4 and TB5 print no keys and forbid shared places: open until they are told apart.
    @Test(arguments: ["第二届全国", "海南自贸港"])
    func tb4AndTb5MustBeSeparated(event: String) throws {
        let card = four("{end: must-separate}")
        let marks = ["X", "Y"].flatMap { id in
            ["A", "B", "C", "D"].map { "\(id),\($0),m,,10" }
        }
        let standings = try Counting.standings(card, marks).standings
        #expect(standings.openTies.map(\.end) == [.mustSeparate], "\(event)")
    }

    /// TB6: 10, 9, 8, 7, 6, 5, then 4 to the tenth, 1 to others; level by the number of firsts, seconds.
    @Test func tb6TeamsByPlacePointsWithCountback() throws {
        let method = try DelegationMethod("place-points:points=10/9/8/7/6/5/4/4/4/4,rest=1")
        let results = [
            ("a", "甲", 1), ("a", "乙", 2), ("a", "丙", 11), ("b", "甲", 4), ("b", "乙", 3),
            ("b", "丙", 12), ("c", "甲", 8), ("c", "乙", 9), ("c", "丙", 1),
        ].map {
            DelegationResult(item: $0.0, delegation: $0.1, rank: $0.2, total: nil, award: .none)
        }
        let table = try method.table(results)
        #expect(table.map(\.delegation) == ["甲", "乙", "丙"])
        #expect(table.map { $0.value.shortest } == ["21", "21", "12"])
        #expect(table.map(\.rank) == [1, 2, 3])
    }

    @Test func levelDelegationsShareAPlaceWhereNothingTellsThemApart() throws {
        let results = ["甲", "乙"].map {
            DelegationResult(item: $0, delegation: $0, rank: 1, total: nil, award: .gold)
        }
        let table = try DelegationMethod("medal-points").table(results)
        #expect(table.map(\.rank) == [1, 1])
        #expect(table.map { $0.value.shortest } == ["4", "4"])
    }

    @Test func averagesAreTakenOverTheItemsThatADelegationEntered() throws {
        let results = [("a", 10), ("a", 8), ("b", 5)].map {
            DelegationResult(
                item: $0.0,
                delegation: "甲",
                rank: 1,
                total: Rational($0.1),
                award: .none
            )
        }
        #expect(try DelegationMethod("sum").table(results)[0].value.shortest == "23")
        #expect(try DelegationMethod("sum:best=1").table(results)[0].value.shortest == "15")
        #expect(
            try DelegationMethod("sum:best=1,per=item").table(results)[0].value.fraction == "15/2"
        )
    }

    @Test(arguments: ["medals", "place-points", "sum:best=0", "sum:worst=1", "medal-points:gold=x"])
    func aMethodThatIsNoneIsRefused(text: String) {
        #expect(throws: Refusal.self) { try DelegationMethod(text) }
    }

    /// TB9: a play-off enters as a column of the entrants.
    @Test func tb9ThePlayOffDecides() throws {
        let card = four("{keys: [{external: playoff}], end: must-separate}")
        let marks = ["X", "Y"].flatMap { id in
            ["A", "B", "C", "D"].map { "\(id),\($0),m,,10" }
        }
        let standings = try Counting.standings(
            card,
            marks,
            make: { id in
                guard let input = Counting.input(id) else { return nil }
                return EntrantInput(
                    entrant: input.entrant,
                    external: ["playoff": Rational(id.text == "Y" ? 3 : 2)]
                )
            }
        ).standings
        #expect(standings.openTies.isEmpty)
        #expect(places(standings) == ["X": 2, "Y": 1])
    }

    @Test func tb10TiesShareAndTheNextPlaceIsLeftOut() throws {
        let card = four("{end: shared}")
        let marks = [("X", 10), ("Y", 10), ("Z", 9)].flatMap { id, mark in
            ["A", "B", "C", "D"].map { "\(id),\($0),m,,\(mark)" }
        }
        #expect(
            places(try Counting.standings(card, marks).standings) == ["X": 1, "Y": 1, "Z": 3]
        )
        let dense = four("{end: shared, numbering: dense}")
        #expect(
            places(try Counting.standings(dense, marks).standings) == ["X": 1, "Y": 1, "Z": 2]
        )
    }

    /// TB12: head to head, then a play-off.
    @Test func tb12TheOneWhoBeatTheOtherMoreOften() throws {
        let card = four(
            "{keys: [{head_to_head: [A, B, C, D]}, {external: playoff}], end: must-separate}"
        )
        // X wins A and B, Y wins only C by as much as both.
        let marks = [
            "X,A,m,,11", "X,B,m,,11", "X,C,m,,8", "X,D,m,,10", "Y,A,m,,10", "Y,B,m,,10",
            "Y,C,m,,10", "Y,D,m,,10",
        ]
        let standings = try Counting.standings(card, marks).standings
        #expect(places(standings) == ["X": 1, "Y": 2])
        #expect(standings.rows[0].decisions.map(\.key) == [1])
    }

    /// 实操高者优先, then the shorter time, then theory.
    @Test func theCommonChainHoldsInItsOrder() throws {
        let card = lamps(
            "{keys: [{marks: P}, {entered: P.time}, {marks: T}], end: shared}"
        )
        let marks =
            rows("A", "97", "87", 3000) + rows("B", "90", "90", 3000) + rows("C", "90", "90", 2999)
        let standings = try Counting.standings(card, marks).standings
        #expect(places(standings) == ["A": 3, "B": 2, "C": 1])
        let line = standings.rows[0].decisions.map { $0.line(.zh) }
        #expect(
            line == ["第1键 实操 63.00 > 60.90(先于 A)", "第2键 用时 2999 < 3000(先于 B)"]
        )
    }

    @Test func aKeyMayBeRoundedBeforeItIsCompared() throws {
        let marks = rows("A", "97.0002", "86.9999", 3000) + rows("B", "97", "87", 2000)
        let plain = lamps("{keys: [{marks: P}, {entered: P.time, order: descending}], end: shared}")
        #expect(places(try Counting.standings(plain, marks).standings) == ["A": 2, "B": 1])
        let rounded = lamps(
            "{keys: [{marks: P, round: {places: 2}}, {entered: P.time, order: descending}], end: shared}"
        )
        #expect(places(try Counting.standings(rounded, marks).standings) == ["A": 1, "B": 2])
    }
}
