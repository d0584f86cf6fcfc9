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

    /// Payments, and every fact of the policy, in one go: a determined answer stays when any one
    /// missing fact arrives, but for the reason why nothing is due.
    @Test(arguments: PolicyFolder.names)
    func aDeterminedDecisionNeverChangesWhenAMissingFactArrives(name: String) throws {
        let policy = try PolicyFolder.policy(name)
        let birth = try #require(Day("1980-05-01"))
        for example in policy.examples {
            let benefit = try #require(policy.benefit(example.benefit))
            func decide(_ facts: Facts) -> Entitlement {
                policy.decide(benefit, facts, on: example.on, paid: example.paid).entitlement
            }
            let before = decide(example.facts)
            if case .undetermined = before { continue }
            for fact in policy.vocabulary.declarations where example.facts[fact.name] == nil {
                let values: [FactValue] =
                    switch fact.type {
                    case .truth: [.truth(true), .truth(false)]
                    case .word: fact.words.map(FactValue.word)
                    case .number: [.number(.zero), .number(Rational(5_000))]
                    case .day: fact.name == "decision_date" ? [] : [.day(birth)]
                    case .words: [.words([]), .words(["national-technical-expert"])]
                    }
                for value in values {
                    var more = example.facts
                    more[fact.name] = value
                    let after = decide(more)
                    let isReasonOnly = before.isNothing && after.isNothing
                    #expect(after == before || isReasonOnly, "\(example.name) + \(fact.name)")
                }
            }
        }
    }
}

extension Entitlement {
    /// Whether nothing is due, whatever the reason.
    fileprivate var isNothing: Bool {
        switch self {
        case .ineligible, .excluded, .exhausted, .notInForce: true
        default: false
        }
    }
}
