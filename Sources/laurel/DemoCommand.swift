import ArgumentParser
import Competition
import Eligibility
import Exact
import Findings
import Foundation
import Interchange
import Ledger
import Publishing
import Seal
import Rules
import Secretariat
import Snapshots

struct DemoCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "demo",
            abstract: tr(
                "以真实规模走完整个赛事(虚构数据)",
                "take a whole competition, at real size and invented, through every room"
            )
        )
    }

    @Option(help: help("写到哪个目录", "the folder to write to")) var into: String = "demo"
    @Option(help: help("赛事目录", "the event's folder")) var events: String = "Events/liaoning-2022"
    @Option(help: help("政策文件", "the policy file")) var policy: String =
        "Policies/shenyang-2022.yaml"
    @Option(help: help("种子", "the seed")) var seed: UInt64 = 2022
    @Option(help: help("项目数(默认全部)", "how many items (all by default)")) var items: Int?
    @Flag(
        help: help(
            "各项目用自己的评分表(分数较少),而非满负荷演练的评分表",
            "give every item its own card (fewer marks) instead of those for a rehearsal at full size"
        )
    )
    var ownCards = false

    @OptionGroup var common: Common

    func run() throws {
        guard !FileManager.default.fileExists(atPath: into + "/liaoning.laurel") else {
            throw Refusal(
                "demo.exists",
                Text(
                    "目录里已有演练档案;请换一个目录或先删除它",
                    "the folder holds a rehearsal already; choose another or delete it"
                ),
                at: Place(file: into)
            )
        }
        let policy = try PolicyDesk.read(policy)
        var settings = Rehearsal.Settings(eventFolder: events, folder: into, seed: seed)
        settings.items = items
        settings.isAtFullSize = !ownCards
        let clock = ContinuousClock()
        let start = clock.now
        let bar = ProgressBar(quiet: common.quiet)
        var rehearsal = try Rehearsal(settings) { bar.show($0) }
        try rehearsal.appoint()
        try rehearsal.register()
        try rehearsal.mark()
        let story = try rehearsal.publish()
        let honours = try rehearsal.honour()
        let site = try rehearsal.office.writeSite(into: into + "/site")
        bar.show(Rehearsal.Step(title: Text("网站", "site"), done: site.files, total: site.files))
        let papers = try Self.print(rehearsal.office, into: into)
        bar.show(
            Rehearsal.Step(
                title: Text("证书、成绩单、公示、工作簿", "certificates, result sheet, notice, workbooks"),
                done: papers.count,
                total: papers.count
            )
        )
        let winners = try rehearsal.pull(city: "210100")
        try write(rehearsal.office)
        let decided = try decide(winners, policy, rehearsal.office)
        let audit = try rehearsal.office.record.audit()
        bar.show(
            Rehearsal.Step(
                title: Text("审计", "audit"),
                done: audit.statements,
                total: audit.statements
            )
        )
        let seconds = start.duration(to: clock.now).components.seconds
        let summary = DemoSummary(
            folder: into,
            size: rehearsal.size,
            story: story,
            honours: honours,
            site: site,
            papers: papers,
            winners: winners.count,
            decided: decided,
            audit: audit,
            seconds: Int(seconds)
        )
        let text = summary.text(Console.language)
        let verdict =
            "statements \(audit.statements)\npeople \(audit.people)\nerased \(audit.erased)\ncheckpoints \(audit.checkpoints)\nroot \(audit.root.hex)\n"
            + audit.findings.map { $0.rendered(in: Console.language) + "\n" }.joined()
        try verdict.write(toFile: into + "/audit.txt", atomically: true, encoding: .utf8)
        try text.write(toFile: into + "/summary.txt", atomically: true, encoding: .utf8)
        Console.say(text)
        guard audit.findings.isEmpty else {
            throw Failure(Text("审计未通过", "the audit failed"), code: 5)
        }
    }

    /// A few certificates, the result sheet of the first item, the notice and the workbooks.
    private static func print(_ office: Office, into folder: String) throws -> [String] {
        let honours = try office.honourCertificates().prefix(20)
        let awards = try office.awardCertificates().prefix(20)
        let papers: [(String, [UInt8])] = [
            (
                "certificates-honours.pdf",
                try office.print(
                    Array(honours),
                    on: Office.template(.honour, file: nil),
                    own: [:]
                )
            ),
            (
                "certificates-awards.pdf",
                try office.print(Array(awards), on: Office.template(.award, file: nil), own: [:])
            ), ("notice.pdf", try office.notice(on: Office.template(.notice, file: nil))),
        ]
        for (name, bytes) in papers { try Output.write(bytes: bytes, to: folder + "/" + name) }
        var names = papers.map(\.0)
        if let item = try office.published()?.snapshot.items.first {
            let name = "result-sheet-\(item.item.code).pdf"
            let id = try office.item(item.item.code).id
            let sheet = try office.resultSheet(of: id, on: Office.template(.resultSheet, file: nil))
            try Output.write(bytes: sheet, to: folder + "/" + name)
            names.append(name)
        }
        for language in Language.allCases {
            let name = "results.\(language.rawValue).xlsx"
            try WorkbookWriter.write(try office.workbook(language), to: folder + "/" + name)
            names.append(name)
        }
        return names
    }

    private func write(_ office: Office) throws {
        let rows = try office.winnersFeed(city: "210100", since: 0).rows.map {
            WinnerRow.cells($0, office)
        }
        let text = "\u{FEFF}" + ([WinnerRow.header] + rows).map(csvLine).joined()
        try text.write(
            toFile: into + "/winners-210100.csv",
            atomically: true,
            encoding: .utf8
        )
    }

    /// Decides for a winner with a skill level, on the day the source states: first as the record
    /// knows the person, then with what a bureau would confirm.
    private func decide(_ winners: [Winner], _ policy: Policy, _ office: Office) throws -> String? {
        let skilled = ["senior", "technician", "senior-technician"]
        guard let day = policy.statedCurrentOn,
            let winner = winners.first(where: {
                skilled.contains($0.record?.content["skill_level"]?.string ?? "")
            }) ?? winners.first
        else { return nil }
        let confirmed = try PolicyDesk.facts(
            ["other_conditions_confirmed=true", "first_home_in_city=true"],
            policies: [policy]
        )
        var text = ""
        for language in Language.allCases {
            for extra in [Facts(), confirmed] {
                let decisions = try office.decide(
                    winner.person,
                    policy: policy,
                    on: day,
                    extra: extra
                )
                if !extra.names.isEmpty {
                    text +=
                        Text(
                            "—— 人社局确认“符合条件的”并查明首套住房之后(演练假设)——",
                            "—— after the bureau has confirmed the other conditions and a first home (assumed for the rehearsal) ——"
                        )[language] + "\n\n"
                }
                let page = PersonPage(
                    name: winner.record?.name ?? "",
                    policy: policy,
                    day: day,
                    decisions: decisions
                )
                text += page.text(language) + "\n"
            }
        }
        try text.write(toFile: into + "/decision.txt", atomically: true, encoding: .utf8)
        return winner.record?.name
    }
}

/// One line that is written over while work goes on; plain lines where there is no terminal.
struct ProgressBar {
    let quiet: Bool

    func show(_ step: Rehearsal.Step) {
        guard !quiet else { return }
        let title = step.title[Console.language]
        if Console.isTerminal {
            let width = 30
            let filled = step.total == 0 ? width : step.done * width / step.total
            let bar =
                String(repeating: "█", count: filled)
                + String(repeating: "░", count: width - filled)
            let end = step.done == step.total ? "\n" : ""
            FileHandle.standardError.write(
                Data("\r\u{1B}[K\(bar) \(step.done)/\(step.total) \(title)\(end)".utf8)
            )
        } else if step.done == step.total {
            Console.note("\(title): \(step.done)")
        }
    }
}

/// The page at the end.
struct DemoSummary {
    let folder: String
    let size: (sheets: Int, marks: Int, entrants: Int)
    let story: Rehearsal.AppealStory?
    let honours: (proposed: Int, conferred: Int)
    let site: SiteReport
    let papers: [String]
    let winners: Int
    let decided: String?
    let audit: AuditReport
    let seconds: Int

    func text(_ language: Language) -> String {
        func say(_ zh: String, _ en: String) -> String { Text(zh, en)[language] }
        var lines = [
            say("演练完成(全部人员与分数均为虚构)", "The rehearsal is done (all people and marks are invented)"),
            "",
            say(
                "选手 \(size.entrants) 名(队),评分表 \(size.sheets) 份,分数 \(size.marks) 个,用时 \(seconds) 秒",
                "\(size.entrants) entrants, \(size.sheets) sheets, \(size.marks) marks, in \(seconds) s"
            ),
            say(
                "陈述 \(audit.statements) 条,逐条签名、逐条入账;审计:"
                    + (audit.findings.isEmpty ? "完好" : "有问题"),
                "\(audit.statements) statements, each signed and admitted; audit: "
                    + (audit.findings.isEmpty ? "the record holds" : "it does not hold")
            ),
            say("树根 ", "root ") + audit.root.hex,
            say(
                "荣誉:提出 \(honours.proposed) 项,授予 \(honours.conferred) 项,其余待主管部门",
                "honours: \(honours.proposed) proposed, \(honours.conferred) conferred, the rest await other bodies"
            ),
            say("沈阳获奖选手 \(winners) 人", "\(winners) winners of Shenyang"),
        ]
        if let story {
            lines.append(
                say(
                    "申诉成立:\(story.item.id.text) \(story.entrant.text);公示到最终共 \(story.changes.count) 处变化",
                    "appeal upheld: \(story.item.id.text) \(story.entrant.text); \(story.changes.count) changes from provisional to final"
                )
            )
            lines += story.changes.prefix(6).map {
                "  \($0.item) \($0.entrant): \($0.text[language])"
            }
        }
        // The front page leads on to a language's and drops what follows its address.
        let pages = (site.index as NSString).deletingLastPathComponent
        lines += [
            "", say("请打开:", "Open:"), "  \(site.index)",
            "  \(pages)/\(language.rawValue)/index.html?board  " + say("(大屏)", "(for a projector)"),
        ]
        lines += (papers + ["winners-210100.csv"]).map { "  \(folder)/\($0)" }
        if let decided { lines.append("  \(folder)/decision.txt  (\(decided))") }
        lines += [
            "  \(folder)/audit.txt",
            "  \(folder)/liaoning.laurel  "
                + say("再审计:", "audit again: ")
                + ".build/release/laurel audit verify --event \(folder)/liaoning.laurel",
        ]
        return lines.joined(separator: "\n")
    }
}
