import Competition
import Eligibility
import Exact
import Findings
import Foundation
import Ledger
import Rules
import Seal
import Secretariat
import Testing

/// What a bureau is given of the record, and what it is not.
@Suite struct BureauTests {
    private func world() throws -> SmallWorld {
        var world = try SmallWorld()
        try world.appoint("B-210100", .bureau, delegation: "210100")
        try world.appoint("B-210200", .bureau, delegation: "210200")
        try world.markAll()
        try world.close()
        _ = try world.publishFinal()
        return world
    }

    @Test func winnersSinceACursorAreThoseOfWhomSomethingChanged() throws {
        let world = try world()
        let all = try world.office.winnersFeed(city: "210100", since: 0)
        #expect(!all.rows.isEmpty)
        #expect(all.cursor == (try world.record.length()))
        #expect(try world.office.winnersFeed(city: "210100", since: all.cursor).rows.isEmpty)
        _ = try world.office.proposeHonours(by: try world.ring.key("organiser"))
        let later = try world.office.winnersFeed(city: "210100", since: all.cursor)
        let honoured = Set(try world.record.honours().map(\.person))
        #expect(Set(later.rows.map(\.winner.person)).isSubset(of: honoured))
        #expect(later.rows.allSatisfy { $0.position > all.cursor && !$0.isGone })
        #expect(
            try refusal {
                _ = try world.office.winnersFeed(city: "210100", since: 1_000_000)
            } == ["winners.cursor"]
        )
    }

    @Test func aTableIsJoinedWithTheRecordAndEachPullIsStated() throws {
        let world = try world()
        let office = world.office
        let winner = try #require(try office.winners(city: "210100").winners.first)
        let number = try #require(winner.record?.idNumber)
        _ = try office.recordPayment(
            to: winner.person,
            policy: try PolicyDesk.read(SmallWorld.root.path + "/Policies/shenyang-2022.yaml"),
            benefit: "living-skilled",
            month: "2023-05",
            amount: Money(amountFen: 80_000),
            by: try world.ring.key("B-210100")
        )
        let table = PolicyDesk.PeopleTable(
            people: [
                PolicyDesk.PeopleRow(
                    file: "t",
                    line: 2,
                    city: "210100",
                    idNumber: number,
                    inputs: DecisionInputs(name: "", facts: Facts())
                ),
                PolicyDesk.PeopleRow(
                    file: "t",
                    line: 3,
                    city: nil,
                    idNumber: nil,
                    inputs: DecisionInputs(name: "虚构", facts: Facts())
                ),
            ],
            findings: [],
            leftOut: 0
        )
        let before = try world.record.length()
        let (own, receipts) = try office.join(table, by: try world.ring.key("B-210100"))
        #expect(receipts.count == 1)
        #expect(try world.record.length() == before + 1)
        #expect(own.people.count == 2)
        #expect(own.people.first?.inputs.paid.map(\.benefit) == ["living-skilled"])
        #expect(own.people.first?.inputs.ledger?.position == before + 1)
        // Another city's bureau is told nothing but that the row is not its own.
        let (other, none) = try office.join(table, by: try world.ring.key("B-210200"))
        #expect(none.isEmpty)
        #expect(other.people.map(\.line) == [3])
        #expect(other.leftOut == 1)
        #expect(other.findings.map(\.code) == ["person.other-city"])
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func onlyTheOwnBureauIsGivenThePersonOfAnHonour() throws {
        let world = try world()
        let office = world.office
        _ = try office.proposeHonours(by: try world.ring.key("organiser"))
        let honours = try world.record.honours()
        let people = try world.record.people(honours.map(\.person))
        let honour = try #require(
            honours.first { people[$0.person]?.content["insured_city"]?.string == "210100" }
        )
        let found = try office.pullPerson(honour: honour.id, by: try world.ring.key("B-210100"))
        #expect(found.person == honour.person)
        #expect(found.city == "210100")
        #expect(
            try refusal {
                _ = try office.pullPerson(
                    honour: honour.id,
                    by: try world.ring.key("B-210200")
                )
            } == ["pull.other-city"]
        )
        #expect(
            try refusal {
                _ = try office.pullPerson(honour: "none", by: try world.ring.key("B-210100"))
            } == ["honour.unknown"]
        )
    }

    /// The ledger itself refuses what was recorded, whoever asks it.
    @Test func theDoorRefusesAPaymentThatStandsAlready() throws {
        let world = try world()
        let person = try #require(
            try world.office.winners(city: "210100").winners.first?.person
        )
        func pay(_ month: String?, fen: Int = 100) throws -> [String] {
            try refusal {
                var body: [String: String] = [
                    "benefit": "p/living", "person": person.hex, "city": "210100",
                ]
                body["month"] = month
                _ = try world.office.say(
                    .payment,
                    .object(
                        body.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }
                            + [.init("amount_fen", .int(fen))]
                    ),
                    by: try world.ring.key("B-210100")
                )
            }
        }
        #expect(try pay("2023-05") == [])
        // The same words are the same statement said again; other words would pay twice.
        let length = try world.record.length()
        #expect(try pay("2023-05") == [])
        #expect(try world.record.length() == length)
        #expect(try pay("2023-05", fen: 200) == ["payment.twice"])
        #expect(try pay("2023-06") == [])
        #expect(try pay(nil) == [])
        #expect(try pay(nil, fen: 200) == ["payment.twice"])
    }
}

/// Policies in a folder are held against each other.
@Suite struct PolicyVersionsTests {
    private func check(_ first: String, _ second: String, more: String = "") throws -> [String] {
        let folder = try SmallWorld.temporaryFolder()
        for (id, dates, replaces) in [("a", first, ""), ("b", second, "replaces: [a]\n" + more)] {
            let text = """
                policy: 1
                id: \(id)
                \(replaces)
                title: {zh: 小, en: Small}
                region: "210100"
                sources: [{id: doc, title: {zh: 文, en: Text}}]
                \(dates)
                checked_on: 2023-04-01
                benefits:
                  - id: desk
                    title: {zh: 窗口, en: Desk}
                    kind: catalogue
                    cite: {paragraph: "6"}
                examples:
                  - {name: one, benefit: desk, on: 1999-01-01, facts: {}, expect: {outcome: \(dates.hasPrefix("in_force") ? "not-in-force" : "undetermined, missing: [policy/in-force]")}}
                """
            try text.write(toFile: folder + "/\(id).yaml", atomically: true, encoding: .utf8)
        }
        return try refusal { _ = try PolicyDesk.policies(folder) }
    }

    @Test(arguments: [
        ("in_force: {from: 2020-01-01, to: 2022-12-31}", "in_force: {from: 2023-01-01}", ""),
        (
            "in_force: {from: 2020-01-01, to: 2022-12-31}", "in_force: {from: 2022-12-31}",
            "policy.versions-overlap"
        ),
        (
            "in_force: {from: 2020-01-01, to: 2022-12-30}", "in_force: {from: 2023-01-01}",
            "policy.versions-gap"
        ),
        (
            "stated_current_on: 2020-01-01", "in_force: {from: 2023-01-01}",
            "policy.versions-undated"
        ),
    ])
    func versionsFollowEachOtherDayByDay(first: String, second: String, code: String) throws {
        #expect(try check(first, second) == (code.isEmpty ? [] : [code]))
    }

    @Test func aGapWithAReasonIsLetThrough() throws {
        let found = try check(
            "in_force: {from: 2020-01-01, to: 2022-12-30}",
            "in_force: {from: 2023-01-01}",
            more: "gap_reason: {zh: 虚构, en: Invented}"
        )
        #expect(found == [])
    }

    @Test(arguments: [
        ("2026-11-22", []), ("2027-11-22", []), ("2027-11-25", ["policy.stale"]),
        ("2026-11-21", ["policy.checked-later"]),
    ])
    func figuresThatNobodyComparedForAYearAreSaid(today: String, codes: [String]) throws {
        let path = SmallWorld.root.path + "/Policies/shenyang-2022.yaml"
        let remarks = PolicyDesk.remarks(
            [try PolicyDesk.read(path)],
            on: try #require(Day(today))
        )
        #expect(remarks.map(\.code) == codes)
        #expect(remarks.allSatisfy { $0.severity == .warning })
    }
}
