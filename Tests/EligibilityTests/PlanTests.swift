import Eligibility
import Exact
import Findings
import Rules
import Testing

/// The best lawful plan, held against every schedule there is.
@Suite struct PlanTests {
    private static let source = Citation(document: "d", paragraph: "1", quote: "")
    private static let from = Day(year: 2023, month: 1, day: 15)

    /// A benefit of a made-up policy, for every case of a small world.
    private struct Sketch {
        var yuan: [Int]
        var months: Int?
        var isOnce = false
        var excludes: [Int] = []
    }

    /// The amount of a month comes from a fact of one's age, so that it can change in between.
    private static func policy(_ sketches: [Sketch], breaks: Bool?) throws -> Policy {
        let benefits = sketches.enumerated().map { index, sketch -> Benefit in
            let term = sketch.months.map {
                Term(months: $0, breaksSetting: "breaks", citation: source)
            }
            return Benefit(
                id: "b\(index)",
                title: Text(same: "b\(index)"),
                kind: sketch.isOnce ? .once : .monthly(term),
                when: .always,
                combine: .single,
                combineCitation: nil,
                tiers: tiers(sketch.yuan),
                exclusions: sketch.excludes.map {
                    Exclusion(
                        benefits: ["b\($0)"],
                        when: .always,
                        isOneWay: false,
                        citation: source
                    )
                },
                bring: [],
                citation: source
            )
        }
        return Policy(
            id: "p",
            title: Text(same: "p"),
            region: "210100",
            inForce: nil,
            statedCurrentOn: Day("2020-01-01"),
            checkedOn: try #require(Day("2023-01-01")),
            ownFacts: [],
            settings: [PolicySetting(id: "breaks", question: Text(same: "?"), value: breaks)],
            benefits: benefits,
            examples: []
        )
    }

    /// Before one turns 30 the first amount, from then on the second.
    private static func tiers(_ yuan: [Int]) -> [BenefitTier] {
        let conditions: [Condition] = [
            .test(fact: "birth_date", .ageAtMost(29, on: "decision_date")),
            .test(fact: "birth_date", .ageAtLeast(30, on: "decision_date")),
        ]
        return zip(yuan, conditions).enumerated().map { index, pair in
            BenefitTier(
                id: "t\(index)",
                amount: .fixed(Money(amountFen: pair.0 * 100)),
                when: pair.1,
                citation: source
            )
        }
    }

    /// Every schedule that stays lawful when it is paid month by month: each payment is one that the
    /// policy itself decides as due, given what was paid before it, in whichever order of the month.
    private static func mostByTrying(
        _ policy: Policy,
        _ facts: Facts,
        _ day: Day,
        months: Int,
        paid: [PaidMonth]
    ) -> Int {
        guard months > 0 else { return 0 }
        let next = Day(
            year: day.month == 12 ? day.year + 1 : day.year,
            month: day.month % 12 + 1,
            day: day.day
        )
        guard let next else { return 0 }
        var most = 0
        for set in 0..<(1 << policy.benefits.count) {
            var history = paid
            var worth = 0
            var isLawful = true
            for (index, benefit) in policy.benefits.enumerated() where set >> index & 1 == 1 {
                let due = policy.decide(benefit, facts, on: day, paid: history).entitlement
                guard case .eligible(let money) = due else {
                    isLawful = false
                    break
                }
                worth += money.amountFen
                let month =
                    if case .monthly = benefit.kind { String(day.description.prefix(7)) } else {
                        String?.none
                    }
                history.append(PaidMonth(benefit: benefit.id, month: month))
            }
            guard isLawful else { continue }
            most = max(
                most,
                worth
                    + mostByTrying(policy, facts, next, months: months - 1, paid: history)
            )
        }
        return most
    }

    @Test func thePlanIsWorthAsMuchAsTheBestOfAllSchedules() throws {
        var random = Dice(state: 20_230_308)
        let from = try #require(Self.from)
        for trial in 0..<120 {
            let count = 2 + random.below(2)
            var sketches = (0..<count).map { _ in
                Sketch(
                    yuan: [random.below(5), random.below(5)],
                    months: random.below(3) == 0 ? nil : 1 + random.below(4),
                    isOnce: random.below(5) == 0
                )
            }
            for a in 0..<count {
                for b in 0..<a where random.below(2) == 0 {
                    sketches[a].excludes.append(b)
                    sketches[b].excludes.append(a)
                }
            }
            let breaks: Bool? = [true, false, nil][random.below(3)]
            let policy = try Self.policy(sketches, breaks: breaks)
            let birthday = try #require(Day(year: 1993, month: 1 + random.below(4), day: 15))
            let facts = Facts(["birth_date": .day(birthday)])
            let paid =
                random.below(3) == 0 ? [PaidMonth(benefit: "b0", month: "2022-12")] : []
            let months = count == 3 ? 3 : 4
            let plan = policy.plan(facts, from: from, paid: paid, months: months)
            let best = Self.mostByTrying(policy, facts, from, months: months, paid: paid)
            #expect(plan.worth?.low.amountFen == best, "trial \(trial): \(sketches)")
            #expect(plan.worth?.high == plan.worth?.low)
        }
    }

    @Test func theRunnerUpAndTheDifferenceAreSaid() throws {
        let policy = try Self.policy(
            [
                Sketch(yuan: [30, 30], months: 36, excludes: [1]),
                Sketch(yuan: [12, 12], months: 36, excludes: [0]),
                Sketch(yuan: [5, 5], months: nil),
            ],
            breaks: nil
        )
        let facts = Facts(["birth_date": .day(try #require(Day("2000-01-01")))])
        let plan = policy.plan(facts, from: try #require(Self.from))
        #expect(plan.months == 36)
        #expect(plan.parts.map(\.benefit) == ["b2"])
        let choice = try #require(plan.choices.first)
        guard case .chosen(let chosen) = choice.outcome else {
            Issue.record("open")
            return
        }
        #expect(chosen.parts.map(\.benefit) == ["b0"])
        #expect(chosen.parts.first?.spans.first?.to == "2025-12")
        #expect(chosen.worth.low == Money(amountFen: 36 * 3_000))
        #expect(chosen.runnerUp?.parts.map(\.benefit) == ["b1"])
        #expect(chosen.runnerUp?.less == Money(amountFen: 36 * 1_800))
        // A longer plan takes the other once the first is used up.
        let long = policy.plan(facts, from: try #require(Self.from), months: 72)
        #expect(long.worth?.low == Money(amountFen: 36 * 4_200 + 72 * 500))
    }

    @Test func ofEqualWorthTheFirstInThePolicyIsTakenAndSaid() throws {
        let policy = try Self.policy(
            [
                Sketch(yuan: [7, 7], months: 2, excludes: [1]),
                Sketch(yuan: [7, 7], months: 2, excludes: [0]),
            ],
            breaks: true
        )
        let facts = Facts(["birth_date": .day(try #require(Day("2000-01-01")))])
        let plan = policy.plan(facts, from: try #require(Self.from), months: 2)
        guard case .chosen(let chosen)? = plan.choices.first?.outcome else {
            Issue.record("open")
            return
        }
        #expect(chosen.isTie)
        #expect(chosen.parts.map(\.benefit) == ["b0"])
    }

    /// Never chosen on a guess: what is open is named.
    @Test func whereAnOpenFactDecidesTheChoiceStaysOpen() throws {
        var policy = try PolicyFolder.policy("shenyang-2022")
        policy = policy.keeping(["flat-high-level", "living-graduate"])
        var facts = Facts([
            "other_conditions_confirmed": .truth(true), "flat_available": .truth(true),
            "talent_class": .word("B"), "education": .word("doctor"),
            "enterprise_staff": .truth(true),
        ])
        let day = try #require(Day("2023-05-15"))
        let open = policy.plan(facts, from: day)
        guard case .open(let missing, let worth)? = open.choices.first?.outcome else {
            Issue.record("chosen")
            return
        }
        #expect(missing == ["monthly_rent_yuan"])
        #expect(worth.low == Money(amountFen: 36 * 250_000))
        #expect(worth.high == Money(amountFen: 36 * 300_000))
        facts["monthly_rent_yuan"] = .number(Rational(2_600))
        guard case .chosen(let chosen)? = policy.plan(facts, from: day).choices.first?.outcome
        else {
            Issue.record("open")
            return
        }
        #expect(chosen.parts.map(\.benefit) == ["flat-high-level"])
        #expect(chosen.runnerUp?.less == Money(amountFen: 36 * 10_000))
    }
}

/// Numbers by chance that are the same in every run.
struct Dice {
    var state: UInt64

    /// Source: Sebastiano Vigna, splitmix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

extension Policy {
    /// The policy with some of its benefits only.
    func keeping(_ names: [String]) -> Policy {
        Policy(
            id: id,
            title: title,
            region: region,
            inForce: inForce,
            statedCurrentOn: statedCurrentOn,
            checkedOn: checkedOn,
            ownFacts: ownFacts,
            settings: settings,
            benefits: benefits.filter { names.contains($0.id) },
            examples: []
        )
    }
}
