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

    /// The day so many days after 1 January 1970, or before it; nil outside the years 1 to 9999.
    ///
    /// Days are counted in eras of 400 years that begin in March, so that the day that leap years have
    /// more is an era's, a century's or a year's last. Source: Howard Hinnant, chrono-Compatible
    /// Low-Level Date Algorithms, `civil_from_days`.
    public init?(daysSince1970 days: Int) {
        guard (-Self.toMarchOfYear0...3_000_000).contains(days) else { return nil }
        let shifted = days + Self.toMarchOfYear0
        let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: Self.era)
        let leaps = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leaps) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        self.init(
            year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * marchMonth + 2) / 5 + 1
        )
    }

    /// The day in China (UTC+8) at a time; nil outside the years 1 to 9999.
    ///
    /// - Parameter milliseconds: the time in milliseconds since 1970, UTC.
    public init?(inChinaAt milliseconds: Int) {
        let local = milliseconds.addingReportingOverflow(8 * 3_600_000)
        guard !local.overflow else { return nil }
        let (days, rest) = local.partialValue.quotientAndRemainder(dividingBy: 86_400_000)
        self.init(daysSince1970: rest < 0 ? days - 1 : days)
    }

    /// How many days lie between 1 January 1970 and this day; negative before it.
    public var daysSince1970: Int {
        let year = month > 2 ? self.year : self.year - 1
        let (era, yearOfEra) = year.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.era + dayOfEra - Self.toMarchOfYear0
    }

    /// Days in 400 years.
    private static let era = 146_097
    /// Days from 1 March of year 0 to 1 January 1970.
    private static let toMarchOfYear0 = 719_468

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

    /// The same day of the month so many months later; the month's last where it has no such day.
    ///
    /// - Parameter months: how many months.
    /// - Returns: nil outside the years 1 to 9999.
    public func adding(months: Int) -> Day? {
        let total = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !total.overflow, total.partialValue >= 12 else { return nil }
        let (year, rest) = total.partialValue.quotientAndRemainder(dividingBy: 12)
        return Day(
            year: year,
            month: rest + 1,
            day: min(day, Self.length(ofMonth: rest + 1, in: year))
        )
    }

    /// Orders by time.
    public static func < (a: Day, b: Day) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }
}
