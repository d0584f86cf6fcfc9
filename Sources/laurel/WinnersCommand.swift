import ArgumentParser
import Competition
import Findings
import Honours
import Ledger
import Seal
import Secretariat

struct WinnersCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "winners",
            abstract: tr("一个城市的获奖选手(调取会记入档案)", "the winners of one city; the pull is recorded")
        )
    }

    @Option(help: help("城市代码,如 210100", "the city's code, such as 210100")) var city: String
    @Option(
        help: help(
            "游标:只列此后有变化的(上次调取时给出的数;0 为全部)",
            "a cursor: only what changed after it (the number given by the last pull; 0 for all)"
        )
    ) var since: Int = 0
    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        let office = try event.open()
        let feed = try office.winnersFeed(city: city, since: since)
        let receipt = try office.notePull(
            city: city,
            count: feed.rows.count,
            by: try speaker.key()
        )
        try acknowledge(receipt, in: office)
        let rows = feed.rows.map { WinnerRow.cells($0, office) }
        var output = output
        output.format = output.formatOfFile
        try output.print(
            header: WinnerRow.header,
            rows: rows,
            json: [
                "cursor": .int(feed.cursor), "winners": jsonRows(WinnerRow.keys, rows),
            ]
        )
        Console.note(
            Text(
                "下次调取:--since \(feed.cursor)",
                "for the next pull: --since \(feed.cursor)"
            )
        )
        if feed.unknownCity > 0, !common.quiet {
            Console.note(
                Text(
                    "另有 \(feed.unknownCity) 名获奖选手参保地和单位所在地均未知",
                    "\(feed.unknownCity) more winners have no known city of insurance or employer"
                )
            )
        }
    }
}

/// The columns that bureaus ask for (domain-china 5).
enum WinnerRow {
    static let keys = [
        "name", "id_number", "employer", "credit_code", "item", "rank", "award", "honours",
        "honour_numbers", "conferred_on", "skill_level", "certificate_name", "certificate_number",
        "certificate_date", "social_security_card", "phone", "city", "city_basis", "results",
        "change", "position", "entrant", "person",
    ]

    static var header: [String] {
        Console.language == .zh
            ? [
                "姓名", "身份证号", "单位", "统一社会信用代码", "职业/项目", "名次", "奖项", "荣誉", "荣誉编号", "授予日期",
                "技能等级", "证书名称", "证书编号", "发证日期", "社保卡号", "手机", "参保地", "城市依据", "公布成绩文件", "变化",
                "档案位置", "选手", "人员",
            ] : keys
    }

    static func cells(_ row: WinnersFeed.Row, _ office: Office) -> [String] {
        let winner = row.winner
        let language = Console.language
        func field(_ name: String) -> String { winner.record?.content[name]?.string ?? "" }
        let honours = winner.honours.map { row in
            (office.honourRules.rule(row.rule)?.title[language] ?? row.rule) + "(" + row.state + ")"
        }
        let days = winner.honours.map { honour in
            row.conferredAt[honour.id].map { String(localTime($0).prefix(10)) } ?? ""
        }
        let basis =
            winner.cityBasis == .insurance ? tr("参保地", "insurance") : tr("单位所在地", "employer")
        return [
            winner.record?.name ?? "", winner.record?.idNumber ?? "", field("employer"),
            field("credit_code"), winner.item.title[language], "\(winner.rank)", winner.award,
            honours.joined(separator: "; "), winner.honours.map(\.id).joined(separator: "; "),
            days.filter { !$0.isEmpty }.joined(separator: "; "), field("skill_level"),
            field("certificate_name"), field("certificate_number"), field("certificate_date"),
            field("social_security_card"), field("phone"), winner.city, basis,
            winner.publication.hex, row.isGone ? tr("不再获奖", "no longer") : "",
            "\(row.position)", winner.entrant, winner.person.hex,
        ]
    }
}
