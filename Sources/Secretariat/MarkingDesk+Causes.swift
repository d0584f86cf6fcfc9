internal import Competition
internal import Ledger

/// Why sheets come back.
extension MarkingDesk {
    func causes(_ place: Task, _ sheet: SheetRow, _ board: MarkingBoard) -> [Cause] {
        // What somebody else entered for a judge is theirs to correct, unless it is the judge's own.
        let isOwn = place.judge?.text == name || persons.contains(sheet.person)
        guard isOwn else { return [] }
        var causes: [Cause] = []
        if let returned = board.returned[sheet.position] {
            let columns = returned.aspects.compactMap { column(of: $0, place) }
            let reason = (try? office.record.note(returned.reason)) ?? nil
            causes.append(.sentBack(columns: columns, reason: reason ?? ""))
        }
        if !sheet.differs.isEmpty { causes.append(differing(place, sheet)) }
        if place.judge != nil {
            causes += board.spreads.filter {
                $0.entrant == place.entrant && $0.unit == place.unit && $0.attempt == place.attempt
            }.map {
                .spread(
                    column: $0.column,
                    lowest: $0.lowest,
                    highest: $0.highest,
                    allowed: $0.allowed
                )
            }
        }
        return causes
    }

    func differing(_ place: Task, _ sheet: SheetRow) -> Cause {
        .differs(columns: sheet.differs.compactMap { column(of: $0, place) })
    }

    func column(of address: String, _ task: Task) -> Int? {
        slots(task).firstIndex { $0.address == address }
    }
}
