internal import Findings
internal import Seal

/// Judges a bundle with nothing but a file of trusted keys and a day: no record, no network.
///
/// Whatever it does not know, or knows to be otherwise, speaks against the bundle; it looks at all of
/// it and stops only where nothing can be read any more.
public struct Examiner {
    private let trust: TrustedKeys
    var result: Examination

    /// Judges a bundle as of an instant.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - trust: the issuers that are trusted.
    ///   - asOf: as of when.
    /// - Returns: what was found.
    public static func examine(
        _ bytes: [UInt8],
        trust: TrustedKeys,
        asOf: Instant
    ) -> Examination {
        var examiner = Examiner(trust: trust, result: Examination(asOf: asOf))
        examiner.bundle(bytes)
        return examiner.result
    }

    private mutating func bundle(_ bytes: [UInt8]) {
        let bundle: JSONValue
        do throws(JSONError) {
            bundle = try JSONValue(parsing: bytes)
        } catch {
            notJSON(error)
            return
        }
        guard bundle["schema"].isText(HonourBundle.schema) else {
            result.doubt(
                .unknown,
                "bundle.schema",
                "不是本版本认识的荣誉凭证包(\(HonourBundle.schema))",
                "this is no bundle of an honour that this version knows (\(HonourBundle.schema))"
            )
            return
        }
        let required = HonourBundle.members.filter { $0 != "status_list" }
        guard bundle.hasExactly(required, maybe: ["status_list"]) else {
            result.doubt(
                .unknown,
                "bundle.members",
                "凭证包缺少内容,或含有不认识的内容",
                "the bundle lacks something, or has something that is not known"
            )
            return
        }
        guard let issuer = bundle["issuer"]?["did"]?.string.flatMap({ DidKey($0) }),
            let credential = bundle["credential"]
        else {
            result.doubt(
                .forged,
                "issuer.key",
                "签发者的公钥不成立",
                "the issuer's key is none"
            )
            return
        }
        result.issuer = issuer
        result.trustedAs = trust.name(of: issuer)
        if result.trustedAs == nil {
            result.doubt(
                .unknown,
                "issuer.untrusted",
                "签发者不在受信名单中:\(issuer.text)",
                "the issuer is not among those trusted: \(issuer.text)"
            )
        }
        examine(credential, token: bundle["credential_jwt"]?.string, issuer: issuer)
        if result.trustedAs != nil, let claim = result.claim,
            !trust.trusts(issuer, at: claim.conferredAt, entry: claim.conferral.position)
        {
            result.trustedAs = nil
            result.doubt(
                .unknown,
                "issuer.withdrawn",
                "受信名单只信任此公钥到更早的日期或条目;此荣誉在其后授予",
                "the key is trusted up to an earlier day or entry only; the honour was conferred after it"
            )
        }
        status(bundle["status_list"], credential: credential, issuer: issuer)
        record(bundle, issuer: issuer)
    }

    private mutating func notJSON(_ error: JSONError) {
        let (zh, en) =
            switch error.reason {
            case .duplicateName: ("有重复的名称", "a name stands twice")
            case .notWhole: ("有不是整数的数", "a number is not whole")
            case .badText: ("有不成立的文字", "a text is none")
            case .tooDeep: ("嵌套过深", "it is nested too deeply")
            case .truncated, .trailing, .unexpected:
                ("文件残缺或多出内容", "it is cut off, or more than whole")
            }
        result.doubt(
            .forged,
            "json.\(error.reason.rawValue)",
            "不是严格的 JSON:\(zh)(第 \(error.offset) 字节)",
            "this is no strict JSON: \(en) (byte \(error.offset))"
        )
    }

    private mutating func examine(_ credential: JSONValue, token: String?, issuer: DidKey) {
        guard credential["@context"]?.canonical == HonourClaim.context.canonical else {
            result.doubt(
                .unknown,
                "credential.context",
                "凭证的 @context 不认识",
                "the credential's @context is not known"
            )
            proof(of: credential, issuer: issuer, of: "credential", "凭证", "the credential")
            return
        }
        if credential["credentialStatus"] == nil {
            result.doubt(
                .unknown,
                "status.missing",
                "凭证没有写明到哪里查撤销",
                "the credential does not say where its revocation would stand"
            )
        }
        if !(credential["issuer"]?["id"].isText(issuer.text) ?? false) {
            result.doubt(
                .forged,
                "issuer.other",
                "凭证的签发者与凭证包的公钥不同",
                "the credential's issuer is not the bundle's key"
            )
        }
        proof(of: credential, issuer: issuer, of: "credential", "凭证", "the credential")
        let unsecured = DataIntegrity.unsecured(credential)
        if let claim = HonourClaim(credential: unsecured, issuer: issuer) {
            result.claim = claim
            if claim.conferredAt > result.asOf {
                result.doubt(
                    .unknown,
                    "credential.future",
                    "该日(\(result.asOf.text))荣誉尚未授予",
                    "the honour is not conferred yet at that time (\(result.asOf.text))"
                )
            }
        } else {
            result.doubt(
                .unknown,
                "credential.form",
                "凭证不是本版本写出的形式",
                "the credential is not of the form that this version writes"
            )
        }
        let signed = token.flatMap { CredentialToken.credential(of: $0, issuer: issuer) }
        if signed?.canonical != unsecured.canonical {
            result.doubt(
                .forged,
                "jwt",
                "VC-JWT 的签名不成立,或内容与凭证不同",
                "the VC-JWT's signature does not hold, or it says something else than the credential"
            )
        }
    }

    /// Checks a proof; what can't be judged is unknown, what does not hold is forged.
    mutating func proof(
        of document: JSONValue,
        issuer: DidKey,
        of what: String,
        _ zh: String,
        _ en: String
    ) {
        do throws(ProofFault) {
            try DataIntegrity.check(document, key: issuer.key, method: issuer.method)
        } catch {
            let verdict: HonourVerdict = error == .unknownSuite ? .unknown : .forged
            let why = error.text
            result.doubt(
                verdict,
                "\(what).proof.\(error)",
                "\(zh)的证明不成立:\(why.zh)",
                "the proof of \(en) does not hold: \(why.en)"
            )
        }
    }
}
