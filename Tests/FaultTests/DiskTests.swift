import Findings
import Foundation
import Ledger
import Secretariat
import Testing

/// A small file system in memory, mounted for one test.
struct SmallDisk {
    let folder: String

    /// Whether this process may mount one.
    static let isPossible: Bool = {
        guard let disk = try? SmallDisk(kilobytes: 64) else { return false }
        disk.unmount()
        return true
    }()

    init(kilobytes: Int) throws {
        folder = try TinyWorld.temporaryFolder()
        guard mount("tmpfs", folder, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
            try? FileManager.default.removeItem(atPath: folder)
            throw POSIXError(.EPERM)
        }
    }

    /// Allows writing or forbids it; `false` where the kernel refuses.
    func remount(readOnly: Bool) -> Bool {
        let flags = UInt(MS_REMOUNT) | (readOnly ? UInt(MS_RDONLY) : 0)
        return mount("tmpfs", folder, "tmpfs", flags, nil) == 0
    }

    func unmount() {
        umount2(folder, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// Disks that are full, read-only or fail: a clear error, and nothing half done.
@Suite struct DiskTests {
    @Test(.enabled(if: SmallDisk.isPossible, "mounting a tmpfs needs its right"))
    func aFullDiskIsAClearErrorAndWritingGoesOnWhenThereIsRoomAgain() throws {
        let disk = try SmallDisk(kilobytes: 7000)
        defer { disk.unmount() }
        let world = try ClosedWorld(in: disk.folder)
        let outside = try TinyWorld.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: outside) }
        let ballast = disk.folder + "/ballast"
        try Data(count: 2_000_000).write(to: URL(fileURLWithPath: ballast))
        var witness = Witness()
        var counts = (full: 0, acknowledged: 0)
        for round in 1...4 {
            let child = try Child(
                [
                    "write", world.path, world.keyring,
                    "--judge", TinyWorld.authors[round], "--count", "5000",
                    "--batch", "\([1, 7, 1, 40][round - 1])",
                ],
                in: outside
            )
            let code = child.wait()
            #expect(code == 1, "\(code): \(child.complaint)")
            #expect(child.complaint.contains("full"), "\(child.complaint)")
            let words = Words(child.lines)
            witness.hear(words)
            counts.full += 1
            // The first writer began with room, and before the third the ballast was thrown off.
            if round == 1 || round == 3 { #expect(!words.acknowledged.isEmpty) }
            // What is there is looked at on a disk with room: looking at a WAL takes some.
            let copy = outside + "/copy.laurel"
            try Witness.snapshot(world.path, to: copy)
            let verdict = witness.look(at: copy, auditing: true)
            #expect(verdict.isSound, "round \(round): \(verdict)")
            if round == 2 { try FileManager.default.removeItem(atPath: ballast) }
        }
        counts.acknowledged = witness.acknowledged.count
        // Opened on the full disk itself: how it behaves is told, not asserted.
        let opened = outcome { _ = try Office.open(world.path) }
        report(
            """
            full disk: \(counts.full) times full, \(counts.acknowledged) sheets acknowledged, \
            0 lost; opening on the full disk: \(opened)
            """
        )
    }

    @Test(.enabled(if: SmallDisk.isPossible, "mounting a tmpfs needs its right"))
    func aReadOnlyDiskIsAnErrorForWritersAndNoCrashForReaders() throws {
        let disk = try SmallDisk(kilobytes: 4000)
        defer { disk.unmount() }
        let world = try ClosedWorld(in: disk.folder)
        let outside = try TinyWorld.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: outside) }
        func write(_ count: Int) throws -> (code: Int32, child: Child) {
            let arguments = [
                "write", world.path, world.keyring, "--judge", "J-T01-01", "--count", "\(count)",
            ]
            let child = try Child(arguments, in: outside)
            return (child.wait(), child)
        }
        let first = try write(20)
        #expect(first.code == 0)
        try #require(disk.remount(readOnly: true))
        let (code, child) = try write(1)
        #expect(code == 1, "\(code): \(child.complaint)")
        #expect(!child.complaint.isEmpty)
        #expect(Words(child.lines).acknowledged.isEmpty)
        let reading = try Child(
            ["read", world.path, "--until", world.keyring],
            in: outside
        )
        let readCode = reading.wait()
        #expect(readCode == 0 || readCode == 1, "\(readCode)")
        let audited = outcome {
            let findings = try Office.open(world.path).record.audit().findings
            #expect(findings.isEmpty)
        }
        report(
            """
            read-only disk: writing: \(child.complaint.trimmingCharacters(in: .newlines)); \
            reading: exit \(readCode) \
            \(reading.complaint.trimmingCharacters(in: .newlines)); audit: \(audited)
            """
        )
        try #require(disk.remount(readOnly: false))
        let last = try write(1)
        #expect(last.code == 0, "\(last.child.complaint)")
        var witness = Witness()
        witness.hear(Words(first.child.lines))
        witness.hear(Words(last.child.lines))
        #expect(witness.look(at: world.path, auditing: true).isSound)
    }

    private func outcome(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "works"
        } catch let refusal as Refusal {
            return refusal.findings.map(\.message.en).joined(separator: "; ")
        } catch {
            return "\(error)"
        }
    }

    /// An input or output error at every operation from the opening of the record on; the same for good
    /// from then on, and a full disk, at some of them, or in the long run at every one.
    @Test(arguments: [
        ("io", "once", 1), ("io", "forever", 7), ("full", "once", 3), ("full", "forever", 7),
    ])
    func anErrorOfTheDiskAtAnyOperationLeavesTheRecordSound(
        kind: String,
        lasts: String,
        step: Int
    ) throws {
        let world = try ClosedWorld(entrants: 3)
        defer { world.remove() }
        let child = try Child(
            [
                "sweep", world.path, world.keyring, "--judge", "J-T01-01", "--fault", kind,
                "--lasts", lasts, "--step", "\(Rounds.isLong ? 1 : step)",
                "--to", "5000",
            ],
            in: world.folder
        )
        let code = child.wait()
        #expect(code == 0, "\(code): \(child.complaint)")
        var counts: [String: Int] = [:]
        for line in child.lines {
            let words = line.split(separator: " ")
            try #require(words.count == 4, "\(line)")
            #expect(words[3] == "sound", "\(line)")
            counts[words[2].split(separator: ":").first.map(String.init) ?? "", default: 0] += 1
        }
        // The sweep went through: its last run met no fault because there was no such operation.
        #expect(counts["not-reached"] == 1)
        report(
            "disk errors, \(kind) \(lasts): "
                + counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", ")
        )
        #expect((counts["error"] ?? 0) > 0)
    }
}
