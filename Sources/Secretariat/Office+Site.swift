public import Findings
public import Interchange
public import Publishing
internal import Seal
internal import Snapshots

extension Office {
    /// Writes the site of the latest publication, with the register of honours as it stands.
    ///
    /// - Parameter folder: where; an older site there is replaced whole.
    /// - Returns: what was written.
    /// - Throws: a ``Findings/Refusal`` where nothing is published, and what the disk throws.
    public func writeSite(into folder: String) throws -> SiteReport {
        let all = try publications()
        guard let latest = all.last else {
            throw Refusal("publish.empty", Text("成绩尚未发布", "nothing is published yet"))
        }
        var history: [PastPublication] = []
        for (index, publication) in all.enumerated() {
            let before = index > 0 ? all[index - 1].snapshot : nil
            history.append(
                PastPublication(
                    position: publication.position,
                    hash: publication.hash,
                    kind: publication.snapshot.kind,
                    computedAt: publication.snapshot.computedAt,
                    changes: before.map { publication.snapshot.changes(since: $0) } ?? []
                )
            )
        }
        return try Site.write(
            latest.snapshot,
            hash: latest.hash,
            honours: try honoursSnapshot(),
            history: history,
            into: folder
        )
    }

    /// The latest publication as a workbook.
    ///
    /// - Parameter language: the language of heads and titles.
    /// - Returns: the draft, for ``Interchange/WorkbookWriter``.
    /// - Throws: a ``Findings/Refusal`` where nothing is published.
    public func workbook(_ language: Language) throws -> WorkbookDraft {
        guard let (hash, snapshot) = try published() else {
            throw Refusal("publish.empty", Text("成绩尚未发布", "nothing is published yet"))
        }
        return try ResultsWorkbook.draft(snapshot, hash: hash, language: language)
    }
}
