import Eligibility
import Exact
import Findings
import Interchange
import Rules
import Testing

/// A policy that takes the place of another: the day before and after, and what was paid under the old
/// one.
@Suite struct VersionTests {
    private static func text(
        _ id: String,
        _ dates: String,
        replaces: String = "",
        yuan: Int
    ) -> String {
        """
        policy: 1
        id: \(id)
        \(replaces)
        title: {zh: 小, en: Small}
        region: "210100"
        sources:
          - id: doc
            title: {zh: 文, en: Text}
        in_force: \(dates)
        checked_on: 2023-04-01
        benefits:
          - id: living
            title: {zh: 生活, en: Living}
            kind: monthly
            term: {months: 3, cite: {paragraph: "1"}}
            tiers:
              - id: all
                yuan: \(yuan)
                when: always
                cite: {paragraph: "3"}
            cite: {paragraph: "6"}
        examples:
          - name: one
            benefit: living
            on: 2019-01-01
            facts: {}
            expect: {outcome: not-in-force}
        """
    }

    private func policies() throws -> [Policy] {
        [
            try PolicyFile.read(
                Self.text("old", "{from: 2020-01-01, to: 2022-12-31}", yuan: 600),
                file: "old.yaml"
            ),
            try PolicyFile.read(
                Self.text("new", "{from: 2023-01-01}", replaces: "replaces: [old]", yuan: 700),
                file: "new.yaml"
            ),
        ]
    }

    @Test(arguments: [
        ("2019-12-31", "not-in-force", "not-in-force"), ("2020-01-01", "600", "not-in-force"),
        ("2022-12-31", "600", "not-in-force"), ("2023-01-01", "not-in-force", "700"),
        ("2099-01-01", "not-in-force", "700"),
    ])
    func eachSpeaksOnItsOwnDays(on: String, old: String, new: String) throws {
        let day = try #require(Day(on))
        let found = try policies().map { policy -> String in
            let decision = try #require(policy.decide(Facts(), on: day).first)
            if case .eligible(let money) = decision.entitlement { return money.yuanText }
            return decision.entitlement.name
        }
        #expect(found == [old, new])
    }

    @Test func whatWasPaidUnderTheOldOneCounts() throws {
        let new = try #require(try policies().last)
        let day = try #require(Day("2023-02-01"))
        let paid = ["2022-11", "2022-12"].map {
            PaidMonth(policy: "old", benefit: "living", month: $0)
        }
        #expect(try #require(new.decide(Facts(), on: day, paid: paid).first).monthsLeft == 1)
        let more = paid + [PaidMonth(policy: "new", benefit: "living", month: "2023-01")]
        let decision = try #require(new.decide(Facts(), on: day, paid: more).first)
        #expect(decision.entitlement == .exhausted(used: 3, limit: 3))
        let other = [PaidMonth(policy: "another", benefit: "living", month: "2022-12")]
        #expect(try #require(new.decide(Facts(), on: day, paid: other).first).monthsLeft == 3)
    }

    /// A plan that runs over the change stops where the policy does.
    @Test func aPlanEndsWithThePolicy() throws {
        let old = try #require(try policies().first)
        let plan = old.plan(Facts(), from: try #require(Day("2022-11-15")), months: 12)
        #expect(plan.worth?.low == Money(amountFen: 2 * 60_000))
        #expect(plan.parts.first?.spans.first?.to == "2022-12")
    }
}
