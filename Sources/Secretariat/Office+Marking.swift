public import Competition
public import Findings
internal import Interchange
public import Ledger
internal import Scoring
public import Seal

/// What became of a table of marks that was handed in.
public struct Submission: Sendable {
    /// The receipts, one a sheet.
    public let receipts: [Receipt]
    /// What a person should look at.
    public let findings: [Finding]
}

extension Office {
    struct SheetKey: Hashable, Comparable {
        let entrant: EntrantID
        let unit: Int
        let judge: JudgeID?
        let attempt: Int

        static func < (a: SheetKey, b: SheetKey) -> Bool {
            (a.entrant.text, a.unit, a.judge?.text ?? "", a.attempt)
                < (b.entrant.text, b.unit, b.judge?.text ?? "", b.attempt)
        }
    }

    struct Draft {
        var marks: [Int32]
        var place: Place
    }

    /// Hands in the sheets of a marks table or of filled-in forms (``writeForms(_:judge:to:)``), each signed and a statement of its own; all come in or
    /// none, unless `partial` says that the good ones may come in alone.
    public func submit(
        _ file: String,
        item: ItemID,
        by key: SigningKey,
        partial: Bool = false
    ) throws -> Submission {
        let plan = try plan(of: item)
        let reading = try marks(in: file, of: item, plan: plan)
        var findings = reading.findings
        let units = plan.card.units
        var drafts = drafts(reading.marks, plan, units, &findings)
        let incomplete = drafts.filter { $0.value.marks.contains(StoredMark.empty) }
        for (key, draft) in incomplete.sorted(by: { $0.key < $1.key }) {
            findings.append(incompleteFinding(key, draft, units))
        }
        if findings.hasErrors, !partial { throw Refusal(findings) }
        for key in incomplete.keys { drafts[key] = nil }
        guard let card = catalogue.cardHashes[item] else { throw RecordError.damaged("card") }
        let ordered = drafts.sorted { $0.key < $1.key }
        let statements = try ordered.map { sheet, draft in
            try statement(
                .sheet,
                SheetContent(
                    item: item,
                    unit: units[sheet.unit].id,
                    entrant: sheet.entrant,
                    judge: sheet.judge,
                    attempt: sheet.attempt + 1,
                    card: card,
                    marks: draft.marks
                ).body,
                by: key
            )
        }
        guard !statements.isEmpty else {
            throw Refusal(findings.hasErrors ? findings : findings + [Self.noMarks(file)])
        }
        let places = ordered.map(\.value.place)
        guard partial else {
            do {
                return Submission(
                    receipts: try record.admit(statements, at: now()),
                    findings: findings
                )
            } catch let refusal as Refusal {
                throw Refusal(refusal.findings.map { Self.placed($0, places) })
            }
        }
        return try admitEach(statements, places, findings)
    }

    private func admitEach(
        _ statements: [SignedStatement],
        _ places: [Place],
        _ findings: [Finding]
    ) throws -> Submission {
        var findings = findings
        var receipts: [Receipt] = []
        for (index, statement) in statements.enumerated() {
            do {
                receipts += try record.admit([statement], at: now())
            } catch let refusal as Refusal {
                findings += refusal.findings.map { finding in
                    var placed = finding
                    placed.place = places[index]
                    return placed
                }
            }
        }
        return Submission(receipts: receipts, findings: findings.sorted())
    }

    /// The door counts statements; a person reads lines of the file.
    static func placed(_ finding: Finding, _ places: [Place]) -> Finding {
        var placed = finding
        let index = (finding.place?.line ?? 1) - 1
        if places.indices.contains(index) { placed.place = places[index] }
        return placed
    }

    static func noMarks(_ file: String) -> Finding {
        Finding(
            "sheet.none",
            Text("表中没有分数", "the table holds no marks"),
            at: Place(file: file)
        )
    }

    func incompleteFinding(
        _ key: SheetKey,
        _ draft: Draft,
        _ units: [SheetUnit]
    ) -> Finding {
        let unit = units[key.unit]
        let slots = key.judge == nil ? unit.agreed : unit.judged
        let names = zip(slots, draft.marks).filter { $0.1 == StoredMark.empty }.map {
            $0.0.aspect.id.text
        }
        let list = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? "…" : "")
        let who = key.judge?.text ?? "panel"
        return Finding(
            "sheet.incomplete",
            Text(
                "\(key.entrant.text)/\(unit.id.text)/\(who) 缺 \(names.count) 个分数:\(list)(确未做的写“未做”)",
                "\(key.entrant.text)/\(unit.id.text)/\(who) lacks \(names.count) marks: \(list) (write \"not attempted\" where that is so)"
            ),
            at: draft.place
        )
    }

    func drafts(
        _ marks: [MarksFile.Mark],
        _ plan: ScoringPlan,
        _ units: [SheetUnit],
        _ findings: inout [Finding]
    ) -> [SheetKey: Draft] {
        var drafts: [SheetKey: Draft] = [:]
        for mark in marks {
            let planned = plan.aspects[mark.aspect]
            let agreed = planned.aspect.isAgreed
            let key = SheetKey(
                entrant: mark.entrant,
                unit: planned.unit,
                judge: agreed ? nil : mark.judge,
                attempt: mark.attempt
            )
            let unit = units[planned.unit]
            let count = agreed ? unit.agreed.count : unit.judged.count
            var draft =
                drafts[key]
                ?? Draft(
                    marks: Array(repeating: StoredMark.empty, count: count),
                    place: mark.place
                )
            if draft.marks[planned.column] != StoredMark.empty {
                findings.append(
                    Finding(
                        "mark.duplicate",
                        Text(
                            "\(mark.entrant.text) 的 \(planned.address) 已有分数",
                            "\(mark.entrant.text) has a mark for \(planned.address) already"
                        ),
                        at: mark.place
                    )
                )
            }
            draft.marks[planned.column] = mark.stored
            drafts[key] = draft
        }
        return drafts
    }

    /// Confirms, as a second person, all sheets of an item that await it; those that the speaker
    /// entered are left for another.
    public func confirmAll(_ item: ItemID, by key: SigningKey) throws -> Receipt? {
        let persons = Set(
            try record.appointments().filter { $0.key == key.verifying }.map(\.person)
        )
        let sheets = try record.unconfirmedSheets(of: item, besides: persons)
        if sheets.isEmpty {
            guard try record.unconfirmedSheets(of: item).isEmpty else {
                throw Refusal(
                    "confirm.same-person",
                    Text(
                        "待复核的评分表都由本人录入,须由另一人复核",
                        "all that awaits confirmation was entered by the same person; another must confirm it"
                    )
                )
            }
            return nil
        }
        return try say(
            .confirm,
            ["item": .string(item.text), "sheets": .array(sheets.map { .string($0.hex) })],
            by: key
        )
    }
}

extension Office {
    /// Checks a table of marks as ``submit(_:item:by:partial:)`` would read it, and writes nothing.
    ///
    /// - Returns: how many sheets it holds, and what a person should look at.
    public func check(
        _ file: String,
        item: ItemID
    ) throws -> (sheets: Int, findings: [Finding]) {
        let plan = try plan(of: item)
        let reading = try marks(in: file, of: item, plan: plan)
        var findings = reading.findings
        let units = plan.card.units
        let drafts = drafts(reading.marks, plan, units, &findings)
        for (key, draft) in drafts where draft.marks.contains(StoredMark.empty) {
            findings.append(incompleteFinding(key, draft, units))
        }
        if drafts.isEmpty, !findings.hasErrors { findings.append(Self.noMarks(file)) }
        guard !findings.hasErrors else { throw Refusal(findings) }
        return (drafts.count, findings)
    }
}

extension Office {
    /// The rows of a blank marks table: every mark that is still expected of an item, in the order of
    /// entrants, judges and the card.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - judge: whose marks alone, `panel` for the panel's; nil for all.
    /// - Returns: the names of the columns, and the rows.
    /// - Throws: a `Refusal` where there is no such judge.
    public func template(
        _ item: ItemID,
        judge: String? = nil
    ) throws -> (header: [String], rows: [[String]]) {
        let units = try plan(of: item).card.units
        let rows = try missing(item, judge: judge).flatMap { sheet in
            let unit = units[sheet.unit]
            return (sheet.judge == nil ? unit.agreed : unit.judged).map { slot in
                [
                    sheet.entrant.text, slot.part.text, slot.aspect.id.text,
                    sheet.judge?.text ?? "", "", "\(sheet.attempt)",
                    slot.aspect.title.zh + " " + slot.aspect.expectation.zh,
                ]
            }
        }
        return (["entrant", "part", "aspect", "judge", "mark", "attempt", "note"], rows)
    }
}
