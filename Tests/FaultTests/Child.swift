import Foundation
import Testing

/// A `LaurelStress` in a process of its own, whose words go to files, where they stay when it dies.
final class Child {
    private let pid: pid_t
    private let said: String
    private let complained: String
    private var status: Int32?

    /// The program stands beside the tests that were built with it, whatever the build's folder.
    private static let program: String = {
        let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }
        let beside = bundles.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent()
                .appendingPathComponent("LaurelStress").path
        }
        return beside.first { FileManager.default.isExecutableFile(atPath: $0) }
            ?? ".build/debug/LaurelStress"
    }()

    init(_ arguments: [String], in folder: String) throws {
        let name = folder + "/" + UUID().uuidString
        (said, complained) = (name + ".out", name + ".err")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, said, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, complained, flags, 0o600)
        var words: [UnsafeMutablePointer<CChar>?] =
            ([Self.program] + arguments).map { strdup($0) } + [nil]
        // A child that crashes is counted, not explained: a backtrace takes seconds.
        var settings: [UnsafeMutablePointer<CChar>?] =
            ProcessInfo.processInfo.environment.filter { $0.key != "SWIFT_BACKTRACE" }
            .map { strdup("\($0.key)=\($0.value)") } + [strdup("SWIFT_BACKTRACE=enable=no"), nil]
        defer { (words + settings).forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, Self.program, &actions, nil, &words, &settings)
        try #require(code == 0, "\(Self.program) can't be started: \(code)")
        self.pid = pid
    }

    deinit {
        try? FileManager.default.removeItem(atPath: said)
        try? FileManager.default.removeItem(atPath: complained)
    }

    /// What it has said so far, without a last line that is not whole.
    var lines: [String] {
        let text = (try? String(contentsOfFile: said, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }

    /// What it has complained of.
    var complaint: String { (try? String(contentsOfFile: complained, encoding: .utf8)) ?? "" }

    /// Waits until it is ready, or has ended before that.
    func waitUntilReady() { waitUntil { $0.contains("ready") } }

    /// Waits until it has said enough, or has ended before that.
    func waitUntil(_ isEnough: ([String]) -> Bool) {
        while !isEnough(lines), !hasEnded() { usleep(500) }
    }

    private func hasEnded() -> Bool {
        guard status == nil else { return true }
        var raw: Int32 = 0
        guard waitpid(pid, &raw, WNOHANG) == pid else { return false }
        status = raw
        return true
    }

    func kill() { _ = Foundation.kill(pid, SIGKILL) }

    /// Waits for its end.
    ///
    /// - Returns: its exit code, or the number of the signal that ended it, below 0.
    func wait() -> Int32 {
        var raw: Int32 = status ?? 0
        while status == nil {
            if waitpid(pid, &raw, 0) == pid { status = raw }
        }
        return raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
    }
}

/// What a writer has said: what it tried, and what was acknowledged.
struct Words {
    /// The sheets of each admission, in order.
    let tried: [[String]]
    /// The sheets that were acknowledged.
    let acknowledged: [String]
    /// Whether it was done.
    let isDone: Bool

    init(_ lines: [String]) {
        tried = lines.filter { $0.hasPrefix("try ") }.map {
            $0.dropFirst(4).split(separator: " ").map(String.init)
        }
        acknowledged = lines.filter { $0.hasPrefix("ack ") }.map { String($0.dropFirst(4)) }
        isDone = lines.last?.hasPrefix("done") ?? false
    }

    /// Whether it ended in the middle of an admission.
    var endedWithin: Bool {
        guard let last = tried.last?.last else { return false }
        return acknowledged.last != last
    }
}
