import ArgumentParser
import Eligibility
import Exact
import Findings
import Foundation
import Interchange
import Rules
import Seal
import Secretariat

struct EligibleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "eligible",
            abstract: tr(
                "一人或一批人可享受哪些待遇:金额、依据、所缺、最优的合法组合",
                "what a person or a table of people is entitled to: amounts, clauses, what is missing, the best plan"
            )
        )
    }

    @Argument(help: help("人员文件 (YAML)", "the person's facts (YAML)")) var person: String?
    @Option(
        help: help(
            "荣誉编号(由档案取人;须 --as,调取会记入档案)",
            "an honour, whose person is taken from the record (needs --as; the pull is recorded)"
        )
    )
    var honour: String?
    @Option(
        help: help(
            "人员表 (CSV 或 XLSX);加 --as 则按身份证号并入档案中的荣誉和发放",
            "a table of people (CSV or XLSX); with --as joined with the record by ID number"
        )
    )
    var batch: String?
    @OptionGroup var terms: PolicyTerms
    @Option(
        help: help(
            "补充事实,如 first_home_in_city=true",
            "a further fact, such as first_home_in_city=true"
        )
    ) var fact: [String] = []
    @Option(
        help: help(
            "把核定记录(可复核的 JSON)写入此文件",
            "write the decision, which can be made again, to this file"
        )
    )
    var record: String?
    @Option(
        help: help(
            "与先前的核定记录比较,列出变化及原因",
            "compare with an earlier decision: what changed, and why"
        )
    ) var against: String?
    @Option(help: help("每人一页写入此目录 (--batch)", "write a page a person into this folder (--batch)"))
    var pages: String?
    @Option(help: help("每人一页印成 PDF,写入此文件", "print a page a person as a PDF, to this file"))
    var pdf: String?
    @Option(
        help: help(
            "--pdf 的版式(laurel print template decision)",
            "how the pages of --pdf look (laurel print template decision)"
        )
    )
    var template: String?
    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func validate() throws {
        guard [person, honour, batch].compactMap(\.self).count == 1 else {
            throw ValidationError(
                tr(
                    "请恰好给出人员文件、--honour、--batch 之一",
                    "give exactly one of a person's file, --honour and --batch"
                )
            )
        }
        if batch != nil, record != nil || against != nil || !fact.isEmpty {
            throw ValidationError(
                tr(
                    "--record、--against、--fact 用于一人",
                    "--record, --against and --fact are for one person"
                )
            )
        }
    }

    func run() throws {
        if let batch { return try decide(table: batch) }
        let policies = try terms.read(quiet: common.quiet)
        let (inputs, city) = try inputs(policies)
        let decided = PolicyDesk.decide(inputs, city: city, try terms.of(policies, city: city))
        guard !decided.policies.isEmpty else { throw PolicyTerms.none(city) }
        if let against {
            try Redeciding(file: against, decided: decided, inputs: inputs).run(output)
        } else {
            try print(decided)
        }
        try print(pdf: [decided])
        if let record {
            let documents = decided.policies.map(\.record.json)
            let json = documents.count == 1 ? documents[0] : .array(documents)
            try Output.write(json.canonicalText + "\n", to: record)
        }
        let isOpen = decided.decisions.contains { $0.decision.entitlement.name == "undetermined" }
        if against == nil, isOpen { throw ExitCode(3) }
    }

    private func inputs(_ policies: [Policy]) throws -> (DecisionInputs, String?) {
        let extra = try PolicyDesk.facts(fact, policies: policies)
        if let person {
            var (inputs, city) = try PolicyDesk.person(person, policies: policies)
            for name in extra.names { inputs.facts[name] = extra[name] }
            return (inputs, city)
        }
        let office = try event.open()
        let (found, city, receipt) = try office.pullPerson(
            honour: honour ?? "",
            by: try speaker.key()
        )
        try acknowledge(receipt, in: office)
        return (try office.inputs(for: found, extra: extra), city)
    }

    private func print(pdf people: [DecidedPerson]) throws {
        guard let pdf else { return }
        let paper = try DecisionPaper(Console.language, template: template)
        try Output.write(bytes: try paper.pdf(people), to: pdf)
    }

    private func print(_ decided: DecidedPerson) throws {
        switch output.format {
        case .table:
            let pages = decided.policies.map { $0.page(of: decided.name).text(Console.language) }
            try output.write(pages.joined(separator: "\n"))
        case .json: try output.write(DecisionRows.json(decided).canonicalText + "\n")
        case .csv, .xlsx:
            let rows = DecisionRows.rows(decided, all: true)
            try output.print(header: DecisionRows.header, rows: rows, json: .null)
        }
    }

    private func decide(table file: String) throws {
        let policies = try terms.read(quiet: common.quiet)
        var table = try PolicyDesk.people(file, policies: policies)
        if let key = try speaker.optionalKey() {
            let office = try event.open()
            let (joined, receipts) = try office.join(table, by: key)
            table = joined
            for receipt in receipts { try acknowledge(receipt, in: office) }
        }
        let people = try table.people.map {
            PolicyDesk.decide(
                $0.inputs,
                city: $0.city,
                line: $0.line,
                try terms.of(policies, city: $0.city)
            )
        }
        let batch = DecisionBatch(people: people, findings: table.findings, day: try terms.day())
        try batch.print(output)
        if let pages { try batch.write(pages: pages) }
        try print(pdf: people)
        if !common.quiet, output.out != nil { Console.note(batch.totalsText) }
        for finding in table.findings { Console.note(finding.rendered(in: Console.language)) }
        if table.leftOut > 0 {
            Console.note(
                Text(
                    "\(table.leftOut) 行有误未核定;其余 \(people.count) 人已核定",
                    "\(table.leftOut) rows with errors were left out; the other \(people.count) people were decided"
                )
            )
            throw ExitCode(1)
        }
    }
}

/// Which policies, for which day, and how far a plan looks.
struct PolicyTerms: ParsableArguments {
    @Option(
        name: [.customLong("policies"), .customLong("policy")],
        help: help("政策文件夹或文件", "a folder of policies, or one file")
    ) var path: String = "Policies"
    @Option(
        help: help(
            "核定日,如 2023-03-08(默认今天)",
            "the day of decision, such as 2023-03-08 (default: today)"
        )
    )
    var on: String?
    @Flag(help: help("也对照别的城市的政策", "try the policies of other cities, too"))
    var allCities = false
    @Option(
        name: .customLong("plan-months"),
        help: help(
            "最优组合看多少个月(默认按政策期限)",
            "over how many months the best plan is sought (default: the policy's term)"
        )
    ) var months: Int?

    func validate() throws {
        if let months, !(1...600).contains(months) {
            throw ValidationError(
                tr("--plan-months 应为 1–600", "--plan-months is from 1 to 600")
            )
        }
    }

    func day() throws -> Day { try Today.day(on) }

    func read(quiet: Bool) throws -> [Policy] {
        let policies = try PolicyDesk.policies(path)
        if !quiet { try PolicyRemarks.say(policies) }
        return policies
    }

    /// The terms for one person: of whom the city is known only its own policies and its province's
    /// are tried, unless all are wanted or one file is named.
    func of(_ policies: [Policy], city: String?) throws -> PolicyDesk.Terms {
        PolicyDesk.Terms(
            policies: policies,
            day: try day(),
            ownCity: city != nil && !allCities && policies.count > 1,
            hasPlan: true,
            planMonths: months
        )
    }

    static func none(_ city: String?) -> Refusal {
        Refusal(
            "policy.city",
            Text(
                "城市 \(city ?? "") 没有政策文件(--all-cities 对照全部)",
                "there is no policy of the city \(city ?? "") (--all-cities tries them all)"
            )
        )
    }
}
