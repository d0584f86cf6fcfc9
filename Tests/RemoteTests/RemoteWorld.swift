import Competition
import Findings
import Foundation
import Hummingbird
import Ledger
import Remote
import Seal
import Secretariat
import Server
import Synchronization

/// A rehearsal of one item whose marking has not begun, a server over it, and people with laptops.
final class RemoteWorld: Sendable {
    let office: Office
    let keys: [String: SigningKey]
    let ring: Keyring
    let item: ItemID
    let folder: String
    let reports = Mutex<[String]>([])

    init(marks: Bool = false) throws {
        folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var settings = Rehearsal.Settings(
            eventFolder: root.path + "/Events/liaoning-2022",
            folder: folder,
            seed: 5
        )
        settings.items = 1
        settings.entrantsPerItem = 4
        settings.vault = .rehearsal
        var rehearsal = try Rehearsal(settings) { _ in }
        try rehearsal.appoint()
        try rehearsal.register()
        if marks {
            try rehearsal.mark()
            _ = try rehearsal.publish()
        }
        // The server's clock is the machine's: so are the laptops'.
        try rehearsal.office.record.close()
        let names = rehearsal.ring.names
        var keys: [String: SigningKey] = [:]
        for name in names { keys[name] = try rehearsal.ring.key(name) }
        self.keys = keys
        ring = rehearsal.ring
        let path = try FileManager.default.contentsOfDirectory(atPath: folder).first {
            $0.hasSuffix(".laurel")
        }
        office = try Office.open(folder + "/" + (path ?? ""))
        let code = try office.record.appointments().first { $0.role == .judge }?.item
        guard let item = code.flatMap({ ItemID($0) }) else { throw CocoaError(.fileReadUnknown) }
        self.item = item
    }

    /// Runs a server on a free port while `body` runs on a thread of its own.
    func serve(_ body: @escaping @Sendable (Int) throws -> Void) async throws {
        var settings = ServerSettings()
        settings.port = 0
        settings.requestsPerSecond = 10_000
        let server = try LaurelServer(office: office, settings: settings)
        let (ports, found) = AsyncStream<Int>.makeStream()
        let application = try server.application { found.yield($0) }
        let running = Task { try await application.runService(gracefulShutdownSignals: []) }
        defer { running.cancel() }
        var first = ports.makeAsyncIterator()
        guard let port = await first.next() else { throw CocoaError(.fileReadUnknown) }
        try await blocking { try body(port) }
    }

    /// Runs what waits away from the threads that the server needs.
    func blocking(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread { done.resume(with: Result { try body() }) }
        }
    }

    /// Somebody's laptop, whose files outlive its commands.
    func laptop(_ name: String, port: Int) throws -> WorkingCopy.Settings {
        guard let address = ServerAddress("http://127.0.0.1:\(port)"), let key = keys[name] else {
            throw CocoaError(.fileReadUnknown)
        }
        var settings = WorkingCopy.Settings(
            server: address,
            key: key,
            name: name,
            folder: folder + "/laptop-" + name
        )
        settings.patience = 60
        settings.report = { [self] text in reports.withLock { $0.append(text.en) } }
        return settings
    }

    /// The names of those who hold a role.
    func names(_ role: Role) throws -> [String] {
        try office.record.appointments().filter {
            $0.role == role && ($0.item == nil || $0.item == item.text)
        }.map(\.name)
    }
}
