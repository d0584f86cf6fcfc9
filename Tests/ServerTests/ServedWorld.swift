import Ledger
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

/// A rehearsal of one item, marked and published provisionally, that a server keeps.
struct ServedWorld {
    var office: Office
    var ring: Keyring
    let folder: String
    let item: String

    init(
        publishes: Bool = true,
        settings change: (inout Rehearsal.Settings) -> Void = { _ in }
    )
        throws
    {
        folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var settings = Rehearsal.Settings(
            eventFolder: root.path + "/Events/liaoning-2022",
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
        try rehearsal.mark()
        if publishes { _ = try rehearsal.publish() }
        office = rehearsal.office
        ring = rehearsal.ring
        item = try office.record.appointments().compactMap(\.item).first ?? ""
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
