public import Competition
internal import Findings
internal import Ledger
internal import Publishing
internal import Scoring
public import Snapshots

extension Office {
    /// How an item stands now, for a screen in the hall: those entrants only whose every sheet is in
    /// and confirmed.
    ///
    /// - Parameter item: an item that the event lets be shown, which no blind number guards and whose
    ///   results are not published.
    /// - Returns: the snapshot, which stands in no record.
    /// - Throws: a ``Findings/Refusal`` where the item may not be shown.
    public func live(_ item: ItemID) throws -> LiveSnapshot {
        let contest = try self.item(item.text)
        if let fault = try liveFault(item) { throw Refusal(fault) }
        let entrants = try record.entrants(of: item)
        let people = try record.people(entrants.flatMap(\.members))
        let members = Dictionary(
            entrants.map { ($0.entrant.id, $0.members) },
            uniquingKeysWith: { first, _ in first }
        )
        let open = Set(
            try record.sheets(of: item).filter { !$0.isConfirmed || $0.isReturned }.map(\.entrant)
        )
        let standings = try standings(of: item)
        let through = standings.rows.filter {
            $0.rank != nil && $0.total.value != nil && !open.contains($0.entrant.id)
        }
        let rows = through.map { row in
            LiveSnapshot.Row(
                rank: 1 + through.count { ($0.rank ?? 0) < (row.rank ?? 0) },
                entrant: row.entrant.id.text,
                names: (members[row.entrant.id] ?? []).compactMap { people[$0]?.name },
                delegation: NamedCode(
                    code: row.entrant.delegation.text,
                    title: catalogue.event.delegation(row.entrant.delegation)?.title
                        ?? Text(same: row.entrant.delegation.text)
                ),
                total: row.shownTotal ?? ""
            )
        }
        return LiveSnapshot(
            event: catalogue.event.title,
            isRehearsal: isRehearsal,
            item: NamedCode(code: item.text, title: contest.title),
            entrants: entrants.count { $0.entrant.status == .competing && !$0.entrant.isGuest },
            computedAt: now(),
            rows: rows
        )
    }

    /// Writes the boards of items, each by itself: one that is published meanwhile is closed, and the
    /// others go on.
    ///
    /// - Parameters:
    ///   - items: the items.
    ///   - folder: where.
    /// - Returns: the pages that were written anew, and the items that go on.
    /// - Throws: a ``Findings/Refusal`` where an item may not be shown; a ``Publishing/SiteError``.
    public func writeLive(
        _ items: [ItemID],
        into folder: String
    ) throws -> (pages: [String], open: [ItemID]) {
        var (pages, open): ([String], [ItemID]) = ([], [])
        for item in items {
            do {
                pages += try LiveBoard.write(try live(item), into: folder)
                open.append(item)
            } catch let refusal as Refusal
                where refusal.findings.map(\.code) == [Self.publishedCode]
            {
                let closed = LiveSnapshot(
                    event: catalogue.event.title,
                    isRehearsal: isRehearsal,
                    item: NamedCode(code: item.text, title: try self.item(item.text).title),
                    entrants: 0,
                    computedAt: now(),
                    rows: []
                )
                pages += try LiveBoard.close(closed, into: folder)
            }
        }
        return (pages, open)
    }

    private static let publishedCode = "live.published"

    private func liveFault(_ item: ItemID) throws -> Finding? {
        let place = Place(file: item.text)
        guard catalogue.event.liveItems.contains(item) else {
            return Finding(
                "live.item",
                Text(
                    "赛事没有允许项目 \(item.text) 上实时大屏(event.yaml 的 live_board)",
                    "the event doesn't let \(item.text) be shown live (live_board in event.yaml)"
                ),
                at: place
            )
        }
        let state = try record.progress(of: item).state
        guard ![.provisional, .final].contains(state) else {
            return Finding(
                Self.publishedCode,
                Text(
                    "项目 \(item.text) 的成绩已发布,请看发布的网站",
                    "the results of \(item.text) are published; show the published site"
                ),
                at: place
            )
        }
        return nil
    }
}
