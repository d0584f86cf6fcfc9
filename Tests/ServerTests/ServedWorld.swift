import Ledger
import Competition
import Competition
import Findings
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Seal
import Secretariat
import Server
import Synchronization

/// A rehearsal of one item, marked and published provisionally, that a server keeps.
struct ServedWorld: Sendable {
    let office: Office
    let ring: Keyring
    let folder: String
    let path: String
    let item: String
    let clock: Clock

    /// A clock that stands still until it is moved.
    final class Clock: Sendable {
        private let milliseconds: Mutex<Int>

        init(_ start: Int) { milliseconds = Mutex(start) }

        var now: Int { milliseconds.withLock { $0 } }
        func advance(seconds: Int) { milliseconds.withLock { $0 += seconds * 1000 } }
    }

    /// How far the rehearsal has gone when the server takes it over.
    enum Stage {
        case registered
        case marked
        case published
    }

    init(
        _ stage: Stage = .published,
        isLive: Bool = false,
        _ change: (inout Rehearsal.Settings) -> Void = { _ in }
    ) throws {
        folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var event = root.path + "/Events/liaoning-2022"
        if isLive {
            // The sample event lets nothing be shown live.
            let house = NSTemporaryDirectory() + "laurel-event-" + UUID().uuidString
            let copy = house + "/Events/live"
            let manager = FileManager.default
            try manager.createDirectory(
                atPath: house + "/Events",
                withIntermediateDirectories: true
            )
            try manager.copyItem(atPath: event, toPath: copy)
            try manager.createSymbolicLink(
                atPath: house + "/Scorecards",
                withDestinationPath: root.path + "/Scorecards"
            )
            let file = URL(fileURLWithPath: copy + "/event.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try (text + "\nlive_board: all\n").write(to: file, atomically: true, encoding: .utf8)
            event = copy
        }
        var settings = Rehearsal.Settings(
            eventFolder: event,
            folder: folder,
            seed: 3
        )
        settings.items = 1
        settings.entrantsPerItem = 4
        settings.vault = .rehearsal
        change(&settings)
        var rehearsal = try Rehearsal(settings) { _ in }
        try rehearsal.appoint()
        try rehearsal.register()
        if stage != .registered { try rehearsal.mark() }
        if stage == .published { _ = try rehearsal.publish() }
        ring = rehearsal.ring
        let clock = Clock(rehearsal.office.now() / 1000 * 1000)
        self.clock = clock
        try rehearsal.office.record.close()
        let file = try FileManager.default.contentsOfDirectory(atPath: folder).first {
            $0.hasSuffix(".laurel")
        }
        path = folder + "/" + (file ?? "")
        office = try Office.open(path) { clock.now }
        item = try office.record.appointments().compactMap(\.item).first ?? ""
    }

    /// Somebody who holds a role, of the item or of all.
    func holder(of role: Role) throws -> (name: String, key: SigningKey) {
        let row = try office.record.appointments().first {
            $0.role == role && ($0.item == nil || $0.item == item)
        }
        guard let row else { throw CocoaError(.fileNoSuchFile) }
        return (row.name, try ring.key(row.name))
    }

    /// Makes a token that holds for an hour.
    func token(
        _ name: String,
        _ role: Role,
        delegation: String? = nil,
        item: String? = nil
    )
        throws -> BearerToken
    {
        let token = try BearerToken()
        try office.say(
            .appoint,
            Office.appointment(
                name: name,
                key: token.key.verifying,
                role: role,
                person: name,
                item: item,
                delegation: delegation,
                until: clock.now + 3_600_000
            ),
            by: try ring.key("organiser")
        )
        return token
    }

    /// Runs a server on a free port and gives a client of it.
    func test(
        _ settings: ServerSettings = ServerSettings(),
        _ body: @escaping @Sendable (Client) async throws -> Void
    ) async throws {
        var settings = settings
        settings.port = 0
        let server = try LaurelServer(office: office, settings: settings)
        let event = office.catalogue.event.id.text
        let now = office.now
        try await server.application().test(.live) { client in
            try await body(Client(client: client, event: event, now: now))
        }
    }

    /// Sends requests, signed where a key is given.
    struct Client: Sendable {
        let client: any TestClientProtocol
        let event: String
        let now: @Sendable () -> Int

        struct Answer: Sendable {
            let status: HTTPResponse.Status
            let headers: HTTPFields
            let bytes: [UInt8]
            var json: JSONValue { get throws { try JSONValue(parsing: bytes) } }
            var codes: [String] {
                ((try? json)?["findings"]?.array ?? []).compactMap { $0["code"]?.string }
            }
        }

        func send(
            _ method: HTTPRequest.Method,
            _ uri: String,
            _ body: [UInt8] = [],
            _ headers: HTTPFields = [:]
        ) async throws -> Answer {
            try await client.execute(
                uri: uri,
                method: method,
                headers: headers,
                body: ByteBuffer(bytes: body)
            ) {
                Answer(
                    status: $0.status,
                    headers: $0.headers,
                    bytes: Array($0.body.readableBytesView)
                )
            }
        }

        func get(_ uri: String, _ headers: HTTPFields = [:]) async throws -> Answer {
            try await send(.get, uri, [], headers)
        }

        func post(
            _ uri: String,
            _ body: [UInt8],
            _ headers: HTTPFields = [:]
        ) async throws -> Answer {
            try await send(.post, uri, body, headers)
        }

        /// The header fields that sign a request.
        func signed(
            _ method: HTTPRequest.Method,
            _ uri: String,
            _ body: [UInt8] = [],
            by key: SigningKey,
            at seconds: Int? = nil
        ) throws -> HTTPFields {
            let halves = uri.split(separator: "?", maxSplits: 1).map(String.init)
            let fields = try RequestSignature.headers(
                for: RequestSignature.Target(
                    method: method.rawValue,
                    path: halves[0],
                    query: halves.count > 1 ? halves[1] : "",
                    body: body
                ),
                event: event,
                created: seconds ?? now() / 1000,
                by: key
            )
            var headers: HTTPFields = [:]
            for (name, value) in fields {
                if let name = HTTPField.Name(name) { headers[name] = value }
            }
            return headers
        }
    }
}
