public import Exact

/// The WorldSkills scale: totals of one skill put on a common scale.
///
/// Source: `worldskills-2017` reproduces 32 of 32 results of a real CIS export, `worldskills-2015`
/// the published figures of 2015 (domain-worldskills 2.1 and 2.2). Rounding is half up; which way a
/// half goes can't be told from the data.
public enum WorldSkillsScale: String, Sendable, Hashable, CaseIterable {
    /// `700 + 30 (x − median) / (1.4826 · MAD)`.
    case median700 = "worldskills-2017"
    /// `500 + 30 (x − mean) / population SD`.
    case mean500 = "worldskills-2015"

    /// The score of the middle.
    public var centre: Int { self == .median700 ? 700 : 500 }

    /// The scaled scores, in the order given; nil where the totals do not differ enough for the
    /// scale to exist (MAD or SD is 0 while totals differ).
    ///
    /// Where all totals are equal, all are the centre.
    public func scaled(_ totals: [Rational]) throws(ExactError) -> [Int]? {
        guard let first = totals.first else { return [] }
        if totals.allSatisfy({ $0 == first }) { return totals.map { _ in centre } }
        switch self {
        case .median700:
            let median = try Self.median(totals)
            var deviations: [Rational] = []
            for total in totals { deviations.append(try total.minus(median).magnitude) }
            let spread = try Self.median(deviations).times(Rational(7413, over: 5000))
            guard spread != .zero else { return nil }
            var scores: [Int] = []
            for total in totals {
                let units = try total.minus(median).times(Rational(30)).divided(by: spread)
                let rounded = try units.plus(Rational(centre)).plus(Rational(1, over: 2)).floor
                guard let score = Int(exactly: rounded) else { throw .overflow }
                scores.append(score)
            }
            return scores
        case .mean500: return try Self.meanScaled(totals, centre: centre)
        }
    }

    private static func meanScaled(_ totals: [Rational], centre: Int) throws(ExactError) -> [Int]? {
        let count = Rational(totals.count)
        let mean = try totals.sum().divided(by: count)
        var squares: [Rational] = []
        for total in totals {
            let deviation = try total.minus(mean)
            squares.append(try deviation.times(deviation))
        }
        let variance = try squares.sum().divided(by: count)
        guard variance != .zero else { return nil }
        var scores: [Int] = []
        for (index, total) in totals.enumerated() {
            let square = try squares[index].times(Rational(900)).divided(by: variance)
            let units = try roundedRoot(square, halfUp: total >= mean)
            scores.append(centre + (total >= mean ? units : -units))
        }
        return scores
    }

    /// The root of a number, rounded to a whole number without ever leaving whole numbers; below the
    /// mean a half goes towards it, which is up.
    private static func roundedRoot(_ square: Rational, halfUp: Bool) throws(ExactError) -> Int {
        var root = 0
        while try Rational(root + 1).times(Rational(root + 1)) <= square { root += 1 }
        // n + 1/2 squared, without a fraction: (2n + 1)² against 4 · square.
        let half = try Rational(2 * root + 1).times(Rational(2 * root + 1))
        let four = try square.times(Rational(4))
        return halfUp ? (four >= half ? root + 1 : root) : (four > half ? root + 1 : root)
    }

    static func median(_ values: [Rational]) throws(ExactError) -> Rational {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        guard sorted.count % 2 == 0 else { return sorted[middle] }
        return try sorted[middle - 1].plus(sorted[middle]).divided(by: Rational(2))
    }
}
