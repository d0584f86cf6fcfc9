import Findings
import Foundation

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
            default: throw Misuse(text: "write, read or sweep")
            }
        } catch let refusal as Refusal {
            fail(refusal.findings.map { "\($0.code): \($0.message.en)" }.joined(separator: "\n"))
        } catch {
            fail("\(error)")
        }
    }

    private static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data((text + "\n").utf8))
        exit(1)
    }
}
