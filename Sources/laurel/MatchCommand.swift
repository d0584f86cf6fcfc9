import ArgumentParser
import Eligibility
import Exact
import Findings
import Rules
import Secretariat

/// 政策找人: every benefit of every policy for every row of a table of people.
struct MatchCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "match",
            abstract: tr(
                "政策找人:人员表对照全部政策,逐项列出金额、期限、依据、不可兼得与所缺",
                "a table of people against all policies: amounts, schedule, clauses, what excludes what, what is missing"
            )
        )
    }

    @Argument(
        help: help(
            "人员表 (CSV):name、id_number、city 及事实各列",
            "the people (CSV): name, id_number, city and a column a fact"
        )
    ) var people: String
    @Option(help: help("政策文件夹或文件", "a folder of policies, or one file")) var policies: String =
        "Policies"
    @Option(help: help("核定日,如 2023-03-08", "the day of decision, such as 2023-03-08")) var on:
        String
    @Flag(help: help("只对照本人城市和所在省的政策", "only policies of a person's own city and province"))
    var ownCity = false
    @Flag(help: help("也列出不符合的", "list what a person is not eligible for, too")) var all = false
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        guard let day = Day(on) else {
            throw Refusal(
                "data.day",
                Text("“\(on)”不是日期", "\"\(on)\" is no day"),
                at: Place(file: "--on")
            )
        }
        let (matched, findings) = try PolicyDesk.match(
            people,
            policies: try PolicyDesk.policies(policies),
            on: day,
            ownCity: ownCity
        )
        let rows = matched.flatMap { person in
            person.decisions.compactMap { policy, decision -> [String]? in
                if case .ineligible = decision.entitlement, !all { return nil }
                return MatchRow(person: person, policy: policy, decision: decision).cells(
                    Console.language
                )
            }
        }
        try output.print(
            header: MatchRow.header,
            rows: rows,
            json: jsonRows(MatchRow.header, rows)
        )
        let untried = matched.filter(\.decisions.isEmpty).count
        if untried > 0 {
            Console.note(
                Text(
                    "\(untried) 人没有填城市,或该城市没有政策,未对照",
                    "\(untried) people have no city, or one without a policy; nothing was tried"
                )
            )
        }
        for finding in findings { Console.note(finding.rendered(in: Console.language)) }
        guard findings.isEmpty else {
            let left = Set(findings.compactMap { $0.place?.line }).count
            Console.note(
                Text(
                    "\(left) 行有误未核定;其余 \(matched.count) 人已核定",
                    "\(left) rows with errors were left out; the other \(matched.count) people were decided"
                )
            )
            throw ExitCode(1)
        }
    }
}

/// One benefit of one person as a row.
struct MatchRow {
    let person: PolicyDesk.Matched
    let policy: Policy
    let decision: Decision

    static let header = [
        "line", "name", "policy", "benefit", "title", "outcome", "yuan", "schedule", "clause",
        "excludes", "missing",
    ]

    func cells(_ language: Language) -> [String] {
        let base = DecisionPage.cells(decision, policy, language)
        let page = DecisionPage(
            name: person.name,
            policy: policy,
            day: decision.on,
            decisions: [decision]
        )
        return [
            "\(person.line)", person.name, policy.id, base[0], base[1], base[2], base[3],
            schedule[language], clause, page.exclusions(decision, language),
            missing(page, language),
        ]
    }

    private var schedule: Text {
        switch decision.benefit.kind {
        case .monthly:
            guard let left = decision.monthsLeft else {
                return Text("按月,原文未写期限", "monthly; the text gives no term")
            }
            return Text("按月,至多还有 \(left) 个月", "monthly, \(left) months more at most")
        case .once: return Text("一次性", "once")
        case .discretionary: return Text("择优,无金额", "at discretion, no amount")
        case .catalogue: return Text("指引", "pointed to")
        }
    }

    /// The clauses of the tiers that hold or may hold, else the benefit's own.
    private var clause: String {
        let benefit = decision.benefit
        let tiers = benefit.tiers.filter { decision.tiers.contains($0.id) }.map(\.citation.text)
        var seen: Set<String> = []
        let clauses = (tiers.isEmpty ? [benefit.citation.text] : tiers).filter {
            seen.insert($0).inserted
        }
        return clauses.joined(separator: " | ")
    }

    private func missing(_ page: DecisionPage, _ language: Language) -> String {
        guard case .undetermined(let missing, _) = decision.entitlement else { return "" }
        return missing.map { page.title($0)[language] }.joined(separator: "; ")
    }
}
