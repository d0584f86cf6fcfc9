import ArgumentParser
import Findings
import Foundation
import Ledger
import Seal
import Secretariat

extension HonoursCommand {
    struct Export: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "签发可离线核验的荣誉凭证包(由组委会)",
                    "sign bundles that anybody can verify without a network (as organiser)"
                )
            )
        }
        @Argument(help: help("荣誉编号", "the honour")) var honour: String?
        @Flag(help: help("全部已授予的荣誉", "all honours that were conferred")) var all = false
        @Option(
            help: help(
                "写入的文件,或(--all 时)目录",
                "the file, or with --all the folder, to write to"
            )
        )
        var out: String
        @Option(
            help: help(
                "另将各持证人的开启文件写入此目录(含身份证号,只交本人)",
                "also write each holder's opening to this folder (it holds the ID number: for the holder alone)"
            )
        )
        var openings: String?
        @Option(
            help: help("撤销名单的有效天数(1–366)", "for how many days the status list holds (1–366)")
        )
        var days: Int = 30
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func validate() throws {
            guard (honour != nil) != all else {
                throw ValidationError(
                    tr("请给出一个荣誉编号,或 --all", "give the number of an honour, or --all")
                )
            }
            guard (1...366).contains(days) else {
                throw ValidationError(tr("--days 须为 1 至 366", "--days is 1 to 366"))
            }
        }

        func run() throws {
            let office = try event.open()
            let numbers = try honour.map { [$0] } ?? office.exportableHonours().map(\.id)
            let exports = try office.exportHonours(numbers, by: try speaker.key(), days: days)
            for export in exports {
                try Output.write(export.bundle.canonicalText + "\n", to: try path(export.honour))
            }
            var opened = 0
            if let openings {
                try folder(openings)
                for export in exports {
                    guard let opening = export.opening else { continue }
                    opened += 1
                    try write(
                        opening.canonicalText + "\n",
                        privately: openings + "/" + Self.name(export.honour) + ".opening.json"
                    )
                }
            }
            guard !common.quiet else { return }
            Console.note(
                Text(
                    "签发 \(exports.count) 项,撤销名单有效 \(days) 天;开启文件 \(opened) 份",
                    "\(exports.count) signed, the status list holds for \(days) days; \(opened) openings"
                )
            )
        }

        /// One file for one honour, unless a folder is named; a folder for all.
        private func path(_ honour: String) throws -> String {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: out, isDirectory: &isFolder)
            guard all || out.hasSuffix("/") || exists && isFolder.boolValue else { return out }
            try folder(out)
            return out + "/" + Self.name(honour) + ".honour.json"
        }

        private static func name(_ honour: String) -> String {
            String(
                honour.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
            )
        }

        private func folder(_ path: String) throws {
            do {
                try FileManager.default.createDirectory(
                    atPath: path,
                    withIntermediateDirectories: true
                )
            } catch {
                throw Failure(Text("建不了目录 \(path)", "can't make the folder \(path)"))
            }
        }

        /// Writes what only its owner may read: the file is so from its first byte on.
        private func write(_ text: String, privately path: String) throws {
            try? FileManager.default.removeItem(atPath: path)
            let isMade = FileManager.default.createFile(
                atPath: path,
                contents: Data(text.utf8),
                attributes: [.posixPermissions: 0o600]
            )
            guard isMade else {
                throw Failure(Text("写不了文件 \(path)", "can't write the file \(path)"))
            }
        }
    }
}
