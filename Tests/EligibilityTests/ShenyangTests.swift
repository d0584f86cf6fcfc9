import Eligibility
import Exact
import Findings
import Foundation
import Interchange
import Rules
import Testing

@Suite struct ShenyangTests {
    static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Policies/shenyang-2022.yaml").path

    private func policy() throws -> Policy {
        try PolicyFile.read(try TextFile.read(Self.file), file: Self.file)
    }

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test func everyExampleOfTheFileHolds() throws {
        let policy = try policy()
        #expect(policy.failingExamples().isEmpty)
        #expect(policy.examples.count >= 25)
        // Every benefit has an example of its own.
        #expect(Set(policy.examples.map(\.benefit)) == Set(policy.benefits.map(\.id)))
    }

    @Test func anExampleThatFailsKeepsTheFileOut() throws {
        let text = try TextFile.read(Self.file)
        let wrong = text.replacing("yuan: 600\n", with: "yuan: 601\n")
        #expect(wrong != text)
        #expect {
            try PolicyFile.read(wrong, file: "wrong.yaml")
        } throws: { error in
            (error as? Refusal)?.findings.first?.code == "policy.example"
        }
    }

    @Test(arguments: [(35, "eligible"), (36, "exhausted"), (37, "exhausted")])
    func thirtySixMonthsArePaidAndNotOneMore(paid: Int, outcome: String) throws {
        let policy = try policy()
        let benefit = try #require(policy.benefit("living-skilled"))
        let facts = Facts([
            "skill_level": .word("technician"), "other_conditions_confirmed": .truth(true),
        ])
        let months = (0..<paid).map {
            PaidMonth(benefit: "living-skilled", month: "\(2018 + $0 / 12)-\($0 % 12 + 1)")
        }
        let decision = policy.decide(benefit, facts, on: try day("2023-03-08"), paid: months)
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

    /// The determined answers of every example stay when any one missing fact is added.
    @Test func aDeterminedDecisionNeverChangesWhenAMissingFactArrives() throws {
        let policy = try policy()
        let additions: [(String, FactValue)] = [
            ("sex", .word("female")), ("talent_class", .word("D")),
            ("education", .word("bachelor")), ("first_home_in_city", .truth(true)),
            ("skill_level", .word("senior")), ("first_purchase", .truth(false)),
            ("elite_award", .truth(true)), ("birth_date", .day(try day("1980-05-01"))),
        ]
        for example in policy.examples {
            let benefit = try #require(policy.benefit(example.benefit))
            let before = policy.decide(benefit, example.facts, on: example.on).entitlement
            if case .undetermined = before { continue }
            for (name, value) in additions where example.facts[name] == nil {
                var more = example.facts
                more[name] = value
                let after = policy.decide(benefit, more, on: example.on).entitlement
                #expect(after == before, "\(example.name) + \(name)")
            }
        }
    }

    @Test(arguments: [
        ("benefits:", "benefit_s:", "data.unknown-key"),
        ("      at_most_months: 36", "      at_most_months: 0", "data.number"),
        ("region: \"210100\"", "region: \"210100\"\nregions: 1", "data.unknown-key"),
        ("checked_on: 2026-11-22", "checked_on: 2026-02-30", "data.day"),
    ])
    func aDamagedPolicyIsRefusedWithThePlace(from: String, to: String, code: String) throws {
        let text = try TextFile.read(Self.file)
        guard text.contains(from) else { return }
        #expect {
            try PolicyFile.read(text.replacing(from, with: to), file: "p.yaml")
        } throws: { error in
            let findings = (error as? Refusal)?.findings ?? []
            return findings.contains { $0.code == code && $0.place?.line != nil }
        }
    }
}
