public import Seal

/// A status list as its issuer states it: which honours are revoked, and from when to when it may be
/// relied on.
public struct StatusList: Sendable, Hashable {
    /// Its name.
    public let id: String
    /// The bits.
    public let bits: StatusBits
    /// From when it holds.
    public let validFrom: Instant
    /// Until when it may be relied on.
    public let validUntil: Instant

    /// Makes a list.
    public init(id: String, bits: StatusBits, validFrom: Instant, validUntil: Instant) {
        self.id = id
        self.bits = bits
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    /// The list as a credential without a proof; nil where the bits can't be packed.
    ///
    /// Source: W3C Bitstring Status List 1.0, section 2.2.
    public func credential(issuer: DidKey) -> JSONValue? {
        bits.encoded.map { credential(issuer: issuer, encoded: $0) }
    }

    private func credential(issuer: DidKey, encoded: String) -> JSONValue {
        [
            "@context": ["https://www.w3.org/ns/credentials/v2"], "id": .string(id),
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": .string(issuer.text), "validFrom": .string(validFrom.text),
            "validUntil": .string(validUntil.text),
            "credentialSubject": [
                "id": .string(id + "#list"), "type": "BitstringStatusList",
                "statusPurpose": "revocation", "encodedList": .string(encoded),
            ],
        ]
    }

    /// Reads a list; nil where it is not written exactly as ``credential(issuer:)`` writes it.
    ///
    /// Other packings of the same bits are read.
    public init?(credential: JSONValue, issuer: DidKey) {
        guard let id = credential["id"]?.string,
            let from = credential["validFrom"]?.string.flatMap({ Instant($0) }),
            let until = credential["validUntil"]?.string.flatMap({ Instant($0) }), from <= until,
            let encoded = credential["credentialSubject"]?["encodedList"]?.string,
            let bits = StatusBits(encoded: encoded)
        else { return nil }
        self.init(id: id, bits: bits, validFrom: from, validUntil: until)
        let own = self.credential(issuer: issuer, encoded: encoded)
        guard own.canonical == credential.canonical else { return nil }
    }
}
