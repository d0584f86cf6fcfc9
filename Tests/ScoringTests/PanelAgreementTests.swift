import Exact
import Scoring
import Testing

@Suite struct PanelAgreementTests {
    private static let card = """
        scorecard: 1
        id: d
        title: {zh: 一致, en: Agreement}
        panel: {judges: 7, minimum: 1}
        total: {max: 10}
        ties: {end: shared}
        parts:
          - id: P
            title: {zh: 实操, en: Practical}
            aspects: [{id: a, title: {zh: 甲, en: A}, score: {max: 10}}]
        """

    private func agreement(_ ratings: [[Int]]) throws -> PanelAgreement? {
        let rows = ratings.enumerated().flatMap { entrant, marks in
            marks.enumerated().map { "E\(entrant),P,a,J\($0),\($1)" }
        }
        return try Counting.standings(Self.card, rows).tally.agreement()
    }

    /// Worked by hand: the ranks of five entrants by three judges are 1 2 3 4 5, 1 3 2 5 4 and
    /// 2 1 3 4 5; their sums 4 6 8 13 14 lie 5 3 1 4 5 from 9, so W = 12 · 76 / (9 · 120) = 38/45.
    @Test func itIsKendallsWOfTheJudgesOrders() throws {
        let figure = try #require(
            try agreement([[9, 9, 8], [8, 7, 9], [7, 8, 7], [6, 5, 6], [5, 6, 5]])
        )
        #expect([figure.judges, figure.entrants] == [3, 5])
        #expect(figure.kendallsW.shortest == "0.84")
    }

    @Test func itTreatsAllJudgesAlike() throws {
        let ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9]]
        let turned = ratings.map { Array($0[1...] + $0[..<1]) }
        let one = try #require(try agreement(ratings))
        #expect(try agreement(turned) == one)
        #expect(one.judges == 4)
    }

    @Test(
        arguments: [
            // Two judges; four entrants; a third judge who marked one entrant only; nothing differs.
            [[9, 8], [8, 9], [7, 6], [6, 7], [5, 4]],
            [[9, 8, 7], [8, 9, 6], [7, 6, 5], [6, 7, 4]],
            [[9, 8, 7], [8, 9], [7, 6], [6, 7], [5, 4], [4, 5]],
            [[5, 5, 5], [5, 5, 5], [5, 5, 5], [5, 5, 5], [5, 5, 5]],
        ]
    )
    func itIsNotStatedOfAPanelOrAFieldTooSmall(ratings: [[Int]]) throws {
        #expect(try agreement(ratings) == nil)
    }
}
