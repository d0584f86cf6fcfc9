public import Competition
internal import Exact
public import Findings

/// Occupational standards as a table: `skill_number,skill_name_en,team_size,section_number,
/// section_title,weight_percent`, one row a section.
public enum StandardsFile {
    /// Reads the sections of every skill, by the skill's number.
    ///
    /// - Parameters:
    ///   - text: the table.
    ///   - file: the name it is known by.
    /// - Returns: the sections of each skill, in the table's order.
    /// - Throws: a ``Findings/Refusal`` with every row that can't be read, and every skill whose
    ///   sections do not add up to 100.
    public static func read(
        _ text: String,
        file: String
    ) throws(Refusal) -> [String: [StandardSection]] {
        let table = try CSVTable(text, file: file)
        var findings: [Finding] = []
        var columns: [String: Int] = [:]
        for name in ["skill_number", "section_number", "section_title", "weight_percent"] {
            columns[name] = table.column(name)
            guard columns[name] == nil else { continue }
            findings.append(
                Finding(
                    "csv.column",
                    Text("缺少列“\(name)”", "the column \"\(name)\" is missing"),
                    at: Place(file: file, line: 1)
                )
            )
        }
        guard findings.isEmpty, let skill = columns["skill_number"],
            let number = columns["section_number"], let title = columns["section_title"],
            let weight = columns["weight_percent"]
        else { throw Refusal(findings) }
        var skills: [String: [StandardSection]] = [:]
        for row in table.rows {
            guard let section = Int(row.fields[number].trimmingBlanks()),
                (1...99).contains(section),
                let share = try? Rational(written: row.fields[weight].trimmingBlanks()),
                share >= .zero
            else {
                findings.append(
                    Finding(
                        "standard.section",
                        Text(
                            "章节编号应为 1 到 99 的整数,权重应为数字",
                            "expected a section from 1 to 99 and a weight that is a number"
                        ),
                        at: table.place(row, number)
                    )
                )
                continue
            }
            skills[row.fields[skill].trimmingBlanks(), default: []].append(
                StandardSection(number: section, title: row.fields[title], weight: share)
            )
        }
        for (skill, sections) in skills.sorted(by: { $0.key < $1.key })
        where (try? sections.map(\.weight).sum()) != Rational(100) {
            findings.append(
                Finding(
                    "standard.weights",
                    Text(
                        "技能 \(skill) 各章节合计不是 100",
                        "the sections of skill \(skill) do not add up to 100"
                    ),
                    at: Place(file: file)
                )
            )
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        return skills
    }
}
