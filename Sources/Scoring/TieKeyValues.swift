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
    /// For keys and programs that were met: what to add up, over one denominator.
    var sums: [SumKey: WholeSum?] = [:]

    struct SumKey: Hashable {
        let key: Int
        let program: Int
    }
}

/// A sum of parts, nodes and aspects of a program over one denominator.
private struct WholeSum {
    struct Term {
        let isAspect: Bool
        let number: Int
        let factor: Int64
    }

    var terms: [Term] = []
    var denominator: Int64 = 1
}

/// Computes what the keys of a chain see.
struct TieKeyValues {
    private let totals: Totals
    private let book = ScoreBook()

    private var tally: ItemTally { totals.tally }
    private var plan: ScoringPlan { totals.tally.plan }

    init(totals: Totals) { self.totals = totals }

    /// Splits a group by a key, the best first; equal members stay together, in their order.
    func split(_ group: [Int32], by number: Int) throws(ExactError) -> [[Int32]] {
        let key = plan.card.ties.keys[number]
        if let numbers = whole(number, group) {
            let order = group.indices.sorted {
                numbers[$0] != numbers[$1]
                    ? (numbers[$0] > numbers[$1]) != key.lowerFirst : $0 < $1
            }
            var groups: [[Int32]] = []
            var last: Int64?
            for index in order {
                if last == numbers[index] {
                    groups[groups.count - 1].append(group[index])
                } else {
                    groups.append([group[index]])
                }
                last = numbers[index]
            }
            return groups
        }
        let ids = group.map { tally.inputs[Int($0)].entrant.id }
        var byValue: [TieValue: [Int32]] = [:]
        for (member, id) in zip(group, ids) {
            byValue[try value(key, of: id, within: ids), default: []].append(member)
        }
        return byValue.sorted { $0.key > $1.key }.map(\.value)
    }

    /// Whether the first of two stands before the second by keys that add up marks; nil where they
    /// stay level, or where a key wants more than whole numbers.
    func isInOrder(_ first: Int32, _ second: Int32, isFirst: Bool) -> Bool? {
        guard case .fast(_, let program) = totals.totals[Int(first)],
            case .fast(_, program) = totals.totals[Int(second)]
        else { return nil }
        for (number, key) in plan.card.ties.keys.enumerated() where isFirst || !key.firstPlaceOnly {
            guard case .marks(let references) = key.measure, key.round == nil,
                let sum = wholeSum(number, program, references),
                let a = wholeValue(sum, program, Int(first)),
                let b = wholeValue(sum, program, Int(second))
            else { return nil }
            if a != b { return (a > b) != key.lowerFirst }
        }
        return nil
    }

    /// The values of a key that adds up marks, over one denominator, where one program counted all.
    private func whole(_ number: Int, _ group: [Int32]) -> [Int64]? {
        let key = plan.card.ties.keys[number]
        guard case .marks(let references) = key.measure, key.round == nil else { return nil }
        var numbers: [Int64] = []
        numbers.reserveCapacity(group.count)
        var program: Int?
        for index in group {
            guard case .fast(_, let own) = totals.totals[Int(index)], program ?? own == own else {
                return nil
            }
            program = own
            guard let sum = wholeSum(number, own, references),
                let value = wholeValue(sum, own, Int(index))
            else { return nil }
            numbers.append(value)
        }
        return numbers
    }

    private func wholeSum(
        _ number: Int,
        _ programNumber: Int,
        _ references: [CardReference]
    ) -> WholeSum? {
        let key = ScoreBook.SumKey(key: number, program: programNumber)
        if let known = book.sums[key] { return known }
        let made = makeSum(totals.programs[programNumber], references)
        book.sums[key] = .some(made)
        return made
    }

    private func makeSum(_ program: FastProgram, _ references: [CardReference]) -> WholeSum? {
        var found: [(isAspect: Bool, number: Int, stage: FastStage)] = []
        for reference in references {
            if reference.aspect != nil {
                guard let aspect = plan.numbers(of: reference).first else { return nil }
                found.append((true, aspect, program.aspects[aspect].stage))
            } else {
                guard let node = program.nodeNumbers[reference.node] else { return nil }
                found.append((false, node, program.nodes[node].stage))
            }
        }
        guard let common = FastTreeMaker.common(found.map(\.stage.denominator)) else { return nil }
        var sum = WholeSum(denominator: common)
        var most: Int128 = 0
        for (isAspect, number, stage) in found {
            let factor = common / stage.denominator
            most += stage.greatest * Int128(factor)
            sum.terms.append(.init(isAspect: isAspect, number: number, factor: factor))
        }
        return most < FastStage.limit ? sum : nil
    }

    private func wholeValue(_ sum: WholeSum, _ programNumber: Int, _ index: Int) -> Int64? {
        let program = totals.programs[programNumber]
        let row = Int(tally.rows[index])
        var value: Int64 = 0
        for term in sum.terms {
            let units =
                term.isAspect
                ? program.contribution(of: term.number, row, tally.table)
                : totals.counted[programNumber].contributions[term.number][row]
            guard let units else { return nil }
            value += units * term.factor
        }
        return value
    }

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
        case .marks(let references):
            if let number = plan.card.ties.keys.firstIndex(of: key),
                let index = tally.index(of: id),
                case .fast(_, let program) = totals.totals[index],
                let sum = wholeSum(number, program, references),
                let units = wholeValue(sum, program, index)
            {
                return [try Rational(Int128(units), over: Int128(sum.denominator))]
            }
            return [try marks(references, id)]
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
