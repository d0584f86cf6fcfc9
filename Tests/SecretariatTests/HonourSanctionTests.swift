import Honours
import Competition
import Exact
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// Who is under a sanction gets no honour.
@Suite struct HonourSanctionTests {
    @Test func whoIsUnderASanctionGetsNoHonourForItsTermAndAfterItDoes() throws {
        let world = try RegisterWorld.world()
        let second = try RegisterWorld.key(world)
        let title = try RegisterWorld.row(world, "title")
        let from = try #require(Day(inChinaAt: world.clock.now))
        _ = try world.office.sanction(
            title.entrant,
            in: world.item,
            measure: "suspension",
            from: from,
            reason: "虚构的理由",
            by: second
        )
        let row = try #require(try world.record.sanctions().first)
        #expect(
            row.until
                == from.adding(months: 12).flatMap { Day(daysSince1970: $0.daysSince1970 - 1) }
        )
        #expect(try world.office.conferHonours(by: second).receipts.isEmpty)
        #expect(
            try refusal { _ = try world.office.confer(title.id, by: second) } == [
                "honour.sanctioned"
            ]
        )
        let proposals = try world.office.reviewHonours().proposals
        #expect(proposals.allSatisfy { $0.proposal.candidate.sanction == "suspension" })
        // The last day of the term, and the day after it.
        world.clock.advance(minutes: 364 * 24 * 60)
        #expect(
            try refusal { _ = try world.office.confer(title.id, by: second) } == [
                "honour.sanctioned"
            ]
        )
        world.clock.advance(minutes: 24 * 60)
        #expect(try world.office.conferHonours(by: second).receipts.count == 1)
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func aSanctionNamesAMeasureOfTheRulesAndATermAndCanBeLifted() throws {
        let world = try RegisterWorld.world()
        let second = try RegisterWorld.key(world)
        let (entrant, from) = (
            try RegisterWorld.row(world, "title").entrant, try #require(Day("2022-10-01"))
        )
        func codes(
            _ measure: String,
            until: Day? = nil,
            isEndless: Bool = false,
            of entrant: String
        ) throws -> [String] {
            try refusal {
                _ = try world.office.sanction(
                    entrant,
                    in: world.item,
                    measure: measure,
                    from: from,
                    until: until,
                    isEndless: isEndless,
                    reason: "虚构的理由",
                    by: second
                )
            }
        }
        let early = try #require(Day("2022-09-30"))
        #expect(try codes("exile", of: entrant) == ["sanction.measure"])
        #expect(try codes("suspension", until: from, of: entrant) == ["sanction.term"])
        #expect(try codes("blacklist", of: entrant) == ["sanction.term"])
        #expect(
            try codes("blacklist", until: from, isEndless: true, of: entrant) == ["sanction.term"]
        )
        #expect(try codes("blacklist", until: early, of: entrant) == ["sanction.days"])
        #expect(try codes("suspension", of: "S01-099") == ["entrant.unknown"])
        #expect(try world.record.sanctions().isEmpty)
        #expect(try codes("blacklist", isEndless: true, of: entrant) == [])
        let title = try RegisterWorld.row(world, "title").id
        #expect(
            try refusal { _ = try world.office.confer(title, by: second) } == ["honour.sanctioned"]
        )
        let position = try #require(try world.record.sanctions().first).position
        #expect(
            try refusal {
                _ = try world.office.liftSanction(at: position + 1, reason: "误", by: second)
            } == ["sanction.unknown"]
        )
        _ = try world.office.liftSanction(at: position, reason: "复核撤回(虚构)", by: second)
        _ = try world.office.confer(title, by: second)
        #expect(
            try refusal {
                _ = try world.office.liftSanction(at: position, reason: "再次", by: second)
            } == ["sanction.unknown"]
        )
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func anIDNumberThatEndsInASmallXIsTheSameHumanAsWithALargeOne() throws {
        let world = try TinyWorld()
        let file = world.folder + "/more.csv"
        try """
        entrant,item,delegation,name,id_number
        S02-001,S02,210200,虚人九,21990019900101009x
        S02-002,S02,210200,虚人九,21990019900101009X
        """.write(toFile: file, atomically: true, encoding: .utf8)
        _ = try world.office.importEntrants(file, by: try world.ring.key("organiser"))
        let item = try #require(ItemID("S02"))
        let members = try world.record.entrants(of: item).flatMap(\.members)
        let numbers = Set(try world.record.people(members).values.compactMap(\.idNumber))
        #expect(members.count == 2)
        #expect(numbers == ["21990019900101009X"])
    }
}
