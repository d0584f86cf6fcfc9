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
