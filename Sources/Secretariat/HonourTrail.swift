internal import Credentials
internal import Findings
internal import Ledger
internal import Seal

/// What the chain says of one honour: where it was proposed, conferred, and ended.
struct HonourTrail {
    let proposal: ChainEntry
    var conferral: ChainEntry?
    /// What ended it: its revocation, or the conferral of the honour that supersedes it.
    var ending: ChainEntry?

    /// The entries that there are, in order.
    var entries: [ChainEntry] { [proposal, conferral, ending].compactMap { $0 } }

    /// All honours of a record, by number.
    static func all(in record: Record) throws -> [String: HonourTrail] {
        var trails: [String: HonourTrail] = [:]
        for entry in try record.chain(of: .honour) {
            let body = entry.signed.statement.body
            guard let honour = body["honour"]?.string else { continue }
            switch body["action"]?.string {
            case "propose": trails[honour] = HonourTrail(proposal: entry)
            case "confer":
                trails[honour]?.conferral = entry
                if let earlier = body["supersedes"]?.string, trails[earlier]?.ending == nil {
                    trails[earlier]?.ending = entry
                }
            case "revoke": trails[honour]?.ending = entry
            default: continue
            }
        }
        return trails
    }

    /// The bit of every conferral in the status list.
    ///
    /// It follows from the chain alone, in the order of conferral, so that every export gives an honour
    /// the same bit; which bit looks random, as the statement's hash does.
    static func statusIndices(
        _ trails: some Sequence<HonourTrail>
    ) throws -> [Digest: Int] {
        let conferrals = trails.compactMap(\.conferral).sorted { $0.position < $1.position }
        guard conferrals.count <= StatusBits.size / 2 else {
            throw Refusal(
                "honour.list-full",
                Text(
                    "撤销名单已满(\(StatusBits.size / 2) 项)",
                    "the status list is full (\(StatusBits.size / 2) honours)"
                )
            )
        }
        var indices: [Digest: Int] = [:]
        var taken: Set<Int> = []
        for conferral in conferrals {
            let id = conferral.signed.id
            var index = id.bytes.prefix(7).reduce(0) { $0 << 8 | Int($1) } % StatusBits.size
            while !taken.insert(index).inserted { index = (index + 1) % StatusBits.size }
            indices[id] = index
        }
        return indices
    }

    /// The list with the bit of every honour set that was revoked or superseded.
    static func bits(
        _ trails: some Sequence<HonourTrail>,
        _ indices: [Digest: Int]
    ) -> StatusBits {
        var bits = StatusBits()
        for trail in trails where trail.ending != nil {
            if let id = trail.conferral?.signed.id, let index = indices[id] { bits.set(index) }
        }
        return bits
    }
}

/// What nobody can guess of a credential: its nonce, and the salt of the holder's ID number.
///
/// Both come from the salt of the personal annex, which never leaves it, and from the conferral; so
/// every export of an honour gives the same credential, and when a person is erased nobody can make
/// them again.
struct HolderSecrets {
    let nonce: [UInt8]
    let salt: [UInt8]

    init(_ person: PersonRecord, _ conferral: ChainEntry) {
        self.init(person, conferral.signed.id)
    }

    init(_ person: PersonRecord, _ conferral: Digest) {
        func secret(_ purpose: String) -> [UInt8] {
            var digest = RunningDigest()
            digest.update(Array(purpose.utf8))
            digest.update(person.salt)
            digest.update(conferral.bytes)
            return digest.digest.bytes
        }
        nonce = Array(secret("laurel-credential-nonce/1").prefix(16))
        salt = secret("laurel-holder-salt/1")
    }
}
