public import Exact
public import Findings

/// A medal, a medallion, or nothing.
public enum Award: String, Sendable, Hashable, CaseIterable {
    /// 金牌.
    case gold
    /// 银牌.
    case silver
    /// 铜牌.
    case bronze
    /// 优胜奖: medallion, medal for excellence.
    case medallion
    /// No award.
    case none

    /// What it is called.
    public var text: Text {
        switch self {
        case .gold: Text("金牌", "gold")
        case .silver: Text("银牌", "silver")
        case .bronze: Text("铜牌", "bronze")
        case .medallion: Text("优胜奖", "medallion")
        case .none: Text("", "")
        }
    }
}

/// One of those among whom awards are given.
public struct AwardEntry: Sendable, Hashable {
    /// The total, or the scaled score.
    public let score: Rational
    /// The place as the standings number it; nil for guests.
    public let rank: Int?

    /// Makes an entry.
    public init(score: Rational, rank: Int?) {
        self.score = score
        self.rank = rank
    }
}

/// What an entry gets.
public struct GivenAward: Sendable, Hashable {
    /// The award.
    public let award: Award
    /// The position; nil for guests.
    public let position: Int?
}

/// A named, versioned rule that gives awards; some have parameters: `share:gold=10%,silver=20%`.
public struct AwardPolicy: Sendable, Hashable {
    /// What the rule goes by.
    enum Rule: Sendable, Hashable {
        /// The places 1, 2 and 3, however many share them.
        case ranks
        /// WorldSkills' windows of points.
        case worldSkills(WorldSkillsMedals)
        /// Shares of the entrants.
        case share(Shares)
        /// Numbers of medals that depend on how many entrants there are: the first step reached.
        case steps([Step])
        /// Fixed numbers of medals.
        case quota(Counts)
    }

    /// Numbers of medals.
    struct Counts: Sendable, Hashable {
        var gold = 0
        var silver = 0
        var bronze = 0
    }

    /// Numbers of medals from so many entrants on.
    struct Step: Sendable, Hashable {
        let entrants: Int
        let counts: Counts
    }

    /// Shares of the entrants, and the most medals of each colour.
    struct Shares: Sendable, Hashable {
        var gold = Rational.zero
        var silver = Rational.zero
        var bronze = Rational.zero
        var caps: [Int?] = [nil, nil, nil]
        var mode = RoundingMode.halfUp
        /// Whether each share is rounded by itself, rather than the sum down to it.
        var isEach = false
    }

    /// What becomes of those level across the end of a quota.
    enum Ties: String, Sendable, Hashable, CaseIterable {
        /// All get the better award.
        case allIn = "in"
        /// None does.
        case allOut = "out"
    }

    /// What guests take.
    enum Guests: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case nothing = "none"
        /// The colour that their score would bring, without taking it from anyone.
        case shown
    }

    /// The policy as it was written.
    public let text: String
    let rule: Rule
    var ties = Ties.allIn
    var guests = Guests.nothing
    /// 优胜奖 for this share of the entrants, medals included.
    var upper: Rational?
    var upperMode = RoundingMode.up
    /// The score from which a medallion is given.
    var medallion: Rational?
    /// The least score that takes a medal.
    var least: Rational?
    /// Whether places below a shared one are numbered 1, 1, 2, where the policy numbers them itself.
    var isDense = false

    init(text: String, rule: Rule) {
        self.text = text
        self.rule = rule
    }

    /// Whether it looks at WorldSkills' scaled scores.
    public var isScaled: Bool { if case .worldSkills = rule { true } else { false } }

    /// Awards of bare scores, in the order given: equal scores share a place, the highest is first.
    ///
    /// - Throws: a ``Refusal`` where the rule wants whole scores and gets others.
    public func awards(_ scores: [Rational], centre: Int = 700) throws(Refusal) -> [GivenAward] {
        var places: [Rational: Int] = [:]
        var taken = 0
        for (score, group) in Dictionary(grouping: scores, by: { $0 })
            .sorted(by: { $0.key > $1.key })
        {
            places[score] = isDense ? places.count + 1 : taken + 1
            taken += group.count
        }
        return try awards(
            of: scores.map { AwardEntry(score: $0, rank: places[$0]) },
            centre: centre
        )
    }

    /// Awards of those who are ranked, and of guests, in the order given.
    ///
    /// - Throws: a ``Refusal`` where the rule wants whole scores and gets others.
    public func awards(
        of entries: [AwardEntry],
        centre: Int = 700,
        lowerIsBetter: Bool = false
    ) throws(Refusal) -> [GivenAward] {
        let ranked = entries.indices.filter { entries[$0].rank != nil }
        var given = [GivenAward](
            repeating: GivenAward(award: .none, position: nil),
            count: entries.count
        )
        if case .worldSkills(let rule) = rule {
            var scores: [Int] = []
            for index in ranked {
                guard entries[index].score.isWhole,
                    let score = Int(exactly: entries[index].score.numerator)
                else {
                    throw Refusal(
                        "medals.whole",
                        Text(
                            "量表分应为整数,得到 \(entries[index].score.shortest)",
                            "scaled scores are whole numbers; got \(entries[index].score.shortest)"
                        )
                    )
                }
                scores.append(score)
            }
            for (index, award) in zip(ranked, rule.awards(scores, centre: centre)) {
                given[index] = award
            }
        } else {
            let field = ranked.compactMap { entries[$0].rank }
            var counts: [Int: Int] = [:]
            for rank in field { counts[rank, default: 0] += 1 }
            var before = 0
            var spans: [Int: ClosedRange<Int>] = [:]
            for rank in counts.keys.sorted() {
                let count = counts[rank] ?? 0
                spans[rank] = (before + 1)...(before + count)
                before += count
            }
            let limits = limits(entrants: field.count)
            for index in ranked {
                guard let rank = entries[index].rank, let span = spans[rank] else { continue }
                given[index] = GivenAward(
                    award: award(entries[index].score, rank, span, limits),
                    position: rank
                )
            }
        }
        if guests == .shown {
            for index in entries.indices where entries[index].rank == nil {
                given[index] = shown(entries[index].score, entries, given, lowerIsBetter)
            }
        }
        return given
    }

    /// The last positions that take gold, silver, bronze and 优胜奖.
    private func limits(entrants: Int) -> [Int] {
        let counts: Counts
        switch rule {
        case .quota(let fixed): counts = fixed
        case .steps(let steps):
            counts = steps.first { entrants >= $0.entrants }?.counts ?? Counts()
        case .share(let shares): counts = shares.counts(entrants)
        case .ranks, .worldSkills: counts = Counts()
        }
        let gold = counts.gold
        let silver = gold + counts.silver
        let upper = upper.map { Shares.count($0, of: entrants, upperMode) } ?? 0
        return [gold, silver, silver + counts.bronze, upper]
    }

    private func award(
        _ score: Rational,
        _ rank: Int,
        _ span: ClosedRange<Int>,
        _ limits: [Int]
    ) -> Award {
        let position = ties == .allIn ? span.lowerBound : span.upperBound
        let medals: [Award] = [.gold, .silver, .bronze]
        if least.map({ score >= $0 }) ?? true {
            if case .ranks = rule {
                if (1...3).contains(rank) { return medals[rank - 1] }
            } else if let colour = limits.prefix(3).firstIndex(where: { position <= $0 }) {
                return medals[colour]
            }
        }
        if position <= limits[3] { return .medallion }
        return medallion.map { score >= $0 } ?? false ? .medallion : .none
    }

    /// What the best of those who are not above a guest got.
    private func shown(
        _ score: Rational,
        _ entries: [AwardEntry],
        _ given: [GivenAward],
        _ lowerIsBetter: Bool
    ) -> GivenAward {
        let notAbove = entries.indices.filter { index in
            guard entries[index].rank != nil else { return false }
            let other = entries[index].score
            return other == score || (other < score) != lowerIsBetter
        }
        let best = notAbove.min { (entries[$0].rank ?? .max) < (entries[$1].rank ?? .max) }
        return GivenAward(award: best.map { given[$0].award } ?? .none, position: nil)
    }
}

extension AwardPolicy.Shares {
    /// The numbers of medals among so many entrants.
    func counts(_ entrants: Int) -> AwardPolicy.Counts {
        let shares = [gold, silver, bronze]
        var numbers: [Int] = []
        var sum = Rational.zero
        var given = 0
        for share in shares {
            if isEach {
                numbers.append(Self.count(share, of: entrants, mode))
            } else {
                sum = (try? sum.plus(share)) ?? sum
                let upTo = Self.count(sum, of: entrants, mode)
                numbers.append(max(0, upTo - given))
                given = max(given, upTo)
            }
        }
        for (index, cap) in caps.enumerated() {
            if let cap { numbers[index] = min(numbers[index], cap) }
        }
        return AwardPolicy.Counts(gold: numbers[0], silver: numbers[1], bronze: numbers[2])
    }

    static func count(_ share: Rational, of entrants: Int, _ mode: RoundingMode) -> Int {
        guard let exact = try? share.times(Rational(entrants)),
            let whole = try? exact.unscaled(Rounding(places: 0, mode: mode))
        else { return 0 }
        return Int(clamping: whole)
    }
}
