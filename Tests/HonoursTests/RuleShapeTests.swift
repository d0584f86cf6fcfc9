import Exact
import Findings
import Honours
import Interchange
import Rules
import Testing

/// The shapes of rules that provinces have (domain-china 4.2), written as files; documents and titles
/// are invented here, the shapes are not.
@Suite struct RuleShapeTests {
    @Test(
        "Shandong: the rank that counts depends on the team's size",
        arguments: [
            (1, 3, true), (1, 4, false), (2, 2, true), (2, 3, false), (3, 1, true), (3, 2, false),
        ]
    )
    func byTeamSize(size: Int, rank: Int, isGiven: Bool) throws {
        let rules = try RuleFile.read(
            RuleFile.title(
                "t",
                """
                when:
                      any:
                        - all: [{fact: team_size, is: 1}, {fact: rank, at_most: 3}]
                        - all: [{fact: team_size, is: 2}, {fact: rank, at_most: 2}]
                        - all: [{fact: team_size, is: 3}, {fact: rank, at_most: 1}]
                """
            )
        )
        let found = try RuleFile.found(rules, ["team_size": .number(size), "rank": .number(rank)])
        #expect(found == (isGiven ? ["t"] : []))
    }

    @Test func heilongjiangTheTitleIsForWorkersOnlyAndAnUnknownGroupSettlesNothing() throws {
        let rules = try RuleFile.read(
            RuleFile.title(
                "t",
                "when: {all: [{fact: rank, at_most: 3}, {fact: group, is: worker}]}"
            )
        )
        let third: [String: FactValue] = ["rank": .number(3)]
        func found(_ group: String) throws -> [String] {
            try RuleFile.found(rules, third.merging(["group": .word(group)]) { $1 })
        }
        #expect(try found("worker") == ["t"])
        #expect(try found("student") == [])
        #expect(try RuleFile.found(rules, third) == ["t ?group"])
    }

    private static let students = """
          - id: t
            title: {zh: 称号, en: Title}
            kind: conferred
            when: {all: [{fact: rank, at_most: 5}, {fact: group, is: worker}]}
            cite: {paragraph: "一"}
          - id: worker-level
            title: {zh: 晋升, en: Promotion}
            kind: promotion
            promotion: {level: technician, if_held: one-higher, if_higher_held: nothing, highest: senior-technician}
            when: {all: [{fact: rank, at_most: 5}, {fact: group, is: worker}]}
            cite: {paragraph: "二"}
          - id: student-level
            title: {zh: 学生晋升, en: Promotion of students}
            kind: promotion
            promotion: {level: senior, if_held: nothing, if_higher_held: nothing, highest: senior}
            when: {all: [{fact: rank, at_most: 5}, {fact: group, is: student}]}
            cite: {paragraph: "三"}
        """

    @Test func studentsGetALevelAndNoTitle() throws {
        let rules = try RuleFile.read(Self.students)
        func found(_ group: String) throws -> [String] {
            try RuleFile.found(
                rules,
                ["rank": .number(5), "group": .word(group), "skill_level": .word("none")]
            )
        }
        #expect(try found("worker") == ["t", "worker-level technician"])
        #expect(try found("student") == ["student-level senior"])
    }

    @Test(
        "Hainan: medallists become technicians, who hold that become senior technicians; others likewise, a level lower",
        arguments: [
            ("bronze", "none", "medal technician"), ("gold", "senior", "medal technician"),
            ("gold", "technician", "medal senior-technician"), ("gold", "senior-technician", ""),
            ("medallion", "none", "other senior"), ("medallion", "senior", "other technician"),
            ("medallion", "technician", ""), ("none", "none", ""),
        ]
    )
    func promotion(award: String, held: String, expected: String) throws {
        let rules = try RuleFile.read(
            """
              - id: medal
                title: {zh: 晋升技师, en: To technician}
                kind: promotion
                promotion: {level: technician, if_held: one-higher, if_higher_held: nothing, highest: senior-technician}
                when: {fact: award, in: [gold, silver, bronze]}
                cite: {paragraph: "一"}
              - id: other
                title: {zh: 晋升高级工, en: To senior worker}
                kind: promotion
                promotion: {level: senior, if_held: one-higher, if_higher_held: nothing, highest: technician}
                when: {fact: award, is: medallion}
                cite: {paragraph: "一"}
            """
        )
        let found = try RuleFile.found(rules, ["award": .word(award), "skill_level": .word(held)])
        #expect(found == (expected.isEmpty ? [] : [expected]))
    }

    @Test func aLevelThatIsNotKnownIsAskedForAndWhatTheTextLeavesOpenIsSaid() throws {
        let rules = try RuleFile.read(
            """
              - id: p
                title: {zh: 晋升, en: Promotion}
                kind: promotion
                promotion: {level: technician, if_held: one-higher, highest: special-technician}
                when: {fact: rank, at_most: 3}
                cite: {paragraph: "一"}
            """
        )
        #expect(try RuleFile.found(rules, ["rank": .number(1)]) == ["p ?skill_level"])
        let higher = ["rank": FactValue.number(1), "skill_level": .word("senior-technician")]
        #expect(try RuleFile.found(rules, higher) == ["p ?text_silent_decided"])
    }

    private static let shenzhen = """
        steps:
              by: entrants
              below: none
              rows:
                - {from: 10, to: 24, when: {fact: rank, at_most: 2}}
                - {from: 25, to: 49, when: {fact: rank, at_most: 4}}
                - {from: 50, to: 54, silent: true}
                - {from: 55, when: {fact: rank, at_most: 8}}
        """

    @Test(
        "Shenzhen: how many get the title depends on how many took part, and 50 to 54 is nobody's word",
        arguments: [
            (9, 1, ""), (10, 2, "t"), (24, 3, ""), (25, 4, "t"), (49, 5, ""), (49, 4, "t"),
            (50, 1, "t ?text_silent_decided"), (54, 9, "t ?text_silent_decided"), (55, 8, "t"),
            (55, 9, ""), (400, 8, "t"),
        ]
    )
    func steps(entrants: Int, rank: Int, expected: String) throws {
        let rules = try RuleFile.read(RuleFile.title("t", Self.shenzhen))
        let found = try RuleFile.found(
            rules,
            ["entrants": .number(entrants), "rank": .number(rank)]
        )
        #expect(found == (expected.isEmpty ? [] : [expected]))
    }

    @Test func whoHoldsTheTitleAlreadyGetsItNoMoreAndWhatIsNotKnownIsAsked() throws {
        let rules = try RuleFile.read(
            RuleFile.title(
                "t",
                "when: {all: [{fact: rank, at_most: 1}, {not: {fact: titles, includes: t}}]}"
            )
        )
        let first: [String: FactValue] = ["rank": .number(1)]
        func found(_ titles: FactValue) throws -> [String] {
            try RuleFile.found(rules, first.merging(["titles": titles]) { $1 })
        }
        #expect(try found(.words([])) == ["t"])
        #expect(try found(.words(["t"])) == [])
        #expect(try found(.someWords(["t"])) == [])
        #expect(try found(.someWords([])) == ["t ?titles"])
    }

    @Test(
        "The age is that on the day the file names",
        arguments: [("1987-12-31", true), ("1986-12-31", false), ("1987-01-01", true)]
    )
    func age(birth: String, isGiven: Bool) throws {
        let rules = try RuleFile.read(
            RuleFile.title(
                "t",
                "when: {all: [{fact: rank, at_most: 1}, {fact: birth_date, age_at_most: 35, on: cut-off}]}"
            ),
            more: "days: [{id: cut-off, title: {zh: 截止日, en: Cut-off}, day: 2022-12-31}]"
        )
        let day = try #require(Day(birth))
        let found = try RuleFile.found(rules, ["rank": .number(1), "birth_date": .day(day)])
        #expect(found == (isGiven ? ["t"] : []))
    }

    @Test func aPassInEveryPartTheClassOfTheEventAndTheItemCanBeAskedFor() throws {
        let rules = try RuleFile.read(
            RuleFile.title(
                "t",
                """
                when:
                      all:
                        - {fact: all_parts_passed, is: true}
                        - {fact: event_class, in: [national-1, provincial-1]}
                        - {fact: item, in: [X01, X02]}
                        - {fact: employed, is: true}
                        - {fact: sex, is: female}
                        - {fact: rank_percent, at_most: 50}
                        - {fact: group_rank, at_most: 3}
                        - {fact: dense_rank, at_most: 2}
                """
            )
        )
        let facts: [String: FactValue] = [
            "all_parts_passed": .truth(true), "event_class": .word("provincial-1"),
            "item": .word("X01"), "employed": .truth(true), "sex": .word("female"),
            "rank_percent": .number(50), "group_rank": .number(3), "dense_rank": .number(2),
        ]
        #expect(try RuleFile.found(rules, facts) == ["t"])
        let others: [String: FactValue] = [
            "all_parts_passed": .truth(false), "event_class": .word("city"), "item": .word("X03"),
            "employed": .truth(false), "sex": .word("male"), "rank_percent": .number(51),
            "group_rank": .number(4), "dense_rank": .number(3),
        ]
        for name in facts.keys.sorted() {
            var one = facts
            one[name] = others[name]
            #expect(try RuleFile.found(rules, one) == [], "\(name) just outside")
            one[name] = nil
            #expect(try RuleFile.found(rules, one) == ["t ?\(name)"], "\(name) unknown")
        }
    }

    @Test func aRuleAppliesToResultsOfItsDaysOnly() throws {
        let rules = try RuleFile.read(
            RuleFile.title(
                "old",
                "when: {fact: rank, at_most: 1}",
                more: "in_force: {from: 2020-01-01, to: 2022-12-31}"
            )
                + RuleFile.title(
                    "new",
                    "when: {fact: rank, at_most: 3}",
                    more: "in_force: {from: 2023-01-01}"
                )
        )
        func found(_ day: String) throws -> [String] {
            let day = try #require(Day(day))
            return try RuleFile.found(rules, ["rank": .number(1), "result_date": .day(day)])
        }
        #expect(try found("2019-12-31") == [])
        #expect(try found("2020-01-01") == ["old"])
        #expect(try found("2022-12-31") == ["old"])
        #expect(try found("2023-01-01") == ["new"])
        #expect(
            try RuleFile.found(rules, ["rank": .number(1)])
                == [
                    "new ?result_date", "old ?result_date",
                ].reversed()
        )
    }

    @Test func everyCandidateIsJudgedAloneAndTheOrderNeverMatters() throws {
        let rules = try RuleFile.read(Self.students)
        let candidates = (1...6).map { rank in
            HonourCandidate(
                item: "X0\(rank % 2)",
                entrant: "E\(rank)",
                person: "p\(rank)",
                facts: Facts([
                    "rank": .number(rank), "group": .word(rank % 2 == 0 ? "worker" : "student"),
                    "skill_level": .word("senior"),
                ])
            )
        }
        let all = try rules.proposals(candidates)
        #expect(try rules.proposals(candidates.reversed()) == all)
        let alone = try candidates.flatMap { try rules.proposals([$0]) }.map(\.id).sorted()
        #expect(all.map(\.id).sorted() == alone)
    }
}
