import Foundation
import Testing

/// The program's commands as it describes them itself.
struct CommandTree: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let names: [Name]?
    }

    let commandName: String
    let arguments: [Argument]?
    let subcommands: [CommandTree]?

    static func ofTheProgram() throws -> CommandTree {
        struct Dump: Decodable { let command: CommandTree }
        let run = try Run(["--experimental-dump-help"])
        return try JSONDecoder().decode(Dump.self, from: Data(run.out.utf8)).command
    }

    /// The long options of the command that the words name; nothing where there is none.
    func options(of words: [String]) -> Set<String>? {
        guard let word = words.first else {
            let names = (arguments ?? []).flatMap { $0.names ?? [] }
            return Set(names.filter { $0.kind == "long" }.map { "--" + $0.name })
        }
        if let below = subcommands?.first(where: { $0.commandName == word }) {
            return below.options(of: Array(words.dropFirst()))
        }
        // What stands after a command without subcommands is its arguments.
        return subcommands?.isEmpty ?? true ? options(of: []) : nil
    }
}

/// One use of the program in a page or a script: `laurel audit verify --event FILE`.
struct CommandUse {
    /// The command, and for one with subcommands what follows.
    let words: [String]
    let options: [String]

    /// Every use in lines of shell, in `ExecStart`, and in what is put into `LAUREL_OPTIONS`.
    static func all(in text: String) -> [CommandUse] {
        let lines = text.replacing("\\\n", with: " ").split(separator: "\n")
        return lines.flatMap { line -> [CommandUse] in
            let commands = line.matches(
                of: /(?:^|[ `=\/])(?:laurel|"\$\{LAUREL:-laurel\}") ([a-z][^`|>;]*)/
            )
            let settings = line.matches(of: /LAUREL_OPTIONS=(--[^|]*)/)
            return commands.map { CommandUse(String($0.1)) }
                + settings.map { CommandUse("serve " + $0.1) }
        }
    }

    private init(_ text: String) {
        let tokens = text.split(separator: " ").map(String.init)
        words = Array(
            tokens.prefix(while: { $0.wholeMatch(of: /[a-z-]+/) != nil && !$0.hasPrefix("-") })
        )
        options = tokens.filter { $0.hasPrefix("--") }
    }
}
