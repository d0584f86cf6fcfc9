import Competition
import Eligibility
import Exact
import Findings
import Foundation
import Ledger
import Rules
import Secretariat
import Testing

/// A table of people against all policies; payments that a bureau records.
@Suite struct MatchTests {
    private static let folder = SmallWorld.root.path + "/Policies"

    private func match(
        _ table: String,
        ownCity: Bool = false
    ) throws -> (matched: [PolicyDesk.Matched], findings: [Finding]) {
        let path = try SmallWorld.temporaryFolder() + "/people.csv"
        try table.write(toFile: path, atomically: true, encoding: .utf8)
        return try PolicyDesk.match(
            path,
            policies: try PolicyDesk.policies(Self.folder),
            on: try #require(Day("2023-05-15")),
            ownCity: ownCity
        )
    }

    private func outcome(
        _ person: PolicyDesk.Matched,
        _ benefit: String
    ) throws -> Entitlement {
        try #require(person.decisions.first { $0.decision.benefit.id == benefit }).decision
            .entitlement
    }

    @Test func everyBenefitOfEveryPolicyIsDecidedForEachPerson() throws {
        let (matched, findings) = try match(
            """
            姓名,身份证号,skill_level,first_home_in_city,荣誉,other_conditions_confirmed
            虚构甲,210100199901010018,technician,是,无,是
            虚构乙,,senior-technician,true,national-technical-expert,
            """
        )
        #expect(findings.isEmpty)
        #expect(matched.map(\.name) == ["虚构甲", "虚构乙"])
        let policies = try PolicyDesk.policies(Self.folder)
        let count = policies.map(\.benefits.count).reduce(0, +)
        #expect(matched.allSatisfy { $0.decisions.count == count })
        let first = try outcome(matched[0], "living-skilled")
        #expect(first == .eligible(Money(amountFen: 80_000)))
        #expect(try outcome(matched[0], "home-skilled") == .ineligible)
        // 全国技术能手 of unknown age: the title's 30万, or 10万 beside it, or neither.
        guard case .undetermined(let missing, let range) = try outcome(matched[1], "home-skilled")
        else {
            Issue.record("not undetermined")
            return
        }
        #expect(missing.contains("birth_date"))
        #expect(range?.upperBound == Money(amountFen: 30_000_000))
    }

    /// Findings by row; the rest of the table is decided.
    @Test(arguments: [
        ("虚构,210100199901010019,,,", "person.id-number"),
        ("虚构,,2022/10/27,,", "data.day"),
        ("虚构,,27.10.2022,,", "data.day"),
        ("虚构,,20221027,,", "data.day"),
        ("虚构,,,999999,", "person.city"),
        ("虚构,,,沈阳,", "person.city"),
        ("虚构,,,,master-technician", "rule.word"),
        ("虚构,210100199901010018,1998-01-01,,", "person.contradiction"),
    ])
    func aRowWithAMistakeIsLeftOutAndTheOthersAreDecided(row: String, code: String) throws {
        let (matched, findings) = try match(
            "name,id_number,birth_date,city,skill_level\n甲,,,,\n\(row)\n乙,,,,technician\n"
        )
        #expect(findings.map(\.code) == [code])
        #expect(findings.map { $0.place?.line } == [3])
        #expect(matched.map(\.name) == ["甲", "乙"])
    }

    @Test func aColumnThatNobodyKnowsIsRefused() throws {
        #expect(
            try refusal { _ = try match("name,skil_level\n甲,technician\n") } == ["people.column"]
        )
        #expect(
            try refusal { _ = try match("skill_level,skill_level\na,b\n") }.contains {
                $0 == "people.column" || $0.hasPrefix("csv.")
            }
        )
    }

    @Test func onlyTheOwnCityAndProvinceAreTriedWhereAsked() throws {
        let (matched, _) = try match("name,city\n甲,210100\n乙,\n", ownCity: true)
        #expect(
            Set(matched[0].decisions.map(\.policy.id)) == ["liaoning-2021", "shenyang-2022"]
        )
        #expect(matched[1].decisions.isEmpty)
    }

    @Test func aRecordedPaymentExcludesAndCountsForItsMonth() throws {
        var world = try SmallWorld()
        try world.appoint("B-210100", .bureau, delegation: "210100")
        try world.appoint("B-210200", .bureau, delegation: "210200")
        try world.markAll()
        try world.close()
        _ = try world.publishFinal()
        let policy = try PolicyDesk.read(Self.folder + "/shenyang-2022.yaml")
        let person = try #require(try world.office.winners(city: "210100").winners.first?.person)
        let bureau = try world.ring.key("B-210100")
        func pay(
            _ benefit: String,
            _ month: String?,
            fen: Int = 120_000,
            by name: String = "B-210100"
        ) throws -> [String] {
            try refusal {
                _ = try world.office.recordPayment(
                    to: person,
                    policy: policy,
                    benefit: benefit,
                    month: month,
                    amount: Money(amountFen: fen),
                    by: try world.ring.key(name)
                )
            }
        }
        #expect(try pay("flat-high-level", "2023-05") == [])
        #expect(try pay("flat-high-level", "2023-05") == ["payment.twice"])
        #expect(try pay("flat-high-level", "2023-13") == ["payment.month"])
        #expect(try pay("flat-high-level", nil) == ["payment.month"])
        #expect(try pay("home-skilled", "2023-05") == ["payment.month"])
        #expect(try pay("recognition-direct", nil) == ["payment.benefit"])
        #expect(try pay("home-skilled", nil, fen: 0) == ["payment.amount"])
        #expect(try pay("home-skilled", nil, by: "B-210200") == ["payment.other-city"])
        #expect(try pay("home-skilled", nil, by: "organiser") == ["statement.role"])

        let facts = Facts([
            "enterprise_staff": .truth(true), "education": .word("master"),
            "other_conditions_confirmed": .truth(true),
        ])
        for (day, outcome) in [("2023-05-15", "excluded"), ("2023-06-15", "eligible")] {
            let decisions = try world.office.decide(
                person,
                policy: policy,
                on: try #require(Day(day)),
                extra: facts
            )
            let living = try #require(decisions.first { $0.benefit.id == "living-graduate" })
            #expect(living.entitlement.name == outcome)
        }
        let pulled = try world.office.pullPayments(city: "210100", by: bureau)
        #expect(pulled.payments.map(\.payment.benefit) == ["shenyang-2022/flat-high-level"])
        #expect(try world.record.audit().findings.isEmpty)
    }
}
