import Foundation

/// A `laurel serve` in a process of its own, so that what is measured is not who measures.
final class ServedProcess {
    let port: Int
    private let process = Process()
    private let log: String

    /// Starts the release build over a record and waits until it answers.
    init(record: String, log: String, extra: [String] = []) throws {
        port = Self.freePort()
        self.log = log
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.executableURL = URL(fileURLWithPath: ".build/release/laurel")
        process.arguments =
            ["serve", record, "--listen", "127.0.0.1:\(port)", "--rate", "1000000"] + extra
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        for _ in 0..<600 where process.isRunning {
            if Self.answers(port) { return }
            usleep(50_000)
        }
        throw CocoaError(.executableLoad)
    }

    var id: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    func kill() {
        Foundation.kill(id, SIGKILL)
        process.waitUntilExit()
    }

    /// Stops as an operator does, gracefully.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// Seconds of processor time that the server has used.
    var processorSeconds: Double {
        let text = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12 else { return 0 }
        let ticks = (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Kilobytes that it holds in memory now.
    var residentKilobytes: Int {
        let text = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func withSocket<Value>(
        _ port: Int,
        _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Value
    ) -> Value {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = address(port)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func answers(_ port: Int) -> Bool {
        withSocket(port) { connect($0, $1, $2) == 0 }
    }

    private static func freePort() -> Int {
        withSocket(0) { socket, address, size in
            guard bind(socket, address, size) == 0 else { return 8099 }
            var found = sockaddr_in()
            var length = size
            return withUnsafeMutablePointer(to: &found) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = getsockname(socket, $0, &length)
                }
                return Int(UInt16(bigEndian: pointer.pointee.sin_port))
            }
        }
    }
}
