internal import Findings
public import Seal

extension HonourClaim {
    /// The contexts of a credential: those of the recommendations, and ours, in which what is Laurel's
    /// is plain JSON.
    ///
    /// They are fixed; a credential with any other is not judged.
    static let context: JSONValue = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        [
            "laurelHonour": ["@id": "urn:x-laurel:honour", "@type": "@json"],
            "laurelRecord": ["@id": "urn:x-laurel:record", "@type": "@json"],
        ],
    ]

    static let types: JSONValue = ["VerifiableCredential", "OpenBadgeCredential"]

    /// The claim as a credential without a proof.
    ///
    /// Source: W3C Verifiable Credentials Data Model 2.0; Open Badges 3.0.
    ///
    /// - Parameter issuer: the key in whose name it is issued.
    /// - Returns: the credential; whole numbers and texts only.
    public func credential(issuer: DidKey) -> JSONValue {
        [
            "@context": Self.context, "id": .string(id), "type": Self.types,
            "name": .string(Self.both(honour.title)),
            "issuer": [
                "id": .string(issuer.text), "type": ["Profile"],
                "name": .string(Self.both(event.title)),
            ],
            "validFrom": .string(conferredAt.text), "credentialSubject": subject,
            "credentialStatus": [
                "id": .string("\(statusList)#\(statusIndex)"), "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation", "statusListIndex": .string("\(statusIndex)"),
                "statusListCredential": .string(statusList),
            ],
            "evidence": [
                [
                    "type": ["Evidence"], "name": "results snapshot and ledger entries",
                    "laurelRecord": record,
                ]
            ], "laurelHonour": facts,
        ]
    }

    private var subject: JSONValue {
        var members: [JSONValue.Member] = [
            .init("type", ["AchievementSubject"]), .init("name", .string(name)),
            .init(
                "achievement",
                [
                    "id": .string("urn:x-laurel:\(event.code):\(honour.code)"),
                    "type": ["Achievement"], "achievementType": "Award",
                    "name": .string(Self.both(honour.title)),
                    "description": .string(
                        "\(item.title.zh) / \(item.title.en); \(mode.title.zh) / \(mode.title.en)"
                    ),
                    "criteria": ["narrative": .string("\(document) \(paragraph)「\(quote)」")],
                ]
            ),
        ]
        if let identity {
            members.append(
                .init(
                    "identifier",
                    [
                        [
                            "type": "IdentityObject", "hashed": true,
                            "identityHash": .string("sha256$" + identity.hex),
                            "identityType": "nationalIdentityNumber",
                        ]
                    ]
                )
            )
        }
        return .object(members)
    }

    private var record: JSONValue {
        func entry(_ entry: Entry) -> JSONValue {
            ["position": .int(entry.position), "statement": .string(entry.statement.hex)]
        }
        return [
            "conferral": entry(conferral), "log": .string(log), "proposal": entry(proposal),
            "snapshot": .string(snapshot.hex),
        ]
    }

    private var facts: JSONValue {
        func named(_ named: Named) -> JSONValue {
            [
                "code": .string(named.code), "en": .string(named.title.en),
                "zh": .string(named.title.zh),
            ]
        }
        return [
            "entrant": .string(entrant), "event": named(event), "honour": named(honour),
            "item": named(item), "mode": named(mode), "nonce": .string(nonce.hex),
            "number": .string(number), "rank": rank.map(JSONValue.int) ?? .null,
            "rehearsal": .bool(isRehearsal),
            "rule": [
                "document": .string(document), "paragraph": .string(paragraph),
                "quote": .string(quote),
            ],
        ]
    }

    private static func both(_ text: Text) -> String {
        text.zh == text.en ? text.zh : "\(text.zh) / \(text.en)"
    }

    /// Reads the claim of a credential; nil where it is not written exactly as ``credential(issuer:)``
    /// writes it, so that nothing in it can say one thing to people and another to programs.
    public init?(credential: JSONValue, issuer: DidKey) {
        guard let facts = credential["laurelHonour"],
            let record = credential["evidence"]?.array?.first?["laurelRecord"],
            let subject = credential["credentialSubject"], let rule = facts["rule"],
            let event = Named(json: facts["event"]), let honour = Named(json: facts["honour"]),
            let mode = Named(json: facts["mode"]), let item = Named(json: facts["item"]),
            let number = facts["number"]?.string, let entrant = facts["entrant"]?.string,
            let name = subject["name"]?.string, let log = record["log"]?.string,
            let nonce = facts["nonce"]?.string.flatMap({ [UInt8](hex: $0) }), nonce.count == 16,
            let isRehearsal = facts["rehearsal"]?.bool,
            let document = rule["document"]?.string, let paragraph = rule["paragraph"]?.string,
            let quote = rule["quote"]?.string,
            let snapshot = record["snapshot"]?.string.flatMap({ Digest(hex: $0) }),
            let proposal = Entry(json: record["proposal"]),
            let conferral = Entry(json: record["conferral"]),
            let conferredAt = credential["validFrom"]?.string.flatMap({ Instant($0) }),
            let index = credential["credentialStatus"]?["statusListIndex"]?.string
                .flatMap({ Int($0) })
        else { return nil }
        let hash = subject["identifier"]?.array?.first?["identityHash"]?.string
        self.init(
            number: number,
            event: event,
            honour: honour,
            mode: mode,
            rule: (document, paragraph, quote),
            item: item,
            entrant: entrant,
            rank: facts["rank"]?.int,
            name: name,
            identity: hash.flatMap { Digest(hex: $0.dropFirst(7)) },
            nonce: nonce,
            isRehearsal: isRehearsal,
            log: log,
            snapshot: snapshot,
            proposal: proposal,
            conferral: conferral,
            conferredAt: conferredAt,
            statusIndex: index
        )
        guard self.credential(issuer: issuer).canonical == credential.canonical else { return nil }
    }
}

extension HonourClaim.Named {
    init?(json: JSONValue?) {
        guard let code = json?["code"]?.string, let zh = json?["zh"]?.string,
            let en = json?["en"]?.string
        else { return nil }
        self.init(code: code, title: Text(zh, en))
    }
}

extension HonourClaim.Entry {
    init?(json: JSONValue?) {
        guard let position = json?["position"]?.int,
            let statement = json?["statement"]?.string.flatMap({ Digest(hex: $0) })
        else { return nil }
        self.init(position: position, statement: statement)
    }
}
