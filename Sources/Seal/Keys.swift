internal import Crypto

/// The public half of an Ed25519 key: checks what its other half signed.
public struct VerifyingKey: Sendable, Hashable {
    /// The 32 bytes of the key.
    public let bytes: [UInt8]

    /// Takes 32 bytes; nil where they are no key.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }

    /// Reads 64 hexadecimal digits.
    public init?(hex: some StringProtocol) {
        guard let bytes = [UInt8](hex: hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The key as hexadecimal digits.
    public var hex: String { bytes.hex }

    /// Whether the signature is this key's over exactly these bytes.
    public func accepts(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature, for: message)
    }
}

/// An Ed25519 key that signs.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    /// The half that checks.
    public let verifying: VerifyingKey

    /// Makes a key from 32 secret bytes; nil where there are more or fewer.
    public init?(seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let verifying = VerifyingKey(bytes: Array(key.publicKey.rawRepresentation))
        else { return nil }
        self.key = key
        self.verifying = verifying
    }

    /// The 32 secret bytes.
    public var seed: [UInt8] { Array(key.rawRepresentation) }

    /// Signs bytes: 64 bytes.
    ///
    /// - Throws: what the cryptographic library throws where it has no randomness.
    public func sign(_ message: [UInt8]) throws -> [UInt8] {
        Array(try key.signature(for: message))
    }
}
