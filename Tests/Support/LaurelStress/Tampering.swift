import Findings
import Foundation
import Ledger
import Seal
import Secretariat

/// Changes single bytes of a closed record's file, one at a time, and asks of each whether opening or
/// the audit reports it, or else whether anything that can be read has changed.
///
/// Says `at POSITION MASK` before and `found`, `harmless` or `missed WHAT` after; where it dies in
/// between, the next call goes on behind that place.
struct Tampering {
    let record: String
    let changes: [(position: Int, mask: UInt8)]

    init(_ arguments: inout Arguments) throws {
        record = try arguments.required("RECORD")
        let list = try String(contentsOfFile: try arguments.required("CHANGES"), encoding: .utf8)
        changes = list.split(separator: "\n").compactMap { line in
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            guard numbers.count == 2, let mask = UInt8(exactly: numbers[1]) else { return nil }
            return (numbers[0], mask)
        }
    }

    func run() throws {
        let original = try Data(contentsOf: URL(fileURLWithPath: record))
        let copy = record + ".\(getpid())"
        defer { remove(copy) }
        remove(copy)
        try original.write(to: URL(fileURLWithPath: copy))
        let dump = try RecordDump(copy)
        for change in changes {
            say("at \(change.position) \(change.mask)")
            var bytes = original
            bytes[change.position] ^= change.mask
            remove(copy)
            try bytes.write(to: URL(fileURLWithPath: copy))
            guard let findings = audit(copy) else {
                say("found by opening or auditing: an error")
                continue
            }
            guard findings.isEmpty else {
                say("found \(findings.joined(separator: ","))")
                continue
            }
            say("clean")
            do {
                let differences = try RecordDump(copy).differences(from: dump)
                if differences.isEmpty {
                    say("harmless")
                } else {
                    say("missed \(differences.prefix(3).joined(separator: "; "))")
                }
            } catch {
                say("missed reading fails: \("\(error)".prefix(120).replacing("\n", with: " "))")
            }
        }
    }

    /// The codes of the findings; nil where there was an error instead.
    private func audit(_ path: String) -> [String]? {
        (try? Office.open(path).record.audit())?.findings.map(\.code)
    }

    private func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }
}
