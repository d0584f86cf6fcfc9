public import Competition
internal import Findings
internal import Interchange
public import Ledger
internal import Scoring
public import Seal

/// What a second entry of one sheet came to.
public struct SecondEntry: Sendable {
    /// The sheet: entrant/unit/judge.
    public let sheet: String
    /// The aspects that differ; empty where the two agree and the sheet is confirmed by it.
    public let differs: [String]
}

extension Office {
    /// 复录: enters the sheets of a table a second time, blind; all or none.
    ///
    /// - Parameters:
    ///   - file: the marks, as for ``submit(_:item:by:partial:)``.
    ///   - item: the item.
    ///   - key: whoever enters them; not who entered them first.
    /// - Returns: for each sheet, which aspects differ, never by how much.
    /// - Throws: a `Refusal` with what is wrong in the table, or what the door refuses.
    public func submitAgain(
        _ file: String,
        item: ItemID,
        by key: SigningKey
    ) throws -> [SecondEntry] {
        let plan = try plan(of: item)
        let reading = try marks(in: file, of: item, plan: plan)
        var findings = reading.findings
        let units = plan.card.units
        let drafts = drafts(reading.marks, plan, units, &findings).sorted { $0.key < $1.key }
        for (key, draft) in drafts where draft.marks.contains(StoredMark.empty) {
            findings.append(incompleteFinding(key, draft, units))
        }
        if drafts.isEmpty, !findings.hasErrors { findings.append(Self.noMarks(file)) }
        guard !findings.hasErrors, let card = catalogue.cardHashes[item] else {
            throw Refusal(findings)
        }
        let contents = drafts.map { sheet, draft in
            SheetContent(
                item: item,
                unit: units[sheet.unit].id,
                entrant: sheet.entrant,
                judge: sheet.judge,
                attempt: sheet.attempt + 1,
                card: card,
                marks: draft.marks
            )
        }
        let statements = try contents.map { try statement(.reentry, $0.body, by: key) }
        let receipts: [Receipt]
        do {
            receipts = try record.admit(statements, at: now())
        } catch let refusal as Refusal {
            throw Refusal(refusal.findings.map { Self.placed($0, drafts.map(\.value.place)) })
        }
        return try zip(contents, receipts).map { content, receipt in
            SecondEntry(
                sheet: content.entrant.text + "/" + content.unit.text + "/"
                    + (content.judge?.text ?? "panel"),
                differs: try record.differences(at: receipt.position)
            )
        }
    }
}

extension Office {
    /// 更正: replaces sheets that stand by ones in which some marks are others; all or none.
    ///
    /// - Parameters:
    ///   - file: a marks table of just the marks that change.
    ///   - item: the item.
    ///   - reason: why; it stays with the sheets.
    ///   - key: a judge for the own sheets, or a recorder.
    /// - Returns: the receipts, one a sheet.
    /// - Throws: a `Refusal` where a row has no sheet to correct or changes nothing, or with what the
    ///   door refuses.
    public func correct(
        _ file: String,
        item: ItemID,
        reason: String,
        by key: SigningKey
    ) throws -> [Receipt] {
        let plan = try plan(of: item)
        let reading = try marks(in: file, of: item, plan: plan)
        var findings = reading.findings
        let units = plan.card.units
        let drafts = drafts(reading.marks, plan, units, &findings).sorted { $0.key < $1.key }
        guard let card = catalogue.cardHashes[item] else { throw RecordError.damaged("card") }
        let standing = try record.sheets(of: item)
        let why = NoteRecord(text: reason, by: key)
        var contents: [SheetContent] = []
        for (sheet, draft) in drafts {
            let old = standing.first {
                $0.entrant == sheet.entrant && $0.unit == units[sheet.unit].id
                    && $0.judge == sheet.judge && $0.attempt == sheet.attempt + 1
            }
            guard let old, let id = try record.statement(at: old.position)?.id else {
                findings.append(
                    Finding(
                        "correct.none",
                        Text(
                            "\(sheet.entrant.text) 的 \(units[sheet.unit].id.text) 没有可更正的评分表",
                            "\(sheet.entrant.text) has no sheet of \(units[sheet.unit].id.text) to correct"
                        ),
                        at: draft.place
                    )
                )
                continue
            }
            let marks = zip(old.marks, draft.marks).map { $1 == StoredMark.empty ? $0 : $1 }
            guard marks != old.marks else {
                findings.append(
                    Finding(
                        "correct.same",
                        Text("所写的分数与现行的相同", "the marks are those that stand"),
                        at: draft.place
                    )
                )
                continue
            }
            contents.append(
                SheetContent(
                    item: item,
                    unit: old.unit,
                    entrant: sheet.entrant,
                    judge: sheet.judge,
                    attempt: old.attempt,
                    card: card,
                    marks: marks,
                    replaces: id,
                    reason: reason.isEmpty ? "" : why.commitment.hex
                )
            )
        }
        if contents.isEmpty, !findings.hasErrors { findings.append(Self.noMarks(file)) }
        guard !findings.hasErrors else { throw Refusal(findings) }
        let statements = try contents.map { try statement(.sheet, $0.body, by: key) }
        do {
            return try record.admit(statements, notes: [why], at: now())
        } catch let refusal as Refusal {
            throw Refusal(refusal.findings.map { Self.placed($0, drafts.map(\.value.place)) })
        }
    }
}
