internal import Competition
internal import Exact

/// Invented marks: an entrant has an ability, an aspect a difficulty, a judge a hand.
struct RehearsalMarks {
    let unit: SheetUnit
    private let judged: [Range]
    private let agreed: [Range]

    private struct Range {
        let least: Int
        let step: Int
        let steps: Int
        let codes: [Int]
        let isJudgement: Bool
        let lowerIsBetter: Bool
    }

    init(unit: SheetUnit) {
        self.unit = unit
        judged = unit.judged.map { Self.range($0.aspect) }
        agreed = unit.agreed.map { Self.range($0.aspect) }
    }

    private static func range(_ aspect: Aspect) -> Range {
        let range = aspect.marking.range
        func units(_ value: Rational) -> Int {
            (try? value.unscaled(Rounding(places: range.places))).flatMap(Int.init(exactly:)) ?? 0
        }
        let least = units(range.least)
        let step = max(1, units(range.step))
        var codes: [Int] = []
        var lower = false
        var least2 = least
        var steps = (units(range.greatest) - least) / step
        let most = units(range.greatest)
        /// A stretch of the range that begins on a step: where it begins, and of how many steps it is.
        func window(_ from: Int, _ span: Int) -> (Int, Int) {
            let start = least + max(0, (min(from, most) - least) / step) * step
            return (start, max(0, min(max(1, span / step), (most - start) / step)))
        }
        switch aspect.marking {
        case .options(let options):
            codes = options.sorted { $0.marks < $1.marks }.map { units($0.code) }
        case .deduct: (steps, lower) = (4, true)
        case .tolerance(let tolerance):
            // Deviations to one side, from none to well past what is free.
            let span = units(tolerance.free) + units(tolerance.per) * 4
            let target = units(tolerance.target)
            lower = tolerance.side != .under
            (least2, steps) = window(lower ? target : target - span, span)
        case .bands(let bands):
            let ends = bands.list.map { units($0.end) }
            let (low, high) = (ends.min() ?? least, ends.max() ?? least)
            let span = max(step, (high - low) * 6 / 5 + abs(high) / 5)
            lower = !bands.isFrom
            (least2, steps) = window(low - abs(low) / 5, span)
        case .linear(let line): steps = min(steps, line.cap == nil ? steps : max(1, 10_000))
        default: break
        }
        var isJudgement = false
        if case .judgement = aspect.marking { isJudgement = true }
        return Range(
            least: least2,
            step: step,
            steps: steps,
            codes: codes,
            isJudgement: isJudgement,
            lowerIsBetter: lower
        )
    }

    /// The marks of the panel's sheet.
    func agreed(ability: Int, random: inout SeededGenerator) -> [Int32] {
        agreed.map { mark($0, level: ability + random.below(260) - 130) }
    }

    /// The marks of each judge's sheet; judges see the same work and differ a little.
    func judged(ability: Int, judges: Int, random: inout SeededGenerator) -> [[Int32]] {
        let work = judged.map { _ in ability + random.below(240) - 120 }
        return (0..<judges).map { _ in
            let hand = random.below(40) - 20
            return zip(judged, work).map { range, level in
                // Judgement may spread by one: every judge gives the floor or the next.
                let seen = range.isJudgement ? level / 334 * 334 : level + hand
                return mark(range, level: seen + random.below(range.isJudgement ? 400 : 60))
            }
        }
    }

    /// A mark at a level from 0 to 1000.
    private func mark(_ range: Range, level: Int) -> Int32 {
        let held = min(999, max(0, level))
        let quality = range.lowerIsBetter ? 999 - held : held
        if !range.codes.isEmpty { return Int32(range.codes[quality * range.codes.count / 1000]) }
        if range.isJudgement { return Int32(min(3, held / 334 + (held % 334 > 200 ? 1 : 0))) }
        return Int32(range.least + (quality * (range.steps + 1) / 1000) * range.step)
    }
}
