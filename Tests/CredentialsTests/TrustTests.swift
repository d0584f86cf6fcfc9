import Credentials
import Exact
import Findings
import Seal
import Testing

@Suite struct TrustTests {
    @Test func anIssuerWhomNobodyTrustsIsUnknownAndCannotRevokeEither() throws {
        let sample = try SampleHonour(isRevoked: true)
        let found = Examiner.examine(
            try sample.bundle().canonical,
            trust: TrustedKeys(),
            asOf: sample.now
        )
        #expect(found.verdict == .unknown)
        #expect(found.doubts.map(\.code) == ["issuer.untrusted", "log.revoked"])
    }

    @Test func trustIsReadStrictly() throws {
        let key = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
        let keys = try TrustedKeys("# bureaus\n\n\(key)  省组委会 2022\r\n", file: "k")
        #expect(DidKey(key).flatMap(keys.name) == "省组委会 2022")
        do {
            _ = try TrustedKeys("did:web:a\n\(key)x\n", file: "k")
            Issue.record("refused keys were taken")
        } catch {
            #expect(error.findings.map(\.code) == ["trust.key", "trust.key"])
            #expect(error.findings.map { $0.place?.line } == [1, 2])
        }
    }

    @Test(
        "A key is trusted up to the last day and entry that the file names",
        arguments: [
            ("", HonourVerdict.genuine), ("not-after=2022-10-28 ", .genuine),
            ("not-after=2022-10-27 ", .unknown), ("not-after-entry=3 ", .genuine),
            ("not-after-entry=2 ", .unknown),
            ("not-after=2022-10-28  not-after-entry=2 ", .unknown),
        ]
    )
    func limits(limits: String, verdict: HonourVerdict) throws {
        let sample = try SampleHonour()
        let key = DidKey(sample.issuer.verifying).text
        let found = Examiner.examine(
            try sample.bundle().canonical,
            trust: try TrustedKeys("\(key) \(limits)虚构组委会", file: "k"),
            asOf: sample.now
        )
        #expect(found.verdict == verdict)
        #expect(found.doubts.map(\.code) == (verdict == .genuine ? [] : ["issuer.withdrawn"]))
    }

    @Test(arguments: [
        "not-after", "not-after=", "not-after=2022-02-30", "not-after-entry=x",
        "not-after-entry=-1", "not-afterwards=3",
    ])
    func aLimitThatIsNoneIsRefusedAndNotTakenForAName(limit: String) throws {
        let key = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
        do {
            _ = try TrustedKeys("\n\(key) \(limit) 组委会", file: "k")
            Issue.record("\(limit) was taken")
        } catch {
            #expect(error.findings.map(\.code) == ["trust.limit"])
            #expect(error.findings[0].place?.line == 2)
        }
    }

    @Test func onlyTheHoldersNumberAndSaltOpenTheCommitment() throws {
        let claim = try SampleHonour().claim
        func opens(_ number: String, _ salt: [UInt8], _ id: String) throws -> Bool {
            let opening: JSONValue = [
                "schema": .string(HolderOpening.schema), "credential": .string(id),
                "id_number": .string(number), "salt": .string(salt.hex), "identity": "",
            ]
            return try HolderOpening(opening.canonical, file: "o").opens(claim)
        }
        let (number, salt) = (SampleHonour.idNumber, SampleHonour.salt)
        #expect(try opens(number, salt, claim.id))
        #expect(try !opens("219900199001010012", salt, claim.id))
        #expect(try !opens(number, salt.reversed().map { $0 ^ 1 }, claim.id))
        #expect(try !opens(number, salt, "urn:uuid:0"))
        #expect(throws: Refusal.self) { try HolderOpening(Array("{}".utf8), file: "o") }
    }
}
