public import Competition
internal import Findings
public import Ledger
public import Seal

extension Office {
    /// The step that a layer's draw is at.
    public enum DrawStep: Sendable {
        /// The holder has committed; the supervisor or chief judge is next.
        case committed(Receipt)
        /// The numbers are drawn.
        case drawn(Receipt)
    }

    /// The name under which a keyring keeps the secret of a layer.
    public static func secretName(_ item: ItemID, _ layer: Int) -> String {
        "draw/\(item.text)/\(layer)"
    }

    /// 承诺: commits to a new secret, which the keyring keeps before anything is said.
    public func commitDraw(
        _ item: ItemID,
        layer: Int,
        by name: String,
        in ring: inout Keyring,
        reason: String? = nil,
        secret: [UInt8] = randomBytes(32)
    ) throws -> Receipt {
        guard let lot = Lot(secret: secret) else { throw RecordError.damaged("secret") }
        let subject = Record.lotSubject(event: catalogue.event.id, item: item, layer: layer)
        var body: [JSONValue.Member] = [
            .init("commitment", .string(lot.commitment(to: subject).hex)),
            .init("item", .string(item.text)), .init("layer", .int(layer)),
        ]
        if let reason { body.append(.init("reason", .string(reason))) }
        let statement = try statement(.commit, .object(body), by: try ring.key(name))
        // A secret that is lost makes the numbers unreadable: it is on the disk before the promise.
        let old = ring
        ring.keep(secret, as: Self.secretName(item, layer))
        try ring.save()
        do {
            return try admitted(statement)
        } catch {
            ring = old
            try ring.save()
            throw error
        }
    }

    private func admitted(_ statement: SignedStatement) throws -> Receipt {
        guard let receipt = try record.admit([statement], at: now()).first else {
            throw RecordError.damaged("receipt")
        }
        return receipt
    }

    /// 抽签: draws the numbers of a layer that is committed to and witnessed.
    public func draw(
        _ item: ItemID,
        layer: Int,
        by name: String,
        in ring: Keyring
    ) throws -> Receipt {
        let secret = try ring.secret(Self.secretName(item, layer))
        guard let lot = Lot(secret: secret) else { throw RecordError.damaged("secret") }
        let body = try record.drawBody(item: item, layer: layer, lot: lot, at: now())
        return try say(.draw, body, by: try ring.key(name))
    }

    /// The next step of an item's draw: commits, or draws what is committed to and witnessed.
    public func nextDraw(
        _ item: ItemID,
        layer: Int?,
        by name: String,
        in ring: inout Keyring,
        again reason: String? = nil
    ) throws -> DrawStep {
        let layers = try record.draws(of: item)
        if let last = layers.last, last.numbers.isEmpty, last.isWitnessed, reason == nil {
            return .drawn(try draw(item, layer: last.layer, by: name, in: ring))
        }
        if let last = layers.last, last.numbers.isEmpty, !last.isWitnessed, reason == nil {
            throw Refusal(
                "draw.witness",
                Text(
                    "第 \(last.layer) 层已承诺,须先由监督或裁判长附议:laurel second \(item.text)",
                    "layer \(last.layer) is committed to; the supervisor or chief judge seconds it first: laurel second \(item.text)"
                )
            )
        }
        // What is drawn again is drawn from the outside in, unless a layer is named.
        let next = layer ?? (reason == nil ? layers.count + 1 : 1)
        return .committed(try commitDraw(item, layer: next, by: name, in: &ring, reason: reason))
    }

    /// Asks that the innermost layer that is still closed be opened.
    public func askReveal(_ item: ItemID, by key: SigningKey) throws -> Receipt {
        let closed = try record.draws(of: item).last { $0.sources.isEmpty && !$0.numbers.isEmpty }
        guard let closed else {
            throw Refusal("reveal.open", Text("没有待解密的层", "no layer is still closed"))
        }
        return try say(
            .reveal,
            ["item": .string(item.text), "layer": .int(closed.layer)],
            by: key
        )
    }

    /// 附议: says yes, as the second person, to what waits: of an item, or of none.
    ///
    /// Where a layer of numbers is to be opened, the holder's secret goes with it.
    public func second(
        _ item: ItemID?,
        kind: StatementKind? = nil,
        by name: String,
        in ring: Keyring,
        nonce: [UInt8]? = nil
    ) throws -> (PendingRow, Receipt) {
        let key = try ring.key(name)
        let waiting = try record.pending().filter {
            $0.item == item && (kind == nil || $0.kind == kind)
        }
        // The latest is what people are talking about.
        guard let row = waiting.last else {
            throw Refusal(
                "second.unknown",
                Text("没有等待附议的陈述", "nothing awaits a second person")
            )
        }
        var body: [JSONValue.Member] = [.init("of", .string(row.id.hex))]
        if let item { body.append(.init("item", .string(item.text))) }
        if row.kind == .reveal, let item, let layer = row.layer {
            let secret = try ring.secret(Self.secretName(item, layer))
            body.append(.init("secret", .string(secret.hex)))
        }
        return (row, try admitted(try statement(.second, .object(body), by: key, nonce: nonce)))
    }
}
