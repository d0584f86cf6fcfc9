import Foundation
import Testing

/// What `make dist` packs and what the pages say of it, held to the program; installing it is for
/// `make dist-check`.
@Suite struct PackagingTests {
    private static let root = Run.root.path

    private static func read(_ path: String) throws -> String {
        try String(contentsOfFile: root + "/" + path, encoding: .utf8)
    }

    @Test(arguments: [
        "Packaging/systemd/laurel@.service", "Packaging/laurel-backup", "Packaging/laurel.env",
        "Documentation/deployment.md", "Documentation/deployment.zh.md",
    ])
    func everyCommandThatServersAreRunByExistsWithItsOptions(path: String) throws {
        let commands = try CommandTree.ofTheProgram()
        let uses = CommandUse.all(in: try Self.read(path))
        #expect(!uses.isEmpty)
        for use in uses {
            guard let options = commands.options(of: use.words) else {
                Issue.record("\(path): no command \(use.words.joined(separator: " "))")
                continue
            }
            let unknown = Set(use.options).subtracting(options)
            #expect(unknown.isEmpty, "\(path): laurel \(use.words.joined(separator: " "))")
        }
    }

    @Test func everySettingThatUnitsAndBackupReadStandsInTheFileOfSettings() throws {
        let settings = try Self.read("Packaging/laurel.env")
        let unit = try Self.read("Packaging/systemd/laurel@.service")
        let backup = try Self.read("Packaging/laurel-backup")
        let used =
            unit.matches(of: /\$\{?(LAUREL_[A-Z]+)/).map { String($0.1) }
            + backup.matches(of: /setting in|\$\{(LAUREL_BACKUP_[A-Z]+):-/)
            .compactMap { $0.1.map(String.init) }
        #expect(Set(used).count == 4)
        for name in used { #expect(settings.contains("\n\(name)="), "\(name)") }
    }

    @Test func bothPagesGiveTheSameCommandsAndNameThisVersion() throws {
        let blocks = try ["deployment.md", "deployment.zh.md"].map {
            try Self.read("Documentation/" + $0).matches(of: /(?ms)^```\w+\n.*?^```$/)
                .map { String($0.0) }
        }
        let version = try Run(["--version"]).out.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(blocks[0].count > 10)
        #expect(blocks[0] == blocks[1])
        #expect(blocks[0].contains { $0.contains("laurel_\(version)_amd64.deb") })
        let named = blocks[0].joined().matches(of: /laurel_([0-9.]+)_/).map { String($0.1) }
        #expect(Set(named) == [version])
    }

    @Test func thePackageAsksForEveryFontThatPapersAreTestedWith() throws {
        let control = try Self.read("Packaging/debian/control.in")
        let fonts = Set(
            try Self.read("Tools/setup.sh").matches(of: /fonts-[a-z0-9-]+/).map { String($0.0) }
        )
        #expect(!fonts.isEmpty)
        for font in fonts { #expect(control.contains(font), "\(font)") }
    }

    @Test(arguments: [
        "Packaging/laurel-backup", "Packaging/debian/postinst", "Packaging/debian/prerm",
        "Packaging/debian/postrm",
    ])
    func scriptsThatRunAsRootAreSoundShell(path: String) throws {
        let shell = try Shell("/bin/sh", ["-n", Self.root + "/" + path])
        #expect(shell.code == 0, "\(shell.said)")
        #expect(try Self.read(path).contains("\nset -e"))
    }
}

/// A program that is not ours, with an environment: exit code, and all that it said.
struct Shell {
    let code: Int32
    let said: String

    init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let out = Pipe()
        (process.standardOutput, process.standardError) = (out, out)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        said = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        code = process.terminationStatus
    }
}
