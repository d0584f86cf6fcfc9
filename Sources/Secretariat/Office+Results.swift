public import Competition
internal import Exact
public import Findings
internal import Interchange
internal import Dispatch
internal import Ledger
internal import Synchronization
public import Scoring
public import Seal
public import Snapshots

extension Office {
    /// All that scoring needs of an item: who competes, and the sheets that stand.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - history: whether marks that were replaced come along, for explaining.
    /// - Returns: what is to be counted.
    /// - Throws: a `Refusal` for an unknown item, or what the store can't do.
    public func tally(of item: ItemID, history: Bool = false) throws -> ItemTally {
        try tally(of: item, history: history, beside: nil)
    }

    private func tally(
        of item: ItemID,
        history: Bool,
        beside appointed: Appointed?
    ) throws -> ItemTally {
        typealias Read = (
            entrants: [Entrant], penalties: [ItemReader.Penalty], rulings: [EntrantID: Int],
            table: MarkTable
        )
        let plan = try plan(of: item)
        func all(_ reader: ItemReader) throws -> Read {
            let entrants = try reader.competitors()
            return (
                entrants: entrants, penalties: try reader.penalties(),
                rulings: try reader.orderings(),
                table: try Self.table(reader, plan, entrants.map(\.id))
            )
        }
        let read: Read
        if let appointed {
            read = try record.reading(item, beside: appointed, all)
        } else {
            read = try record.reading(item, all)
        }
        var table = read.table
        if history { table.replaced = try replacedMarks(of: item, plan: plan) }
        table.observePanels(plan)
        let penalties = Dictionary(grouping: read.penalties, by: \.entrant)
        let inputs = try read.entrants.map { entrant in
            let own = penalties[entrant.id] ?? []
            return EntrantInput(
                entrant: entrant,
                deduction: try own.compactMap { try? DecimalText($0.deduction).value }.sum(),
                voidParts: Set(own.compactMap { $0.voidPart.flatMap { NodeID($0) } })
            )
        }
        return try Self.counted(item.text) { () throws(CountingFault) in
            try ItemTally(plan: plan, inputs: inputs, table: table, rulings: read.rulings)
        }
    }

    /// The sheets that stand, laid into a table.
    private static func table(
        _ reader: ItemReader,
        _ plan: ScoringPlan,
        _ entrants: [EntrantID]
    ) throws -> MarkTable {
        let units = places(plan.units.map(\.id))
        func filled(_ judges: [JudgeID]) throws -> (table: MarkTable, isWhole: Bool) {
            var table = MarkTable(plan: plan, entrants: entrants, judges: judges)
            let rows = places(table.entrants)
            let columns = places(table.judges)
            var isWhole = true
            try reader.eachSheet { sheet in
                guard let unit = units[sheet.unit], let row = rows[sheet.entrant] else { return }
                let judge = columns[sheet.judge]
                if judge == nil, !sheet.judge.isEmpty { isWhole = false }
                guard judge != nil || sheet.judge.isEmpty else { return }
                table.lay(
                    sheet.marks,
                    entrant: row,
                    unit: unit,
                    judge: judge,
                    attempt: sheet.attempt - 1
                )
            }
            return (table, isWhole)
        }
        // A judge who was dismissed may have left sheets that stand.
        let judges = reader.judges.map(\.id)
        let (table, isWhole) = try filled(judges)
        return isWhole ? table : try filled(judges + reader.sheetJudges()).table
    }

    private static func places<Kind>(_ ids: [Identifier<Kind>]) -> [String: Int] {
        Dictionary(
            ids.enumerated().map { ($1.text, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Marks that a later sheet replaced by another value.
    private func replacedMarks(
        of item: ItemID,
        plan: ScoringPlan
    ) throws -> [MarkTable.Replaced] {
        var marks: [MarkTable.Replaced] = []
        for change in try record.replacedSheets(of: item) {
            guard let unit = plan.units.firstIndex(where: { $0.id == change.old.unit }) else {
                continue
            }
            for (number, planned) in plan.aspects.enumerated()
            where planned.unit == unit && planned.aspect.isAgreed == (change.old.judge == nil) {
                let place = planned.column
                guard place < change.old.marks.count, place < change.new.marks.count,
                    change.old.marks[place] != change.new.marks[place]
                else { continue }
                marks.append(
                    MarkTable.Replaced(
                        entrant: change.old.entrant,
                        aspect: number,
                        judge: change.old.judge,
                        attempt: change.old.attempt - 1,
                        stored: change.old.marks[place]
                    )
                )
            }
        }
        return marks
    }

    /// Counts, and says whose numbers are too large where they do not fit.
    static func counted<Value>(
        _ place: String,
        _ body: () throws(CountingFault) -> Value
    ) throws(Refusal) -> Value {
        do throws(CountingFault) {
            return try body()
        } catch {
            let whose = error.entrant.map { " " + $0.text } ?? ""
            let what =
                error.cause == .overflow
                ? Text("数值过大,无法精确计算", "the numbers are too large to count exactly")
                : Text("除以零", "a division by zero")
            throw Refusal(
                "tally.overflow",
                Text("\(place)\(whose):\(what.zh)", "\(place)\(whose): \(what.en)"),
                at: Place(file: place)
            )
        }
    }

    /// The standings of an item, as the record has it now.
    public func standings(of item: ItemID) throws -> Standings {
        let tally = try tally(of: item)
        return try Self.counted(item.text) { () throws(CountingFault) in try tally.standings() }
    }

    /// The standings of several items, in their order, counted on two threads.
    ///
    /// - Parameter items: the items.
    /// - Returns: a list of standings, one an item.
    /// - Throws: the first refusal in the order of the items.
    public func standings(of items: [ItemID]) throws -> [Standings] {
        let results = Mutex<[Int: Result<Standings, any Error>]>([:])
        let next = Atomic(0)
        let appointed = try record.appointed()
        DispatchQueue.concurrentPerform(iterations: 2) { thread in
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < items.count else { return }
                let result = Result {
                    let tally = try tally(
                        of: items[number],
                        history: false,
                        beside: thread == 1 ? appointed : nil
                    )
                    return try Self.counted(items[number].text) { () throws(CountingFault) in
                        try tally.standings()
                    }
                }
                results.withLock { $0[number] = result }
            }
        }
        return try results.withLock { results in
            try items.indices.compactMap { try results[$0]?.get() }
        }
    }
}

/// An entrant's total explained, and how it compares with another's.
public struct Explained: Sendable {
    /// Who stands before whom, and by what; nil where one entrant was asked for.
    public let comparison: Text?
    /// The totals, down to each mark.
    public let lines: [ExplanationLine]
}

extension Office {
    /// What is open in standings, as warnings.
    public static func open(_ standings: Standings, in tally: ItemTally) -> [Finding] {
        Tally.open(standings, in: tally)
    }

    /// Explains a total, and why one entrant stands before another.
    public func explain(_ item: ItemID, _ entrant: String, _ other: String?) throws -> Explained {
        let tally = try tally(of: item, history: true)
        return try Self.explain(tally, entrant, other, place: item.text)
    }

    /// Explains a total from what it is counted from.
    static func explain(
        _ tally: ItemTally,
        _ entrant: String,
        _ other: String?,
        place: String
    ) throws -> Explained {
        let standings = try counted(place) { () throws(CountingFault) in try tally.standings() }
        func row(_ code: String) throws -> Standing {
            guard let row = EntrantID(code).flatMap(standings.row(of:)) else {
                throw Refusal(
                    "entrant.unknown",
                    Text("\(place) 没有选手 \(code)", "\(place) has no entrant \(code)")
                )
            }
            return row
        }
        let first = try row(entrant)
        var lines = try tally.explanation(of: first)
        guard let other else { return Explained(comparison: nil, lines: lines) }
        let second = try row(other)
        lines += try tally.explanation(of: second)
        return Explained(
            comparison: tally.comparison(of: first, with: second),
            lines: lines
        )
    }

    /// What changed between two publications, for people.
    ///
    /// - Parameters:
    ///   - earlier: the entry of the earlier publication.
    ///   - later: the entry of the later.
    /// - Returns: the changes, by item and entrant.
    /// - Throws: a ``Findings/Refusal`` where an entry is no publication.
    public func changes(from earlier: Int, to later: Int) throws -> [ResultsChange] {
        let old = try publication(at: earlier)
        return try publication(at: later).changes(since: old)
    }

    /// The results of a publication, with the names that the annex still knows.
    private func publication(at position: Int) throws -> ResultsSnapshot {
        guard
            let row = try record.publications().first(where: { $0.position == position }),
            let snapshot = try publication(row.snapshot)
        else {
            throw Refusal(
                "publish.unknown",
                Text(
                    "第 \(position) 条不是发布(laurel publish list 列出全部)",
                    "entry \(position) is no publication (laurel publish list shows them)"
                )
            )
        }
        return snapshot
    }

    /// The results under a hash; nil where there are none.
    func publication(_ hash: Digest) throws -> ResultsSnapshot? {
        guard let document = try record.document(hash),
            let snapshot = ResultsSnapshot(json: try JSONValue(parsing: document.content))
        else { return nil }
        let people = try record.people(snapshot.people)
        return snapshot.naming(people.mapValues(\.name))
    }

    /// Every publication, the first one first.
    ///
    /// - Returns: entry, hash and results of each.
    /// - Throws: what the store throws.
    public func publications() throws -> [(position: Int, hash: Digest, snapshot: ResultsSnapshot)]
    {
        try record.publications().compactMap { row in
            try publication(row.snapshot).map { (row.position, row.snapshot, $0) }
        }
    }
}
