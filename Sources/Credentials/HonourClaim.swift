public import Findings
public import Seal

/// What a credential says of one honour: what stands on a certificate, and where it stands in the
/// record.
public struct HonourClaim: Sendable, Hashable {
    /// A code and what it is called.
    public struct Named: Sendable, Hashable {
        /// The code.
        public let code: String
        /// What it is called.
        public let title: Text

        /// Names a code.
        public init(code: String, title: Text) {
            self.code = code
            self.title = title
        }
    }

    /// An entry of the record on which the honour stands.
    public struct Entry: Sendable, Hashable {
        /// Its position, from 1.
        public let position: Int
        /// The name of its statement.
        public let statement: Digest

        /// Names an entry.
        public init(position: Int, statement: Digest) {
            self.position = position
            self.statement = statement
        }
    }

    /// The honour's number in the register.
    public let number: String
    /// The event, which confers it.
    public let event: Named
    /// The rule's name and the honour's title.
    public let honour: Named
    /// The legal mode.
    public let mode: Named
    /// The document of the rule, its paragraph, and its words.
    public let document: String
    /// The paragraph.
    public let paragraph: String
    /// The words that carry the rule.
    public let quote: String
    /// The item.
    public let item: Named
    /// The entrant's code.
    public let entrant: String
    /// The place; nil where there is none.
    public let rank: Int?
    /// The holder's name, as the certificate has it.
    public let name: String
    /// `SHA-256(ID number ‖ salt)`, whose salt only the holder has; nil where no number is known.
    public let identity: Digest?
    /// 16 bytes that nobody can guess, so that the credential's hash says nothing of its content.
    public let nonce: [UInt8]
    /// Whether the event is a rehearsal.
    public let isRehearsal: Bool
    /// The name of the record's log.
    public let log: String
    /// The published results on which the honour stands.
    public let snapshot: Digest
    /// Where it was proposed.
    public let proposal: Entry
    /// Where it was conferred.
    public let conferral: Entry
    /// When it was conferred.
    public let conferredAt: Instant
    /// The bit in the status list.
    public let statusIndex: Int

    /// Makes a claim.
    public init(
        number: String,
        event: Named,
        honour: Named,
        mode: Named,
        rule: (document: String, paragraph: String, quote: String),
        item: Named,
        entrant: String,
        rank: Int?,
        name: String,
        identity: Digest?,
        nonce: [UInt8],
        isRehearsal: Bool,
        log: String,
        snapshot: Digest,
        proposal: Entry,
        conferral: Entry,
        conferredAt: Instant,
        statusIndex: Int
    ) {
        self.number = number
        self.event = event
        self.honour = honour
        self.mode = mode
        (document, paragraph, quote) = rule
        self.item = item
        self.entrant = entrant
        self.rank = rank
        self.name = name
        self.identity = identity
        self.nonce = nonce
        self.isRehearsal = isRehearsal
        self.log = log
        self.snapshot = snapshot
        self.proposal = proposal
        self.conferral = conferral
        self.conferredAt = conferredAt
        self.statusIndex = statusIndex
    }

    /// The credential's own number.
    public var id: String { Self.id(conferral: conferral.statement) }

    /// The number of the credential of a conferral: 16 bytes of its hash, as a UUID of version 8.
    ///
    /// - Parameter conferral: the name of the statement that conferred the honour.
    /// - Returns: a `urn:uuid:`, which certificates and bundles share.
    public static func id(conferral: Digest) -> String {
        var bytes = Array(
            Digest(of: Array("laurel-credential/1".utf8) + conferral.bytes).bytes.prefix(16)
        )
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let parts = [bytes[0..<4], bytes[4..<6], bytes[6..<8], bytes[8..<10], bytes[10..<16]]
        return "urn:uuid:" + parts.map(\.hex).joined(separator: "-")
    }

    /// The name of the event's status list.
    public var statusList: String { Self.statusList(of: event.code) }

    /// The name of an event's status list.
    public static func statusList(of event: String) -> String {
        "urn:x-laurel:\(event):revocations"
    }

    /// The commitment to an ID number, which only who has the salt can open.
    ///
    /// Source: Open Badges 3.0, `IdentityHash`: SHA-256 of the identity followed by the salt, both as
    /// text; there the salt may stand beside the hash, here it never does.
    public static func commitment(idNumber: String, salt: [UInt8]) -> Digest {
        Digest(of: Array(idNumber.utf8) + Array(salt.hex.utf8))
    }
}
