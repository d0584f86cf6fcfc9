import Snapshots
import Scoring
import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// Erasing, backing up, restoring, earlier schemas, and checkpoints kept elsewhere.
@Suite struct KeepingTests {
    // MARK: Erasing

    @Test func aPersonIsErasedByTwoPeopleAndTheChainStillHolds() throws {
        let world = try TinyWorld()
        let chief = try world.ring.key("CJ-S01")
        _ = try world.office.state(
            .absent,
            of: "S01-002",
            in: world.item,
            reason: "虚人2 未到(虚构)",
            by: chief
        )
        let members = try world.record.entrants(of: world.item)[1].members
        let asked = try world.office.askErasure(
            of: "S01-002",
            in: world.item,
            reason: "依法申请",
            by: try world.ring.key("organiser")
        )
        #expect(try world.record.people(members).count == 1, "one person is not enough")
        let body: JSONValue = ["of": .string(asked.statement.hex)]
        #expect(try world.codes(.second, body, by: "organiser") == ["second.same-person"])
        #expect(try world.codes(.second, body, by: "SV") == ["statement.role"])
        _ = try world.office.second(nil, by: "au", in: world.ring)
        #expect(try world.record.people(members).isEmpty)
        let row = try world.record.entrants(of: world.item)[1]
        #expect(try world.record.note(row.reason ?? "") == nil)
        let report = try world.record.audit()
        #expect(report.findings.isEmpty)
        #expect(report.erased == 2)
        #expect(report.people == 2)
        // Nothing of it is left in the bytes of the file or its log.
        for suffix in ["", "-wal"] {
            let bytes = FileManager.default.contents(atPath: world.path + suffix) ?? Data()
            #expect(bytes.range(of: Data("虚人2".utf8)) == nil)
            #expect(suffix == "-wal" || bytes.range(of: Data("虚人3".utf8)) != nil)
        }
    }

    @Test func dataThatVanishWithoutAStatementAreFound() throws {
        let world = try TinyWorld()
        let path = world.folder + "/copy.laurel"
        try world.record.backup(to: path)
        try sqlite(path, "DELETE FROM person WHERE rowid IS NULL OR 1 LIMIT 1")
        try sqlite(
            path,
            "DELETE FROM person WHERE commitment = (SELECT min(commitment) FROM person)"
        )
        let codes = try Office.open(path).record.audit().findings.map(\.code)
        #expect(codes == ["audit.person"])
    }

    // MARK: Backups

    @Test func aBackupIsAuditedHashedAndRestoredWithoutWritingOverAnything() throws {
        let world = try TinyWorld()
        try world.advance(to: .provisional)
        let backup = world.folder + "/backup.laurel"
        let report = try world.office.backup(to: backup)
        #expect(report.audit.findings.isEmpty)
        #expect(try refusal { _ = try world.office.backup(to: backup) } == ["record.exists"])
        let restored = world.folder + "/restored.laurel"
        _ = try Office.restore(backup, into: restored)
        let (one, two) = (try world.record.audit(), try Office.open(restored).record.audit())
        #expect(one.root == two.root)
        #expect(two.people == 3)
        #expect(try refusal { _ = try Office.restore(backup, into: restored) } == ["record.exists"])
        // One byte of it changed, anywhere: it is not restored, and nothing is left behind.
        var bytes = [UInt8](try #require(FileManager.default.contents(atPath: backup)))
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: backup))
        let target = world.folder + "/third.laurel"
        #expect(try refusal { _ = try Office.restore(backup, into: target) } == ["backup.hash"])
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    // MARK: Schemas

    /// A record that the program wrote when its schema was 1: a tiny invented event, published
    /// provisionally, with a penalty, an absence, an open appeal and two proposed honours.
    private func ofSchema(_ version: Int) throws -> String {
        let source = SmallWorld.root.appendingPathComponent(
            "Tests/SecretariatTests/Fixtures/schema-\(version).laurel"
        )
        let path = try SmallWorld.temporaryFolder() + "/old.laurel"
        try FileManager.default.copyItem(atPath: source.path, toPath: path)
        return path
    }

    @Test func aRecordOfTheFirstSchemaIsBroughtToThisOneAndSaysTheSame() throws {
        let path = try ofSchema(1)
        let office = try Office.open(path)
        let item = try #require(ItemID("S01"))
        let rows = try office.standings(of: item).rows
        #expect(rows.map { $0.shownTotal ?? "-" } == ["80.50", "73.75", "-"])
        #expect(rows[2].entrant.status == .absent)
        #expect(try office.record.progress(of: item).state == .provisional)
        #expect(try office.record.appeals().map(\.grounds) == ["time (invented)"])
        #expect(try office.record.honours().count == 2)
        #expect(try office.published()?.snapshot.items[0].rows[0].names == ["虚思远"])
        let report = try office.record.audit()
        #expect(report.findings.isEmpty)
        #expect(report.statements == 25)
        #expect(!report.isReplayed, "its rules were others")
        #expect(
            report.root.hex == "c7da0af625e1d6e7c10ea8aa0fc03a1932c7947fafe27c782f9a06db8e939e45"
        )
        #expect(try office.record.health().schema == 5)
        // And once more, as a record of this schema.
        try office.record.close()
        #expect(try Office.open(path).record.audit().findings.isEmpty)
    }

    /// Written when the schema was 2: marks of three judges and the panel, one of them corrected,
    /// confirmed and locked.
    @Test func aRecordOfTheSecondSchemaIsBroughtToThisOneAndSaysTheSame() throws {
        let path = try ofSchema(2)
        let office = try Office.open(path)
        let item = try #require(ItemID("T01"))
        let rows = try office.standings(of: item).rows
        #expect(rows.map { $0.shownTotal ?? "-" } == ["30.00", "29.67"])
        #expect(try office.record.progress(of: item).state == .locked)
        let report = try office.record.audit()
        #expect(report.findings.isEmpty)
        #expect(report.statements == 19)
        #expect(report.isReplayed)
        #expect(
            report.root.hex == "7eb5647b09464e6bebca94f5f8432bde0c2f060fb334db7dab9594a38d452139"
        )
        #expect(try office.record.health().schema == 5)
        try office.record.close()
        #expect(try Office.open(path).record.audit().findings.isEmpty)
    }

    /// Written when the schema was 3: two entrants, final results, an honour that was conferred and
    /// revoked, when proposals did not yet say what is open.
    @Test func aRecordOfTheThirdSchemaIsBroughtToThisOneAndSaysTheSame() throws {
        let path = try ofSchema(3)
        let office = try Office.open(path)
        let item = try #require(ItemID("T01"))
        let rows = try office.standings(of: item).rows
        #expect(rows.map { $0.shownTotal ?? "-" } == ["48.00", "36.00"])
        let honour = try #require(try office.record.honours().first)
        #expect(honour.state == "revoked")
        #expect(honour.missing == nil)
        #expect(honour.reason == "虚构的理由")
        let report = try office.record.audit()
        #expect(report.findings.isEmpty)
        #expect(report.statements == 26)
        #expect(report.isReplayed)
        #expect(
            report.root.hex == "285e891f7868fc512eb4d69159e6b2246564ddf82d04a9224d3f8e7a880f173f"
        )
        #expect(try office.record.health().schema == 5)
        try office.record.close()
        #expect(try Office.open(path).record.audit().findings.isEmpty)
    }

    /// Written when the schema was 4: eight appointments without an end, two judges' sheets.
    @Test func aRecordOfTheFourthSchemaIsBroughtToThisOneAndSaysTheSame() throws {
        let path = try ofSchema(4)
        let office = try Office.open(path)
        let item = try #require(ItemID("T01"))
        let rows = try office.standings(of: item).rows
        #expect(rows.map { $0.shownTotal ?? "-" } == ["51.00", "40.50"])
        let appointments = try office.record.appointments()
        #expect(appointments.count == 7)
        #expect(appointments.allSatisfy { $0.until == nil })
        let report = try office.record.audit()
        #expect(report.findings.isEmpty)
        #expect(report.statements == 12)
        #expect(report.isReplayed)
        #expect(try office.record.health().schema == 5)
        try office.record.close()
        #expect(try Office.open(path).record.audit().findings.isEmpty)
    }

    @Test func aFileOfALaterVersionIsRefused() throws {
        let world = try TinyWorld()
        let path = world.folder + "/later.laurel"
        try world.record.backup(to: path)
        try sqlite(path, "PRAGMA user_version = 99")
        #expect(try refusal { _ = try Office.open(path) } == ["record.version"])
    }

    // MARK: Checkpoints kept elsewhere

    @Test func aCheckpointKeptElsewhereFindsAChainThatWasRewrittenOrCutOff() throws {
        let world = try TinyWorld()
        try world.markAll()
        let note = try world.record.checkpoint(
            origin: "laurel/tiny",
            key: try world.ring.key("au")
        )
        try world.hand(
            world.sheet(
                "S01-001",
                nil,
                [205],
                replaces: try world.record.unconfirmedSheets(of: world.item)[0],
                reason: "误记"
            ),
            by: "R-S01"
        )
        #expect(try world.record.audit(since: [note]).findings.isEmpty)
        let other = try TinyWorld()
        try other.markAll()
        #expect(try other.record.audit(since: [note]).findings.map(\.code) == ["audit.since"])
        let stranger = try #require(SigningKey(seed: [UInt8](repeating: 5, count: 32)))
        let forged = try SignedNote(signing: note.text, name: note.name, with: stranger)
        #expect(
            try world.record.audit(since: [forged]).findings.map(\.code) == ["audit.since"]
        )
    }

    private func sqlite(_ path: String, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, sql]
        process.standardError = Pipe()
        try process.run()
        process.waitUntilExit()
    }

    // MARK: What the door let in is held against its rules again

    @Test func aStatementThatWasPutInPastTheDoorIsFoundThoughItsSignatureAndHashesHold() throws {
        let world = try TinyWorld()
        try world.markAll()
        let path = world.folder + "/cheated.laurel"
        try world.record.backup(to: path)
        // The judge who runs the machine writes a sheet for an entrant of the own delegation.
        let sheet = try world.sheet("S01-002", "J-S01-01", [400, 300])
        let cheat = try world.signed(.sheet, sheet.body, by: "J-S01-01")
        try Forger(path).append(cheat)
        let report = try Office.open(path).record.audit()
        #expect(
            report.findings.contains {
                $0.code == "audit.entry" && $0.message.en.contains("own delegation")
            }
        )
    }
}
