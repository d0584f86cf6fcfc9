import Exact
import Findings
import Honours
import Rules
import Testing

/// Rule files that are refused, each with the line.
///
/// The first rule stands on line 8.
@Suite struct RuleRefusalTests {
    private func steps(_ rows: String, _ more: String = "") -> String {
        RuleFile.title("t", "steps: {by: entrants, \(more) rows: [\(rows)]}")
    }

    @Test func shenzhensStepsAreRefusedWithTheirGap() throws {
        let rows = """
            {from: 10, to: 24, when: {fact: rank, at_most: 2}}, \
            {from: 25, to: 49, when: {fact: rank, at_most: 4}}, \
            {from: 55, when: {fact: rank, at_most: 8}}
            """
        do {
            _ = try RuleFile.read(steps(rows, "below: none,"))
            Issue.record("the gap was let through")
        } catch let refusal as Refusal {
            #expect(refusal.findings.map(\.code) == ["honours.gap"])
            let message = refusal.findings[0].message
            #expect(message.en.contains("50–54"))
            #expect(message.zh.contains("50–54"))
            #expect(refusal.findings[0].place?.line == 11)
        }
    }

    @Test(
        "Steps with gaps, overlaps and rows that can't hold are refused",
        arguments: [
            ("{from: 10, when: {fact: rank, at_most: 1}}", "", "honours.gap"),
            ("{from: 1, to: 9, when: {fact: rank, at_most: 1}}", "", "honours.gap"),
            (
                "{from: 1, to: 9, when: {fact: rank, at_most: 1}}, {from: 9, when: {fact: rank, at_most: 2}}",
                "", "honours.overlap"
            ),
            (
                "{from: 10, when: {fact: rank, at_most: 1}}, {from: 1, to: 9, when: {fact: rank, at_most: 2}}",
                "below: none,", "honours.overlap"
            ),
            ("{from: 9, to: 3, when: {fact: rank, at_most: 1}}", "", "honours.unreachable"),
            ("{from: 1, to: 9}", "", "honours.steps"),
            ("{from: 1, silent: true, when: {fact: rank, at_most: 1}}", "", "honours.steps"),
        ]
    )
    func badSteps(rows: String, more: String, code: String) throws {
        #expect(try RuleFile.codes(steps(rows, more)).contains(code + ":11"))
    }

    @Test(
        "A rule that can never hold is refused",
        arguments: [
            "{all: [{fact: rank, at_most: 2}, {fact: rank, at_least: 3}]}",
            "{fact: rank, at_most: 0}",
            "{all: [{fact: sex, is: female}, {fact: sex, is: male}]}",
            "{all: [{fact: rank, at_least: 5}, {fact: entrants, at_most: 4}]}",
            "{all: [{fact: birth_date, age_at_most: 30, on: result_date}, {fact: birth_date, age_at_least: 31, on: result_date}]}",
            "{not: {any: [{fact: guest, is: true}, {fact: guest, is: false}]}}",
        ]
    )
    func unreachable(when: String) throws {
        #expect(
            try RuleFile.codes(RuleFile.title("t", "when: \(when)")) == ["honours.unreachable:8"]
        )
    }

    @Test func aRuleJustInsideIsNotRefused() throws {
        let when = "{all: [{fact: rank, at_least: 4}, {fact: entrants, at_most: 4}]}"
        #expect(try RuleFile.codes(RuleFile.title("t", "when: \(when)")) == [])
        let age =
            "{all: [{fact: birth_date, age_at_most: 30, on: result_date}, {fact: birth_date, age_at_least: 30, on: result_date}]}"
        #expect(try RuleFile.codes(RuleFile.title("t", "when: \(age)")) == [])
    }

    private func promotion(_ id: String, _ level: String, _ when: String) -> String {
        """
          - id: \(id)
            title: {zh: \(id), en: \(id)}
            kind: promotion
            promotion: {level: \(level), if_held: nothing, if_higher_held: nothing, highest: \(level)}
            when: \(when)
            cite: {paragraph: "一"}

        """
    }

    @Test func twoPromotionsThatMeetAreRefusedNamingBoth() throws {
        let rules =
            promotion("high", "technician", "{fact: rank, at_most: 3}")
            + promotion("low", "senior", "{fact: rank, at_most: 6}")
        do {
            _ = try RuleFile.read(rules)
            Issue.record("the contradiction was let through")
        } catch let refusal as Refusal {
            #expect(refusal.findings.map(\.code) == ["honours.contradiction"])
            let message = refusal.findings[0].message.en
            #expect(
                message.contains("low") && message.contains("high") && message.contains("line 8")
            )
            #expect(refusal.findings[0].place?.line == 14)
        }
        let apart =
            promotion("high", "technician", "{fact: rank, at_most: 3}")
            + promotion(
                "low",
                "senior",
                "{all: [{fact: rank, at_least: 4}, {fact: rank, at_most: 6}]}"
            )
        #expect(try RuleFile.codes(apart) == [])
    }

    @Test func rulesOfOneSeriesAndOneHonourInTwoWaysExcludeEachOther() throws {
        func rules(_ first: String, _ second: String) -> String {
            RuleFile.title("a", "when: {fact: rank, at_most: 1}", more: first)
                + RuleFile.title("b", "when: {fact: rank, at_most: 2}", more: second)
        }
        #expect(try RuleFile.codes(rules("", "")) == [])
        #expect(try RuleFile.codes(rules("series: s", "series: s")) == ["honours.contradiction:14"])
        #expect(try RuleFile.codes(rules("series: s", "series: r")) == [])
        let dated = rules(
            "series: s\n    in_force: {from: 2020-01-01, to: 2020-12-31}",
            "series: s\n    in_force: {from: 2021-01-01}"
        )
        #expect(try RuleFile.codes(dated) == [])
        let same = """
              - id: a
                title: {zh: 称号, en: Title}
                kind: conferred
                when: {fact: rank, at_most: 1}
                cite: {paragraph: "一"}
              - id: b
                title: {zh: 称号, en: Title}
                kind: nominated
                when: {fact: rank, at_most: 3}
                cite: {paragraph: "二"}
            """
        #expect(try RuleFile.codes(same) == ["honours.contradiction:13"])
    }

    /// A check over cases sees the rules alone; two rules that meet only through their dates or through
    /// a list of words that it does not know meet here.
    @Test func aContradictionThatOnlyAPersonShowsNamesBothRules() throws {
        let a = rule("a", "series", .test(fact: "rank", .atMost(Rational(1))))
        let b = rule("b", "series", .test(fact: "track", .equals(.word("digital"))))
        let rules = HonourRules(rules: [a, b], settings: [])
        let facts: [String: FactValue] = ["rank": .number(1), "track": .word("digital")]
        do {
            _ = try rules.proposals([RuleFile.candidate(facts)])
            Issue.record("the contradiction was let through")
        } catch {
            #expect(error.findings.map(\.code) == ["honours.contradiction"])
            #expect(error.findings[0].message.en.contains("rules a and b"))
            #expect(error.findings[0].message.zh.contains("X01-001"))
        }
        #expect(try rules.proposals([RuleFile.candidate(["rank": .number(1)])]).count == 2)
    }

    private func rule(_ id: String, _ series: String, _ when: Condition) -> HonourRule {
        HonourRule(
            id: id,
            title: Text(same: id),
            kind: .conferred,
            when: when,
            citation: Citation(document: "d", paragraph: "一", quote: ""),
            series: series
        )
    }

    @Test(
        "What a rule lacks or has too much of is refused at its place",
        arguments: [
            ("cite: {paragraph: x}", "data.missing"),
            (
                "when: {fact: rank, at_most: 1}\n    promotion: {level: senior, highest: senior}",
                "honours.promotion"
            ),
            (
                "when: {fact: rank, at_most: 1}\n    in_force: {from: 2022-01-02, to: 2022-01-01}",
                "honours.dates"
            ),
            ("when: {fact: rank, at_most: 1}\n    in_force: {from: 2022-02-30}", "data.day"),
            ("when: {fact: rank, at_most: 1}\n    colour: red", "data.unknown-key"),
            ("when: {fact: shoe_size, at_most: 1}", "rule.unknown-fact"),
            ("when: {fact: group, is: teacher}", "rule.word"),
        ]
    )
    func malformed(lines: String, code: String) throws {
        let text = """
              - id: t
                title: {zh: 称号, en: Title}
                kind: conferred
                \(lines)

            """ + (lines.hasPrefix("cite") ? "" : "    cite: {paragraph: \"一\"}\n")
        let found = try RuleFile.codes(text)
        let expected = code == "data.missing" ? "honours.condition" : code
        #expect(found.contains { $0.hasPrefix(expected + ":") && !$0.hasSuffix(":0") })
    }

    @Test func aPromotionWhoseLevelIsAboveItsHighestIsRefused() throws {
        let text = """
              - id: p
                title: {zh: 晋升, en: Promotion}
                kind: promotion
                promotion: {level: technician, highest: senior}
                when: {fact: rank, at_most: 1}
                cite: {paragraph: "一"}
            """
        #expect(try RuleFile.codes(text) == ["honours.promotion:11"])
    }
}
