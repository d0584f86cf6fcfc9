import Exact
import Findings
import Rules
import Testing

/// What other engines' suites pin down, as cases of our own, and the bugs that they had.
///
/// The facts are those of the decision model's conformance suite (dmn-tck 0064, 0065, 0106, 0107: and,
/// or, not over true, false and null) and of publicodes (`toutes ces conditions`, `une de ces
/// conditions`: which variables are missing). Nothing of theirs is copied.
@Suite struct PublicCasesTests {
    private let vocabulary = Vocabulary(
        ["a", "b", "c", "d"].map { FactDeclaration($0, .truth, .init($0, $0)) }
            + [
                FactDeclaration("number", .number, .init("数", "number")),
                FactDeclaration("word", .word, .init("词", "word"), words: ["x", "y", "z"]),
                FactDeclaration("day", .day, .init("日", "day")),
                FactDeclaration("on", .day, .init("核定日", "on")),
                FactDeclaration("list", .words, .init("列", "list")),
            ]
    )

    private func fact(_ name: String) -> Condition { .test(fact: name, .equals(.truth(true))) }

    private func known(_ letters: String) -> Facts {
        var facts = Facts()
        for (name, letter) in zip(["a", "b", "c", "d"], letters) where letter != "?" {
            facts[name] = .truth(letter == "t")
        }
        return facts
    }

    private func letter(_ truth: Truth) -> Character {
        switch truth {
        case .yes: "t"
        case .no: "f"
        case .unknown: "?"
        }
    }

    // MARK: dmn-tck

    /// 0064: conjunction, by rows of two operands.
    @Test(arguments: [
        ("tt", "t"), ("tf", "f"), ("t?", "?"), ("ft", "f"), ("ff", "f"), ("f?", "f"), ("?t", "?"),
        ("?f", "f"), ("??", "?"),
    ])
    func conjunction(operands: String, result: String) {
        let condition = Condition.all([fact("a"), fact("b")])
        #expect(String(letter(condition.truth(known(operands)))) == result)
    }

    /// 0065: disjunction.
    @Test(arguments: [
        ("tt", "t"), ("tf", "t"), ("t?", "t"), ("ft", "t"), ("ff", "f"), ("f?", "?"), ("?t", "t"),
        ("?f", "?"), ("??", "?"),
    ])
    func disjunction(operands: String, result: String) {
        let condition = Condition.any([fact("a"), fact("b")])
        #expect(String(letter(condition.truth(known(operands)))) == result)
    }

    /// 0106 and 0107: negation, and negation of what is joined.
    @Test(arguments: [("t", "f"), ("f", "t"), ("?", "?")])
    func negation(operand: String, result: String) {
        #expect(String(letter(Condition.not(fact("a")).truth(known(operand)))) == result)
        let twice = Condition.not(.not(fact("a")))
        #expect(String(letter(twice.truth(known(operand)))) == operand)
    }

    /// A value of another kind than the test asks for is no truth value: neither true nor false.
    @Test func aValueOfAnotherKindIsNeitherTrueNorFalse() {
        for value in [FactValue.word("true"), .number(.one), .words(["true"])] {
            let facts = Facts(["a": value])
            #expect(fact("a").truth(facts) == .unknown)
            #expect(Condition.not(fact("a")).truth(facts) == .unknown)
            #expect(Condition.all([fact("a"), fact("b")]).truth(facts) == .unknown)
            var more = facts
            more["b"] = .truth(false)
            #expect(Condition.all([fact("a"), fact("b")]).truth(more) == .no)
            more["b"] = .truth(true)
            #expect(Condition.any([fact("a"), fact("b")]).truth(more) == .yes)
        }
    }

    // MARK: publicodes

    /// Which facts are missing: what is settled asks for nothing, what a known part settles is not
    /// asked for.
    @Test(arguments: [
        ("????", "all ab", "?", "a b"), ("t???", "all ab", "?", "b"), ("f???", "all ab", "f", ""),
        ("tt??", "all ab", "t", ""), ("????", "any ab", "?", "a b"), ("t???", "any ab", "t", ""),
        ("f???", "any ab", "?", "b"), ("????", "all a any bc", "?", "a b c"),
        ("t?t?", "all a any bc", "t", ""), ("?t??", "all a any bc", "?", "a"),
        ("f???", "all a any bc", "f", ""), ("??f?", "any a all bc", "?", "a"),
        ("f?t?", "any a all bc", "?", "b"), ("f?f?", "any a all bc", "f", ""),
    ])
    func missing(facts: String, shape: String, truth: String, missing: String) throws {
        let (a, b, c) = (fact("a"), fact("b"), fact("c"))
        let shapes: [String: Condition] = [
            "all ab": .all([a, b]), "any ab": .any([a, b]),
            "all a any bc": .all([a, .any([b, c])]),
            "any a all bc": .any([a, .all([b, c])]),
        ]
        let condition = try #require(shapes[shape])
        let verdict = condition.verdict(known(facts), vocabulary)
        #expect(String(letter(verdict.truth)) == truth)
        #expect(verdict.missing.joined(separator: " ") == missing)
        #expect(condition.openFacts(known(facts)) == verdict.missing)
        #expect(condition.essentialFacts(known(facts), vocabulary) == verdict.missing)
    }

    /// What can't change the answer is not asked for, though a part that is open names it.
    @Test func whatCanNotChangeTheAnswerIsNotMissing() {
        let (a, b) = (fact("a"), fact("b"))
        // b or not b: whichever it is, a alone decides.
        let idle = Condition.all([a, .any([b, .not(b)])])
        #expect(idle.openFacts(Facts()) == ["a", "b"])
        #expect(idle.essentialFacts(Facts(), vocabulary) == ["a"])
        let split = Condition.any([.all([a, b]), .all([a, .not(b)])])
        #expect(split.essentialFacts(Facts(), vocabulary) == ["a"])
        // Every word there is.
        let words = Condition.any(
            ["x", "y", "z"].map { .test(fact: "word", .equals(.word($0))) }
        )
        #expect(words.essentialFacts(Facts(), vocabulary) == [])
        let bounds = Condition.any([
            .test(fact: "number", .atMost(Rational(5))),
            .test(fact: "number", .atLeast(Rational(4))),
        ])
        #expect(bounds.essentialFacts(Facts(), vocabulary) == [])
        let gap = Condition.any([
            .test(fact: "number", .atMost(Rational(3))),
            .test(fact: "number", .atLeast(Rational(4))),
        ])
        #expect(gap.essentialFacts(Facts(), vocabulary) == ["number"])
    }

    /// Every formula of a small world: a fact is essential exactly if some two completions that differ
    /// in it alone give two answers; once those are told the answer is the same in all completions.
    @Test func essentialFactsAreThoseOfTheDefinition() {
        let atoms = ["a", "b", "c"].map(fact)
        var formulas = atoms + atoms.map(Condition.not)
        for x in formulas {
            for y in atoms { formulas += [.all([x, y]), .any([x, .not(y)])] }
        }
        formulas += formulas.flatMap { x in [.any([x, .not(x)]), .all([x, atoms[2]])] }
        for formula in formulas {
            for letters in ["???", "t??", "?f?", "??t", "f?t"] {
                let facts = known(letters)
                let open = zip(["a", "b", "c"], letters).filter { $0.1 == "?" }.map(\.0)
                func answer(_ bits: Int) -> Truth {
                    var more = facts
                    for (at, name) in open.enumerated() {
                        more[name] = .truth(bits >> at & 1 == 1)
                    }
                    return formula.truth(more)
                }
                let essential = open.indices.filter { at in
                    (0..<(1 << open.count)).contains { answer($0) != answer($0 ^ (1 << at)) }
                }.map { open[$0] }
                let found = formula.essentialFacts(facts, vocabulary)
                #expect(found == essential.filter(formula.openFacts(facts).contains))
            }
        }
    }

    // MARK: bugs of other engines

    /// feel-scala #679, #864 and json-logic-js #44: an unknown satisfies no comparison.
    @Test func anUnknownSatisfiesNoComparison() throws {
        let on = Facts(["on": .day(try #require(Day("2023-03-08")))])
        let tests: [(String, Rules.Test)] = [
            ("number", .atMost(Rational(15))), ("number", .atLeast(Rational(0))),
            ("day", .ageAtMost(55, on: "on")), ("day", .ageAtLeast(0, on: "on")),
            ("day", .withinYears(5, until: "on")), ("word", .oneOf(["x", "y", "z"])),
            ("list", .includes("x")),
        ]
        for (name, test) in tests {
            for condition in [Condition.test(fact: name, test), .not(.test(fact: name, test))] {
                let verdict = condition.verdict(on, vocabulary)
                #expect(verdict.truth == .unknown)
                #expect(verdict.missing == [name])
            }
        }
    }

    /// cel-java #863: an equality with an unknown is not decided.
    @Test func anEqualityWithAnUnknownIsNotDecided() {
        for word in ["x", "y", "nothing like it"] {
            let condition = Condition.test(fact: "word", .equals(.word(word)))
            #expect(condition.truth(Facts()) == .unknown)
            #expect(Condition.not(condition).truth(Facts()) == .unknown)
        }
    }

    /// publicodes #683 and #270: no fact has a default; a value that is told is never missing, also
    /// where it is false, zero or empty.
    @Test func aToldValueIsNeverMissing() {
        let told = Facts(["a": .truth(false), "number": .number(.zero), "list": .words([])])
        for condition in [
            fact("a"), .test(fact: "number", .atLeast(.one)), .test(fact: "list", .includes("x")),
        ] {
            let verdict = condition.verdict(told, vocabulary)
            #expect(verdict.truth == .no)
            #expect(verdict.missing == [])
        }
        #expect(Facts().names == [])
    }

    /// benefits-api #1748: age is no fact; it follows from the birth date and a day that is named.
    @Test(arguments: [
        ("1968-03-08", "2023-03-08", true), ("1967-03-09", "2023-03-08", true),
        ("1967-03-08", "2023-03-08", false), ("1968-02-29", "2024-02-28", true),
        ("1968-02-29", "2024-02-29", false), ("1967-02-28", "2023-02-27", true),
        ("1967-02-28", "2023-02-28", false), ("1968-02-29", "2023-02-28", true),
    ])
    func ageIsCountedOnTheDayThatIsNamed(birth: String, on: String, isWithin: Bool) throws {
        let facts = Facts([
            "day": .day(try #require(Day(birth))), "on": .day(try #require(Day(on))),
        ])
        let truth = Condition.test(fact: "day", .ageAtMost(55, on: "on")).truth(facts)
        #expect(truth == (isWithin ? .yes : .no))
    }
}
