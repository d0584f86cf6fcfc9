public import Exact
public import Findings

/// One entrant's result, as tables of delegations look at it; a team counts once.
public struct DelegationResult: Sendable, Hashable {
    /// The item.
    public let item: String
    /// The delegation, or the team.
    public let delegation: String
    /// The place; nil without one.
    public let rank: Int?
    /// The total; nil without one.
    public let total: Rational?
    /// The award.
    public let award: Award

    /// Makes a result.
    public init(item: String, delegation: String, rank: Int?, total: Rational?, award: Award) {
        self.item = item
        self.delegation = delegation
        self.rank = rank
        self.total = total
        self.award = award
    }
}

/// One delegation's place in a table.
public struct DelegationRow: Sendable, Hashable {
    /// The place.
    public let rank: Int
    /// The delegation.
    public let delegation: String
    /// What it is ranked by, before rounding.
    public let value: Rational
    /// In how many items it has a result.
    public let items: Int
    /// How many results it has.
    public let results: Int
    /// Gold, silver, bronze and medallion.
    public let awards: [Int]
    /// How often each place was taken, from the first on, as far as its own last.
    public let places: [Int]
}

/// How a table of delegations is made (代表队积分榜): a name, with parameters after a colon.
public struct DelegationMethod: Sendable, Hashable {
    enum Rule: Sendable, Hashable {
        /// Points for awards. Source of 4/3/2/1: WorldSkills member tables (domain-worldskills 3.5).
        case medals([Rational])
        /// Points for places, with countback.
        case places([Rational], rest: Rational, shared: Bool)
        /// Totals added up, of each item the best so many.
        case totals(best: Int?)
    }

    enum Countback: String, Sendable, Hashable, CaseIterable {
        case places
        case medals
        case none
    }

    /// The method as it was written.
    public let text: String
    let rule: Rule
    let isPerItem: Bool
    let countback: Countback

    /// The names of the methods.
    public static let names = ["medal-points", "place-points", "sum"]

    /// Reads a method: `medal-points`, `place-points:points=10/9/8,rest=1`, `sum:best=3`; with
    /// `per=item` for averages over the items, and `countback=places|medals|none`.
    ///
    /// - Throws: a ``Refusal`` that says what was expected.
    public init(_ text: String) throws(Refusal) {
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var parameters: [String: String] = [:]
        for part in (halves.count > 1 ? String(halves[1]) : "").split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, parameters[String(pair[0])] == nil else {
                throw Self.refusal(
                    text,
                    "“\(part)”应为不重复的 键=值",
                    "\"\(part)\": expected key=value, once"
                )
            }
            parameters[String(pair[0])] = String(pair[1])
        }
        func number(_ key: String) throws(Refusal) -> Rational? {
            guard let value = parameters.removeValue(forKey: key) else { return nil }
            guard let number = try? Rational(written: value) else {
                throw Self.refusal(
                    text,
                    "\(key)=\(value) 应为数字",
                    "\(key)=\(value): expected a number"
                )
            }
            return number
        }
        var countback = Countback.none
        switch String(halves[0]) {
        case "medal-points":
            var points: [Rational] = []
            for (key, usual) in [("gold", 4), ("silver", 3), ("bronze", 2), ("medallion", 1)] {
                points.append(try number(key) ?? Rational(usual))
            }
            rule = .medals(points)
        case "place-points":
            let list = parameters.removeValue(forKey: "points") ?? ""
            let points = list.split(separator: "/").compactMap { try? Rational(written: $0) }
            let shared = parameters.removeValue(forKey: "shared") ?? "each"
            guard !points.isEmpty, points.count == list.split(separator: "/").count,
                ["each", "mean"].contains(shared)
            else {
                throw Self.refusal(
                    text,
                    "应为 place-points:points=10/9/8,rest=1,shared=each 或 mean",
                    "expected place-points:points=10/9/8,rest=1,shared=each or mean"
                )
            }
            rule = .places(points, rest: try number("rest") ?? .zero, shared: shared == "mean")
            countback = .places
        case "sum":
            let best = try number("best")
            guard best.map({ $0.isWhole && $0 > .zero && $0 < Rational(10_000) }) ?? true else {
                throw Self.refusal(text, "best 应为正整数", "best is a whole number above 0")
            }
            rule = .totals(best: best.map { Int($0.numerator) })
        default:
            let names = Self.names.joined(separator: ", ")
            throw Self.refusal(
                text,
                "没有方法“\(halves[0])”;应为 \(names)",
                "there is no method \"\(halves[0])\"; expected one of \(names)"
            )
        }
        if let word = parameters.removeValue(forKey: "countback") {
            guard let chosen = Countback(rawValue: word) else {
                throw Self.refusal(
                    text,
                    "countback 应为 places、medals 或 none",
                    "countback: expected places, medals or none"
                )
            }
            countback = chosen
        }
        let per = parameters.removeValue(forKey: "per")
        guard per == nil || per == "item" else {
            throw Self.refusal(text, "per 只能是 item", "per can only be item")
        }
        if let key = parameters.keys.sorted().first {
            throw Self.refusal(text, "没有参数 \(key)", "there is no parameter \(key)")
        }
        self.text = text
        isPerItem = per != nil
        self.countback = countback
    }

    private static func refusal(_ text: String, _ zh: String, _ en: String) -> Refusal {
        Refusal("teams.method", Text("榜单方法 \(text):\(zh)", "table method \(text): \(en)"))
    }

    /// The table: everyone who has a result, the best first; level rows share a place.
    ///
    /// - Throws: `ExactError` where a number does not fit in 128 bits.
    public func table(_ results: [DelegationResult]) throws(ExactError) -> [DelegationRow] {
        let given = results.filter { $0.rank != nil }
        var sharing: [String: [Int: Int]] = [:]
        for result in given {
            if let rank = result.rank { sharing[result.item, default: [:]][rank, default: 0] += 1 }
        }
        var rows: [DelegationRow] = []
        for name in Set(given.map(\.delegation)).sorted() {
            let own = given.filter { $0.delegation == name }
            let items = Set(own.map(\.item)).count
            var value = try self.value(own, sharing)
            if isPerItem { value = try value.divided(by: Rational(items)) }
            let last = own.compactMap(\.rank).max() ?? 0
            rows.append(
                DelegationRow(
                    rank: 0,
                    delegation: name,
                    value: value,
                    items: items,
                    results: own.count,
                    awards: [Award.gold, .silver, .bronze, .medallion].map { award in
                        own.count { $0.award == award }
                    },
                    places: last < 1
                        ? [] : (1...last).map { place in own.count { $0.rank == place } }
                )
            )
        }
        rows.sort { a, b in
            let order = compare(a, b)
            return order != 0 ? order > 0 : a.delegation < b.delegation
        }
        var ranked: [DelegationRow] = []
        for (index, row) in rows.enumerated() {
            let isLevel = index > 0 && compare(rows[index - 1], row) == 0
            ranked.append(row.ranked(isLevel ? ranked[index - 1].rank : index + 1))
        }
        return ranked
    }

    /// Above 0 where the first stands before the second.
    private func compare(_ a: DelegationRow, _ b: DelegationRow) -> Int {
        if a.value != b.value { return a.value > b.value ? 1 : -1 }
        let (left, right): ([Int], [Int])
        switch countback {
        case .none: return 0
        case .medals: (left, right) = (a.awards, b.awards)
        case .places: (left, right) = (a.places, b.places)
        }
        for index in 0..<max(left.count, right.count) {
            let x = index < left.count ? left[index] : 0
            let y = index < right.count ? right[index] : 0
            if x != y { return x > y ? 1 : -1 }
        }
        return 0
    }

    private func value(
        _ own: [DelegationResult],
        _ sharing: [String: [Int: Int]]
    ) throws(ExactError) -> Rational {
        var sum = Rational.zero
        switch rule {
        case .medals(let points):
            let order: [Award] = [.gold, .silver, .bronze, .medallion]
            for result in own {
                guard let place = order.firstIndex(of: result.award) else { continue }
                sum = try sum.plus(points[place])
            }
        case .places(let points, let rest, let isShared):
            for result in own {
                guard let rank = result.rank else { continue }
                let count = isShared ? sharing[result.item]?[rank] ?? 1 : 1
                var taken = Rational.zero
                for place in rank..<(rank + count) {
                    taken = try taken.plus(place <= points.count ? points[place - 1] : rest)
                }
                sum = try sum.plus(taken.divided(by: Rational(count)))
            }
        case .totals(let best):
            for item in Set(own.map(\.item)) {
                let totals = own.filter { $0.item == item }.compactMap(\.total).sorted(by: >)
                sum = try sum.plus(Array(totals.prefix(best ?? totals.count)).sum())
            }
        }
        return sum
    }
}

extension DelegationRow {
    fileprivate func ranked(_ rank: Int) -> DelegationRow {
        DelegationRow(
            rank: rank,
            delegation: delegation,
            value: value,
            items: items,
            results: results,
            awards: awards,
            places: places
        )
    }
}
