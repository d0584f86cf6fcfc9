import ArgumentParser
import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat

struct BackupCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backup",
            abstract: tr(
                "备份(不必停止录分):写完即审计,并写出整个文件的哈希",
                "back up while others write; the copy is audited and hashed"
            )
        )
    }

    @Argument(help: help("备份文件(不存在的)", "the new file"))
    var file: String

    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() throws {
        let report = try event.open().backup(to: file)
        Console.say(
            tr(
                "已备份并审计:\(report.path),\(report.audit.statements) 条陈述",
                "backed up and audited: \(report.path), \(report.audit.statements) statements"
            )
        )
        Console.say("SHA-256 " + report.hash.hex)
    }
}

struct RestoreCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore",
            abstract: tr(
                "由备份恢复档案:核对哈希、审计,不覆盖任何文件",
                "restore a record from a backup: hash and audit are checked, nothing is written over"
            )
        )
    }

    @Argument(help: help("备份文件", "the backup"))
    var backup: String

    @Option(help: help("恢复成哪个文件", "the new record"))
    var into: String

    @OptionGroup var common: Common

    func run() throws {
        let report = try Office.restore(backup, into: into)
        Console.say(
            tr(
                "已恢复 \(report.path):\(report.audit.statements) 条陈述,审计完好",
                "restored \(report.path): \(report.audit.statements) statements, the audit holds"
            )
        )
        Console.note(
            Text(
                "备份之后受理的陈述不在其中;请收回赛点的转运包再转入",
                "what was admitted after the backup is not in it; bring the venues' bundles in again"
            )
        )
    }
}

struct DoctorCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor",
            abstract: tr(
                "体检:文件、磁盘、时钟、权限和待办",
                "look after the record: file, disk, clock, rights, and what waits"
            )
        )
    }

    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    func run() throws {
        let path = try event.path()
        let office = try event.open()
        let findings = try office.checkup(path: path)
        let health = try office.record.health()
        Console.say(
            tr(
                "\(path):\(health.length) 条陈述,数据格式 \(health.schema),SQLite \(health.sqlite)",
                "\(path): \(health.length) statements, schema \(health.schema), SQLite \(health.sqlite)"
            )
        )
        if let venue = try office.record.venue() {
            Console.say(tr("赛点档案:\(venue)", "a venue's record: \(venue)"))
        }
        for finding in findings { Console.say(finding.rendered(in: Console.language)) }
        if findings.isEmpty { Console.say(tr("一切正常", "all is well")) }
        if findings.hasErrors { throw ExitCode(1) }
    }
}

struct BundleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bundle",
            abstract: tr("没有网络的赛点:以文件转运陈述", "venues without a network: statements travel by file"),
            subcommands: [Export.self, Import.self, Held.self]
        )
    }

    struct Export: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "写出项目的全部陈述(不含个人信息)",
                    "write the statements of items, without personal data"
                )
            )
        }

        @Option(help: help("比赛项目(可多次;默认全部)", "an item (may be repeated; all by default)"))
        var item: [String] = []

        @Option(help: help("写入的文件", "the new file"))
        var out: String

        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let items = try item.map { try office.item($0).id }
            let bundle = try office.record.bundle(of: items.isEmpty ? nil : items)
            guard !FileManager.default.fileExists(atPath: out) else {
                throw Refusal(
                    "record.exists",
                    Text("文件已存在,不会覆盖", "the file exists and is not written over"),
                    at: Place(file: out)
                )
            }
            try Output.write(String(decoding: bundle.bytes, as: UTF8.self), to: out)
            Console.say(
                tr(
                    "\(out):\(bundle.statements.count) 条陈述,SHA-256 \(bundle.hash.hex)",
                    "\(out): \(bundle.statements.count) statements, SHA-256 \(bundle.hash.hex)"
                )
            )
        }
    }

    struct Import: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "转入;加 --venue 与 --into 则由总档案的转运包建立赛点档案",
                    "take a bundle in; with --venue and --into, begin a venue's record from the centre's bundle"
                )
            )
        }

        @Argument(help: help("转运包", "the bundle"))
        var file: String

        @Option(help: help("赛点名称(建立赛点档案时)", "the venue's name (when its record begins)"))
        var venue: String?

        @Option(help: help("新的赛点档案", "the venue's new record"))
        var into: String?

        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func validate() throws {
            guard (venue == nil) == (into == nil) else {
                throw ValidationError(
                    tr("--venue 与 --into 须同时给出", "--venue and --into go together")
                )
            }
        }

        func run() throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Refusal(
                    "file.unreadable",
                    Text("读不了文件", "can't read the file"),
                    at: Place(file: file)
                )
            }
            let bundle: VenueBundle
            do throws(Refusal) {
                bundle = try VenueBundle(parsing: Array(data))
            } catch {
                throw Refusal(
                    error.findings.map { finding in
                        var finding = finding
                        finding.place = Place(file: file)
                        return finding
                    }
                )
            }
            if let venue, let into {
                let office = try Office.openVenue(
                    bundle,
                    name: venue,
                    into: into,
                    by: try speaker.key()
                )
                Console.say(
                    tr(
                        "已建立赛点档案 \(into)(\(venue)):\(try office.record.length()) 条陈述",
                        "began the venue's record \(into) (\(venue)): \(try office.record.length()) statements"
                    )
                )
                return
            }
            let office = try event.open()
            let report = try office.take(bundle, by: try speaker.key())
            Console.say(
                tr(
                    "受理 \(report.receipts.count) 条,已有 \(report.repeats) 条,待定 \(report.held.count) 条",
                    "\(report.receipts.count) admitted, \(report.repeats) known already, \(report.held.count) held"
                )
            )
            for item in bundle.items.compactMap({ ItemID($0) }) {
                for sheet in try office.record.contested(of: item) {
                    Console.note(
                        Text(
                            "待裁定:\(sheet.place) 回执 \(sheet.id.short)(\(sheet.person) 录入);laurel settle \(item.text)",
                            "awaits a ruling: \(sheet.place), receipt \(sheet.id.short) (entered by \(sheet.person)); laurel settle \(item.text)"
                        )
                    )
                }
            }
            try Held.show(report.held, output)
            // Taken in and kept, but not settled: neither done nor refused.
            if !report.held.isEmpty { throw ExitCode(3) }
        }
    }

    struct Held: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("列出转入而待定的陈述", "list what came in bundles and is held")
            )
        }

        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws { try Self.show(try event.open().record.held(), output) }

        static func show(_ held: [HeldStatement], _ output: Output) throws {
            guard !held.isEmpty || output.format != .table else { return }
            let rows = held.map {
                [$0.id.short, $0.kind.text[Console.language], $0.item, $0.why[Console.language]]
            }
            let header = ["receipt", "kind", "item", "why"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }
}
