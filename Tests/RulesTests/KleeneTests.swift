import Exact
import Findings
import Rules
import Testing

@Suite struct KleeneTests {
    private let vocabulary = Vocabulary(
        ["a", "b", "c"].map { FactDeclaration($0, .truth, .init($0, $0)) }
            + [
                FactDeclaration("birth_date", .day, .init("出生", "birth")),
                FactDeclaration("decision_date", .day, .init("核定日", "decision")),
                FactDeclaration("honours", .words, .init("荣誉", "honours")),
                FactDeclaration("amount", .number, .init("数", "number")),
            ]
    )

    private func fact(_ name: String) -> Condition { .test(fact: name, .equals(.truth(true))) }

    private func facts(_ values: [String: Bool?]) -> Facts {
        Facts(values.compactMapValues { $0.map(FactValue.truth) })
    }

    private static let worlds: [(Bool?, Bool?)] = [true, false, nil].flatMap { a in
        [true, false, nil].map { (a, $0) }
    }

    /// Kleene's tables: the least for all, the greatest for any, no below unknown below yes.
    @Test(arguments: worlds)
    func allAndAnyFollowKleenesTables(a: Bool?, b: Bool?) {
        func order(_ value: Bool?) -> Int { value.map { $0 ? 2 : 0 } ?? 1 }
        let truths: [Truth] = [.no, .unknown, .yes]
        let known = facts(["a": a, "b": b])
        let all = Condition.all([fact("a"), fact("b")]).verdict(known, vocabulary)
        let any = Condition.any([fact("a"), fact("b")]).verdict(known, vocabulary)
        #expect(all.truth == truths[min(order(a), order(b))])
        #expect(any.truth == truths[max(order(a), order(b))])
        let not = Condition.not(fact("a")).verdict(known, vocabulary)
        #expect(not.truth == truths[2 - order(a)])
    }

    @Test func onlyFactsThatCouldStillChangeTheAnswerAreMissing() {
        let condition = Condition.all([.any([fact("a"), fact("b")]), fact("c")])
        let verdict = condition.verdict(facts(["a": true]), vocabulary)
        #expect(verdict.truth == .unknown)
        #expect(verdict.missing == ["c"])
        #expect(condition.verdict(facts(["c": false]), vocabulary).missing == [])
    }

    /// feel-scala #679 and json-logic-js #44: an unknown must never satisfy "under 55".
    @Test func anUnknownBirthDateNeverSatisfiesAnAgeLimit() throws {
        let condition = Condition.test(fact: "birth_date", .ageAtMost(55, on: "decision_date"))
        var known = Facts()
        known["decision_date"] = .day(try #require(Day("2023-03-08")))
        let verdict = condition.verdict(known, vocabulary)
        #expect(verdict.truth == .unknown)
        #expect(verdict.missing == ["birth_date"])
    }

    /// json-everything #404: false, zero and none are known, not missing.
    @Test func presenceIsNotTruth() {
        let none = Facts(["honours": .words([]), "amount": .number(.zero), "a": .truth(false)])
        #expect(
            Condition.test(fact: "honours", .includes("x")).verdict(none, vocabulary).truth == .no
        )
        #expect(
            Condition.test(fact: "amount", .atMost(.zero)).verdict(none, vocabulary).truth == .yes
        )
        #expect(fact("a").verdict(none, vocabulary).truth == .no)
    }

    @Test func whatIsKnownOfAnOpenListSettlesOnlyWhatItHolds() {
        let some = Facts(["honours": .someWords(["x"])])
        #expect(
            Condition.test(fact: "honours", .includes("x")).verdict(some, vocabulary).truth == .yes
        )
        #expect(
            Condition.test(fact: "honours", .includes("y")).verdict(some, vocabulary).truth
                == .unknown
        )
    }

    /// Every formula of a small world, every partial knowledge, every completion.
    @Test func aDeterminedAnswerNeverChangesWhenAMissingFactArrives() {
        let atoms = ["a", "b", "c"].map(fact)
        var formulas = atoms + atoms.map(Condition.not)
        for x in formulas {
            for y in atoms {
                formulas += [.all([x, y]), .any([x, y]), .not(.any([x, .not(y)]))]
            }
        }
        let values: [Bool?] = [true, false, nil]
        for formula in formulas {
            for a in values {
                for b in values {
                    for c in values {
                        let known = facts(["a": a, "b": b, "c": c])
                        let before = formula.verdict(known, vocabulary)
                        #expect(formula.truth(known) == before.truth)
                        guard before.truth != .unknown else { continue }
                        for fill in [true, false] {
                            let full = facts(["a": a ?? fill, "b": b ?? fill, "c": c ?? fill])
                            #expect(formula.verdict(full, vocabulary).truth == before.truth)
                        }
                    }
                }
            }
        }
    }
}
