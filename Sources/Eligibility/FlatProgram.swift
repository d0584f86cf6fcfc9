public import Exact
public import Rules

/// Policies made flat for one day: tests of columns, and three-valued sums of their bits.
///
/// Sixty-four people are decided at once: of every test two words of bits say for whom it holds and
/// for whom it does not, and conditions are sums of such words. Amounts are whole fen. It comes to the
/// same as the plain evaluator, which explains single people on demand, but does not name what is
/// missing.
public struct FlatProgram: Sendable {
    /// What can't be made flat.
    public enum Fault: Error, Sendable, Hashable {
        /// A test compares two facts of a person.
        case comparesTwoFacts(String)
        /// A fact has more words than there are bits.
        case tooManyWords(String)
        /// A share, a cap or a bound is not exact in whole numbers.
        case notExact(String)
    }

    /// The facts that are asked for.
    public let vocabulary: Vocabulary
    /// Of each fact that is a list, the words that are asked for, in the order of their bits.
    public let words: [String: [String]]
    /// The benefits, policy by policy.
    public let benefits: [(policy: String, benefit: String)]

    let tests: FlatTests
    let units: [Unit]
    /// The tiers of all benefits, one after another.
    let tiers: [Tier]
    /// The steps of all conditions, one after another.
    let steps: [Step]
    /// The numbers that amounts are taken of.
    let numberFacts: [String]
    /// How many words of bits the longest sum needs at once.
    let depth: Int

    /// A condition in the order in which it is summed up.
    enum Step: Sendable, Hashable {
        case constant(Truth)
        case test(Int)
        case negate
        /// All, or one, of so many before it.
        case all(Int)
        case any(Int)
    }

    /// Where something stands among all; without an array of its own, so that nothing is counted.
    typealias Stretch = Range<Int>

    /// How a benefit is paid.
    enum Payment: Sendable {
        case amount
        case discretionary
        case catalogue
    }

    /// One benefit.
    struct Unit: Sendable {
        let payment: Payment
        let isNotInForce: Bool
        let isDateOpen: Bool
        let when: Stretch
        let tiers: Stretch
        let isHighest: Bool
        /// Whether the highest is paid, where a setting says so.
        let highest: Stretch?
        /// Whether rent of a larger flat counts in proportion, where rent is a part of it.
        let parted: Stretch?

        /// What a settled outcome is.
        var outcome: FlatDecisions.Code {
            if isNotInForce { return .notInForce }
            switch payment {
            case .amount: return .eligible
            case .catalogue: return .catalogue
            default: return .discretionary
            }
        }
    }

    /// One tier.
    struct Tier: Sendable {
        let when: Stretch
        let amount: Amount
    }

    /// What a tier pays, in fen.
    enum Amount: Sendable {
        case fixed(Int)
        case share(part: Int, of: Int, number: Int, cap: Int?)
        case rent(Rent)
        case negotiated
        case none
    }

    /// A share of the rent, with the places of the numbers it is taken of.
    struct Rent: Sendable {
        let part: Int
        let of: Int
        let cap: Int
        let rent: Int
        let area: Int
        let within: Int
    }

    /// Makes policies flat.
    ///
    /// - Parameters:
    ///   - policies: the policies.
    ///   - day: the day of decision.
    /// - Throws: a ``Fault`` where something is for the plain evaluator.
    public init(_ policies: [Policy], on day: Day) throws(Fault) {
        var declarations: [FactDeclaration] = []
        for policy in policies {
            for declaration in policy.vocabulary.declarations
            where !declarations.contains(where: { $0.name == declaration.name }) {
                declarations.append(declaration)
            }
        }
        vocabulary = Vocabulary(declarations)
        var maker = FlatMaker(vocabulary: vocabulary, day: day)
        var units: [Unit] = []
        var names: [(policy: String, benefit: String)] = []
        for policy in policies {
            maker.settled = [:]
            for setting in policy.settings {
                if let value = setting.value { maker.settled[setting.id] = value }
            }
            for benefit in policy.benefits {
                units.append(try maker.unit(policy, benefit))
                names.append((policy.id, benefit.id))
            }
        }
        self.units = units
        tiers = maker.tiers
        steps = maker.allSteps
        tests = maker.tests
        words = maker.words
        numberFacts = maker.numbers
        depth = maker.depth
        benefits = names
    }
}
