internal import Competition
internal import Ledger
internal import Seal
internal import Secretariat
internal import Synchronization
internal import NIOPosix

/// Who follows which item, and what they are told: the board is computed once for all who watch, and
/// only the latest counts.
final class LiveHub: Sendable {
    typealias Stream = AsyncStream<[UInt8]>

    private struct State {
        var watchers: [ItemID: [Int: Stream.Continuation]] = [:]
        var next = 0
        /// Items that changed while their board was being computed.
        var stale: Set<ItemID> = []
        var isWorking = false
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
    func follow(_ item: ItemID, first: [UInt8]) -> Stream {
        let (stream, continuation) = Stream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.next += 1
            state.watchers[item, default: [:]][state.next] = continuation
            return state.next
        }
        metrics.watching(1)
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.watchers[item]?[id] = nil }
            self?.metrics.watching(-1)
        }
        continuation.yield(first)
        return stream
    }

    /// Hears of what was admitted.
    func changed(_ submissions: [Delivery]) {
        let codes = submissions.flatMap { submission in
            submission.statements.compactMap { signed in
                Self.telling.contains(signed.statement.kind)
                    ? signed.statement.body["item"]?.string : nil
            }
        }
        let items = Set(codes.compactMap { ItemID($0) })
        let isFirst = state.withLock { state in
            state.stale.formUnion(items.filter { !(state.watchers[$0] ?? [:]).isEmpty })
            guard !state.stale.isEmpty, !state.isWorking else { return false }
            state.isWorking = true
            return true
        }
        if isFirst { pool.submit { _ in self.work() } }
    }

    private static let telling: Set<StatementKind> = [
        .sheet, .reentry, .confirm, .sendBack, .standing, .penalty, .order, .settle, .lock,
        .cosign, .reopen, .reveal, .second, .publish,
    ]

    private func work() {
        while true {
            let item = state.withLock { state in
                let item = state.stale.popFirst()
                state.isWorking = item != nil
                return item
            }
            guard let item else { return }
            let event = Self.event(of: item, office)
            let watchers = state.withLock { Array(($0.watchers[item] ?? [:]).values) }
            for watcher in watchers { watcher.yield(event) }
        }
    }

    /// The board as an event; where there is none any more (it is published), that it ended.
    static func event(of item: ItemID, _ office: Office) -> [UInt8] {
        guard let board = try? Endpoints.live(item, office) else {
            return Array("event: end\ndata: {}\n\n".utf8)
        }
        return Array("event: board\ndata: ".utf8) + board.canonical + Array("\n\n".utf8)
    }
}
