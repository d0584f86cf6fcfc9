import Credentials
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// Our bundles under programs that are not ours: PyPI's openvc-core and PyJWT (`Tools/check_bundle.py`).
@Suite struct OtherProgramsTests {
    /// What a command says, with its exit code.
    private func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, out: String)
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let out = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, out)
    }

    /// The bundle, and what somebody made of it; each with whether it may be accepted.
    private func bundles() throws -> [(name: String, bytes: [UInt8], isGood: Bool)] {
        let world = try HonourWorld()
        try world.confer()
        let good = try world.export().bundle
        let text = good.canonicalText
        try world.world.say(
            .honour,
            ["action": "revoke", "honour": .string(world.honour), "reason": "虚构的理由"],
            by: "organiser"
        )
        let revoked = try world.export().bundle
        let stranger = try HonourWorld()
        try stranger.confer()
        let strange = try stranger.export().bundle
        func with(_ name: String, of other: JSONValue) throws -> [UInt8] {
            guard case .object(let members) = good.without([name]) else { return [] }
            return JSONValue.object(members + [.init(name, try #require(other[name]))]).canonical
        }
        func changed(_ old: String, _ new: String) throws -> [UInt8] {
            try #require(text.contains(old))
            return Array(text.replacing(old, with: new).utf8)
        }
        return [
            ("good", good.canonical, true), ("revoked", revoked.canonical, false),
            ("name", try changed("虚人3", "虚人9"), false),
            ("title", try changed("虚构称号", "世界冠军"), false),
            ("index", try changed("\"statusListIndex\":\"", "\"statusListIndex\":\"1"), false),
            ("until", try changed("\"validUntil\":\"2022", "\"validUntil\":\"2023"), false),
            ("admitted", try changed("\"admitted_at\":1", "\"admitted_at\":2"), false),
            ("twice", try changed("\"schema\":", "\"schema\":\"x\",\"schema\":"), false),
            ("list", try with("status_list", of: strange), false),
            ("checkpoint", try with("checkpoint", of: strange), false),
            ("entries", try with("entries", of: strange), false),
            ("token", try with("credential_jwt", of: strange), false),
            ("credential", try with("credential", of: strange), false),
            ("issuer", try with("issuer", of: strange), false),
        ]
    }

    @Test func theyAcceptOurBundleAndRefuseWhatWasTamperedWith() throws {
        let root = SmallWorld.root.path
        #expect(try run(root + "/Tools/venv.sh", []).code == 0)
        let folder = try SmallWorld.temporaryFolder()
        let bundles = try bundles()
        for bundle in bundles {
            try Data(bundle.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(bundle.name)"))
        }
        let answer = try run(
            root + "/.build/venv/bin/python",
            [root + "/Tools/check_bundle.py", "2022-11-05T00:00:00Z"]
                + bundles.map { "\(folder)/\($0.name)" }
        )
        #expect(answer.code == 0)
        let lines = answer.out.split(separator: "\n").map {
            $0.split(separator: " ").map(String.init)
        }
        #expect(lines.map(\.first) == bundles.map(\.name))
        for (line, bundle) in zip(lines, bundles) {
            #expect(
                line.count > 1 && line[1] == (bundle.isGood ? "accepted" : "refused"),
                "\(line)"
            )
        }
        // Refused for what is wrong with it, not because the program could not read it at all.
        #expect(lines.first { $0[0] == "name" }?.last == "SignatureInvalid")
        #expect(lines.first { $0[0] == "revoked" }?.last == "CredentialRevoked")
    }
}
