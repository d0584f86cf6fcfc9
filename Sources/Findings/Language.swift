/// A language that Laurel speaks; the two are equals.
public enum Language: String, Sendable, Hashable, CaseIterable {
    /// Chinese (中文).
    case zh
    /// English.
    case en
}

/// What a person reads, in both languages.
public struct Text: Sendable, Hashable {
    /// The Chinese wording.
    public let zh: String
    /// The English wording.
    public let en: String

    /// Makes a text from its two wordings.
    public init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// Makes a text that is the same in both languages, as a code or a number is.
    public init(same: String) {
        self.init(same, same)
    }

    /// The wording in one language.
    public subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}
