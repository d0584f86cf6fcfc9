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
        var waiting: [(Delivery, CheckedContinuation<[Receipt], any Error>)] = []
        var isWorking = false
    }

    private let state = Mutex(State())
    private let office: Office
    private let pool: NIOThreadPool
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
    }

    /// Admits a submission, all or none.
    func admit(_ submission: Delivery) async throws -> [Receipt] {
        try await withCheckedThrowingContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiting.append((submission, continuation))
                defer { state.isWorking = true }
                return !state.isWorking
            }
            if isFirst { pool.submit { _ in self.work() } }
        }
    }

    private func work() {
        while true {
            let batch = state.withLock { state in
                let batch = Array(state.waiting.prefix(256))
                state.waiting.removeFirst(batch.count)
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
                        done.append(submission)
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
