public import Exact

/// A section of an occupational standard, and what it weighs of 100.
public struct StandardSection: Sendable, Hashable {
    /// Its number, from 1.
    public let number: Int
    /// What it is called, in the standard's own words.
    public let title: String
    /// Its weight, of 100.
    public let weight: Rational

    /// Makes a section.
    public init(number: Int, title: String, weight: Rational) {
        self.number = number
        self.title = title
        self.weight = weight
    }
}

/// How a card's marks lie over the sections of its standard (Mark Allocation Table).
///
/// Source: WSC2026 technical descriptions 2.1 and 4.4: a scheme follows the standard's weights, and
/// a variation of up to five percent is allowed.
public struct StandardAllocation: Sendable, Hashable {
    /// A section beside what the card gives it.
    public struct Row: Sendable, Hashable {
        /// The section; nil for marks that belong to no section of the standard.
        public let section: StandardSection?
        /// The card's marks for it, of 100.
        public let marks: Rational
        /// The card's marks less the standard's weight.
        public let difference: Rational
    }

    /// The greatest total variation that is within five percent: 5 marks of 100.
    public static let allowed = Rational(5)

    /// The sections in their order, then what belongs to none.
    public let rows: [Row]
    /// The sum of all differences without their signs.
    public let variation: Rational

    /// Whether the card is within five percent of its standard.
    public var isWithin: Bool { variation <= Self.allowed }

    /// Lays a card's marks over a standard's sections.
    ///
    /// - Parameters:
    ///   - card: the card; a total other than 100 is brought to 100.
    ///   - sections: the standard's sections.
    /// - Throws: ``ExactError/overflow``.
    public init(_ card: Scorecard, sections: [StandardSection]) throws(ExactError) {
        let shares = try card.shares()
        let total = try shares.map(\.marks).sum()
        let scale = total == .zero ? .one : try Rational(100).divided(by: total)
        var marks: [Int: Rational] = [:]
        var none = Rational.zero
        for share in shares {
            let value = try share.marks.times(scale)
            if let number = share.aspect.section, sections.contains(where: { $0.number == number })
            {
                marks[number] = try (marks[number] ?? .zero).plus(value)
            } else {
                none = try none.plus(value)
            }
        }
        var rows: [Row] = []
        for section in sections.sorted(by: { $0.number < $1.number }) {
            let given = marks[section.number] ?? .zero
            let difference = try given.minus(section.weight)
            rows.append(Row(section: section, marks: given, difference: difference))
        }
        if none != .zero { rows.append(Row(section: nil, marks: none, difference: none)) }
        self.rows = rows
        variation = try rows.map(\.difference.magnitude).sum()
    }
}
