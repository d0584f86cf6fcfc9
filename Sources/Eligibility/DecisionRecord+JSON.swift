internal import Exact
internal import Rules
public import Seal

extension DecisionRecord {
    /// The document: its content, and the hash of it.
    public var json: JSONValue {
        guard case .object(let members) = content else { return content }
        return .object(members + [.init("hash", .string(hash.hex))])
    }

    /// All that the hash is of.
    var content: JSONValue {
        [
            "schema": .string(Self.schema), "name": .string(name),
            "person": .optional(person?.hex), "on": .string(on.description),
            "policy": [
                "id": .string(policy.id), "version": .string(policy.version),
                "hash": .optional(policy.hash?.hex),
            ],
            "facts": .object(
                facts.names.compactMap { name in
                    facts[name].map { JSONValue.Member(name, $0.json) }
                }
            ),
            "honours": .array(
                honours.map {
                    [
                        "id": .string($0.id), "rule": .string($0.rule), "state": .string($0.state),
                        "conferral": .optional($0.conferral?.hex),
                    ]
                }
            ),
            "ledger": ledger.map {
                ["position": .int($0.position), "head": .optional($0.head?.hex)]
            } ?? .null,
            "paid": .array(
                paid.map {
                    [
                        "policy": .optional($0.policy), "benefit": .string($0.benefit),
                        "month": .optional($0.month),
                    ]
                }
            ),
            "benefits": .array(outcomes.map(\.json)),
        ]
    }

    /// Reads a document; nil where it is none of this form, or where its hash is not that of its
    /// content.
    ///
    /// - Parameter json: the document.
    public init?(json: JSONValue) {
        guard let read = Self(members: json), json["hash"]?.string == read.hash.hex,
            read.json.canonical == json.canonical
        else { return nil }
        self = read
    }

    /// Whether a document says that it is a decision, however it may be damaged.
    public static func isDecision(_ json: JSONValue) -> Bool { json["schema"]?.string == schema }

    private init?(members json: JSONValue) {
        guard Self.isDecision(json), let name = json["name"]?.string,
            let on = json["on"]?.string.flatMap({ Day($0) }), let policy = json["policy"],
            let id = policy["id"]?.string, let version = policy["version"]?.string,
            case .object(let factMembers)? = json["facts"],
            let honours = json["honours"]?.array, let paid = json["paid"]?.array,
            let benefits = json["benefits"]?.array
        else { return nil }
        var facts = Facts()
        for member in factMembers {
            guard let value = FactValue(json: member.value) else { return nil }
            facts[member.name] = value
        }
        let outcomes = benefits.compactMap(Outcome.init(json:))
        let payments = paid.compactMap(PaidMonth.init(json:))
        let stamps = honours.compactMap(HonourStamp.init(json:))
        guard outcomes.count == benefits.count, payments.count == paid.count,
            stamps.count == honours.count
        else { return nil }
        self.init(
            name: name,
            person: json["person"]?.digest,
            on: on,
            policy: PolicyStamp(id: id, version: version, hash: policy["hash"]?.digest),
            facts: facts,
            honours: stamps,
            ledger: json["ledger"].flatMap { ledger in
                ledger["position"]?.int.map { .init(position: $0, head: ledger["head"]?.digest) }
            },
            paid: payments,
            outcomes: outcomes
        )
    }
}

extension JSONValue {
    fileprivate var digest: Digest? { string.flatMap { Digest(hex: $0) } }

    fileprivate var strings: [String]? {
        guard let list = array else { return nil }
        let strings = list.compactMap(\.string)
        return strings.count == list.count ? strings : nil
    }
}

extension PaidMonth {
    fileprivate init?(json: JSONValue) {
        guard let benefit = json["benefit"]?.string else { return nil }
        self.init(
            policy: json["policy"]?.string,
            benefit: benefit,
            month: json["month"]?.string
        )
    }
}

extension DecisionRecord.HonourStamp {
    fileprivate init?(json: JSONValue) {
        guard let id = json["id"]?.string, let rule = json["rule"]?.string,
            let state = json["state"]?.string
        else { return nil }
        self.init(id: id, rule: rule, state: state, conferral: json["conferral"]?.digest)
    }
}

extension DecisionRecord.Outcome {
    fileprivate var json: JSONValue {
        guard case .object(let members) = entitlement.json else { return .null }
        return .object(
            members + [
                .init("benefit", .string(benefit)),
                .init("tiers", .array(tiers.map(JSONValue.string))),
                .init("months_left", monthsLeft.map(JSONValue.int) ?? .null),
                .init("facts_used", .array(usedFacts.map(JSONValue.string))),
            ]
        )
    }

    fileprivate init?(json: JSONValue) {
        guard let benefit = json["benefit"]?.string, let entitlement = Entitlement(json: json),
            let tiers = json["tiers"]?.strings, let used = json["facts_used"]?.strings
        else { return nil }
        self.init(
            benefit: benefit,
            entitlement: entitlement,
            tiers: tiers,
            monthsLeft: json["months_left"]?.int,
            usedFacts: used
        )
    }
}

extension Entitlement {
    /// The outcome with what belongs to it; amounts in fen.
    public var json: JSONValue {
        var members: [JSONValue.Member] = [.init("outcome", .string(name))]
        switch self {
        case .eligible(let money): members.append(.init("amount_fen", .int(money.amountFen)))
        case .undetermined(let missing, let range):
            members.append(.init("missing", .array(missing.map(JSONValue.string))))
            let bounds = range.map { ($0.lowerBound.amountFen, $0.upperBound.amountFen) }
            members.append(.init("low_fen", bounds.map { .int($0.0) } ?? .null))
            members.append(.init("high_fen", bounds.map { .int($0.1) } ?? .null))
        case .excluded(let other): members.append(.init("excluded_by", .string(other)))
        case .exhausted(let used, let limit):
            members += [.init("used", .int(used)), .init("limit", .int(limit))]
        case .ineligible, .notInForce, .discretionary, .negotiated, .catalogue: break
        }
        return .object(members)
    }

    fileprivate init?(json: JSONValue) {
        switch json["outcome"]?.string {
        case "eligible":
            guard let fen = json["amount_fen"]?.int else { return nil }
            self = .eligible(Money(amountFen: fen))
        case "undetermined":
            guard let missing = json["missing"]?.strings else { return nil }
            var range: ClosedRange<Money>?
            if let low = json["low_fen"]?.int, let high = json["high_fen"]?.int, low <= high {
                range = Money(amountFen: low)...Money(amountFen: high)
            }
            self = .undetermined(missing: missing, range: range)
        case "excluded":
            guard let other = json["excluded_by"]?.string else { return nil }
            self = .excluded(by: other)
        case "exhausted":
            guard let used = json["used"]?.int, let limit = json["limit"]?.int else { return nil }
            self = .exhausted(used: used, limit: limit)
        case "ineligible": self = .ineligible
        case "not-in-force": self = .notInForce
        case "discretionary": self = .discretionary
        case "negotiated": self = .negotiated
        case "catalogue": self = .catalogue
        default: return nil
        }
    }
}

extension FactValue {
    /// The value under the name of its kind; a number as a fraction, so that it is exact.
    var json: JSONValue {
        func list(_ words: Set<String>) -> JSONValue {
            .array(words.sorted().map(JSONValue.string))
        }
        return switch self {
        case .truth(let truth): ["truth": .bool(truth)]
        case .word(let word): ["word": .string(word)]
        case .number(let number): ["number": .string(number.fraction)]
        case .day(let day): ["day": .string(day.description)]
        case .words(let words): ["words": list(words)]
        case .someWords(let words): ["some_words": list(words)]
        }
    }

    init?(json: JSONValue) {
        guard case .object(let members) = json, members.count == 1, let member = members.first
        else { return nil }
        let value = member.value
        switch member.name {
        case "truth":
            guard let truth = value.bool else { return nil }
            self = .truth(truth)
        case "word":
            guard let word = value.string else { return nil }
            self = .word(word)
        case "number":
            let parts = (value.string ?? "").split(separator: "/").map { Int128($0) }
            guard (1...2).contains(parts.count), let numerator = parts[0],
                let denominator = parts.count == 2 ? parts[1] : 1,
                let number = try? Rational(numerator, over: denominator)
            else { return nil }
            self = .number(number)
        case "day":
            guard let day = value.string.flatMap({ Day($0) }) else { return nil }
            self = .day(day)
        case "words":
            guard let words = value.strings else { return nil }
            self = .words(Set(words))
        case "some_words":
            guard let words = value.strings else { return nil }
            self = .someWords(Set(words))
        default: return nil
        }
    }
}
