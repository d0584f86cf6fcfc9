public import Competition
public import Exact
internal import Findings
internal import Honours
public import Ledger
public import Seal

extension Office {
    /// Keeps the members of an entrant from honours for a term, in every item in which they compete.
    ///
    /// - Parameters:
    ///   - entrant: the entrant's code.
    ///   - item: the entrant's item.
    ///   - measure: the measure, which the event's rules name.
    ///   - from: the first day.
    ///   - until: the last day; nil where the measure has a term of its own.
    ///   - isEndless: whether a measure without a term of its own is meant to have no end.
    ///   - reason: why.
    ///   - key: the organiser's.
    /// - Returns: the receipt.
    /// - Throws: a `Refusal` where there is no such entrant or measure, or where the term is not clear.
    public func sanction(
        _ entrant: String,
        in item: ItemID,
        measure: String,
        from: Day,
        until: Day? = nil,
        isEndless: Bool = false,
        reason: String,
        by key: SigningKey
    ) throws -> Receipt {
        guard let known = honourRules.sanction(measure) else {
            let names = honourRules.sanctions.map(\.id).joined(separator: ", ")
            throw Refusal(
                "sanction.measure",
                Text(
                    "赛事规则没有惩戒措施“\(measure)”;现有:\(names.isEmpty ? "无" : names)",
                    "the event's rules have no measure \"\(measure)\"; there are: \(names.isEmpty ? "none" : names)"
                )
            )
        }
        let persons = try everywhere(entrant, in: item).flatMap(\.members).map(\.hex)
        var members: [JSONValue.Member] = [
            .init("action", "sanction"), .init("from", .string(from.description)),
            .init("measure", .string(measure)),
            .init("persons", .array(persons.sorted().map(JSONValue.string))),
        ]
        if let last = try lastDay(known, from, until, isEndless) {
            members.append(.init("until", .string(last.description)))
        }
        return try say(.honour, members, "reason", reason, by: key)
    }

    /// A term of so many months ends on the day before the same day of the month.
    private func lastDay(
        _ measure: SanctionMeasure,
        _ from: Day,
        _ until: Day?,
        _ isEndless: Bool
    ) throws -> Day? {
        let stated = (until == nil ? 0 : 1) + (isEndless ? 1 : 0)
        guard stated == (measure.months == nil ? 1 : 0) else {
            throw Refusal(
                "sanction.term",
                measure.months.map {
                    Text(
                        "“\(measure.title.zh)”的期限已由规则定为 \($0) 个月,不另写",
                        "the rules give \"\(measure.title.en)\" a term of \($0) months; none is stated beside it"
                    )
                }
                    ?? Text(
                        "“\(measure.title.zh)”没有固定期限,应写明最后一天或无期限(二者之一)",
                        "\"\(measure.title.en)\" has no term of its own: state the last day, or that it has no end"
                    )
            )
        }
        guard let months = measure.months else { return until }
        return from.adding(months: months).flatMap { Day(daysSince1970: $0.daysSince1970 - 1) }
    }

    /// Lifts a sanction before its end.
    ///
    /// - Parameters:
    ///   - position: the sanction's position in the chain.
    ///   - reason: why.
    ///   - key: the organiser's.
    /// - Returns: the receipt.
    /// - Throws: a `Refusal` where there is none, or with what the door refuses.
    public func liftSanction(
        at position: Int,
        reason: String,
        by key: SigningKey
    ) throws -> Receipt {
        guard let row = try record.sanctions().first(where: { $0.position == position }) else {
            throw Refusal(
                "sanction.unknown",
                Text("第 \(position) 条不是惩戒", "entry \(position) is no sanction")
            )
        }
        return try say(
            .honour,
            [.init("action", "lift"), .init("sanction", .string(row.id.hex))],
            "reason",
            reason,
            by: key
        )
    }
}
