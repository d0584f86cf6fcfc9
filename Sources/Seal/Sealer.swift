internal import Crypto

/// Seals and opens bytes under a key that is derived from a secret: ChaCha20-Poly1305.
public struct Sealer: Sendable {
    private let key: SymmetricKey

    /// Derives a key from a secret for one purpose: the same secret and purpose, the same key.
    public init(secret: [UInt8], purpose: String) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret),
            info: Array(purpose.utf8),
            outputByteCount: 32
        )
    }

    /// Seals bytes under a fresh random nonce.
    public func seal(_ bytes: [UInt8]) throws -> [UInt8] {
        Array(try ChaChaPoly.seal(bytes, using: key).combined)
    }

    /// Opens what ``seal(_:)`` sealed; nil where it is anything else.
    public func open(_ sealed: [UInt8]) -> [UInt8]? {
        guard let box = try? ChaChaPoly.SealedBox(combined: sealed),
            let bytes = try? ChaChaPoly.open(box, using: key)
        else { return nil }
        return Array(bytes)
    }
}
