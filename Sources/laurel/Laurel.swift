import ArgumentParser
import Exact
import Findings
import Foundation
import Ledger

/// What the program cannot do: exit code 2.
struct Failure: Error {
    let text: Text
    let code: Int32

    init(_ text: Text, code: Int32 = 2) {
        self.text = text
        self.code = code
    }
}

@main
struct Laurel: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "laurel",
            abstract: tr(
                "桂冠:职业技能大赛的评分、荣誉与待遇,从一分到一元都有据可查。",
                "Laurel: scores, honours and benefits of skills competitions, provable from mark to yuan."
            ),
            version: "0.1.0",
            subcommands: [
                InitCommand.self, StatusCommand.self, DoctorCommand.self, BackupCommand.self,
                RestoreCommand.self, ItemsCommand.self, RolesCommand.self, ScorecardCommand.self,
                KeyCommand.self, AppointCommand.self, DismissCommand.self, EntrantsCommand.self,
                DrawCommand.self, RevealCommand.self, SecondCommand.self, EnterCommand.self,
                DeskCommand.self, RemarkCommand.self, SheetCommand.self, ConfirmCommand.self,
                LockCommand.self, ReopenCommand.self, PenaltyCommand.self,
                OrderCommand.self, SettleCommand.self, AppealCommand.self, StandingsCommand.self,
                ExplainCommand.self, WhatIfCommand.self, DiagnoseCommand.self, TeamsCommand.self,
                PublishCommand.self, PrintCommand.self, CertificatesCommand.self,
                HonoursCommand.self, VerifyCommand.self, WinnersCommand.self,
                PolicyCommand.self, EligibleCommand.self, MatchCommand.self, PaymentsCommand.self,
                BundleCommand.self, AuditCommand.self, TallyCommand.self, MedalsCommand.self,
                ScaleCommand.self, DemoCommand.self, ServeCommand.self, TokenCommand.self,
                QueueCommand.self,
            ]
        )
    }

    static func main() async {
        refuseUnknownCommand()
        do {
            var command = try parseAsRoot(CommandLineValue.arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let refusal as Refusal {
            Console.report(refusal.findings)
            Foundation.exit(refusal.findings.contains { couldNotRun.contains($0.code) } ? 2 : 1)
        } catch is ExactError {
            Console.report([
                Finding(
                    "tally.overflow",
                    Text("数值过大,无法精确计算", "the numbers are too large to count exactly")
                )
            ])
            Foundation.exit(1)
        } catch let error as RecordError {
            Console.note(error.text)
            Foundation.exit(2)
        } catch let failure as Failure {
            Console.note(failure.text)
            Foundation.exit(failure.code)
        } catch {
            leave(error)
        }
    }

    /// A word that is no command is said to be none, before the library blames the options after it.
    private static func refuseUnknownCommand() {
        guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") else {
            return
        }
        let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
        guard !names.contains(word) else { return }
        let near = names.filter { $0.hasPrefix(word.prefix(3)) }.joined(separator: ", ")
        Console.note(
            Text(
                "没有命令“\(word)”\(near.isEmpty ? "" : "(是否为 \(near)?)")。laurel --help 列出全部命令",
                "there is no command \"\(word)\"\(near.isEmpty ? "" : "; did you mean \(near)?"). laurel --help lists them"
            )
        )
        Foundation.exit(64)
    }

    /// Findings that say that there was nothing to judge, rather than that it was judged wrong.
    private static let couldNotRun = [
        "file.unreadable", "record.file", "record.version", "record.read-only", "key.pin",
        "key.pin-file", "key.file", "remote.unreachable", "remote.trust", "serve.tls",
    ]

    /// Leaves with the library's own message: help on standard output, usage errors on standard error.
    private static func leave(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        if code == .failure, !(error is ExitCode) {
            // Not of the library's making: the store, the disk, the network.
            let file = (error as? CocoaError)?.filePath ?? ""
            let disk = Text("读写文件出错 \(file)", "a file could not be read or written \(file)")
            let text =
                RecordError.text(ofStore: error)
                ?? (error is CocoaError ? disk : Text(same: "\(error)"))
            Console.note(Text("无法完成:\(text.zh)", "could not run: \(text.en)"))
            Foundation.exit(2)
        }
        let message = localised(fullMessage(for: error))
        if !message.isEmpty { code.isSuccess ? Console.say(message) : Console.note(message) }
        Foundation.exit(code.rawValue)
    }

    /// The library speaks English; its headings are turned for Chinese readers.
    private static func localised(_ message: String) -> String {
        guard Console.language == .zh else { return message }
        let words = [
            "OVERVIEW:": "说明:", "USAGE:": "用法:", "ARGUMENTS:": "参数:", "OPTIONS:": "选项:",
            "SUBCOMMANDS:": "命令:", "Show the version.": "显示版本", "Show help information.": "显示本帮助",
            "Error:": "错误:", "Usage:": "用法:", "(default:": "(默认:", "(values:": "(可选:",
            "for more information.": "查看详情",
        ]
        return words.sorted { $0.key < $1.key }.reduce(message) {
            $0.replacingOccurrences(of: $1.key, with: $1.value)
        }
    }
}
