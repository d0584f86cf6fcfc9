import Competition
import Foundation
import Ledger
import Secretariat

/// Reads standings and sheets again and again, until a file appears.
struct Reader {
    let record: String
    let until: String

    init(_ arguments: inout Arguments) throws {
        record = try arguments.required("RECORD")
        guard let until = arguments.option("until") else { throw Misuse(text: "--until") }
        self.until = until
    }

    func run() throws {
        let office = try Office.open(record)
        let items = office.catalogue.event.items.map(\.id)
        say("ready")
        var (reads, longest) = (0, 0.0)
        while !FileManager.default.fileExists(atPath: until) {
            for item in items {
                longest = max(longest, try milliseconds { _ = try office.record.sheets(of: item) })
                longest = max(longest, try milliseconds { _ = try office.standings(of: item) })
                reads += 2
            }
        }
        say("reads \(reads) longest \(String(format: "%.1f", longest))")
    }
}
