import CFaults
import Foundation
import Ledger
import Seal
import Secretariat

/// Admits sheets of one judge, or of a recorder for the panel, one by one or in batches.
struct Writer {
    let record: String
    let keyring: String
    let judge: String
    let count: Int
    let batch: Int
    let seed: UInt64
    let fault: Fault?
    let pages: Int
    let waits: String?

    init(_ arguments: inout Arguments) throws {
        record = try arguments.required("RECORD")
        keyring = try arguments.required("KEYRING")
        judge = arguments.option("judge") ?? ""
        count = try arguments.number("count", 10)
        batch = max(1, try arguments.number("batch", 1))
        seed = UInt64(try arguments.number("seed", 1))
        fault = try arguments.option("fault").map(Fault.init)
        pages = try arguments.number("checkpoint-after", 0)
        waits = arguments.option("wait-for")
    }

    func run() throws {
        // The key first: unlocking it is none of the record's operations.
        let key = try Keyring(path: keyring, pin: Rehearsal.pin, cost: .rehearsal).key(judge)
        try fault?.arm()
        let office = try Office.open(record)
        if pages > 0 {
            if fault == nil { _ = laurel_faults_install() }
            guard laurel_faults_checkpoint_after(Int32(pages)) == 0 else {
                throw Misuse(text: "--checkpoint-after needs --fault")
            }
        }
        var supply = try SheetSupply(office: office, judge: judge, key: key, seed: seed)
        say("ready")
        while let waits, !FileManager.default.fileExists(atPath: waits) { usleep(2000) }
        var longest = 0.0
        var left = count
        let start = Date()
        while left > 0 {
            let statements = try (0..<min(batch, left)).map { _ in try supply.next() }
            say("try " + statements.map(\.id.hex).joined(separator: " "))
            let took = try milliseconds {
                _ = try office.record.admit(statements, at: office.now())
            }
            say(statements.map { "ack " + $0.id.hex }.joined(separator: "\n"))
            longest = max(longest, took)
            left -= statements.count
        }
        let all = Date().timeIntervalSince(start) * 1000
        say("done \(Int(all)) \(Int(longest)) \(laurel_faults_operations())")
    }
}
