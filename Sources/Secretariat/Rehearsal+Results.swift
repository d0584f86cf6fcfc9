public import Competition
internal import Exact
internal import Findings
internal import Foundation
internal import Ledger
internal import Scoring
internal import Seal
public import Snapshots

extension Rehearsal {
    /// What an upheld appeal did.
    public struct AppealStory: Sendable {
        /// The item.
        public let item: ContestItem
        /// The entrant who appealed.
        public let entrant: EntrantID
        /// What changed between the provisional and the final results.
        public let changes: [ResultsChange]
    }

    /// Publishes provisionally, takes an appeal through ruling and correction, disqualifies one entrant,
    /// and publishes the final results.
    public func publish() throws -> AppealStory? {
        let organiser = try ring.key("organiser")
        let provisional = try office.publish(.provisional, by: organiser)
        report(Step(title: Text("公示", "provisional results"), done: 1, total: 2))
        let story = try appeal()
        try disqualify(after: story?.item)
        // What was corrected is out for appeals again before it is final.
        _ = try office.publish(.provisional, by: organiser)
        clock.advance(minutes: office.catalogue.event.appealMinutes + 1)
        let final = try office.publish(.final, by: organiser)
        report(Step(title: Text("最终成绩", "final results"), done: 2, total: 2))
        return story.map {
            AppealStory(
                item: $0.item,
                entrant: $0.entrant,
                changes: final.changes(since: provisional)
            )
        }
    }

    /// The second of an item appeals against one judge's sheet; the panel upholds it; the judge
    /// corrects the sheet with a reason, and it is confirmed and locked again.
    private func appeal() throws -> (item: ContestItem, entrant: EntrantID)? {
        for item in try closest() {
            let standings = try office.standings(of: item.id)
            guard let second = standings.rows.first(where: { $0.rank == 2 }),
                let (sheet, id) = try wholeJudgeSheet(of: second.entrant.id, item)
            else { continue }
            let leader = try ring.key("L-" + second.entrant.delegation.text)
            let arbitration = try ring.key("arbitration-1")
            let code: JSONValue = .string(item.id.text)
            let appeal = try office.appeal(
                item.id,
                second.entrant.id.text,
                grounds: "裁判 \(sheet.judge?.text ?? "") 漏记得分(演练)",
                by: leader
            )
            _ = try office.say(
                .ruling,
                [
                    .init("appeal", .int(appeal.position)), .init("item", code),
                    .init("upheld", true),
                ],
                "reason",
                "调阅录像,漏记属实(演练)",
                by: arbitration
            )
            try reopen(item, "申诉成立,更正评分表(演练)")
            try correct(sheet, replacing: id, item)
            try close(item)
            return (item, second.entrant.id)
        }
        return nil
    }

    /// The items in which first and second are closest, the closest first.
    private func closest() throws -> [ContestItem] {
        var gaps: [(gap: Rational, item: ContestItem)] = []
        for item in items {
            let rows = try office.standings(of: item.id).rows
            let totals = rows.prefix(2).compactMap(\.total.value)
            guard totals.count == 2, totals[0] > totals[1] else { continue }
            gaps.append((try totals[0].minus(totals[1]), item))
        }
        return gaps.sorted { $0.gap != $1.gap ? $0.gap < $1.gap : $0.item.id < $1.item.id }.map(
            \.item
        )
    }

    private func wholeJudgeSheet(
        of entrant: EntrantID,
        _ item: ContestItem
    ) throws -> (SheetRow, Digest)? {
        let sheets = try office.record.sheets(of: item.id)
        guard
            let sheet = sheets.first(where: { $0.entrant == entrant && $0.judge != nil }),
            let id = try office.record.statement(at: sheet.position)?.id
        else { return nil }
        return (sheet, id)
    }

    /// Raises the judge's marks, within each aspect's range, and says why.
    private func correct(
        _ sheet: SheetRow,
        replacing id: Digest,
        _ item: ContestItem
    ) throws {
        guard let card = office.catalogue.cards[item.id],
            let hash = office.catalogue.cardHashes[item.id], let judge = sheet.judge,
            let unit = card.units.first(where: { $0.id == sheet.unit })
        else { return }
        let others = try office.record.sheets(of: item.id).filter { other in
            other.entrant == sheet.entrant && other.unit == sheet.unit
                && other.attempt == sheet.attempt && other.judge != nil && other.judge != judge
        }
        let marks = zip(unit.judged, sheet.marks).enumerated().map { index, pair in
            let (slot, mark) = pair
            guard let read = try? slot.aspect.read(slot.aspect.marking.range.greatest.shortest)
            else { return mark }
            guard case .judgement(_, let spread, _) = slot.aspect.marking else { return read }
            // No further from the other judges than the card lets them be apart.
            let beside = others.map { $0.marks[index] }.filter(StoredMark.isMark)
            return min(read, max(mark, (beside.min() ?? read) + Int32(spread)))
        }
        let content = SheetContent(
            item: item.id,
            unit: sheet.unit,
            entrant: sheet.entrant,
            judge: judge,
            attempt: sheet.attempt,
            card: hash,
            marks: marks,
            replaces: id,
            reason: "申诉裁决后更正(演练)"
        )
        try office.say(.sheet, content.body, by: try ring.key(judge.text))
    }

    /// One entrant of another item is disqualified after the provisional results.
    private func disqualify(after appealed: ContestItem?) throws {
        guard let item = items.last(where: { $0.id != appealed?.id }),
            let row = try office.standings(of: item.id).rows.first(where: { $0.rank == 3 })
        else { return }
        try reopen(item, "查实违规(演练)")
        var violation = Violation(
            item: item.id,
            subject: row.entrant.id.text,
            measure: .disqualification,
            conduct: "携带通信设备(演练)"
        )
        violation.delegation = row.entrant.delegation.text
        _ = try office.enter(violation, by: try ring.key("arbitration-1"))
        try close(item)
    }

    /// Opens an item again: one asks, another agrees.
    private func reopen(_ item: ContestItem, _ reason: String) throws {
        try office.say(
            .reopen,
            ["item": .string(item.id.text), "reason": .string(reason)],
            by: try ring.key("arbitration-1")
        )
        _ = try office.second(item.id, by: "SV-" + item.id.text, in: ring)
    }

    /// Proposes the honours and confers them as a second person.
    public func honour() throws -> (proposed: Int, conferred: Int) {
        let proposed = try office.proposeHonours(by: try ring.key("organiser"))
        let conferred = try office.conferHonours(
            by: try ring.key("organiser-2")
        ).receipts
        report(Step(title: Text("荣誉", "honours"), done: proposed.count, total: proposed.count))
        return (proposed.count, conferred.count)
    }

    /// Pulls the winners of one city as its bureau does, which the ledger records.
    public func pull(city: String) throws -> [Winner] {
        let (winners, _) = try office.winners(city: city)
        _ = try office.notePull(city: city, count: winners.count, by: try ring.key("B-" + city))
        return winners
    }
}
