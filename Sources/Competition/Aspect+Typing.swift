internal import Exact

/// How an aspect takes what is typed, key by key.
extension Aspect {
    /// Whether one key says it all (yes/no, 0–3, a one-digit option), so that no Enter is needed.
    public var isOneKey: Bool {
        switch marking {
        case .fullOrZero, .judgement: true
        case .options(let options): options.allSatisfy { $0.code.shortest.count == 1 }
        default: false
        }
    }

    /// Whether some value that the card takes begins with what was typed: a key after which there is
    /// none can be refused at once.
    ///
    /// - Parameter text: what was typed so far; full-width forms count as the plain ones.
    /// - Returns: false where no value begins so.
    public func begins(with text: String) -> Bool {
        let typed = Self.plain(text)
        if typed.isEmpty { return true }
        switch marking {
        case .fullOrZero: return Self.truthKeys.contains(typed)
        case .options(let options):
            return options.contains { $0.code.shortest.hasPrefix(typed) }
        default:
            return typed.contains(":")
                ? Self.beginsTime(typed, marking.range)
                : Self.begins(typed, marking.range)
        }
    }

    /// A key as it is meant: full-width digits, letters and signs, and 。 for the decimal point, as an
    /// input method leaves them.
    ///
    /// - Parameter text: what came from the keyboard.
    /// - Returns: the plain forms.
    public static func plain(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{FF01}"..."\u{FF5E}":
                result.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case "。": result.append(".")
            case "\u{3000}": result.append(" ")
            case "−", "—": result.append("-")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static let truthKeys: Set<String> = ["1", "0", "y", "n", "Y", "N", "是", "否", "√", "×"]

    /// Whether a number of the range begins with the digits: the numbers that do lie in intervals,
    /// and each is asked for a step of the range.
    private static func begins(_ typed: String, _ range: MarkRange) -> Bool {
        let isNegative = typed.hasPrefix("-")
        let digits = isNegative ? String(typed.dropFirst()) : typed
        if digits.isEmpty { return range.least < .zero }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard digits.utf8.count <= 13, (1...2).contains(parts.count), !parts[0].isEmpty,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let unscaled = Int(parts.joined())
        else { return false }
        // 05 is a slip of the hand rather than a five.
        if parts[0].count > 1, parts[0].hasPrefix("0") { return false }
        let places = parts.count == 2 ? parts[1].count : 0
        let longest = parts.count == 2 || parts[0] == "0" ? 0 : 12 - parts[0].count
        return (0...max(0, longest)).contains { more in
            guard let low = try? Rational(unscaled: unscaled, places: places).times(power(more)),
                let width = try? power(more).divided(by: power(places)),
                let high = try? low.plus(width)
            else { return false }
            guard isNegative else { return holds(range, from: low, below: high) }
            guard let above = try? high.negated(), let upTo = try? low.negated() else {
                return false
            }
            return holds(range, above: above, upTo: upTo)
        }
    }

    private static func power(_ exponent: Int) -> Rational {
        (0..<exponent).reduce(Rational.one) { power, _ in
            (try? power.times(Rational(10))) ?? power
        }
    }

    /// Whether a step of the range lies in [low, high).
    private static func holds(_ range: MarkRange, from low: Rational, below high: Rational) -> Bool
    {
        guard high > range.least, low <= range.greatest else { return false }
        let start = max(low, range.least)
        guard
            let steps = try? start.minus(range.least).divided(by: range.step)
                .rounded(Rounding(places: 0, mode: .up)),
            let value = try? range.least.plus(range.step.times(steps))
        else { return false }
        return value < high && value <= range.greatest
    }

    /// Whether a step of the range lies in (low, high].
    private static func holds(_ range: MarkRange, above low: Rational, upTo high: Rational) -> Bool
    {
        guard high >= range.least, low < range.greatest else { return false }
        let end = min(high, range.greatest)
        guard
            let steps = try? end.minus(range.least).divided(by: range.step)
                .rounded(Rounding(places: 0, mode: .down)),
            let value = try? range.least.plus(range.step.times(steps))
        else { return false }
        return value > low && value >= range.least
    }

    /// The same of a time `mm:ss.t` or `h:mm:ss.t`, which counts as seconds.
    private static func beginsTime(_ typed: String, _ range: MarkRange) -> Bool {
        let groups = typed.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(groups.count), let last = groups.last, !groups[0].isEmpty else {
            return false
        }
        var least = 0
        for (index, group) in groups.dropLast().enumerated() {
            guard let number = Int(group), group.utf8.count <= (index == 0 ? 4 : 2),
                group.utf8.allSatisfy({ (0x30...0x39).contains($0) }), index == 0 || number < 60
            else { return false }
            least = least * 60 + number
        }
        let parts = last.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts[0].utf8.count <= 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            parts.count == 1 || parts[0].utf8.count == 2 && parts[1].utf8.count <= range.places
        else { return false }
        let seconds = Int(parts[0]) ?? 0
        guard seconds < 60 else { return false }
        return Rational(least * 60 + seconds) <= range.greatest
    }
}
