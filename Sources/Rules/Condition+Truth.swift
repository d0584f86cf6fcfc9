extension Condition {
    /// What the condition comes to, without the words that explain it.
    ///
    /// The truth that ``verdict(_:_:)`` gives, for callers that try many cases.
    ///
    /// - Parameter facts: what is known.
    /// - Returns: yes, no or unknown.
    public func truth(_ facts: Facts) -> Truth {
        switch self {
        case .always: return .yes
        case .all(let list):
            var isOpen = false
            for condition in list {
                switch condition.truth(facts) {
                case .no: return .no
                case .unknown: isOpen = true
                case .yes: break
                }
            }
            return isOpen ? .unknown : .yes
        case .any(let list):
            var isOpen = false
            for condition in list {
                switch condition.truth(facts) {
                case .yes: return .yes
                case .unknown: isOpen = true
                case .no: break
                }
            }
            return isOpen ? .unknown : .no
        case .not(let inner): return inner.truth(facts).negated
        case .cited(let inner, _): return inner.truth(facts)
        case .test(let fact, let test): return test.truth(of: fact, facts)
        }
    }

    /// The facts that are missing where the condition is not settled, sorted: those of the parts that
    /// are still open, and of nothing else.
    ///
    /// - Parameter facts: what is known.
    /// - Returns: the names; none where the condition is settled.
    public func openFacts(_ facts: Facts) -> [String] {
        var names: Set<String> = []
        if truth(facts) == .unknown { collectOpen(facts, &names) }
        return names.sorted()
    }

    private func collectOpen(_ facts: Facts, _ names: inout Set<String>) {
        switch self {
        case .always: break
        case .all(let list), .any(let list):
            for condition in list where condition.truth(facts) == .unknown {
                condition.collectOpen(facts, &names)
            }
        case .not(let inner), .cited(let inner, _): inner.collectOpen(facts, &names)
        case .test(let fact, let test):
            let missing = test.needs(fact).filter { facts[$0] == nil }
            names.formUnion(missing.isEmpty ? [fact] : missing)
        }
    }

    /// Every test in the condition, with the fact it is made of.
    public var tests: [(fact: String, test: Test)] {
        switch self {
        case .always: []
        case .all(let list), .any(let list): list.flatMap(\.tests)
        case .not(let inner), .cited(let inner, _): inner.tests
        case .test(let fact, let test): [(fact, test)]
        }
    }

    /// The facts that are tested where no citation stands, neither at the test nor around it.
    public var uncitedFacts: [String] {
        switch self {
        case .always, .cited: []
        case .all(let list), .any(let list): list.flatMap(\.uncitedFacts)
        case .not(let inner): inner.uncitedFacts
        case .test(let fact, _): [fact]
        }
    }
}

extension Truth {
    /// Kleene's conjunction.
    public static func all(_ truths: Truth...) -> Truth {
        truths.contains(.no) ? .no : truths.contains(.unknown) ? .unknown : .yes
    }

    /// Kleene's disjunction; no where there is nothing.
    public static func any(_ truths: [Truth]) -> Truth {
        truths.contains(.yes) ? .yes : truths.contains(.unknown) ? .unknown : .no
    }
}
