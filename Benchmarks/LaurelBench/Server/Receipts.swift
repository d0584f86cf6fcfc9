import Findings
import Ledger
import Seal

/// Holds what a server promised against what the record says.
struct Receipts {
    struct Outcome {
        var receipts = 0
        var lost = 0
        var doubled = 0
        var contradicted = 0
        var refused = 0
        var sheets = 0
        var faults: [String] = []

        var isClean: Bool {
            lost == 0 && doubled == 0 && contradicted == 0 && refused == 0 && faults.isEmpty
        }

        var text: String {
            "\(receipts) receipts: \(lost) lost, \(doubled) doubled, \(contradicted) contradicted, \(refused) refused; audit "
                + (faults.isEmpty
                    ? "clean" : "NOT CLEAN: " + faults.prefix(3).joined(separator: "; "))
        }
    }

    let answers: [LoadBoard.Answer]

    init(_ answers: [LoadBoard.Answer]) { self.answers = answers }

    func check(_ record: Record) throws -> Outcome {
        var outcome = Outcome()
        var standing: [Digest: Int] = [:]
        for position in 1...max(1, try record.length()) {
            guard let signed = try record.statement(at: position) else { continue }
            if standing.updateValue(position, forKey: signed.id) != nil { outcome.doubled += 1 }
            if signed.statement.kind == .sheet { outcome.sheets += 1 }
        }
        for answer in answers {
            guard answer.status == 200, let value = try? JSONValue(parsing: answer.body),
                let receipt = value["receipts"]?.array?.first.flatMap({ Receipt(json: $0) })
            else {
                outcome.refused += 1
                continue
            }
            outcome.receipts += 1
            guard let position = standing[answer.statement] else {
                outcome.lost += 1
                continue
            }
            // A sheet that is sent again gets the first receipt, and says so.
            let isSame = receipt.position == position && receipt.statement == answer.statement
            if !isSame || answer.isAgain && !receipt.isRepeat { outcome.contradicted += 1 }
        }
        outcome.faults = try record.audit().findings.map { $0.message.en }
        return outcome
    }
}
