import ArgumentParser
import Eligibility
import Exact
import Findings
import Rules
import Seal
import Secretariat

struct PolicyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "policy",
            abstract: tr("政策", "policies"),
            subcommands: [List.self, Show.self, Check.self, Explain.self]
        )
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "列出政策:地区、有效期、核对日期、待遇数、未明之处",
                    "the policies: region, dates, when checked, benefits, what is open"
                )
            )
        }
        @Argument(help: help("政策文件夹或文件", "a folder of policies, or one file")) var path: String =
            "Policies"
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let policies = try PolicyDesk.policies(path)
            let rows = policies.map { policy in
                [
                    policy.id, policy.version, policy.region, policy.title[Console.language],
                    Self.dates(policy)[Console.language], policy.checkedOn.description,
                    "\(policy.benefits.count)", "\(policy.settings.count { $0.value == nil })",
                    policy.hash?.short ?? "",
                ]
            }
            let header = [
                "policy", "version", "region", "title", "in_force", "checked_on", "benefits",
                "open_settings", "hash",
            ]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
            try PolicyRemarks.say(policies)
        }

        private static func dates(_ policy: Policy) -> Text {
            if let range = policy.inForce {
                let end = range.upperBound.year == 9999 ? "" : range.upperBound.description
                return Text(same: "\(range.lowerBound.description)–\(end)")
            }
            if let stated = policy.statedCurrentOn {
                return Text("\(stated.description) 现行", "current on \(stated.description)")
            }
            return Text("原文无日期", "undated")
        }
    }

    struct Check: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("检查政策文件并运行其中的例子", "check policy files and run their examples")
            )
        }
        @Argument(
            help: help(
                "政策文件,或一个文件夹(并检查版本是否衔接)",
                "policy files, or a folder, whose versions are then held against each other"
            )
        )
        var files: [String]
        @OptionGroup var common: Common

        func run() throws {
            var findings: [Finding] = []
            var policies: [Policy] = []
            for file in files {
                do {
                    policies += try PolicyDesk.policies(file)
                } catch let refusal as Refusal {
                    findings += refusal.findings
                }
            }
            guard findings.isEmpty else { throw Refusal(findings) }
            for policy in policies {
                Console.say(
                    "\(policy.id): "
                        + tr(
                            "\(policy.benefits.count) 项待遇,\(policy.examples.count) 个例子全部成立",
                            "\(policy.benefits.count) benefits, all \(policy.examples.count) examples hold"
                        )
                )
            }
            try PolicyRemarks.say(policies)
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
                let head = [benefit.id, benefit.title[language], benefit.kind.text[language]]
                if benefit.tiers.isEmpty { return [head + ["", "", benefit.citation.text]] }
                return benefit.tiers.map {
                    head + [$0.id, $0.amount.text[language], $0.citation.text]
                }
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

    struct Explain: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "逐条说明一项待遇:条件、各档、期限、不可兼得、携带、例子,每条带出处",
                    "one benefit clause by clause: conditions, tiers, term, exclusions, what to bring, examples"
                )
            )
        }
        @Argument(help: help("政策文件", "the policy file")) var file: String
        @Argument(help: help("待遇(不写则全部)", "the benefit (all of them where none is named)"))
        var benefit: String?
        @OptionGroup var common: Common

        func run() throws {
            let policy = try PolicyDesk.read(file)
            let named = benefit.map { name in policy.benefits.filter { $0.id == name } }
            let benefits = named ?? policy.benefits
            guard !benefits.isEmpty else {
                let known = policy.benefits.map(\.id).joined(separator: ", ")
                throw Refusal(
                    "policy.unknown-benefit",
                    Text(
                        "没有待遇“\(benefit ?? "")”;应为 \(known)",
                        "there is no benefit \"\(benefit ?? "")\"; expected one of \(known)"
                    ),
                    at: Place(file: file)
                )
            }
            for benefit in benefits {
                let text = BenefitExplanation(policy: policy, benefit: benefit)
                Console.write(text.lines.map { $0[Console.language] + "\n" }.joined())
            }
        }
    }
}

/// What is worth saying of policies today.
enum PolicyRemarks {
    static func say(_ policies: [Policy]) throws {
        for finding in PolicyDesk.remarks(policies, on: try Today.day()) {
            Console.note(finding.rendered(in: Console.language))
        }
    }
}
