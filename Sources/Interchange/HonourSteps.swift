internal import Competition
internal import Exact
internal import Findings
internal import Honours
internal import Rules

/// Reads steps: a condition that depends on how many took part.
///
/// ```yaml
/// steps:
///   by: entrants
///   below: none
///   rows:
///     - {from: 10, to: 24, when: {fact: rank, at_most: 2}}
///     - {from: 25, to: 49, when: {fact: rank, at_most: 4}}
///     - {from: 50, to: 54, silent: true}
///     - {from: 55, when: {fact: rank, at_most: 8}}
/// ```
///
/// Rows follow each other without gap or overlap; where the source has a gap it is a row of its own that
/// says so, and nothing is settled there until the body that decides has spoken.
struct HonourSteps {
    let reader: TreeReader
    let conditions: ConditionReader

    private struct Step {
        let range: ClosedRange<Int>
        let when: Condition
        let place: Place
    }

    private static let most = 1_000_000

    func condition(_ node: DataNode) -> Condition? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let by = fields.required("by")
        let name = by.flatMap(reader.string)
        if let by, let name, conditions.vocabulary[name]?.whole == nil {
            reader.report(
                "honours.steps",
                "by 应为一个整数事实(如 entrants)",
                "\"by\" must name a whole number such as entrants",
                at: by.place
            )
        }
        let nothing = ["below", "above"].filter { key in
            guard let node = fields.optional(key) else { return false }
            if reader.string(node) != "none" {
                reader.report(
                    "honours.steps",
                    "\(key) 只能写 none",
                    "\(key) can only be none",
                    at: node.place
                )
            }
            return true
        }
        let nodes = fields.required("rows").map(reader.list) ?? []
        let steps = nodes.compactMap(step)
        guard let name, steps.count == nodes.count, !steps.isEmpty else { return nil }
        check(steps, nothing, at: fields.place)
        return .any(
            steps.map { step in
                var parts: [Condition] = [
                    .test(fact: name, .atLeast(Rational(step.range.lowerBound)))
                ]
                if step.range.upperBound < Self.most {
                    parts.append(.test(fact: name, .atMost(Rational(step.range.upperBound))))
                }
                return .all(parts + [step.when])
            }
        )
    }

    private func step(_ node: DataNode) -> Step? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let from = fields.required("from").flatMap { reader.int($0, in: 0...Self.most) }
        let to = fields.optional("to").map { reader.int($0, in: 0...Self.most) } ?? Self.most
        let isSilent = fields.optional("silent").flatMap(reader.bool) ?? false
        let when = fields.optional("when").map(conditions.condition)
        guard isSilent != (when != nil) else {
            reader.report(
                "honours.steps",
                "每档应恰有 when(条件)或 silent: true(原文未写)",
                "a row has exactly one of when (a condition) and silent: true (the text says nothing)",
                at: node.place
            )
            return nil
        }
        let silent = Condition.test(fact: HonourRules.unsettled, .equals(.truth(true)))
        guard let from, let to, let condition = isSilent ? silent : when ?? nil else { return nil }
        guard from <= to else {
            reader.report(
                "honours.unreachable",
                "from \(from) 大于 to \(to),这一档不可能成立",
                "from \(from) is greater than to \(to): this row can never hold",
                at: node.place
            )
            return nil
        }
        return Step(range: from...to, when: condition, place: node.place)
    }

    private func check(_ steps: [Step], _ nothing: [String], at place: Place) {
        for (before, after) in zip(steps, steps.dropFirst()) {
            let (end, start) = (before.range.upperBound, after.range.lowerBound)
            if start <= end {
                reader.report(
                    "honours.overlap",
                    "这一档(从 \(start) 起)与上一档(到 \(end) 止)重叠;各档应由小到大、互不重叠",
                    "this row (from \(start)) overlaps the one before (to \(end)); rows go upwards and do not overlap",
                    at: after.place
                )
            } else if start > end + 1 {
                let gap = end + 1 == start - 1 ? "\(end + 1)" : "\(end + 1)–\(start - 1)"
                reader.report(
                    "honours.gap",
                    "\(gap) 没有规定;若原文确未写,请另列一档并写 silent: true",
                    "nothing is said of \(gap); where the text indeed says nothing, give it a row of its own with silent: true",
                    at: after.place
                )
            }
        }
        if let first = steps.first, first.range.lowerBound > 1, !nothing.contains("below") {
            reader.report(
                "honours.gap",
                "\(first.range.lowerBound) 以下没有规定;若不授予,请写 below: none",
                "nothing is said below \(first.range.lowerBound); where nothing is given there, write below: none",
                at: first.place
            )
        }
        if let last = steps.last, last.range.upperBound < Self.most, !nothing.contains("above") {
            reader.report(
                "honours.gap",
                "\(last.range.upperBound) 以上没有规定;若不授予,请写 above: none",
                "nothing is said above \(last.range.upperBound); where nothing is given there, write above: none",
                at: last.place
            )
        }
    }
}
