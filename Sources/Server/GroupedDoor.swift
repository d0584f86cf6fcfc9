internal import Findings
internal import Ledger
internal import NIOPosix
internal import Secretariat
internal import Synchronization

/// The record's one door for many at once.
///
/// What comes while a transaction is under way goes into the next one together, so that it is made
/// durable once; a caller hears of its receipts after that.
final class GroupedDoor: Sendable {
    typealias Answer = Result<[Receipt], any Error>

    private struct State {
        var waiting: [(CheckedDelivery, CheckedContinuation<[Receipt], any Error>)] = []
        /// How many statements wait.
        var statements = 0
        var isWorking = false
    }

    private let state = Mutex(State())
    private let office: Office
    private let pool: NIOThreadPool
    /// Nothing else keeps the door's one worker waiting.
    private let worker = NIOThreadPool(numberOfThreads: 1)
    /// More than this is told to come again.
    private static let patience = 100_000
    private let admitted: @Sendable ([Delivery]) -> Void

    /// Stands at the door; `admitted` hears of what came in, after it is durable.
    init(
        office: Office,
        pool: NIOThreadPool,
        admitted: @escaping @Sendable ([Delivery]) -> Void
    ) {
        self.office = office
        self.pool = pool
        self.admitted = admitted
        worker.start()
    }

    deinit { worker.shutdownGracefully { _ in } }

    /// Runs what takes a while away from the threads that serve connections.
    func aside<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await pool.runIfActive(body)
    }

    /// Admits a submission, all or none.
    func admit(_ submission: Delivery) async throws -> [Receipt] {
        try await admit(try await aside { CheckedDelivery(submission) })
    }

    /// Admits a submission whose signatures have been looked at, all or none.
    func admit(_ submission: CheckedDelivery) async throws -> [Receipt] {
        try await withCheckedThrowingContinuation { continuation in
            let count = submission.delivery.statements.count
            let (isLate, isFirst) = state.withLock { state in
                guard state.statements < Self.patience else { return (true, false) }
                state.statements += count
                state.waiting.append((submission, continuation))
                defer { state.isWorking = true }
                return (false, !state.isWorking)
            }
            if isLate { continuation.resume(throwing: Problem.busy) }
            if isFirst { worker.submit { _ in self.work() } }
        }
    }

    private func work() {
        while true {
            let batch = state.withLock { state in
                let batch = Array(state.waiting.prefix(256))
                state.waiting.removeFirst(batch.count)
                state.statements -= batch.reduce(0) { $0 + $1.0.delivery.statements.count }
                state.isWorking = !batch.isEmpty
                return batch
            }
            guard !batch.isEmpty else { return }
            do {
                let results = try office.record.admitEach(batch.map(\.0), at: office.now())
                var done: [Delivery] = []
                for ((submission, continuation), result) in zip(batch, results) {
                    switch result {
                    case .success(let receipts):
                        done.append(submission.delivery)
                        continuation.resume(returning: receipts)
                    case .failure(let refusal): continuation.resume(throwing: refusal)
                    }
                }
                admitted(done)
            } catch {
                for (_, continuation) in batch { continuation.resume(throwing: error) }
            }
        }
    }
}
