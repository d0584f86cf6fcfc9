public import Exact
public import Findings
public import Rules
public import Seal

/// A point on which the text is open; undetermined until the bureau settles it with a citation.
public struct PolicySetting: Sendable, Hashable {
    /// Its short name: also the fact by which conditions ask for it.
    public let id: String
    /// What is open.
    public let question: Text
    /// How it was settled; nil while it is not.
    public let value: Bool?
    /// What settled it; nil while it is not.
    public let citation: Citation?

    /// Makes a setting.
    ///
    /// - Parameters:
    ///   - id: its short name.
    ///   - question: what is open.
    ///   - value: how it was settled.
    ///   - citation: what settled it.
    public init(id: String, question: Text, value: Bool?, citation: Citation? = nil) {
        self.id = id
        self.question = question
        self.value = value
        self.citation = citation
    }
}

/// Rules of a city as data.
public struct Policy: Sendable, Hashable {
    /// Its short name.
    public let id: String
    /// Which state of it this is.
    public let version: String
    /// The policies that this one took the place of: what was paid under them counts.
    public let replaces: [String]
    /// Why there is a gap between this policy and those that it replaced, where there is one.
    public let gapReason: Text?
    /// The hash of the file's canonical content; nil for a policy that is from no file.
    public let hash: Digest?
    /// What it is called.
    public let title: Text
    /// The city's code.
    public let region: String
    /// From when to when it is in force, where the text says so.
    public let inForce: ClosedRange<Day>?
    /// The day of which the text states what is current, where it gives no dates.
    public let statedCurrentOn: Day?
    /// When the figures were last checked against the text.
    public let checkedOn: Day
    /// Facts that this policy asks for beside those common to all.
    public let ownFacts: [FactDeclaration]
    /// What the text leaves open.
    public let settings: [PolicySetting]
    /// Its lines.
    public let benefits: [Benefit]
    /// Its own worked examples.
    public let examples: [PolicyExample]

    /// Makes a policy.
    public init(
        id: String,
        version: String = "1",
        replaces: [String] = [],
        gapReason: Text? = nil,
        hash: Digest? = nil,
        title: Text,
        region: String,
        inForce: ClosedRange<Day>?,
        statedCurrentOn: Day?,
        checkedOn: Day,
        ownFacts: [FactDeclaration],
        settings: [PolicySetting],
        benefits: [Benefit],
        examples: [PolicyExample]
    ) {
        self.id = id
        self.version = version
        self.replaces = replaces
        self.gapReason = gapReason
        self.hash = hash
        self.title = title
        self.region = region
        self.inForce = inForce
        self.statedCurrentOn = statedCurrentOn
        self.checkedOn = checkedOn
        self.ownFacts = ownFacts
        self.settings = settings
        self.benefits = benefits
        self.examples = examples
    }

    /// The benefit of that name.
    public func benefit(_ id: String) -> Benefit? { benefits.first { $0.id == id } }
}
