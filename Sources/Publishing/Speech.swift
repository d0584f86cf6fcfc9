internal import Competition
internal import Findings
internal import Snapshots

/// An edition in one language: what words of the snapshot are called on a page.
struct Speech {
    let language: Language
    let edition: Edition

    init(_ language: Language, _ edition: Edition) {
        self.language = language
        self.edition = edition
    }

    /// The wording in this language.
    func callAsFunction(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// The wording of a text in this language.
    func callAsFunction(_ text: Text) -> String { text[language] }

    /// A status as it is called.
    func status(_ code: String) -> String {
        if code == "guest" { return self("邀请(不排名)", "guest, not ranked") }
        return EntrantStatus(rawValue: code).map { self($0.text) } ?? code
    }

    /// A group as it is called.
    func group(_ code: String) -> String {
        switch code {
        case "worker": self("职工", "worker")
        case "student": self("学生", "student")
        default: code
        }
    }

    /// An award as it is called.
    func award(_ code: String) -> String {
        switch code {
        case "gold": self("金牌", "Gold")
        case "silver": self("银牌", "Silver")
        case "bronze": self("铜牌", "Bronze")
        case "medallion": self("优胜奖", "Medallion")
        default: code == "none" ? "" : code
        }
    }

    /// An award as a mark with its name; nothing where there is none.
    func badge(_ code: String) -> Markup {
        switch code {
        case "gold", "silver", "bronze", "medallion":
            "<span class=\"award \(code)\">\(award(code))</span>"
        default: Markup(award(code))
        }
    }

    /// How a snapshot's items are awarded.
    func policy(_ code: String) -> String {
        let text = Self.policyNames[code] ?? PolicyWords(code)?.text { Self.policyNames[$0] }
        return text.map { self($0) } ?? code
    }

    private static let policyNames = [
        "rank-1-2-3": Text("前三名金、银、铜牌", "Gold, silver, bronze to the first three places"),
        "worldskills-to-2017": Text("世界技能大赛规则(至2017年)", "WorldSkills rules to 2017"),
        "worldskills-2019-2024": Text("世界技能大赛规则(2019—2024年)", "WorldSkills rules 2019–2024"),
        "worldskills-2026": Text("世界技能大赛规则(2026年)", "WorldSkills rules 2026"),
    ]

    /// Whether an item's place in the event is sourced.
    func provenance(_ item: ItemResult) -> String {
        switch item.provenance {
        case "sourced": self("项目名称有公开来源", "The item's name has a public source")
        case "representative":
            self("代表性项目,不是官方名单", "A representative item, not of the official list")
        default: item.provenance
        }
    }

    /// The state of an honour.
    func state(_ code: String) -> String {
        switch code {
        case "proposed": self("拟授予", "proposed")
        case "nominated": self("已推荐", "nominated")
        case "conferred": self("已授予", "conferred")
        case "revoked": self("已撤销", "revoked")
        case "declined": self("未获授予", "declined")
        case "superseded": self("已换发", "superseded")
        default: code
        }
    }

    /// The legal mode of an honour.
    func honourKind(_ code: String) -> String {
        switch code {
        case "conferred": self("授予", "Conferred")
        case "conditional": self("符合条件的授予", "Conferred if conditions hold")
        case "nominated": self("推荐申报(由主管部门决定)", "Nominated; another body decides")
        case "promotion": self("晋升职业技能等级", "Promotion in skill level")
        case "priority": self("同等条件优先推荐(不是荣誉)", "Priority when others decide; not an honour")
        default: code
        }
    }

    /// A title that stands in pages of this language; its code where it says nothing more.
    func title(_ named: NamedCode) -> String { self(named.title) }

    /// A delegation's name as a tile has room for it: in English its first word.
    func short(_ named: NamedCode) -> String {
        let title = title(named)
        guard language == .en else { return title }
        return title.split(separator: " ").first.map(String.init) ?? title
    }

    /// The members' names, each kept to its own direction of writing.
    func names(_ row: ResultRow) -> Markup {
        guard !row.names.isEmpty else { return "<span class=\"faint\">–</span>" }
        return row.names.map { "<bdi>\($0)</bdi>" as Markup }
            .joined(by: language == .zh ? "、" : ", ")
    }

    /// A link to a delegation's page, from a page `up` folders below the language's root.
    func link(delegation code: String, up: String) -> Markup {
        let page = edition.page(ofDelegation: code)
        return "<a href=\"\(up)delegations/\(page).html\">\(title(edition.delegation(code)))</a>"
    }
}
