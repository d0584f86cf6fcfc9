public import Seal

/// Why a proof says nothing.
public enum ProofFault: Error, Sendable, Hashable {
    /// There is none.
    case missing
    /// There are several, or it is no object.
    case notSingle
    /// Its type is not `DataIntegrityProof`, or its suite not `eddsa-jcs-2022`.
    case unknownSuite
    /// It has a member that nobody here knows, or lacks one.
    case members
    /// It was made for another purpose than to assert.
    case purpose
    /// Its context is not the document's.
    case context
    /// Its key is not the one that was asked for.
    case otherKey
    /// Its value is no signature in base58btc.
    case value
    /// The signature is not the key's over this document.
    case signature
}

/// The Data Integrity cryptosuite `eddsa-jcs-2022`: Ed25519 over canonical JSON.
///
/// Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3. What is signed is
/// `SHA-256(JCS(proof without its value)) ‖ SHA-256(JCS(document without its proof))`.
public enum DataIntegrity {
    /// Adds a proof to a document that has a `@context` and no proof.
    ///
    /// - Parameters:
    ///   - document: the document.
    ///   - key: the key that signs.
    ///   - method: the verification method by which readers find the key.
    ///   - created: when it is signed, as `2022-10-28T09:00:00Z`.
    /// - Returns: the document with its proof.
    /// - Throws: ``ProofFault/context`` or ``ProofFault/notSingle`` where the document does not fit,
    ///   and what the cryptographic library throws.
    public static func prove(
        _ document: JSONValue,
        with key: SigningKey,
        method: String,
        created: String
    ) throws -> JSONValue {
        guard case .object(let members) = document, document["proof"] == nil else {
            throw ProofFault.notSingle
        }
        guard let context = document["@context"] else { throw ProofFault.context }
        let configuration: [JSONValue.Member] = [
            .init("@context", context), .init("created", .string(created)),
            .init("cryptosuite", "eddsa-jcs-2022"), .init("proofPurpose", "assertionMethod"),
            .init("type", "DataIntegrityProof"), .init("verificationMethod", .string(method)),
        ]
        let signature = try key.sign(
            hashes(configuration: .object(configuration), document: document)
        )
        let proof = configuration + [.init("proofValue", .string(Multibase.base58(signature)))]
        return .object(members + [.init("proof", .object(proof))])
    }

    /// What is signed: 64 bytes.
    public static func hashes(configuration: JSONValue, document: JSONValue) -> [UInt8] {
        Digest(of: configuration).bytes + Digest(of: document).bytes
    }

    /// The document without its proof.
    public static func unsecured(_ document: JSONValue) -> JSONValue {
        document.without(["proof"])
    }

    /// Checks the only proof of a document under the one key and method that may have signed it.
    ///
    /// - Parameters:
    ///   - document: the document with its proof.
    ///   - key: the key.
    ///   - method: the verification method that must be named.
    /// - Throws: ``ProofFault`` with the first thing that does not hold.
    public static func check(
        _ document: JSONValue,
        key: VerifyingKey,
        method: String
    ) throws(ProofFault) {
        guard let proof = document["proof"] else { throw .missing }
        guard case .object(let members) = proof else { throw .notSingle }
        guard proof["type"].isText("DataIntegrityProof"),
            proof["cryptosuite"].isText("eddsa-jcs-2022")
        else { throw .unknownSuite }
        let known = [
            "@context", "created", "cryptosuite", "proofPurpose", "proofValue", "type",
            "verificationMethod",
        ]
        guard proof.hasExactly(known), proof["created"]?.string.flatMap({ Instant($0) }) != nil
        else { throw .members }
        guard proof["proofPurpose"].isText("assertionMethod") else { throw .purpose }
        guard let context = document["@context"],
            proof["@context"]?.canonical == context.canonical
        else { throw .context }
        guard proof["verificationMethod"].isText(method) else { throw .otherKey }
        guard let value = proof["proofValue"]?.string,
            let signature = Multibase.bytes(base58: value), signature.count == 64
        else { throw .value }
        let configuration = JSONValue.object(members.filter { !$0.isNamed("proofValue") })
        let signed = hashes(configuration: configuration, document: unsecured(document))
        guard key.accepts(signature, over: signed) else { throw .signature }
    }
}
