import Credentials
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

@Suite struct CredentialTests {
    @Test func aConferredHonourIsExportedAndVerifiedWithoutTheRecord() throws {
        let world = try HonourWorld()
        try world.confer()
        let before = try world.world.record.audit(since: []).checkpoints
        let export = try world.export()
        let found = world.examine(export.bundle, trust: try world.trust("organiser"))
        #expect(found.doubts == [])
        #expect(found.verdict == .genuine)
        let claim = try #require(found.claim)
        #expect(claim.name == "虚人3")
        #expect(claim.rank == 1)
        #expect(claim.number == world.honour)
        #expect(claim.isRehearsal)
        #expect(try world.world.record.publications().map(\.snapshot).contains(claim.snapshot))
        // The record that gave the proofs still holds, and keeps the checkpoint.
        let audit = try world.world.record.audit(since: [])
        #expect(audit.findings == [])
        #expect(audit.checkpoints == before + 1)
    }

    @Test func everyExportGivesTheSameCredentialAndBit() throws {
        let world = try HonourWorld()
        try world.confer()
        let first = try world.export()
        world.world.clock.advance(minutes: 60)
        let second = try world.export()
        func unsigned(_ export: HonourExport) throws -> [UInt8] {
            DataIntegrity.unsecured(try #require(export.bundle["credential"])).canonical
        }
        #expect(try unsigned(first) == unsigned(second))
        #expect(first.opening == second.opening)
    }

    @Test func anHonourThatIsNotConferredIsNotExported() throws {
        let world = try HonourWorld()
        #expect(try refusal { _ = try world.export() } == ["honour.not-conferred"])
        #expect(try world.world.office.exportableHonours() == [])
        try world.confer()
        #expect(try world.world.office.exportableHonours().map(\.id) == [world.honour])
        let key = try world.world.ring.key("organiser")
        #expect(
            try refusal { _ = try world.world.office.exportHonours(["x", "y"], by: key) }
                == ["honour.unknown", "honour.unknown"]
        )
    }

    @Test(arguments: ["au", "SV", "B-210100", "J-S01-01"])
    func nobodyButAnOrganiserIssues(name: String) throws {
        let world = try HonourWorld()
        try world.confer()
        #expect(try refusal { _ = try world.export(by: name) } == ["honour.issuer"])
    }

    @Test func aRevokedHonourIsExportedAsRevoked() throws {
        let world = try HonourWorld()
        try world.confer()
        let before = try world.export()
        world.world.clock.advance(minutes: 60)
        try world.world.say(
            .honour,
            ["action": "revoke", "honour": .string(world.honour), "reason": "虚构的理由"],
            by: "organiser"
        )
        let after = try world.export()
        let trust = try world.trust("organiser")
        let found = world.examine(after.bundle, trust: trust)
        #expect(found.verdict == .revoked)
        #expect(found.doubts.map(\.code) == ["status.revoked", "log.revoked"])
        #expect(found.revokedAt == Instant(milliseconds: world.world.clock.now))
        // What was signed before is believed until its list ends: that is what its days are for.
        #expect(world.examine(before.bundle, trust: trust).verdict == .genuine)
        #expect(world.examine(before.bundle, trust: trust, days: 31).verdict == .unknown)
        // An old list in a new bundle: the record's own entry still says it.
        let mixed = try #require(before.bundle["status_list"])
        let patched = after.bundle.without(["status_list"])
        guard case .object(let members) = patched else { return }
        let bundle = JSONValue.object(members + [.init("status_list", mixed)])
        #expect(world.examine(bundle, trust: trust).verdict == .revoked)
    }

    @Test func onlyWhoIsTrustedCounts() throws {
        let world = try HonourWorld()
        try world.confer()
        let export = try world.export(by: "organiser-2")
        #expect(
            world.examine(export.bundle, trust: try world.trust("organiser")).verdict == .unknown
        )
        #expect(
            world.examine(export.bundle, trust: try world.trust("organiser", "organiser-2")).verdict
                == .genuine
        )
    }

    @Test func anErasedPersonsHonourIsNotExported() throws {
        let world = try HonourWorld()
        try world.confer()
        let person = try #require(try world.world.record.honours().first?.person)
        try world.world.say(
            .erase,
            ["persons": [.string(person.hex)], "reason": "虚构的理由"],
            by: "organiser"
        )
        #expect(try refusal { _ = try world.export() } == [])
        _ = try world.world.office.second(nil, kind: .erase, by: "au", in: world.world.ring)
        #expect(try refusal { _ = try world.export() } == ["honour.erased"])
        #expect(try world.world.office.exportableHonours() == [])
    }
}
