public import Findings
public import Honours
public import Ledger
internal import Rules
internal import Seal

/// All that is known of one honour: from the clause to every statement that was made of it.
public struct HonourDossier: Sendable {
    /// A statement that was made of it.
    public struct Step: Sendable {
        /// The position in the chain.
        public let position: Int
        /// When it was admitted, in milliseconds since 1970.
        public let admittedAt: Int
        /// The action: propose, confer, decline, revoke.
        public let action: String
        /// The appointment whose key signed it; the key's first digits where nobody bears it any more.
        public let by: String
        /// The statement.
        public let statement: String
    }

    /// What shows one condition.
    public struct Shown: Sendable {
        /// The condition's fact.
        public let fact: String
        /// What it is called.
        public let title: Text
        /// What shows it; nil where it was erased, or is not shown yet.
        public let words: String?
        /// Whether it is still open.
        public let isOpen: Bool
    }

    /// Its entry in the register.
    public let row: HonourRow
    /// What it is called.
    public let title: Text
    /// The rule; nil where the event's rules do not have it.
    public let rule: HonourRule?
    /// The document that the rule comes from, with its number.
    public let document: Text
    /// The holder's name; empty where it was erased.
    public let name: String
    /// How the latest results carry it; nil where they do not.
    public let proposal: HonourProposal?
    /// The conditions that were open when it was proposed.
    public let conditions: [Shown]
    /// Why it was reissued, declined or revoked.
    public let reason: String?
    /// The honour that was issued in its place.
    public let successor: String?
    /// What was made of it, in order.
    public let steps: [Step]
    /// The sanctions of its holder.
    public let sanctions: [SanctionRow]
    /// What was paid to its holder: to be looked at again where the honour falls.
    public let payments: [PaymentRow]
}

extension Office {
    /// Gathers all that is known of one honour.
    ///
    /// - Parameter id: its number.
    /// - Returns: the dossier.
    /// - Throws: a `Refusal` where there is no such honour.
    public func dossier(ofHonour id: String) throws -> HonourDossier {
        let row = try honour(id)
        let rule = honourRules.rule(row.rule)
        let names = Dictionary(
            try record.appointments().map { ($0.key, $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
        let steps = try record.chain(of: .honour).filter {
            $0.signed.statement.body["honour"]?.string == id
        }.map { entry in
            let author = entry.signed.statement.author
            return HonourDossier.Step(
                position: entry.position,
                admittedAt: entry.admittedAt,
                action: entry.signed.statement.body["action"]?.string ?? "",
                by: names[author] ?? String(author.hex.prefix(16)),
                statement: entry.signed.id.short
            )
        }
        let vocabulary = honourRules.vocabulary
        return HonourDossier(
            row: row,
            title: title(of: row),
            rule: rule,
            document: rule.map { honourRules.document($0.citation) } ?? Text("", ""),
            name: try record.people([row.person])[row.person]?.name ?? "",
            proposal: try honourProposals().first {
                $0.rule.id == row.rule && $0.candidate.entrant == row.entrant
                    && $0.candidate.person == row.person.hex
            },
            conditions: try (row.missing ?? []).map { fact in
                HonourDossier.Shown(
                    fact: fact,
                    title: vocabulary[fact]?.title ?? Text(same: fact),
                    words: try row.evidence[fact].flatMap(record.note),
                    isOpen: row.evidence[fact] == nil
                )
            },
            reason: try row.reason.flatMap(record.note),
            successor: try record.honours().first { $0.replaces == id }?.id,
            steps: steps,
            sanctions: try record.sanctions().filter { $0.person == row.person },
            payments: try record.payments(to: row.person)
        )
    }
}
