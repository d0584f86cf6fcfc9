public import Exact
public import Findings
public import Paper
public import Seal
public import Snapshots

/// What a certificate says: one honour or award of one person.
public struct Certificate: Sendable, Hashable {
    /// What it certifies.
    public enum Subject: Sendable, Hashable {
        /// An honour: its number in the register, its credential's number, the statement that conferred
        /// it, how many were conferred up to it, and its rule.
        case honour(
            title: Text,
            register: String,
            credential: String,
            conferral: Digest,
            serial: Int,
            rule: String,
            document: String,
            paragraph: String
        )
        /// An award of the standings.
        case award(Text)
    }

    /// What it certifies.
    public let subject: Subject
    /// The person.
    public let name: String
    /// The event.
    public let event: NamedCode
    /// The item.
    public let item: NamedCode
    /// The delegation.
    public let delegation: NamedCode
    /// The entrant's code.
    public let entrant: String
    /// The person's place in the team, from 1.
    public let member: Int
    /// The place in the standings; nil where there is none.
    public let rank: Int?
    /// The day of the conferral, or of the results.
    public let day: Day
    /// The results on which it stands.
    public let snapshot: Digest
    /// Whether nothing of it is real.
    public let isRehearsal: Bool

    /// Makes a certificate.
    public init(
        subject: Subject,
        name: String,
        event: NamedCode,
        item: NamedCode,
        delegation: NamedCode,
        entrant: String,
        member: Int,
        rank: Int?,
        day: Day,
        snapshot: Digest,
        isRehearsal: Bool
    ) {
        self.subject = subject
        self.name = name
        self.event = event
        self.item = item
        self.delegation = delegation
        self.entrant = entrant
        self.member = member
        self.rank = rank
        self.day = day
        self.snapshot = snapshot
        self.isRehearsal = isRehearsal
    }

    /// What findings and tables of own fields call it: the honour's number, or the entrant's code.
    public var key: String {
        switch subject {
        case .honour(_, let register, _, _, _, _, _, _): register
        case .award: member == 1 ? entrant : "\(entrant)/\(member)"
        }
    }

    /// The number that the event's own scheme gives it.
    public func number(by scheme: FieldText?) -> String {
        guard let scheme else { return "" }
        var fields = [
            "event": event.code, "year": String(day.year), "item": item.code,
            "entrant": entrant, "member": String(member),
        ]
        if case .honour(_, _, _, _, let serial, let rule, _, _) = subject {
            fields["serial"] = String(serial)
            fields["rule"] = rule
        }
        return scheme.filled(with: fields)
    }

    /// What its QR code holds.
    ///
    /// Where the event names the page on which honours are looked up: that page with the credential's
    /// number after `#`. Without one: the credential's number and the hash of the statement that
    /// conferred it, which `laurel verify` finds in the holder's bundle. An award has no credential:
    /// its code holds the event, the entrant and the hash of the results.
    public func code(lookup: String?) -> String {
        switch subject {
        case .honour(_, _, let credential, let conferral, _, _, _, _):
            if let lookup {
                return lookup + "#" + credential.replacing("urn:uuid:", with: "")
            }
            return "\(credential) sha256:\(conferral.hex)"
        case .award:
            return "laurel-award:\(event.code):\(entrant) sha256:\(snapshot.hex)"
        }
    }

    func filling(number: String, lookup: String?, own: [String: String]) -> PageFilling {
        var fields = own
        fields["name"] = name
        fields["number"] = number
        fields["code"] = code(lookup: lookup)
        fields["item"] = item.code
        fields["entrant"] = entrant
        fields["rank"] = rank.map(String.init) ?? ""
        fields["snapshot"] = snapshot.hex
        fields.set("event", event.title)
        fields.set("item", item.title)
        fields.set("delegation", delegation.title)
        fields.set(
            "placed",
            rank.map { Text("获第\($0)名", ", \(Self.ordinal($0)) place") } ?? Text("", "")
        )
        fields.set("date", Self.date(day))
        switch subject {
        case .honour(let title, _, let credential, _, _, _, let document, let paragraph):
            fields.set("honour", title)
            fields["credential"] = credential
            fields["rule.document"] = document
            fields["rule.paragraph"] = paragraph
        case .award(let title): fields.set("award", title)
        }
        return PageFilling(
            name: key,
            fields: fields,
            stamp: isRehearsal ? "演练 REHEARSAL" : ""
        )
    }

    private static func ordinal(_ number: Int) -> String {
        switch (number % 100, number % 10) {
        case (11...13, _): "\(number)th"
        case (_, 1): "\(number)st"
        case (_, 2): "\(number)nd"
        case (_, 3): "\(number)rd"
        default: "\(number)th"
        }
    }

    /// A day as documents write it.
    static func date(_ day: Day) -> Text {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ]
        return Text(
            "\(day.year)年\(day.month)月\(day.day)日",
            "\(day.day) \(months[day.month - 1]) \(day.year)"
        )
    }
}
