import Competition
import Exact
import Scoring
import Testing

@Suite struct DiagnosisTests {
    private static let card = """
        scorecard: 1
        id: d
        title: {zh: 诊断, en: Diagnosis}
        panel: {judges: 4, minimum: 3}
        total: {max: 10}
        ties: {end: shared}
        parts:
          - id: P
            title: {zh: 实操, en: Practical}
            aspects: [{id: a, title: {zh: 甲, en: A}, score: {max: 10}}]
        """

    /// Six targets and four judges.
    ///
    /// Source: Shrout & Fleiss 1979, table 2; ICC(2,1) = .29 in table 4.
    private static let ratings = [
        [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
    ]

    private func rows(_ ratings: [[Int]]) -> [String] {
        ratings.enumerated().flatMap { entrant, marks in
            marks.enumerated().map { "E\(entrant),P,a,J\($0),\($1)" }
        }
    }

    @Test func agreementIsThatOfThePublishedExample() throws {
        let tally = try Counting.standings(Self.card, rows(Self.ratings)).tally
        let panel = try tally.diagnosis()
        #expect(panel.entrants == 6)
        #expect(panel.intraclass?.shortest == "0.2898")
        #expect(panel.kendallsW?.shortest == "0.887")
        // J1 is the most severe: 1.5 points below the mean of the others' 5.83, of a range of 10.
        let severity = panel.judges.map { $0.severity.shortest }
        #expect(severity == ["31.67", "-37.22", "-12.78", "18.33"])
        #expect(panel.judges.map(\.marks) == [6, 6, 6, 6])
        #expect(panel.judges[0].lowest.shortest == "60")
    }

    @Test func judgesWhoAgreeWhollyAgreeByEveryFigure() throws {
        let same = Self.ratings.map { row in row.map { _ in row[0] } }
        let panel = try Counting.standings(Self.card, rows(same)).tally.diagnosis()
        #expect(panel.intraclass?.shortest == "1")
        #expect(panel.kendallsW?.shortest == "1")
        #expect(panel.judges.allSatisfy { $0.severity == .zero && $0.consistency == .zero })
        #expect(panel.judges.allSatisfy { $0.rangeUse?.shortest == "100" })
    }

    @Test func aJudgeWhoFavoursTheirOwnLeans() throws {
        // All entrants are of delegation "x"; J3 marks two of them, told apart by their delegation.
        let tally = try Counting.standings(
            Self.card,
            rows(Self.ratings),
            make: { id in
                guard let input = Counting.input(id), let own = DelegationID("own") else {
                    return nil
                }
                let isOwn = ["E0", "E1"].contains(id.text)
                return EntrantInput(
                    entrant: Entrant(
                        id: id,
                        item: input.entrant.item,
                        delegation: isOwn ? own : input.entrant.delegation,
                        group: "worker",
                        isGuest: false
                    )
                )
            }
        ).tally
        let judge = try #require(JudgeID("J3"))
        let panel = try tally.diagnosis(delegations: [judge: try #require(DelegationID("own"))])
        #expect(panel.judges[3].leanMarks == 2)
        // Own: (8 − 16/3 + 2 − 10/3)/2 = 2/3; others: (2 + 8/3 + 2 + 3)/4 = 29/12. Less by 1.75 of 10.
        #expect(panel.judges[3].lean?.shortest == "-17.5")
        #expect(panel.judges[0].lean == nil)
    }

    @Test func onlyEntrantsWhomAllJudgesMarkedStandBehindTheAgreement() throws {
        let partial = rows(Self.ratings).filter { $0 != "E0,P,a,J0,9" }
        let panel = try Counting.standings(Self.card, partial).tally.diagnosis()
        #expect(panel.entrants == 5)
        #expect(panel.judges[0].marks == 5)
    }
}
