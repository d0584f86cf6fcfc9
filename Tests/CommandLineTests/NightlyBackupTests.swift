import Foundation
import Testing

/// `Packaging/laurel-backup`, which the timer starts, on a record of a tiny event.
@Suite struct NightlyBackupTests {
    private let folder = NSTemporaryDirectory() + "laurel-backup-" + UUID().uuidString
    private var records: String { folder + "/records" }
    private var backups: String { folder + "/backups" }

    init() throws {
        for path in [records, backups] {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        }
        try "2022\n".write(toFile: folder + "/pin", atomically: true, encoding: .utf8)
        let event = Run.root.appendingPathComponent("Tests/Fixtures/tiny-event").path
        let made = try Run([
            "init", event, "--into", records + "/tiny.laurel", "--keys", folder,
            "--pin-file", folder + "/pin",
        ])
        try #require(made.code == 0, "\(made.err)")
    }

    private func backUp(_ name: String, _ settings: [String: String] = [:]) throws -> Shell {
        let environment = [
            "LAUREL": Run.program.path, "LAUREL_RECORDS": records, "LAUREL_BACKUPS": backups,
        ]
        return try Shell(
            Run.root.appendingPathComponent("Packaging/laurel-backup").path,
            [name],
            environment: environment.merging(settings) { $1 }
        )
    }

    /// Puts down a backup as it was made at the end of a year, with its hash beside it.
    private func lay(_ name: String) throws {
        for path in [backups + "/" + name, backups + "/" + name + ".sha256"] {
            try "old".write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    private func copies() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: backups).sorted()
    }

    @Test func aBackupIsARecordThatCanBeRestored() throws {
        let made = try backUp("tiny")
        #expect(made.code == 0, "\(made.said)")
        let copies = try copies()
        let copy = try #require(copies.first)
        #expect(copy.wholeMatch(of: /tiny\.\d{8}T\d{6}Z\.laurel/) != nil)
        #expect(copies == [copy, copy + ".sha256"])
        let restored = try Run(["restore", backups + "/" + copy, "--into", folder + "/r.laurel"])
        #expect(restored.code == 0, "\(restored.err)")
    }

    @Test func whatIsTooOldGoesExceptTheNewestAndOtherRecords() throws {
        let old = (2001...2005).map { "tiny.\($0)1231T023000Z.laurel" }
        let others = ["tiny.test.20011231T023000Z.laurel", "tinier.20011231T023000Z.laurel"]
        let byHand = "tiny.before-upgrade.laurel"
        for name in old + others + [byHand] { try lay(name) }
        let made = try backUp("tiny", ["LAUREL_BACKUP_DAYS": "30", "LAUREL_BACKUP_LEAST": "3"])
        #expect(made.code == 0, "\(made.said)")
        let kept = try copies()
        // The new one and two of the old ones make three.
        #expect(old.filter(kept.contains) == Array(old.suffix(2)))
        #expect(old.filter { kept.contains($0 + ".sha256") } == Array(old.suffix(2)))
        #expect((others + [byHand]).allSatisfy(kept.contains))
    }

    @Test func nothingGoesThatIsYoungEnoughHoweverFewAreToStay() throws {
        let young = "tiny.20211231T023000Z.laurel"
        try lay(young)
        let made = try backUp("tiny", ["LAUREL_BACKUP_DAYS": "99999", "LAUREL_BACKUP_LEAST": "0"])
        #expect(made.code == 0, "\(made.said)")
        #expect(try copies().contains(young))
        #expect(try copies().count == 4)
    }

    @Test func nothingGoesWhenTheNewBackupFails() throws {
        let old = "tiny.20011231T023000Z.laurel"
        try lay(old)
        try Data("no record".utf8).write(to: URL(fileURLWithPath: records + "/tiny.laurel"))
        let made = try backUp("tiny", ["LAUREL_BACKUP_LEAST": "0"])
        #expect(made.code != 0)
        #expect(try copies() == [old, old + ".sha256"])
    }

    @Test(arguments: [
        ("../tiny", [:]), ("", [:]), ("tiny", ["LAUREL_BACKUP_DAYS": "a month"]),
        ("tiny", ["LAUREL_BACKUP_LEAST": "-1"]), ("tiny", ["LAUREL_BACKUP_DAYS": "123456"]),
    ])
    func namesAndSettingsThatAreNoneAreRefusedBeforeAnythingIsDone(
        name: String,
        settings: [String: String]
    ) throws {
        let old = "tiny.20011231T023000Z.laurel"
        try lay(old)
        let made = try backUp(name, settings)
        #expect(made.code == 64)
        #expect(made.said.contains(settings.keys.first ?? "a record's name"))
        #expect(try copies() == [old, old + ".sha256"])
    }
}
