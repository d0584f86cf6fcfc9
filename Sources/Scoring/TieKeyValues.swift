internal import Competition
internal import Exact
internal import Findings

/// What a tie key sees of an entrant: values compared in order, the greater first.
struct TieValue: Hashable, Comparable {
    /// The values; a missing one stands last.
    let values: [Rational?]

    static func < (a: TieValue, b: TieValue) -> Bool {
        for index in 0..<max(a.values.count, b.values.count) {
            let left = index < a.values.count ? a.values[index] : nil
            let right = index < b.values.count ? b.values[index] : nil
            guard left != right else { continue }
            guard let left else { return true }
            guard let right else { return false }
            return left < right
        }
        return false
    }
}

/// Computes what the keys of a chain see.
struct TieKeyValues {
    let plan: ScoringPlan
    let table: MarkTable
    let scores: [EntrantID: EntrantScore]
    let inputs: [EntrantID: EntrantInput]

    /// The values that a key compares, within a group of level entrants.
    func value(
        _ key: TieKey,
        of id: EntrantID,
        within group: [EntrantID]
    ) throws(ExactError) -> TieValue {
        let values = try raw(key, of: id, within: group)
        guard key.lowerFirst else { return TieValue(values: values) }
        var turned: [Rational?] = []
        for value in values {
            guard let value else {
                turned.append(nil)
                continue
            }
            turned.append(try value.negated())
        }
        return TieValue(values: turned)
    }

    private func raw(
        _ key: TieKey,
        of id: EntrantID,
        within group: [EntrantID]
    ) throws(ExactError) -> [Rational?] {
        guard let score = scores[id] else { return [nil] }
        switch key.measure {
        case .marks(let references): return [try marks(references, score)]
        case .entered(let reference): return [entered(reference, id, lowest: key.lowerFirst)]
        case .fullMarks(let node): return [try fullMarks(score, node)]
        case .countbackOfMarks(let references): return try best(countback(references, id))
        case .countbackOfPlacings(let nodes):
            var placings: [Int] = []
            for node in nodes { placings.append(placing(id, in: node)) }
            return placings.sorted().map { Rational(-$0) }
        case .attempts(let node):
            let values = (score.node(node)?.attempts ?? []).compactMap(\.value)
            return try best(values)
        case .headToHead(let nodes): return [Rational(wins(id, over: group, in: nodes))]
        case .external(let name): return [inputs[id]?.external[name]]
        case .lot(let seed): return [Rational(Lot.number(seed: seed, entrant: id))]
        }
    }

    private func marks(
        _ references: [CardReference],
        _ score: EntrantScore
    ) throws(ExactError) -> Rational? {
        var sum = Rational.zero
        for reference in references {
            guard let node = score.node(reference.node) else { return nil }
            if let aspect = reference.aspect {
                let found = node.allAspects.filter { plan.aspects[$0.aspect].aspect.id == aspect }
                guard !found.isEmpty else { return nil }
                for result in found { sum = try sum.plus(result.contribution ?? .zero) }
            } else {
                guard let value = node.contribution else { return nil }
                sum = try sum.plus(value)
            }
        }
        return sum
    }

    private func entered(
        _ reference: CardReference,
        _ id: EntrantID,
        lowest: Bool
    ) -> Rational? {
        guard let number = plan.numbers(of: reference).first, let row = table.index(of: id) else {
            return nil
        }
        var best: Rational?
        for attempt in 0..<plan.aspects[number].attempts {
            for mark in table.marks(entrant: row, aspect: number, attempt: attempt)
            where StoredMark.isMark(mark) {
                guard let value = try? plan.aspects[number].aspect.entered(mark) else { continue }
                best = best.map { lowest ? min($0, value) : max($0, value) } ?? value
            }
        }
        return best
    }

    private func fullMarks(_ score: EntrantScore, _ node: NodeID?) throws(ExactError) -> Rational {
        let results =
            node.map { score.node($0)?.allAspects ?? [] } ?? score.parts.flatMap(\.allAspects)
        var count = 0
        for result in results {
            let aspect = plan.aspects[result.aspect].aspect
            if result.outcome.value == (try aspect.marking.bounds().upperBound) { count += 1 }
        }
        return Rational(count)
    }

    private func countback(_ references: [CardReference], _ id: EntrantID) -> [Rational] {
        guard let row = table.index(of: id) else { return [] }
        var marks: [Rational] = []
        for number in references.flatMap(plan.numbers(of:)) {
            for attempt in 0..<plan.aspects[number].attempts {
                for mark in table.marks(entrant: row, aspect: number, attempt: attempt)
                where StoredMark.isMark(mark) {
                    if let value = try? plan.aspects[number].aspect.entered(mark) {
                        marks.append(value)
                    }
                }
            }
        }
        return marks
    }

    /// The values, the best first, in a form in which the greater is the better.
    private func best(_ values: [Rational]) throws(ExactError) -> [Rational?] {
        guard plan.card.total.lowerIsBetter else { return values.sorted(by: >) }
        var turned: [Rational?] = []
        for value in values.sorted() { turned.append(try value.negated()) }
        return turned
    }

    /// The place of an entrant in one node alone, from 1.
    private func placing(_ id: EntrantID, in node: NodeID) -> Int {
        let own = scores[id]?.node(node)?.contribution
        let before = scores.values.filter { other in
            guard let value = other.node(node)?.contribution,
                inputs[other.entrant]?.entrant.isGuest == false
            else { return false }
            guard let own else { return true }
            return plan.card.total.lowerIsBetter ? value < own : value > own
        }
        return before.count + 1
    }

    private func wins(_ id: EntrantID, over group: [EntrantID], in nodes: [NodeID]) -> Int {
        var wins = 0
        for other in group where other != id {
            var balance = 0
            for node in nodes {
                guard let own = scores[id]?.node(node)?.contribution,
                    let their = scores[other]?.node(node)?.contribution, own != their
                else { continue }
                balance += (own > their) != plan.card.total.lowerIsBetter ? 1 : -1
            }
            if balance > 0 { wins += 1 }
        }
        return wins
    }
}

/// Lots that anyone can draw again from the published seed.
enum Lot {
    /// A number of 53 bits from the seed and the entrant: the first bytes of a mixing function that
    /// is fixed for ever (FNV-1a with a final avalanche), so that a record can be checked years later.
    static func number(seed: String, entrant: EntrantID) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in seed.utf8 + [0] + entrant.text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        hash ^= hash >> 33
        hash = hash &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 33
        hash = hash &* 0xc4ce_b9fe_1a85_ec53
        hash ^= hash >> 33
        return Int(hash >> 11)
    }
}
