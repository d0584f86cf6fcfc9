public import Exact

/// How far the judges of a panel agree on the order of the entrants: one figure for the whole panel,
/// fit to be published.
///
/// Each judge puts the entrants in an order by what their marks add up to, each mark as millionths of
/// its aspect's range; Kendall's W with correction for ties says how much these orders are one: 1 where
/// all are the same, 0 where they have nothing in common.
///
/// The figure treats all judges alike, and it is not stated where one more thing known would give a
/// judge away: of two judges each knows the other's part in it, and with few entrants it takes few
/// values.
public struct PanelAgreement: Sendable, Hashable {
    /// How many judges a panel has at least, for the figure to be stated.
    public static let fewestJudges = 3
    /// How many entrants it stands on at least.
    public static let fewestEntrants = 5

    /// How many judges.
    public let judges: Int
    /// How many entrants, whom all these judges marked whole.
    public let entrants: Int
    /// Kendall's W, rounded half up to 2 places.
    public let kendallsW: Rational
}

extension ItemTally {
    /// How far the panel agrees.
    ///
    /// - Returns: the figure; nil where panel or field is too small, or no order comes out of the marks.
    /// - Throws: `ExactError` where a number does not fit in 128 bits.
    public func agreement() throws(ExactError) -> PanelAgreement? {
        guard table.judges.count >= PanelAgreement.fewestJudges,
            inputs.count >= PanelAgreement.fewestEntrants
        else { return nil }
        let matrix = try panelMarks().matrix
        let entrants = matrix.first?.count ?? 0
        guard matrix.count >= PanelAgreement.fewestJudges,
            entrants >= PanelAgreement.fewestEntrants,
            let figure = try Agreement.kendallsW(matrix, places: 2)
        else { return nil }
        return PanelAgreement(judges: matrix.count, entrants: entrants, kendallsW: figure)
    }
}
