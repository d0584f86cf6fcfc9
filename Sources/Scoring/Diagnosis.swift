public import Competition
public import Exact

/// How one judge marked, beside the others of the panel; never part of a score.
///
/// Every mark is first taken as millionths of its aspect's range, rounded half up; figures are percent
/// of the range, rounded half up to two places.
public struct JudgeDiagnosis: Sendable, Hashable {
    /// The judge.
    public let judge: JudgeID
    /// How many marks stand beside at least one other judge's.
    public let marks: Int
    /// The mean of own mark less the mean of the others' (leave one out): below 0 is severe.
    public let severity: Rational
    /// The spread (population standard deviation) of those differences: how steady the judge is.
    public let consistency: Rational
    /// The lowest and the highest mark given.
    public let lowest: Rational
    /// The highest mark given.
    public let highest: Rational
    /// The spread of the judge's marks over that of the others' means of the same marks, in percent:
    /// well below 100 is a judge who uses little of the range.
    public let rangeUse: Rational?
    /// How much better than other entrants, beside the panel, entrants of the judge's own delegation
    /// fare; nil where the judge marked none.
    public let lean: Rational?
    /// How many marks of own entrants that stands on.
    public let leanMarks: Int
}

/// How far a panel agrees, and how each of its judges marked.
public struct PanelDiagnosis: Sendable, Hashable {
    /// The judges, by name.
    public let judges: [JudgeDiagnosis]
    /// How many entrants all judges marked whole; the agreement stands on these.
    public let entrants: Int
    /// Kendall's W with correction for ties, to 4 places.
    ///
    /// Source: M. G. Kendall, B. Babington Smith, The problem of m rankings, 1939; correction for ties
    /// as in Kendall, Rank Correlation Methods.
    public let kendallsW: Rational?
    /// The intraclass correlation ICC(2,1): two-way random effects, absolute agreement, single judge,
    /// to 4 places.
    ///
    /// Source: P. E. Shrout, J. L. Fleiss, Intraclass correlations, 1979.
    public let intraclass: Rational?
}

extension ItemTally {
    /// Looks at how the judges of an item marked.
    ///
    /// - Parameter delegations: the judges' own delegations, where they have one.
    /// - Returns: figures for each judge and for the panel.
    /// - Throws: `ExactError` where a number does not fit in 128 bits.
    public func diagnosis(
        delegations: [JudgeID: DelegationID] = [:]
    ) throws(ExactError) -> PanelDiagnosis {
        let marks = try panelMarks()
        var judges: [JudgeDiagnosis] = []
        for place in marks.active {
            let judge = table.judges[place]
            judges.append(
                try Self.diagnosis(judge, marks.differences[place], own: delegations[judge])
            )
        }
        let matrix = marks.matrix
        return PanelDiagnosis(
            judges: judges,
            entrants: matrix.first?.count ?? 0,
            kendallsW: try Agreement.kendallsW(matrix),
            intraclass: try Agreement.intraclass(matrix)
        )
    }

    /// The panel's marks side by side.
    func panelMarks() throws(ExactError) -> PanelMarks {
        var panel = PanelMarks(judges: table.judges.count, entrants: inputs.count)
        for (index, input) in inputs.enumerated() where rows[index] >= 0 {
            for (number, planned) in plan.aspects.enumerated() where !planned.aspect.isAgreed {
                for attempt in 0..<planned.attempts {
                    try panel.add(
                        try millionths(Int(rows[index]), number, attempt),
                        entrant: index,
                        of: input.entrant.delegation
                    )
                }
            }
        }
        return panel
    }

    /// Each judge's mark as millionths of the aspect's range; nil where there is none.
    private func millionths(
        _ row: Int,
        _ number: Int,
        _ attempt: Int
    ) throws(ExactError) -> [Int128?] {
        let aspect = plan.aspects[number].aspect
        let range = aspect.marking.range
        let width = try range.greatest.minus(range.least)
        guard width > .zero else { return [] }
        var marks: [Int128?] = []
        for cell in table.marks(entrant: row, aspect: number, attempt: attempt) {
            guard StoredMark.isMark(cell) else {
                marks.append(nil)
                continue
            }
            let share = try aspect.entered(cell).minus(range.least).divided(by: width)
            marks.append(try share.unscaled(Rounding(places: 6)))
        }
        return marks
    }

    private static func diagnosis(
        _ judge: JudgeID,
        _ list: [PanelMarks.Difference],
        own delegation: DelegationID?
    ) throws(ExactError) -> JudgeDiagnosis {
        var apart: [Rational] = []
        for entry in list { apart.append(try entry.own.minus(entry.others)) }
        let severity = try apart.mean()
        let own = list.map(\.own)
        let others = list.map(\.others)
        let othersSpread = try Agreement.spread(others)
        let mine = zip(list, apart).filter { $0.0.delegation == delegation }.map(\.1)
        let rest = zip(list, apart).filter { $0.0.delegation != delegation }.map(\.1)
        var lean: Rational?
        if !mine.isEmpty, !rest.isEmpty {
            lean = try percent(try mine.mean().minus(rest.mean()))
        }
        return JudgeDiagnosis(
            judge: judge,
            marks: list.count,
            severity: try percent(severity),
            consistency: try percent(Agreement.spread(apart)),
            lowest: try percent(own.min() ?? .zero),
            highest: try percent(own.max() ?? .zero),
            rangeUse: othersSpread == .zero
                ? nil
                : try Agreement.spread(own).divided(by: othersSpread).times(Rational(100))
                    .rounded(Rounding(places: 2)),
            lean: lean,
            leanMarks: mine.count
        )
    }

    private static func percent(_ millionths: Rational) throws(ExactError) -> Rational {
        try millionths.divided(by: Rational(10_000)).rounded(Rounding(places: 2))
    }
}

/// How far several judges agree on the same entrants.
enum Agreement {
    /// The population standard deviation, to 2 places.
    static func spread(_ values: [Rational]) throws(ExactError) -> Rational {
        guard !values.isEmpty else { return .zero }
        return try values.squaresAboutMean().divided(by: Rational(values.count))
            .squareRoot(Rounding(places: 2))
    }

    /// Kendall's W of judges' totals (a list a judge); nil for fewer than two judges or entrants, and
    /// where every judge ties all.
    static func kendallsW(
        _ matrix: [[Int128]],
        places: Int = 4
    ) throws(ExactError) -> Rational? {
        let judges = Int128(matrix.count)
        let entrants = Int128(matrix.first?.count ?? 0)
        guard judges > 1, entrants > 1 else { return nil }
        // Twice each mid-rank, so that all stay whole.
        var sums = [Int128](repeating: 0, count: Int(entrants))
        var ties: Int128 = 0
        for marks in matrix {
            for (index, mark) in marks.enumerated() {
                let below = Int128(marks.count { $0 < mark })
                let equal = Int128(marks.count { $0 == mark })
                sums[index] += 2 * below + equal + 1
                // Σ(t³ − t) over groups, each member bringing its share t² − 1.
                ties += equal * equal - 1
            }
        }
        let squares = sums.reduce(Int128(0)) { $0 + $1 * $1 }
        let top = 3 * squares - 3 * judges * judges * entrants * (entrants + 1) * (entrants + 1)
        let bottom = judges * judges * entrants * (entrants * entrants - 1) - judges * ties
        guard bottom > 0 else { return nil }
        return try Rational(top, over: bottom).rounded(Rounding(places: places))
    }

    /// ICC(2,1) of judges' totals; nil for fewer than two judges or entrants, and where nothing
    /// differs.
    static func intraclass(_ matrix: [[Int128]]) throws(ExactError) -> Rational? {
        let k = matrix.count
        let n = matrix.first?.count ?? 0
        guard k > 1, n > 1 else { return nil }
        let (judges, entrants) = (Int128(k), Int128(n))
        var total: Int128 = 0
        var squares = Rational.zero
        var byEntrant = [Int128](repeating: 0, count: n)
        var byJudge: [Int128] = []
        for marks in matrix {
            byJudge.append(marks.reduce(0, +))
            for (index, mark) in marks.enumerated() {
                total += mark
                byEntrant[index] += mark
                squares = try squares.plus(
                    Rational(mark, over: 1).times(Rational(mark, over: 1))
                )
            }
        }
        func sumOfSquares(_ sums: [Int128], over count: Int128) throws(ExactError) -> Rational {
            var sum = Rational.zero
            for value in sums {
                let value = try Rational(value, over: 1)
                sum = try sum.plus(value.times(value))
            }
            return try sum.divided(by: Rational(count, over: 1))
        }
        let all = try sumOfSquares([total], over: judges * entrants)
        let rows = try sumOfSquares(byEntrant, over: judges).minus(all)
        let columns = try sumOfSquares(byJudge, over: entrants).minus(all)
        let error = try squares.minus(all).minus(rows).minus(columns)
        let meanRows = try rows.divided(by: Rational(n - 1))
        let meanColumns = try columns.divided(by: Rational(k - 1))
        let meanError = try error.divided(by: Rational((n - 1) * (k - 1)))
        let bottom = try meanRows.plus(meanError.times(Rational(k - 1))).plus(
            meanColumns.minus(meanError).times(Rational(judges, over: entrants))
        )
        guard bottom != .zero else { return nil }
        return try meanRows.minus(meanError).divided(by: bottom).rounded(Rounding(places: 4))
    }
}
