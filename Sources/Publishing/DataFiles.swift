internal import Findings
internal import Snapshots

/// An item's standings as a table of values.
struct ItemFile {
    let text: String

    init(_ item: ItemResult, _ edition: Edition) {
        var table = CommaTable(
            [
                "rank", "entrant", "names", "delegation", "delegation_zh", "delegation_en",
                "group", "status", "award", "total",
            ] + item.parts.map { CommaTable.harmless("part_" + $0.code) }
                + ["decided_zh", "decided_en"]
        )
        for row in item.rows {
            let title = edition.delegation(row.delegation).title
            let parts = item.parts.indices.map { $0 < row.parts.count ? row.parts[$0] : "" }
            let words = [
                row.entrant, row.names.joined(separator: "; "), row.delegation, title.zh, title.en,
                row.group, row.status, row.award == "none" ? "" : row.award,
            ]
            let ties = [
                row.ties.map(\.zh).joined(separator: "; "),
                row.ties.map(\.en).joined(separator: "; "),
            ]
            table.add(
                [row.isRanked ? row.rank.map(String.init) ?? "" : ""]
                    + words.map(CommaTable.harmless) + [row.total ?? ""] + parts
                    + ties.map(CommaTable.harmless)
            )
        }
        text = table.text
    }
}

/// Every award of every item as a table of values.
struct WinnersFile {
    let text: String

    init(_ edition: Edition) {
        var table = CommaTable([
            "item", "item_zh", "item_en", "award", "rank", "entrant", "names", "delegation",
            "delegation_zh", "delegation_en", "total",
        ])
        for item in edition.snapshot.items {
            for row in item.rows where row.isRanked && row.award != "none" {
                let title = edition.delegation(row.delegation).title
                let words = [
                    item.item.code, item.item.title.zh, item.item.title.en, row.award,
                    row.rank.map(String.init) ?? "", row.entrant,
                    row.names.joined(separator: "; "), row.delegation, title.zh, title.en,
                ]
                table.add(words.map(CommaTable.harmless) + [row.total ?? ""])
            }
        }
        text = table.text
    }
}

/// The medal table as a table of values.
struct MedalFile {
    let text: String

    init(_ edition: Edition) {
        var table = CommaTable([
            "rank", "delegation", "delegation_zh", "delegation_en", "gold", "silver", "bronze",
            "total",
        ])
        for line in edition.medals {
            let title = line.delegation.title
            let words = [line.delegation.code, title.zh, title.en]
            let counts = [line.gold, line.silver, line.bronze, line.total]
            table.add(
                [line.rank.map(String.init) ?? ""] + words.map(CommaTable.harmless)
                    + counts.map(String.init)
            )
        }
        text = table.text
    }
}
