import ArgumentParser
import Findings
import Foundation
import Interchange
import Seal
import Synchronization

/// What the program says, and where: results on standard output, all else on standard error.
enum Console {
    /// The language of the run: `--lang`, else the locale, else Chinese.
    static let language: Language = {
        let arguments = CommandLine.arguments
        for (index, argument) in arguments.enumerated() {
            if argument == "--lang", index + 1 < arguments.count {
                return Language(rawValue: arguments[index + 1]) ?? .zh
            }
            if argument.hasPrefix("--lang=") {
                return Language(rawValue: String(argument.dropFirst(7))) ?? .zh
            }
        }
        let environment = ProcessInfo.processInfo.environment
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = environment[name], !value.isEmpty else { continue }
            return value.hasPrefix("en") ? .en : .zh
        }
        return .zh
    }()

    static func say(_ text: String) { write(text + "\n") }

    static func write(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            // Whoever read has gone (`| head`): what was done is done, and nobody hears the rest.
            Foundation.exit(141)
        }
    }

    static func note(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    static func note(_ text: Text) { note(text[language]) }

    /// Prints findings, and how many there were.
    static func report(_ findings: [Finding]) {
        let shown = findings.prefix(200)
        for finding in shown { note(finding.rendered(in: language)) }
        if findings.count > shown.count {
            let more = findings.count - shown.count
            note(Text("……另有 \(more) 项", "… and \(more) more"))
        }
        let errors = findings.filter { $0.severity == .error }.count
        if errors > 0 {
            note(
                Text(
                    "共 \(errors) 个错误;什么也没有写入。",
                    "\(errors) \(errors == 1 ? "error" : "errors"); nothing was written."
                )
            )
        }
    }

    /// Asks a person; where nobody can be asked, `--yes` must have said it.
    static func agree(_ question: Text) throws -> Bool {
        guard isatty(0) == 1 else {
            throw noTerminal("--yes")
        }
        FileHandle.standardError.write(Data((question[language] + " [y/N] ").utf8))
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        return ["y", "yes", "是"].contains(answer)
    }

    static let isTerminal = isatty(2) == 1

    /// Whether a desk has the whole screen, on which nobody else may write.
    static let isOnScreen = Atomic(false)

    /// Whether a full-screen desk can be shown.
    static var hasScreen: Bool {
        let term = ProcessInfo.processInfo.environment["TERM"] ?? ""
        return isatty(0) == 1 && isatty(1) == 1 && !["", "dumb"].contains(term)
    }

    /// Whether colours may be used (no-color.org).
    static var hasColor: Bool {
        (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }

    /// What is said where nobody can be asked.
    static func noTerminal(_ option: String) -> Failure {
        Failure(
            Text(
                "标准输入不是终端,无法询问;请加 \(option)",
                "standard input is no terminal, so nobody can be asked; add \(option)"
            ),
            code: 64
        )
    }
}

/// A text in the language of the run.
func tr(_ zh: String, _ en: String) -> String { Text(zh, en)[Console.language] }

/// A help text in the language of the run.
func help(_ zh: String, _ en: String) -> ArgumentHelp { ArgumentHelp(stringLiteral: tr(zh, en)) }

/// How results are printed.
enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case csv
    case json
    case xlsx
}

/// Options that every command has.
struct Common: ParsableArguments {
    @Option(help: help("语言:zh 或 en", "language: zh or en"))
    var lang: LanguageOption = LanguageOption(rawValue: Console.language.rawValue) ?? .zh

    @Flag(help: help("不显示进度和说明", "no progress, no remarks"))
    var quiet = false

    enum LanguageOption: String, CaseIterable, ExpressibleByArgument {
        case zh
        case en
    }
}

/// Options of commands that print data.
struct Output: ParsableArguments {
    @Option(
        help: help(
            "输出格式:table、csv、json、xlsx(须 --out)",
            "output: table, csv, json or xlsx (with --out)"
        )
    )
    var format: Format = .table

    @Option(help: help("写入文件而不是标准输出", "write to a file instead of standard output"))
    var out: String?

    /// Prints a table in the chosen format.
    func print(header: [String], rows: [[String]], json: @autoclosure () -> JSONValue) throws {
        switch format {
        case .table: try write(TableText.render(header: header, rows: rows))
        case .csv:
            try write(([header] + rows).map(csvLine).joined())
        case .json: try write(json().canonicalText + "\n")
        case .xlsx:
            guard let out else { throw Self.needsFile }
            let sheet = SheetOf.table("Laurel", header, rows)
            try WorkbookWriter.write(WorkbookDraft(title: "Laurel", sheets: [sheet]), to: out)
        }
    }

    /// The format that was asked for, else the one that the file's name ends in.
    var formatOfFile: Format {
        guard format == .table, let out else { return format }
        let ending = out.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return Format(rawValue: ending) ?? .table
    }

    static var needsFile: Failure {
        Failure(
            Text("工作簿须用 --out 写入文件", "a workbook needs a file: add --out"),
            code: 64
        )
    }

    func write(_ text: String) throws { try Self.write(text, to: out) }

    static func write(_ text: String, to out: String?) throws {
        guard let out else {
            Console.write(text)
            return
        }
        try write(bytes: Array(text.utf8), to: out)
    }

    /// Writes a file whole or not at all.
    static func write(bytes: [UInt8], to out: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: out), options: .atomic)
        } catch {
            throw Failure(Text("写不了文件 \(out)", "can't write the file \(out)"))
        }
    }
}
