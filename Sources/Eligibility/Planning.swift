public import Exact
public import Rules

extension Policy {
    /// Over how many months a plan looks if nobody says: the longest of the times that the policy's
    /// benefits run for, and a year where none has an end.
    public var planMonths: Int {
        let terms = benefits.compactMap { benefit -> Int? in
            if case .monthly(let term?) = benefit.kind { term.months } else { nil }
        }
        return min(terms.max() ?? 12, 120)
    }

    /// The plan worth most to a person.
    ///
    /// - Parameters:
    ///   - facts: what is known of the person.
    ///   - day: the day from which the plan counts.
    ///   - paid: what was paid before.
    ///   - months: over how many months it looks; ``planMonths`` where nil.
    /// - Returns: the plan.
    public func plan(
        _ facts: Facts,
        from day: Day,
        paid: [PaidMonth] = [],
        months: Int? = nil
    ) -> BenefitPlan {
        let count = min(max(months ?? planMonths, 1), 600)
        return Planning(table: PlanTable(self, facts, from: day, months: count, paid: paid)).plan
    }
}

/// Makes the plan: what stands alone is taken, what excludes each other is compared.
struct Planning {
    let table: PlanTable

    /// How many open points of a choice are tried both ways.
    private static let mostOpen = 6

    var plan: BenefitPlan {
        let groups = groups()
        let alone = groups.filter { $0.count == 1 }
        let parts = alone.flatMap { part(alone: $0) }
        let choices = groups.filter { $0.count > 1 }.map(choice)
        return BenefitPlan(
            from: table.days[0],
            months: table.days.count,
            parts: parts,
            choices: choices,
            notCounted: table.notCounted,
            worth: Self.worth(parts, choices)
        )
    }

    private static func worth(
        _ parts: [BenefitPlan.Part],
        _ choices: [BenefitPlan.Choice]
    ) -> BenefitPlan.WorthRange? {
        var ranges = parts.map(\.worth)
        for choice in choices {
            switch choice.outcome {
            case .chosen(let chosen): ranges.append(chosen.worth)
            case .open(_, let worth): ranges.append(worth)
            case .tooMany: return nil
            }
        }
        return ranges.reduce(BenefitPlan.WorthRange(low: .zero, high: .zero)) { $0?.plus($1) }
    }

    /// The benefits that may be had, together with those that they exclude or may exclude.
    private func groups() -> [[Int]] {
        let all = table.policy.benefits.indices.filter(table.isCandidate)
        var groups: [[Int]] = []
        for benefit in all {
            let touching = groups.filter { group in
                group.contains { other in
                    table.conflicts.contains { $0[PlanTable.Pair(benefit, other)] != nil }
                }
            }
            groups.removeAll { touching.contains($0) }
            groups.append((touching.flatMap { $0 } + [benefit]).sorted())
        }
        return groups.sorted { $0[0] < $1[0] }
    }

    /// The open points of a choice: amounts that are a range, exclusions that may bind or not.
    private struct World {
        /// The benefits that pay the least that is possible.
        var low: Set<Int> = []
        /// The pairs that exclude each other though that is open.
        var bound: Set<PlanTable.Pair> = []
    }

    private func search(
        _ group: [Int],
        _ world: World,
        without: Int? = nil
    ) -> (worth: Int128, taken: [Int])? {
        let months = table.days.indices
        let amounts = months.map { month in
            group.map { benefit -> Int in
                let cell = table.cells[month][benefit]
                if benefit == without || table.limits[benefit].isOver(month) { return 0 }
                let money = world.low.contains(benefit) ? cell.low : cell.high ?? cell.low
                return money.amountFen
            }
        }
        let excluded = months.map { month in
            group.map { benefit in
                Set(
                    group.indices.filter { other in
                        let pair = PlanTable.Pair(benefit, group[other])
                        guard let missing = table.conflicts[month][pair] else { return false }
                        return missing.isEmpty || world.bound.contains(pair)
                    }
                )
            }
        }
        return ScheduleSearch(
            amounts: amounts,
            excluded: excluded,
            limits: group.map { table.limits[$0].within(table.days.count) }
        ).best()
    }

    private func choice(_ group: [Int]) -> BenefitPlan.Choice {
        BenefitPlan.Choice(
            among: group.map { table.policy.benefits[$0].id },
            outcome: outcome(group)
        )
    }

    private func outcome(_ group: [Int]) -> BenefitPlan.Outcome {
        let ranged = group.filter { benefit in
            table.cells.contains { $0[benefit].low != $0[benefit].high }
        }
        var pairs: Set<PlanTable.Pair> = []
        var missing = Set(ranged.flatMap(table.missing))
        for month in table.conflicts {
            for (pair, open) in month
            where !open.isEmpty && group.contains(pair.first) && group.contains(pair.second) {
                pairs.insert(pair)
                missing.formUnion(open)
            }
        }
        let isBounded = !table.cells.contains { month in group.contains { month[$0].high == nil } }
        let ordered = pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        let points = ranged.count + ordered.count
        guard points <= Self.mostOpen else {
            return .open(missing: missing.sorted(), worth: outer(group, isBounded))
        }
        var found: [(worth: Int128, taken: [Int])] = []
        for bits in 0..<(1 << points) {
            var world = World()
            for (at, benefit) in ranged.enumerated() where bits >> at & 1 == 1 {
                world.low.insert(benefit)
            }
            for (at, pair) in ordered.enumerated() where bits >> (ranged.count + at) & 1 == 1 {
                world.bound.insert(pair)
            }
            guard let best = search(group, world) else { return .tooMany }
            found.append(best)
        }
        let worths = found.map(\.worth)
        guard let low = worths.min().flatMap(Money.init(fen:)),
            let high = worths.max().flatMap(Money.init(fen:)), let first = found.first
        else { return .tooMany }
        let worth = BenefitPlan.WorthRange(low: low, high: isBounded ? high : nil)
        guard isBounded, found.allSatisfy({ $0.taken == first.taken }) else {
            return .open(missing: missing.sorted(), worth: worth)
        }
        let parts = parts(group, first.taken)
        return .chosen(
            BenefitPlan.Chosen(
                parts: parts,
                worth: worth,
                runnerUp: runnerUp(group, ranged, pairs, low, first.taken)
            )
        )
    }

    /// The bounds of what a choice may be worth where its open points are too many to be tried.
    private func outer(_ group: [Int], _ isBounded: Bool) -> BenefitPlan.WorthRange {
        let least = search(group, World(low: Set(group), bound: Set(allPairs(group))))
        let most = search(group, World())
        return BenefitPlan.WorthRange(
            low: least.flatMap { Money(fen: $0.worth) } ?? .zero,
            high: isBounded ? most.flatMap { Money(fen: $0.worth) } : nil
        )
    }

    private func allPairs(_ group: [Int]) -> [PlanTable.Pair] {
        group.flatMap { a in group.filter { $0 > a }.map { PlanTable.Pair(a, $0) } }
    }

    /// The best that is left when one of the chosen is given up, all at the least that is certain.
    private func runnerUp(
        _ group: [Int],
        _ ranged: [Int],
        _ pairs: Set<PlanTable.Pair>,
        _ best: Money,
        _ taken: [Int]
    ) -> BenefitPlan.RunnerUp? {
        let world = World(low: Set(ranged), bound: pairs)
        let chosen = group.indices.filter { at in taken.contains { $0 >> at & 1 == 1 } }
        var found: (without: Int, worth: Int128, taken: [Int])?
        for at in chosen {
            guard let other = search(group, world, without: group[at]), other.worth > 0 else {
                continue
            }
            if found.map({ other.worth > $0.worth }) ?? true {
                found = (group[at], other.worth, other.taken)
            }
        }
        guard let found, let worth = Money(fen: found.worth) else { return nil }
        return BenefitPlan.RunnerUp(
            without: table.policy.benefits[found.without].id,
            parts: parts(group, found.taken),
            worth: worth,
            less: Money(amountFen: best.amountFen - worth.amountFen)
        )
    }

    /// What stands alone is taken whenever it can be; where its amount is open so is its worth.
    private func part(alone group: [Int]) -> [BenefitPlan.Part] {
        guard let most = search(group, World()), most.taken.contains(1) else {
            // Nobody can bound it: it is taken in the first month that it may be.
            let benefit = table.policy.benefits[group[0]].id
            let first = table.cells.firstIndex { $0[group[0]].isOpen }
            return [
                BenefitPlan.Part(
                    benefit: benefit,
                    spans: first.map { spans([$0]) } ?? [],
                    worth: BenefitPlan.WorthRange(low: .zero, high: nil),
                    missing: table.missing(group[0])
                )
            ]
        }
        return parts(group, most.taken)
    }

    private func parts(_ group: [Int], _ taken: [Int]) -> [BenefitPlan.Part] {
        group.indices.compactMap { at in
            let months = taken.indices.filter { taken[$0] >> at & 1 == 1 }
            guard !months.isEmpty else { return nil }
            let cells = months.map { table.cells[$0][group[at]] }
            let worth = cells.reduce(BenefitPlan.WorthRange(low: .zero, high: .zero)) {
                $0.plus(BenefitPlan.WorthRange(low: $1.low, high: $1.high))
            }
            return BenefitPlan.Part(
                benefit: table.policy.benefits[group[at]].id,
                spans: spans(months),
                worth: worth,
                missing: Set(cells.flatMap(\.missing)).sorted()
            )
        }
    }

    private func spans(_ months: [Int]) -> [BenefitPlan.Span] {
        var runs: [ClosedRange<Int>] = []
        for month in months {
            if let last = runs.last, last.upperBound + 1 == month {
                runs[runs.count - 1] = last.lowerBound...month
            } else {
                runs.append(month...month)
            }
        }
        return runs.map {
            BenefitPlan.Span(
                from: table.days[$0.lowerBound].monthText,
                to: table.days[$0.upperBound].monthText,
                count: $0.count
            )
        }
    }
}

extension PlanTable.Limit {
    /// Whether a time that began before the plan is over in a month of it.
    fileprivate func isOver(_ month: Int) -> Bool {
        guard case .window(let length, let before?) = self else { return false }
        return month + before >= length
    }

    /// The limit as far as a plan of so many months can reach it; one that it can't is none, which
    /// leaves far fewer schedules to tell apart.
    fileprivate func within(_ months: Int) -> PlanTable.Limit {
        switch self {
        case .none, .once: self
        case .count(let count): count >= months ? .none : self
        case .window(let length, let before): before != nil || length >= months ? .none : self
        }
    }
}

extension BenefitPlan.WorthRange {
    /// Both ends added; amounts too large to be counted have no upper end.
    func plus(_ other: BenefitPlan.WorthRange) -> BenefitPlan.WorthRange {
        let both = high.flatMap { a in other.high.flatMap { try? a.plus($0) } }
        return BenefitPlan.WorthRange(low: (try? low.plus(other.low)) ?? low, high: both)
    }
}

extension Money {
    /// An amount in fen, where it fits.
    fileprivate init?(fen: Int128) {
        guard let whole = Int(exactly: fen) else { return nil }
        self.init(amountFen: whole)
    }
}
