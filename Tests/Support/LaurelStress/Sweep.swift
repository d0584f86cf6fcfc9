import CFaults
import Findings
import Foundation
import Ledger
import Seal
import Secretariat

/// Lets each operation fail in turn, one after the other, each on a fresh copy of a record.
///
/// After each fault the copy is opened again on a sound disk: every acknowledged sheet must be there,
/// a batch whole or not at all, and the audit clean. A line for each: `fault N OUTCOME`.
struct Sweep {
    let record: String
    let keyring: String
    let judge: String
    let range: ClosedRange<UInt64>
    let step: Int
    let isFull: Bool
    let forever: Bool
    let pages: Int32

    init(_ arguments: inout Arguments) throws {
        record = try arguments.required("RECORD")
        keyring = try arguments.required("KEYRING")
        judge = arguments.option("judge") ?? ""
        let (from, to) = (try arguments.number("from", 1), try arguments.number("to", 300))
        guard from > 0, to >= from else { throw Misuse(text: "--from --to") }
        range = UInt64(from)...UInt64(to)
        step = max(1, try arguments.number("step", 1))
        isFull = arguments.option("fault") == "full"
        forever = arguments.option("lasts") == "forever"
        pages = Int32(try arguments.number("checkpoint-after", 8))
    }

    func run() throws {
        let key = try Keyring(path: keyring, pin: Rehearsal.pin, cost: .rehearsal).key(judge)
        guard laurel_faults_install() == 0 else { throw Misuse(text: "no layer") }
        for operation in stride(from: range.lowerBound, through: range.upperBound, by: step) {
            let copy = record + ".sweep"
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: copy + suffix)
            }
            try FileManager.default.copyItem(atPath: record, toPath: copy)
            let attempt = write(copy, key, operation)
            let verdict = try self.verdict(copy, key, attempt)
            say("fault \(operation) \(attempt.outcome) \(verdict)")
            if attempt.outcome == "not-reached" { break }
        }
    }

    private struct Attempt {
        var acknowledged: [Digest] = []
        var batches: [[Digest]] = []
        var outcome = "unharmed"
        var before = 0
    }

    private func write(_ path: String, _ key: SigningKey, _ operation: UInt64) -> Attempt {
        var attempt = Attempt()
        laurel_faults_arm_error(operation, isFull ? 1 : 0, forever ? 1 : 0)
        defer { laurel_faults_disarm() }
        do {
            let office = try Office.open(path)
            _ = laurel_faults_checkpoint_after(pages)
            var supply = try SheetSupply(office: office, judge: judge, key: key, seed: operation)
            for size in [1, 1, 4, 1, 8] + Array(repeating: 1, count: 12) {
                let statements = try (0..<size).map { _ in try supply.next() }
                attempt.batches.append(statements.map(\.id))
                _ = try office.record.admit(statements, at: office.now())
                attempt.acknowledged += statements.map(\.id)
            }
        } catch let refusal as Refusal {
            attempt.outcome = "refused:" + (refusal.findings.first?.code ?? "")
        } catch {
            attempt.outcome = "error:" + "\(error)".prefix(60).replacing(" ", with: "_")
        }
        if laurel_faults_failures() == 0 { attempt.outcome = "not-reached" }
        return attempt
    }

    private func verdict(_ path: String, _ key: SigningKey, _ attempt: Attempt) throws -> String {
        let office = try Office.open(path)
        var held: [Digest: Int] = [:]
        for position in 1...(try office.record.length()) {
            guard let statement = try office.record.statement(at: position)
            else { return "BROKEN:\(position)" }
            held[statement.id, default: 0] += 1
        }
        let lost = attempt.acknowledged.filter { held[$0] != 1 }
        guard lost.isEmpty else { return "LOST:\(lost.count)" }
        for batch in attempt.batches {
            let there = batch.filter { held[$0] != nil }.count
            guard there == 0 || there == batch.count else { return "HALF:\(there)/\(batch.count)" }
        }
        let report = try office.record.audit()
        guard report.findings.isEmpty else {
            return "AUDIT:" + report.findings.map(\.code).joined(separator: ",")
        }
        // Writing goes on where it stopped.
        var supply = try SheetSupply(office: office, judge: judge, key: key, seed: 1)
        _ = try office.record.admit([try supply.next()], at: office.now())
        return "sound"
    }
}
