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
        /// The unit's place on the card.
        let number: Int
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
        struct Key: Hashable {
            let judge: JudgeID?
            let unit: Int
            let attempt: Int
        }
        let units = try plan(of: item).units
        let forms = Dictionary(grouping: try missing(item, judge: judge)) {
            Key(judge: $0.judge, unit: $0.unit, attempt: $0.attempt)
        }
        return forms.map { key, places in
            Blank(
                judge: key.judge,
                number: key.unit,
                unit: units[key.unit],
                attempt: key.attempt,
                entrants: places.map(\.entrant)
            )
        }.sorted {
            ($0.judge?.text ?? "", $0.number, $0.attempt)
                < ($1.judge?.text ?? "", $1.number, $1.attempt)
        }
    }

    /// The sheets of an item that are missing, of one judge alone where one is named.
    func missing(_ item: ItemID, judge: String?) throws -> [MarkingBoard.Place] {
        let board = try board(of: item)
        let missing = board.sheets.filter { $0.value == nil }.keys.sorted()
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
        return missing.filter { isPanel ? $0.judge == nil : $0.judge?.text == judge }
    }
}
