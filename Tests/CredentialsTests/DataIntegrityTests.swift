import Credentials
import Exact
import Seal
import Testing

/// The example of the Recommendation: W3C Data Integrity EdDSA Cryptosuites 1.0, appendix B.2, and
/// the files `keyPair.json` and `eddsa-jcs-2022/` of `w3c/vc-di-eddsa`, folder `TestVectors`.
private enum Example {
    static let publicKey = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    static let secretKey = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
    static let combinedHash =
        "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
        + "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
    static let proofValue =
        "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"
    static let method = "did:key:" + publicKey + "#" + publicKey
    /// An earlier version of the same example names the key by the issuer's address.
    static let earlierMethod = "https://vc.example/issuers/5678#" + publicKey
    static let earlierValue =
        "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
    static let document: JSONValue = [
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://www.w3.org/ns/credentials/examples/v2",
        ],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"], "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678", "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": [
            "id": "did:example:abcdefgh", "alumniOf": "The School of Examples",
        ],
    ]

    static func proof(_ method: String, _ value: String?) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("type", "DataIntegrityProof"), .init("cryptosuite", "eddsa-jcs-2022"),
            .init("created", "2023-02-24T23:36:38Z"),
            .init("verificationMethod", .string(method)), .init("proofPurpose", "assertionMethod"),
            .init("@context", document["@context"] ?? .null),
        ]
        if let value { members.append(.init("proofValue", .string(value))) }
        return .object(members)
    }

    static func signed(_ method: String, _ value: String) -> JSONValue {
        guard case .object(let members) = document else { return .null }
        return .object(members + [.init("proof", proof(method, value))])
    }

    static func key() throws -> SigningKey {
        let bytes = try #require(Multibase.bytes(base58: secretKey))
        // 0x80 0x26 is the code of an Ed25519 private key.
        #expect(bytes.prefix(2) == [0x80, 0x26])
        return try #require(SigningKey(seed: Array(bytes.dropFirst(2))))
    }
}

@Suite struct DataIntegrityTests {
    @Test func theKeysOfTheRecommendationAreReadAndWritten() throws {
        let key = try Example.key()
        #expect(DidKey(key.verifying).multikey == Example.publicKey)
        #expect(DidKey(multikey: Example.publicKey)?.key == key.verifying)
        #expect(DidKey("did:key:" + Example.publicKey)?.method == Example.method)
        let secret = try #require(Multibase.bytes(base58: Example.secretKey))
        #expect(Multibase.base58(secret) == Example.secretKey)
    }

    @Test func theHashesOfTheRecommendationAreFound() {
        let hashes = DataIntegrity.hashes(
            configuration: Example.proof(Example.method, nil),
            document: Example.document
        )
        #expect(hashes.hex == Example.combinedHash)
    }

    @Test(arguments: [
        (Example.method, Example.proofValue), (Example.earlierMethod, Example.earlierValue),
    ])
    func theProofsOfTheRecommendationHold(method: String, value: String) throws {
        let key = try #require(DidKey(multikey: Example.publicKey)).key
        try DataIntegrity.check(Example.signed(method, value), key: key, method: method)
    }

    @Test(arguments: [
        (Example.method, Example.proofValue), (Example.earlierMethod, Example.earlierValue),
    ])
    func theProofsOfTheRecommendationAreMade(method: String, value: String) throws {
        let signed = try DataIntegrity.prove(
            Example.document,
            with: try Example.key(),
            method: method,
            created: "2023-02-24T23:36:38Z"
        )
        // Ed25519 of RFC 8032 is deterministic, and so is swift-crypto's on Linux.
        #expect(signed["proof"]?["proofValue"]?.string == value)
        #expect(signed.canonical == Example.signed(method, value).canonical)
    }

    @Test func aChangedDocumentDoesNotHold() throws {
        let signed = Example.signed(Example.method, Example.proofValue).canonicalText
        let key = try #require(DidKey(multikey: Example.publicKey)).key
        for (old, new) in [
            ("School", "Schoo1"), ("2023-01-01", "2023-01-02"),
            ("credentials/v2", "credentials/v1"),
            ("\"name\":", "\"nаme\":"),
        ] {
            let changed = try JSONValue(parsing: signed.replacing(old, with: new))
            #expect(throws: ProofFault.self) {
                try DataIntegrity.check(changed, key: key, method: Example.method)
            }
        }
    }
}

@Suite struct MultibaseTests {
    // draft-msporny-base58-03, section 5.
    @Test(arguments: [
        ("z2NEpo7TZRRrLZSi2U", Array("Hello World!".utf8)),
        (
            "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
            Array("The quick brown fox jumps over the lazy dog.".utf8)
        ),
        ("z11233QC4", [0, 0, 0x28, 0x7F, 0xB4, 0xCD]),
    ])
    func base58IsThatOfTheDraft(text: String, bytes: [UInt8]) {
        #expect(Multibase.base58(bytes) == text)
        #expect(Multibase.bytes(base58: text) == bytes)
    }

    @Test(arguments: [
        "", "z", "2NEpo7TZRRrLZSi2U", "z2NEpo7TZRRrLZSi20", "z2NEpo7TZRRrLZSi2O",
        "z2NEpo7TZRRrLZSi2I",
        "z2NEpo7TZRRrLZSi2l", "z2NEpo7TZRRrLZSi2U ", " z2NEpo7TZRRrLZSi2U", "Z2NEpo7TZRRrLZSi2U",
        "z2NEpo7TZRRrLZSi2U\u{301}", "z2NEpo7TZRRrLZSi2\u{FF35}",
        "z" + String(repeating: "2", count: 200),
    ])
    func whatIsNoBase58IsRefused(text: String) {
        #expect(Multibase.bytes(base58: text) == nil)
    }

    @Test(arguments: ["QQ==", "QR", "Q", "Q+", "Q/", "QQ\n", "Q Q", "QQé"])
    func whatIsNoBase64urlOrHasBitsLeftOverIsRefused(text: String) {
        #expect(Multibase.bytes(base64url: text) == nil)
        #expect(Multibase.bytes(base64url: "QQ") == [0x41])
    }

    @Test func aKeyOfAnotherKindOrLengthIsNone() throws {
        let key = [UInt8](repeating: 7, count: 32)
        for bytes in [
            [0xEC, 0x01] + key, [0xED, 0x01] + key + [0], [0xED, 0x01] + key.dropLast(), key,
        ] {
            #expect(DidKey("did:key:" + Multibase.base58(bytes)) == nil)
        }
        #expect(DidKey("did:web:example.org") == nil)
        #expect(DidKey("did:key:\u{301}" + Example.publicKey) == nil)
        #expect(DidKey("did:key:" + Example.publicKey + "\u{200D}") == nil)
    }
}

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600),
        ("2022-10-28T09:00:00Z", 1_666_947_600), ("2100-03-01T00:00:00Z", 4_107_542_400),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
    ])
    func instantsAreReadAndWritten(text: String, seconds: Int) {
        #expect(Instant(text)?.seconds == seconds)
        #expect(Instant(seconds: seconds).text == text)
    }

    @Test func everyDayOfFourCenturiesIsWrittenAsItIsRead() {
        for day in 0..<146_097 {
            let instant = Instant(seconds: day * 86_400)
            #expect(Instant(instant.text) == instant)
        }
    }

    @Test(arguments: [
        "2022-10-28", "2022-10-28T09:00:00", "2022-10-28T09:00:00+08:00", "2022-02-29T00:00:00Z",
        "2022-10-28T24:00:00Z", "2022-10-28T09:60:00Z", "2022-10-28T09:00:60Z",
        "1969-12-31T23:59:59Z",
        "2022-10-28T09:00:00.5Z", "2022-10-28t09:00:00z", "２022-10-28T09:00:00Z", "",
    ])
    func anyOtherSpellingIsRefused(text: String) { #expect(Instant(text) == nil) }

    @Test func aDayEndsAtMidnightInChina() throws {
        let day = try #require(Day("2022-10-28"))
        #expect(Instant(endOf: day).text == "2022-10-28T15:59:59Z")
    }
}

@Suite struct StatusBitsTests {
    @Test func theExampleOfTheRecommendationIsAllZero() throws {
        // Bitstring Status List 1.0, example 6 (`encodedList`, a list without a set bit).
        let list =
            "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
        let bits = try #require(StatusBits(encoded: list))
        #expect(bits.count == 131_072)
        #expect((0..<bits.count).allSatisfy { bits[$0] == false })
        #expect(bits == StatusBits())
    }

    @Test func bitsAreWrittenAsTheyAreReadAndTheFirstIsTheHighest() throws {
        var bits = StatusBits()
        for index in [0, 9, 94_567, 131_071, 131_072, -1] { bits.set(index) }
        let read = try #require(bits.encoded.flatMap { StatusBits(encoded: $0) })
        #expect((0..<read.count).filter { read[$0] == true } == [0, 9, 94_567, 131_071])
        #expect(read[131_072] == nil)
        #expect(read[-1] == nil)
    }

    @Test(arguments: [
        "u\u{301}H4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA", "", "u",
        "H4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA", "uQUFB",
        "zQUFB",
        "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAB",
        "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAAQQ",
        "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbS",
    ])
    func whatIsNoListIsRefused(text: String) { #expect(StatusBits(encoded: text) == nil) }
}
