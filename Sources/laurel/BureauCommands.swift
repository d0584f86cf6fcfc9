import ArgumentParser
import Competition
import Eligibility
import Exact
import Findings
import Honours
import Ledger
import Rules
import Seal
import Secretariat
import Snapshots

struct WinnersCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "winners",
            abstract: tr("一个城市的获奖选手(调取会记入档案)", "the winners of one city; the pull is recorded")
        )
    }

    @Option(help: help("城市代码,如 210100", "the city's code, such as 210100")) var city: String
    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let (winners, unknown) = try office.winners(city: city)
        let receipt = try office.notePull(
            city: city,
            count: winners.count,
            by: try speaker.key()
        )
        try acknowledge(receipt, in: office)
        let rows = winners.map { WinnerRow.cells($0, office) }
        try output.print(
            header: WinnerRow.header,
            rows: rows,
            json: jsonRows(WinnerRow.header, rows)
        )
        if unknown > 0, !common.quiet {
            Console.note(
                Text(
                    "另有 \(unknown) 名获奖选手参保地和单位所在地均未知",
                    "\(unknown) more winners have no known city of insurance or employer"
                )
            )
        }
    }
}

/// The columns that bureaus ask for (domain-china 5).
enum WinnerRow {
    static var header: [String] {
        Console.language == .zh
            ? [
                "姓名", "身份证号", "单位", "项目", "名次", "奖项", "荣誉", "手机", "城市", "城市依据", "选手", "人员",
            ]
            : [
                "name", "id_number", "employer", "item", "rank", "award", "honours", "phone",
                "city",
                "city_basis", "entrant", "person",
            ]
    }

    static func cells(_ winner: Winner, _ office: Office) -> [String] {
        let language = Console.language
        let content = winner.record?.content
        let honours = winner.honours.map { row in
            (office.honourRules.rule(row.rule)?.title[language] ?? row.rule) + "(" + row.state + ")"
        }
        let basis =
            winner.cityBasis == .insurance ? tr("参保地", "insurance") : tr("单位所在地", "employer")
        return [
            winner.record?.name ?? "", winner.record?.idNumber ?? "",
            content?["employer"]?.string ?? "", winner.item.title[language], "\(winner.rank)",
            winner.award, honours.joined(separator: "; "), content?["phone"]?.string ?? "",
            winner.city, basis, winner.entrant, winner.person.hex,
        ]
    }
}

struct PolicyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "policy",
            abstract: tr("政策", "policies"),
            subcommands: [Check.self, Show.self]
        )
    }

    struct Check: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("检查政策文件并运行其中的例子", "check policy files and run their examples")
            )
        }
        @Argument(help: help("政策文件", "policy files")) var files: [String]
        @OptionGroup var common: Common

        func run() throws {
            for file in files {
                let policy = try PolicyDesk.read(file)
                Console.say(
                    "\(policy.id): "
                        + tr(
                            "\(policy.benefits.count) 项待遇,\(policy.examples.count) 个例子全部成立",
                            "\(policy.benefits.count) benefits, all \(policy.examples.count) examples hold"
                        )
                )
            }
        }
    }

    struct Show: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("列出一份政策的各项待遇与出处", "the benefits of a policy, with their sources")
            )
        }
        @Argument(help: help("政策文件", "the policy file")) var file: String
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let policy = try PolicyDesk.read(file)
            let language = Console.language
            let rows = policy.benefits.flatMap { benefit -> [[String]] in
                let tiers = benefit.tiers.map { tier in
                    [
                        benefit.id, benefit.title[language], benefit.kind.text[language], tier.id,
                        tier.amount.text[language], tier.citation.text,
                    ]
                }
                return tiers.isEmpty
                    ? [
                        [
                            benefit.id, benefit.title[language], benefit.kind.text[language], "",
                            "",
                            benefit.citation.text,
                        ]
                    ] : tiers
            }
            let header = ["benefit", "title", "kind", "tier", "amount", "source"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            for setting in policy.settings where setting.value == nil {
                Console.note(
                    Text("未明:\(setting.question.zh)", "open: \(setting.question.en)")
                )
            }
        }
    }
}

extension BenefitAmount {
    /// The amount in words.
    var text: Text {
        switch self {
        case .fixed(let money): Text("\(money.yuanText) 元", "¥\(money.yuanText)")
        case .share(let share, _, let cap):
            Text(
                "实际支出的 \(share.shortest) 倍" + (cap.map { ",上限 \($0.yuanText) 元" } ?? ""),
                "\(share.shortest) of what is paid"
                    + (cap.map { ", ¥\($0.yuanText) at most" } ?? "")
            )
        case .rent(let rent):
            Text(
                "\(rent.areaCap.shortest)㎡ 以内实际房租的 \(rent.part.shortest) 倍",
                "\(rent.part.shortest) of the rent of up to \(rent.areaCap.shortest) ㎡"
            )
        case .between(let range):
            Text(
                (range.isYearly ? "每年" : "")
                    + (range.from.map { "\($0.yuanText)–\(range.to.yuanText) 元" }
                        ?? "最高 \(range.to.yuanText) 元") + "(原文无规则,不作金额)",
                (range.from.map { "¥\($0.yuanText)–\(range.to.yuanText)" }
                    ?? "¥\(range.to.yuanText) at most") + (range.isYearly ? " a year" : "")
                    + " (no rule in the text; never an amount)"
            )
        case .negotiated: Text("一人一议", "case by case")
        }
    }
}

struct EligibleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "eligible",
            abstract: tr(
                "一人可享受哪些待遇:金额、依据、所缺",
                "what a person is entitled to: amounts, clauses, what is missing"
            )
        )
    }

    @Argument(help: help("人员文件 (YAML)", "the person's facts (YAML)")) var person: String?
    @Option(help: help("荣誉编号(由档案取人)", "an honour, whose person is taken from the record"))
    var honour: String?
    @Option(help: help("政策文件", "the policy file")) var policy: String
    @Option(help: help("核定日,如 2023-03-08", "the day of decision, such as 2023-03-08")) var on:
        String
    @Option(
        help: help(
            "补充事实,如 first_home_in_city=true",
            "a further fact, such as first_home_in_city=true"
        )
    ) var fact: [String] = []
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let policy = try PolicyDesk.read(policy)
        guard let day = Day(on) else {
            throw Refusal(
                "data.day",
                Text("“\(on)”不是日期", "\"\(on)\" is no day"),
                at: Place(file: "--on")
            )
        }
        let extra = try PolicyDesk.facts(fact, policy: policy)
        let name: String
        let decisions: [Decision]
        if let person {
            var (read, facts) = try PolicyDesk.person(person, policy: policy)
            for fact in extra.names { facts[fact] = extra[fact] }
            if read.isEmpty { read = person }
            name = read
            decisions = policy.decide(facts, on: day)
        } else if let honour {
            let office = try event.open()
            guard let row = try office.record.honours().first(where: { $0.id == honour }) else {
                throw Refusal(
                    "honour.unknown",
                    Text("没有荣誉 \(honour)", "there is no honour \(honour)")
                )
            }
            name = try office.record.people([row.person])[row.person]?.name ?? honour
            decisions = try office.decide(row.person, policy: policy, on: day, extra: extra)
        } else {
            throw ValidationError(tr("请给出人员文件或 --honour", "give a person's file or --honour"))
        }
        if output.format == .table {
            try output.write(
                DecisionPage(name: name, policy: policy, day: day, decisions: decisions).text(
                    Console.language
                )
            )
        } else {
            let rows = decisions.map { DecisionPage.cells($0, policy, Console.language) }
            let header = ["benefit", "title", "outcome", "yuan", "missing", "source"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
        if decisions.contains(where: { $0.entitlement.name == "undetermined" }) {
            throw ExitCode(3)
        }
    }
}
