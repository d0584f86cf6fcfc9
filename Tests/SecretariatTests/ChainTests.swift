import Competition
import Exact
import Findings
import Foundation
import Ledger
import Scoring
import Seal
import Secretariat
import Snapshots
import Synchronization
import Testing

/// A small competition in a folder of its own, at a fixed time.
struct SmallWorld {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    let folder: String
    var office: Office
    var ring: Keyring
    let item: ItemID
    let clock = TestClock(1_666_843_200_000)

    var record: Record { office.record }
    var path: String { folder + "/small.laurel" }

    static func temporaryFolder() throws -> String {
        let path = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    init(entrants: Int = 3) throws {
        folder = try Self.temporaryFolder()
        ring = try Keyring(path: folder + "/keys.json", pin: "1", cost: .rehearsal)
        item = try #require(ItemID("S03"))
        let root = try ring.make("organiser")
        office = try Office.create(
            folder: Self.root.path + "/Events/liaoning-2022",
            into: folder + "/small.laurel",
            root: root,
            person: "P0",
            isRehearsal: true,
            now: { [clock] in clock.now }
        )
        let judges = try #require(office.catalogue.cards[item]?.panel.judges)
        for number in 1...judges {
            try appoint(
                "J-S03-0\(number)",
                .judge,
                item: "S03",
                delegation: "210\(number)00"
            )
        }
        try appoint("CJ-S03", .chiefJudge, item: "S03")
        try appoint("SV", .supervisor)
        try appoint("R-S03", .recorder, item: "S03")
        try appoint("organiser-2", .organiser)
        let roster = (1...entrants).map { number in
            RosterEntrant(
                id: "S03-00\(number)",
                item: "S03",
                delegation: "211400",
                group: "worker",
                isGuest: false,
                members: [
                    [
                        "id_number": "219900199001010014", "insured_city": "210100",
                        "name": .string("虚人\(number)"), "skill_level": "technician",
                    ]
                ]
            )
        }
        _ = try office.register(roster, by: root)
    }

    mutating func appoint(
        _ name: String,
        _ role: Role,
        person: String? = nil,
        item: String? = nil,
        delegation: String? = nil
    ) throws {
        let key = try ring.make(name)
        try office.say(
            .appoint,
            Office.appointment(
                name: name,
                key: key.verifying,
                role: role,
                person: person ?? "P-" + name,
                item: item,
                delegation: delegation
            ),
            by: try ring.key("organiser")
        )
    }

    /// A judge's (or the panel's) sheet of the least marks plus so many steps.
    func sheet(
        _ entrant: String,
        unit: Int,
        judge: String?,
        steps: Int = 4,
        replaces: Digest? = nil,
        reason: String? = nil,
        item other: ItemID? = nil
    ) throws -> SheetContent {
        let card = try #require(office.catalogue.cards[item])
        let slots = judge == nil ? card.units[unit].agreed : card.units[unit].judged
        let marks = try slots.map { slot in
            let range = slot.aspect.marking.range
            let wanted = try range.least.plus(range.step.times(.init(steps)))
            let value = min(wanted, range.greatest)
            return try slot.aspect.read(value.shortest)
        }
        return SheetContent(
            item: other ?? item,
            unit: card.units[unit].id,
            entrant: try #require(EntrantID(entrant)),
            judge: judge.flatMap { JudgeID($0) },
            attempt: 1,
            card: try #require(office.catalogue.cardHashes[item]),
            marks: marks,
            replaces: replaces,
            reason: reason
        )
    }

    func signed(_ content: SheetContent, by name: String) throws -> SignedStatement {
        try office.statement(.sheet, content.body, by: try ring.key(name))
    }

    /// Hands in every expected sheet.
    func markAll() throws {
        let card = try #require(office.catalogue.cards[item])
        var statements: [SignedStatement] = []
        for (number, row) in try record.entrants(of: item).enumerated() {
            for (index, unit) in card.units.enumerated() {
                let id = row.entrant.id.text
                if !unit.agreed.isEmpty {
                    statements.append(
                        try signed(
                            sheet(id, unit: index, judge: nil, steps: 4 + number),
                            by: "R-S03"
                        )
                    )
                }
                guard !unit.judged.isEmpty else { continue }
                for judge in try record.judges(of: item)
                where !judge.isBarred(from: row.entrant.delegation) {
                    statements.append(
                        try signed(
                            sheet(id, unit: index, judge: judge.id.text, steps: 4 + number),
                            by: judge.id.text
                        )
                    )
                }
            }
        }
        _ = try record.admit(statements, at: office.now())
    }

    func say(_ kind: StatementKind, _ body: JSONValue, by name: String) throws {
        try office.say(kind, body, by: try ring.key(name))
    }

    func close() throws {
        _ = try office.confirmAll(item, by: try ring.key("CJ-S03"))
        _ = try office.lock(item, by: try ring.key("CJ-S03"))
        try say(.cosign, ["item": "S03"], by: "SV")
    }

    /// Opens the item again, as two people.
    func reopen(_ reason: String, by name: String) throws {
        try say(.reopen, ["item": "S03", "reason": .string(reason)], by: name)
        _ = try office.second(item, by: "SV", in: ring)
    }

    /// Provisional results, their window, and final results.
    @discardableResult
    func publishFinal() throws -> ResultsSnapshot {
        let organiser = try ring.key("organiser")
        _ = try office.publish(.provisional, by: organiser)
        clock.advance(minutes: office.catalogue.event.appealMinutes + 1)
        return try office.publish(.final, by: organiser)
    }
}

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let time: Mutex<Int>

    init(_ start: Int) { time = Mutex(start) }

    var now: Int { time.withLock { $0 } }

    func advance(minutes: Int) { time.withLock { $0 += minutes * 60_000 } }
}

/// The codes of the findings with which something is refused; empty where it is not.
func refusal(_ body: () throws -> Void) throws -> [String] {
    do {
        try body()
        return []
    } catch let refusal as Refusal {
        return refusal.findings.map(\.code)
    }
}

@Suite struct ChainTests {
    @Test func theChainRunsFromASheetToPublishedHonours() throws {
        let world = try SmallWorld()
        try world.markAll()
        let standings = try world.office.standings(of: world.item)
        #expect(standings.rows.compactMap(\.rank) == [1, 2, 3])
        try world.close()
        let snapshot = try world.publishFinal()
        #expect(snapshot.items.map(\.item.code) == ["S03"])
        #expect(snapshot.items[0].rows[0].award == "gold")
        #expect(ResultsSnapshot(json: snapshot.json)?.json == snapshot.json)
        #expect(
            !snapshot.json.canonicalText.contains("虚人"),
            "the record holds no name but in the annex"
        )
        #expect(try world.office.published()?.snapshot == snapshot)
        let proposed = try world.office.proposeHonours(by: try world.ring.key("organiser"))
        #expect(!proposed.isEmpty)
        let same = try refusal {
            _ = try world.office.conferHonours(by: try world.ring.key("organiser"))
        }
        #expect(same == ["honour.same-person"])
        let conferred = try world.office.conferHonours(by: try world.ring.key("organiser-2"))
        #expect(conferred.receipts.count == 1)
        let winners = try world.office.winners(city: "210100").winners
        #expect(winners.map(\.rank) == [1, 2, 3])
        #expect(winners[0].cityBasis == .insurance)
        let report = try world.record.audit()
        #expect(report.findings.isEmpty)
        #expect(report.checkpoints == 2)
        #expect(report.isReplayed)
    }

    @Test func anItemIsNotLockedWhileASheetIsMissingOrUnconfirmed() throws {
        let world = try SmallWorld()
        #expect(
            try refusal { try world.say(.lock, ["item": "S03"], by: "CJ-S03") } == [
                "statement.state"
            ]
        )
        try world.markAll()
        #expect(
            try refusal { try world.say(.lock, ["item": "S03"], by: "CJ-S03") } == [
                "statement.state"
            ]
        )
        _ = try world.office.confirmAll(world.item, by: try world.ring.key("CJ-S03"))
        try world.say(.lock, ["item": "S03"], by: "CJ-S03")
        #expect(try world.record.progress(of: world.item).state == .locked)
    }

    @Test func nothingIsPublishedThatIsNotLockedAndCoSigned() throws {
        let world = try SmallWorld()
        try world.markAll()
        let codes = try refusal {
            _ = try world.office.publish(.final, by: try world.ring.key("organiser"))
        }
        #expect(codes == ["publish.sheets", "publish.state"])
        #expect(try world.record.publications().isEmpty)
    }

    @Test func aCorrectionListsWhatItChangesAndTheHonourThatFalls() throws {
        var world = try SmallWorld()
        try world.appoint("arbitration", .arbitration)
        try world.markAll()
        try world.close()
        let organiser = try world.ring.key("organiser")
        let first = try world.office.publish(.provisional, by: organiser)
        _ = try world.office.proposeHonours(by: organiser)
        let winner = first.items[0].rows[0].entrant
        try world.reopen("查实违规", by: "arbitration")
        try world.say(
            .standing,
            ["entrant": .string(winner), "item": "S03", "reason": "违规", "status": "disqualified"],
            by: "arbitration"
        )
        try world.close()
        let second = try world.publishFinal()
        #expect(second.items[0].rows.first { $0.entrant == winner }?.status == "disqualified")
        #expect(second.changes(since: first).contains { $0.entrant == winner })
        #expect(try world.office.reviewHonours().fallen.allSatisfy { $0.entrant == winner })
        #expect(try !world.office.reviewHonours().fallen.isEmpty)
    }

    /// What is rebuilt from the same seed is the same to the last byte of its results.
    @Test func theRehearsalGivesTheSameResultsFromTheSameSeed() throws {
        func rows() throws -> [[String]] {
            var settings = Rehearsal.Settings(
                eventFolder: SmallWorld.root.path + "/Events/liaoning-2022",
                folder: try SmallWorld.temporaryFolder(),
                seed: 7
            )
            settings.items = 2
            settings.entrantsPerItem = 6
            settings.vault = .rehearsal
            var rehearsal = try Rehearsal(settings) { _ in }
            try rehearsal.appoint()
            try rehearsal.register()
            try rehearsal.mark()
            _ = try rehearsal.publish()
            let audit = try rehearsal.office.record.audit()
            #expect(audit.findings.isEmpty)
            let items = try rehearsal.office.published()?.snapshot.items ?? []
            // Salts are random; all else follows from the seed.
            return items.map { item in
                item.rows.map {
                    "\($0.entrant) \($0.names) \($0.rank ?? 0) \($0.total ?? "") \($0.parts) \($0.award) \($0.ties)"
                }
            }
        }
        let first = try rows()
        #expect(first.count == 2)
        #expect(try rows() == first)
    }
}
