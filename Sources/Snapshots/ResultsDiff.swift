internal import Competition
public import Findings
internal import Scoring
internal import Seal

/// One change between two publications, for people.
public struct ResultsChange: Sendable, Hashable {
    /// The item; empty where the whole publication is meant.
    public let item: String
    /// The entrant; empty where the whole item is meant.
    public let entrant: String
    /// The entrant's names, where the annex still knows them.
    public let names: [String]
    /// What changed.
    public let text: Text
}

extension ResultsSnapshot {
    /// What changed since an earlier publication: the kind, items that came and went, their cards, and
    /// of every entrant the place, total, parts, award, state and what decided ties.
    ///
    /// - Parameter earlier: the earlier publication.
    /// - Returns: the changes, by item and entrant; none where both say the same.
    public func changes(since earlier: ResultsSnapshot) -> [ResultsChange] {
        var changes: [ResultsChange] = []
        let before = Dictionary(
            earlier.items.map { ($0.item.code, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for item in items.sorted(by: { $0.item.code < $1.item.code }) {
            func say(_ zh: String, _ en: String) {
                changes.append(
                    ResultsChange(item: item.item.code, entrant: "", names: [], text: Text(zh, en))
                )
            }
            let (kind, was) = (kind(of: item), before[item.item.code])
            guard let was else {
                say(
                    "新发布(\(kind.text.zh),\(item.rows.count) 名选手)",
                    "newly published (\(kind.text.en), \(item.rows.count) entrants)"
                )
                continue
            }
            let old = earlier.kind(of: was)
            if old != kind {
                say("\(old.text.zh) → \(kind.text.zh)", "\(old.text.en) → \(kind.text.en)")
            }
            if was.card != item.card {
                say(
                    "评分表 \(was.card.short) → \(item.card.short)",
                    "scorecard \(was.card.short) → \(item.card.short)"
                )
            }
            if was.agreement != item.agreement {
                let (old, new) = (was.agreement?.kendallsW, item.agreement?.kendallsW)
                say(
                    "裁判组一致程度 \(old ?? "–") → \(new ?? "–")",
                    "agreement of the panel \(old ?? "–") → \(new ?? "–")"
                )
            }
            changes += Self.rowChanges(was, item)
        }
        let now = Set(items.map(\.item.code))
        for code in before.keys.sorted() where !now.contains(code) {
            changes.append(
                ResultsChange(
                    item: code,
                    entrant: "",
                    names: [],
                    text: Text("撤下:不再发布", "withdrawn: no longer published")
                )
            )
        }
        return changes.sorted { ($0.item, $0.entrant) < ($1.item, $1.entrant) }
    }

    private static func rowChanges(_ was: ItemResult, _ now: ItemResult) -> [ResultsChange] {
        let old = Dictionary(
            was.rows.map { ($0.entrant, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let new = Set(now.rows.map(\.entrant))
        func change(_ row: ResultRow, _ text: Text) -> ResultsChange {
            ResultsChange(item: now.item.code, entrant: row.entrant, names: row.names, text: text)
        }
        var changes: [ResultsChange] = []
        for row in now.rows.sorted(by: { $0.entrant < $1.entrant }) {
            guard let earlier = old[row.entrant] else {
                changes.append(change(row, Text("新出现", "is new")))
                continue
            }
            changes += differences(earlier, row, parts: was.parts == now.parts ? now.parts : [])
                .map { change(row, $0) }
        }
        for row in was.rows.sorted(by: { $0.entrant < $1.entrant })
        where !new.contains(row.entrant) {
            changes.append(change(row, Text("不再列出", "is no longer listed")))
        }
        return changes
    }

    private static func differences(
        _ was: ResultRow,
        _ now: ResultRow,
        parts: [NamedCode]
    ) -> [Text] {
        var texts: [Text] = []
        func compare(_ what: Text, _ old: Text, _ new: Text) {
            guard old != new else { return }
            func shown(_ text: String) -> String { text.isEmpty ? "–" : text }
            texts.append(
                Text(
                    "\(what.zh) \(shown(old.zh)) → \(shown(new.zh))",
                    "\(what.en) \(shown(old.en)) → \(shown(new.en))"
                )
            )
        }
        func place(_ row: ResultRow) -> Text { Text(same: row.rank.map(String.init) ?? "") }
        compare(Text("名次", "place"), place(was), place(now))
        compare(Text("总分", "total"), Text(same: was.total ?? ""), Text(same: now.total ?? ""))
        for (index, part) in parts.enumerated()
        where index < was.parts.count && index < now.parts.count {
            compare(part.title, Text(same: was.parts[index]), Text(same: now.parts[index]))
        }
        compare(Text("奖项", "award"), award(was), award(now))
        compare(Text("状态", "status"), status(was), status(now))
        compare(
            Text("代表队", "delegation"),
            Text(same: was.delegation),
            Text(same: now.delegation)
        )
        if was.people != now.people {
            texts.append(Text("队员变更", "other members"))
        }
        if was.ties != now.ties, was.rank == now.rank {
            texts.append(Text("同分决定的依据变更", "what decided ties is stated differently"))
        }
        return texts
    }

    private static func award(_ row: ResultRow) -> Text {
        Award(rawValue: row.award)?.text ?? Text(same: row.award)
    }

    private static func status(_ row: ResultRow) -> Text {
        if row.status == "guest" { return Text("邀请(不排名)", "guest, not ranked") }
        return EntrantStatus(rawValue: row.status)?.text ?? Text(same: row.status)
    }
}
