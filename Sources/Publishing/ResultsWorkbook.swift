public import Findings
public import Interchange
public import Seal
public import Snapshots

/// A publication as a workbook: winners, the medal table, all standings, and a sheet an item with its
/// parts; every sheet with a frozen head, a filter and a print area.
public enum ResultsWorkbook {
    /// Lays out the workbook in one language.
    ///
    /// - Parameters:
    ///   - snapshot: the results.
    ///   - hash: the hash under which they were published, which stands on every sheet.
    ///   - language: the language of heads and titles.
    /// - Returns: the draft, for ``Interchange/WorkbookWriter``.
    /// - Throws: a ``SiteError`` where codes would share a page.
    public static func draft(
        _ snapshot: ResultsSnapshot,
        hash: Digest,
        language: Language
    ) throws(SiteError) -> WorkbookDraft {
        draft(Speech(language, try Edition(snapshot, hash: hash, honours: nil)))
    }

    static func draft(_ speech: Speech) -> WorkbookDraft {
        let snapshot = speech.edition.snapshot
        var sheets = [winners(speech), medals(speech), standings(speech)]
        sheets += snapshot.items.map { item(speech, $0) }
        return WorkbookDraft(
            title: speech(snapshot.event.title) + " " + speech("成绩", "Results"),
            sheets: sheets,
            createdSeconds: snapshot.computedAt / 1_000
        )
    }

    private static func winners(_ speech: Speech) -> WorkbookDraft.Sheet {
        let edition = speech.edition
        var table = ResultsSheet(
            speech("获奖名单", "Winners"),
            [
                .init(speech("项目", "Item"), 8), .init(speech("项目名称", "Item name"), 26),
                .init(speech("奖项", "Award"), 10), .init(speech("姓名", "Name"), 22),
                .init(speech("选手编号", "Entrant"), 12),
                .init(speech("代表队", "Delegation"), 20),
                .init(speech("名次", "Rank"), 8, .number), .init(speech("总分", "Total"), 10, .number),
            ]
        )
        for item in edition.snapshot.items {
            for row in item.rows where row.isRanked && row.award != "none" {
                table.add([
                    item.item.code, speech.title(item.item), speech.award(row.award),
                    row.names.joined(separator: speech("、", ", ")), row.entrant,
                    speech.title(edition.delegation(row.delegation)),
                    row.rank.map(String.init) ?? "", row.total ?? "",
                ])
            }
        }
        return table.sheet(speech)
    }

    private static func medals(_ speech: Speech) -> WorkbookDraft.Sheet {
        var table = ResultsSheet(
            speech("奖牌榜", "Medals"),
            [
                .init(speech("名次", "Rank"), 8, .number), .init(speech("代码", "Code"), 10),
                .init(speech("代表队", "Delegation"), 26), .init(speech("金牌", "Gold"), 9, .number),
                .init(speech("银牌", "Silver"), 9, .number),
                .init(speech("铜牌", "Bronze"), 9, .number),
                .init(speech("合计", "Total"), 9, .number),
                .init(speech("优胜奖", "Medallions"), 12, .number),
                .init(speech("奖牌分", "Points"), 10, .number),
                .init(speech("参赛", "Entrants"), 10, .number),
            ]
        )
        for line in speech.edition.medals {
            let counts = [
                line.gold, line.silver, line.bronze, line.total, line.medallions, line.points,
                line.entrants,
            ]
            table.add(
                [
                    line.rank.map(String.init) ?? "", line.delegation.code,
                    speech.title(line.delegation),
                ] + counts.map(String.init)
            )
        }
        return table.sheet(speech)
    }

    private static func standings(_ speech: Speech) -> WorkbookDraft.Sheet {
        var table = ResultsSheet(
            speech("全部名次", "All standings"),
            [.init(speech("项目", "Item"), 8), .init(speech("项目名称", "Item name"), 26)]
                + rowColumns(speech)
        )
        for item in speech.edition.snapshot.items {
            for row in item.rows {
                table.add([item.item.code, speech.title(item.item)] + cells(row, speech))
            }
        }
        return table.sheet(speech)
    }

    private static func item(_ speech: Speech, _ item: ItemResult) -> WorkbookDraft.Sheet {
        let hasTies = item.rows.contains { !$0.ties.isEmpty }
        var columns = rowColumns(speech)
        columns += item.parts.map { .init(speech.title($0), 12, .number) }
        if hasTies { columns.append(.init(speech("同分决定", "What decided ties"), 60)) }
        var table = ResultsSheet(
            item.item.code,
            columns,
            title: item.item.code + " " + speech.title(item.item),
            item: item
        )
        for row in item.rows {
            var cells = cells(row, speech)
            cells += item.parts.indices.map { index in
                guard index < row.parts.count else { return "" }
                return speech.status(row.parts[index])
            }
            if hasTies { cells.append(row.ties.map { speech($0) }.joined(separator: "; ")) }
            table.add(cells)
        }
        return table.sheet(speech)
    }

    private static func rowColumns(_ speech: Speech) -> [ResultsSheet.Column] {
        [
            .init(speech("名次", "Rank"), 8, .number), .init(speech("选手编号", "Entrant"), 12),
            .init(speech("姓名", "Name"), 22), .init(speech("代表队", "Delegation"), 20),
            .init(speech("组别", "Group"), 10), .init(speech("状态", "State"), 14),
            .init(speech("总分", "Total"), 10, .number), .init(speech("奖项", "Award"), 10),
        ]
    }

    private static func cells(_ row: ResultRow, _ speech: Speech) -> [String] {
        [
            row.isRanked ? row.rank.map(String.init) ?? "" : "", row.entrant,
            row.names.joined(separator: speech("、", ", ")),
            speech.title(speech.edition.delegation(row.delegation)), speech.group(row.group),
            row.isRanked ? "" : speech.status(row.status), row.total ?? "",
            speech.award(row.award),
        ]
    }
}
