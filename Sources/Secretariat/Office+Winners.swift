internal import Findings
internal import Ledger
internal import Seal
internal import Snapshots

/// The winners of one city as a bureau is given them: all, or what changed since it last asked.
public struct WinnersFeed: Sendable {
    /// A winner and what became of the row.
    public struct Row: Sendable {
        /// The winner.
        public let winner: Winner
        /// The entry of the ledger that last changed the row: a publication or an honour.
        public let position: Int
        /// Whether the winner is one no more.
        public let isGone: Bool
        /// When each honour was conferred, in milliseconds since 1970, by its number.
        public let conferredAt: [String: Int]
    }

    /// The rows, in the order of items and places; those who are winners no more last.
    public let rows: [Row]
    /// How many winners have no known city.
    public let unknownCity: Int
    /// Up to where the ledger was read: what to ask from the next time.
    public let cursor: Int
}

extension Office {
    /// The winners of a city, or those of whom something changed after an entry of the ledger.
    ///
    /// - Parameters:
    ///   - city: the city's code.
    ///   - cursor: the entry up to which the bureau knows them; 0 for all.
    /// - Returns: the rows, and the cursor of the next time.
    /// - Throws: a ``Findings/Refusal`` where nothing is published, or the cursor is beyond the ledger.
    public func winnersFeed(city: String, since cursor: Int) throws -> WinnersFeed {
        let length = try record.length()
        guard (0...length).contains(cursor) else {
            throw Refusal(
                "winners.cursor",
                Text(
                    "游标 \(cursor) 不在档案之内(0–\(length))",
                    "the cursor \(cursor) is not within the record (0 to \(length))"
                ),
                at: Place(file: "--since")
            )
        }
        let history = try publicationHistory(city)
        guard let latest = history.last else {
            throw Refusal("winners.unpublished", Text("成绩尚未发布", "nothing is published yet"))
        }
        let trails = try HonourTrail.all(in: record)
        var rows = latest.winners.map { winner in
            row(winner, published: since(winner, history), trails, isGone: false)
        }
        let known = Set(latest.winners.map(\.key))
        var gone: [WinnersFeed.Row] = []
        // Who came back and went again went with the last publication that holds the winner no more.
        for (publication, next) in zip(history, history.dropFirst()).reversed() {
            for winner in publication.winners where !known.contains(winner.key) {
                guard !gone.contains(where: { $0.winner.key == winner.key }) else { continue }
                gone.append(row(winner, published: next.position, [:], isGone: true))
            }
        }
        // Who asks for the first time has nobody to forget.
        if cursor > 0 { rows += gone }
        return WinnersFeed(
            rows: rows.filter { $0.position > cursor },
            unknownCity: latest.unknown,
            cursor: length
        )
    }

    private struct Publication {
        let position: Int
        let winners: [Winner]
        let unknown: Int
    }

    private func publicationHistory(_ city: String) throws -> [Publication] {
        try record.publications().compactMap { entry in
            guard let snapshot = try publication(entry.snapshot) else { return nil }
            let (winners, unknown) = try winners(city: city, snapshot, entry.snapshot)
            return Publication(position: entry.position, winners: winners, unknown: unknown)
        }
    }

    /// The publication from which on the winner has stood at this place without a break.
    private func since(_ winner: Winner, _ history: [Publication]) -> Int {
        var position = history.last?.position ?? 0
        for publication in history.reversed() {
            let same = publication.winners.contains {
                $0.key == winner.key && $0.rank == winner.rank && $0.award == winner.award
            }
            guard same else { break }
            position = publication.position
        }
        return position
    }

    private func row(
        _ winner: Winner,
        published: Int,
        _ trails: [String: HonourTrail],
        isGone: Bool
    ) -> WinnersFeed.Row {
        let own = winner.honours.compactMap { trails[$0.id] }
        var conferredAt: [String: Int] = [:]
        for honour in winner.honours {
            conferredAt[honour.id] = trails[honour.id]?.conferral?.admittedAt
        }
        // A nomination that was declined is in no trail, and changed the row all the same.
        let changes = own.flatMap(\.entries).map(\.position) + winner.honours.map(\.changedAt)
        return WinnersFeed.Row(
            winner: winner,
            position: changes.reduce(published, max),
            isGone: isGone,
            conferredAt: conferredAt
        )
    }
}

extension Winner {
    /// Who, in which item.
    fileprivate var key: String { entrant + " " + person.hex }
}
