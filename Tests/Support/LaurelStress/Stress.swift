import Findings
import Foundation
import Ledger
import Seal
import Secretariat

/// The child of the fault tests: writes or reads a record until it is done, killed or cut off.
///
/// `write RECORD KEYRING --judge NAME …` says what it does, a line at a time and unbuffered:
/// `ready`, then for each admission `try ID…`, then `ack ID` for each sheet that was acknowledged, and
/// at the end `done`. What is not printed was not acknowledged.
@main
struct Stress {
    static func main() {
        var arguments = Arguments(Array(CommandLine.arguments.dropFirst()))
        do {
            switch arguments.next() {
            case "write": try Writer(&arguments).run()
            case "read": try Reader(&arguments).run()
            case "sweep": try Sweep(&arguments).run()
            case "create": try create(&arguments)
            case "tamper": try Tampering(&arguments).run()
            case "inspect": try inspect(try arguments.required("RECORD"))
            default: throw Misuse(text: "write, read, create, sweep, tamper or inspect")
            }
        } catch let refusal as Refusal {
            fail(refusal.findings.map { "\($0.code): \($0.message.en)" }.joined(separator: "\n"))
        } catch {
            fail("\(error)")
        }
    }

    /// Makes a record from an event's folder, and says `ack` when it is made.
    private static func create(_ arguments: inout Arguments) throws {
        let folder = try arguments.required("FOLDER")
        let path = try arguments.required("RECORD")
        guard let root = SigningKey(seed: [UInt8](repeating: 1, count: 32)) else { return }
        try arguments.option("fault").map(Fault.init)?.arm()
        let office = try Office.create(
            folder: folder,
            into: path,
            root: root,
            person: "P-organiser",
            isRehearsal: true
        )
        // The record is closed only behind this line.
        withExtendedLifetime(office) { say("ack") }
    }

    /// Opens and audits a record; a line for each finding.
    private static func inspect(_ path: String) throws {
        let report = try Office.open(path).record.audit()
        for finding in report.findings { say("finding \(finding.code) \(finding.message.en)") }
        say("audited \(report.statements) \(report.root.hex) \(report.checkpoints)")
    }

    private static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data((text + "\n").utf8))
        exit(1)
    }
}
