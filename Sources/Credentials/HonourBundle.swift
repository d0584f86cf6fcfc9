public import Seal

/// All that a bureau far away needs to judge one honour, in one file.
public enum HonourBundle {
    /// What the file says that it is.
    public static let schema = "laurel-honour-bundle/1"

    static let members = [
        "checkpoint", "credential", "credential_jwt", "entries", "issuer", "schema", "status_list",
    ]

    /// Signs a claim and its status list, and puts all together.
    ///
    /// - Parameters:
    ///   - claim: the claim.
    ///   - statusList: the signed status list, as ``signed(_:with:at:)`` gives it.
    ///   - entries: where it was proposed and conferred, and where revoked.
    ///   - checkpoint: the signed checkpoint to which the entries' paths lead.
    ///   - key: the issuer's key.
    ///   - now: when it is signed.
    /// - Returns: the bundle.
    /// - Throws: what the cryptographic library throws.
    public static func make(
        _ claim: HonourClaim,
        statusList: JSONValue,
        entries: [LogEntry],
        checkpoint: SignedNote,
        with key: SigningKey,
        at now: Instant
    ) throws -> JSONValue {
        let issuer = DidKey(key.verifying)
        let credential = claim.credential(issuer: issuer)
        return [
            "schema": .string(schema),
            "credential": try DataIntegrity.prove(
                credential,
                with: key,
                method: issuer.method,
                created: now.text
            ), "credential_jwt": .string(try CredentialToken.sign(credential, with: key)),
            "status_list": statusList, "entries": .array(entries.map(\.json)),
            "checkpoint": .string(checkpoint.rendered),
            "issuer": ["did": .string(issuer.text), "log": .string(checkpoint.name)],
        ]
    }

    /// Signs a status list.
    ///
    /// - Parameters:
    ///   - list: the list.
    ///   - key: the issuer's key.
    ///   - now: when it is signed.
    /// - Returns: the list as a credential with its proof; nil where the bits can't be packed.
    /// - Throws: what the cryptographic library throws.
    public static func signed(
        _ list: StatusList,
        with key: SigningKey,
        at now: Instant
    ) throws -> JSONValue? {
        let issuer = DidKey(key.verifying)
        return try list.credential(issuer: issuer).map {
            try DataIntegrity.prove($0, with: key, method: issuer.method, created: now.text)
        }
    }
}
