public import Findings

/// What can be said of an honour.
public enum HonourVerdict: Int32, Sendable, Hashable, CaseIterable {
    /// Genuine, and not revoked as of the day.
    case genuine = 0
    /// Nothing can be said; never to be read as genuine.
    case unknown = 3
    /// Genuine once, and taken back.
    case revoked = 4
    /// Not what its issuer signed.
    case forged = 5

    /// A short name for programs.
    public var code: String {
        switch self {
        case .genuine: "genuine"
        case .unknown: "unknown"
        case .revoked: "revoked"
        case .forged: "forged"
        }
    }

    /// The verdict in words.
    public var text: Text {
        switch self {
        case .genuine: Text("真实,未撤销", "genuine and not revoked")
        case .unknown: Text("无法判断(不得视为真实)", "unknown (not to be taken as genuine)")
        case .revoked: Text("已撤销", "revoked")
        case .forged: Text("伪造或被改动", "forged or tampered with")
        }
    }
}

/// One thing that speaks against a bundle.
public struct HonourDoubt: Sendable, Hashable {
    /// A stable name.
    public let code: String
    /// What it leads to by itself.
    public let verdict: HonourVerdict
    /// What was found.
    public let text: Text
}

/// What an examination of a bundle came to.
public struct Examination: Sendable {
    /// As of when.
    public let asOf: Instant
    /// All that was found against it, in the order in which it was looked at.
    public internal(set) var doubts: [HonourDoubt] = []
    /// What the credential says; nil where it can't be read.
    ///
    /// Only to be believed where the verdict is genuine.
    public internal(set) var claim: HonourClaim?
    /// The issuer's key.
    public internal(set) var issuer: DidKey?
    /// By what name the issuer is trusted; nil where it is not.
    public internal(set) var trustedAs: String?
    /// The days of the status list.
    public internal(set) var statusList: StatusList?
    /// When the record admitted the revocation.
    public internal(set) var revokedAt: Instant?

    /// The verdict: forged before all else; an issuer whom nobody trusts can't even revoke.
    public var verdict: HonourVerdict {
        let found = Set(doubts.map(\.verdict))
        if found.contains(.forged) { return .forged }
        if trustedAs == nil { return .unknown }
        if found.contains(.revoked) { return .revoked }
        return found.contains(.unknown) || claim == nil || statusList == nil ? .unknown : .genuine
    }

    /// Whether the ID number of an opening is the holder's.
    public func isHolders(_ opening: HolderOpening) -> Bool { claim.map(opening.opens) ?? false }

    /// The verdict for whoever shows an opening: one that does not fit adds its own doubt.
    public func verdict(for opening: HolderOpening?) -> HonourVerdict {
        guard let opening, verdict == .genuine, !isHolders(opening) else { return verdict }
        return .unknown
    }

    mutating func doubt(
        _ verdict: HonourVerdict,
        _ code: String,
        _ zh: String,
        _ en: String
    ) {
        doubts.append(HonourDoubt(code: code, verdict: verdict, text: Text(zh, en)))
    }
}
