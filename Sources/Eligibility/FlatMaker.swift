internal import Exact
internal import Findings
internal import Rules

/// Collects the tests of policies while they are made flat.
struct FlatMaker {
    let vocabulary: Vocabulary
    let day: Day
    var settled: [String: Bool] = [:]
    var tests = FlatTests()
    var numbers: [String] = []
    var tiers: [FlatProgram.Tier] = []
    var allSteps: [FlatProgram.Step] = []
    var depth = 1
    var words: [String: [String]] = [:]

    private var known: Facts { Facts(["decision_date": .day(day)]) }

    mutating func unit(
        _ policy: Policy,
        _ benefit: Benefit
    ) throws(FlatProgram.Fault) -> FlatProgram.Unit {
        let first = tiers.count
        var parted: FlatProgram.Stretch?
        var partedBy: String?
        for tier in benefit.tiers {
            tiers.append(
                FlatProgram.Tier(
                    when: try steps(tier.when),
                    amount: try amount(tier.amount, of: benefit)
                )
            )
            guard case .rent(let rent) = tier.amount, rent.partedIf != partedBy else { continue }
            // One setting a benefit; more are for the plain evaluator.
            guard partedBy == nil else { throw .notExact(benefit.id) }
            partedBy = rent.partedIf
            parted = try steps(.test(fact: rent.partedIf, .equals(.truth(true))))
        }
        var highest: FlatProgram.Stretch?
        if benefit.combine == .open, let setting = benefit.highestSetting {
            highest = try steps(.test(fact: setting, .equals(.truth(true))))
        }
        let isDateOpen =
            policy.inForce == nil
            && (policy.statedCurrentOn.map { day < $0 } ?? (benefit.kind != .catalogue))
        let payment: FlatProgram.Payment =
            switch benefit.kind {
            case .monthly, .once: .amount
            case .discretionary: .discretionary
            case .catalogue: .catalogue
            }
        return FlatProgram.Unit(
            payment: payment,
            isNotInForce: policy.inForce.map { !$0.contains(day) } ?? false,
            isDateOpen: isDateOpen,
            when: try steps(benefit.when),
            tiers: first..<tiers.count,
            isHighest: benefit.combine == .highest,
            highest: highest,
            parted: parted
        )
    }

    private mutating func amount(
        _ amount: BenefitAmount,
        of benefit: Benefit
    ) throws(FlatProgram.Fault) -> FlatProgram.Amount {
        func whole(_ number: Int128) throws(FlatProgram.Fault) -> Int {
            guard let whole = Int(exactly: number), whole.magnitude < 1 << 30 else {
                throw .notExact(benefit.id)
            }
            return whole
        }
        switch amount {
        case .fixed(let money):
            guard money.amountFen <= PersonColumns.mostFen else { throw .notExact(benefit.id) }
            return .fixed(money.amountFen)
        case .negotiated: return .negotiated
        case .between: return .none
        case .share(let part, let fact, let cap):
            return .share(
                part: try whole(part.numerator),
                of: try whole(part.denominator),
                number: number(fact),
                cap: cap?.amountFen
            )
        case .rent(let rent):
            guard let cap = rent.areaCap.tenThousandths else { throw .notExact(benefit.id) }
            return .rent(
                FlatProgram.Rent(
                    part: try whole(rent.part.numerator),
                    of: try whole(rent.part.denominator),
                    cap: cap,
                    rent: number(Policy.monthlyRent),
                    area: number(Policy.rentedArea),
                    within: number(Policy.rentWithinArea)
                )
            )
        }
    }

    /// The place of a number that an amount is taken of.
    private mutating func number(_ fact: String) -> Int {
        if let place = numbers.firstIndex(of: fact) { return place }
        numbers.append(fact)
        return numbers.count - 1
    }

    private mutating func steps(
        _ condition: Condition
    ) throws(FlatProgram.Fault) -> FlatProgram.Stretch {
        let steps = try plainSteps(condition)
        // No sum needs more words at once than it has steps.
        depth = max(depth, steps.count)
        let first = allSteps.count
        allSteps += steps
        return first..<allSteps.count
    }

    private mutating func plainSteps(
        _ condition: Condition
    ) throws(FlatProgram.Fault) -> [FlatProgram.Step] {
        switch condition {
        case .always: return [.constant(.yes)]
        case .cited(let inner, _): return try plainSteps(inner)
        case .not(let inner): return try plainSteps(inner) + [.negate]
        case .all(let list):
            var steps: [FlatProgram.Step] = []
            for inner in list { steps += try plainSteps(inner) }
            return steps + [.all(list.count)]
        case .any(let list):
            var steps: [FlatProgram.Step] = []
            for inner in list { steps += try plainSteps(inner) }
            return steps + [.any(list.count)]
        case .test(let fact, let test):
            if let value = settled[fact] {
                return [.constant(condition.truth(Facts([fact: .truth(value)])))]
            }
            if fact == "decision_date" { return [.constant(condition.truth(known))] }
            return [.test(tests.place(of: fact, try asked(fact, test)))]
        }
    }

    private mutating func asked(
        _ fact: String,
        _ test: Test
    ) throws(FlatProgram.Fault) -> FlatTests.Asked {
        switch test {
        case .equals(.truth(let truth)): return .codes(truth ? 2 : 1)
        case .equals(.word(let word)): return try codes(fact, [word])
        case .oneOf(let words): return try codes(fact, words)
        case .equals(.number(let number)):
            return number.tenThousandths.map { .numbers($0...$0) } ?? .never
        case .atLeast(let bound):
            guard let scaled = bound.tenThousandths else { throw .notExact(fact) }
            return .numbers(scaled...Int.max)
        case .atMost(let bound):
            guard let scaled = bound.tenThousandths else { throw .notExact(fact) }
            return .numbers((Int.min + 1)...scaled)
        case .includes(let word):
            var list = words[fact] ?? []
            if !list.contains(word) { list.append(word) }
            guard list.count <= 32, let place = list.firstIndex(of: word) else {
                throw .tooManyWords(fact)
            }
            words[fact] = list
            return .bit(UInt32(place))
        case .equals(.day(let day)):
            let number = Int32(day.daysSince1970)
            return .days(number...number)
        case .ageAtMost, .ageAtLeast, .withinYears: return try days(fact, test)
        case .equals: return .never
        }
    }

    private func codes(
        _ fact: String,
        _ named: [String]
    ) throws(FlatProgram.Fault) -> FlatTests.Asked {
        let declared = vocabulary[fact]?.words ?? []
        guard declared.count <= 32 else { throw .tooManyWords(fact) }
        return .codes(
            named.reduce(0) { bits, word in
                declared.firstIndex(of: word).map { bits | 1 << UInt32($0) } ?? bits
            }
        )
    }

    /// The days that pass: all up to a last one, or all from a first one on.
    private func days(
        _ fact: String,
        _ test: Test
    ) throws(FlatProgram.Fault) -> FlatTests.Asked {
        guard test.comparedDay == "decision_date" else { throw .comparesTwoFacts(fact) }
        let declaration = vocabulary[fact] ?? FactDeclaration(fact, .day, Text(same: fact))
        let domain = FactDomain(declaration, [test], known)
        var passing: [Int32] = []
        var failing: [Int32] = []
        for case .day(let value) in domain.values {
            var facts = known
            facts[fact] = .day(value)
            let number = Int32(value.daysSince1970)
            if Condition.test(fact: fact, test).truth(facts) == .yes {
                passing.append(number)
            } else {
                failing.append(number)
            }
        }
        guard let pass = passing.first, let fail = failing.first else { throw .notExact(fact) }
        return pass > fail
            ? .days(pass...Int32.max) : .days((PersonColumns.unknownDay + 1)...pass)
    }
}
