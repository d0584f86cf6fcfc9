public import Competition
internal import Findings
internal import Interchange
internal import Ledger
internal import Scoring
internal import Seal

extension Office {
    /// A form that is still to be filled in: whose, which unit, which attempt, for whom.
    private struct Blank {
        let judge: JudgeID?
        let unit: SheetUnit
        let attempt: Int
        let entrants: [EntrantID]
    }

    /// Reads a file of marks for an item: a table, or forms in a workbook.
    func marks(in file: String, of item: ItemID, plan: ScoringPlan) throws -> MarksFile.Reading {
        guard let card = catalogue.cardHashes[item] else { throw RecordError.damaged("card") }
        let entrants = Set(try record.subjects(of: item).map(\.entrant.id))
        return try MarksFile.read(
            path: file,
            plan: plan,
            target: MarksFile.Target(item: item, card: card.short, entrants: entrants)
        )
    }

    /// Writes the forms (评分表) of all marks that are still expected of an item, one worksheet for
    /// each judge or panel, sheet unit and attempt.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - judge: whose alone, `panel` for the panel's; nil for all.
    ///   - path: the workbook.
    /// - Returns: how many worksheets it has.
    /// - Throws: a `Refusal` where nothing is missing, or there is no such judge, or the file can't
    ///   be written.
    @discardableResult
    public func writeForms(_ item: ItemID, judge: String? = nil, to path: String) throws -> Int {
        let card = try plan(of: item).card
        guard let title = catalogue.event.item(item)?.title,
            let hash = catalogue.cardHashes[item]
        else { throw RecordError.damaged("item") }
        let blanks = try blanks(item, judge: judge)
        guard !blanks.isEmpty else {
            let wanting = try record.progress(of: item).wanting
            throw Refusal(
                "form.none",
                Text(
                    "\(item.text) 没有待交的评分表(\(wanting.zh))",
                    "no sheet of \(item.text) is missing (\(wanting.en))"
                )
            )
        }
        let forms = blanks.map { blank in
            MarkForm(
                event: catalogue.event.title,
                isRehearsal: isRehearsal,
                item: item,
                title: title,
                card: hash.short,
                lowerIsBetter: card.total.lowerIsBetter,
                judge: blank.judge,
                unit: blank.unit,
                attempt: blank.attempt,
                entrants: blank.entrants
            )
        }
        let book = MarkForm.workbook(forms)
        try WorkbookWriter.write(book, to: path)
        return book.sheets.count
    }

    /// The sheets that are missing, those of the panel first, then by judge and in the card's order.
    private func blanks(_ item: ItemID, judge: String?) throws -> [Blank] {
        let missing = try missing(item, judge: judge)
        var blanks: [Blank] = []
        for name in Set(missing.map(\.judge)).sorted() {
            for unit in try plan(of: item).units {
                let entrants = missing.filter { $0.judge == name && $0.unit == unit.id }
                guard !entrants.isEmpty else { continue }
                for attempt in 1...unit.attempts {
                    blanks.append(
                        Blank(
                            judge: JudgeID(name),
                            unit: unit,
                            attempt: attempt,
                            entrants: entrants.map(\.entrant)
                        )
                    )
                }
            }
        }
        return blanks
    }

    /// The sheets of an item that are missing, of one judge alone where one is named.
    func missing(_ item: ItemID, judge: String?) throws -> [Progress.Expected] {
        let missing = try record.progress(of: item).missing
        guard let judge else { return missing }
        let isPanel = ["panel", "裁判组"].contains(judge.lowercased())
        let judges = try record.judges(of: item).map(\.id.text)
        guard isPanel || judges.contains(judge) else {
            throw Refusal(
                "form.judge",
                Text(
                    "\(item.text) 没有裁判 \(judge);应为 \((judges + ["panel"]).joined(separator: "、"))",
                    "\(item.text) has no judge \(judge); expected one of \((judges + ["panel"]).joined(separator: ", "))"
                )
            )
        }
        return missing.filter { $0.judge == (isPanel ? "" : judge) }
    }
}
