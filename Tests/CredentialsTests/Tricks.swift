import Credentials
import Findings
import Seal
import Testing

private let nfd = "虚人e\u{301}"

let tricks: [Trick] = [
    .tampered(
        "another name",
        .forged,
        "credential.proof.signature",
        "credential.credentialSubject.name",
        "别人"
    ),
    .tampered(
        "the same name in NFD",
        .forged,
        "credential.proof.signature",
        "credential.credentialSubject.name",
        .string(nfd)
    ),
    .tampered(
        "a zero-width space in the name",
        .forged,
        "credential.proof.signature",
        "credential.credentialSubject.name",
        "虚人é\u{200B}"
    ),
    .tampered(
        "another issuer",
        .forged,
        "issuer.other",
        "credential.issuer.id",
        "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    ),
    .tampered(
        "an issuer with a Cyrillic letter",
        .forged,
        "issuer.key",
        "issuer.did",
        "did:kеy:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    ),
    .tampered(
        "another key in the bundle",
        .forged,
        "credential.proof.otherKey",
        "issuer.did",
        "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    ),
    .tampered(
        "an unknown context",
        .forged,
        "credential.context",
        "credential.@context.0",
        "https://evil.example/v2"
    ),
    .issued(
        "an unknown context, signed",
        .unknown,
        "credential.context",
        "@context.1",
        "https://evil.example/v3"
    ),
    .tampered(
        "an unknown proof type",
        .unknown,
        "credential.proof.unknownSuite",
        "credential.proof.type",
        "Ed25519Signature2020"
    ),
    .tampered(
        "an unknown suite",
        .unknown,
        "credential.proof.unknownSuite",
        "credential.proof.cryptosuite",
        "eddsa-rdfc-2022"
    ),
    .tampered("no proof", .forged, "credential.proof.missing", "credential.proof", nil),
    Trick("two proofs", .forged, "credential.proof.notSingle") { sample in
        let bundle = try sample.bundle()
        let proof = try #require(bundle["credential"]?["proof"])
        return bundle.setting("credential.proof", [proof, proof])
    },
    .tampered(
        "a proof with more in it",
        .forged,
        "credential.proof.members",
        "credential.proof.expires",
        "2099-01-01T00:00:00Z"
    ),
    .tampered(
        "another purpose",
        .forged,
        "credential.proof.purpose",
        "credential.proof.proofPurpose",
        "authentication"
    ),
    .tampered(
        "another context in the proof",
        .forged,
        "credential.proof.context",
        "credential.proof.@context",
        ["https://www.w3.org/ns/credentials/v2"]
    ),
    .tampered(
        "no context in the proof",
        .forged,
        "credential.proof.members",
        "credential.proof.@context",
        nil
    ),
    .tampered(
        "another signing time",
        .forged,
        "credential.proof.signature",
        "credential.proof.created",
        "2022-11-02T00:00:00Z"
    ),
    .tampered(
        "another verification method",
        .forged,
        "credential.proof.otherKey",
        "credential.proof.verificationMethod",
        "did:web:example.org#key"
    ),
    Trick("a signature with a leading 1", .forged, "credential.proof.value") { sample in
        let bundle = try sample.bundle()
        let value = try #require(bundle["credential"]?["proof"]?["proofValue"]?.string)
        return bundle.setting("credential.proof.proofValue", .string("z1" + value.dropFirst()))
    },
    Trick("a signature with a letter that base58 has not", .forged, "credential.proof.value") {
        sample in
        let bundle = try sample.bundle()
        let value = try #require(bundle["credential"]?["proof"]?["proofValue"]?.string)
        return bundle.setting("credential.proof.proofValue", .string(value.dropLast() + "0"))
    },
    Trick("a signature in full-width letters", .forged, "credential.proof.value") { sample in
        let bundle = try sample.bundle()
        let value = try #require(bundle["credential"]?["proof"]?["proofValue"]?.string)
        return bundle.setting(
            "credential.proof.proofValue",
            .string("\u{FF5A}" + value.dropFirst())
        )
    },
    Trick("a signature of another multibase", .forged, "credential.proof.value") { sample in
        let bundle = try sample.bundle()
        let value = try #require(bundle["credential"]?["proof"]?["proofValue"]?.string)
        let bytes = try #require(Multibase.bytes(base58: value))
        return bundle.setting(
            "credential.proof.proofValue",
            .string("u" + Multibase.base64url(bytes))
        )
    },
    Trick("a stranger's signature", .forged, "credential.proof.signature") { sample in
        let stranger = try #require(SigningKey(seed: [UInt8](repeating: 8, count: 32)))
        return try sample.bundle(credential: sample.credential, key: stranger)
    },
    .issued("no status", .unknown, "status.missing", "credentialStatus", nil),
    .issued(
        "a status of an unknown kind",
        .forged,
        "status.index",
        "credentialStatus.type",
        "1EdTechRevocationList"
    ),
    .issued(
        "a status of another purpose",
        .forged,
        "status.index",
        "credentialStatus.statusPurpose",
        "suspension"
    ),
    .issued(
        "an index past the end",
        .forged,
        "status.index",
        "credentialStatus.statusListIndex",
        "131072"
    ),
    .issued(
        "an index below zero",
        .forged,
        "status.index",
        "credentialStatus.statusListIndex",
        "-1"
    ),
    .issued(
        "an index with a plus",
        .forged,
        "status.index",
        "credentialStatus.statusListIndex",
        "+94567"
    ),
    .issued(
        "an index with a zero before it",
        .forged,
        "status.index",
        "credentialStatus.statusListIndex",
        "094567"
    ),
    .issued(
        "an index in Arabic digits",
        .forged,
        "status.index",
        "credentialStatus.statusListIndex",
        "٩٤٥٦٧"
    ),
    .issued(
        "an index that is a number",
        .forged,
        "status.index",
        "credentialStatus.statusListIndex",
        94_567
    ),
    .issued(
        "another list's name",
        .forged,
        "status.other-list",
        "credentialStatus.statusListCredential",
        "urn:x-laurel:other:revocations"
    ),
    .issued(
        "a validity of its own",
        .unknown,
        "credential.form",
        "validUntil",
        "2099-01-01T00:00:00Z"
    ),
    .issued("another type", .unknown, "credential.form", "type", ["VerifiableCredential"]),
    .issued(
        "an additional type",
        .unknown,
        "credential.form",
        "type",
        ["VerifiableCredential", "OpenBadgeCredential", "Diploma"]
    ),
    .issued("something nobody knows", .unknown, "credential.form", "termsOfUse", ["type": "x"]),
    .issued(
        "another title for people than for programs",
        .unknown,
        "credential.form",
        "name",
        "世界冠军"
    ),
    .issued("another start", .forged, "log.entry", "validFrom", "2022-10-27T00:00:00Z"),
    .issued(
        "a start in the future",
        .unknown,
        "credential.future",
        "validFrom",
        "2022-11-06T00:00:00Z"
    ).expecting(.forged),
    .issued(
        "another snapshot",
        .forged,
        "log.entry",
        "evidence.0.laurelRecord.snapshot",
        .string(Digest(of: [9]).hex)
    ),
    .issued(
        "another conferral",
        .forged,
        "log.entry",
        "evidence.0.laurelRecord.conferral.position",
        2
    ),
    .issued(
        "another log",
        .forged,
        "log.checkpoint",
        "evidence.0.laurelRecord.log",
        "laurel/other"
    ),
    .tampered("no status list", .unknown, "status.none", "status_list", nil),
    .listed("an expired list", .unknown, "status.expired", "validUntil", "2022-11-04T23:59:59Z"),
    .listed(
        "a list that is later than the day",
        .unknown,
        "status.early",
        "validFrom",
        "2022-11-05T00:00:01Z"
    ),
    .listed("a list without an end", .unknown, "status.form", "validUntil", nil),
    .listed(
        "a list that ends before it begins",
        .unknown,
        "status.form",
        "validUntil",
        "2022-10-01T00:00:00Z"
    ),
    .listed(
        "a list of another name",
        .forged,
        "status.other-list",
        "id",
        "urn:x-laurel:other:revocations"
    ).expecting(.unknown, "status.form"),
    .listed(
        "a list of another issuer",
        .forged,
        "status.issuer",
        "issuer",
        "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    ),
    .listed(
        "a list of another purpose",
        .unknown,
        "status.form",
        "credentialSubject.statusPurpose",
        "suspension"
    ),
    .listed(
        "a list that is too short",
        .unknown,
        "status.form",
        "credentialSubject.encodedList",
        "uH4sIAAAAAAAAA2MAAI3vAtIBAAAA"
    ),
    .listed(
        "a list that is no list",
        .unknown,
        "status.form",
        "credentialSubject.encodedList",
        "uQUFB"
    ),
    .tampered(
        "a list with another end",
        .forged,
        "status.proof.signature",
        "status_list.validUntil",
        "2099-01-01T00:00:00Z"
    ),
    Trick("another event's list", .forged, "status.other-list") { sample in
        let own = sample.list()
        let other = StatusList(
            id: "urn:x-laurel:other:revocations",
            bits: own.bits,
            validFrom: own.validFrom,
            validUntil: own.validUntil
        )
        return try sample.bundle(list: try sample.statusCredential(other))
    },
    Trick("a revoked honour", .revoked, "status.revoked") {
        try $0.bundle(list: try $0.statusCredential($0.list([94_567])))
    },
    Trick("a revoked honour in an expired list", .revoked, "status.revoked") {
        try $0.bundle(
            list: try $0.statusCredential($0.list([94_567]))
                .setting("validUntil", "2022-11-02T00:00:00Z")
        )
    },
    .tampered("a token of another content", .forged, "jwt", "credential_jwt", "e30.e30.AA"),
    Trick("a token without a signature", .forged, "jwt") { sample in
        let bundle = try sample.bundle()
        let token = try #require(bundle["credential_jwt"]?.string)
        let parts = token.split(separator: ".")
        let none = Multibase.base64url(Array(#"{"alg":"none","typ":"vc+jwt"}"#.utf8))
        return bundle.setting("credential_jwt", .string("\(none).\(parts[1])."))
    },
    .tampered("no token", .unknown, "bundle.members", "credential_jwt", nil),
    .tampered("something more in the bundle", .unknown, "bundle.members", "note", "x"),
    .tampered("another schema", .unknown, "bundle.schema", "schema", "laurel-honour-bundle/2"),
    .tampered(
        "another checkpoint",
        .forged,
        "log.checkpoint",
        "checkpoint",
        "laurel/tiny\n4\nAAAA\n"
    ),
    Trick("a checkpoint of a stranger", .forged, "log.checkpoint") { sample in
        let stranger = try #require(SigningKey(seed: [UInt8](repeating: 8, count: 32)))
        let note = try SignedNote(signing: sample.checkpoint.text, name: sample.log, with: stranger)
        return try sample.bundle().setting("checkpoint", .string(note.rendered))
    },
    .tampered(
        "another admission",
        .forged,
        "log.proof",
        "entries.1.admitted_at",
        1_666_947_600_999
    ),
    .tampered("another position", .forged, "log.proof", "entries.1.position", 4),
    .tampered("a position past the end", .forged, "log.proof", "entries.1.position", 5),
    .tampered("a path too short", .forged, "log.proof", "entries.1.path.0", nil),
    .tampered("one entry only", .forged, "log.proof", "entries.1", nil),
    .tampered("no entries", .forged, "log.proof", "entries", []),
    Trick("the entries in another order", .forged, "log.entry") { sample in
        let bundle = try sample.bundle()
        let entries = try #require(bundle["entries"]?.array)
        return bundle.setting("entries", .array(entries.reversed()))
    },
]

extension Trick {
    /// The same trick, of which more comes.
    func expecting(_ verdict: HonourVerdict, _ code: String? = nil) -> Trick {
        Trick(testDescription, verdict, code ?? self.code, bundle)
    }
}
