public import Findings
public import Rules

/// The legal mode in which an honour comes: four modes that are kept apart.
public enum HonourKind: String, Sendable, Hashable, CaseIterable {
    /// 授予: given.
    case conferred
    /// 符合条件的授予: given if conditions hold that another body checks.
    case conditional
    /// 符合条件的推荐申报: put forward to the body that decides; no honour yet.
    case nominated
    /// 同等条件下可优先推荐: a priority when others decide; no honour at all.
    case priority

    /// What it is called.
    public var text: Text {
        switch self {
        case .conferred: Text("授予", "conferred")
        case .conditional: Text("符合条件的授予", "conferred if conditions hold")
        case .nominated: Text("推荐申报", "nominated")
        case .priority: Text("同等条件优先推荐", "priority")
        }
    }
}

/// A point that the source leaves open, and what this event does about it.
public struct HonourSetting: Sendable, Hashable {
    /// Its short name.
    public let id: String
    /// What the source leaves open.
    public let question: Text
    /// What is done, and that it is a setting.
    public let answer: Text

    /// Makes a setting.
    public init(id: String, question: Text, answer: Text) {
        self.id = id
        self.question = question
        self.answer = answer
    }
}

/// An honour that a result may bring, with its source.
public struct HonourRule: Sendable, Hashable {
    /// Its short name.
    public let id: String
    /// What the honour is called.
    public let title: Text
    /// Its legal mode.
    public let kind: HonourKind
    /// On what it depends.
    public let when: Condition
    /// Where it comes from.
    public let citation: Citation

    /// Makes a rule.
    public init(
        id: String,
        title: Text,
        kind: HonourKind,
        when: Condition,
        citation: Citation
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.when = when
        self.citation = citation
    }
}

/// The honours of an event.
public struct HonourRules: Sendable, Hashable {
    /// The rules, in the order of the file.
    public let rules: [HonourRule]
    /// The points that the source leaves open.
    public let settings: [HonourSetting]

    /// Makes the rules.
    public init(rules: [HonourRule], settings: [HonourSetting]) {
        self.rules = rules
        self.settings = settings
    }

    /// The rule of that name.
    public func rule(_ id: String) -> HonourRule? { rules.first { $0.id == id } }

    /// The facts that an honour rule may ask for.
    public static let vocabulary = Vocabulary([
        FactDeclaration("rank", .number, Text("名次", "the place")),
        FactDeclaration("guest", .truth, Text("邀请选手", "the guest standing")),
        FactDeclaration("team_size", .number, Text("每队人数", "the team's size")),
        FactDeclaration("entrants", .number, Text("参赛数", "the number of entrants")),
        FactDeclaration(
            "group",
            .word,
            Text("组别", "the group"),
            words: ["worker", "student"]
        ),
        FactDeclaration("sex", .word, Text("性别", "the sex"), words: ["female", "male"]),
        FactDeclaration("birth_date", .day, Text("出生日期", "the birth date")),
        FactDeclaration("result_date", .day, Text("成绩公布日", "the day of the result")),
        FactDeclaration(
            "conditions_confirmed",
            .truth,
            Text("主管部门确认其他条件符合", "the deciding body's confirmation of the other conditions")
        ),
        FactDeclaration("titles", .words, Text("已有称号", "the titles held")),
        FactDeclaration("track", .word, Text("赛道", "the track")),
    ])
}
