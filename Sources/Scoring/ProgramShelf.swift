internal import Synchronization

/// The programs that were made of one plan, so that a second tally need not make them again.
final class ProgramShelf: Sendable {
    private struct Key: Hashable {
        let panels: [Int]
        let judges: Int
        let group: String
    }

    private let programs = Mutex<[Key: FastProgram?]>([:])

    /// The program of a plan for a table of such panels and a group; nil where it needs the plain way.
    func program(_ plan: ScoringPlan, _ table: MarkTable, group: String) -> FastProgram? {
        let key = Key(panels: table.panels, judges: table.judges.count, group: group)
        if let known = programs.withLock({ $0[key] }) { return known }
        let made = FastProgram(plan: plan, table: table, group: group)
        programs.withLock { $0[key] = .some(made) }
        return made
    }
}
