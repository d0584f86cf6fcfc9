public import Competition
public import Exact

/// A number that did not fit while counting, and whose.
public struct CountingFault: Error, Sendable, Hashable {
    /// Whose total could not be counted; nil where it was a value of the whole field.
    public let entrant: EntrantID?
    /// What did not work.
    public let cause: ExactError
}

/// The places of one item as bare numbers: the first thing that counting gives.
public struct Placings: Sendable {
    /// For each entrant of the tally, in its order, the place; 0 for guests and for those without a
    /// result.
    public let ranks: [Int32]
    /// The places of the entrants in the tally, the first ranked one first, then guests, then those
    /// without a result.
    public let order: [Int32]
    /// How many of ``order`` are ranked.
    public let ranked: Int
    let ties: [Tie]
    let decisions: [EntrantID: [TieDecision]]

    struct Tie: Sendable {
        let rank: Int
        let entrants: [EntrantID]
    }
}

extension ItemTally {
    /// Whether rows on which every mark stands are counted by the program of whole numbers.
    public var countsByWholeNumbers: Bool {
        inputs.allSatisfy {
            plan.programs.program(plan, table, group: $0.entrant.group) != nil
        }
    }

    /// Counts everyone, and gives how many have a total: what comes before ranking.
    ///
    /// - Throws: ``CountingFault`` where a number does not fit in 128 bits.
    public func totals() throws(CountingFault) -> Int { try Totals(self).totals.count }

    /// Counts everyone and puts them in order, without words.
    ///
    /// - Throws: ``CountingFault`` where a number does not fit in 128 bits.
    public func placings() throws(CountingFault) -> Placings {
        let totals = try Totals(self)
        do throws(ExactError) {
            return try Ranking(totals: totals).placings(explains: false)
        } catch {
            throw CountingFault(entrant: nil, cause: error)
        }
    }

    /// Counts everyone and puts them in order.
    ///
    /// - Parameter isPlain: whether to count every row by exact fractions, and none by the program of
    ///   whole numbers: slower, and the same.
    /// - Returns: the standings, with what is open.
    /// - Throws: ``CountingFault`` where a number does not fit in 128 bits.
    public func standings(isPlain: Bool = false) throws(CountingFault) -> Standings {
        let totals = try Totals(self, isPlain: isPlain)
        do throws(ExactError) {
            return try Ranking(totals: totals).standings()
        } catch {
            throw CountingFault(entrant: nil, cause: error)
        }
    }
}
