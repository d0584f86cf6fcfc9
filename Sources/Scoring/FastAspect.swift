internal import Competition
internal import Exact

/// An aspect in whole numbers.
struct FastAspect: Sendable {
    /// What a mark earns, over the denominator of the award.
    private enum Award: Sendable {
        /// `slope × mark + start`.
        case line(slope: Int64, start: Int64)
        /// A line held within bounds.
        case held(slope: Int64, start: Int64, floor: Int64, cap: Int64)
        /// Marks by code; a code that is not there earns nothing.
        case options([(code: Int32, marks: Int64)])
        /// The first band that holds the mark.
        case bands([(end: Int32, marks: Int64)], isFrom: Bool, otherwise: Int64)
        /// A loss for what passes a tolerance.
        case tolerance(Deviation)
    }

    /// A tolerance; target, free and unit in stored marks, the rest over the award's denominator.
    private struct Deviation: Sendable {
        let target: Int64
        let side: Marking.Side
        let free: Int64
        let unit: Int64
        let isBegun: Bool
        let loss: Int64
        let most: Int64
        let floor: Int64

        func earned(_ mark: Int64) -> Int64 {
            let deviation = mark - target
            let distance =
                switch side {
                case .both: abs(deviation)
                case .over: deviation
                case .under: -deviation
                }
            let over = distance - free
            guard over > 0 else { return most }
            let count = isBegun ? (over + unit - 1) / unit : over / unit
            return max(most &- loss &* count, floor)
        }
    }

    private enum Method: Sendable {
        case sum
        case least
        case greatest
        case trimmed(high: Int, low: Int)
        case median

        /// Whether the sum and the two ends are all it looks at.
        var isByEnds: Bool {
            switch self {
            case .sum, .least, .greatest: true
            case .trimmed(let high, let low): high <= 1 && low <= 1
            case .median: false
            }
        }
    }

    private let award: Award
    private let method: Method
    /// How many judges mark it, and the fewest with whom a mark is taken.
    private let panel: Int
    private let fewest: Int
    /// The widest spread of judgement scores.
    private let spread: Int32?
    let unit: Int
    let column: Int
    let isAgreed: Bool
    let counts: Bool
    /// Whether its judges' marks fit a column of their sheets.
    private let isColumn: Bool
    /// What becomes of the aggregated award, by how many judges gave it, from ``fewest`` to the whole
    /// panel; all over one denominator.
    private(set) var stages: [FastStage]

    /// The stage of the whole panel.
    var stage: FastStage { stages[panel - fewest] }

    init?(
        _ planned: PlannedAspect,
        panel: Int,
        minimum: Int,
        judges: Int,
        lowerIsBetter: Bool,
        group: String
    ) {
        let aspect = planned.aspect
        guard planned.attempts == 1, aspect.coefficient == nil, aspect.roundJudge == nil,
            let made = Self.award(aspect.marking)
        else { return nil }
        let size = aspect.isAgreed ? 1 : panel
        // A panel shorter than its aggregation needs, or than its own minimum, has no mark to count.
        guard size >= max(1, aspect.aggregation.fewest), size >= (aspect.isAgreed ? 1 : minimum)
        else { return nil }
        (award, isAgreed, counts) = (made.award, aspect.isAgreed, aspect.counts)
        (unit, column, self.panel) = (planned.unit, planned.column, size)
        if case .judgement(_, let allowed, _) = aspect.marking {
            spread = Int32(allowed)
        } else {
            spread = nil
        }
        fewest = aspect.isAgreed ? 1 : max(minimum, aspect.aggregation.fewest)
        switch aspect.aggregation {
        case .agreed: method = .greatest
        case .best: method = lowerIsBetter ? .least : .greatest
        case .mean, .sum: method = .sum
        case .median: method = .median
        case .trimmed(let high, let low, _):
            method = high == 0 && low == 0 ? .sum : .trimmed(high: high, low: low)
        }
        var stages: [FastStage] = []
        for count in fewest...size {
            guard
                let stage = FastStage(
                    aspect.stage,
                    of: made.greatest * (aspect.aggregation == .median ? 2 : Int128(count)),
                    over: made.denominator * Int128(aspect.aggregation.kept(of: count)),
                    group: group
                )
            else { return nil }
            stages.append(stage)
        }
        let denominators = stages.map(\.denominator)
        guard let common = FastTreeMaker.common(denominators) else { return nil }
        var scaled: [FastStage] = []
        for stage in stages {
            guard let stage = stage.scaled(to: common) else { return nil }
            scaled.append(stage)
        }
        self.stages = scaled
        let range = aspect.marking.range
        let reach = max(
            (try? range.least.unscaled(Rounding(places: range.places)).magnitude) ?? .max,
            (try? range.greatest.unscaled(Rounding(places: range.places)).magnitude) ?? .max
        )
        // Columns are added up in 32 bits, and a falling line would turn the order of the marks.
        var isLine = false
        if case .line(let slope, _) = made.award { isLine = slope >= 0 }
        isColumn =
            !isAgreed && isLine && size == judges
            && reach < UInt128(Int32.max) / UInt128(max(1, size))
    }

    /// The aspect with its contributions over a multiple of their denominator.
    func scaled(to common: Int64) -> FastAspect? {
        var aspect = self
        for index in stages.indices {
            guard let stage = stages[index].scaled(to: common) else { return nil }
            aspect.stages[index] = stage
        }
        return aspect
    }

    /// No contribution's magnitude passes this.
    var greatest: Int128 { stages.map(\.greatest).max() ?? 0 }

    /// An aspect as a column of its unit's sheets: a multiple of the judges' sum less what is dropped.
    struct ColumnLine {
        let multiplier: Int32
        let constant: Int64
        let dropsGreatest: Bool
        let dropsLeast: Bool
        let spread: Int32
    }

    /// The aspect as a column; nil where it is rounded or bounded, or its method wants more.
    var columnLine: ColumnLine? {
        guard isColumn, let stage = stage.line, case .line(let slope, let start) = award else {
            return nil
        }
        let (high, low): (Int, Int)
        switch method {
        case .sum: (high, low) = (0, 0)
        case .trimmed(let h, let l) where h <= 1 && l <= 1: (high, low) = (h, l)
        default: return nil
        }
        // The stage's bounds hold for the products.
        let constant = start &* Int64(panel - high - low) &* stage.multiplier &+ stage.constant
        guard let multiplier = Int32(exactly: slope &* stage.multiplier) else { return nil }
        return ColumnLine(
            multiplier: multiplier,
            constant: constant,
            dropsGreatest: high == 1,
            dropsLeast: low == 1,
            spread: spread ?? .max
        )
    }

    /// What a row's marks bring to the node; nil where too few are there, or a word, or the judges
    /// differ too much.
    func contribution(
        _ cells: UnsafeBufferPointer<Int32>,
        base: Int,
        layout: MarkTable.AspectLayout,
        _ gathered: inout [Int64]
    ) -> Int64? {
        if isAgreed {
            let mark = cells[base + layout.offset]
            return StoredMark.isMark(mark) ? stage.contribution(earned(mark)) : nil
        }
        if case .line(let slope, let start) = award, slope >= 0, method.isByEnds {
            return line(cells, base: base, layout: layout, slope: slope, start: start)
        }
        gathered.removeAll(keepingCapacity: true)
        var (least, greatest) = (Int32.max, Int32.min)
        for judge in 0..<layout.judges {
            let mark = cells[base + layout.offset + judge * layout.judgeStride]
            if mark == StoredMark.empty { continue }
            guard StoredMark.isMark(mark) else { return nil }
            least = min(least, mark)
            greatest = max(greatest, mark)
            gathered.append(earned(mark))
        }
        let count = gathered.count
        guard count >= fewest, count <= panel else { return nil }
        if let spread, greatest - least > spread { return nil }
        let raw: Int64
        switch method {
        case .sum: raw = gathered.reduce(0, &+)
        case .least: raw = gathered.min() ?? 0
        case .greatest: raw = gathered.max() ?? 0
        case .trimmed(let high, let low):
            gathered.sort()
            raw = gathered.dropFirst(low).dropLast(high).reduce(0, &+)
        case .median:
            gathered.sort()
            let middle = count / 2
            raw = gathered[middle] &+ gathered[count % 2 == 1 ? middle : middle - 1]
        }
        return stages[count - fewest].contribution(raw)
    }

    /// Adds what each row brings; clears the flag of a row that has no value.
    func add(
        _ cells: UnsafeBufferPointer<Int32>,
        width: Int,
        layout: MarkTable.AspectLayout,
        to sums: inout [Int64],
        flags: inout [UInt8]
    ) {
        var gathered: [Int64] = []
        for row in sums.indices where flags[row] == 1 {
            let base = row * width
            if let added = contribution(cells, base: base, layout: layout, &gathered) {
                sums[row] &+= added
            } else {
                flags[row] = 0
            }
        }
    }

    /// A rising line needs no more than the sum and the ends of the marks.
    private func line(
        _ cells: UnsafeBufferPointer<Int32>,
        base: Int,
        layout: MarkTable.AspectLayout,
        slope: Int64,
        start: Int64
    ) -> Int64? {
        var (least, greatest) = (Int32.max, Int32.min)
        var sum: Int64 = 0
        var count = 0
        for judge in 0..<layout.judges {
            let mark = cells[base + layout.offset + judge * layout.judgeStride]
            if mark == StoredMark.empty { continue }
            guard StoredMark.isMark(mark) else { return nil }
            least = min(least, mark)
            greatest = max(greatest, mark)
            sum += Int64(mark)
            count += 1
        }
        guard count >= fewest, count <= panel else { return nil }
        if let spread, greatest - least > spread { return nil }
        var kept = count
        switch method {
        case .sum, .median: break
        case .least: (sum, kept) = (Int64(least), 1)
        case .greatest: (sum, kept) = (Int64(greatest), 1)
        case .trimmed(let high, let low):
            sum -= (high == 1 ? Int64(greatest) : 0) + (low == 1 ? Int64(least) : 0)
            kept -= high + low
        }
        return stages[count - fewest].contribution(slope &* sum &+ start &* Int64(kept))
    }

    @inline(__always)
    private func earned(_ mark: Int32) -> Int64 {
        switch award {
        case .line(let slope, let start): return slope &* Int64(mark) &+ start
        case .held(let slope, let start, let floor, let cap):
            return min(max(slope &* Int64(mark) &+ start, floor), cap)
        case .options(let options): return options.first { $0.code == mark }?.marks ?? 0
        case .bands(let bands, let isFrom, let otherwise):
            return bands.first { isFrom ? mark >= $0.end : mark <= $0.end }?.marks ?? otherwise
        case .tolerance(let deviation): return deviation.earned(Int64(mark))
        }
    }
}

extension Aggregation {
    /// What the sum of the marks that it keeps is divided by.
    func kept(of count: Int) -> Int {
        switch self {
        case .agreed, .best, .sum, .trimmed(_, _, true): 1
        case .mean: count
        case .median: 2
        case .trimmed(let high, let low, false): count - high - low
        }
    }
}

extension FastAspect {
    private struct Made {
        let award: Award
        let denominator: Int128
        /// What no award's magnitude passes, over the denominator.
        let greatest: Int128
    }

    /// An award in whole numbers; nil where the figures are too fine.
    private static func award(_ marking: Marking) -> Made? {
        let range = marking.range
        guard let unit = try? Rational(unscaled: 1, places: range.places) else { return nil }
        switch marking {
        case .score: return line(unit, .zero, marking)
        case .judgement(let max, _, _):
            return line(try? max.divided(by: Rational(3)), .zero, marking)
        case .fullOrZero(let max): return line(max, .zero, marking)
        case .count(let of, let max):
            return line(try? max.divided(by: Rational(of)), .zero, marking)
        case .deduct(let max, let each, let floor):
            return line(try? each.negated(), max, marking, floor: floor)
        case .linear(let line):
            let slope = try? line.perUnit.times(unit)
            let start = try? line.points.minus(line.perUnit.times(line.at))
            return self.line(slope, start, marking, floor: line.floor, cap: line.cap)
        case .options(let options):
            return table(options.map { ($0.code, $0.marks) }, range, otherwise: .zero) { rows, _ in
                .options(rows.map { (code: $0.key, marks: $0.marks) })
            }
        case .bands(let bands):
            let rows = bands.list.map { ($0.end, $0.marks) }
            return table(rows, range, otherwise: bands.otherwise) { rows, otherwise in
                .bands(
                    rows.map { (end: $0.key, marks: $0.marks) },
                    isFrom: bands.isFrom,
                    otherwise: otherwise
                )
            }
        case .tolerance(let tolerance): return self.tolerance(tolerance, unit)
        }
    }

    private static func line(
        _ slope: Rational?,
        _ start: Rational?,
        _ marking: Marking,
        floor: Rational? = nil,
        cap: Rational? = nil
    ) -> Made? {
        guard let slope, let start else { return nil }
        let figures = [slope, start] + [floor, cap].compactMap { $0 }
        guard let common = common(figures) else { return nil }
        func scaled(_ value: Rational) -> Int64? { whole(value, over: common) }
        let reach = Int128(2_000_000_000)
        guard let rise = scaled(slope), let begin = scaled(start) else { return nil }
        let most = Int128(rise.magnitude) * reach + Int128(begin.magnitude)
        guard most < FastStage.limit else { return nil }
        let award: Award
        var greatest = most
        if floor == nil, cap == nil {
            award = .line(slope: rise, start: begin)
        } else {
            guard let low = floor.map(scaled) ?? .min, let high = cap.map(scaled) ?? .max else {
                return nil
            }
            award = .held(slope: rise, start: begin, floor: low, cap: high)
        }
        if let bounds = try? marking.bounds(), let low = scaled(bounds.lowerBound),
            let high = scaled(bounds.upperBound)
        {
            greatest = Int128(max(low.magnitude, high.magnitude))
        }
        return Made(award: award, denominator: common, greatest: greatest)
    }

    private static func tolerance(_ tolerance: Marking.Tolerance, _ unit: Rational) -> Made? {
        func stored(_ value: Rational) -> Int64? {
            guard let units = try? value.divided(by: unit), units.isWhole,
                units.numerator.magnitude < 1 << 40
            else { return nil }
            return Int64(units.numerator)
        }
        // In proportion, each stored unit costs its share of the loss.
        let isProportional = tolerance.units == nil
        let loss =
            isProportional
            ? try? tolerance.loss.times(unit).divided(by: tolerance.per) : tolerance.loss
        guard let loss, let common = common([tolerance.max, tolerance.floor, loss]),
            let target = stored(tolerance.target), let free = stored(tolerance.free),
            let size = isProportional ? 1 : stored(tolerance.per),
            let most = whole(tolerance.max, over: common),
            let floor = whole(tolerance.floor, over: common), let each = whole(loss, over: common),
            Int128(each) * (1 << 42) < FastStage.limit
        else { return nil }
        return Made(
            award: .tolerance(
                Deviation(
                    target: target,
                    side: tolerance.side,
                    free: free,
                    unit: size,
                    isBegun: tolerance.units == .up,
                    loss: each,
                    most: most,
                    floor: floor
                )
            ),
            denominator: common,
            greatest: Int128(max(most.magnitude, floor.magnitude))
        )
    }

    private static func table(
        _ rows: [(Rational, Rational)],
        _ range: MarkRange,
        otherwise: Rational,
        _ make: ([(key: Int32, marks: Int64)], Int64) -> Award
    ) -> Made? {
        guard let common = common(rows.map(\.1) + [otherwise]),
            let last = whole(otherwise, over: common)
        else { return nil }
        var made: [(key: Int32, marks: Int64)] = []
        for (key, marks) in rows {
            // An end between two storable values bounds the same values as it stands for exactly.
            guard let stored = try? key.unscaled(Rounding(places: range.places, mode: .down)),
                let exact = try? Rational(unscaled: Int(stored), places: range.places),
                exact == key, let code = Int32(exactly: stored),
                let value = whole(marks, over: common)
            else { return nil }
            made.append((code, value))
        }
        let greatest = made.map(\.marks.magnitude).max() ?? 0
        return Made(
            award: make(made, last),
            denominator: common,
            greatest: Int128(max(greatest, last.magnitude))
        )
    }

    private static func common(_ figures: [Rational]) -> Int128? {
        var common: Int128 = 1
        for figure in figures {
            guard figure.denominator < 1 << 40 else { return nil }
            common = common / FastStage.divisor(common, figure.denominator) * figure.denominator
            guard common < 1 << 40 else { return nil }
        }
        return common
    }

    private static func whole(_ value: Rational, over common: Int128) -> Int64? {
        guard value.numerator.magnitude < FastStage.limit.magnitude else { return nil }
        let scaled = value.numerator * (common / value.denominator)
        guard scaled.magnitude < FastStage.limit.magnitude else { return nil }
        return Int64(scaled)
    }
}
