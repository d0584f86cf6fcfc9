public import Seal

/// A credential as a signed token: VC-JWT under EdDSA.
///
/// Source: W3C VC-JOSE-COSE, section 3.1.1: the payload is the credential itself; there is no `vc`
/// claim. `iss`, `jti` and `nbf` are added as Open Badges 3.0, section 8.2, wants them.
public enum CredentialToken {
    private static let claims = ["iss", "jti", "nbf"]

    /// Signs a credential that has no proof.
    ///
    /// - Parameters:
    ///   - credential: the credential.
    ///   - key: the key that signs; its `did:key` is the issuer.
    /// - Returns: header, payload and signature, with dots between.
    /// - Throws: what the cryptographic library throws.
    public static func sign(_ credential: JSONValue, with key: SigningKey) throws -> String {
        guard case .object(let members) = credential else { throw ProofFault.members }
        let issuer = DidKey(key.verifying)
        let start = credential["validFrom"]?.string.flatMap { Instant($0) }
        let added: [JSONValue.Member] = [
            .init("iss", .string(issuer.text)), .init("jti", credential["id"] ?? .null),
            .init("nbf", .int(start?.seconds ?? 0)),
        ]
        let signed =
            Multibase.base64url(header(issuer).canonical) + "."
            + Multibase.base64url(JSONValue.object(members + added).canonical)
        return signed + "." + Multibase.base64url(try key.sign(Array(signed.utf8)))
    }

    private static func header(_ issuer: DidKey) -> JSONValue {
        ["alg": "EdDSA", "cty": "vc", "kid": .string(issuer.method), "typ": "vc+jwt"]
    }

    /// The credential of a token that this issuer signed; nil where anything in it does not hold.
    public static func credential(of token: String, issuer: DidKey) -> JSONValue? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Multibase.bytes(base64url: parts[0]),
            let body = Multibase.bytes(base64url: parts[1]),
            let signature = Multibase.bytes(base64url: parts[2]),
            issuer.key.accepts(signature, over: Array((parts[0] + "." + parts[1]).utf8)),
            let header = try? JSONValue(parsing: head),
            header.canonical == Self.header(issuer).canonical,
            let payload = try? JSONValue(parsing: body), payload["iss"].isText(issuer.text),
            let id = payload["id"]?.string, payload["jti"].isText(id),
            let start = payload["validFrom"]?.string.flatMap({ Instant($0) }),
            payload["nbf"]?.int == start.seconds
        else { return nil }
        return payload.without(claims)
    }
}
