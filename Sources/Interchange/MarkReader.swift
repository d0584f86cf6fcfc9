internal import Competition
internal import Findings
internal import Scoring

/// A field of a mark, by what it says.
enum MarkField {
    case entrant
    case part
    case aspect
    case judge
    case mark
    case attempt
    case review
}

/// The fields of one mark, wherever they stand: in a row of text, in a row of a worksheet, or
/// around a cell of a form.
protocol MarkFields {
    /// A field without the blanks around it; nil where there is no such column.
    func text(_ field: MarkField) -> String?

    /// Where a field stands, or would stand.
    func place(_ field: MarkField) -> Place

    /// What was entered as the mark of an aspect.
    func mark(of aspect: Aspect) throws(Refusal) -> String
}

/// Reads marks against a card; the one reader for all kinds of tables.
struct MarkReader {
    let plan: ScoringPlan
    private var numbers: [String: Int] = [:]

    init(plan: ScoringPlan) { self.plan = plan }

    /// Reads one mark.
    mutating func mark(_ fields: some MarkFields) throws(Refusal) -> MarksFile.Mark {
        func refuse(_ field: MarkField, _ code: String, _ zh: String, _ en: String) -> Refusal {
            Refusal(code, Text(zh, en), at: fields.place(field))
        }
        let entrant = try Self.entrant(
            fields.text(.entrant) ?? "",
            at: { fields.place(.entrant) }
        )
        let number = try aspect(
            part: fields.text(.part) ?? "",
            aspect: fields.text(.aspect) ?? "",
            at: fields.place
        )
        let planned = plan.aspects[number]
        var judge: JudgeID?
        if let text = fields.text(.judge), !text.isEmpty {
            guard let id = JudgeID(text) else {
                throw refuse(
                    .judge,
                    "mark.judge",
                    "裁判编号“\(text)”不成立",
                    "\"\(text)\" is no judge's name"
                )
            }
            judge = id
        }
        let attempt = try attempt(fields, planned)
        let review = try review(fields)
        let stored = try stored(fields, planned)
        if judge == nil, !planned.aspect.isAgreed, StoredMark.isMark(stored) {
            throw refuse(
                .judge,
                "mark.judge-missing",
                "评分点 \(planned.address) 由各裁判分别评分,缺少裁判",
                "aspect \(planned.address) is marked by each judge; the judge is missing"
            )
        }
        return MarksFile.Mark(
            entrant: entrant,
            aspect: number,
            judge: judge,
            attempt: attempt,
            review: review,
            stored: stored,
            place: fields.place(.mark)
        )
    }

    /// Reads an entrant's code.
    static func entrant(
        _ text: String,
        at place: () -> Place
    ) throws(Refusal) -> EntrantID {
        guard let entrant = EntrantID(text) else {
            throw Refusal(
                "mark.entrant",
                Text("选手编号“\(text)”不成立", "\"\(text)\" is no entrant's code"),
                at: place()
            )
        }
        return entrant
    }

    /// The number of the aspect that a part and a name mean.
    mutating func aspect(
        part: String,
        aspect: String,
        at place: (MarkField) -> Place
    ) throws(Refusal) -> Int {
        let address = part + "\u{0}" + aspect
        if let number = numbers[address] { return number }
        let parts = plan.card.parts.map(\.id.text)
        guard parts.contains(part) else {
            throw Refusal(
                "mark.unknown-part",
                Text(
                    "评分表没有模块“\(part)”;应为 \(parts.joined(separator: "、"))",
                    "the card has no part \"\(part)\"; expected one of \(parts.joined(separator: ", "))"
                ),
                at: place(.part)
            )
        }
        let within = plan.aspects.indices.filter { plan.aspects[$0].part.text == part }
        // A part with a single aspect needs no name for it.
        let found =
            aspect.isEmpty && within.count == 1
            ? within[0] : within.first { plan.aspects[$0].aspect.id.text == aspect }
        guard let number = found else {
            let names = within.prefix(12).map { plan.aspects[$0].aspect.id.text }
            let more = within.count > 12 ? "…" : ""
            throw Refusal(
                "mark.unknown-aspect",
                Text(
                    "模块 \(part) 没有评分点“\(aspect)”;应为 \(names.joined(separator: "、"))\(more)",
                    "part \(part) has no aspect \"\(aspect)\"; expected one of \(names.joined(separator: ", "))\(more)"
                ),
                at: place(.aspect)
            )
        }
        numbers[address] = number
        return number
    }

    private func attempt(
        _ fields: some MarkFields,
        _ planned: PlannedAspect
    ) throws(Refusal) -> Int {
        guard let text = fields.text(.attempt), !text.isEmpty else { return 0 }
        guard let number = Int(text), (1...planned.attempts).contains(number) else {
            throw Refusal(
                "mark.attempt",
                Text(
                    "轮次“\(text)”应为 1 到 \(planned.attempts)",
                    "attempt \"\(text)\": expected 1 to \(planned.attempts)"
                ),
                at: fields.place(.attempt)
            )
        }
        return number - 1
    }

    private func review(_ fields: some MarkFields) throws(Refusal) -> Int {
        guard let text = fields.text(.review), !text.isEmpty else { return 0 }
        guard let number = Int(text), (0...99).contains(number) else {
            throw Refusal(
                "mark.review",
                Text("复评“\(text)”应为 0 到 99", "review \"\(text)\": expected 0 to 99"),
                at: fields.place(.review)
            )
        }
        return number
    }

    private func stored(
        _ fields: some MarkFields,
        _ planned: PlannedAspect
    ) throws(Refusal) -> Int32 {
        let stored: Int32
        do throws(Refusal) {
            stored = try planned.aspect.read(try fields.mark(of: planned.aspect))
        } catch {
            let place = fields.place(.mark)
            throw Refusal(
                error.findings.map { Finding($0.code, $0.message, at: place, hint: $0.hint) }
            )
        }
        if stored == StoredMark.notAttempted, plan.card.total.lowerIsBetter, planned.aspect.counts {
            throw Refusal(
                "mark.not-attempted",
                Text(
                    "以少为胜时“未做”不能记 0(那是最好的成绩);请写应得的数",
                    "where the lower total is better, \"not attempted\" can't be 0, the best there is; write the number it earns"
                ),
                at: fields.place(.mark)
            )
        }
        return stored
    }
}
