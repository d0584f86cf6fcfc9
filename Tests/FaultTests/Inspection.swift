import Foundation
import Testing

/// What opening and auditing a record says, asked in a process of its own: a damaged record must not
/// be able to end the tests, and whether it ends the audit is a thing to count.
struct Inspection {
    /// What is wrong with the record; empty where nothing was found.
    let faults: [String]
    /// Whether the audit crashed.
    let crashed: Bool

    static func of(_ path: String) throws -> Inspection {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let child = try Child(["inspect", path], in: folder)
        let code = child.wait()
        let findings = child.lines.filter { $0.hasPrefix("finding ") }
        if code < 0 { return Inspection(faults: ["the audit crashed (\(code))"], crashed: true) }
        if code > 0 { return Inspection(faults: [child.complaint], crashed: false) }
        try #require(child.lines.last?.hasPrefix("audited ") == true)
        return Inspection(faults: findings, crashed: false)
    }
}
