public import Eligibility
public import Exact
internal import Findings
public import Ledger
public import Seal

extension Office {
    /// Records what a bureau has paid: exclusions and limits read it.
    ///
    /// - Parameters:
    ///   - person: who was paid.
    ///   - policy: the policy.
    ///   - benefit: the benefit's name.
    ///   - month: the month it was for, `2023-05`, where it is monthly.
    ///   - amount: how much.
    ///   - key: who says so.
    /// - Returns: the receipt.
    /// - Throws: a ``Findings/Refusal`` where there is no such person, city or benefit, where the month
    ///   does not fit the benefit, or where that was recorded before.
    public func recordPayment(
        to person: Digest,
        policy: Policy,
        benefit: String,
        month: String?,
        amount: Money,
        by key: SigningKey
    ) throws -> Receipt {
        guard let found = policy.benefit(benefit), found.kind != .catalogue else {
            throw Refusal(
                "payment.benefit",
                Text(
                    "\(policy.id) 没有可发放的待遇 \(benefit)",
                    "\(policy.id) has no benefit \(benefit) that is paid"
                )
            )
        }
        let isMonthly = if case .monthly = found.kind { true } else { false }
        guard isMonthly == (month != nil) else {
            throw Refusal(
                "payment.month",
                isMonthly
                    ? Text("按月的待遇须写明月份", "a monthly benefit is paid for a month")
                    : Text("这项待遇不按月发放", "this benefit is not paid by the month")
            )
        }
        guard let city = Self.city(of: try record.people([person])[person]) else {
            throw Refusal(
                "payment.city",
                Text(
                    "档案中没有此人,或其参保地和单位所在地均未知",
                    "the record does not know the person, or neither city of insurance nor employer"
                )
            )
        }
        let name = policy.id + "/" + benefit
        let earlier = try record.payments(to: person)
        guard !earlier.contains(where: { $0.benefit == name && $0.month == month }) else {
            throw Refusal(
                "payment.twice",
                Text(
                    "\(name) \(month ?? "") 已记录过发放",
                    "a payment of \(name) \(month ?? "") was recorded before"
                )
            )
        }
        var body: [JSONValue.Member] = [
            JSONValue.Member("amount_fen", .int(amount.amountFen)),
            JSONValue.Member("benefit", .string(name)),
            JSONValue.Member("city", .string(city.code)),
            JSONValue.Member("person", .string(person.hex)),
        ]
        if let month { body.append(JSONValue.Member("month", .string(month))) }
        return try say(.payment, .object(body), by: key)
    }

    /// The payments to people of one city, with their names; the pull is noted in the ledger.
    ///
    /// - Parameters:
    ///   - city: the city's code.
    ///   - key: who asks.
    /// - Returns: the payments in the order they were recorded, and the receipt of the pull.
    /// - Throws: a ``Findings/Refusal`` where the city is not the speaker's own.
    public func pullPayments(
        city: String,
        by key: SigningKey
    ) throws -> (payments: [(name: String, person: Digest, payment: PaymentRow)], receipt: Receipt)
    {
        let all = try record.payments()
        let people = try record.people(all.map(\.person))
        let own = all.filter { Self.city(of: people[$0.person])?.code == city }
        let receipt = try pull("payments", city: city, count: own.count, by: key)
        return (own.map { (people[$0.person]?.name ?? "", $0.person, $0.payment) }, receipt)
    }
}
