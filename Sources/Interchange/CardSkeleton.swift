public import Competition
internal import Exact
internal import Findings

/// A scorecard to begin with: the shape that the item's standard or practice wants, with every kind of
/// marking shown once, and comments that say what to put in.
///
/// It passes `scorecard check` as it is; what is to be replaced says so in both languages.
public enum CardSkeleton {
    /// Writes the skeleton of an item.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - sections: the sections of its occupational standard; empty where it has none, and the
    ///     practice of national and provincial events is followed: theory 20, practical 80.
    /// - Returns: the text of the file.
    public static func text(for item: ContestItem, sections: [StandardSection]) -> String {
        let head = head(item, hasStandard: !sections.isEmpty)
        return head + (sections.isEmpty ? national(item) : worldSkills(item, sections))
    }

    private static func quoted(_ text: String) -> String { YAMLValue.text(text).line }

    private static func head(_ item: ContestItem, hasStandard: Bool) -> String {
        let (zh, en) = (item.title.zh, item.title.en)
        let name = item.id.text + "-" + slug(en)
        return """
            # \(zh):评分表骨架,由 laurel scorecard new 生成。“待写”之处须由赛项专家组填写。
            # 写完后: laurel scorecard check 本文件\(hasStandard ? ";laurel scorecard allocation 本文件" : "")
            #
            # \(en): a skeleton made by laurel scorecard new. What says "to be written" is for the item's
            # experts. Then: laurel scorecard check THIS\(hasStandard ? "; laurel scorecard allocation THIS" : "")
            #
            # An entrant is \(item.teamSize == 1 ? "one person" : "\(item.teamSize) persons, marked as one"). The format: Documentation/scorecards.md
            scorecard: 1
            id: \(quoted(name))
            title: {zh: \(quoted(zh)), en: \(quoted(en))}
            note:
              zh: 待写:此表由谁编写、是否为正式评分标准。
              en: "To be written: whose scheme this is, and whether it is the official one."

            """
    }

    private static func slug(_ text: String) -> String {
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return String(words.joined(separator: "-").prefix(40))
    }

    // MARK: WorldSkills

    private static func worldSkills(_ item: ContestItem, _ sections: [StandardSection]) -> String {
        let skill = item.worldSkillsNumber ?? ""
        var text = """
            standard:
              title: {zh: \(quoted("世界技能职业标准 \(item.title.zh)")), en: \(quoted("WorldSkills Occupational Standards for \(item.title.en)"))}
              skill: "\(skill)"
            # Three judges mark what is judged; a measured value is agreed on by the panel.
            panel: {judges: 3, minimum: 3}
            total: {max: 100, round: {places: 2}, ranked: shown}
            # WorldSkills: level entrants share their place.
            ties: {keys: [], end: shared}
            awards: worldskills-2026
            # One part for each section of the standard, with its weight. Parts may be cut otherwise (by
            # module or day) as long as each aspect says its section; five marks of 100 may differ in all.
            parts:

            """
        let letters = (65...90).compactMap { Unicode.Scalar($0).map { String(Character($0)) } }
        for (index, section) in sections.enumerated() where section.weight > .zero {
            let letter = index < letters.count ? letters[index] : "X\(index)"
            let half = (try? section.weight.divided(by: Rational(2))) ?? section.weight
            let rest = (try? section.weight.minus(half)) ?? .zero
            text += """
                  # \(section.number). \(section.title): \(section.weight.shortest)
                  - id: \(letter)
                    title: {zh: \(quoted("待写:标准第 \(section.number) 章")), en: \(quoted(section.title))}
                    day: \(min(4, index + 1))
                    # Split these two into aspects of 2 marks or less: a result each, no shared wording.
                    aspects:
                      - id: \(letter)1
                        title: {zh: 待写:量什么, en: "To be written: what is measured"}
                        requirement: {zh: 待写:尺寸、限值与量具, en: "To be written: figure, limit and gauge"}
                        full_or_zero: {max: \(half.shortest)}
                        section: \(section.number)
                      - id: \(letter)2
                        title: {zh: 待写:评什么, en: "To be written: what is judged"}
                        judgement:
                          max: \(rest.shortest)
                          spread: 1
                          levels:
                \(levels(indent: 14))
                        round: {places: 2}
                        section: \(section.number)

                """
        }
        return text
    }

    private static func levels(indent: Int) -> String {
        let texts = [
            ("待写:低于行业标准是什么样", "To be written: what falls below the industry's standard"),
            ("待写:达到行业标准是什么样", "To be written: what meets it"),
            ("待写:部分超过是什么样", "To be written: what exceeds it in part"),
            ("待写:卓越是什么样", "To be written: what is excellent"),
        ]
        let blanks = String(repeating: " ", count: indent)
        return texts.map { "\(blanks)- {zh: \($0.0), en: \"\($0.1)\"}" }.joined(separator: "\n")
    }

    // MARK: National and provincial events

    private static func national(_ item: ContestItem) -> String {
        """
        # National and provincial practice: a theory paper of 20 to 30, practical work of 70 to 80.
        standard:
          title: {zh: 全国及省级职业技能大赛通行做法, en: Practice of national and provincial skills competitions}
        panel: {judges: 3, minimum: 3}
        total: {max: 100, round: {places: 2}, ranked: shown}
        # Level totals: the better practical, the shorter time, the better theory; then the panel decides.
        ties:
          keys:
            - marks: [P]
            - entered: P.time
            - marks: [T]
          end: must-separate
        awards: rank-1-2-3
        # What one sheet covers: the paper, and each module of the practical.
        sheets: [T, P1, P2]
        parts:
          - id: T
            title: {zh: 理论, en: Theory}
            round: {places: 2}
            aspects:
              - id: T01
                title: {zh: 待写:试卷, en: "To be written: the paper"}
                # The paper's own marks are entered and scaled.
                theory: {paper: 100, max: 20}
          - id: P
            title: {zh: 实操, en: Practical}
            round: {places: 2}
            criteria:
              - id: P1
                title: {zh: 待写:模块一, en: "To be written: module 1"}
                day: 1
                aspects:
                  - id: P101
                    title: {zh: 安全操作, en: Safe work}
                    requirement: {zh: "待写:每处扣 0.5 的情形", en: "To be written: what costs 0.5 each time"}
                    deduct: {max: 5, each: 0.5}
                  - id: P102
                    title: {zh: 待写:一个尺寸, en: "To be written: a dimension"}
                    requirement: {zh: "待写:规定值、公差、量具", en: "To be written: figure, limit and gauge"}
                    # The measured value is entered; Laurel finds the loss.
                    tolerance: {max: 10, target: 60, free: 0.05, per: 0.05, loss: 2, step: 0.01, limit: 100}
                  - id: P103
                    title: {zh: 待写:若干处中合格的处数, en: "To be written: how many of several are right"}
                    count: {of: 10, max: 10}
                  - id: P104
                    title: {zh: 待写:评什么, en: "To be written: what is judged"}
                    judgement:
                      max: 5
                      spread: 1
                      levels:
        \(levels(indent: 16))
                    round: {places: 2}
                  # Not counted: only tells level totals apart.
                  - id: time
                    title: {zh: 用时, en: Time}
                    score: {max: 43200, step: 1}
                    aggregate: agreed
                    counts: false
              - id: P2
                title: {zh: 待写:模块二, en: "To be written: module 2"}
                day: 2
                aspects:
                  - id: P201
                    title: {zh: 待写:一个分档的量, en: "To be written: a measure in bands"}
                    bands: {list: [{to: 0.5, marks: 20}, {to: 1, marks: 10}], otherwise: 0, step: 0.1, limit: 100}
                  - id: P202
                    title: {zh: 待写:几种结果之一, en: "To be written: one of several results"}
                    options: [0, 5, 10]
                  - id: P203
                    title: {zh: 待写:做到或没做到, en: "To be written: done or not done"}
                    full_or_zero: {max: 20}

        """
    }
}
