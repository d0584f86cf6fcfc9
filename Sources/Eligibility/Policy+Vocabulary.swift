internal import Competition
internal import Findings
public import Rules

extension Policy {
    /// The facts that policies may ask for, beside their own settings.
    public static let vocabulary = Vocabulary([
        FactDeclaration("decision_date", .day, Text("核定日", "the day of decision")),
        FactDeclaration("birth_date", .day, Text("出生日期", "the birth date")),
        FactDeclaration(
            "sex",
            .word,
            Text("性别", "the sex"),
            words: ["female", "male"],
            wordTitles: ["female": Text("女", "female"), "male": Text("男", "male")]
        ),
        FactDeclaration(
            "other_conditions_confirmed",
            .truth,
            Text("人社局确认“符合条件的”", "the bureau's confirmation of \"符合条件的\"")
        ),
        FactDeclaration(
            "honours",
            .words,
            Text("荣誉", "the honours held"),
            wordTitles: [
                "china-skills-award": Text("中华技能大奖", "China Skills Award"),
                "national-technical-expert": Text("全国技术能手", "National Technical Expert"),
                "liaoning-technical-expert": Text("辽宁技术能手", "Liaoning Technical Expert"),
            ]
        ),
        FactDeclaration(
            "skill_level",
            .word,
            Text("职业技能等级", "the skill level"),
            words: SkillLevel.words,
            wordTitles: SkillLevel.wordTitles
        ),
        FactDeclaration(
            "talent_class",
            .word,
            Text("人才类别", "the talent class"),
            words: ["A", "B", "C", "D", "none"],
            wordTitles: ["none": Text("未认定", "none")]
        ),
        FactDeclaration(
            "education",
            .word,
            Text("学历", "the education"),
            words: ["doctor", "master", "bachelor", "college", "none"],
            wordTitles: [
                "doctor": Text("博士", "doctor"), "master": Text("硕士", "master"),
                "bachelor": Text("本科", "bachelor"), "college": Text("专科", "college"),
                "none": Text("以上都不是", "none of these"),
            ]
        ),
        FactDeclaration("graduation_date", .day, Text("毕业日期", "the day of graduation")),
        FactDeclaration(
            "first_home_in_city",
            .truth,
            Text("在本市购买首套住房", "a first home bought in the city")
        ),
        FactDeclaration("first_purchase", .truth, Text("首次购房", "a first purchase of a home")),
        FactDeclaration("works_in_city", .truth, Text("在本市就业创业", "work or a business in the city")),
        FactDeclaration("enterprise_staff", .truth, Text("企业职工", "employment by an enterprise")),
        FactDeclaration("elite_award", .truth, Text("获得高精尖优才奖励", "the award for elite talent")),
        FactDeclaration("flat_available", .truth, Text("人才公寓有房源", "a free talent flat")),
        FactDeclaration(
            "monthly_rent_yuan",
            .number,
            Text("月实际房租(元)", "the monthly rent (yuan)")
        ),
        FactDeclaration("rented_area_sqm", .number, Text("租赁面积(㎡)", "the area rented (㎡)")),
        FactDeclaration(
            "rent_within_area_yuan",
            .number,
            Text(
                "人社局核定的享受面积内月房租(元)",
                "the monthly rent within the area cap, as the bureau found it"
            )
        ),
    ])

    /// The fact that a share of the rent is taken of.
    static let monthlyRent = "monthly_rent_yuan"
    /// The fact that says how large the flat is.
    static let rentedArea = "rented_area_sqm"
    /// The fact that says how much of the rent the bureau counts.
    static let rentWithinArea = "rent_within_area_yuan"

    /// All facts that this policy's conditions may ask for: the common ones, its own, its settings.
    public var vocabulary: Vocabulary {
        Vocabulary(
            Self.vocabulary.declarations + ownFacts
                + settings.map { FactDeclaration($0.id, .truth, $0.question) }
        )
    }
}
