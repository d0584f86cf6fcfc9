internal import Findings
internal import Foundation
public import Ledger
public import Seal
internal import Secretariat
internal import Synchronization

/// How what is said here reaches the record.
extension WorkingCopy {
    /// Hands statements to the server's door; while it can't be reached they wait here.
    public func admit(
        _ statements: [SignedStatement],
        documents: [Document],
        people: [PersonRecord],
        notes: [NoteRecord]
    ) throws -> [Receipt] {
        let delivery = Delivery(statements, documents: documents, people: people, notes: notes)
        // A key that is to be replaced could not sign for what waits behind it.
        if statements.contains(where: { $0.statement.kind == .rotate }) {
            return try state.withLock { state in try deliverNow(delivery, &state) }
        }
        return try state.withLock { state in
            do {
                guard now() >= restsUntil.load(ordering: .relaxed) else {
                    throw Unreachable("rests")
                }
                try flush(&state)
                let receipts = try deliver(delivery)
                follow(delivery, &state)
                return receipts
            } catch is Unreachable {
                return try keepLocally(delivery, &state, waits: true)
            }
        }
    }

    /// What was delivered is in the record: that the copy can't follow yet, or that the key reads no more,
    /// takes nothing back.
    private func follow(_ delivery: Delivery, _ state: inout State) {
        do {
            try catchUp(&state)
        } catch {
            _ = try? keepLocally(delivery, &state, waits: false)
        }
    }

    /// Delivers what must not wait.
    private func deliverNow(_ delivery: Delivery, _ state: inout State) throws -> [Receipt] {
        do {
            _ = try line.greet()
            try flush(&state)
        } catch let error as Unreachable {
            throw Refusal(
                "remote.unreachable",
                Text(
                    "连不上 \(settings.server.text)(\(error.reason.zh)):此事不能留待以后发送",
                    "\(settings.server.text) can't be reached (\(error.reason.en)): this can't wait for later"
                ),
                at: Place(file: "--server")
            )
        }
        guard state.outbox.refused.isEmpty else {
            throw Refusal(
                "remote.refused",
                Text(
                    "本机还有未被受理的各项,以旧密钥加密:先用 laurel queue 查看并忘掉(--forget)或重发(--again)",
                    "what was refused is kept here, sealed by the key: see laurel queue, and forget it (--forget) or send it again (--again) first"
                )
            )
        }
        for _ in 0..<3 {
            do {
                let receipts = try deliver(delivery)
                follow(delivery, &state)
                return receipts
            } catch is Unreachable {
                // The same statement is admitted once, however often it comes.
                continue
            }
        }
        throw Refusal(
            "remote.unknown",
            Text(
                "网络中断:不知道档案是否已受理;网络恢复后请再执行同一命令",
                "the network went down: whether the record took it is not known; run the same command again when it is back"
            )
        )
    }

    /// Hands on a signed head of the tree.
    public func keep(checkpoint: SignedNote) throws {
        do {
            _ = try line.post("/api/v1/checkpoints", ["note": .string(checkpoint.rendered)])
        } catch is Unreachable {
            settings.report(
                Text("检查点未能送达;可稍后再做", "the checkpoint did not arrive; make it again later")
            )
        }
    }

    @discardableResult
    private func keepLocally(
        _ delivery: Delivery,
        _ state: inout State,
        waits: Bool
    ) throws -> [Receipt] {
        guard let office = office.withLock({ $0 }) else { throw RecordError.damaged("copy") }
        let receipts = try put(delivery, into: office.record, state)
        state.isAhead = true
        guard waits else { return receipts }
        try state.outbox.alone { try state.outbox.add(delivery) }
        count.store(state.outbox.waiting.count, ordering: .relaxed)
        if restsUntil.load(ordering: .relaxed) <= now() {
            restsUntil.store(now() + settings.rest * 1000, ordering: .relaxed)
        }
        if state.isOnline {
            settings.report(
                Text(
                    "网络中断:提交的内容加密存于本机,恢复后自动发送",
                    "the network is down: what is handed in is kept here, encrypted, and sent when it returns"
                )
            )
        }
        state.isOnline = false
        return receipts
    }

    @discardableResult
    func put(
        _ delivery: Delivery,
        into record: Record,
        _ state: State
    ) throws -> [Receipt] {
        try record.admitHere(
            delivery.statements,
            documents: delivery.documents,
            people: delivery.people,
            notes: delivery.notes,
            at: now(),
            beyond: state.reached
        )
    }

    private func deliver(_ delivery: Delivery) throws -> [Receipt] {
        let answer = try line.deliver(delivery)
        let receipts = (answer["receipts"]?.array ?? []).compactMap { Receipt(json: $0) }
        guard receipts.count == delivery.statements.count else {
            throw Unreachable("no receipt")
        }
        return receipts
    }

    /// Sends what waits, the oldest first; what is refused is set aside with the reason.
    func flush(_ state: inout State) throws {
        defer { count.store(state.outbox.waiting.count, ordering: .relaxed) }
        try state.outbox.alone {
            // Another command of the key may have left something, or sent it.
            try state.outbox.load()
            guard !state.outbox.waiting.isEmpty else { return }
            if let record = office.withLock({ $0 })?.record, try !isSame(record) {
                throw Unreachable("another record")
            }
            var sent = 0
            while let delivery = state.outbox.waiting.first {
                do {
                    _ = try deliver(delivery)
                    try state.outbox.sent()
                    sent += 1
                } catch let refusal as Refusal {
                    try state.outbox.turnedAway(refusal.findings)
                    let why = refusal.findings.map(\.message)
                    settings.report(
                        Text(
                            "先前存于本机的一项提交未被受理:\(why.map(\.zh).joined(separator: ";"))(laurel queue 可查看)",
                            "something that waited here was refused: \(why.map(\.en).joined(separator: "; ")) (laurel queue shows it)"
                        )
                    )
                }
            }
            guard sent > 0 else { return }
            settings.report(
                Text("网络已恢复:已发送 \(sent) 项", "the network is back: \(sent) sent")
            )
        }
    }
}
