internal import Competition
internal import Findings
internal import Ledger
internal import Seal
internal import NIOCore
internal import NIOPosix
internal import Secretariat
internal import Synchronization

/// Who follows which item, and what they are told: the board is computed once for all who watch, and
/// only the latest counts.
final class LiveHub: Sendable {
    typealias Stream = AsyncStream<[UInt8]>

    /// What a stream begins with, and how often the item had changed before it was read.
    struct First: Sendable {
        let event: [UInt8]
        let changes: Int
    }

    private struct State {
        var watchers: [ItemID: [Int: Stream.Continuation]] = [:]
        var next = 0
        /// Items that changed while their board was being computed.
        var stale: Set<ItemID> = []
        var isWorking = false
        /// Boards of the last second, so that a hall of screens that switch on together asks once.
        var fresh: [ItemID: (board: First, at: ContinuousClock.Instant)] = [:]
        /// How often each item has changed.
        var changes: [ItemID: Int] = [:]

        /// Whether there is work that nobody does yet; from now on the caller does it.
        mutating func begins() -> Bool {
            guard !stale.isEmpty, !isWorking else { return false }
            isWorking = true
            return true
        }
    }

    private let state = Mutex(State())
    private let office: Office
    private let pool: NIOThreadPool
    private let metrics: Metrics

    init(office: Office, pool: NIOThreadPool, metrics: Metrics) {
        self.office = office
        self.pool = pool
        self.metrics = metrics
    }

    /// Begins to follow an item; the stream begins with the board as it is.
    func follow(_ item: ItemID, first: First) -> Stream {
        let (stream, continuation) = Stream.makeStream(bufferingPolicy: .bufferingNewest(1))
        continuation.yield(first.event)
        let (id, isFirst) = state.withLock { state in
            state.next += 1
            state.watchers[item, default: [:]][state.next] = continuation
            // What changed between the reading and now is told like any change.
            if state.changes[item] ?? 0 != first.changes { state.stale.insert(item) }
            return (state.next, state.begins())
        }
        metrics.watching(1)
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.watchers[item]?[id] = nil }
            self?.metrics.watching(-1)
        }
        if isFirst { pool.submit { _ in self.work() } }
        return stream
    }

    /// Hears of what was admitted.
    func changed(_ submissions: [Delivery]) {
        let telling = submissions.flatMap { submission in
            submission.statements.map(\.statement).filter(Self.tells)
        }
        guard !telling.isEmpty else { return }
        // What names no item, such as a publication, may be of any.
        let named = telling.map { $0.body["item"]?.string.flatMap { ItemID($0) } }
        let isFirst = state.withLock { state in
            let items =
                named.contains(nil) ? Set(state.watchers.keys) : Set(named.compactMap(\.self))
            for item in items { state.changes[item, default: 0] += 1 }
            state.stale.formUnion(items.filter { !(state.watchers[$0] ?? [:]).isEmpty })
            return state.begins()
        }
        if isFirst { pool.submit { _ in self.work() } }
    }

    /// Whether a statement may change a board: a first sheet is on none before it is confirmed.
    private static func tells(_ statement: Statement) -> Bool {
        guard statement.kind == .sheet else { return telling.contains(statement.kind) }
        return statement.body["replaces"] != nil
    }

    private static let telling: Set<StatementKind> = [
        .reentry, .confirm, .sendBack, .standing, .penalty, .order, .settle, .lock,
        .cosign, .reopen, .reveal, .second, .publish,
    ]

    private func work() {
        let start = ContinuousClock.now
        let items = state.withLock { state in
            defer { state.stale = [] }
            return state.stale
        }
        for item in items {
            guard let event = event(of: item) else { continue }
            let watchers = state.withLock { Array(($0.watchers[item] ?? [:]).values) }
            for watcher in watchers { watcher.yield(event) }
        }
        // A rest as long as the work, but nobody waits a second: what changes in the meantime is told
        // together.
        let rest = min(max(.now - start, .milliseconds(20)), .milliseconds(100))
        MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: TimeAmount(rest)) { [self] in
            let isMore = state.withLock { state in
                state.isWorking = !state.stale.isEmpty
                return state.isWorking
            }
            if isMore { pool.submit { _ in self.work() } }
        }
    }

    /// The board that a stream begins with.
    ///
    /// - Throws: a `Refusal` where the item may not be shown.
    func first(of item: ItemID) throws -> First {
        let start = ContinuousClock.now
        let (fresh, changes) = state.withLock { ($0.fresh[item], $0.changes[item] ?? 0) }
        if let fresh, start - fresh.at < .seconds(1), fresh.board.changes == changes {
            return fresh.board
        }
        let event = Self.event(try Endpoints.live(item, office))
        let first = First(event: event, changes: changes)
        state.withLock { $0.fresh[item] = (first, start) }
        return first
    }

    private static func event(_ board: JSONValue) -> [UInt8] {
        Array("event: board\ndata: ".utf8) + board.canonical + Array("\n\n".utf8)
    }

    /// The board as an event; where there is none any more (it is published), that it ended; nil where it
    /// can't be read now.
    private func event(of item: ItemID) -> [UInt8]? {
        do {
            return Self.event(try Endpoints.live(item, office))
        } catch is Refusal {
            return Array("event: end\ndata: {}\n\n".utf8)
        } catch is Problem {
            return Array("event: end\ndata: {}\n\n".utf8)
        } catch {
            return nil
        }
    }
}
