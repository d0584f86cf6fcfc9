internal import Competition
internal import Credentials
internal import Findings
internal import Honours
public import Ledger
internal import Rules
public import Seal
internal import Snapshots

/// An honour ready to be handed over.
public struct HonourExport: Sendable {
    /// Its number in the register.
    public let honour: String
    /// The bundle, for everybody.
    public let bundle: JSONValue
    /// What opens the commitment to the ID number, for the holder alone; nil where no number is known.
    public let opening: JSONValue?
}

extension Office {
    /// The honours that were ever conferred, by number, of people who are not erased: those that can be
    /// exported.
    ///
    /// - Returns: the rows of the register; some may be revoked since.
    /// - Throws: what the store throws.
    public func exportableHonours() throws -> [HonourRow] {
        let conferred = try HonourTrail.all(in: record).filter { $0.value.conferral != nil }
        let rows = try record.honours().filter { conferred[$0.id] != nil }
        let people = try record.people(rows.map(\.person))
        return rows.filter { people[$0.person] != nil }
    }

    /// Signs honours as credentials, with the status list and the proofs of the record as of now.
    ///
    /// The checkpoint to which the proofs lead is kept in the record, as every checkpoint is. A revoked
    /// honour is exported with its bit set.
    ///
    /// - Parameters:
    ///   - honours: their numbers.
    ///   - key: the issuer's key: an organiser's.
    ///   - days: for how many days the status list may be relied on.
    /// - Returns: one export an honour, in the order given.
    /// - Throws: a ``Findings/Refusal`` with every honour that can't be exported; then nothing is signed.
    public func exportHonours(
        _ honours: [String],
        by key: SigningKey,
        days: Int = 30
    ) throws -> [HonourExport] {
        let roles = try record.appointments().filter { $0.key == key.verifying }.map(\.role)
        guard roles.contains(.organiser) else {
            throw Refusal(
                "honour.issuer",
                Text("荣誉凭证由组委会签发", "an organiser issues the credentials of honours")
            )
        }
        let trails = try HonourTrail.all(in: record)
        let indices = try HonourTrail.statusIndices(trails.values)
        let claims = try claims(honours, trails, indices)
        let now = Instant(milliseconds: now())
        let list = StatusList(
            id: HonourClaim.statusList(of: catalogue.event.id.text),
            bits: HonourTrail.bits(trails.values, indices),
            validFrom: now,
            validUntil: now.adding(days: days)
        )
        guard let statusList = try HonourBundle.signed(list, with: key, at: now) else {
            throw RecordError.damaged("status list")
        }
        let note = try record.checkpoint(origin: logName, key: key)
        let tree = try checkpointed(note)
        return try claims.map { prepared in
            let entries = prepared.trail.entries
            guard let paths = tree.inclusionProofs(of: entries.map { $0.position - 1 }) else {
                throw RecordError.damaged("checkpoint")
            }
            let bundle = try HonourBundle.make(
                prepared.claim,
                statusList: statusList,
                entries: zip(entries, paths).map { LogEntry($0, path: $1) },
                checkpoint: note,
                with: key,
                at: now
            )
            return HonourExport(
                honour: prepared.claim.number,
                bundle: bundle,
                opening: prepared.opening
            )
        }
    }

    private var logName: String { "laurel/" + catalogue.event.id.text }

    /// The tree that a note signs: what came in since is left out.
    private func checkpointed(_ note: SignedNote) throws -> MerkleTree {
        let lines = note.text.split(separator: "\n")
        let leaves = try record.leaves().leaves
        guard lines.count == 3, let size = Int(lines[1]), size <= leaves.count else {
            throw RecordError.damaged("checkpoint")
        }
        return MerkleTree(leaves: Array(leaves.prefix(size)))
    }

    private struct Prepared {
        let claim: HonourClaim
        let trail: HonourTrail
        let opening: JSONValue?
    }

    private func claims(
        _ honours: [String],
        _ trails: [String: HonourTrail],
        _ indices: [Digest: Int]
    ) throws -> [Prepared] {
        let rows = Dictionary(
            try record.honours().map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let people = try record.people(honours.compactMap { rows[$0]?.person })
        var snapshots: [Digest: ResultsSnapshot] = [:]
        var findings: [Finding] = []
        var prepared: [Prepared] = []
        for honour in honours {
            guard let row = rows[honour] else {
                findings.append(Self.unknown(honour))
                continue
            }
            guard let trail = trails[honour], let conferral = trail.conferral,
                let index = indices[conferral.signed.id]
            else {
                findings.append(Self.notConferred(honour))
                continue
            }
            guard let person = people[row.person] else {
                findings.append(Self.erased(honour))
                continue
            }
            if snapshots[row.snapshot] == nil {
                snapshots[row.snapshot] = try publication(row.snapshot)
            }
            let claim = try claim(row, trail, conferral, person, snapshots[row.snapshot], index)
            prepared.append(
                Prepared(claim: claim, trail: trail, opening: Self.opening(claim, person))
            )
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        return prepared
    }

    private func claim(
        _ row: HonourRow,
        _ trail: HonourTrail,
        _ conferral: ChainEntry,
        _ person: PersonRecord,
        _ snapshot: ResultsSnapshot?,
        _ index: Int
    ) throws -> HonourClaim {
        let event = catalogue.event
        let rule = honourRules.rule(row.rule)
        let kind = HonourKind(rawValue: row.kind)
        let item = try item(row.item)
        let result = snapshot?.items.first { $0.item.code == row.item }
        let secrets = HolderSecrets(person, conferral)
        return HonourClaim(
            number: row.id,
            event: .init(code: event.id.text, title: event.title),
            honour: .init(code: row.rule, title: title(of: row)),
            mode: .init(code: row.kind, title: kind?.text ?? Text(same: row.kind)),
            rule: (
                rule.map { honourRules.document($0.citation).zh } ?? "",
                rule?.citation.paragraph ?? "", rule?.citation.quote ?? ""
            ),
            item: .init(code: row.item, title: item.title),
            entrant: row.entrant,
            rank: result?.rows.first { $0.entrant == row.entrant }?.rank,
            name: person.name,
            identity: person.idNumber.map {
                HonourClaim.commitment(idNumber: $0, salt: secrets.salt)
            },
            nonce: secrets.nonce,
            isRehearsal: isRehearsal,
            log: logName,
            snapshot: row.snapshot,
            proposal: .init(
                position: trail.proposal.position,
                statement: trail.proposal.signed.id
            ),
            conferral: .init(position: conferral.position, statement: conferral.signed.id),
            conferredAt: Instant(milliseconds: conferral.admittedAt),
            statusIndex: index
        )
    }

    private static func opening(_ claim: HonourClaim, _ person: PersonRecord) -> JSONValue? {
        guard let number = person.idNumber, let conferral = claim.identity else { return nil }
        return [
            "schema": .string(HolderOpening.schema), "credential": .string(claim.id),
            "identity": .string(conferral.hex), "id_number": .string(number),
            "salt": .string(HolderSecrets(person, claim.conferral.statement).salt.hex),
        ]
    }

    static func unknown(_ honour: String) -> Finding {
        Finding(
            "honour.unknown",
            Text("没有荣誉 \(honour)", "there is no honour \(honour)")
        )
    }

    static func notConferred(_ honour: String) -> Finding {
        Finding(
            "honour.not-conferred",
            Text(
                "荣誉 \(honour) 尚未授予,不能签发凭证",
                "honour \(honour) is not conferred, so no credential can be issued"
            )
        )
    }

    static func erased(_ honour: String) -> Finding {
        Finding(
            "honour.erased",
            Text(
                "荣誉 \(honour) 的个人信息已删除,不能再签发凭证",
                "the personal data of honour \(honour) are erased; no credential can be issued any more"
            )
        )
    }
}

extension LogEntry {
    init(_ entry: ChainEntry, path: [Digest]) {
        self.init(
            position: entry.position,
            admittedAt: entry.admittedAt,
            previous: entry.previous,
            statement: entry.signed.bytes,
            signature: entry.signed.signature,
            path: path
        )
    }
}
