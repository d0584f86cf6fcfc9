import Competition
import Exact
import Findings
import Testing

/// A card of three aspects, made by hand: theory 30 of a paper of 100, and a practical of 70 for
/// workers, 60 for students.
private enum Small {
    static func aspect(_ id: String, _ marking: Marking, section: Int?) throws -> Aspect {
        Aspect(
            id: try #require(AspectID(id)),
            title: Text("评分点 " + id, "aspect " + id),
            description: nil,
            requirement: nil,
            marking: marking,
            aggregation: marking.kind == .judgement ? .mean : .agreed,
            roundJudge: nil,
            stage: Stage(),
            coefficient: nil,
            counts: true,
            section: section
        )
    }

    static func part(
        _ id: String,
        weight: Weight = .one,
        combine: Combination = .sum,
        day: Int?,
        _ aspects: [Aspect]
    ) throws -> CardNode {
        CardNode(
            id: try #require(NodeID(id)),
            title: Text("模块 " + id, "part " + id),
            stage: Stage(weight: weight),
            combine: combine,
            attempts: nil,
            day: day,
            pass: nil,
            absentIsZero: false,
            content: .aspects(aspects)
        )
    }

    static func card(_ parts: [CardNode]) -> Scorecard {
        Scorecard(
            id: "small",
            title: Text("小", "small"),
            note: nil,
            standard: nil,
            panel: Panel(judges: 3, minimum: 3),
            total: TotalRule(
                max: nil,
                shown: Rounding(places: 2),
                stored: nil,
                ranked: .shown,
                lowerIsBetter: false,
                floor: nil
            ),
            ties: TieRule(keys: [], end: .shared, numbering: .competition),
            awards: "rank-1-2-3",
            sheetUnits: parts.map(\.id),
            parts: parts
        )
    }

    static func whole() throws -> Scorecard {
        let range = try #require(MarkRange(least: .zero, greatest: Rational(100), step: .one))
        let seven = try Rational(7, over: 10)
        let six = try Rational(6, over: 10)
        return card([
            try part(
                "T",
                weight: Weight(try Rational(3, over: 10)),
                day: 1,
                [
                    try aspect("t", .score(range), section: 1)
                ]
            ),
            try part(
                "P",
                weight: Weight(seven, byGroup: ["student": six]),
                day: 2,
                [
                    try aspect("m", .fullOrZero(max: Rational(60)), section: 2),
                    try aspect(
                        "j",
                        .judgement(max: Rational(40), spread: 1, levels: []),
                        section: nil
                    ),
                ]
            ),
        ])
    }
}

@Suite("What a card is made of")
struct CardCountingTests {
    @Test("an aspect's share is its part of the total, weighed for the group")
    func shares() throws {
        let card = try Small.whole()
        #expect(try card.shares().map(\.marks) == [30, 42, 28].map { Rational($0) })
        #expect(
            try card.shares(group: "student").map(\.marks) == [30, 36, 24].map { Rational($0) }
        )
        #expect(try card.shares().map(\.day) == [1, 2, 2])
    }

    @Test("where the best of a node count, what counts is divided among all")
    func best() throws {
        let aspects = try ["a", "b", "c"].map {
            try Small.aspect($0, .fullOrZero(max: Rational(10)), section: nil)
        }
        let card = Small.card([try Small.part("P", combine: .best(2), day: nil, aspects)])
        #expect(
            try card.shares().map(\.marks) == Array(repeating: try Rational(20, over: 3), count: 3)
        )
    }

    @Test("statistics count by method, part, day, group and section")
    func statistics() throws {
        let statistics = try CardStatistics(Small.whole())
        let said = statistics.rows.map { row in
            "\(row.dimension.rawValue) \(row.key) \(row.aspects) \(row.marks.shortest)"
        }
        #expect(
            said == [
                "total all 3 100", "method measurement 2 72", "method judgement 1 28",
                "kind score 1 30", "kind full_or_zero 1 42", "kind judgement 1 28",
                "panel agreed 2 72", "panel each 1 28", "part T 1 30", "part P 2 70",
                "day 1 1 30", "day 2 2 70", "group student T 1 30", "group student P 2 60",
                "section - 1 28", "section 1 1 30", "section 2 1 42",
            ]
        )
        #expect(statistics.judgementShare == (try Rational(28, over: 100)))
    }

    @Test(
        "within five percent means a total variation of at most 5 marks of 100",
        arguments: [
            ([30, 42, 28], "0", true), ([32, 42, 26], "4", true), ([27, 44, 29], "6", false),
            ([33, 40, 27], "6", false),
        ]
    )
    func allocation(weights: [Int], variation: String, isWithin: Bool) throws {
        let sections = weights.enumerated().map {
            StandardSection(number: $0 + 1, title: "S", weight: Rational($1))
        }
        let range = try #require(MarkRange(least: .zero, greatest: Rational(30), step: .one))
        let card = Small.card([
            try Small.part(
                "P",
                day: nil,
                [
                    try Small.aspect("a", .score(range), section: 1),
                    try Small.aspect("b", .fullOrZero(max: Rational(42)), section: 2),
                    try Small.aspect("c", .fullOrZero(max: Rational(28)), section: 3),
                ]
            )
        ])
        let allocation = try StandardAllocation(card, sections: sections)
        #expect(allocation.variation.shortest == variation)
        #expect(allocation.isWithin == isWithin)
    }

    @Test("marks of no section count as a variation, and another total is brought to 100")
    func noSection() throws {
        let card = Small.card([
            try Small.part(
                "P",
                day: nil,
                [
                    try Small.aspect("a", .fullOrZero(max: Rational(190)), section: 1),
                    try Small.aspect("b", .fullOrZero(max: Rational(10)), section: nil),
                ]
            )
        ])
        let allocation = try StandardAllocation(
            card,
            sections: [StandardSection(number: 1, title: "S", weight: Rational(100))]
        )
        #expect(allocation.rows.map(\.difference.shortest) == ["-5", "5"])
        #expect(allocation.variation == Rational(10))
    }
}
