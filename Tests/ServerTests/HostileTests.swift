import Foundation
import Server
import Testing

@Suite struct HostileTests {
    private static let health = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"

    /// Whoever does nothing wrong is served.
    private func servesOthers(_ port: Int) throws -> Bool {
        let other = try RawConnection(port: port)
        other.send(Self.health)
        return other.answer()?.status == 200
    }

    @Test(arguments: [
        ("two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}}"),
        (
            "a length beside chunks",
            "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        ("chunks that are none", "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
        ("a negative length", "Content-Length: -5\r\n\r\n{}"),
        ("a length beyond all", "Content-Length: 99999999999999999999999999\r\n\r\n{}"),
        ("an obsolete fold", "X-A: 1\r\n b: 2\r\nContent-Length: 2\r\n\r\n{}"),
        ("a field without a name", ": nothing\r\nContent-Length: 2\r\n\r\n{}"),
    ])
    func aBodyOfTwoMeaningsIsNeverAdmitted(name: String, rest: String) async throws {
        try await ServedWorld(.marked).serve { port, _ in
            let connection = try RawConnection(port: port, patience: 3)
            let smuggled = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
            connection.send("POST /api/v1/statements HTTP/1.1\r\nHost: x\r\n" + rest + smuggled)
            let first = connection.answer()
            #expect(first == nil || (400..<500).contains(first?.status ?? 0), "\(name)")
            let isOthers = try servesOthers(port)
            #expect(isOthers)
        }
    }

    @Test(arguments: [
        "GET / HTTP/9.9\r\n\r\n", "GARBAGE\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
        "GET http:///// HTTP/1.1\r\nHost: x\r\n\r\n", "GET ? HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /%00%ff/..%2f HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /api/v1/results/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /\(String(repeating: "a", count: 40_000)) HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 40_000))\r\n\r\n",
        "GET / HTTP/1.1\r\n\(String(repeating: "X: y\r\n", count: 2_000))\r\n",
    ])
    func whatIsNoRequestIsAnsweredOrClosed(bytes: String) async throws {
        try await ServedWorld(.marked).serve { port, _ in
            let connection = try RawConnection(port: port, patience: 3)
            connection.send(bytes)
            let answer = connection.answer()
            #expect(answer == nil || (200..<500).contains(answer?.status ?? 0))
            let isOthers = try servesOthers(port)
            #expect(isOthers)
        }
    }

    @Test func requestsInOneBreathAreAnsweredInOrder() async throws {
        try await ServedWorld().serve { port, _ in
            let connection = try RawConnection(port: port)
            let page = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
            let event = "GET /api/v1/event HTTP/1.1\r\nHost: x\r\n\r\n"
            let missing = "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
            let order = [event, page, Self.health, page, page, missing, event, page]
            connection.send(order.joined())
            for request in order {
                let answer = try #require(connection.answer())
                switch request {
                case page: #expect(answer.body.starts(with: Array("<!doctype".utf8)))
                case event: #expect(answer.body.starts(with: Array("{\"id\"".utf8)))
                case missing: #expect(answer.status == 404)
                default: #expect(answer.body == Array("ok\n".utf8))
                }
            }
        }
    }

    @Test func whoStopsInTheMiddleOfABodyIsToldAndPutOut() async throws {
        var settings = ServerSettings()
        settings.bodySeconds = 1
        try await ServedWorld(.marked).serve(settings) { port, _ in
            let connection = try RawConnection(port: port, patience: 6)
            connection.send(
                "POST /api/v1/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
            )
            let isOthers = try servesOthers(port)
            #expect(isOthers)
            #expect(connection.answer()?.status == 408)
            #expect(connection.isClosed())
        }
    }

    @Test func aBodyThatNobodyReadsEndsTheConnection() async throws {
        var settings = ServerSettings()
        settings.bodyBytes = 1_000
        try await ServedWorld(.marked).serve(settings) { port, _ in
            for (path, status) in [("/api/v1/statements", 413), ("/nowhere", 404)] {
                let connection = try RawConnection(port: port, patience: 6)
                connection.send(
                    "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\n\r\n{"
                )
                #expect(connection.answer()?.status == status)
                #expect(connection.isClosed())
            }
        }
    }

    @Test func whoStopsSendingStillHearsTheAnswer() async throws {
        try await ServedWorld(.marked).serve { port, _ in
            let connection = try RawConnection(port: port)
            connection.send(Self.health)
            connection.finishSending()
            #expect(connection.answer()?.status == 200)
            let half = try RawConnection(port: port)
            half.send("POST /api/v1/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
            half.finishSending()
            let answer = half.answer()
            #expect(answer == nil || (400..<500).contains(answer?.status ?? 0))
            let isOthers = try servesOthers(port)
            #expect(isOthers)
        }
    }

    @Test func connectionsThatSayNothingKeepNobodyOut() async throws {
        try await ServedWorld(.marked).serve { port, _ in
            let idle = try (0..<300).map { _ in try RawConnection(port: port) }
            let slow = try (0..<100).map { _ in
                let connection = try RawConnection(port: port)
                connection.send("GET /health HTTP/1.1\r\nHos")
                return connection
            }
            for _ in 0..<20 {
                let isOthers = try servesOthers(port)
                #expect(isOthers)
            }
            #expect(idle.count + slow.count == 400)
        }
    }
}
