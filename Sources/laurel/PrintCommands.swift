import ArgumentParser
import Competition
import Findings
import Interchange
import Ledger
import Paper
import Publishing
import Secretariat

struct CertificatesCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "certificates",
            abstract: tr(
                "成批印制证书(PDF):已授予的荣誉,或各项目的奖项",
                "print certificates in a batch (PDF): honours that were conferred, or the awards of the items"
            ),
            discussion: tr(
                "模板可改而不必编程:laurel print template honour 输出内置模板。",
                "Templates are changed without programming: laurel print template honour writes Laurel's own."
            )
        )
    }

    @Argument(help: help("荣誉编号(默认全部仍有效的)", "numbers of honours (by default all that stand)"))
    var honours: [String] = []
    @Flag(help: help("奖牌与优胜奖,而不是荣誉", "medals and other awards instead of honours"))
    var awards = false
    @Option(help: help("只印这个项目的", "of this item only")) var item: String?
    @Option(help: help("模板文件", "the template")) var template: String?
    @Option(
        help: help(
            "自有字段的表格(CSV):第一列 key 为荣誉编号或选手编号,其余列为模板的 own_fields",
            "a table (CSV) of own fields: the column key holds the honour's number or the entrant's code, the others are the template's own_fields"
        )
    )
    var fields: String?
    @Option(help: help("写入的 PDF 文件", "the PDF to write")) var out: String
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func validate() throws {
        guard honours.isEmpty || !awards else {
            throw ValidationError(
                tr("--awards 不与荣誉编号同用", "--awards goes without numbers of honours")
            )
        }
    }

    func run() throws {
        let office = try event.open()
        let template = try Office.template(awards ? .award : .honour, file: template)
        let id = try item.map { try office.item($0).id }
        let certificates =
            try awards
            ? office.awardCertificates(item: id)
            : office.honourCertificates(honours.isEmpty ? nil : honours, item: id)
        let own = try fields.map { try Self.own($0, template.ownFields) } ?? [:]
        let keys = Set(certificates.map(\.key))
        if let stray = own.keys.sorted().first(where: { !keys.contains($0) }) {
            throw Refusal(
                "certificate.key",
                Text("没有要印的证书 \(stray)", "no certificate \(stray) is printed"),
                at: fields.map { Place(file: $0) }
            )
        }
        try Output.write(
            bytes: try office.print(certificates, on: template, own: own),
            to: out
        )
        guard !common.quiet else { return }
        Console.note(
            Text(
                "印制证书 \(certificates.count) 张:\(out)",
                "\(certificates.count) certificates: \(out)"
            )
        )
        if office.catalogue.event.lookupURL == nil, !awards {
            Console.note(
                Text(
                    "赛事没有写 lookup_url:二维码内为凭证号与授予陈述的哈希",
                    "the event has no lookup_url: the QR codes hold the credential's number and the hash of its conferral"
                )
            )
        }
    }

    private static func own(
        _ file: String,
        _ known: [String]
    ) throws -> [String: [String: String]] {
        let table = try CSVTable(try TextFile.read(file), file: file)
        for name in table.header where name != "key" && !known.contains(name) {
            let names = (["key"] + known).joined(separator: ", ")
            throw Refusal(
                "certificate.field",
                Text(
                    "模板的 own_fields 没有“\(name)”;可用的列:\(names)",
                    "the template's own_fields lack \"\(name)\"; expected columns \(names)"
                ),
                at: Place(file: file, line: 1)
            )
        }
        guard let key = table.header.firstIndex(of: "key") else {
            throw Refusal(
                "certificate.field",
                Text("缺少列 key", "the column key is missing"),
                at: Place(file: file, line: 1)
            )
        }
        var own: [String: [String: String]] = [:]
        for row in table.rows {
            let fields = Dictionary(
                zip(table.header, row.fields).filter { $0.0 != "key" },
                uniquingKeysWith: { first, _ in first }
            )
            guard own.updateValue(fields, forKey: row.fields[key]) == nil else {
                throw Refusal(
                    "certificate.key",
                    Text("\(row.fields[key]) 重复", "\(row.fields[key]) stands twice"),
                    at: table.place(row, key)
                )
            }
        }
        return own
    }
}

struct PrintCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "print",
            abstract: tr(
                "打印最近一次发布的文件(PDF),以及内置模板",
                "print papers of the latest publication (PDF), and Laurel's own templates"
            ),
            subcommands: [Sheet.self, Notice.self, Template.self]
        )
    }

    struct Sheet: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "result-sheet",
                abstract: tr(
                    "一个项目的成绩单,供裁判长和监督员签字",
                    "the result sheet of an item, for chief judge and supervisor to sign"
                )
            )
        }
        @Argument(help: help("比赛项目", "the item")) var item: String
        @Flag(
            help: help(
                "尚未发布的成绩单,供现场签字:项目须已锁定;每页标明“未发布 · 待签”",
                "the sheet of what is not published yet, for the venue to sign: the item must be locked; each page is marked a draft"
            )
        )
        var draft = false
        @Option(help: help("模板文件", "the template")) var template: String?
        @Option(help: help("写入的 PDF 文件", "the PDF to write")) var out: String
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let template = try Office.template(.resultSheet, file: template)
            let item = try office.item(item).id
            let bytes =
                draft
                ? try office.draftSheet(of: item, on: template)
                : try office.resultSheet(of: item, on: template)
            try Output.write(bytes: bytes, to: out)
        }
    }

    struct Notice: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("全部获奖名单的公示", "the public notice of all awards")
            )
        }
        @Option(help: help("模板文件", "the template")) var template: String?
        @Option(help: help("写入的 PDF 文件", "the PDF to write")) var out: String
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let template = try Office.template(.notice, file: template)
            try Output.write(bytes: try event.open().notice(on: template), to: out)
        }
    }

    struct Template: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("输出内置模板,供修改", "write one of Laurel's own templates, to be changed")
            )
        }
        @Argument(help: help("哪一种", "which one")) var kind: Kind
        @Option(help: help("写入文件而不是标准输出", "write to a file instead of standard output"))
        var out: String?
        @OptionGroup var common: Common

        func run() throws {
            try Output.write(PaperKind(rawValue: kind.rawValue)?.template ?? "", to: out)
        }

        enum Kind: String, CaseIterable, ExpressibleByArgument {
            case honour
            case award
            case resultSheet = "result-sheet"
            case notice
        }
    }
}
