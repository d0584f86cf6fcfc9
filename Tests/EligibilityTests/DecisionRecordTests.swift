import Eligibility
import Exact
import Findings
import Interchange
import Rules
import Seal
import Testing

/// Decisions that can be made again, and what is said where they come out otherwise.
@Suite struct DecisionRecordTests {
    private let day = "2023-05-15"

    private func inputs(
        _ honours: Set<String>,
        state: String = "conferred"
    ) throws -> DecisionInputs {
        var inputs = DecisionInputs(
            name: "虚构甲",
            facts: Facts([
                "first_home_in_city": .truth(true), "skill_level": .word("technician"),
                "honours": .words(honours), "other_conditions_confirmed": .truth(true),
                "birth_date": .day(try #require(Day("1980-12-14"))),
            ])
        )
        inputs.honours = [
            DecisionRecord.HonourStamp(
                id: "H-1",
                rule: "national-technical-expert",
                state: state,
                conferral: Digest(of: [1])
            )
        ]
        inputs.ledger = DecisionRecord.LedgerStamp(position: 7, head: Digest(of: [2]))
        inputs.paid = [
            PaidMonth(policy: "shenyang-2022", benefit: "living-skilled", month: "2023-04")
        ]
        return inputs
    }

    private func record(_ inputs: DecisionInputs, _ policy: Policy) throws -> DecisionRecord {
        DecisionRecord(policy, inputs, on: try #require(Day(day)))
    }

    @Test func aRecordIsReadBackAndHasOneHash() throws {
        let policy = try PolicyFolder.policy("shenyang-2022")
        let record = try record(try inputs(["national-technical-expert"]), policy)
        let bytes = record.json.canonical
        let read = try #require(DecisionRecord(json: try JSONValue(parsing: bytes)))
        #expect(read == record)
        #expect(read.hash == record.hash)
        #expect(read.json.canonical == bytes)
        #expect(read.policy.hash == policy.hash)
        #expect(policy.hash != nil)
        let outcome = try #require(read.outcomes.first { $0.benefit == "home-skilled" })
        #expect(outcome.entitlement == .eligible(Money(amountFen: 30_000_000)))
        #expect(outcome.usedFacts.contains("honours"))
        #expect(!outcome.usedFacts.contains("talent_class"))
    }

    @Test func whatWasTamperedWithIsNoRecord() throws {
        let policy = try PolicyFolder.policy("shenyang-2022")
        let text = try record(try inputs(["national-technical-expert"]), policy).json.canonicalText
        for (from, to) in [
            ("30000000", "50000000"), ("\"虚构甲\"", "\"虚构乙\""), ("\"position\":7", "\"position\":8"),
            ("2023-05-15", "2023-05-16"),
        ] {
            let damaged = text.replacing(from, with: to)
            #expect(damaged != text)
            #expect(DecisionRecord(json: try JSONValue(parsing: damaged)) == nil)
        }
    }

    @Test func everyOutcomeSurvivesBeingWritten() throws {
        for name in PolicyFolder.names {
            let policy = try PolicyFolder.policy(name)
            var seen: Set<String> = []
            for example in policy.examples {
                var given = DecisionInputs(name: "x", facts: example.facts)
                given.paid = example.paid
                let record = DecisionRecord(policy, given, on: example.on)
                let read = DecisionRecord(json: try JSONValue(parsing: record.json.canonical))
                #expect(read == record, "\(example.name)")
                seen.formUnion(record.outcomes.map(\.entitlement.name))
            }
            if name == "shenyang-2022" {
                #expect(
                    seen.isSuperset(of: [
                        "eligible", "ineligible", "undetermined", "excluded", "exhausted",
                        "discretionary",
                        "negotiated", "catalogue",
                    ])
                )
            }
        }
    }

    @Test func aRevokedHonourIsNamedAsTheReason() throws {
        let policy = try PolicyFolder.policy("shenyang-2022")
        let before = try record(try inputs(["national-technical-expert"]), policy)
        let again = Redecision(
            before,
            policy: policy,
            inputs: try inputs([], state: "revoked"),
            on: before.on
        )
        #expect(again.differences.map(\.benefit) == ["home-skilled"])
        #expect(again.differences.first?.after == .ineligible)
        #expect(
            again.differences.first?.because == [
                .honour(
                    id: "H-1",
                    rule: "national-technical-expert",
                    before: "conferred",
                    after: "revoked"
                )
            ]
        )
        #expect(again.notReproduced.isEmpty)
    }

    @Test func aChangedPolicyFactAndPaymentAreEachNamed() throws {
        let policy = try PolicyFolder.policy("shenyang-2022")
        let before = try record(try inputs(["national-technical-expert"]), policy)
        // Tier, examples and ranges of the examples all change together.
        let text = try PolicyFolder.text("shenyang-2022").replacing("yuan: 800", with: "yuan: 900")
            .replacing("[0, 800]", with: "[0, 900]")
        let changed = try PolicyFile.read(text, file: "p.yaml")
        var now = try inputs(["national-technical-expert"])
        now.facts["first_home_in_city"] = .truth(false)
        now.paid.append(
            PaidMonth(policy: "shenyang-2022", benefit: "living-graduate", month: "2023-05")
        )
        now.facts["several-benefits-together"] = .truth(true)
        let again = Redecision(before, policy: changed, inputs: now, on: before.on)
        var because: [String: [Redecision.Change]] = [:]
        for difference in again.differences { because[difference.benefit] = difference.because }
        #expect(because["home-skilled"]?.count == 1)
        if case .fact(let name, _, _)? = because["home-skilled"]?.first {
            #expect(name == "first_home_in_city")
        } else {
            Issue.record("\(because)")
        }
        let policyChange = because["living-skilled"]?.first
        if case .policy(let old, let new)? = policyChange {
            #expect(old.hash == policy.hash)
            #expect(new.hash == changed.hash)
        } else {
            Issue.record("\(because)")
        }
    }

    @Test func theSameInputsGiveTheSameAndForgedOutcomesAreFound() throws {
        let policy = try PolicyFolder.policy("shenyang-2022")
        let given = try inputs(["national-technical-expert"])
        let before = try record(given, policy)
        let again = Redecision(before, policy: policy, inputs: given, on: before.on)
        #expect(again.isSame)
        #expect(again.changes.isEmpty)
        #expect(again.now.hash == before.hash)
        // A forger who also makes the hash anew is found by deciding again.
        let text = before.json.canonicalText.replacing("30000000", with: "50000000")
        guard case .object(let members) = try JSONValue(parsing: text) else { return }
        let content = JSONValue.object(members.filter { $0.name != "hash" })
        let hash = Digest(of: content.canonical).hex
        let forged = JSONValue.object(
            members.filter { $0.name != "hash" } + [.init("hash", .string(hash))]
        )
        let record = try #require(DecisionRecord(json: forged))
        let found = Redecision(record, policy: policy, inputs: given, on: before.on)
        #expect(found.notReproduced == ["home-skilled"])
    }
}
