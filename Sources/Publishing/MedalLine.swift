internal import Snapshots

/// One delegation's line of the medal table; a team's medal counts once.
struct MedalLine {
    let delegation: NamedCode
    /// The place by gold, then silver, then bronze (1, 2, 2, 4); nil without a medal.
    let rank: Int?
    let gold: Int
    let silver: Int
    let bronze: Int
    let medallions: Int
    let entrants: Int

    var total: Int { gold + silver + bronze }

    /// 4, 3, 2 and 1 for gold, silver, bronze and a medallion.
    ///
    /// Source: total medal points of WorldSkills; a team counts once.
    var points: Int { 4 * gold + 3 * silver + 2 * bronze + medallions }

    private var key: (Int, Int, Int) { (gold, silver, bronze) }

    /// The table: level delegations share a place and stand in the order of the event.
    static func table(
        _ delegations: [NamedCode],
        _ entries: [String: [Entry]]
    ) -> [MedalLine] {
        let lines = delegations.map { delegation in
            let rows = (entries[delegation.code] ?? []).map(\.row)
            func count(_ award: String) -> Int { rows.count { $0.isRanked && $0.award == award } }
            return MedalLine(
                delegation: delegation,
                rank: nil,
                gold: count("gold"),
                silver: count("silver"),
                bronze: count("bronze"),
                medallions: count("medallion"),
                entrants: rows.count
            )
        }
        let order = lines.indices.sorted { a, b in
            lines[a].key == lines[b].key ? a < b : lines[a].key > lines[b].key
        }
        var table: [MedalLine] = []
        for (index, number) in order.enumerated() {
            let line = lines[number]
            let isLevel = table.last.map { $0.key == line.key } ?? false
            let rank = line.total == 0 ? nil : isLevel ? table.last?.rank : index + 1
            table.append(
                MedalLine(
                    delegation: line.delegation,
                    rank: rank,
                    gold: line.gold,
                    silver: line.silver,
                    bronze: line.bronze,
                    medallions: line.medallions,
                    entrants: line.entrants
                )
            )
        }
        return table
    }
}

extension ResultRow {
    /// Whether the row is a place in the standings: guests and non-results stand apart.
    var isRanked: Bool { rank != nil && status == "competing" }
}
