import Credentials
import Findings
import Seal
import Testing

@Suite struct ExaminerTests {
    @Test func aBundleIsGenuineAndNotRevoked() throws {
        let sample = try SampleHonour()
        let found = try sample.examine(try sample.bundle())
        #expect(found.doubts == [])
        #expect(found.verdict == .genuine)
        #expect(found.trustedAs == "虚构组委会")
        #expect(found.claim == sample.claim)
    }

    @Test(arguments: tricks)
    func everyTrickFailsClosed(trick: Trick) throws {
        let sample = try SampleHonour()
        let found = try sample.examine(try trick.bundle(sample))
        #expect(found.verdict == trick.verdict)
        #expect(found.doubts.map(\.code).contains(trick.code))
        #expect(found.doubts.allSatisfy { !$0.text.zh.isEmpty && !$0.text.en.isEmpty })
    }

    @Test func whatTheRecordRevokesIsRevokedWhateverTheListSays() throws {
        let sample = try SampleHonour(isRevoked: true)
        let found = try sample.examine(try sample.bundle())
        #expect(found.verdict == .revoked)
        #expect(found.doubts.map(\.code) == ["log.revoked"])
        #expect(found.revokedAt?.text == "2022-10-28T09:00:00Z")
    }

    @Test(arguments: [
        ("2022-10-28T08:59:59Z", HonourVerdict.unknown, ["credential.future", "status.early"]),
        ("2022-10-31T23:59:59Z", .unknown, ["status.early"]),
        ("2022-11-01T00:00:00Z", .genuine, []),
        ("2022-12-01T00:00:00Z", .genuine, []),
        ("2022-12-01T00:00:01Z", .unknown, ["status.expired"]),
    ])
    func theVerdictIsAsOfItsTime(at: String, verdict: HonourVerdict, codes: [String]) throws {
        let sample = try SampleHonour()
        let found = try sample.examine(try sample.bundle(), at: at)
        #expect(found.verdict == verdict)
        #expect(found.doubts.map(\.code) == codes)
    }

    @Test(arguments: [
        ("", HonourVerdict.forged, "json.truncated"), ("{", .forged, "json.truncated"),
        ("not json", .forged, "json.unexpected"), ("{}", .unknown, "bundle.schema"),
        ("[]", .unknown, "bundle.schema"), (#"{"schema":1.5}"#, .forged, "json.notWhole"),
        (#"{"a":1,"\u0061":1}"#, .forged, "json.duplicateName"),
        ("{\"\u{e9}\":1,\"e\u{301}\":1}", .unknown, "bundle.schema"),
    ])
    func whatIsNoBundleIsNeverGenuine(text: String, verdict: HonourVerdict, code: String) throws {
        let found = Examiner.examine(
            Array(text.utf8),
            trust: try SampleHonour().trusted,
            asOf: Instant(seconds: 0)
        )
        #expect(found.verdict == verdict)
        #expect(found.doubts.map(\.code) == [code])
    }

    @Test(arguments: ["credential", "credentialSubject", "proof", "schema", "name"])
    func aNameThatStandsTwiceIsRefused(name: String) throws {
        let text = try SampleHonour().bundle().canonicalText
        let twice = text.replacing(
            "\"\(name)\":",
            with: "\"\(name)\":0,\"\\u00\(Array(name.utf8)[..<1].hex)\(name.dropFirst())\":",
            maxReplacements: 1
        )
        let found = Examiner.examine(
            Array(twice.utf8),
            trust: try SampleHonour().trusted,
            asOf: Instant(seconds: 0)
        )
        #expect(found.doubts.map(\.code) == ["json.duplicateName"])
        #expect(found.verdict == .forged)
    }

    @Test func noChangeOfOneByteIsGenuine() throws {
        let sample = try SampleHonour()
        let bytes = try sample.bundle().canonical
        let trust = try sample.trusted
        for index in stride(from: 0, to: bytes.count, by: 37) {
            var changed = bytes
            changed[index] ^= 1
            let found = Examiner.examine(changed, trust: trust, asOf: sample.now)
            #expect(found.verdict != .genuine, "byte \(index)")
        }
    }

    @Test func noPrefixIsGenuine() throws {
        let sample = try SampleHonour()
        let bytes = try sample.bundle().canonical
        for length in stride(from: 0, to: bytes.count, by: 101) {
            let found = Examiner.examine(
                Array(bytes.prefix(length)),
                trust: try sample.trusted,
                asOf: sample.now
            )
            #expect(found.verdict == .forged)
        }
    }
}
