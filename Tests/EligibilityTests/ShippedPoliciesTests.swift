import Eligibility
import Exact
import Findings
import Foundation
import Interchange
import Rules
import Testing

@Suite struct ShippedPoliciesTests {
    @Test func theFolderHoldsThesePoliciesAndNoOther() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: PolicyFolder.folder.path)
        #expect(
            files.filter { $0.hasSuffix(".yaml") }.sorted()
                == PolicyFolder.names.map { $0 + ".yaml" }
        )
    }

    @Test(arguments: PolicyFolder.names)
    func everyPolicyIsReadAndItsExamplesHold(name: String) throws {
        let policy = try PolicyFolder.policy(name)
        #expect(policy.id == name)
        #expect(policy.failingExamples().isEmpty)
        #expect(Set(policy.examples.map(\.benefit)) == Set(policy.benefits.map(\.id)))
        // What the text leaves open stays open.
        #expect(policy.settings.allSatisfy { $0.value == nil })
    }

    @Test(arguments: PolicyFolder.names)
    func everyValueNamesDocumentAndParagraph(name: String) throws {
        let policy = try PolicyFolder.policy(name)
        for benefit in policy.benefits {
            var citations = [benefit.citation] + benefit.tiers.map(\.citation)
            citations += benefit.exclusions.map(\.citation)
            if case .monthly(let term?) = benefit.kind { citations.append(term.citation) }
            for citation in citations {
                #expect(!citation.document.isEmpty && !citation.paragraph.isEmpty)
                #expect(!citation.quote.isEmpty, "\(benefit.id)")
            }
            #expect(benefit.when.uncitedFacts.isEmpty)
        }
    }

    /// Only Shenyang's text has amounts; ranges without a rule are never one.
    @Test(arguments: ["baoshan-2021", "chongqing-2023", "jiaxing-2021", "liaoning-2021"])
    func noAmountComesOutWhereTheTextHasNone(name: String) throws {
        let policy = try PolicyFolder.policy(name)
        for benefit in policy.benefits {
            #expect(benefit.kind == .catalogue || benefit.kind == .discretionary)
        }
        for example in policy.examples {
            #expect(example.amount == nil && example.outcome != "eligible")
        }
    }

    @Test(arguments: [
        ("chongqing-2023", 0), ("liaoning-2021", 0), ("jiaxing-2021", 1), ("baoshan-2021", 2),
        ("shenyang-2022", 28),
    ])
    func soManyTiersHaveAnAmount(name: String, count: Int) throws {
        #expect(try PolicyFolder.policy(name).benefits.map(\.tiers.count).reduce(0, +) == count)
    }

    /// Payments, and every fact of the policy: a determined answer, reason and all, stays when any one
    /// missing fact arrives.
    @Test(arguments: PolicyFolder.names)
    func aDeterminedDecisionNeverChangesWhenAMissingFactArrives(name: String) throws {
        let policy = try PolicyFolder.policy(name)
        var dice = Dice(state: 7)
        for example in policy.examples {
            let benefit = try #require(policy.benefit(example.benefit))
            // The example as it is, and with some of its facts forgotten.
            for round in 0..<2 {
                var known = example.facts
                for fact in known.names where round > 0 && dice.below(3) == 0 { known[fact] = nil }
                func decide(_ facts: Facts) -> Entitlement {
                    policy.decide(benefit, facts, on: example.on, paid: example.paid).entitlement
                }
                let before = decide(known)
                if case .undetermined = before { continue }
                for fact in policy.vocabulary.declarations where known[fact.name] == nil {
                    for value in Self.values(fact, on: example.on) {
                        var more = known
                        more[fact.name] = value
                        #expect(decide(more) == before, "\(example.name) + \(fact.name)")
                    }
                }
            }
        }
    }

    /// Every fact that is named as missing can change the answer, for some way in which the others are
    /// told; and once all of them are told, nothing is missing but what the bureau must choose.
    @Test(arguments: PolicyFolder.names)
    func missingFactsAreEnoughToSettleTheAnswer(name: String) throws {
        let policy = try PolicyFolder.policy(name)
        var dice = Dice(state: 11)
        for example in policy.examples {
            let benefit = try #require(policy.benefit(example.benefit))
            for _ in 0..<2 {
                var facts = example.facts
                for fact in facts.names where dice.below(2) == 0 { facts[fact] = nil }
                for _ in 0..<12 {
                    let found = policy.decide(
                        benefit,
                        facts,
                        on: example.on,
                        paid: example.paid
                    ).entitlement
                    guard case .undetermined(let missing, _) = found else { break }
                    let open = missing.filter { !$0.contains("/") }
                    if open.isEmpty { break }
                    for name in open {
                        // Rent within the area that is more than all of it is no answer.
                        let mayBeAskedAgain = ["honours", "rent_within_area_yuan"]
                        #expect(facts[name] == nil || mayBeAskedAgain.contains(name))
                        let fact = try #require(policy.vocabulary[name])
                        let values = Self.values(fact, on: example.on)
                        facts[name] = values[dice.below(values.count)]
                    }
                }
                let last = policy.decide(benefit, facts, on: example.on, paid: example.paid)
                if case .undetermined(let missing, _) = last.entitlement {
                    #expect(missing.allSatisfy { $0.contains("/") }, "\(example.name) \(missing)")
                }
            }
        }
    }

    /// Values of a fact at and around the bounds that policies have.
    private static func values(_ fact: FactDeclaration, on day: Day) -> [FactValue] {
        switch fact.type {
        case .truth: [.truth(true), .truth(false)]
        case .word: fact.words.map(FactValue.word)
        case .number: [1, 30, 2_000, 5_000].map { .number(Rational($0)) }
        case .day:
            fact.name == "decision_date"
                ? []
                : [1, 6, 34, 56].compactMap {
                    Day(daysSince1970: day.daysSince1970 - $0 * 365).map(FactValue.day)
                }
        case .words:
            [
                [], ["national-technical-expert"],
                ["china-skills-award", "national-technical-expert"],
            ]
            .map(FactValue.words)
        }
    }
}
