internal import Crypto
internal import CryptoExtras
internal import Foundation

/// Why a vault stays shut.
public enum VaultError: Error, Sendable, Hashable {
    /// The PIN is not the one that shut it, or the file was changed.
    case wrongPINOrChanged
    /// The text is no vault of this version.
    case notAVault
}

/// Bytes under a PIN: scrypt makes the key, ChaCha20-Poly1305 seals them.
public enum Vault {
    /// What shutting costs an attacker per guess.
    public enum Cost: Sendable {
        /// 64 MiB and about a fifth of a second a guess: for people's keys.
        case full
        /// Next to nothing: for tests, and told in the file.
        case rehearsal

        var rounds: Int { self == .full ? 1 << 16 : 1 << 10 }
    }

    /// Shuts bytes under a PIN.
    public static func shut(_ bytes: [UInt8], pin: String, cost: Cost = .full) throws -> JSONValue {
        let salt = randomBytes(16)
        let key = try Self.key(pin: pin, salt: salt, rounds: cost.rounds)
        let box = try ChaChaPoly.seal(bytes, using: key)
        return [
            "vault": 1, "kdf": "scrypt", "n": .int(cost.rounds), "r": 8, "p": 1,
            "salt": .string(salt.hex), "sealed": .string(Array(box.combined).hex),
        ]
    }

    /// Opens what ``shut(_:pin:cost:)`` shut.
    public static func open(_ vault: JSONValue, pin: String) throws -> [UInt8] {
        guard vault["vault"]?.int == 1, vault["kdf"]?.string == "scrypt",
            let rounds = vault["n"]?.int, (1 << 10...1 << 20).contains(rounds),
            let salt = vault["salt"]?.string.flatMap({ [UInt8](hex: $0) }),
            let sealed = vault["sealed"]?.string.flatMap({ [UInt8](hex: $0) }),
            let box = try? ChaChaPoly.SealedBox(combined: sealed)
        else { throw VaultError.notAVault }
        let key = try Self.key(pin: pin, salt: salt, rounds: rounds)
        guard let opened = try? ChaChaPoly.open(box, using: key) else {
            throw VaultError.wrongPINOrChanged
        }
        return Array(opened)
    }

    private static func key(pin: String, salt: [UInt8], rounds: Int) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Array(pin.utf8),
            salt: salt,
            outputByteCount: 32,
            rounds: rounds,
            blockSize: 8,
            parallelism: 1
        )
    }
}

/// So many bytes of the system's randomness.
public func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}
