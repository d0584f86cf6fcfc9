import ArgumentParser
import Eligibility
import Exact
import Findings
import Secretariat

/// 政策找人: every benefit of every policy for every row of a table of people, or for a winner.
struct MatchCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "match",
            abstract: tr(
                "政策找人:人员表或一名获奖选手对照全部政策,逐项列出金额、期限、依据、不可兼得与所缺",
                "a table of people, or a winner, against all policies: amounts, schedule, clauses, what excludes what, what is missing"
            )
        )
    }

    @Argument(
        help: help(
            "人员表 (CSV 或 XLSX):name、id_number、city 及事实各列",
            "the people (CSV or XLSX): name, id_number, city and a column a fact"
        )
    ) var people: String?
    @Option(
        help: help(
            "荣誉编号(由档案取人;须 --as,调取会记入档案)",
            "an honour, whose person is taken from the record (needs --as; the pull is recorded)"
        )
    )
    var honour: String?
    @Option(
        name: [.customLong("policies"), .customLong("policy")],
        help: help("政策文件夹或文件", "a folder of policies, or one file")
    ) var policies: String = "Policies"
    @Option(
        help: help(
            "核定日,如 2023-03-08(默认今天)",
            "the day of decision, such as 2023-03-08 (default: today)"
        )
    )
    var on: String?
    @Flag(help: help("只对照本人城市和所在省的政策", "only policies of a person's own city and province"))
    var ownCity = false
    @Flag(help: help("也列出不符合的", "list what a person is not eligible for, too")) var all = false
    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func validate() throws {
        guard [people, honour].compactMap(\.self).count == 1 else {
            throw ValidationError(
                tr(
                    "请恰好给出人员表、--honour 之一",
                    "give exactly one of a table of people and --honour"
                )
            )
        }
    }

    func run() throws {
        let read = try PolicyDesk.policies(policies)
        if !common.quiet { try PolicyRemarks.say(read) }
        let terms = PolicyDesk.Terms(policies: read, day: try Today.day(on), ownCity: ownCity)
        let table = try table(read)
        let matched = table.people.map {
            PolicyDesk.decide($0.inputs, city: $0.city, line: $0.line, terms)
        }
        let rows = matched.flatMap { DecisionRows.rows($0, all: all) }
        let header = DecisionRows.header
        try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        let untried = matched.filter(\.policies.isEmpty).count
        if untried > 0 {
            Console.note(
                Text(
                    "\(untried) 人没有填城市,或该城市没有政策,未对照",
                    "\(untried) people have no city, or one without a policy; nothing was tried"
                )
            )
        }
        for finding in table.findings { Console.note(finding.rendered(in: Console.language)) }
        guard table.leftOut == 0 else {
            Console.note(
                Text(
                    "\(table.leftOut) 行有误未核定;其余 \(matched.count) 人已核定",
                    "\(table.leftOut) rows with errors were left out; the other \(matched.count) people were decided"
                )
            )
            throw ExitCode(1)
        }
    }

    /// The people: of the table, joined with the record where somebody speaks; or the one of an honour.
    private func table(_ policies: [Policy]) throws -> PolicyDesk.PeopleTable {
        if let honour {
            let office = try event.open()
            let (person, city, receipt) = try office.pullPerson(
                honour: honour,
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
            let row = PolicyDesk.PeopleRow(
                file: honour,
                line: 0,
                city: city,
                idNumber: nil,
                inputs: try office.inputs(for: person)
            )
            return PolicyDesk.PeopleTable(people: [row], findings: [], leftOut: 0)
        }
        let table = try PolicyDesk.people(people ?? "", policies: policies)
        guard let key = try speaker.optionalKey() else { return table }
        let office = try event.open()
        let (joined, receipts) = try office.join(table, by: key)
        for receipt in receipts { try acknowledge(receipt, in: office) }
        return joined
    }
}
