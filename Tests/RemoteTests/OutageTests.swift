import Competition
import Findings
import Foundation
import Ledger
import Remote
import Seal
import Synchronization
import Testing

@testable import Secretariat

/// Judges at venues whose network fails.
@Suite struct OutageTests {
    /// The sheets that a judge still has to hand in, each signed, in the order of the desk.
    private func sheets(
        _ office: Office,
        of judge: String,
        _ world: RemoteWorld
    ) throws
        -> [SignedStatement]
    {
        let board = try office.board(of: world.item)
        let card = try #require(office.catalogue.cardHashes[world.item])
        let key = try #require(world.keys[judge])
        let places = board.sheets.filter { $0.key.judge?.text == judge && $0.value == nil }.keys
        return try places.sorted().map { place in
            let unit = board.units[place.unit]
            var random = SeededGenerator.forked(7, place.entrant.text + judge)
            let marks = RehearsalMarks(unit: unit).judged(ability: 700, judges: 1, random: &random)
            return try office.statement(
                .sheet,
                SheetContent(
                    item: world.item,
                    unit: unit.id,
                    entrant: place.entrant,
                    judge: JudgeID(judge),
                    attempt: place.attempt,
                    card: card,
                    marks: marks[0]
                ).body,
                by: key
            )
        }
    }

    private func admitted(_ world: RemoteWorld) throws -> [Digest] {
        try world.office.record.statements(of: .sheet, after: 0, through: .max).map(\.id)
    }

    @Test(arguments: [1, 2, 3])
    func everySheetComesInOnceAndInOrderOverANetworkThatLosesAndRepeats(seed: UInt64) async throws {
        let world = try RemoteWorld()
        let judges = try world.names(.judge)
        let network = try BadNetwork(seed: seed)
        defer { network.close() }
        try await world.serve { server in
            network.connect(to: server)
            var said: [String: [Digest]] = [:]
            for name in judges {
                // The first copy needs a line; after that anything may befall it.
                var laptop = try world.laptop(name, port: network.port)
                laptop.patience = 1
                var office: Office?
                for _ in 0..<60 where office == nil { office = try? WorkingCopy.open(laptop) }
                let desk = try #require(office)
                for signed in try sheets(desk, of: name, world) {
                    let receipts = try desk.record.admit([signed], at: desk.now())
                    #expect(receipts.map(\.statement) == [signed.id])
                    said[name, default: []].append(signed.id)
                }
                let copy = try #require(desk.record.upstream as? WorkingCopy)
                for _ in 0..<60 where copy.waiting > 0 { try copy.send() }
                #expect(copy.waiting == 0)
                #expect(copy.refused.isEmpty)
                // What the judge sees is what is in the record.
                let board = try desk.board(of: world.item)
                let open = board.sheets.filter { $0.key.judge?.text == name && $0.value == nil }
                #expect(open.isEmpty)
            }
            let all = try admitted(world)
            #expect(all.count == Set(all).count)
            for (_, ids) in said {
                // Each judge's come in the order in which they were handed in.
                #expect(all.filter(Set(ids).contains) == ids)
            }
            #expect(Set(all) == Set(said.values.flatMap { $0 }))
        }
        #expect(network.counts.count == BadNetwork.Fault.allCases.count, "each fault has happened")
        #expect(try world.office.record.audit().findings.isEmpty)
    }

    @Test func theDeskGoesOnThroughAnOutageAndWhatWaitsIsSealed() async throws {
        let world = try RemoteWorld()
        let name = try #require(try world.names(.judge).first)
        let network = try BadNetwork(seed: 1, faults: [.none])
        defer { network.close() }
        try await world.serve { server in
            network.connect(to: server)
            let laptop = try world.laptop(name, port: network.port)
            let desk = try WorkingCopy.open(laptop)
            let sheets = try sheets(desk, of: name, world)
            #expect(sheets.count > 1)
            network.connect(to: 0)
            for signed in sheets { _ = try desk.record.admit([signed], at: desk.now()) }
            #expect(desk.record.upstream?.waiting == sheets.count)
            #expect(try admitted(world).isEmpty)
            // In the copy they stand already: nothing is asked for twice.
            #expect(try self.sheets(desk, of: name, world).isEmpty)
            // On the disk nothing can be read of them.
            let files = try FileManager.default.contentsOfDirectory(atPath: laptop.folder)
            #expect(files.contains("outbox.sealed"))
            for file in files {
                let bytes = FileManager.default.contents(atPath: laptop.folder + "/" + file)
                let text = try #require(bytes)
                for needle in [world.item.text, "marks", "SQLite"] {
                    #expect(text.firstRange(of: Data(needle.utf8)) == nil)
                }
            }
            // The laptop is switched off and on again, still without a network.
            let again = try WorkingCopy.open(laptop)
            #expect(again.record.upstream?.waiting == sheets.count)
            #expect(try self.sheets(again, of: name, world).isEmpty)
            // The network returns.
            network.connect(to: server)
            let third = try WorkingCopy.open(laptop)
            #expect(third.record.upstream?.waiting == 0)
            #expect(try admitted(world) == sheets.map(\.id))
        }
        let reports = world.reports.withLock { $0 }
        #expect(reports.contains { $0.contains("the network is down") })
        #expect(reports.contains { $0.contains("the network is back: ") })
    }

    @Test func twoCommandsOfOneKeyLoseNothingOfEachOther() async throws {
        let world = try RemoteWorld()
        let name = try #require(try world.names(.judge).first)
        let network = try BadNetwork(seed: 1, faults: [.none])
        defer { network.close() }
        try await world.serve { server in
            network.connect(to: server)
            let laptop = try world.laptop(name, port: network.port)
            let (desk, other) = (try WorkingCopy.open(laptop), try WorkingCopy.open(laptop))
            let sheets = try sheets(desk, of: name, world)
            #expect(sheets.count > 1)
            network.connect(to: 0)
            _ = try desk.record.admit([sheets[0]], at: desk.now())
            _ = try other.record.admit([sheets[1]], at: other.now())
            #expect(other.record.upstream?.waiting == 2)
            network.connect(to: server)
            // The one that knows of its own only sends what both left.
            let copy = try #require(desk.record.upstream as? WorkingCopy)
            try copy.send()
            #expect(try admitted(world) == sheets.prefix(2).map(\.id))
        }
    }

    @Test func aKeyIsReplacedOverTheNetworkAndNeverWhileItIsDown() async throws {
        let world = try RemoteWorld()
        let network = try BadNetwork(seed: 1, faults: [.none])
        defer { network.close() }
        try await world.serve { server in
            network.connect(to: server)
            var laptop = try world.laptop("organiser", port: network.port)
            var ring = world.ring
            let old = try ring.key("organiser")
            let copy = try WorkingCopy.open(laptop)
            network.connect(to: 0)
            let refusal = #expect(throws: Refusal.self) {
                _ = try copy.rotate("organiser", by: nil, in: &ring)
            }
            #expect(refusal?.findings.map(\.code) == ["remote.unreachable"])
            #expect(try ring.key("organiser").verifying == old.verifying)
            network.connect(to: server)
            let again = try WorkingCopy.open(laptop)
            _ = try again.rotate("organiser", by: nil, in: &ring)
            let new = try ring.key("organiser")
            #expect(new.verifying != old.verifying)
            #expect(try world.office.sight(of: new.verifying)?.isWhole == true)
            #expect(try world.office.sight(of: old.verifying) == nil)
            laptop.key = new
            #expect(try WorkingCopy.open(laptop).record.length() == world.office.record.length())
        }
    }

    @Test func anotherRecordAtTheSameAddressGetsNothingOfWhatWaits() async throws {
        let (world, other) = (try RemoteWorld(), try RemoteWorld())
        let name = try #require(try world.names(.judge).first)
        let network = try BadNetwork(seed: 1, faults: [.none])
        defer { network.close() }
        try await world.serve { server in
            network.connect(to: server)
            let laptop = try world.laptop(name, port: network.port)
            let desk = try WorkingCopy.open(laptop)
            let sheets = try sheets(desk, of: name, world)
            network.connect(to: 0)
            _ = try desk.record.admit([sheets[0]], at: desk.now())
        }
        try await other.serve { server in
            network.connect(to: server)
            let laptop = try world.laptop(name, port: network.port)
            let refusal = #expect(throws: Refusal.self) { _ = try WorkingCopy.open(laptop) }
            #expect(refusal?.findings.map(\.code) == ["copy.other"])
            #expect(try admitted(other).isEmpty)
        }
        try await world.serve { server in
            network.connect(to: server)
            _ = try WorkingCopy.open(try world.laptop(name, port: network.port))
            #expect(try admitted(world).count == 1)
        }
    }

    @Test func whatTheRecordRefusesAfterItWaitedIsSetAsideWithTheReason() async throws {
        let world = try RemoteWorld()
        let name = try #require(try world.names(.judge).first)
        let network = try BadNetwork(seed: 1, faults: [.none])
        defer { network.close() }
        try await world.serve { server in
            network.connect(to: server)
            let laptop = try world.laptop(name, port: network.port)
            let desk = try WorkingCopy.open(laptop)
            let sheets = try sheets(desk, of: name, world)
            network.connect(to: 0)
            for signed in sheets.prefix(2) { _ = try desk.record.admit([signed], at: desk.now()) }
            // Meanwhile the organiser dismisses the judge.
            let organiser = try #require(world.keys["organiser"])
            try world.office.say(
                .dismiss,
                ["name": .string(name), "reason": "invented"],
                by: organiser
            )
            network.connect(to: server)
            let copy = try #require(desk.record.upstream as? WorkingCopy)
            #expect(throws: Refusal.self) { try copy.send() }
            #expect(copy.waiting == 0)
            #expect(copy.refused.map(\.statements[0].id) == sheets.prefix(2).map(\.id))
            #expect(copy.refused.allSatisfy { !$0.findings.isEmpty })
            #expect(try admitted(world).isEmpty)
        }
    }

    @Test func withoutALineAndWithoutACopyTheCommandSaysSoAndWritesNothing() throws {
        let world = try RemoteWorld()
        let name = try #require(try world.names(.judge).first)
        let network = try BadNetwork(seed: 1, faults: [.losesRequest])
        defer { network.close() }
        var laptop = try world.laptop(name, port: network.port)
        laptop.patience = 1
        let refusal = #expect(throws: Refusal.self) { _ = try WorkingCopy.open(laptop) }
        #expect(refusal?.findings.map(\.code) == ["remote.unreachable"])
    }

    @Test func aLaptopWhoseClockIsDaysOffSpeaksAllTheSame() async throws {
        let world = try RemoteWorld()
        let name = try #require(try world.names(.judge).first)
        try await world.serve { server in
            let laptop = try world.laptop(name, port: server)
            let late = Office.systemClock
            let desk = try WorkingCopy.open(laptop) { late() - 3 * 86_400_000 }
            let first = try #require(try sheets(desk, of: name, world).first)
            _ = try desk.record.admit([first], at: desk.now())
            #expect(try admitted(world) == [first.id])
        }
    }
}
