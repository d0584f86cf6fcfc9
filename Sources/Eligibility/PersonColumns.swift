internal import Exact
public import Rules

/// The facts of many people by columns: a value a person, exact, with a mark where it is not known.
///
/// A fact without a column is known of nobody.
public struct PersonColumns: Sendable {
    /// One fact of all people.
    public enum Column: Sendable {
        /// 0 for no, 1 for yes, ``unknownCode`` where it is not known.
        case truths([UInt8])
        /// The place of the word among those that the fact may be, ``unknownCode`` where it is not known.
        case words([UInt8])
        /// In ten-thousandths, ``unknownNumber`` where it is not known.
        case numbers([Int])
        /// Days since 1970, ``unknownDay`` where it is not known.
        case days([Int32])
        /// Of the words that the program asks for: those that are there, and those of which that is
        /// not known; by bits in the order of ``FlatProgram/words``.
        case sets(has: [UInt32], open: [UInt32])
    }

    /// The mark of a truth or a word that is not known.
    public static let unknownCode: UInt8 = 255
    /// The mark of a number that is not known.
    public static let unknownNumber = Int.min
    /// The mark of a day that is not known.
    public static let unknownDay = Int32.min
    /// How many parts of one a number is counted in.
    public static let scale = 10_000

    /// The largest amount that is counted, twenty million yuan; a larger number is for the plain
    /// evaluator.
    public static let mostFen = 2_000_000_000

    /// How many people there are.
    public let count: Int
    /// The facts, by name.
    public let columns: [String: Column]

    /// Makes columns; those that are not as long as there are people, or that hold what is no code, are
    /// left out, as if nothing of them were known.
    ///
    /// - Parameters:
    ///   - count: how many people there are.
    ///   - columns: the facts, by name.
    public init(count: Int, columns: [String: Column]) {
        self.count = count
        self.columns = columns.filter { $0.value.count == count && $0.value.isRight }
    }
}

extension PersonColumns.Column {
    /// Whether every code is one.
    fileprivate var isRight: Bool {
        let unknown = PersonColumns.unknownCode
        switch self {
        case .truths(let values): return values.allSatisfy { $0 < 2 || $0 == unknown }
        case .words(let values): return values.allSatisfy { $0 < 32 || $0 == unknown }
        case .numbers(let values):
            let most = PersonColumns.mostFen * (PersonColumns.scale / 100)
            return values.allSatisfy { $0 <= most }
        case .days, .sets: return true
        }
    }

    /// How many people it has.
    var count: Int {
        switch self {
        case .truths(let values), .words(let values): values.count
        case .numbers(let values): values.count
        case .days(let values): values.count
        case .sets(let has, let open): has.count == open.count ? has.count : -1
        }
    }
}

extension FlatProgram {
    /// Lays the facts of people into columns.
    ///
    /// - Parameter people: what is known of each.
    /// - Returns: the columns; nil where a value can't be laid exactly, such as a number of more than
    ///   four places: those people are for the plain evaluator.
    public func columns(of people: [Facts]) -> PersonColumns? {
        var columns: [String: PersonColumns.Column] = [:]
        for declaration in vocabulary.declarations {
            let values = people.map { $0[declaration.name] }
            guard values.contains(where: { $0 != nil }) else { continue }
            guard let column = column(declaration, values) else { return nil }
            columns[declaration.name] = column
        }
        return PersonColumns(count: people.count, columns: columns)
    }

    private func column(
        _ declaration: FactDeclaration,
        _ values: [FactValue?]
    ) -> PersonColumns.Column? {
        /// One value each; nil as soon as one can't be laid.
        func lay<Value>(_ unknown: Value, _ one: (FactValue) -> Value?) -> [Value]? {
            var laid: [Value] = []
            for value in values {
                guard let value else {
                    laid.append(unknown)
                    continue
                }
                guard let value = one(value) else { return nil }
                laid.append(value)
            }
            return laid
        }
        switch declaration.type {
        case .truth:
            return lay(PersonColumns.unknownCode) {
                if case .truth(let truth) = $0 { truth ? 1 : 0 } else { nil }
            }.map(PersonColumns.Column.truths)
        case .word:
            return lay(PersonColumns.unknownCode) {
                guard case .word(let word) = $0 else { return nil }
                return declaration.words.firstIndex(of: word).flatMap { UInt8(exactly: $0) }
            }.map(PersonColumns.Column.words)
        case .number:
            return lay(PersonColumns.unknownNumber) {
                if case .number(let number) = $0 { number.tenThousandths } else { nil }
            }.map(PersonColumns.Column.numbers)
        case .day:
            return lay(PersonColumns.unknownDay) {
                if case .day(let day) = $0 { Int32(day.daysSince1970) } else { nil }
            }.map(PersonColumns.Column.days)
        case .words: return sets(declaration, values)
        }
    }

    private func sets(
        _ declaration: FactDeclaration,
        _ values: [FactValue?]
    ) -> PersonColumns.Column? {
        let asked = words[declaration.name] ?? []
        let all = UInt32.max >> (32 - UInt32(max(asked.count, 1)))
        func bits(_ words: Set<String>) -> UInt32 {
            asked.indices.reduce(0) { $0 | (words.contains(asked[$1]) ? 1 << UInt32($1) : 0) }
        }
        var has: [UInt32] = []
        var open: [UInt32] = []
        for value in values {
            switch value {
            case .words(let words)?:
                has.append(bits(words))
                open.append(0)
            case .someWords(let words)?:
                has.append(bits(words))
                open.append(all & ~bits(words))
            case nil:
                has.append(0)
                open.append(all)
            default: return nil
            }
        }
        return .sets(has: has, open: open)
    }
}

extension Rational {
    /// The number in ten-thousandths, where it has so many and fits.
    var tenThousandths: Int? {
        guard let scaled = try? times(Rational(PersonColumns.scale)), scaled.isWhole else {
            return nil
        }
        let most = PersonColumns.mostFen * (PersonColumns.scale / 100)
        return Int(exactly: scaled.numerator).flatMap { (-most...most).contains($0) ? $0 : nil }
    }
}
