import Foundation
import Glibc
import Secretariat
import Synchronization

/// A proxy that does to connections what venues' networks do, by a seed: it drops, delays, repeats,
/// cuts short, and brings an old request again after later ones.
final class BadNetwork: Sendable {
    enum Fault: CaseIterable {
        case none
        /// The request never arrives.
        case losesRequest
        /// The request arrives, the answer never does.
        case losesAnswer
        /// The answer is cut in the middle.
        case cutsAnswer
        case delays
        /// The request arrives twice.
        case repeats
        /// The request arrives now, and once more after later ones.
        case bringsBack
    }

    private struct State {
        var generator: SeededGenerator
        var faults: [Fault] = []
        var old: [[UInt8]] = []
        var counts: [Fault: Int] = [:]
    }

    let port: Int
    private let listener: Int32
    private let target = Atomic<Int>(0)
    private let state: Mutex<State>

    /// Listens on a free port; `seed` decides what befalls each connection.
    init(seed: UInt64, faults: [Fault] = Fault.allCases) throws {
        state = Mutex(State(generator: SeededGenerator(seed: seed), faults: faults))
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else { throw CocoaError(.fileReadUnknown) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    /// Where requests go; 0 is nowhere: the line is down.
    func connect(to port: Int) { target.store(port, ordering: .sequentiallyConsistent) }

    func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        _ = Glibc.close(listener)
    }

    /// How often each thing has befallen a connection.
    var counts: [Fault: Int] { state.withLock { $0.counts } }

    private func serve(_ connection: Int32) {
        defer { _ = Glibc.close(connection) }
        guard let request = Self.message(from: connection) else { return }
        let (fault, old) = state.withLock { state -> (Fault, [UInt8]?) in
            let fault =
                state.faults[Int(state.generator.next() % UInt64(state.faults.count))]
            state.counts[fault, default: 0] += 1
            let old = state.old.isEmpty ? nil : state.old.removeFirst()
            if fault == .bringsBack { state.old.append(request) }
            return (fault, old)
        }
        if fault == .losesRequest { return }
        if fault == .delays { usleep(30_000) }
        if fault == .repeats { _ = forward(request) }
        guard let answer = forward(request) else { return }
        if let old { _ = forward(old) }
        switch fault {
        case .losesAnswer: return
        case .cutsAnswer: Self.write(Array(answer.prefix(answer.count * 2 / 3)), to: connection)
        default: Self.write(answer, to: connection)
        }
    }

    private func forward(_ request: [UInt8]) -> [UInt8]? {
        let port = target.load(ordering: .sequentiallyConsistent)
        guard port > 0 else { return nil }
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { _ = Glibc.close(server) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard connected else { return nil }
        Self.write(request, to: server)
        return Self.message(from: server)
    }

    private static func write(_ bytes: [UInt8], to socket: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// One HTTP message: the head, and as many bytes of body as it says.
    private static func message(from socket: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var needed: Int?
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while needed.map({ bytes.count < $0 }) ?? true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return needed == nil ? nil : bytes }
            bytes += buffer.prefix(count)
            if needed == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
                let length = head.split(separator: "\r\n").first {
                    $0.hasPrefix("content-length:")
                }.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
                needed = end.upperBound + (length ?? 0)
            }
        }
        return bytes
    }
}
