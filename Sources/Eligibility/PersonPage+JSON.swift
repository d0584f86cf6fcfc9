internal import Exact
internal import Findings
public import Seal

extension PersonPage {
    /// The page for programs, every text in both languages.
    public var json: JSONValue {
        [
            "heading": heading.json, "remarks": .array(remarks.map(\.json)),
            "entries": .array(
                entries.map { entry in
                    [
                        "benefit": .string(entry.benefit), "title": entry.title.json,
                        "outcome": .string(entry.name), "outcome_text": entry.outcome.json,
                        "lines": .array(
                            entry.lines.map {
                                [
                                    "kind": .string($0.kind), "label": $0.label.json,
                                    "text": $0.text.json,
                                ]
                            }
                        ),
                    ]
                }
            ), "plan": .array(plan.map(\.json)),
        ]
    }
}

extension Text {
    fileprivate var json: JSONValue { ["zh": .string(zh), "en": .string(en)] }
}

extension BenefitPlan {
    /// The plan for programs; amounts in fen.
    public var json: JSONValue {
        [
            "from": .string(from.description), "months": .int(months),
            "parts": .array(parts.map(\.json)), "choices": .array(choices.map(\.json)),
            "not_counted": .array(notCounted.map(JSONValue.string)),
            "worth": worth?.json ?? .null,
        ]
    }
}

extension BenefitPlan.WorthRange {
    fileprivate var json: JSONValue {
        [
            "low_fen": .int(low.amountFen),
            "high_fen": high.map { .int($0.amountFen) } ?? .null,
        ]
    }
}

extension BenefitPlan.Part {
    fileprivate var json: JSONValue {
        [
            "benefit": .string(benefit), "worth": worth.json,
            "missing": .array(missing.map(JSONValue.string)),
            "spans": .array(
                spans.map {
                    ["from": .string($0.from), "to": .string($0.to), "months": .int($0.count)]
                }
            ),
        ]
    }
}

extension BenefitPlan.Choice {
    fileprivate var json: JSONValue {
        let among = JSONValue.array(among.map(JSONValue.string))
        switch outcome {
        case .chosen(let chosen):
            return [
                "among": among, "outcome": "chosen", "parts": .array(chosen.parts.map(\.json)),
                "worth": chosen.worth.json, "tie": .bool(chosen.isTie),
                "runner_up": chosen.runnerUp.map {
                    [
                        "without": .string($0.without), "parts": .array($0.parts.map(\.json)),
                        "worth_fen": .int($0.worth.amountFen), "less_fen": .int($0.less.amountFen),
                    ]
                } ?? .null,
            ]
        case .open(let missing, let worth):
            return [
                "among": among, "outcome": "open",
                "missing": .array(missing.map(JSONValue.string)), "worth": worth.json,
            ]
        case .tooMany: return ["among": among, "outcome": "too-many"]
        }
    }
}
