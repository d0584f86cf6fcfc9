internal import Competition
internal import Exact
internal import Findings
internal import Foundation
internal import GRDB
internal import Seal

extension Admission {
    /// A payment names a person, a benefit, a month of the calendar if any, and an amount, and is not
    /// recorded already; a bureau that names a city names its own.
    func checkPayment(_ body: JSONValue, speakers: [Appointment]) throws -> [Finding] {
        var findings = Self.needText(body, "benefit")
        if body["person"]?.string.flatMap({ Digest(hex: $0) }) == nil {
            findings.append(
                Self.refuse("payment.person", "应写明领取人", "a payment names the person paid")
            )
        }
        if (body["amount_fen"]?.int ?? 0) <= 0 {
            findings.append(
                Self.refuse(
                    "payment.amount",
                    "金额应为正的整数(分)",
                    "the amount is a positive number of fen"
                )
            )
        }
        if let month = body["month"], month.string.flatMap({ Day($0 + "-01") }) == nil {
            findings.append(
                Self.refuse(
                    "payment.month",
                    "月份应如 2023-05",
                    "a month is written such as 2023-05"
                )
            )
        }
        if try isPaid(body) {
            findings.append(
                Self.refuse(
                    "payment.twice",
                    "此人此项此月已记录过发放",
                    "this benefit was recorded as paid to the person for the month before"
                )
            )
        }
        if let city = body["city"] {
            let own = speakers.contains { speaker in
                speaker.delegation != nil && speaker.delegation?.text == city.string
            }
            if !own {
                findings.append(
                    Self.refuse(
                        "payment.other-city",
                        "人社局只能记录本市人员的发放",
                        "a bureau records payments to people of its own city only"
                    )
                )
            }
        }
        return findings
    }

    /// Whether the same benefit was recorded for the same person and month.
    private func isPaid(_ body: JSONValue) throws -> Bool {
        guard let person = body["person"]?.string.flatMap({ Digest(hex: $0) }),
            let benefit = body["benefit"]?.string
        else { return false }
        return try Int.fetchOne(
            db,
            sql: "SELECT 1 FROM payment WHERE person = ? AND benefit = ? AND month IS ?",
            arguments: [Data(person.bytes), benefit, body["month"]?.string]
        ) != nil
    }
}
