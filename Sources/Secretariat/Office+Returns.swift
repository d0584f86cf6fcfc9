internal import Scoring
public import Competition
internal import Findings
public import Ledger
public import Seal

/// What a remark is about; nothing named is the item.
public struct RemarkSubject: Sendable {
    /// The entrant or blind number.
    public var entrant: String?
    /// The aspect, as part.aspect.
    public var aspect: String?
    /// The unit of the card.
    public var unit: NodeID?
    /// The judge whose sheet it is.
    public var judge: JudgeID?
    /// The attempt, from 1.
    public var attempt: Int?

    /// Names what it is about.
    public init(
        entrant: String? = nil,
        aspect: String? = nil,
        unit: NodeID? = nil,
        judge: JudgeID? = nil,
        attempt: Int? = nil
    ) {
        self.entrant = entrant
        self.aspect = aspect
        self.unit = unit
        self.judge = judge
        self.attempt = attempt
    }

    /// The members of the statement, without its words.
    func members(_ item: ItemID, isFlag: Bool) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("flag", .bool(isFlag)), .init("item", .string(item.text)),
        ]
        let texts = [
            ("aspect", aspect), ("entrant", entrant), ("judge", judge?.text), ("unit", unit?.text),
        ]
        for (name, text) in texts {
            if let text { members.append(.init(name, .string(text))) }
        }
        if let attempt { members.append(.init("attempt", .int(attempt))) }
        return members
    }
}

extension Office {
    /// 退回: sends a sheet that stands back to whoever entered it.
    ///
    /// - Parameters:
    ///   - place: the sheet.
    ///   - aspects: for which aspects, as part.aspect; none are all.
    ///   - item: the item.
    ///   - reason: why.
    ///   - key: the chief judge's, a supervisor's or a recorder's.
    /// - Returns: the receipt.
    /// - Throws: a `Refusal` where there is no such sheet, or with what the door refuses.
    public func sendBack(
        _ place: MarkingBoard.Place,
        aspects: [String],
        of item: ItemID,
        reason: String,
        by key: SigningKey
    ) throws -> Receipt {
        let unit = try plan(of: item).card.units[place.unit].id
        let row = try record.sheets(of: item).first {
            $0.entrant == place.entrant && $0.unit == unit && $0.judge == place.judge
                && $0.attempt == place.attempt
        }
        guard let row, let id = try record.statement(at: row.position)?.id else {
            throw Refusal(
                "return.unknown",
                Text(
                    "\(place.entrant.text) 的 \(unit.text) 没有 \(place.judge?.text ?? "裁判组") 的评分表",
                    "\(place.entrant.text) has no sheet of \(place.judge?.text ?? "the panel") for \(unit.text)"
                )
            )
        }
        return try say(
            .sendBack,
            [
                .init("aspects", .array(aspects.map(JSONValue.string))),
                .init("item", .string(item.text)), .init("sheet", .string(id.hex)),
            ],
            "reason",
            reason,
            by: key
        )
    }

    /// Makes a remark, or asks the chief judge.
    ///
    /// - Parameters:
    ///   - words: what is said.
    ///   - subject: what it is about.
    ///   - item: the item.
    ///   - isFlag: whether it asks the chief judge.
    ///   - key: whose remark it is.
    /// - Returns: the receipt.
    /// - Throws: what the door refuses.
    public func remark(
        _ words: String,
        on subject: RemarkSubject = RemarkSubject(),
        of item: ItemID,
        isFlag: Bool,
        by key: SigningKey
    ) throws -> Receipt {
        try say(.remark, subject.members(item, isFlag: isFlag), "words", words, by: key)
    }

    /// Answers a question, as the chief judge.
    ///
    /// - Parameters:
    ///   - question: the question's position in the chain.
    ///   - item: the item.
    ///   - words: the answer.
    ///   - key: the chief judge's.
    /// - Returns: the receipt.
    /// - Throws: a `Refusal` where there is no such question, or with what the door refuses.
    public func answer(
        _ question: Int,
        of item: ItemID,
        words: String,
        by key: SigningKey
    ) throws -> Receipt {
        guard
            let asked = try record.remarks(of: item).first(where: { $0.position == question })
        else {
            throw Refusal(
                "remark.answers",
                Text(
                    "\(item.text) 没有第 \(question) 条提请",
                    "\(item.text) has no question at entry \(question)"
                )
            )
        }
        return try say(
            .remark,
            [
                .init("answers", .string(asked.id.hex)), .init("flag", .bool(false)),
                .init("item", .string(item.text)),
            ],
            "words",
            words,
            by: key
        )
    }
}
