public import Competition
public import Exact

/// What counting one entrant needs beside the marks.
public struct EntrantInput: Sendable, Hashable {
    /// The entrant.
    public let entrant: Entrant
    /// Marks taken off the total by penalties.
    public let deduction: Rational
    /// Parts that count as 0 by a ruling (模块作废).
    public let voidParts: Set<NodeID>
    /// Values of the outside tie keys.
    public let external: [String: Rational]
    /// The session (场次) in which the entrant competed, where a card compares within one.
    public let session: String
    /// The team whose member the entrant is, if any.
    public let team: String

    /// Makes the input.
    public init(
        entrant: Entrant,
        deduction: Rational = .zero,
        voidParts: Set<NodeID> = [],
        external: [String: Rational] = [:],
        session: String = "",
        team: String = ""
    ) {
        self.entrant = entrant
        self.deduction = deduction
        self.voidParts = voidParts
        self.external = external
        self.session = session
        self.team = team
    }
}

/// All that one item's standings are counted from: a pure value, so that it can be counted again
/// years later, or with one sheet changed.
public struct ItemTally: Sendable {
    /// The plan of the card.
    public let plan: ScoringPlan
    /// Everyone, each once, in the order of their codes.
    public let inputs: [EntrantInput]
    /// Their marks.
    public let table: MarkTable
    /// The chief judge's order within ties.
    public let rulings: [EntrantID: Int]
    /// For each input, its row of the table; below 0 where it has none.
    let rows: [Int32]
    /// The groups, and for each input the place of its own.
    let groups: [String]
    let groupNumbers: [Int32]
    /// For each input, whether nothing but the marks makes its total, and whether it is a guest.
    let isPlain: [Bool]
    let isGuest: [Bool]
    var field = FieldValues()

    /// Gathers what is to be counted; the order of the input never matters.
    ///
    /// - Parameters:
    ///   - plan: the plan of the card.
    ///   - inputs: the entrants; of several with one code, the first.
    ///   - table: their marks.
    ///   - rulings: for entrants whom the chief judge ruled on, their order within the tie.
    /// - Throws: ``CountingFault`` where a number of the field does not fit in 128 bits.
    public init(
        plan: ScoringPlan,
        inputs: [EntrantInput],
        table: MarkTable,
        rulings: [EntrantID: Int] = [:]
    ) throws(CountingFault) {
        self.plan = plan
        self.inputs = Self.ordered(inputs)
        var rows: [Int32] = []
        rows.reserveCapacity(inputs.count)
        var row = 0
        for input in self.inputs {
            while row < table.entrants.count, table.entrants[row] < input.entrant.id { row += 1 }
            let isThere = row < table.entrants.count && table.entrants[row] == input.entrant.id
            rows.append(isThere ? Int32(row) : -1)
        }
        self.rows = rows
        var groups: [String] = []
        groupNumbers = self.inputs.map { input in
            let group = input.entrant.group
            if groups.last == group { return Int32(groups.count - 1) }
            if let known = groups.firstIndex(of: group) { return Int32(known) }
            groups.append(group)
            return Int32(groups.count - 1)
        }
        self.groups = groups
        isPlain = self.inputs.map(\.isPlain)
        isGuest = self.inputs.map(\.entrant.isGuest)
        self.table = table
        self.rulings = rulings
        do throws(ExactError) {
            try observeField()
        } catch {
            throw CountingFault(entrant: nil, cause: error)
        }
    }

    /// Each entrant once, in the order of their codes; a list that is so already is taken as it is.
    private static func ordered(_ inputs: [EntrantInput]) -> [EntrantInput] {
        let isOrdered = zip(inputs, inputs.dropFirst()).allSatisfy {
            $0.entrant.id < $1.entrant.id
        }
        if isOrdered { return inputs }
        let byID = Dictionary(
            inputs.map { ($0.entrant.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return byID.values.sorted { $0.entrant.id < $1.entrant.id }
    }

    /// The place of an entrant among the inputs.
    func index(of entrant: EntrantID) -> Int? {
        var (low, high) = (0, inputs.count)
        while low < high {
            let middle = (low + high) / 2
            if inputs[middle].entrant.id < entrant { low = middle + 1 } else { high = middle }
        }
        return low < inputs.count && inputs[low].entrant.id == entrant ? low : nil
    }

    /// The input of an entrant.
    public func input(of entrant: EntrantID) -> EntrantInput? {
        index(of: entrant).map { inputs[$0] }
    }

    /// Counts one entrant, down to every aspect.
    public func score(of entrant: EntrantID) throws(ExactError) -> EntrantScore? {
        guard let input = input(of: entrant) else { return nil }
        return try Evaluation(tally: self, input: input).score()
    }
}

extension ScoringPlan {
    /// A total after penalties, its floor and the entrant's status.
    func settledTotal(_ total: Outcome, _ input: EntrantInput) throws(ExactError) -> Outcome {
        if input.entrant.status != .competing { return .status(input.entrant.status) }
        guard case .value(var value) = total else { return total }
        if input.deduction != .zero {
            value =
                card.total.lowerIsBetter
                ? try value.plus(input.deduction) : try value.minus(input.deduction)
        }
        if let floor = card.total.floor { value = max(value, floor) }
        return .value(value)
    }

    /// The number of a total that ranks.
    func ranked(_ total: Rational) throws(ExactError) -> Rational {
        switch card.total.ranked {
        case .exact: total
        case .shown: try total.rounded(card.total.shown)
        case .rounded(let rounding): try total.rounded(rounding)
        }
    }
}
