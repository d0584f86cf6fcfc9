internal import Findings
internal import Seal
internal import Snapshots

/// What each row of a table says of where it comes from: a file is passed on by itself.
private struct Origin {
    static let columns = ["snapshot", "kind", "rehearsal"]

    let values: [String]

    /// Of an item's rows: the publication that computed them.
    init(_ item: ItemResult, _ edition: Edition) {
        let origin = edition.snapshot.origin(of: item, hash: edition.hash)
        self.init(origin.snapshot, origin.kind, edition)
    }

    /// Of what was counted over all items.
    init(_ edition: Edition) { self.init(edition.hash, edition.snapshot.overall, edition) }

    private init(_ hash: Digest, _ kind: ResultsKind, _ edition: Edition) {
        values = [hash.hex, kind.rawValue, String(edition.snapshot.isRehearsal)]
    }
}

/// An item's standings as a table of values.
struct ItemFile {
    let text: String

    init(_ item: ItemResult, _ edition: Edition) {
        var table = CommaTable(
            [
                "rank", "entrant", "names", "delegation", "delegation_zh", "delegation_en",
                "group", "status", "award", "total",
            ] + item.parts.map { CommaTable.harmless("part_" + $0.code) }
                + ["decided_zh", "decided_en"] + Origin.columns
        )
        let origin = Origin(item, edition)
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
                    + ties.map(CommaTable.harmless) + origin.values
            )
        }
        text = table.text
    }
}

/// Every award of every item as a table of values.
struct WinnersFile {
    let text: String

    init(_ edition: Edition) {
        var table = CommaTable(
            [
                "item", "item_zh", "item_en", "award", "rank", "entrant", "names", "delegation",
                "delegation_zh", "delegation_en", "total",
            ] + Origin.columns
        )
        for item in edition.snapshot.items {
            let origin = Origin(item, edition)
            for row in item.rows where row.isRanked && row.award != "none" {
                let title = edition.delegation(row.delegation).title
                let words = [
                    item.item.code, item.item.title.zh, item.item.title.en, row.award,
                    row.rank.map(String.init) ?? "", row.entrant,
                    row.names.joined(separator: "; "), row.delegation, title.zh, title.en,
                ]
                table.add(words.map(CommaTable.harmless) + [row.total ?? ""] + origin.values)
            }
        }
        text = table.text
    }
}

/// The medal table as a table of values.
struct MedalFile {
    let text: String

    init(_ edition: Edition) {
        var table = CommaTable(
            [
                "rank", "delegation", "delegation_zh", "delegation_en", "gold", "silver", "bronze",
                "total",
            ] + Origin.columns
        )
        let origin = Origin(edition)
        for line in edition.medals {
            let title = line.delegation.title
            let words = [line.delegation.code, title.zh, title.en]
            let counts = [line.gold, line.silver, line.bronze, line.total]
            table.add(
                [line.rank.map(String.init) ?? ""] + words.map(CommaTable.harmless)
                    + counts.map(String.init) + origin.values
            )
        }
        text = table.text
    }
}
