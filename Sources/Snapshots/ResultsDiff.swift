public import Findings

/// One change between two publications, for people.
public struct ResultsChange: Sendable, Hashable {
    /// The item.
    public let item: String
    /// The entrant.
    public let entrant: String
    /// What changed.
    public let text: Text
}

extension ResultsSnapshot {
    /// What changed since an earlier publication, by item and entrant.
    public func changes(since earlier: ResultsSnapshot) -> [ResultsChange] {
        var changes: [ResultsChange] = []
        let before = Dictionary(
            earlier.items.map { ($0.item.code, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for item in items {
            let old = Dictionary(
                (before[item.item.code]?.rows ?? []).map { ($0.entrant, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            for row in item.rows.sorted(by: { $0.entrant < $1.entrant }) {
                guard let was = old[row.entrant] else {
                    changes.append(change(item, row, Text("新出现", "is new")))
                    continue
                }
                changes += Self.differences(was, row).map { change(item, row, $0) }
            }
        }
        return changes
    }

    private func change(_ item: ItemResult, _ row: ResultRow, _ text: Text) -> ResultsChange {
        ResultsChange(item: item.item.code, entrant: row.entrant, text: text)
    }

    private static func differences(_ was: ResultRow, _ now: ResultRow) -> [Text] {
        func place(_ rank: Int?) -> String { rank.map(String.init) ?? "–" }
        var texts: [Text] = []
        if was.rank != now.rank {
            let (old, new) = (place(was.rank), place(now.rank))
            texts.append(Text("名次 \(old) → \(new)", "place \(old) → \(new)"))
        }
        if was.total != now.total {
            let (old, new) = (was.total ?? "–", now.total ?? "–")
            texts.append(Text("总分 \(old) → \(new)", "total \(old) → \(new)"))
        }
        if was.award != now.award {
            texts.append(
                Text("奖项 \(was.award) → \(now.award)", "award \(was.award) → \(now.award)")
            )
        }
        if was.status != now.status {
            texts.append(
                Text("状态 \(was.status) → \(now.status)", "status \(was.status) → \(now.status)")
            )
        }
        return texts
    }
}
