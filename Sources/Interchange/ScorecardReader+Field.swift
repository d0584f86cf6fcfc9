internal import Competition
internal import Exact
internal import Findings

extension ScorecardReader {
    /// A rule by which a value depends on the others': a standard score or points for a placing.
    func fieldRule(
        _ fields: Fields,
        standard: String,
        placing: String,
        lowerIsBetter: Bool
    ) -> FieldRule? {
        let score = fields.optional(standard)
        let points = fields.optional(placing)
        if let points, score != nil {
            reader.report(
                "scorecard.field",
                "\(standard) 与 \(placing) 只能用一种",
                "only one of \(standard) and \(placing) can stand here",
                at: points.place
            )
        }
        return score.flatMap(standardScore).map(FieldRule.standard)
            ?? points.flatMap { placingPoints($0, lowerIsBetter: lowerIsBetter) }
            .map(FieldRule.placing)
    }

    private enum Divisor: String, CaseIterable {
        case population
        case sample
    }

    private func standardScore(_ node: DataNode) -> StandardScore? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let scope = fields.optional("per").flatMap { reader.choice($0, FieldScope.self) }
        let mean = fields.rational("mean")
        let deviation = fields.rational("sd")
        let least = fields.optionalRational("least_sd")
        let divisor = fields.optional("divisor").flatMap { reader.choice($0, Divisor.self) }
        let roundMean = fields.optional("round_mean").flatMap(rounding)
        let roundDeviation = fields.required("round_sd").flatMap(rounding)
        let roundUnits = fields.optional("round_z").flatMap(rounding)
        let roundResult = fields.optional("round").flatMap(rounding)
        let floor = fields.optionalRational("min")
        let cap = fields.optionalRational("max")
        guard let mean, let deviation, let roundDeviation else { return nil }
        guard deviation > .zero, least.map({ $0 > .zero }) ?? true, roundDeviation.places <= 8,
            floor.map({ low in cap.map { low <= $0 } ?? true }) ?? true
        else {
            reader.report(
                "scorecard.field",
                "sd、least_sd 应大于 0,min 不大于 max,round_sd 至多 8 位",
                "sd and least_sd must be above 0, min not above max, round_sd 8 places at most",
                at: node.place
            )
            return nil
        }
        return StandardScore(
            scope: scope ?? .field,
            mean: mean,
            deviation: deviation,
            leastDeviation: least,
            isSample: divisor == .sample,
            roundMean: roundMean,
            roundDeviation: roundDeviation,
            roundUnits: roundUnits,
            roundResult: roundResult,
            floor: floor,
            cap: cap
        )
    }

    private enum Better: String, CaseIterable {
        case higher
        case lower
    }

    private func placingPoints(_ node: DataNode, lowerIsBetter: Bool) -> PlacingPoints? {
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        let scope = fields.optional("per").flatMap { reader.choice($0, FieldScope.self) }
        let shared = fields.optional("shared").flatMap {
            reader.choice($0, PlacingPoints.Shared.self)
        }
        let better = fields.optional("better").flatMap { reader.choice($0, Better.self) }
        let list = fields.optional("points").map { reader.list($0).compactMap(reader.rational) }
        let rest = fields.optionalRational("rest")
        let first = fields.optionalRational("first")
        let step = fields.optionalRational("step")
        let floor = fields.optionalRational("floor")
        let scale: PlacingPoints.Scale
        if let list, !list.isEmpty, first == nil, step == nil {
            scale = .list(list, rest: rest ?? .zero)
        } else if let first, let step, list == nil {
            scale = .steps(first: first, step: step, floor: floor)
        } else {
            reader.report(
                "scorecard.field",
                "名次分应写 points: [10, 9, 8] 与 rest,或 first 与 step",
                "points for placings are points: [10, 9, 8] with rest, or first and step",
                at: node.place
            )
            return nil
        }
        return PlacingPoints(
            scope: scope ?? .field,
            scale: scale,
            shared: shared ?? .each,
            lowerIsBetter: better.map { $0 == .lower } ?? lowerIsBetter
        )
    }
}
