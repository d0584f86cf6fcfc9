public import Competition
internal import Exact
public import Findings
internal import Honours
public import Ledger
internal import Scoring
public import Seal
internal import Snapshots

/// What an upheld appeal would be answered with.
public enum Remedy: Sendable {
    /// Corrected marks: a marks table of those that would be others.
    case marks(file: String)
    /// Marks off, a part void, or a status, for one entrant.
    case ruling(entrant: String, deduct: String?, void: String?, status: EntrantStatus?)
}

/// What a ruling sets going: shown before it is entered, and kept with it.
public struct Consequences: Sendable {
    /// One line each, for people: places and awards, honours, payments.
    public let lines: [Text]

    /// As the record keeps it.
    var json: JSONValue {
        .array(lines.map { ["en": .string($0.en), "zh": .string($0.zh)] })
    }
}

extension Office {
    /// What marks off, a void part or a status would change.
    public func whatIf(
        _ item: ItemID,
        entrant code: String,
        deduct: String?,
        void: String?,
        status: EntrantStatus?
    ) throws -> WhatIf {
        let now = try tally(of: item)
        guard let id = EntrantID(code), now.inputs.contains(where: { $0.entrant.id == id }) else {
            throw Refusal(
                "entrant.unknown",
                Text("\(item.text) 没有选手 \(code)", "\(item.text) has no entrant \(code)")
            )
        }
        let taken: Rational
        do {
            taken = try deduct.map { try DecimalText($0).value } ?? .zero
        } catch {
            throw Refusal(
                "penalty.deduction",
                Text("“\(deduct ?? "")”不是分数", "\"\(deduct ?? "")\" is no number of marks")
            )
        }
        guard taken >= .zero else {
            throw Refusal(
                "penalty.deduction",
                Text("扣分应为不小于 0 的数", "the deduction must be a number from 0")
            )
        }
        if let void, !now.plan.card.parts.contains(where: { $0.id.text == void }) {
            throw Refusal(
                "penalty.part",
                Text("评分标准没有模块 \(void)", "the card has no part \(void)")
            )
        }
        let inputs = try now.inputs.map { input -> EntrantInput in
            guard input.entrant.id == id else { return input }
            var entrant = input.entrant
            if let status { entrant.status = status }
            return EntrantInput(
                entrant: entrant,
                deduction: try input.deduction.plus(taken),
                voidParts: input.voidParts.union(void.flatMap { NodeID($0) }.map { [$0] } ?? []),
                external: input.external,
                session: input.session,
                team: input.team
            )
        }
        let then = try Self.counted(item.text) { () throws(CountingFault) in
            try ItemTally(plan: now.plan, inputs: inputs, table: now.table, rulings: now.rulings)
        }
        return try whatIf(item, now, then, [])
    }

    /// What a remedy would set going: places and awards, honours in the register that fall or rise,
    /// and what was already paid to whoever loses one.
    public func consequences(of remedy: Remedy, in item: ItemID) throws -> Consequences {
        let result: WhatIf =
            switch remedy {
            case .marks(let file): try whatIf(item, correct: file)
            case .ruling(let entrant, let deduct, let void, let status):
                try whatIf(item, entrant: entrant, deduct: deduct, void: void, status: status)
            }
        var lines: [Text] = []
        func place(_ row: ResultRow) -> String { row.rank.map(String.init) ?? "–" }
        for change in result.changes {
            let (was, now) = (change.before, change.after)
            let values =
                "\(place(was)) → \(place(now)), \(was.total ?? was.status) → \(now.total ?? now.status), \(was.award) → \(now.award)"
            lines.append(
                Text(
                    "\(change.entrant):名次、总分、奖项 \(values)",
                    "\(change.entrant): place, total, award \(values)"
                )
            )
        }
        let register = Dictionary(
            try record.honours().map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        for lost in result.lost {
            let title = lost.rule.title
            let state = register[lost.id]?.state ?? "-"
            lines.append(
                Text(
                    "\(lost.candidate.entrant) 失去:\(title.zh)(登记状态 \(state))",
                    "\(lost.candidate.entrant) loses: \(title.en) (in the register: \(state))"
                )
            )
            if state == "conferred" {
                lines.append(
                    Text(
                        "  已授予,须撤销;已签发的凭证随之撤销",
                        "  it is conferred and must be revoked, and any credential of it with it"
                    )
                )
            }
            guard let person = Digest(hex: lost.candidate.person) else { continue }
            for payment in try record.payments(to: person) {
                let yuan = Money(amountFen: payment.amountFen).yuanText
                lines.append(
                    Text(
                        "  已发放 \(payment.benefit) \(payment.month ?? "") \(yuan) 元,待复核",
                        "  already paid: \(payment.benefit) \(payment.month ?? "") \(yuan) yuan, to be reviewed"
                    )
                )
            }
        }
        for gained in result.gained {
            let title = gained.rule.title
            lines.append(
                Text(
                    "\(gained.candidate.entrant) 得到:\(title.zh)",
                    "\(gained.candidate.entrant) gains: \(title.en)"
                )
            )
        }
        if lines.isEmpty {
            lines.append(
                Text("名次、奖项、荣誉都不变", "no place, award or honour would change")
            )
        }
        return Consequences(lines: lines)
    }

    /// 裁决: rules on an appeal; what the remedy sets going is kept with the ruling.
    public func rule(
        on appeal: AppealRow,
        upheld: Bool,
        reason: String,
        consequences: Consequences?,
        by key: SigningKey
    ) throws -> Receipt {
        var members: [JSONValue.Member] = [
            .init("appeal", .int(appeal.position)), .init("item", .string(appeal.item)),
            .init("upheld", .bool(upheld)),
        ]
        var documents: [Document] = []
        if let consequences {
            let document = Document(
                kind: "consequences",
                name: "\(appeal.item)/\(appeal.position)",
                content: consequences.json.canonical
            )
            documents.append(document)
            members.append(.init("consequences", .string(document.hash.hex)))
        }
        return try say(.ruling, members, "reason", reason, by: key, documents: documents)
    }
}
