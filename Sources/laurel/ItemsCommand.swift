import ArgumentParser
import Competition
import Findings
import Foundation
import Ledger
import Secretariat

struct ItemsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "items",
            abstract: tr("比赛项目目录:查找与筛选", "the catalogue of items: search and filter")
        )
    }

    enum ProvenanceOption: String, CaseIterable, ExpressibleByArgument {
        case sourced
        case representative
    }

    @Argument(
        help: help(
            "编号、中文、拼音首字母(如 qcjs)、英文或世界技能项目号中的文字",
            "text in a code, a Chinese name or its pinyin initials (such as qcjs), an English name; or a WorldSkills number"
        )
    )
    var search: [String] = []

    @Option(help: help("赛道", "the track"))
    var track: String?

    @Option(help: help("每队人数", "persons an entrant"))
    var teamSize: Int?

    @Flag(
        inversion: .prefixedNo,
        help: help("只列有(无)对应世界技能项目的", "only those with (without) a WorldSkills counterpart")
    )
    var worldskills: Bool?

    @Option(help: help("来源:sourced 或 representative", "sourced or representative"))
    var provenance: ProvenanceOption?

    @Option(
        help: help(
            "赛事目录(默认:档案;没有档案则 Events/liaoning-2022)",
            "the event's folder (default: the record; without one Events/liaoning-2022)"
        )
    )
    var eventFolder: String?

    @Flag(help: help("写成 Documentation/items.md 的样子", "as the page Documentation/items.md"))
    var page = false

    @OptionGroup var event: EventOption
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func run() throws {
        if page {
            let folder = eventFolder ?? ScorecardDesk.standardEvent
            return try output.write(CataloguePage.text(eventFolder: folder))
        }
        let (event, cards) = try catalogue()
        var wanted = ItemSearch()
        wanted.text = search.joined(separator: " ")
        wanted.track = track
        wanted.teamSize = teamSize
        wanted.hasCounterpart = worldskills
        wanted.provenance = provenance.flatMap { Provenance(rawValue: $0.rawValue) }
        let found = try wanted.items(of: event)
        let isTable = output.format == .table
        let rows = found.map { item in
            [
                item.id.text, item.title.zh, item.title.en, item.track, "\(item.teamSize)",
                item.worldSkillsNumber ?? "",
                isTable ? item.provenance.text[Console.language] : item.provenance.rawValue,
                cards[item.id] ?? "",
            ] + (isTable ? [] : [item.source])
        }
        let header =
            ["item", "zh", "en", "track", "team", "worldskills", "provenance", "scorecard"]
            + (isTable ? [] : ["source"])
        try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        guard !common.quiet else { return }
        if found.isEmpty { Console.note(Text("没有符合的项目", "no item fits")) }
        event.notes.prefix(1).forEach(Console.note)
    }

    /// The event and its cards' names: of a record, or of an event's folder where there is none.
    private func catalogue() throws -> (Event, [ItemID: String]) {
        if eventFolder == nil, event.event != nil || hasRecord {
            let catalogue = try event.open().catalogue
            return (catalogue.event, catalogue.cards.mapValues(\.id))
        }
        return try ScorecardDesk.event(eventFolder ?? ScorecardDesk.standardEvent)
    }

    private var hasRecord: Bool {
        if let path = ProcessInfo.processInfo.environment["LAUREL_EVENT"], !path.isEmpty {
            return true
        }
        let here = (try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []
        return here.contains { $0.hasSuffix(".laurel") }
    }
}
