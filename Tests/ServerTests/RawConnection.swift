import HummingbirdTesting
import Foundation
import Server

/// A connection that sends whatever bytes a test likes, well-formed or not.
final class RawConnection {
    private let socket: Int32
    private var bytes: [UInt8] = []

    /// Connects to a port of this machine; no answer within `patience` seconds counts as none.
    init(port: Int, patience: Int = 10) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: patience, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
    }

    deinit { close(socket) }

    /// Sends what it can; a connection that the server has closed takes no more.
    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Says that nothing more will be sent.
    func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// The next answer's status and body; nil where the server closes or says nothing.
    func answer() -> (status: Int, body: [UInt8])? {
        while true {
            if let answer = whole() { return answer }
            guard receive() else { return nil }
        }
    }

    /// Whether the server closes the connection, whatever it still says.
    func isClosed() -> Bool {
        while receive() { bytes = [] }
        return isAtEnd
    }

    private var isAtEnd = false

    private func receive() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &chunk, chunk.count, 0)
        // A reset is an end as well.
        isAtEnd = count == 0 || count < 0 && errno == ECONNRESET
        guard count > 0 else { return false }
        bytes += chunk[..<count]
        return true
    }

    private func whole() -> (status: Int, body: [UInt8])? {
        let blank = Array("\r\n\r\n".utf8)
        guard
            let end = bytes.indices.first(where: { bytes[$0...].starts(with: blank) })
        else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let length =
            lines.compactMap { line -> Int? in
                guard line.lowercased().hasPrefix("content-length:") else { return nil }
                return Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces))
            }.first ?? 0
        guard bytes.count >= end + 4 + length else { return nil }
        let body = Array(bytes[(end + 4)..<(end + 4 + length)])
        bytes.removeFirst(end + 4 + length)
        return (status, body)
    }
}

extension ServedWorld {
    /// Runs a server and gives its port to `body` on a thread that may wait.
    func serve(
        _ settings: ServerSettings = ServerSettings(),
        _ body: @escaping @Sendable (Int, Client) throws -> Void
    ) async throws {
        try await test(settings) { client in
            guard let port = client.client.port else { throw CocoaError(.fileReadUnknown) }
            try await withCheckedThrowingContinuation { done in
                Thread.detachNewThread { done.resume(with: Result { try body(port, client) }) }
            }
        }
    }
}
