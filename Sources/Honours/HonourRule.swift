internal import Competition
public import Exact
public import Findings
public import Rules

/// The legal mode in which an honour comes: modes that are kept apart.
public enum HonourKind: String, Sendable, Hashable, CaseIterable {
    /// 授予: given.
    case conferred
    /// 符合条件的授予: given if conditions hold that another body checks.
    case conditional
    /// 符合条件的推荐申报: put forward to the body that decides; no honour yet.
    case nominated
    /// 同等条件下可优先推荐: a priority when others decide; no honour at all.
    case priority
    /// 晋升职业技能等级: a higher skill level.
    case promotion

    /// What it is called.
    public var text: Text {
        switch self {
        case .conferred: Text("授予", "conferred")
        case .conditional: Text("符合条件的授予", "conferred if conditions hold")
        case .nominated: Text("推荐申报", "nominated")
        case .priority: Text("同等条件优先推荐", "priority")
        case .promotion: Text("晋升职业技能等级", "promotion in skill level")
        }
    }
}

/// A document that rules come from.
public struct HonourSource: Sendable, Hashable {
    /// Its short name.
    public let id: String
    /// Its title.
    public let title: Text
    /// Its number (文号), where it has one that is known.
    public let number: String?
    /// The day it was issued, where it is known.
    public let issuedOn: Day?

    /// Names a document.
    ///
    /// - Parameters:
    ///   - id: its short name.
    ///   - title: its title.
    ///   - number: its number.
    ///   - issuedOn: the day it was issued.
    public init(id: String, title: Text, number: String?, issuedOn: Day?) {
        self.id = id
        self.title = title
        self.number = number
        self.issuedOn = issuedOn
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

/// A day that a file names, such as the one on which ages are counted.
public struct NamedDay: Sendable, Hashable {
    /// Its short name, by which conditions ask for it.
    public let id: String
    /// What it is called.
    public let title: Text
    /// The day.
    public let day: Day

    /// Names a day.
    public init(id: String, title: Text, day: Day) {
        self.id = id
        self.title = title
        self.day = day
    }
}

/// A measure that keeps somebody from honours for a term.
///
/// No document on competitions sets one: the words are those of a draft rule on research integrity, and
/// terms are the organiser's settings.
public struct SanctionMeasure: Sendable, Hashable {
    /// Its short name.
    public let id: String
    /// What it is called.
    public let title: Text
    /// How many months it lasts; nil where whoever imposes it states the last day, or none.
    public let months: Int?
    /// What it rests on, and that it is a setting.
    public let note: Text
    /// Where its words come from.
    public let citation: Citation

    /// Makes a measure.
    ///
    /// - Parameters:
    ///   - id: its short name.
    ///   - title: what it is called.
    ///   - months: how many months it lasts.
    ///   - note: what it rests on, and that it is a setting.
    ///   - citation: where its words come from.
    public init(id: String, title: Text, months: Int?, note: Text, citation: Citation) {
        self.id = id
        self.title = title
        self.months = months
        self.note = note
        self.citation = citation
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
    /// The results to which it applies, by the day they were published; nil where the source gives no
    /// dates.
    public let inForce: ClosedRange<Day>?
    /// Rules of one series exclude each other: nobody gets two of them for one result.
    public let series: String?
    /// Of a promotion: to what.
    public let promotion: Promotion?

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - id: its short name.
    ///   - title: what the honour is called.
    ///   - kind: its legal mode.
    ///   - when: on what it depends.
    ///   - citation: where it comes from.
    ///   - inForce: the days of publication to which it applies.
    ///   - series: the series whose rules exclude each other.
    ///   - promotion: of a promotion, to what.
    public init(
        id: String,
        title: Text,
        kind: HonourKind,
        when: Condition,
        citation: Citation,
        inForce: ClosedRange<Day>? = nil,
        series: String? = nil,
        promotion: Promotion? = nil
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.when = when
        self.citation = citation
        self.inForce = inForce
        self.series = series
        self.promotion = promotion
    }
}

/// The honours of an event.
public struct HonourRules: Sendable, Hashable {
    /// The documents that rules come from.
    public let sources: [HonourSource]
    /// The rules, in the order of the file.
    public let rules: [HonourRule]
    /// The points that the source leaves open.
    public let settings: [HonourSetting]
    /// The days that the rules ask for by name.
    public let days: [NamedDay]
    /// What keeps somebody from honours.
    public let sanctions: [SanctionMeasure]

    /// Makes the rules.
    ///
    /// - Parameters:
    ///   - sources: the documents.
    ///   - rules: the rules.
    ///   - settings: the points that the source leaves open.
    ///   - days: the days that the rules ask for by name.
    ///   - sanctions: what keeps somebody from honours.
    public init(
        sources: [HonourSource] = [],
        rules: [HonourRule],
        settings: [HonourSetting],
        days: [NamedDay] = [],
        sanctions: [SanctionMeasure] = []
    ) {
        self.sources = sources
        self.rules = rules
        self.settings = settings
        self.days = days
        self.sanctions = sanctions
    }

    /// The rule of that name.
    public func rule(_ id: String) -> HonourRule? { rules.first { $0.id == id } }

    /// The document of that name.
    public func source(_ id: String) -> HonourSource? { sources.first { $0.id == id } }

    /// The document that a citation names: its title and its number.
    ///
    /// - Parameter citation: the citation.
    /// - Returns: the title; the short name where the document is not listed.
    public func document(_ citation: Citation) -> Text {
        guard let source = source(citation.document) else { return Text(same: citation.document) }
        guard let number = source.number else { return source.title }
        return Text("\(source.title.zh)(\(number))", "\(source.title.en) (\(number))")
    }

    /// The measure of that name.
    public func sanction(_ id: String) -> SanctionMeasure? { sanctions.first { $0.id == id } }

    /// All facts that these rules may ask for: the common ones and their own days.
    public var vocabulary: Vocabulary { Self.vocabulary(with: days) }

    /// The common facts, and days that a file names.
    ///
    /// - Parameter days: the days.
    /// - Returns: the vocabulary.
    public static func vocabulary(with days: [NamedDay]) -> Vocabulary {
        Vocabulary(
            vocabulary.declarations + days.map { FactDeclaration($0.id, .day, $0.title) }
        )
    }

    /// What stands in for a word of the source: who decides where it says nothing.
    public static let unsettled = "text_silent_decided"

    /// The facts that an honour rule may ask for, in every file.
    public static let vocabulary: Vocabulary = {
        let field = 1...1_000_000
        return Vocabulary([
            FactDeclaration("rank", .number, Text("名次(并列占位)", "the place"), whole: field),
            FactDeclaration(
                "dense_rank",
                .number,
                Text("名次(并列不占位)", "the place, ties taking no place after them"),
                whole: field
            ),
            FactDeclaration(
                "group_rank",
                .number,
                Text("组内名次(并列占位)", "the place within the group"),
                whole: field
            ),
            FactDeclaration(
                "rank_percent",
                .number,
                Text("名次占参赛数的百分比", "the place as a percentage of the entrants")
            ),
            FactDeclaration(
                "award",
                .word,
                Text("奖项", "the award"),
                words: ["gold", "silver", "bronze", "medallion", "none"]
            ),
            FactDeclaration("guest", .truth, Text("邀请选手", "the guest standing")),
            FactDeclaration("team_size", .number, Text("每队人数", "the team's size"), whole: 1...6),
            FactDeclaration(
                "entrants",
                .number,
                Text("参赛数", "the number of entrants"),
                whole: field
            ),
            FactDeclaration(
                "group_entrants",
                .number,
                Text("组内参赛数", "the number of entrants in the group"),
                whole: field
            ),
            FactDeclaration(
                "all_parts_passed",
                .truth,
                Text("各部分均及格(按评分表)", "a pass in every part, by the card")
            ),
            FactDeclaration(
                "group",
                .word,
                Text("组别", "the group"),
                words: ["worker", "student"]
            ),
            FactDeclaration("employed", .truth, Text("在职", "employment at the time")),
            FactDeclaration("sex", .word, Text("性别", "the sex"), words: ["female", "male"]),
            FactDeclaration("birth_date", .day, Text("出生日期", "the birth date")),
            FactDeclaration("result_date", .day, Text("成绩公布日", "the day of the result")),
            FactDeclaration("first_day", .day, Text("比赛第一天", "the first day of the event")),
            FactDeclaration(
                "conditions_confirmed",
                .truth,
                Text("主管部门确认其他条件符合", "the deciding body's confirmation of the other conditions")
            ),
            FactDeclaration(
                unsettled,
                .truth,
                Text("主管部门对原文未写情形的决定", "the deciding body's word on what the text leaves open")
            ),
            FactDeclaration("titles", .words, Text("已有称号", "the titles held")),
            FactDeclaration(
                "skill_level",
                .word,
                Text("已有职业技能等级", "the skill level held"),
                words: SkillLevel.words,
                wordTitles: SkillLevel.wordTitles
            ),
            FactDeclaration("track", .word, Text("赛道", "the track")),
            FactDeclaration("item", .word, Text("项目", "the item")),
            FactDeclaration(
                "event_class",
                .word,
                Text("赛事类别", "the class of the event"),
                words: [
                    "national-1", "national-2", "provincial-1", "provincial-2", "city", "other",
                ]
            ),
        ])
    }()
}
