import Foundation
import Ledger
import Seal
import Secretariat
import Synchronization

/// What judges, chiefs and watchers of one load run know in common.
final class LoadBoard: Sendable {
    /// An entrant that a chief confirmed: when the receipt came, by item.
    struct Confirmed: Sendable {
        let entrant: Int
        var receiptAt: ContinuousClock.Instant?
    }

    /// An answer, as it came.
    struct Answer: Sendable {
        let statement: Digest
        let status: Int
        let nanoseconds: Int64
        let body: [UInt8]
        let isAgain: Bool
    }

    private struct State {
        /// Sheets that are in, by item and entrant, and how many are still wanted.
        var sheets: [[[Digest]]]
        var confirmed: [[Confirmed]]
        var whole: [[Int]]
        /// First sightings by watchers: item, entrant, when.
        var seen: [(item: Int, entrant: Int, at: ContinuousClock.Instant)] = []
        var answers: [Answer] = []
        var broken = 0
        var working = 0
        var last: ContinuousClock.Instant = .now
    }

    private let state: Mutex<State>
    private let wanted: Int
    let deadline: ContinuousClock.Instant

    init(units: Int, deadline: ContinuousClock.Instant) {
        let empty: [[Digest]] = Array(repeating: [], count: LoadEvent.entrants)
        state = Mutex(
            State(
                sheets: Array(repeating: empty, count: LoadEvent.items),
                confirmed: Array(repeating: [], count: LoadEvent.items),
                whole: Array(repeating: [], count: LoadEvent.items)
            )
        )
        wanted = units * LoadEvent.judges
        self.deadline = deadline
    }

    func begins() { state.withLock { $0.working += 1 } }

    func ends(_ answers: [Answer], isBroken: Bool) {
        state.withLock { state in
            state.answers += answers
            state.working -= 1
            if isBroken { state.broken += 1 }
            state.last = .now
        }
    }

    /// A sheet is in; once an entrant's last one is, a chief has something to confirm.
    func admitted(_ item: Int, _ entrant: Int, _ statement: Digest) {
        state.withLock { state in
            state.sheets[item][entrant].append(statement)
            if state.sheets[item][entrant].count == wanted { state.whole[item].append(entrant) }
        }
    }

    /// The next entrant of an item whose sheets are whole, with them.
    func whole(_ item: Int) -> (entrant: Int, sheets: [Digest])? {
        state.withLock { state in
            guard let entrant = state.whole[item].popLast() else { return nil }
            state.confirmed[item].append(Confirmed(entrant: entrant, receiptAt: nil))
            return (entrant, state.sheets[item][entrant])
        }
    }

    func confirmed(_ item: Int, _ entrant: Int) {
        state.withLock { state in
            for index in state.confirmed[item].indices
            where state.confirmed[item][index].entrant == entrant {
                state.confirmed[item][index].receiptAt = .now
            }
        }
    }

    /// Which entrants of an item a watcher should look for.
    func awaited(_ item: Int) -> [Int] { state.withLock { $0.confirmed[item].map(\.entrant) } }

    func saw(_ item: Int, _ entrants: [Int]) {
        state.withLock { state in
            for entrant in entrants { state.seen.append((item, entrant, .now)) }
        }
    }

    var isDone: Bool { state.withLock { $0.working == 0 } }
    var lastAnswer: ContinuousClock.Instant { state.withLock { $0.last } }
    var broken: Int { state.withLock { $0.broken } }
    var answers: [Answer] { state.withLock { $0.answers } }

    /// For each sighting how long after the receipt it was, in milliseconds, and how many were due.
    func delays(watchersOf: (Int) -> Int) -> (delays: [Double], due: Int) {
        state.withLock { state in
            var receipts: [Int: ContinuousClock.Instant] = [:]
            var due = 0
            for item in state.confirmed.indices {
                for row in state.confirmed[item] {
                    guard let at = row.receiptAt else { continue }
                    receipts[item * LoadEvent.entrants + row.entrant] = at
                    due += watchersOf(item)
                }
            }
            let delays = state.seen.compactMap { sight -> Double? in
                receipts[sight.item * LoadEvent.entrants + sight.entrant].map {
                    max(0, milliseconds($0.duration(to: sight.at)))
                }
            }
            return (delays, due)
        }
    }
}

func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
}

/// The value below which a share of the list lies.
func percentile(_ share: Double, _ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}
