import Competition
import Exact
import Findings

/// A generator that gives the same numbers from the same seed, for ever (SplitMix64).
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(max(1, sides))) }
    mutating func chance(_ percent: Int) -> Bool { roll(100) < percent }
    mutating func pick<T>(_ list: [T]) -> T { list[roll(list.count)] }

    mutating func rational(_ most: Int, places: Int = 2) throws -> Rational {
        try Rational(unscaled: roll(most * 100 + 1), places: places)
    }
}

/// Cards of every shape that the format allows, and marks for them, from a seed.
struct RandomCards {
    var dice: Dice
    private var nodes = 0

    init(seed: UInt64) { dice = Dice(seed: seed) }

    private mutating func rounding(_ percent: Int) -> Rounding? {
        guard dice.chance(percent) else { return nil }
        return Rounding(places: dice.roll(4), mode: dice.pick(RoundingMode.allCases))
    }

    private mutating func stage() throws -> Stage {
        var weight = Weight.one
        if dice.chance(50) {
            let numerator = Int128(dice.roll(40) - 5)
            let standard = try Rational(numerator, over: Int128(1 + dice.roll(12)))
            weight = Weight(
                standard,
                byGroup: dice.chance(30) ? ["student": try dice.rational(2)] : [:]
            )
        }
        return Stage(
            weight: weight,
            base: dice.chance(10) ? try dice.rational(10) : .zero,
            round: rounding(30),
            roundWeighted: rounding(15),
            floor: dice.chance(10) ? try dice.rational(3) : nil,
            cap: dice.chance(10) ? try dice.rational(30).plus(Rational(3)) : nil
        )
    }

    private mutating func marking() throws -> Marking {
        switch dice.roll(10) {
        case 0: return .judgement(max: try dice.rational(5), spread: dice.roll(4), levels: [])
        case 1: return .fullOrZero(max: try dice.rational(3))
        case 2:
            return .options(
                [0, 1, 2, 5].map {
                    MarkOption(code: Rational($0), marks: Rational($0 * $0 % 7))
                }
            )
        case 3: return .count(of: 1 + dice.roll(9), max: try dice.rational(4))
        case 4: return .deduct(max: Rational(5), each: try dice.rational(1), floor: .zero)
        case 5: return .tolerance(try tolerance())
        case 6: return .bands(try bands())
        case 7:
            let range = try range(least: -20, greatest: 200)
            return .linear(
                Marking.Linear(
                    at: Rational(dice.roll(50)),
                    points: Rational(dice.roll(60)),
                    perUnit: try dice.rational(3).minus(Rational(1)),
                    floor: dice.chance(50) ? .zero : nil,
                    cap: dice.chance(50) ? Rational(100) : nil,
                    range: range
                )
            )
        default: return .score(try range(least: dice.chance(20) ? -5 : 0, greatest: 10))
        }
    }

    private mutating func range(least: Int, greatest: Int) throws -> MarkRange {
        let step = try Rational(1, over: dice.pick([1, 2, 4, 10, 100]))
        guard
            let range = MarkRange(least: Rational(least), greatest: Rational(greatest), step: step)
        else { return .unit }
        return range
    }

    private mutating func tolerance() throws -> Marking.Tolerance {
        Marking.Tolerance(
            target: dice.chance(50) ? Rational(dice.roll(30)) : .zero,
            side: dice.pick(Marking.Side.allCases),
            max: Rational(3),
            free: try dice.rational(2),
            per: try dice.rational(2).plus(Rational(1, over: 2)),
            loss: try dice.rational(1),
            floor: dice.chance(30) ? Rational(-2) : .zero,
            units: dice.pick([.up, .down, nil]),
            range: try range(least: -50, greatest: 50)
        )
    }

    private mutating func bands() throws -> Marking.Bands {
        let isFrom = dice.chance(50)
        let ends = [10, 20, 35, 60]
        let list = (isFrom ? ends.reversed() : ends).enumerated().map { index, end in
            MarkBand(end: Rational(end), marks: Rational(4 - index))
        }
        return Marking.Bands(
            list: list,
            isFrom: isFrom,
            otherwise: .zero,
            range: try range(least: 0, greatest: 99)
        )
    }

    private mutating func aggregation(_ panel: Int) -> Aggregation {
        switch dice.roll(7) {
        case 0: return .agreed
        case 1: return .median
        case 2: return .sum
        case 3: return .best
        case 4:
            let high = dice.roll(3)
            let low = dice.roll(3)
            return high + low < panel
                ? .trimmed(high: high, low: low, sum: dice.chance(30)) : .mean
        default: return .mean
        }
    }

    private mutating func combination() -> Combination {
        switch dice.roll(8) {
        case 0: .mean
        case 1: .best(1 + dice.roll(2))
        case 2: .last
        case 3: .trimmed(high: 1, low: 0, sum: dice.chance(50))
        case 4: .product
        default: .sum
        }
    }

    private mutating func node(depth: Int, panel: Int, isPlain: Bool) throws -> CardNode {
        nodes += 1
        let name = "n\(nodes)"
        let content: CardContent
        if depth > 0, dice.chance(50) {
            var children: [CardNode] = []
            for _ in 0...dice.roll(2) {
                children.append(try node(depth: depth - 1, panel: panel, isPlain: isPlain))
            }
            content = .nodes(children)
        } else {
            content = .aspects(try aspects(name, panel: panel, isPlain: isPlain))
        }
        let attempts =
            !isPlain && dice.chance(15)
            ? Attempts(count: 2 + dice.roll(2), keep: combination(), all: dice.chance(50)) : nil
        return CardNode(
            id: try Self.id(name),
            title: Text(same: name),
            stage: try stage(),
            combine: isPlain ? (dice.chance(20) ? .mean : .sum) : combination(),
            attempts: attempts,
            day: nil,
            pass: nil,
            absentIsZero: dice.chance(10),
            content: content
        )
    }

    private static func id<Kind>(_ text: String) throws -> Identifier<Kind> {
        guard let id = Identifier<Kind>(text) else { throw ExactError.overflow }
        return id
    }

    private mutating func aspects(
        _ node: String,
        panel: Int,
        isPlain: Bool
    ) throws -> [Aspect] {
        var aspects: [Aspect] = []
        let count = 1 + dice.roll(5)
        let hasFactor = !isPlain && count > 1 && dice.chance(15)
        for index in 0..<count {
            let isFactor = hasFactor && index == 0
            let factor: AspectID? =
                hasFactor && index > 0 && dice.chance(60) ? try Self.id(node + "a0") : nil
            aspects.append(
                Aspect(
                    id: try Self.id(node + "a\(index)"),
                    title: Text(same: "a"),
                    description: nil,
                    requirement: nil,
                    marking: try marking(),
                    aggregation: aggregation(panel),
                    roundJudge: isPlain ? nil : rounding(10),
                    stage: try stage(),
                    coefficient: factor,
                    counts: !isFactor,
                    section: nil
                )
            )
        }
        return aspects
    }

    /// A card; a plain one has nothing that keeps it from being counted by whole numbers.
    mutating func card(isPlain: Bool) throws -> Scorecard {
        let panel = 1 + dice.roll(7)
        let minimum = dice.chance(30) ? 1 + dice.roll(panel) : panel
        var parts: [CardNode] = []
        for _ in 0...dice.roll(3) {
            parts.append(try node(depth: 2, panel: minimum, isPlain: isPlain))
        }
        let ranked: RankBasis =
            switch dice.roll(4) {
            case 0: .exact
            case 1: .rounded(Rounding(places: dice.roll(3), mode: dice.pick(RoundingMode.allCases)))
            default: .shown
            }
        return Scorecard(
            id: "random",
            title: Text(same: "r"),
            note: nil,
            standard: nil,
            panel: Panel(judges: panel, minimum: minimum),
            total: TotalRule(
                max: nil,
                shown: Rounding(places: dice.roll(4), mode: dice.pick(RoundingMode.allCases)),
                stored: nil,
                ranked: ranked,
                lowerIsBetter: dice.chance(20),
                floor: dice.chance(20) ? .zero : nil
            ),
            ties: TieRule(
                keys: [],
                end: .shared,
                numbering: .competition
            ),
            awards: "rank-1-2-3",
            sheetUnits: parts.map(\.id),
            parts: parts
        )
    }

    /// A mark that may be entered.
    mutating func mark(_ aspect: Aspect) throws -> Rational {
        if case .options(let options) = aspect.marking { return dice.pick(options).code }
        let range = aspect.marking.range
        // Not so many faults that every total falls to its floor.
        let steps = try range.greatest.minus(range.least).divided(by: range.step).floor
        return try range.least.plus(range.step.times(Rational(dice.roll(min(200, Int(steps) + 1)))))
    }
}
