internal import Competition
internal import Exact
internal import Findings
internal import Interchange
internal import Ledger
public import Scoring
internal import Snapshots

/// Tables of delegations, from a file or from what is published.
public enum DelegationDesk {
    /// Reads results: `item,delegation,rank,total,award`, the last two where there are any.
    ///
    /// - Throws: a `Refusal` with every row that can't be read.
    public static func read(_ file: String) throws -> [DelegationResult] {
        let table = try CSVTable(try TextFile.read(file), file: file)
        guard let item = table.column("item", "项目"),
            let delegation = table.column("delegation", "team", "代表队"),
            let rank = table.column("rank", "名次")
        else {
            throw Refusal(
                "csv.missing-column",
                Text(
                    "应有列 item、delegation、rank(以及 total、award)",
                    "expected the columns item, delegation, rank (and total, award)"
                ),
                at: Place(file: file, line: 1, column: 1)
            )
        }
        let total = table.column("total", "总分")
        let award = table.column("award", "奖项")
        var findings: [Finding] = []
        var results: [DelegationResult] = []
        for row in table.rows {
            func field(_ column: Int?) -> String {
                column.map { row.fields[$0].trimmingBlanks() } ?? ""
            }
            func report(_ column: Int?, _ zh: String, _ en: String) {
                findings.append(
                    Finding(
                        "teams.row",
                        Text("“\(field(column))”\(zh)", "\"\(field(column))\": \(en)"),
                        at: table.place(row, column ?? 0)
                    )
                )
            }
            let place = Int(field(rank))
            if !field(rank).isEmpty, place.map({ $0 < 1 }) ?? true {
                report(rank, "应为名次 1、2……", "expected a place, 1, 2 …")
                continue
            }
            let sum = try? DecimalText(field(total)).value
            if !field(total).isEmpty, sum == nil { report(total, "不是数字", "is not a number") }
            let given = Award(rawValue: field(award).isEmpty ? "none" : field(award))
            guard let given else {
                report(
                    award,
                    "应为 gold、silver、bronze、medallion 或 none",
                    "expected gold, silver, bronze, medallion or none"
                )
                continue
            }
            results.append(
                DelegationResult(
                    item: field(item),
                    delegation: field(delegation),
                    rank: place,
                    total: sum,
                    award: given
                )
            )
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        return results
    }
}

extension Office {
    /// The results of the latest publication, as tables of delegations look at them.
    public func delegationResults() throws -> [DelegationResult] {
        guard let (_, snapshot) = try published() else {
            throw Refusal("teams.unpublished", Text("成绩尚未发布", "nothing is published yet"))
        }
        return snapshot.items.flatMap { item in
            item.rows.map { row in
                DelegationResult(
                    item: item.item.code,
                    delegation: row.delegation,
                    rank: row.rank,
                    total: row.total.flatMap { try? DecimalText($0).value },
                    award: Award(rawValue: row.award) ?? .none
                )
            }
        }
    }
}
