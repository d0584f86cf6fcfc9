/// A calendar day of the Gregorian calendar: no clock, no zone.
public struct Day: Sendable, Hashable, Comparable {
    /// The year, from 1 to 9999.
    public let year: Int
    /// The month, from 1.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// Makes a day; nil where the calendar has no such day, as 29 February 1985.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, in: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2022-10-27`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            parts[2].utf8.count == 2, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day as `2022-10-27`.
    public var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
    }

    /// Full years of age (周岁) on a day, of one born on this day; who is born on 29 February turns on
    /// 1 March in common years.
    ///
    /// Source: Civil Code of the PRC, art. 200–203 (an age is reached on the birthday); the rule for
    /// 29 February is Laurel's reading and is stated wherever it decides.
    public func fullYears(on day: Day) -> Int {
        let before = (day.month, day.day) < (month, self.day)
        return day.year - year - (before ? 1 : 0)
    }

    /// The day so many years later; 29 February becomes 1 March in a common year.
    public func adding(years: Int) -> Day? {
        Day(year: year + years, month: month, day: day)
            ?? Day(year: year + years, month: 3, day: 1)
    }

    /// Orders by time.
    public static func < (a: Day, b: Day) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }
}
