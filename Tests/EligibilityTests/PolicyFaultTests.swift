import Eligibility
import Findings
import Interchange
import Testing

/// A policy that is wrong is refused with the place: each case damages a small one that is right.
@Suite struct PolicyFaultTests {
    private static let right = """
        policy: 1
        id: small
        title: {zh: 小, en: Small}
        region: "210100"
        sources:
          - id: doc
            title: {zh: 文, en: Text}
        stated_current_on: 2023-03-08
        checked_on: 2023-04-01
        settings:
          - id: breaks
            question: {zh: 断, en: Breaks?}
            value: undetermined
        benefits:
          - id: living
            title: {zh: 生活, en: Living}
            kind: monthly
            term: {months: 36, breaks_put_off_end: breaks, cite: {paragraph: "1"}}
            when: {fact: works_in_city, is: true, cite: {paragraph: "2"}}
            tiers:
              - id: young
                yuan: 600
                when: {fact: birth_date, age_at_most: 30}
                cite: {paragraph: "3"}
              - id: old
                yuan: 800
                when: {fact: birth_date, age_at_least: 31}
                cite: {paragraph: "4"}
            excludes:
              - benefits: [flat]
                when: {fact: enterprise_staff, is: true}
                cite: {paragraph: "5"}
            cite: {paragraph: "6"}
          - id: flat
            title: {zh: 公寓, en: Flat}
            kind: monthly
            tiers:
              - id: half
                share: {part: 50%, of: monthly_rent_yuan}
                when: always
                cite: {paragraph: "7"}
            excludes:
              - benefits: [living]
                when: {fact: enterprise_staff, is: true}
                cite: {paragraph: "5"}
            cite: {paragraph: "8"}
        examples:
          - name: one
            benefit: living
            on: 2023-05-01
            facts: {works_in_city: true, birth_date: 1993-05-01, enterprise_staff: true}
            paid: [{benefit: living, from: 2023-01, to: 2023-04}]
            expect: {outcome: eligible, yuan: 600}
          - name: two
            benefit: flat
            on: 2023-05-01
            facts: {monthly_rent_yuan: 1000, enterprise_staff: true}
            paid: [{benefit: living, month: 2023-05}]
            expect: {outcome: excluded, by: living}
        """

    @Test func theSmallPolicyIsRight() throws {
        #expect(try PolicyFile.read(Self.right, file: "p.yaml").benefits.count == 2)
    }

    @Test(arguments: [
        // Keys and dates.
        (
            "    kind: monthly\n    term", "    sort: x\n    kind: monthly\n    term",
            "data.unknown-key", 17
        ),
        ("checked_on: 2023-04-01", "checked_on: 2023-02-29", "data.day", 9),
        ("checked_on: 2023-04-01", "checked_on: 2023-03-07", "policy.dates", 9),
        ("stated_current_on: 2023-03-08\n", "", "policy.dates", 1),
        (
            "stated_current_on: 2023-03-08", "in_force: {from: 2023-03-08, to: 2023-03-07}",
            "policy.dates", 8
        ),
        (
            "stated_current_on: 2023-03-08", "stated_current_on: 2023-03-08\nundated: true",
            "policy.dates", 1
        ),
        // Citations.
        ("is: true, cite: {paragraph: \"2\"}}", "is: true}", "policy.citation", 19),
        (", cite: {paragraph: \"1\"}}", "}", "data.missing", 18),
        ("        cite: {paragraph: \"3\"}\n", "", "data.missing", 21),
        ("    cite: {paragraph: \"6\"}\n", "", "data.missing", 15),
        ("{paragraph: \"7\"}", "{paragraph: \"7\", document: other}", "rule.document", 41),
        ("value: undetermined", "value: true", "policy.setting", 13),
        // Exclusions.
        ("benefits: [flat]", "benefits: [flats]", "policy.exclusion", 15),
        ("benefits: [flat]", "benefits: [living]", "policy.exclusion", 15),
        ("benefits: [flat]", "benefits: []", "policy.exclusion", 30),
        (
            "      - benefits: [living]\n        when: {fact: enterprise_staff, is: true}\n",
            "      - benefits: [living]\n", "policy.exclusion-one-way", 15
        ),
        // Tiers.
        ("age_at_least: 31", "age_at_least: 30", "policy.tiers-overlap", 25),
        ("age_at_least: 31", "age_at_least: 33", "policy.tiers-gap", 15),
        (
            "{fact: birth_date, age_at_least: 31}",
            "{all: [{fact: sex, is: male}, {fact: sex, is: female}]}", "policy.tier-never", 25
        ),
        ("id: old", "id: young", "policy.duplicate", 25),
        (
            "    kind: monthly\n    term", "    combine: highest\n    kind: monthly\n    term",
            "policy.combine", 15
        ),
        ("yuan: 800", "between: {from_yuan: 1, to_yuan: 2}", "policy.amount", 26),
        (
            "yuan: 800", "rent: {part: 50%, area_at_most_sqm: 0, parted_if: breaks}",
            "policy.amount", 26
        ),
        (
            "yuan: 800", "rent: {part: 50%, area_at_most_sqm: 9, parted_if: none}",
            "policy.setting", 26
        ),
        ("yuan: 800", "yuan: 800\n        negotiated: true", "policy.amount", 25),
        ("part: 50%", "part: 150%", "policy.amount", 39),
        ("    kind: monthly\n    term", "    kind: once\n    term", "policy.term", 18),
        ("breaks_put_off_end: breaks", "breaks_put_off_end: pauses", "policy.setting", 18),
        (
            "breaks_put_off_end: breaks, ", "", "policy.setting-unused", 11
        ),
        (
            "    kind: monthly\n    term", "    highest_if: breaks\n    kind: monthly\n    term",
            "policy.combine", 17
        ),
        ("region: \"210100\"", "region: \"990100\"", "policy.region", 4),
        ("id: small\n", "id: small\nreplaces: [small]\n", "policy.replaces", 3),
        (
            "stated_current_on: 2023-03-08", "stated_current_on: 2023-02-30", "data.day", 8
        ),
        // Examples.
        ("yuan: 600}", "yuan: 601}", "policy.example", 48),
        ("by: living}", "by: flat}", "policy.example", 54),
        ("outcome: eligible, yuan: 600", "outcome: eligible", "policy.expect", 53),
        ("outcome: eligible, yuan", "outcome: perhaps, yuan", "data.choice", 53),
        ("benefit: flat\n    on", "benefit: living\n    on", "policy.no-example", 47),
        ("name: two", "name: one", "policy.duplicate", 47),
        ("{benefit: living, month: 2023-05}", "{benefit: living}", "policy.payment", 58),
        (
            "{benefit: living, month: 2023-05}", "{benefit: living, month: 2023-13}", "data.month",
            58
        ),
        ("from: 2023-01, to: 2023-04", "from: 2023-05, to: 2023-04", "policy.payment", 52),
        ("works_in_city: true, birth", "works_in_town: true, birth", "rule.unknown-fact", 51),
    ])
    func aDamagedPolicyIsRefusedWithThePlace(
        from: String,
        to: String,
        code: String,
        line: Int
    ) throws {
        let damaged = Self.right.replacing(from, with: to, maxReplacements: 1)
        #expect(damaged != Self.right)
        #expect {
            try PolicyFile.read(damaged, file: "p.yaml")
        } throws: { error in
            let findings = (error as? Refusal)?.findings ?? []
            let found = findings.map { "\($0.code) \($0.place?.line ?? 0)" }
            #expect(found.contains("\(code) \(line)"), "\(found)")
            return !findings.isEmpty
        }
    }

    @Test func anExampleThatContradictsASettledSettingIsRefused() throws {
        let settled = Self.right.replacing(
            "value: undetermined",
            with: "value: true\n    cite: {paragraph: \"9\"}"
        )
        #expect(try PolicyFile.read(settled, file: "p.yaml").settings.first?.value == true)
        let against = settled.replacing(
            "birth_date: 1993-05-01, enterprise",
            with: "breaks: false, birth_date: 1993-05-01, enterprise"
        )
        #expect {
            try PolicyFile.read(against, file: "p.yaml")
        } throws: { error in
            let findings = (error as? Refusal)?.findings ?? []
            return findings.map(\.code) == ["policy.setting-contradiction"]
                && findings.first?.place?.line == 49
        }
    }

    @Test func everyFindingIsSaidInBothLanguages() throws {
        let damaged = Self.right.replacing("age_at_least: 31", with: "age_at_least: 30")
        #expect {
            try PolicyFile.read(damaged, file: "p.yaml")
        } throws: { error in
            guard let finding = (error as? Refusal)?.findings.first else { return false }
            return finding.message.zh
                == "young 和 old 可同时成立而金额不同(birth_date: 1994-06-15);原文写明就高的用 combine: highest,未写的用 open"
                && finding.message.en
                    == "young and old can both hold and pay differently (birth_date: 1994-06-15); use combine: highest where the text says so, open where it does not"
        }
    }
}
