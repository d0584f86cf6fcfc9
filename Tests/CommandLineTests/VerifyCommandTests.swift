import Foundation
import Testing

@Suite struct VerifyCommandTests {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func verify(_ bundle: String, _ more: [String] = [], lang: String = "en") throws -> Run
    {
        try bundle.write(toFile: folder + "/b.json", atomically: true, encoding: .utf8)
        return try Run(
            ["verify", "b.json", "--at", "2022-11-30", "--lang", lang] + more,
            in: folder
        )
    }

    @Test func whatIsNoBundleIsUnknownInBothLanguages() throws {
        let english = try verify("{}")
        #expect(english.code == 3)
        #expect(
            english.out == """
                verdict: unknown (not to be taken as genuine), as of 2022-11-30T15:59:59Z
                  - this is no bundle of an honour that this version knows (laurel-honour-bundle/1)

                """
        )
        let chinese = try verify("{}", lang: "zh")
        #expect(chinese.code == 3)
        #expect(
            chinese.out == """
                结论:无法判断(不得视为真实),截至 2022-11-30T15:59:59Z
                  - 不是本版本认识的荣誉凭证包(laurel-honour-bundle/1)

                """
        )
    }

    @Test func aNameThatStandsTwiceIsForged() throws {
        let run = try verify(#"{"schema":1,"schema":2}"#)
        #expect(run.code == 5)
        #expect(
            run.out == """
                verdict: forged or tampered with, as of 2022-11-30T15:59:59Z
                  - this is no strict JSON: a name stands twice (byte 12)

                """
        )
        #expect(try verify("").code == 5)
        #expect(try verify(#"{"schema":1.5}"#).code == 5)
    }

    @Test func programsReadTheVerdictAsJSON() throws {
        let run = try verify("[]", ["--format", "json"])
        #expect(run.code == 3)
        #expect(run.out.contains(#""exit":3"#))
        #expect(run.out.contains(#""verdict":"unknown"}"#))
        #expect(run.out.contains(#""code":"bundle.schema""#))
    }

    @Test func whatCanNotBeReadIsNoVerdict() throws {
        #expect(try Run(["verify", "none.json", "--lang", "en"], in: folder).code == 2)
        #expect(try verify("{}", ["--trust", "none.txt"]).code == 2)
        #expect(try Run(["verify", "--lang", "en"], in: folder).code == 64)
    }

    @Test func aWrongTrustFileOrDayIsRefusedWithItsPlace() throws {
        try "# keys\ndid:web:example.org\n".write(
            toFile: folder + "/keys.txt",
            atomically: true,
            encoding: .utf8
        )
        let keys = try verify("{}", ["--trust", "keys.txt"])
        #expect(keys.code == 1)
        #expect(keys.out == "")
        #expect(
            keys.err.hasPrefix(
                "keys.txt:2: error: \"did:web:example.org\" is no Ed25519 key in the form did:key:z6Mk… [trust.key]"
            )
        )
        try "{}".write(toFile: folder + "/b.json", atomically: true, encoding: .utf8)
        let day = try Run(["verify", "b.json", "--at", "2022-02-30", "--lang", "en"], in: folder)
        #expect(day.code == 1)
        #expect(day.err.hasPrefix("--at: error: \"2022-02-30\" is no day and no time [data.day]"))
    }

    /// Bundles that the program wrote from a rehearsal on 2026-11-22, before and after the honour was
    /// revoked: what is handed out must be readable years later.
    private func fixture(_ name: String) -> String {
        Run.root.appendingPathComponent("Tests/CommandLineTests/Fixtures/\(name)").path
    }

    @Test(
        "A bundle that was handed out is judged the same years later",
        arguments: [
            ("honour-genuine.json", "2026-12-01", true, 0 as Int32, "genuine and not revoked"),
            ("honour-genuine.json", "2026-12-01", false, 3, "unknown"),
            ("honour-genuine.json", "2026-11-21", true, 3, "unknown"),
            ("honour-genuine.json", "2028-01-01", true, 3, "unknown"),
            ("honour-revoked.json", "2026-12-01", true, 4, "revoked"),
            ("honour-revoked.json", "2028-01-01", true, 4, "revoked"),
            ("honour-revoked.json", "2026-12-01", false, 3, "unknown"),
        ]
    )
    func aKeptBundle(
        name: String,
        at: String,
        isTrusted: Bool,
        code: Int32,
        verdict: String
    ) throws {
        let trust = isTrusted ? ["--trust", fixture("honour-trust.txt")] : []
        let run = try Run(
            ["verify", fixture(name), "--at", at, "--lang", "en"] + trust,
            in: folder
        )
        #expect(run.code == code)
        #expect(run.out.hasPrefix("verdict: \(verdict)"))
        #expect(run.out.contains("note: a rehearsal; neither honour nor person is real"))
    }

    @Test func aBundleOfAnotherNameIsForgedAndSaysNothingOfWhatItClaims() throws {
        let text = try String(contentsOfFile: fixture("honour-genuine.json"), encoding: .utf8)
        let other = text.replacingOccurrences(of: "虚思远", with: "虚思近")
        #expect(other != text)
        try other.write(toFile: folder + "/b.json", atomically: true, encoding: .utf8)
        let run = try Run(
            ["verify", "b.json", "--at", "2026-12-01", "--trust", fixture("honour-trust.txt")],
            in: folder
        )
        #expect(run.code == 5)
        #expect(!run.out.contains("虚思近"))
    }

    @Test func aFileTooLargeForABundleIsNotRead() throws {
        let run = try verify(String(repeating: " ", count: 1 << 20) + "{}")
        #expect(run.code == 1)
        #expect(run.err.contains("[bundle.size]"))
    }
}
