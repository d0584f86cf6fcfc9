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

/// The scores of those whom a tie key looks at, each counted once.
private final class ScoreBook {
    var scores: [EntrantID: EntrantScore] = [:]
    var scratches: [Int: FastProgram.Scratch] = [:]
}

/// Computes what the keys of a chain see.
struct TieKeyValues {
    private let totals: Totals
    private let book = ScoreBook()

    private var tally: ItemTally { totals.tally }
    private var plan: ScoringPlan { totals.tally.plan }

    init(totals: Totals) { self.totals = totals }

    /// The values that a key compares, within a group of level entrants.
    func value(
        _ key: TieKey,
        of id: EntrantID,
        within group: [EntrantID]
    ) throws(ExactError) -> TieValue {
        var turned: [Rational?] = []
        for value in try raw(key, of: id, within: group) {
            guard var value else {
                turned.append(nil)
                continue
            }
            if let round = key.round { value = try value.rounded(round) }
            turned.append(key.lowerFirst ? try value.negated() : value)
        }
        return TieValue(values: turned)
    }

    private func raw(
        _ key: TieKey,
        of id: EntrantID,
        within group: [EntrantID]
    ) throws(ExactError) -> [Rational?] {
        switch key.measure {
        case .marks(let references): return [try marks(references, id)]
        case .entered(let references):
            return [try entered(references, id, lowest: key.lowerFirst)]
        case .fullMarks(let node): return [try fullMarks(id, node)]
        case .countbackOfMarks(let references): return try best(countback(references, id))
        case .countbackOfPlacings(let nodes):
            var placings: [Int] = []
            for node in nodes { placings.append(try placing(id, in: node)) }
            return placings.sorted().map { Rational(-$0) }
        case .attempts(let node):
            let values = (try score(id)?.node(node)?.attempts ?? []).compactMap(\.value)
            return try best(values)
        case .headToHead(let nodes):
            return [Rational(try wins(id, over: group, in: nodes))]
        case .external(let name): return [tally.input(of: id)?.external[name]]
        case .lot(let seed): return [Rational(Lot.number(seed: seed, entrant: id))]
        }
    }

    private func score(_ id: EntrantID) throws(ExactError) -> EntrantScore? {
        if let known = book.scores[id] { return known }
        let score = try tally.score(of: id)
        book.scores[id] = score
        return score
    }

    private func marks(
        _ references: [CardReference],
        _ id: EntrantID
    ) throws(ExactError) -> Rational? {
        if let sum = try fastMarks(references, id) { return sum }
        guard let score = try score(id) else { return nil }
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

    /// The same from the program of whole numbers, for a row that it counted.
    private func fastMarks(
        _ references: [CardReference],
        _ id: EntrantID
    ) throws(ExactError) -> Rational? {
        guard let index = tally.index(of: id), case .fast(_, let number) = totals.totals[index],
            let row = tally.table.index(of: id)
        else { return nil }
        let program = totals.programs[number]
        var scratch = book.scratches[number] ?? program.scratch(tally.table)
        book.scratches[number] = nil
        _ = program.total(row, tally.table, &scratch)
        defer { book.scratches[number] = scratch }
        var sum = Rational.zero
        for reference in references {
            if reference.aspect != nil {
                guard let aspect = plan.numbers(of: reference).first else { return nil }
                sum = try sum.plus(
                    Rational(
                        Int128(scratch.aspects[aspect]),
                        over: Int128(program.aspects[aspect].stage.denominator)
                    )
                )
            } else {
                guard let node = program.nodeNumbers[reference.node] else { return nil }
                sum = try sum.plus(
                    Rational(
                        Int128(scratch.nodes[node]),
                        over: Int128(program.nodes[node].stage.denominator)
                    )
                )
            }
        }
        return sum
    }

    private func entered(
        _ references: [CardReference],
        _ id: EntrantID,
        lowest: Bool
    ) throws(ExactError) -> Rational? {
        var sum = Rational.zero
        for reference in references {
            guard let value = entered(reference, id, lowest: lowest) else { return nil }
            sum = try sum.plus(value)
        }
        return sum
    }

    private func entered(
        _ reference: CardReference,
        _ id: EntrantID,
        lowest: Bool
    ) -> Rational? {
        guard let number = plan.numbers(of: reference).first, let row = tally.table.index(of: id)
        else { return nil }
        var best: Rational?
        for attempt in 0..<plan.aspects[number].attempts {
            for mark in tally.table.marks(entrant: row, aspect: number, attempt: attempt)
            where StoredMark.isMark(mark) {
                guard let value = try? plan.aspects[number].aspect.entered(mark) else { continue }
                best = best.map { lowest ? min($0, value) : max($0, value) } ?? value
            }
        }
        return best
    }

    private func fullMarks(_ id: EntrantID, _ node: NodeID?) throws(ExactError) -> Rational? {
        guard let score = try score(id) else { return nil }
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
        guard let row = tally.table.index(of: id) else { return [] }
        var marks: [Rational] = []
        for number in references.flatMap(plan.numbers(of:)) {
            for attempt in 0..<plan.aspects[number].attempts {
                for mark in tally.table.marks(entrant: row, aspect: number, attempt: attempt)
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
    private func placing(_ id: EntrantID, in node: NodeID) throws(ExactError) -> Int {
        let own = try score(id)?.node(node)?.contribution
        var place = 1
        for other in tally.inputs where !other.entrant.isGuest {
            guard let value = try score(other.entrant.id)?.node(node)?.contribution else {
                continue
            }
            guard let own else {
                place += 1
                continue
            }
            if plan.card.total.lowerIsBetter ? value < own : value > own { place += 1 }
        }
        return place
    }

    private func wins(
        _ id: EntrantID,
        over group: [EntrantID],
        in nodes: [NodeID]
    ) throws(ExactError) -> Int {
        var wins = 0
        for other in group where other != id {
            var balance = 0
            for node in nodes {
                guard let own = try score(id)?.node(node)?.contribution,
                    let their = try score(other)?.node(node)?.contribution, own != their
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
