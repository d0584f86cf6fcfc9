/// The tests of a flat program, by the columns that they ask.
struct FlatTests: Sendable {
    /// What is asked of a column.
    enum Asked: Sendable, Hashable {
        /// One of these codes, by bits.
        case codes(UInt32)
        case numbers(ClosedRange<Int>)
        case days(ClosedRange<Int32>)
        /// A word of a list.
        case bit(UInt32)
        /// What no value passes.
        case never
    }

    /// One column and what is asked of it, each with its place among all tests.
    struct Column: Sendable {
        let fact: String
        var asked: [(place: Int, asked: Asked)]
    }

    private(set) var columns: [Column] = []
    private(set) var count = 0

    /// The place of a test; a new one where it was not asked before.
    mutating func place(of fact: String, _ asked: Asked) -> Int {
        let at = columns.firstIndex { $0.fact == fact } ?? columns.count
        if at == columns.count { columns.append(Column(fact: fact, asked: [])) }
        if let known = columns[at].asked.first(where: { $0.asked == asked }) { return known.place }
        columns[at].asked.append((count, asked))
        count += 1
        return count - 1
    }
}

extension FlatTests.Column {
    /// Says of sixty-four people for whom each test holds and for whom it fails; what is asked of a
    /// column that is not there, or is of another kind, stays open.
    func fill(
        _ bits: UnsafeMutableBufferPointer<FlatBits>,
        _ column: PersonColumns.Column?,
        _ start: Int,
        _ count: Int
    ) {
        switch column {
        case .truths(let values)?: fillTruths(bits, values, start, count)
        case .words(let values)?: fillWords(bits, values, start, count)
        case .numbers(let values)?:
            values.withUnsafeBufferPointer { values in
                let open = mask(count) { values[start + $0] == PersonColumns.unknownNumber }
                for (place, asked) in asked {
                    guard case .numbers(let range) = asked else { continue }
                    let yes = mask(count) { range.contains(values[start + $0]) }
                    bits[place] = FlatBits(yes: yes, no: ~(yes | open))
                }
                never(bits, open)
            }
        case .days(let values)?:
            values.withUnsafeBufferPointer { values in
                let open = mask(count) { values[start + $0] == PersonColumns.unknownDay }
                for (place, asked) in asked {
                    guard case .days(let range) = asked else { continue }
                    let yes = mask(count) { range.contains(values[start + $0]) }
                    bits[place] = FlatBits(yes: yes, no: ~(yes | open))
                }
                never(bits, open)
            }
        case .sets(let has, let unknown)?:
            for (place, asked) in asked {
                guard case .bit(let bit) = asked else { continue }
                let yes = mask(count) { has[start + $0] >> bit & 1 == 1 }
                let open = mask(count) { unknown[start + $0] >> bit & 1 == 1 }
                bits[place] = FlatBits(yes: yes, no: ~(yes | open))
            }
        case nil: break
        }
    }

    private func mask(_ count: Int, _ holds: (Int) -> Bool) -> UInt64 {
        var mask: UInt64 = 0
        for row in 0..<count { mask |= (holds(row) ? 1 : 0) << UInt64(row) }
        return mask
    }

    private func never(_ bits: UnsafeMutableBufferPointer<FlatBits>, _ open: UInt64) {
        for (place, asked) in asked where asked == .never {
            bits[place] = FlatBits(yes: 0, no: ~open)
        }
    }

    /// Truths are 0, 1 and 255: the lowest bit says yes or open, the highest open.
    private func fillTruths(
        _ bits: UnsafeMutableBufferPointer<FlatBits>,
        _ values: [UInt8],
        _ start: Int,
        _ count: Int
    ) {
        var low: UInt64 = 0
        var open: UInt64 = 0
        values.withUnsafeBytes { bytes in
            // Eight bytes give eight bits: the product gathers the lowest bit of each in its top byte.
            let ones: UInt64 = 0x0101_0101_0101_0101
            let gather: UInt64 = 0x0102_0408_1020_4080
            var row = 0
            while row + 8 <= count {
                let eight = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: start + row, as: UInt64.self)
                )
                low |= (((eight & ones) &* gather) >> 56) << UInt64(row)
                open |= (((eight >> 7 & ones) &* gather) >> 56) << UInt64(row)
                row += 8
            }
            while row < count {
                low |= UInt64(bytes[start + row] & 1) << UInt64(row)
                open |= UInt64(bytes[start + row] >> 7) << UInt64(row)
                row += 1
            }
        }
        let yes = low & ~open
        for (place, asked) in asked {
            switch asked {
            case .codes(let codes):
                bits[place] = FlatBits(
                    yes: codes == 2 ? yes : ~(low | open),
                    no: codes == 2 ? ~(yes | open) : yes
                )
            default: bits[place] = FlatBits(yes: 0, no: asked == .never ? ~open : 0)
            }
        }
    }

    /// For each code the people who have it; a test is the sum of its codes.
    private func fillWords(
        _ bits: UnsafeMutableBufferPointer<FlatBits>,
        _ values: [UInt8],
        _ start: Int,
        _ count: Int
    ) {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { planes in
            planes.initialize(repeating: 0)
            values.withUnsafeBufferPointer { values in
                for row in 0..<count {
                    // What is not known is 255, whose low six bits no word has.
                    planes[Int(values[start + row] & 63)] |= 1 << UInt64(row)
                }
            }
            let open = planes[63]
            for (place, asked) in asked {
                guard case .codes(var codes) = asked else { continue }
                var yes: UInt64 = 0
                while codes != 0 {
                    yes |= planes[codes.trailingZeroBitCount]
                    codes &= codes - 1
                }
                bits[place] = FlatBits(yes: yes, no: ~(yes | open))
            }
            never(bits, open)
        }
    }
}
