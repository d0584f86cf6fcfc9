public import Seal

/// An Ed25519 key as a name that needs no directory: `did:key:z6Mk…`.
///
/// Source: the did:key method, and W3C Controlled Identifiers 1.0, section 2.2.2: a Multikey of
/// Ed25519 is `0xed 0x01` before the 32 bytes, in base58btc.
public struct DidKey: Sendable, Hashable {
    /// The key.
    public let key: VerifyingKey

    /// Names a key.
    public init(_ key: VerifyingKey) { self.key = key }

    /// Reads `did:key:z6Mk…`; nil where it is anything else.
    public init?(_ text: String) {
        // By bytes: a combining sign after the colon would be one character with it.
        guard text.utf8.starts(with: "did:key:".utf8) else { return nil }
        self.init(multikey: String(decoding: text.utf8.dropFirst(8), as: UTF8.self))
    }

    /// Reads `z6Mk…`; nil where it is no Ed25519 key.
    public init?(multikey: String) {
        guard let bytes = Multibase.bytes(base58: multikey), bytes.count == 34,
            bytes[0] == 0xED, bytes[1] == 0x01, let key = VerifyingKey(bytes: bytes.dropFirst(2))
        else { return nil }
        self.key = key
    }

    /// The key as `z6Mk…`.
    public var multikey: String { Multibase.base58([0xED, 0x01] + key.bytes) }

    /// The name.
    public var text: String { "did:key:" + multikey }

    /// The name of its only verification method.
    public var method: String { text + "#" + multikey }
}
