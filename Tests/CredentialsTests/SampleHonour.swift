import Credentials
import Findings
import Seal
import Testing

/// A record of four entries with one honour in it, made by hand: all in it is invented.
struct SampleHonour {
    let issuer: SigningKey
    let log = "laurel/tiny"
    let now: Instant
    let entries: [LogEntry]
    let checkpoint: SignedNote
    let claim: HonourClaim

    static let idNumber = "219900199001010011"
    static let salt = [UInt8](repeating: 0x5A, count: 32)
    static let number = "invented-title/S01-001/0123abcd"

    // The fourth entry of the record may revoke the honour.
    init(isRevoked: Bool = false) throws {
        issuer = try #require(SigningKey(seed: [UInt8](repeating: 1, count: 32)))
        let second = try #require(SigningKey(seed: [UInt8](repeating: 2, count: 32)))
        now = try #require(Instant("2022-11-01T00:00:00Z"))
        let snapshot = Digest(of: Array("results".utf8))
        let bodies: [(SigningKey, JSONValue)] = [
            (issuer, ["action": "none"]),
            (
                issuer,
                [
                    "action": "propose", "entrant": "S01-001", "honour": .string(Self.number),
                    "item": "S01", "kind": "conferred",
                    "person": .string(Digest(of: [1]).hex), "rule": "invented-title",
                    "snapshot": .string(snapshot.hex),
                ]
            ), (second, ["action": "confer", "honour": .string(Self.number)]),
            (
                issuer,
                [
                    "action": isRevoked ? "revoke" : "none", "honour": .string(Self.number),
                    "reason": .string(Digest(of: [2]).hex),
                ]
            ),
        ]
        let bare = try Self.chain(bodies)
        let tree = MerkleTree(leaves: bare.map(\.leaf))
        let shown = isRevoked ? [1, 2, 3] : [1, 2]
        let paths = try #require(tree.inclusionProofs(of: shown))
        entries = zip(shown, paths).map { bare[$0].with(path: $1) }
        checkpoint = try SignedNote(
            signing: "\(log)\n4\n\(base64(tree.root().bytes))\n",
            name: log,
            with: issuer
        )
        claim = HonourClaim(
            number: Self.number,
            event: .init(code: "tiny", title: Text("虚构小赛", "A tiny event")),
            honour: .init(code: "invented-title", title: Text("虚构称号", "Invented title")),
            mode: .init(code: "conferred", title: Text("授予", "conferred")),
            rule: ("invented", "一", "虚构:对第1名授予"),
            item: .init(code: "S01", title: Text("虚构项目", "Invented item")),
            entrant: "S01-001",
            rank: 1,
            name: "虚人é",
            identity: HonourClaim.commitment(idNumber: Self.idNumber, salt: Self.salt),
            nonce: [UInt8](repeating: 9, count: 16),
            isRehearsal: false,
            log: log,
            snapshot: snapshot,
            proposal: .init(position: 2, statement: bare[1].id),
            conferral: .init(position: 3, statement: bare[2].id),
            conferredAt: Instant(milliseconds: bare[2].admittedAt),
            statusIndex: 94_567
        )
    }

    private static func chain(_ bodies: [(SigningKey, JSONValue)]) throws -> [LogEntry] {
        var chain: [LogEntry] = []
        for (index, (key, body)) in bodies.enumerated() {
            let statement: JSONValue = [
                "author": .string(key.verifying.hex), "body": body, "event": "tiny",
                "kind": "honour", "nonce": .string([UInt8](repeating: 3, count: 16).hex),
                "said_at": .int(1_666_947_600_000), "v": 1,
            ]
            chain.append(
                LogEntry(
                    position: index + 1,
                    admittedAt: 1_666_947_600_000 + index,
                    previous: chain.last?.leaf,
                    statement: statement.canonical,
                    signature: try key.sign(statement.canonical),
                    path: []
                )
            )
        }
        return chain
    }

    var trusted: TrustedKeys {
        get throws { try TrustedKeys(DidKey(issuer.verifying).text + " 虚构组委会", file: "keys") }
    }

    func list(_ revoked: [Int] = []) -> StatusList {
        var bits = StatusBits()
        for index in revoked { bits.set(index) }
        return StatusList(
            id: claim.statusList,
            bits: bits,
            validFrom: now,
            validUntil: now.adding(days: 30)
        )
    }

    /// The bundle; whatever is given in place of a part is signed as the issuer would.
    func bundle(
        credential: JSONValue? = nil,
        list: JSONValue? = nil,
        key: SigningKey? = nil
    ) throws -> JSONValue {
        let signer = key ?? issuer
        let method = DidKey(issuer.verifying).method
        var bundle = try HonourBundle.make(
            claim,
            statusList: try #require(try HonourBundle.signed(self.list(), with: issuer, at: now)),
            entries: entries,
            checkpoint: checkpoint,
            with: issuer,
            at: now
        )
        if let credential {
            let proved = try DataIntegrity.prove(
                credential,
                with: signer,
                method: method,
                created: now.text
            )
            bundle = bundle.setting("credential", proved)
                .setting(
                    "credential_jwt",
                    .string(try CredentialToken.sign(credential, with: signer))
                )
        }
        if let list {
            bundle = bundle.setting(
                "status_list",
                try DataIntegrity.prove(list, with: signer, method: method, created: now.text)
            )
        }
        return bundle
    }

    var credential: JSONValue { claim.credential(issuer: DidKey(issuer.verifying)) }

    func statusCredential(_ list: StatusList? = nil) throws -> JSONValue {
        try #require((list ?? self.list()).credential(issuer: DidKey(issuer.verifying)))
    }

    func examine(_ bundle: JSONValue, at: String = "2022-11-05T00:00:00Z") throws -> Examination {
        Examiner.examine(
            bundle.canonical,
            trust: try trusted,
            asOf: try #require(Instant(at))
        )
    }
}

extension LogEntry {
    func with(path: [Digest]) -> LogEntry {
        LogEntry(
            position: position,
            admittedAt: admittedAt,
            previous: previous,
            statement: statement,
            signature: signature,
            path: path
        )
    }
}

extension JSONValue {
    /// The value with another at a place inside it, such as `credential.proof.type`; nil takes it away.
    func setting(_ path: String, _ value: JSONValue?) -> JSONValue {
        let names = path.split(separator: ".", maxSplits: 1).map(String.init)
        let rest = names.count > 1 ? names[1] : nil
        switch self {
        case .object(var members):
            let index = members.firstIndex { $0.name == names[0] }
            let new =
                rest.map { (index.map { members[$0].value } ?? [:]).setting($0, value) } ?? value
            if let index { members.remove(at: index) }
            if let new { members.append(.init(names[0], new)) }
            return .object(members)
        case .array(var list):
            guard let index = Int(names[0]), list.indices.contains(index) else { return self }
            let new = rest.map { list[index].setting($0, value) } ?? value
            if let new { list[index] = new } else { list.remove(at: index) }
            return .array(list)
        default: return self
        }
    }
}

/// Bytes in plain base64, as a checkpoint has them.
func base64(_ bytes: [UInt8]) -> String {
    let text = Multibase.base64url(bytes).replacing("-", with: "+").replacing("_", with: "/")
    return text + String(repeating: "=", count: (4 - text.count % 4) % 4)
}
