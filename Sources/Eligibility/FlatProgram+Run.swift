internal import Exact
internal import Rules

/// For whom of sixty-four people something holds, and for whom it does not; open for the others.
struct FlatBits {
    var yes: UInt64
    var no: UInt64

    static let all = FlatBits(yes: .max, no: 0)
    static let none = FlatBits(yes: 0, no: .max)
    static let open = FlatBits(yes: 0, no: 0)
}

extension FlatProgram {
    /// Decides everybody on nothing but the facts: no payments were made before.
    ///
    /// - Parameters:
    ///   - people: the columns.
    ///   - rows: which of the people; all of them where nil.
    /// - Returns: the outcomes.
    /// - Complexity: O(people × tests).
    public func run(_ people: PersonColumns, rows: Range<Int>? = nil) -> FlatDecisions {
        let rows = (rows ?? 0..<people.count).clamped(to: 0..<people.count)
        var columns = units.map { unit in
            FlatDecisions.Column(
                unit.outcome,
                hasAmounts: unit.payment == .amount,
                people: rows.count
            )
        }
        let sources = tests.columns.map { (plan: $0, column: people.columns[$0.fact]) }
        let numbers = numberFacts.map { fact -> [Int] in
            if case .numbers(let values)? = people.columns[fact] { values } else { [] }
        }
        let width = max(tests.count, 1)
        var bits = [FlatBits](repeating: .open, count: width * Self.blocks)
        var stack = [FlatBits](repeating: .open, count: depth + 1)
        var found = [FlatBits](repeating: .open, count: tiers.count + 1)
        // The scratch space is read and written some hundred times a block; its bounds were set when
        // the program was made. `make bench` shows what that is worth.
        bits.withUnsafeMutableBufferPointer { bits in
            stack.withUnsafeMutableBufferPointer { stack in
                found.withUnsafeMutableBufferPointer { found in
                    for first in stride(
                        from: rows.lowerBound,
                        to: rows.upperBound,
                        by: 64 * Self.blocks
                    ) {
                        let end = min(first + 64 * Self.blocks, rows.upperBound)
                        let starts = stride(from: first, to: end, by: 64)
                        for source in sources {
                            for (block, start) in starts.enumerated() {
                                let own = UnsafeMutableBufferPointer(
                                    rebasing: bits[(block * width)..<((block + 1) * width)]
                                )
                                source.plan.fill(own, source.column, start, min(64, end - start))
                            }
                        }
                        for place in units.indices {
                            for (block, start) in starts.enumerated() {
                                FlatBlock(
                                    program: self,
                                    bits: UnsafeBufferPointer(
                                        rebasing: bits[(block * width)..<((block + 1) * width)]
                                    ),
                                    stack: stack,
                                    found: found,
                                    numbers: numbers,
                                    start: start,
                                    count: min(64, end - start),
                                    place: start - rows.lowerBound
                                ).decide(units[place], &columns[place])
                            }
                        }
                    }
                }
            }
        }
        return FlatDecisions(columns: columns)
    }

    /// How many blocks of sixty-four go through a column, and a benefit, at once.
    private static let blocks = 16
}

/// Sixty-four people, of whom every test is known.
struct FlatBlock {
    let program: FlatProgram
    let bits: UnsafeBufferPointer<FlatBits>
    let stack: UnsafeMutableBufferPointer<FlatBits>
    /// What each tier came to.
    let found: UnsafeMutableBufferPointer<FlatBits>
    let numbers: [[Int]]
    let start: Int
    let count: Int
    /// Where the first of them stands in the outcomes.
    let place: Int

    private func sum(_ steps: FlatProgram.Stretch) -> FlatBits {
        var top = 0
        for at in steps {
            switch program.steps[at] {
            case .constant(let truth):
                stack[top] = truth == .yes ? .all : truth == .no ? .none : .open
                top += 1
            case .test(let place):
                stack[top] = bits[place]
                top += 1
            case .negate:
                stack[top - 1] = FlatBits(yes: stack[top - 1].no, no: stack[top - 1].yes)
            case .all(let count):
                var joined = FlatBits.all
                for place in (top - count)..<top {
                    joined.yes &= stack[place].yes
                    joined.no |= stack[place].no
                }
                top -= count
                stack[top] = joined
                top += 1
            case .any(let count):
                var joined = FlatBits.none
                for place in (top - count)..<top {
                    joined.yes |= stack[place].yes
                    joined.no &= stack[place].no
                }
                top -= count
                stack[top] = joined
                top += 1
            }
        }
        return stack[0]
    }

    /// The sixty-four, or those that are left at the end.
    private var everybody: UInt64 { count == 64 ? .max : (1 << UInt64(count)) - 1 }

    func decide(_ unit: FlatProgram.Unit, _ column: inout FlatDecisions.Column) {
        let word = place / 64
        if unit.isNotInForce { return column.state(word, settled: everybody, open: 0) }
        if unit.isDateOpen {
            column.state(word, settled: 0, open: everybody)
            guard column.hasAmounts else { return }
            column.begin(word)
            for _ in 0..<count { column.add(0, Int(FlatDecisions.unbounded)) }
            return
        }
        let general = sum(unit.when)
        if general.no == .max { return }
        var any = unit.tiers.isEmpty ? FlatBits.all : FlatBits.none
        var open = ~(general.yes | general.no)
        for at in unit.tiers {
            let tier = sum(program.tiers[at].when)
            found[at] = tier
            any.yes |= tier.yes
            any.no &= tier.no
            open |= ~(tier.yes | tier.no)
        }
        let those = ~(general.no | any.no) & everybody
        if those == 0 { return }
        if unit.payment == .amount { return pay(unit, those, general, open, &column) }
        column.state(word, settled: those & ~open, open: those & open)
    }

    private func pay(
        _ unit: FlatProgram.Unit,
        _ those: UInt64,
        _ general: FlatBits,
        _ open: UInt64,
        _ column: inout FlatDecisions.Column
    ) {
        let highest = unit.isHighest ? .max : unit.highest.map { sum($0).yes } ?? 0
        let parted = unit.parted.map(sum) ?? .open
        var (settled, undetermined): (UInt64, UInt64) = (0, 0)
        column.begin(place / 64)
        for row in Rows(those) {
            let bit = UInt64(1) << UInt64(row)
            // Mostly one tier holds and nothing is open.
            if general.yes & ~open & bit != 0, let fen = only(unit.tiers, bit) {
                settled |= bit
                column.add(fen, fen)
                continue
            }
            var money = FlatSum(
                isCertain: general.yes & bit != 0,
                isSettled: open & bit == 0,
                isHighest: highest & bit != 0
            )
            for at in unit.tiers where found[at].no & bit == 0 {
                let holds = found[at].yes & bit != 0
                switch program.tiers[at].amount {
                case .fixed(let fen): money.add(fen, holds)
                case .negotiated: money.negotiate(holds)
                case .none: money.isBounded = false
                case .share(let part, let of, let number, let cap):
                    money.share(part, of, value(number, row), cap, holds)
                case .rent(let rent):
                    let found = FlatSum.Rent(
                        part: rent.part,
                        of: rent.of,
                        cap: rent.cap,
                        rent: value(rent.rent, row),
                        area: value(rent.area, row),
                        within: value(rent.within, row),
                        isParted: parted.yes & bit != 0 ? true : parted.no & bit != 0 ? false : nil
                    )
                    money.rent(found, holds)
                }
            }
            let (code, low, high) = money.result
            if code != .undetermined { settled |= bit }
            if code != .eligible { undetermined |= bit }
            column.add(low, high)
        }
        column.state(place / 64, settled: settled, open: undetermined)
    }

    /// The amount of the tier that holds, where it is the only one and fixed.
    private func only(_ tiers: FlatProgram.Stretch, _ bit: UInt64) -> Int? {
        var fen: Int?
        for at in tiers where found[at].yes & bit != 0 {
            guard fen == nil, case .fixed(let amount) = program.tiers[at].amount else { return nil }
            fen = amount
        }
        return fen
    }

    /// A number of a person in ten-thousandths; nil where it is not known.
    private func value(_ number: Int, _ row: Int) -> Int? {
        guard !numbers[number].isEmpty else { return nil }
        let value = numbers[number][start + row]
        return value == PersonColumns.unknownNumber ? nil : value
    }

    /// The places of the bits that are set.
    private struct Rows: Sequence, IteratorProtocol {
        private var rest: UInt64
        init(_ bits: UInt64) { rest = bits }
        mutating func next() -> Int? {
            guard rest != 0 else { return nil }
            defer { rest &= rest - 1 }
            return rest.trailingZeroBitCount
        }
    }
}
