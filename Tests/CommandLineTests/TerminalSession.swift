import Foundation
import Testing

/// A real terminal for a program: tmux, into which keys go and from which screens come.
///
/// The socket is the session's own, so that tests run beside each other and beside anybody's tmux.
final class TerminalSession {
    private let socket: String
    private let pidFile: String
    let folder: String

    /// Starts a program in a window of its own.
    init(
        _ arguments: [String],
        columns: Int,
        rows: Int,
        environment: String = "",
        in folder: String
    ) throws {
        self.folder = folder
        socket = NSTemporaryDirectory() + "laurel-tmux-" + UUID().uuidString.prefix(8)
        pidFile = socket + ".pid"
        let words = ([Run.program.path] + arguments).map { "'" + $0 + "'" }.joined(separator: " ")
        let variables = "TERM=screen-256color LC_ALL=C.UTF-8 \(environment)"
        try """
        echo $$ > \(pidFile)
        exec env \(variables) \(words)

        """.write(toFile: socket + ".sh", atomically: true, encoding: .utf8)
        // The window stays when the program ends, so that its last words can be read.
        try tmux([
            "-f", "/dev/null", "-u", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c",
            folder, "sh \(socket).sh; echo ENDED $?; sleep 600",
        ])
    }

    deinit {
        _ = try? tmux(["kill-server"])
        for suffix in ["", ".sh", ".pid"] {
            try? FileManager.default.removeItem(atPath: socket + suffix)
        }
    }

    /// Types keys; those that tmux names (Enter, Escape, Down …) are named, others are typed as they
    /// are.
    func type(_ keys: String...) throws {
        for key in keys { try tmux(["send-keys", key]) }
    }

    /// Pulls the plug: the program is killed where it stands.
    func pull() throws {
        let pid = try String(contentsOfFile: pidFile, encoding: .utf8)
        let process = try #require(Int32(pid.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(process, SIGKILL) == 0)
        try tmux(["kill-server"])
    }

    func resize(columns: Int, rows: Int) throws {
        try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// What the window shows now; with `styles`, its colours as escape sequences.
    func screen(styles: Bool = false) throws -> String {
        try tmux(["capture-pane", "-p"] + (styles ? ["-e"] : []))
    }

    /// Waits until the window shows a text: as long as it takes on a slow machine, and no longer than
    /// two minutes.
    @discardableResult
    func wait(for text: String) throws -> String {
        var last = ""
        for _ in 0..<2400 {
            last = try screen()
            if last.contains(text) { return last }
            usleep(50_000)
        }
        Issue.record("\"\(text)\" never came; the screen is:\n\(last)")
        return last
    }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        // The server that the first call leaves behind must hold none of our files open, or Process
        // would wait for it for ever.
        let closing = """
            for f in /proc/$$/fd/*; do f=${f##*/}; [ "$f" -gt 2 ] && eval "exec $f>&-"; done
            exec tmux "$@"
            """
        return try Self.run("/bin/bash", ["-c", closing, "tmux", "-S", socket] + arguments)
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["LC_ALL"] = "C.UTF-8"
        environment["TMUX"] = nil
        process.environment = environment
        // Into a file: tmux's server keeps the pipe of whoever starts it open.
        let path = NSTemporaryDirectory() + "laurel-tmux-" + UUID().uuidString + ".out"
        try Data().write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        process.standardOutput = FileHandle(forWritingAtPath: path)
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return try String(contentsOfFile: path, encoding: .utf8)
    }
}
