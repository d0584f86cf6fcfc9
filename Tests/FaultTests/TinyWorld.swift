import Competition
import Exact
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// A record of the tiny invented event in a folder of its own, and the keys to write to it.
struct TinyWorld {
    static let events = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/tiny-event").path

    let folder: String
    let office: Office
    var ring: Keyring

    var path: String { folder + "/tiny.laurel" }
    var keyring: String { folder + "/keys.json" }
    var record: Record { office.record }

    /// Those who write sheets, each of an item and with sheets of their own.
    static let authors = ["T01", "T02"].flatMap { item in
        (1...3).map { "J-\(item)-0\($0)" } + ["R-" + item]
    }

    static func temporaryFolder() throws -> String {
        let path = NSTemporaryDirectory() + "laurel-fault-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    init(
        in folder: String? = nil,
        entrants: Int = 12,
        items: [String] = ["T01", "T02"],
        event: String = Self.events,
        now: @escaping @Sendable () -> Int = Office.systemClock
    ) throws {
        self.folder = try folder ?? Self.temporaryFolder()
        ring = try Keyring(
            path: self.folder + "/keys.json",
            pin: Rehearsal.pin,
            cost: .rehearsal
        )
        let root = try ring.make("organiser")
        office = try Office.create(
            folder: event,
            into: self.folder + "/tiny.laurel",
            root: root,
            person: "P-organiser",
            isRehearsal: true,
            now: now
        )
        try appoint("organiser-2", .organiser)
        try appoint("auditor", .auditor)
        try appoint("SV", .supervisor)
        try appoint("arbitration", .arbitration)
        try appoint("L-990100", .delegationLeader, delegation: "990100")
        try appoint("B-990100", .bureau, delegation: "990100")
        for item in ["T01", "T02"] {
            try appoint("CJ-" + item, .chiefJudge, item: item)
            try appoint("R-" + item, .recorder, item: item)
            try appoint("E-" + item, .encryptionJudge, item: item)
            for number in 1...3 { try appoint("J-\(item)-0\(number)", .judge, item: item) }
        }
        try ring.save()
        try register(entrants, of: items)
    }

    private mutating func appoint(
        _ name: String,
        _ role: Role,
        item: String? = nil,
        delegation: String? = nil
    ) throws {
        let key = try ring.make(name)
        let body = Office.appointment(
            name: name,
            key: key.verifying,
            role: role,
            person: "P-" + name,
            item: item,
            delegation: delegation
        )
        try office.say(.appoint, body, by: try ring.key("organiser"))
    }

    /// Registers entrants, numbered from 1.
    func register(_ count: Int, of items: [String]) throws {
        var roster: [RosterEntrant] = []
        for item in items {
            for number in 1...count {
                roster.append(
                    RosterEntrant(
                        id: "\(item)-0\(number)",
                        item: item,
                        delegation: "990\(number % 3 + 1)00",
                        group: "worker",
                        isGuest: false,
                        members: [
                            [
                                "insured_city": "990100",
                                "name": .string("虚人\(item)\(number)"),
                            ]
                        ]
                    )
                )
            }
        }
        _ = try office.register(roster, by: try ring.key("organiser"))
    }

    /// Copies the record's file to a new one.
    func copy(to name: String) throws -> String {
        let copy = folder + "/" + name
        try record.backup(to: copy)
        return copy
    }
}

/// A record that nobody in this process has open, in a folder of its own.
///
/// POSIX drops all of a process's locks on a file when it closes any handle on it: a test that copied
/// a record's file beside an open connection would take that connection's locks away.
struct ClosedWorld {
    let folder: String

    var path: String { folder + "/tiny.laurel" }
    var keyring: String { folder + "/keys.json" }

    init(in folder: String? = nil, entrants: Int = 12) throws {
        self.folder = try TinyWorld(in: folder, entrants: entrants).folder
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}

/// How long the tests run: `LAUREL_ROUNDS=2000` for the long run; the suite's own measure otherwise.
enum Rounds {
    static let wanted = ProcessInfo.processInfo.environment["LAUREL_ROUNDS"].flatMap { Int($0) }

    static var isLong: Bool { (wanted ?? 0) > 300 }

    /// So many rounds where nothing is said, in proportion to 300 where something is.
    static func scaled(_ usual: Int) -> Int { max(1, usual * (wanted ?? 300) / 300) }
}

/// Prints a line of counts: what a test proves is a number of cases, and the numbers are kept.
func report(_ line: String) {
    print("fault tests: " + line)
}
