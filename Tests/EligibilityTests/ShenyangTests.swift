import Eligibility
import Exact
import Findings
import Foundation
import Interchange
import Rules
import Testing

@Suite struct ShenyangTests {
    private func policy() throws -> Policy { try PolicyFolder.policy("shenyang-2022") }

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test(arguments: [(35, "eligible"), (36, "exhausted"), (37, "exhausted")])
    func thirtySixMonthsArePaidAndNotOneMore(paid: Int, outcome: String) throws {
        let policy = try policy()
        let benefit = try #require(policy.benefit("living-skilled"))
        let facts = Facts([
            "skill_level": .word("technician"), "other_conditions_confirmed": .truth(true),
        ])
        let months = (0..<paid).map {
            PaidMonth(benefit: "living-skilled", month: "\(2020 + $0 / 12)-\($0 % 12 + 1)")
        }
        // The day stays within three years of the first month paid, so that no break matters.
        let on = paid < 36 ? "2022-12-08" : "2023-03-08"
        let started = Policy(
            id: policy.id,
            title: policy.title,
            region: policy.region,
            inForce: nil,
            statedCurrentOn: try day("2020-01-01"),
            checkedOn: policy.checkedOn,
            ownFacts: policy.ownFacts,
            settings: policy.settings,
            benefits: policy.benefits,
            examples: []
        )
        let decision = started.decide(benefit, facts, on: try day(on), paid: months)
        #expect(decision.entitlement.name == outcome)
    }

    @Test func aBenefitOfOnceIsPaidOnce() throws {
        let policy = try policy()
        let benefit = try #require(policy.benefit("home-skilled"))
        let paid = [PaidMonth(benefit: "home-skilled", month: nil)]
        let decision = policy.decide(
            benefit,
            Facts(["honours": .someWords(["national-technical-expert"])]),
            on: try day("2023-03-08"),
            paid: paid
        )
        #expect(decision.entitlement.name == "exhausted")
    }

    /// A payment under another policy is none of this one's.
    @Test func paymentsUnderAnotherPolicyDoNotCount() throws {
        let policy = try policy()
        let benefit = try #require(policy.benefit("home-skilled"))
        let facts = Facts([
            "honours": .words(["national-technical-expert"]), "first_home_in_city": .truth(true),
            "birth_date": .day(try day("1980-01-01")), "skill_level": .word("technician"),
        ])
        for (other, outcome) in [("jiaxing-2021", "eligible"), ("shenyang-2022", "exhausted")] {
            let paid = [PaidMonth(policy: other, benefit: "home-skilled", month: nil)]
            let decision = policy.decide(benefit, facts, on: try day("2023-03-08"), paid: paid)
            #expect(decision.entitlement.name == outcome)
        }
    }
}
