public import Exact
public import Findings

/// What a fact is, in kind.
public enum FactType: String, Sendable, Hashable, CaseIterable {
    /// True or false.
    case truth
    /// One of some words.
    case word
    /// A number.
    case number
    /// A calendar day.
    case day
    /// Some words, none of which may be there too.
    case words
}

/// The value of a fact that is known; one that is not known is simply not there.
public enum FactValue: Sendable, Hashable {
    /// True or false.
    case truth(Bool)
    /// A word.
    case word(String)
    /// A number.
    case number(Rational)
    /// A day.
    case day(Day)
    /// Some words; an empty set is known to be empty, which is not the same as not known.
    case words(Set<String>)
    /// Some words of which others may exist that nobody has told us: what is among them is known,
    /// what is not is not.
    case someWords(Set<String>)

    /// Its kind.
    public var type: FactType {
        switch self {
        case .truth: .truth
        case .word: .word
        case .number: .number
        case .day: .day
        case .words, .someWords: .words
        }
    }

    /// The value in words.
    public var text: Text {
        switch self {
        case .truth(let truth): truth ? Text("是", "yes") : Text("否", "no")
        case .word(let word): Text(same: word)
        case .number(let number): Text(same: number.shortest)
        case .day(let day): Text(same: day.description)
        case .words(let words):
            words.isEmpty
                ? Text("无", "none") : Text(same: words.sorted().joined(separator: ", "))
        case .someWords(let words):
            Text(
                "已知 \(words.sorted().joined(separator: ", ")),其余未知",
                "known: \(words.sorted().joined(separator: ", ")); others not known"
            )
        }
    }
}

/// A fact that rules may ask for; the caller registers which there are.
public struct FactDeclaration: Sendable, Hashable {
    /// Its short name.
    public let name: String
    /// Its kind.
    public let type: FactType
    /// What it is called.
    public let title: Text
    /// The words it may be; empty where any may stand.
    public let words: [String]
    /// Of a number: the whole numbers it may be; nil where it may be any number.
    public let whole: ClosedRange<Int>?
    /// What words are called, where they are called otherwise than they are written.
    public let wordTitles: [String: Text]

    /// Declares a fact.
    ///
    /// - Parameters:
    ///   - name: its short name.
    ///   - type: its kind.
    ///   - title: what it is called.
    ///   - words: the words it may be; empty where any may stand.
    ///   - wordTitles: what words are called.
    ///   - whole: of a number, the whole numbers it may be.
    public init(
        _ name: String,
        _ type: FactType,
        _ title: Text,
        words: [String] = [],
        wordTitles: [String: Text] = [:],
        whole: ClosedRange<Int>? = nil
    ) {
        self.name = name
        self.type = type
        self.title = title
        self.words = words
        self.whole = whole
        self.wordTitles = wordTitles
    }

    /// What a word is called.
    ///
    /// - Parameter word: the word as it is written.
    /// - Returns: its title, else itself.
    public func title(ofWord word: String) -> Text { wordTitles[word] ?? Text(same: word) }

    /// A value in the words of people.
    ///
    /// - Parameter value: the value.
    /// - Returns: the words.
    public func text(of value: FactValue) -> Text {
        func list(_ words: Set<String>) -> Text {
            let titles = words.sorted().map(title(ofWord:))
            return Text(
                titles.map(\.zh).joined(separator: "、"),
                titles.map(\.en).joined(separator: ", ")
            )
        }
        switch value {
        case .word(let word): return title(ofWord: word)
        case .words(let words) where !words.isEmpty: return list(words)
        case .someWords(let words):
            let known = list(words)
            return words.isEmpty
                ? Text("未知", "not known")
                : Text("已知 \(known.zh),其余未知", "known: \(known.en); others not known")
        default: return value.text
        }
    }
}

/// The facts that rules may ask for, by name.
public struct Vocabulary: Sendable {
    /// The declarations, in the order given.
    public let declarations: [FactDeclaration]

    /// Makes a vocabulary.
    public init(_ declarations: [FactDeclaration]) { self.declarations = declarations }

    /// The declaration of a name.
    public subscript(name: String) -> FactDeclaration? { declarations.first { $0.name == name } }
}

/// What is known: no fact has a default.
public struct Facts: Sendable, Hashable {
    private var values: [String: FactValue]

    /// Makes facts from what is known.
    public init(_ values: [String: FactValue] = [:]) { self.values = values }

    /// The value of a fact; nil where it is not known.
    public subscript(name: String) -> FactValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The names of the facts that are known, sorted.
    public var names: [String] { values.keys.sorted() }
}
