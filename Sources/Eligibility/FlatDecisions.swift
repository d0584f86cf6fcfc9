/// What a flat program came to: for each benefit an outcome a person, and amounts where there are any.
public struct FlatDecisions: Sendable {
    /// The outcome of one benefit for one person.
    public enum Code: UInt8, Sendable {
        /// Nothing is due.
        case ineligible = 0
        /// The amount is due.
        case eligible
        /// What is known does not settle it.
        case undetermined
        /// The policy is not in force.
        case notInForce
        /// Somebody decides.
        case discretionary
        /// Settled case by case.
        case negotiated
        /// A person is pointed to it.
        case catalogue
    }

    /// One benefit of all people.
    ///
    /// Two bits a person say what came out; amounts stand one after another for those only to whom
    /// something is or may be due, since most of a benefit's column is nothing.
    public struct Column: Sendable {
        /// The outcome of whom `settled` alone stands for.
        let outcome: Code
        /// Whether the benefit has amounts.
        public let hasAmounts: Bool
        /// Whose outcome is settled: `outcome`, or with the other bit negotiated.
        private(set) var settled: [UInt64]
        /// Whose outcome is open.
        private(set) var open: [UInt64]
        /// Where the amounts of sixty-four people begin.
        private var starts: [Int32]
        /// The least that is due, in fen.
        private var lows: [Int32] = []
        /// The most where it is another than the least, with its place among the least; in order.
        private var highs: [(place: Int, fen: Int32)] = []

        init(_ outcome: Code, hasAmounts: Bool, people: Int) {
            self.outcome = outcome
            self.hasAmounts = hasAmounts
            let words = (people + 63) / 64
            settled = [UInt64](repeating: 0, count: words)
            open = settled
            starts = hasAmounts ? [Int32](repeating: 0, count: words) : []
        }

        /// States the outcomes of sixty-four people at once.
        mutating func state(_ word: Int, settled: UInt64, open: UInt64) {
            self.settled[word] = settled
            self.open[word] = open
        }

        /// Begins the amounts of sixty-four people; they follow in the order of the people.
        mutating func begin(_ word: Int) { starts[word] = Int32(clamping: lows.count) }

        mutating func add(_ low: Int, _ high: Int) {
            if high != low { highs.append((lows.count, Int32(clamping: high))) }
            lows.append(Int32(clamping: low))
        }

        /// What came out for a person.
        ///
        /// - Parameter row: the person's place.
        /// - Returns: the outcome.
        public func code(at row: Int) -> Code {
            let (word, bit) = (row / 64, UInt64(row % 64))
            return switch (settled[word] >> bit & 1, open[word] >> bit & 1) {
            case (1, 0): outcome
            case (0, 1): .undetermined
            case (1, 1): .negotiated
            default: .ineligible
            }
        }

        /// The least and the most that is due to a person, in fen.
        ///
        /// - Parameter row: the person's place.
        /// - Returns: nothing to nothing where nothing is due; up to ``FlatDecisions/unbounded`` where
        ///   nobody can bound it.
        public func amounts(at row: Int) -> (low: Int32, high: Int32) {
            let (word, bit) = (row / 64, UInt64(row % 64))
            let those = settled[word] | open[word]
            guard hasAmounts, those >> bit & 1 == 1 else { return (0, 0) }
            let before = (those & ((1 << bit) - 1)).nonzeroBitCount
            let place = Int(starts[word]) + before
            guard lows.indices.contains(place) else {
                // A benefit without a day in force has no amounts of its own.
                return (0, FlatDecisions.unbounded)
            }
            var (first, end) = (0, highs.count)
            while first < end {
                let middle = (first + end) / 2
                if highs[middle].place < place { first = middle + 1 } else { end = middle }
            }
            let isRange = first < highs.count && highs[first].place == place
            return (lows[place], isRange ? highs[first].fen : lows[place])
        }
    }

    /// The mark of an amount without an upper end, or without a range.
    public static let unbounded = Int32.max

    /// The benefits, in the program's order.
    public let columns: [Column]
}
