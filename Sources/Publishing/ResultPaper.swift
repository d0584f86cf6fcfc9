public import Findings
public import Paper
public import Seal
public import Snapshots

/// The papers of a publication: the result sheet of an item, and the public notice.
public struct ResultPaper {
    private let snapshot: ResultsSnapshot
    /// The hash under which they were published; nil of a draft.
    private let hash: Digest?
    /// The hash of a draft also.
    private let shown: Digest
    private let zh: Speech
    private let en: Speech

    /// Reads a publication.
    ///
    /// - Parameters:
    ///   - snapshot: the results.
    ///   - hash: the hash under which they were published.
    /// - Throws: a ``SiteError`` where the hash is another.
    public init(_ snapshot: ResultsSnapshot, hash: Digest) throws(SiteError) {
        let found = Digest(of: snapshot.json)
        guard found == hash else { throw .hash(expected: hash, found: found) }
        try self.init(snapshot, hash, shown: hash)
    }

    /// Reads results that were computed and not published: every page says so.
    ///
    /// - Parameter draft: the results, which stand in no record.
    /// - Throws: a ``SiteError`` where two codes would share a page.
    public init(draft: ResultsSnapshot) throws(SiteError) {
        try self.init(draft, nil, shown: Digest(of: draft.json))
    }

    private init(
        _ snapshot: ResultsSnapshot,
        _ hash: Digest?,
        shown: Digest
    ) throws(SiteError) {
        let edition = try Edition(snapshot, hash: shown, honours: nil)
        self.snapshot = snapshot
        self.hash = hash
        self.shown = shown
        zh = Speech(.zh, edition)
        en = Speech(.en, edition)
    }

    /// The result sheet of an item: standings, parts, what decided ties, who stands apart, and the
    /// lines to be signed on.
    ///
    /// - Parameters:
    ///   - item: the item's result in the publication.
    ///   - template: how a page looks.
    /// - Returns: the bytes of the PDF.
    /// - Throws: a ``Findings/Refusal`` with all that doesn't fit.
    public func resultSheet(
        of item: ItemResult,
        on template: PageTemplate
    ) throws(Refusal) -> [UInt8] {
        let origin = snapshot.origin(of: item, hash: shown)
        var fields = fields(origin)
        fields["item"] = item.item.code
        fields["maximum"] = item.maximum
        fields["card"] = item.card.hex
        fields["entrants"] = String(item.rows.count)
        fields["result"] = item.hash.hex
        fields.set("item", item.item.title)
        fields.set(
            "parts",
            Text(
                item.parts.map { "\($0.code) \($0.title.zh)" }.joined(separator: " · "),
                item.parts.map { "\($0.code) \($0.title.en)" }.joined(separator: " · ")
            )
        )
        let track = snapshot.tracks.first { $0.code == item.track }
        fields.set("track", track?.title ?? Text(same: item.track))
        fields.set("policy", Text(zh.policy(item.policy), en.policy(item.policy)))
        fields.set("provenance", Text(zh.provenance(item), en.provenance(item)))
        if let note = item.cardNote {
            fields["notes.zh", default: ""] += "\n" + note.zh
            fields["notes.en", default: ""] += "\n" + note.en
        }
        let ties = item.rows.filter { !$0.ties.isEmpty }.map { row in
            [
                "entrant": row.entrant, "ties.zh": row.ties.map(\.zh).joined(separator: ";"),
                "ties.en": row.ties.map(\.en).joined(separator: "; "),
            ]
        }
        let filling = PageFilling(
            name: item.item.code,
            fields: fields,
            rows: [
                "standings": item.rows.filter(\.isRanked).map(narrow),
                "apart": item.rows.filter { !$0.isRanked }.map(narrow), "ties": ties,
            ],
            series: ["part": item.parts.map(\.code)],
            stamp: stamp
        )
        return try print(filling, template, "成绩单 Result sheet " + item.item.code, origin)
    }

    /// The public notice: every award, item by item.
    ///
    /// - Parameters:
    ///   - template: how a page looks.
    ///   - appealMinutes: how long objections may be entered.
    /// - Returns: the bytes of the PDF.
    /// - Throws: a ``Findings/Refusal`` with all that doesn't fit.
    public func notice(
        on template: PageTemplate,
        appealMinutes: Int
    ) throws(Refusal) -> [UInt8] {
        var rows: [[String: String]] = []
        for item in snapshot.items {
            for row in item.rows where row.isRanked && row.award != "none" {
                var fields = self.row(row)
                fields["item"] = item.item.code
                fields.set("item", item.item.title)
                rows.append(fields)
            }
        }
        let origin = EarlierPublication(
            kind: snapshot.overall,
            snapshot: shown,
            position: snapshot.position,
            computedAt: snapshot.computedAt
        )
        var fields = fields(origin)
        fields["items"] = String(snapshot.items.count)
        fields["awards"] = String(rows.count)
        fields["appeal_minutes"] = String(appealMinutes)
        fields["date"] = String(Moment(snapshot.computedAt).text.prefix(10))
        let filling = PageFilling(
            name: snapshot.event.code,
            fields: fields,
            rows: ["winners": rows],
            stamp: stamp
        )
        return try print(filling, template, "公示 Public notice", origin)
    }

    private var stamp: String {
        let stamps = [
            snapshot.isRehearsal ? "演练 REHEARSAL" : "",
            hash == nil ? "未发布 · 待签 DRAFT" : "",
        ]
        return stamps.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// What every paper says of where its results come from.
    private func fields(_ origin: EarlierPublication) -> [String: String] {
        var fields = [
            "snapshot": hash == nil ? "未发布 not published" : origin.snapshot.hex,
            "position": String(origin.position), "computed": Moment(origin.computedAt).text,
            "notes.zh": snapshot.notes.map(\.zh).joined(separator: "\n"),
            "notes.en": snapshot.notes.map(\.en).joined(separator: "\n"),
        ]
        fields.set("event", snapshot.event.title)
        fields.set(
            "kind",
            hash == nil ? Text("未发布,待签", "not published, to be signed") : origin.kind.text
        )
        return fields
    }

    /// A row for a narrow column: of a small team each name has its own line, for a line may break within
    /// a name.
    private func narrow(_ row: ResultRow) -> [String: String] {
        var fields = self.row(row)
        if row.names.count <= 3 { fields["names"] = row.names.joined(separator: "、\n") }
        return fields
    }

    private func row(_ row: ResultRow) -> [String: String] {
        var fields = [
            "rank": row.isRanked ? row.rank.map(String.init) ?? "" : "", "entrant": row.entrant,
            "names": row.names.joined(separator: "、"), "total": row.total ?? "",
        ]
        fields.set("delegation", zh.edition.delegation(row.delegation).title)
        fields.set("award", Text(zh.award(row.award), en.award(row.award)))
        fields.set("status", Text(zh.status(row.status), en.status(row.status)))
        fields.set("group", Text(zh.group(row.group), en.group(row.group)))
        for (number, part) in row.parts.enumerated() { fields["part.\(number)"] = part }
        return fields
    }

    private func print(
        _ filling: PageFilling,
        _ template: PageTemplate,
        _ title: String,
        _ origin: EarlierPublication
    ) throws(Refusal) -> [UInt8] {
        try PaperPrinter.pdf(
            [filling],
            on: template,
            title: title,
            created: String(Moment(origin.computedAt).text.prefix(10)) + "T00:00:00Z"
        )
    }
}
