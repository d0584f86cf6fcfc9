internal import Competition
internal import Credentials
internal import Exact
internal import Findings
internal import Honours
internal import Ledger
internal import Publishing
internal import Rules
internal import Scoring
internal import Seal
internal import Snapshots

/// Makes certificates of what the record and its publications say.
struct CertificateDesk {
    private let office: Office
    private let event: NamedCode
    private let items: [String: NamedCode]
    private let delegations: [String: NamedCode]
    private let entrants: [String: EntrantRow]
    private let ranks: [Digest: [String: Int]]

    /// Reads what certificates need, once for a batch.
    init(_ office: Office) throws {
        self.office = office
        let event = office.catalogue.event
        self.event = NamedCode(code: event.id.text, title: event.title)
        items = Dictionary(
            event.items.map { ($0.id.text, NamedCode(code: $0.id.text, title: $0.title)) },
            uniquingKeysWith: { first, _ in first }
        )
        delegations = Dictionary(
            event.delegations.map { ($0.id.text, NamedCode(code: $0.id.text, title: $0.title)) },
            uniquingKeysWith: { first, _ in first }
        )
        entrants = Dictionary(
            try event.items.flatMap { try office.record.entrants(of: $0.id) }
                .map { ($0.entrant.id.text, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var ranks: [Digest: [String: Int]] = [:]
        for publication in try office.record.publications() {
            guard ranks[publication.snapshot] == nil,
                let snapshot = try office.publication(publication.snapshot)
            else { continue }
            ranks[publication.snapshot] = Dictionary(
                snapshot.items.flatMap(\.rows).compactMap { row in
                    row.rank.map { (row.entrant, $0) }
                },
                uniquingKeysWith: { first, _ in first }
            )
        }
        self.ranks = ranks
    }

    func honour(
        _ row: HonourRow,
        _ conferral: ChainEntry,
        serial: Int,
        name: String
    ) throws -> Certificate {
        let rule = office.honourRules.rule(row.rule)
        let entrant = entrants[row.entrant]
        let member = entrant?.members.firstIndex(of: row.person).map { $0 + 1 } ?? 1
        return Certificate(
            subject: .honour(
                title: office.title(of: row),
                register: row.id,
                credential: HonourClaim.id(conferral: conferral.signed.id),
                conferral: conferral.signed.id,
                serial: serial,
                rule: row.rule,
                document: rule.map { office.honourRules.document($0.citation).zh } ?? "",
                paragraph: rule?.citation.paragraph ?? ""
            ),
            name: name,
            event: event,
            item: named(row.item, items),
            delegation: named(entrant?.entrant.delegation.text ?? "", delegations),
            entrant: row.entrant,
            member: member,
            rank: ranks[row.snapshot]?[row.entrant],
            day: try Self.day(conferral.admittedAt),
            snapshot: row.snapshot,
            isRehearsal: office.isRehearsal
        )
    }

    func awards(
        _ snapshot: ResultsSnapshot,
        _ hash: Digest,
        item: ItemID?
    ) throws -> [Certificate] {
        var certificates: [Certificate] = []
        for result in snapshot.items
        where snapshot.kind(of: result) == .final
            && (item == nil || result.item.code == item?.text)
        {
            // Carried on, it stays the certificate that it was: day, hash and code.
            let origin = snapshot.origin(of: result, hash: hash)
            for row in result.rows where row.rank != nil && row.status == "competing" {
                guard let award = Award(rawValue: row.award), award != .none else { continue }
                guard row.names.count == max(row.people.count, 1) else {
                    throw Refusal(
                        "certificate.erased",
                        Text(
                            "\(row.entrant) 有队员的个人信息已删除,不能印证书",
                            "the personal data of a member of \(row.entrant) are erased; no certificate can be printed"
                        )
                    )
                }
                for (number, name) in row.names.enumerated() {
                    certificates.append(
                        Certificate(
                            subject: .award(award.text),
                            name: name,
                            event: event,
                            item: result.item,
                            delegation: named(row.delegation, delegations),
                            entrant: row.entrant,
                            member: number + 1,
                            rank: row.rank,
                            day: try Self.day(origin.computedAt),
                            snapshot: origin.snapshot,
                            isRehearsal: snapshot.isRehearsal
                        )
                    )
                }
            }
        }
        return certificates
    }

    private func named(_ code: String, _ names: [String: NamedCode]) -> NamedCode {
        names[code] ?? NamedCode(code: code, title: Text(same: code))
    }

    /// The day in China of a moment.
    private static func day(_ milliseconds: Int) throws -> Day {
        guard let day = Day(inChinaAt: milliseconds) else { throw RecordError.damaged("time") }
        return day
    }
}
