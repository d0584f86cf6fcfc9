internal import Competition
internal import Exact
internal import Findings

extension ScorecardTree {
    /// The key that names a way of marking, with its figures.
    static func marking(_ marking: Marking) -> (String, YAMLValue?) {
        switch marking {
        case .score(let range): return ("score", .members(bounds(range)))
        case .judgement(let max, let spread, let levels):
            let texts = levels.map { YAMLValue.text($0) }
            return (
                "judgement",
                .members([
                    ("max", .number(max)), ("spread", .int(spread)),
                    ("levels", levels.isEmpty ? nil : .list(texts)),
                ])
            )
        case .fullOrZero(let max): return ("full_or_zero", .members([("max", .number(max))]))
        case .options(let options): return ("options", .list(options.map(option)))
        case .count(let of, let max):
            return ("count", .members([("of", .int(of)), ("max", .number(max))]))
        case .deduct(let max, let each, let floor):
            return (
                "deduct",
                .members([
                    ("max", .number(max)), ("each", .number(each)), ("floor", unlessZero(floor)),
                ])
            )
        case .tolerance(let tolerance): return ("tolerance", self.tolerance(tolerance))
        case .bands(let bands): return ("bands", self.bands(bands))
        case .linear(let line): return self.line(line)
        }
    }

    private static func unlessZero(_ value: Rational) -> YAMLValue? {
        value == .zero ? nil : .number(value)
    }

    private static func bounds(_ range: MarkRange) -> [(String, YAMLValue?)] {
        [
            ("min", unlessZero(range.least)), ("max", .number(range.greatest)),
            ("step", .number(range.step)),
        ]
    }

    private static func option(_ option: MarkOption) -> YAMLValue {
        guard option.title != nil || option.code != option.marks else {
            return .number(option.marks)
        }
        return .members([
            ("code", .number(option.code)), ("marks", .number(option.marks)),
            ("title", option.title.map { .text($0) }),
        ])
    }

    private static func tolerance(_ tolerance: Marking.Tolerance) -> YAMLValue {
        let units =
            switch tolerance.units {
            case .some(.down): "whole"
            case .some: "begun"
            case nil: "proportional"
            }
        return .members([
            ("max", .number(tolerance.max)),
            ("target", unlessZero(tolerance.target)),
            ("side", tolerance.side == .both ? nil : .word(tolerance.side.rawValue)),
            ("free", .number(tolerance.free)),
            ("per", .number(tolerance.per)),
            ("loss", .number(tolerance.loss)),
            ("floor", unlessZero(tolerance.floor)),
            ("units", .word(units)),
            ("step", .number(tolerance.range.step)),
            ("limit", .number(tolerance.range.greatest)),
        ])
    }

    private static func bands(_ bands: Marking.Bands) -> YAMLValue {
        let list = bands.list.map { band in
            YAMLValue.members([
                (bands.isFrom ? "from" : "to", .number(band.end)), ("marks", .number(band.marks)),
            ])
        }
        return .members([
            ("list", .list(list)), ("otherwise", .number(bands.otherwise)),
            ("min", unlessZero(bands.range.least)), ("step", .number(bands.range.step)),
            ("limit", .number(bands.range.greatest)),
        ])
    }

    /// A line; as a theory paper or a rate where it is one.
    private static func line(_ line: Marking.Linear) -> (String, YAMLValue?) {
        if line.at == .zero, line.points == .zero, line.floor == .zero, line.range.least == .zero,
            let max = line.cap, max > .zero
        {
            let range = line.range
            if (try? line.perUnit.times(range.greatest)) == max {
                return (
                    "theory",
                    .members([
                        ("paper", .number(range.greatest)), ("max", .number(max)),
                        ("step", .number(range.step)),
                    ])
                )
            }
            if line.perUnit > .zero, let full = try? max.divided(by: line.perUnit),
                full < range.greatest
            {
                let isUsual = (try? full.times(Rational(1_000))) == range.greatest
                return (
                    "rate",
                    .members([
                        ("full", .number(full)), ("max", .number(max)),
                        ("step", .number(range.step)),
                        ("limit", isUsual ? nil : .number(range.greatest)),
                    ])
                )
            }
        }
        return (
            "linear",
            .members(
                [
                    ("at", unlessZero(line.at)), ("points", unlessZero(line.points)),
                    ("per_unit", .number(line.perUnit)),
                ] + bounds(line.range) + [
                    ("floor", line.floor.map { .number($0) }),
                    ("cap", line.cap.map { .number($0) }),
                ]
            )
        )
    }

    /// A rule that looks at the other entrants, under the key that its kind has here.
    static func field(
        _ rule: FieldRule?,
        standard: String,
        placing: String
    ) -> (String, YAMLValue?) {
        switch rule {
        case nil: (standard, nil)
        case .standard(let score): (standard, standardScore(score))
        case .placing(let points): (placing, placingPoints(points))
        }
    }

    private static func standardScore(_ score: StandardScore) -> YAMLValue {
        .members([
            ("mean", .number(score.mean)), ("sd", .number(score.deviation)),
            ("least_sd", score.leastDeviation.map { .number($0) }),
            ("divisor", score.isSample ? .word("sample") : nil),
            ("per", score.scope == .field ? nil : .word(score.scope.rawValue)),
            ("round_mean", score.roundMean.map(rounding)),
            ("round_sd", rounding(score.roundDeviation)),
            ("round_z", score.roundUnits.map(rounding)),
            ("round", score.roundResult.map(rounding)),
            ("min", score.floor.map { .number($0) }), ("max", score.cap.map { .number($0) }),
        ])
    }

    private static func placingPoints(_ points: PlacingPoints) -> YAMLValue {
        let scale: [(String, YAMLValue?)] =
            switch points.scale {
            case .list(let list, let rest):
                [("points", .list(list.map { .number($0) })), ("rest", .number(rest))]
            case .steps(let first, let step, let floor):
                [
                    ("first", .number(first)), ("step", .number(step)),
                    ("floor", floor.map { .number($0) }),
                ]
            }
        return .members(
            scale + [
                ("shared", .word(points.shared.rawValue)),
                ("better", .word(points.lowerIsBetter ? "lower" : "higher")),
                ("per", points.scope == .field ? nil : .word(points.scope.rawValue)),
            ]
        )
    }
}
