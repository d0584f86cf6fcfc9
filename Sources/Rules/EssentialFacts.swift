/// Which of some missing facts could still change an answer.
///
/// A fact is essential if the others can be told in such a way that two values of it give two
/// answers. The answer hangs on nothing else: once the essential facts are told it is settled.
///
/// It tries the values that tell cases apart, one fact after another, and leaves a branch as soon as
/// the fact has no part in it any more.
///
/// - Complexity: at most ``mostTrials`` answers a fact; one that is not settled by then is kept.
public struct EssentialFacts<Answer: Hashable> {
    /// How many answers are tried at most for one fact.
    public static var mostTrials: Int { 1_500 }

    private let known: Facts
    private let domains: [String: [FactValue]]
    /// The answer, and the facts that are still missing for it.
    private let answer: (Facts) -> (answer: Answer, missing: [String])

    /// Prepares the search.
    ///
    /// - Parameters:
    ///   - known: what is known.
    ///   - domains: the values of each missing fact that may be told apart; a fact without values is
    ///     taken to be essential.
    ///   - answer: the answer, and the facts that are missing for it; none where it is settled.
    public init(
        _ known: Facts,
        domains: [String: [FactValue]],
        answer: @escaping (Facts) -> (answer: Answer, missing: [String])
    ) {
        self.known = known
        self.domains = domains
        self.answer = answer
    }

    /// The essential ones of some facts, in their order.
    public func among(_ missing: [String]) -> [String] {
        missing.filter { name in
            guard let values = domains[name], !values.isEmpty else { return true }
            var trials = 0
            return differs(name, values, known, &trials) ?? true
        }
    }

    /// The answer that every completion gives, where no fact is essential.
    public func constant() -> Answer {
        var facts = known
        var found = answer(facts)
        while let name = found.missing.first(where: { domains[$0]?.isEmpty == false }) {
            facts[name] = domains[name]?.first
            let next = answer(facts)
            if next.missing == found.missing { break }
            found = next
        }
        return found.answer
    }

    /// Whether two values give two answers for some completion; nil where that took too long.
    ///
    /// What is open only ever becomes less as more is told: where the fact is not among it any more,
    /// nothing below can hang on it.
    private func differs(
        _ name: String,
        _ values: [FactValue],
        _ facts: Facts,
        _ trials: inout Int
    ) -> Bool? {
        let open = answer(facts).missing
        trials += 1
        guard open.contains(name) else { return false }
        let others = open.filter { $0 != name && domains[$0]?.isEmpty == false }
        guard let next = others.min(by: { size(of: $0) < size(of: $1) }) else {
            var answers: Set<Answer> = []
            for value in values {
                var more = facts
                more[name] = value
                answers.insert(answer(more).answer)
                trials += 1
            }
            return answers.count > 1
        }
        var isCertain = true
        for value in domains[next] ?? [] {
            if trials > Self.mostTrials { return nil }
            var more = facts
            more[next] = value
            switch differs(name, values, more, &trials) {
            case true?: return true
            case nil: isCertain = false
            case false?: break
            }
        }
        return isCertain ? false : nil
    }

    private func size(of name: String) -> Int { domains[name]?.count ?? 0 }
}

extension Condition {
    /// The missing facts that could still change what the condition comes to, sorted.
    ///
    /// - Parameters:
    ///   - facts: what is known.
    ///   - vocabulary: the facts there are.
    /// - Returns: none where the condition is settled, or comes to the same whatever is told.
    public func essentialFacts(_ facts: Facts, _ vocabulary: Vocabulary) -> [String] {
        let open = openFacts(facts)
        var domains: [String: [FactValue]] = [:]
        let tests = tests
        for name in open {
            domains[name] = vocabulary[name].map { declaration in
                FactDomain(declaration, tests.filter { $0.fact == name }.map(\.test), facts).values
            }
        }
        let search = EssentialFacts(facts, domains: domains) {
            (self.truth($0), self.openFacts($0))
        }
        return search.among(open)
    }
}
