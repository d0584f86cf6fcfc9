internal import Crypto
internal import Findings
internal import Foundation
public import Seal

/// Who sends a request, shown by a signature over it (RFC 9421, HTTP Message Signatures, with the
/// one profile that Laurel speaks).
///
/// Covered are `@method`, `@path`, `@query` and `content-digest` (RFC 9530, SHA-256), with `created`
/// (seconds), `nonce` (16 bytes in hexadecimal), `keyid` (the Ed25519 key in hexadecimal), `alg` and
/// `tag` (`laurel/EVENT`). The host is left out: a proxy may change it.
public struct RequestSignature: Sendable, Hashable {
    /// The key.
    public let key: VerifyingKey
    /// When it was made by the caller's clock, in seconds since 1970.
    public let created: Int
    /// Sixteen random bytes: a request counts once.
    public let nonce: [UInt8]
    /// The event that is spoken to.
    public let event: String
    /// The Ed25519 signature.
    let signature: [UInt8]

    /// A request as it is signed.
    public struct Target: Sendable, Hashable {
        /// The method, in capitals.
        public let method: String
        /// The path, as it is sent.
        public let path: String
        /// The query without its question mark; empty where there is none.
        public let query: String
        /// The body.
        public let body: [UInt8]

        /// Names a request.
        public init(method: String, path: String, query: String, body: [UInt8]) {
            self.method = method
            self.path = path
            self.query = query
            self.body = body
        }

        /// `Content-Digest`, as RFC 9530 writes it.
        public var contentDigest: String {
            "sha-256=:" + Data(Digest(of: body).bytes).base64EncodedString() + ":"
        }
    }

    private static let components = "(\"@method\" \"@path\" \"@query\" \"content-digest\")"

    private static func parameters(
        _ created: Int,
        _ nonce: [UInt8],
        _ key: VerifyingKey,
        _ event: String
    ) -> String {
        components
            + ";created=\(created);nonce=\"\(nonce.hex)\";keyid=\"\(key.hex)\";alg=\"ed25519\";tag=\"laurel/\(event)\""
    }

    private static func base(_ target: Target, _ parameters: String) -> [UInt8] {
        Array(
            """
            "@method": \(target.method)
            "@path": \(target.path)
            "@query": ?\(target.query)
            "content-digest": \(target.contentDigest)
            "@signature-params": \(parameters)
            """.utf8
        )
    }

    /// Signs a request.
    ///
    /// - Parameters:
    ///   - target: the request.
    ///   - event: the event's short name.
    ///   - created: now, in seconds since 1970.
    ///   - key: the caller's key.
    /// - Returns: the header fields to send with it.
    /// - Throws: what signing throws.
    public static func headers(
        for target: Target,
        event: String,
        created: Int,
        by key: SigningKey
    ) throws -> [(name: String, value: String)] {
        let parameters = parameters(created, randomBytes(16), key.verifying, event)
        let signature = try key.sign(base(target, parameters))
        return [
            ("Content-Digest", target.contentDigest),
            ("Signature-Input", "laurel=" + parameters),
            ("Signature", "laurel=:" + Data(signature).base64EncodedString() + ":"),
        ]
    }

    /// Reads the two header fields; nil where they are not of this profile.
    public init?(input: String, signature: String) {
        let prefix = "laurel=" + Self.components + ";"
        guard input.hasPrefix(prefix), signature.hasPrefix("laurel=:"), signature.hasSuffix(":"),
            let bytes = Data(base64Encoded: String(signature.dropFirst(8).dropLast())),
            bytes.count == 64
        else { return nil }
        var values: [String: String] = [:]
        for part in input.dropFirst(prefix.count).split(separator: ";") {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { return nil }
            values[String(halves[0])] = halves[1].trimmingCharacters(in: ["\""])
        }
        guard let created = values["created"].flatMap(Int.init), (0...1 << 40).contains(created),
            let nonce = values["nonce"].flatMap({ [UInt8](hex: $0) }), nonce.count == 16,
            let key = values["keyid"].flatMap({ VerifyingKey(hex: $0) }),
            let tag = values["tag"], tag.hasPrefix("laurel/"), values["alg"] == "ed25519"
        else { return nil }
        self.key = key
        self.created = created
        self.nonce = nonce
        event = String(tag.dropFirst(7))
        self.signature = Array(bytes)
        // The parameters are signed as they are written: any other order is another profile.
        guard input == "laurel=" + Self.parameters(created, nonce, key, event) else { return nil }
    }

    /// Whether the key signed this request.
    public func covers(_ target: Target) -> Bool {
        let parameters = Self.parameters(created, nonce, key, event)
        return key.accepts(signature, over: Self.base(target, parameters))
    }
}

/// A bearer token (令牌): a secret from which a key follows, so that the record holds nothing that
/// opens anything: only the key, in an appointment with an end.
public struct BearerToken: Sendable {
    /// What its holder keeps: `laurel_` and 32 random bytes in hexadecimal.
    public let text: String
    /// The key that speaks for it.
    public let key: SigningKey

    /// Makes a new one.
    ///
    /// - Throws: a `Refusal` where no key can be made.
    public init() throws {
        guard let token = BearerToken("laurel_" + randomBytes(32).hex) else {
            throw Refusal("key.form", Text("密钥不成立", "the key is none"))
        }
        self = token
    }

    /// Reads one; nil where the text is none.
    public init?(_ text: String) {
        guard text.hasPrefix("laurel_"), let secret = [UInt8](hex: text.dropFirst(7)),
            secret.count == 32
        else { return nil }
        let seed = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret),
            info: Array("laurel-token/1".utf8),
            outputByteCount: 32
        ).withUnsafeBytes { Array($0) }
        guard let key = SigningKey(seed: seed) else { return nil }
        self.text = text
        self.key = key
    }
}
