import ArgumentParser
import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat

struct AuditCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "audit",
            abstract: tr("审计", "the record's truth"),
            subcommands: [Verify.self, Log.self, Proof.self, Checkpoint.self]
        )
    }

    struct Verify: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "核对全部哈希、签名、检查点,并重建各表比对",
                    "check every hash, signature and checkpoint; rebuild and compare"
                )
            )
        }
        @Option(
            help: help(
                "另存的检查点文件:链须与之一致(可多次)",
                "a checkpoint kept elsewhere that the chain must agree with (may be repeated)"
            )
        )
        var since: [String] = []
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let notes = try since.map(Self.note)
            let report: AuditReport
            do {
                report = try event.open().record.audit(since: notes)
            } catch let refusal as Refusal where refusal.findings.contains(where: Self.isUsage) {
                throw refusal
            } catch let failure as Failure {
                throw failure
            } catch {
                // What can't even be opened or read does not hold.
                if let refusal = error as? Refusal {
                    for finding in refusal.findings {
                        Console.note(finding.rendered(in: Console.language))
                    }
                } else {
                    Console.note(
                        (error as? RecordError)?.text ?? RecordError.text(ofStore: error)
                            ?? Text(same: "\(error)")
                    )
                }
                throw Self.broken
            }
            for finding in report.findings { Console.note(finding.rendered(in: Console.language)) }
            if !report.findings.isEmpty, report.findings.allSatisfy({ $0.code == "audit.since" }) {
                throw Failure(
                    Text(
                        "档案本身完好,但与所给的检查点不符",
                        "the record holds in itself, but does not agree with the given checkpoint"
                    ),
                    code: 5
                )
            }
            guard report.findings.isEmpty else { throw Self.broken }
            Console.say(
                tr(
                    "档案完好:\(report.statements) 条陈述,\(report.people) 人资料(已删除 \(report.erased) 项),\(report.checkpoints) 个检查点",
                    "the record holds: \(report.statements) statements, \(report.people) persons (\(report.erased) erased by statement), \(report.checkpoints) checkpoints"
                )
            )
            if report.elsewhere > 0 {
                Console.say(
                    tr(
                        "赛点档案:\(report.elsewhere) 人资料不在此处",
                        "a venue's record: the data of \(report.elsewhere) persons are elsewhere"
                    )
                )
            }
            if !report.isReplayed {
                Console.say(
                    tr(
                        "此档案始于较早的规则,未逐条重新核对受理规则",
                        "begun under earlier rules: the rules of admission were not held against each statement again"
                    )
                )
            }
            Console.say(tr("树根 ", "root ") + report.root.hex)
        }

        private static let broken = Failure(
            Text("档案与陈述不符,已被改动", "the record does not hold: it was changed"),
            code: 5
        )

        private static func isUsage(_ finding: Finding) -> Bool {
            ["record.file", "record.version", "event.which", "event.now"].contains(finding.code)
        }

        private static func note(_ file: String) throws -> SignedNote {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw Refusal(
                    "file.unreadable",
                    Text("读不了文件", "can't read the file"),
                    at: Place(file: file)
                )
            }
            guard let note = SignedNote(parsing: text) else {
                throw Refusal(
                    "audit.note",
                    Text("不是检查点(C2SP signed note)", "this is no checkpoint (a C2SP signed note)"),
                    at: Place(file: file)
                )
            }
            return note
        }
    }

    struct Log: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("列出陈述", "list the statements"))
        }
        @Option(help: help("从第几条起", "from which entry")) var from: Int = 1
        @Option(help: help("最多几条", "how many at most")) var limit: Int = 50
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let record = try event.open().record
            let names = Dictionary(
                try record.appointments().map { ($0.key, $0.name) },
                uniquingKeysWith: { first, _ in first }
            )
            var rows: [[String]] = []
            let last = min(try record.length(), from + max(0, limit) - 1)
            for position in stride(from: from, through: last, by: 1) {
                guard let signed = try record.statement(at: position) else { continue }
                let statement = signed.statement
                rows.append([
                    "\(position)", statement.kind.text[Console.language],
                    names[statement.author] ?? String(statement.author.hex.prefix(12)),
                    statement.body["item"]?.string ?? "", signed.id.short,
                    localTime(statement.saidAt),
                ])
            }
            let header = ["entry", "statement", "by", "item", "receipt", "said"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }

    struct Proof: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr("一条陈述在树中的证明", "the proof that a statement is in the tree")
            )
        }
        @Argument(help: help("条号", "the entry")) var entry: Int
        @Option(help: help("也证明与此大小的树一致", "prove consistency with the tree of that size as well"))
        var since: Int?
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let tree = try event.open().record.leaves()
            let size = tree.leaves.count
            guard let path = tree.inclusionProof(index: entry - 1, size: size) else {
                throw Refusal("audit.entry", Text("没有第 \(entry) 条", "there is no entry \(entry)"))
            }
            var proof: [JSONValue.Member] = []
            if let since {
                guard let path = tree.consistencyProof(from: since, to: size) else {
                    throw Refusal(
                        "audit.size",
                        Text("没有大小为 \(since) 的树", "there was no tree of \(since) entries")
                    )
                }
                proof.append(.init("consistency", .array(path.map { .string($0.hex) })))
                proof.append(.init("since", .int(since)))
                proof.append(.init("since_root", .string(tree.root(size: since).hex)))
            }
            let inclusion: [String: JSONValue] = [
                "entry": .int(entry), "leaf": .string(tree.leaves[entry - 1].hex),
                "path": .array(path.map { .string($0.hex) }), "root": .string(tree.root().hex),
                "size": .int(size),
            ]
            proof += inclusion.map { JSONValue.Member($0.key, $0.value) }
            Console.say(JSONValue.object(proof).canonicalText)
        }
    }

    struct Checkpoint: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "签署此刻的检查点,存到别处,供日后 audit verify --since 核对",
                    "sign a checkpoint of this moment, to be kept elsewhere for audit verify --since"
                )
            )
        }
        @Option(help: help("写入文件而不是标准输出", "write to a file instead of standard output"))
        var out: String?
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let note = try office.record.checkpoint(
                origin: "laurel/" + office.catalogue.event.id.text,
                key: try speaker.key()
            )
            try Output.write(note.rendered, to: out)
        }
    }
}
