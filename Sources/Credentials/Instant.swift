public import Exact

/// A second of universal time: `2022-10-28T09:00:00Z`, with no fraction and no other zone.
public struct Instant: Sendable, Hashable, Comparable {
    /// Seconds since the beginning of 1970.
    public let seconds: Int

    /// Takes seconds since 1970, of the years 1970 to 9999.
    public init(seconds: Int) { self.seconds = min(max(0, seconds), 253_402_300_799) }

    /// Takes milliseconds since 1970; what is less than a second is dropped.
    public init(milliseconds: Int) { self.init(seconds: milliseconds / 1000) }

    /// Reads `2022-10-28T09:00:00Z`; nil where it is written in any other way.
    public init?(_ text: String) {
        let utf8 = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            utf8[range].allSatisfy { (48...57).contains($0) }
                ? utf8[range].reduce(0) { $0 * 10 + Int($1 - 48) } : nil
        }
        guard utf8.count == 20, utf8[4] == 45, utf8[7] == 45, utf8[10] == 84, utf8[13] == 58,
            utf8[16] == 58, utf8[19] == 90, let year = number(0..<4), year >= 1970,
            let month = number(5..<7), let dayOfMonth = number(8..<10),
            let day = Day(year: year, month: month, day: dayOfMonth), let hour = number(11..<13),
            hour < 24, let minute = number(14..<16), minute < 60, let second = number(17..<19),
            second < 60
        else { return nil }
        seconds = day.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// The last second of a day in China (UTC+8).
    public init(endOf day: Day) {
        self.init(seconds: (day.daysSince1970 + 1) * 86_400 - 8 * 3_600 - 1)
    }

    /// The instant as `2022-10-28T09:00:00Z`.
    public var text: String {
        let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map(two).joined(separator: ":")
        let day = Day(daysSince1970: days)?.description ?? "1970-01-01"
        return day + "T" + clock + "Z"
    }

    /// The instant so many days later.
    public func adding(days: Int) -> Instant { Instant(seconds: seconds + days * 86_400) }

    /// Orders by time.
    public static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }
}
