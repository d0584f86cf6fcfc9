public import Exact

/// Where a rule comes from: document, paragraph, and the few words that carry it.
public struct Citation: Sendable, Hashable {
    /// The document's short name.
    public let document: String
    /// The paragraph, or the line where the text is garbled.
    public let paragraph: String
    /// The words that carry the rule.
    public let quote: String

    /// Makes a citation.
    public init(document: String, paragraph: String, quote: String) {
        self.document = document
        self.paragraph = paragraph
        self.quote = quote
    }

    /// The citation in one line.
    public var text: String { "\(document) \(paragraph)" + (quote.isEmpty ? "" : "「\(quote)」") }
}

/// What a test asks of one fact.
public enum Test: Sendable, Hashable {
    /// It is this truth or word.
    case equals(FactValue)
    /// It is one of these words.
    case oneOf([String])
    /// It is this number or more (以上 includes the number).
    case atLeast(Rational)
    /// It is this number or less (以下 includes the number).
    case atMost(Rational)
    /// These words are among its words.
    case includes(String)
    /// Of one born on that day: full years of age, on the day that another fact names, are this many
    /// or fewer.
    case ageAtMost(Int, on: String)
    /// Of one born on that day: full years of age are this many or more.
    case ageAtLeast(Int, on: String)
    /// The day that another fact names is no more than so many years later.
    case withinYears(Int, until: String)
}

/// A condition over facts: a small closed vocabulary, no language to program in.
public indirect enum Condition: Sendable, Hashable {
    /// Always holds.
    case always
    /// All of them hold.
    case all([Condition])
    /// At least one holds.
    case any([Condition])
    /// It does not hold.
    case not(Condition)
    /// A fact passes a test.
    case test(fact: String, Test)
    /// A condition with its source.
    case cited(Condition, Citation)

    /// The names of the facts it may ask for, sorted.
    public var factNames: [String] {
        switch self {
        case .always: []
        case .all(let list), .any(let list): Set(list.flatMap(\.factNames)).sorted()
        case .not(let inner), .cited(let inner, _): inner.factNames
        case .test(let fact, .ageAtMost(_, let on)), .test(let fact, .ageAtLeast(_, let on)),
            .test(let fact, .withinYears(_, let on)):
            [fact, on].sorted()
        case .test(let fact, _): [fact]
        }
    }
}
