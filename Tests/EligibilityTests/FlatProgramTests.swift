import Eligibility
import Exact
import Findings
import Rules
import Testing

/// The flat program comes to the same as the plain evaluator, for people by chance.
@Suite struct FlatProgramTests {
    @Test(arguments: PolicyFolder.names, ["2023-05-15", "2022-01-31", "2024-02-29"])
    func flatAndPlainComeToTheSame(name: String, on: String) throws {
        let policy = try PolicyFolder.policy(name)
        let day = try #require(Day(on))
        let program = try FlatProgram([policy], on: day)
        var dice = Dice(state: UInt64(on.utf8.reduce(0) { $0 * 31 + Int($1) }))
        let people = (0..<500).map { _ in Self.person(policy, day, &dice) }
        let columns = try #require(program.columns(of: people))
        let flat = program.run(columns)
        #expect(flat.columns.count == policy.benefits.count)
        for (row, facts) in people.enumerated() {
            for (place, benefit) in policy.benefits.enumerated() {
                let plain = policy.decide(benefit, facts, on: day).entitlement
                let column = flat.columns[place]
                let code = column.code(at: row)
                let (low, high) = column.amounts(at: row)
                let amounts = column.hasAmounts ? (Int(low), Int(high)) : nil
                let isSame = Self.isSame(plain, code, amounts)
                #expect(isSame, "\(benefit.id) \(plain) \(code) \(facts)")
            }
        }
    }

    private static func isSame(
        _ plain: Entitlement,
        _ code: FlatDecisions.Code,
        _ amounts: (low: Int, high: Int)?
    ) -> Bool {
        switch (plain, code) {
        case (.eligible(let money), .eligible):
            amounts ?? (0, 0) == (money.amountFen, money.amountFen)
        case (.undetermined(_, let range?), .undetermined):
            amounts ?? (0, 0) == (range.lowerBound.amountFen, range.upperBound.amountFen)
        case (.undetermined(_, nil), .undetermined):
            amounts.map { $0.high == Int(FlatDecisions.unbounded) } ?? true
        case (.ineligible, .ineligible), (.notInForce, .notInForce), (.negotiated, .negotiated),
            (.discretionary, .discretionary), (.catalogue, .catalogue):
            true
        default: false
        }
    }

    /// Each fact is known of two in three; days lie at the bounds, a day before and after.
    private static func person(_ policy: Policy, _ day: Day, _ dice: inout Dice) -> Facts {
        var facts = Facts()
        let lists = policy.benefits.flatMap { $0.when.tests + $0.tiers.flatMap(\.when.tests) }
        for fact in policy.vocabulary.declarations
        where fact.name != "decision_date" && dice.below(3) > 0 {
            switch fact.type {
            case .truth: facts[fact.name] = .truth(dice.below(2) == 0)
            case .word where !fact.words.isEmpty:
                facts[fact.name] = .word(fact.words[dice.below(fact.words.count)])
            case .word: break
            case .number: facts[fact.name] = .number(Rational(dice.below(120) * dice.below(60)))
            case .day:
                let years = [5, 28, 29, 30, 31, 33, 34, 36, 38, 41, 43, 44, 46, 55, 56][
                    dice.below(15)
                ]
                let near = day.daysSince1970 - years * 36_525 / 100 + dice.below(5) - 2
                facts[fact.name] = Day(daysSince1970: near).map(FactValue.day)
            case .words:
                let named = lists.compactMap { test in
                    if case .includes(let word) = test.test { word } else { nil }
                }
                let some = Set(named.sorted().filter { _ in dice.below(3) == 0 })
                facts[fact.name] = dice.below(2) == 0 ? .words(some) : .someWords(some)
            }
        }
        return facts
    }

    @Test func whatCanNotBeLaidExactlyIsForThePlainEvaluator() throws {
        let policy = try PolicyFolder.policy("shenyang-2022")
        let program = try FlatProgram([policy], on: try #require(Day("2023-05-15")))
        let third = try Rational(1, over: 3)
        #expect(program.columns(of: [Facts(["monthly_rent_yuan": .number(third)])]) == nil)
        #expect(program.columns(of: [Facts(["education": .word("kindergarten")])]) == nil)
    }
}
