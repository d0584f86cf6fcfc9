import Foundation
import HTTPTypes
import Ledger
import Seal
import Secretariat
import Server
import Testing

@Suite struct FuzzTests {
    /// Whatever is sent, the server answers as it documents, and the record stays whole.
    @Test func mutatedRequestsNeverBringTheServerDown() async throws {
        let world = try ServedWorld()
        let judge = try #require(world.ring.names.first { $0.hasPrefix("J-") })
        let key = try world.ring.key(judge)
        let known = try (1...world.office.record.length()).compactMap {
            try world.office.record.statement(at: $0)
        }
        let before = try world.office.record.length()
        var settings = ServerSettings()
        settings.requestsPerSecond = 1_000_000
        settings.bodyBytes = 200_000
        try await world.serve(settings) { port, client in
            let mutator = try RequestMutator(known: known, client: client, key: key)
            var random = Draw(state: 1_789)
            var connection = try RawConnection(port: port, patience: 2)
            var (answered, closed) = (0, 0)
            for round in 0..<2_500 {
                let (request, isFramed) = mutator.request(&random)
                connection.send(request)
                // Where the server may wait for more it hears that nothing will come.
                if !isFramed { connection.finishSending() }
                if let answer = connection.answer() {
                    answered += 1
                    #expect(
                        (200..<500).contains(answer.status),
                        "round \(round): \(String(decoding: request.prefix(2_000), as: UTF8.self))"
                    )
                    if isFramed { continue }
                } else {
                    closed += 1
                }
                connection = try RawConnection(port: port, patience: 2)
            }
            #expect(answered > 1_000)
            #expect(closed < 1_500)
        }
        // A statement is signed: nothing that was changed came in.
        #expect(try world.office.record.length() == before)
        let faults = try world.office.record.audit().findings
        #expect(faults.isEmpty)
    }
}

/// Numbers from a seed.
struct Draw {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, bound)))
    }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
}

/// Makes requests that are nearly right.
struct RequestMutator {
    private let deliveries: [[UInt8]]
    private let signed: [String]
    private let paths: [String]

    init(known: [SignedStatement], client: ServedWorld.Client, key: SigningKey) throws {
        deliveries = known.suffix(60).map { Delivery([$0]).json.canonical }
        let paths = try Self.paths()
        self.paths = paths
        signed = try paths.map { path in
            let fields = try client.signed(.get, path, by: key)
            return fields.map { "\($0.name.rawName): \($0.value)\r\n" }.joined()
        }
    }

    /// The paths of the API, with something in the braces.
    private static func paths() throws -> [String] {
        let digest = String(repeating: "ab", count: 32)
        return [
            "/api/v1/event", "/api/v1/snapshots?after=0&limit=3", "/api/v1/snapshots/" + digest,
            "/api/v1/results", "/api/v1/results/A01", "/api/v1/honours",
            "/api/v1/receipts/" + digest, "/api/v1/proofs/\(digest)?size=3", "/api/v1/checkpoint",
            "/api/v1/record?after=1&leaf=" + digest, "/api/v1/status", "/api/v1/tasks",
            "/api/v1/items/A01/standings", "/api/v1/items/A01/live",
            "/api/v1/winners?city=210100&after=2", "/health", "/ready", "/metrics", "/",
            "/api/v1/decisions?city=210100&on=2023-05-01", "/api/v1/openapi.json",
        ]
    }

    private static let words = [
        "null", "{}", "[", "]", "\"", "\\u0000", "\\ud800", "-0", "1e999", "9223372036854775808",
        "%00", "%ff", "../", "\r\n", "\0", "é桂", "true", ":", ",", "=", "&", "?", "#", ";",
        String(repeating: "[", count: 5_000), String(repeating: "{\"a\":", count: 2_000),
        String(repeating: "9", count: 400),
    ].map { Array($0.utf8) }

    private func mutated(_ bytes: [UInt8], _ random: inout Draw) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(4) where !bytes.isEmpty {
            let place = random.below(bytes.count)
            let end = min(bytes.count, place + 1 + random.below(40))
            switch random.below(6) {
            case 0: bytes[place] ^= UInt8(1 << random.below(8))
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.insert(contentsOf: random.pick(Self.words), at: place)
            case 4: bytes.replaceSubrange(place..<end, with: random.pick(Self.words))
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    /// A request, and whether its head is as it was, so that the connection can go on.
    func request(_ random: inout Draw) -> (bytes: [UInt8], isFramed: Bool) {
        let isPosting = random.below(2) == 0
        var body: [UInt8] = []
        var head: String
        if isPosting {
            body = mutated(random.pick(deliveries), &random)
            let path = random.pick(["statements", "statements", "record", "checkpoints"])
            head = "POST /api/v1/\(path) HTTP/1.1\r\nHost: x\r\n"
            head += "Content-Length: \(body.count)\r\n"
        } else {
            let index = random.below(paths.count)
            head = "\(random.pick(["GET", "GET", "GET", "OPTIONS"])) \(paths[index]) HTTP/1.1\r\n"
            head += "Host: x\r\n" + signed[index]
        }
        // The head is changed in a third of the requests: then the server may close instead.
        let start = Array(head.utf8)
        let isFramed = random.below(3) != 0
        let changed = isFramed ? start : mutated(start, &random)
        return (changed + Array("\r\n".utf8) + body, isFramed)
    }
}
